from django.urls import path

from orken.training.views import applying, office, public, timetable

app_name = "training"
urlpatterns = [
    path("calendar/", public.calendar, name="calendar"),
    path("calendar/<int:year>/<int:number>/", public.month, name="month"),
    path("run/<str:code>/", public.run, name="run"),
    path("run/<str:code>/sessions.ics", public.run_feed, name="run_feed"),
    path("run/<str:code>/apply/", applying.apply, name="apply"),
    path("run/<str:code>/people/", applying.choose_people, name="choose_people"),
    path("run/<str:code>/people/send/", applying.send_people, name="send_people"),
    path("applications/", applying.applications, name="applications"),
    path("applications/mine/", applying.mine, name="mine"),
    path("applications/pass-on/", office.pass_on, name="pass_on"),
    path("applications/<int:pk>/", office.applicant, name="applicant"),
    path("applications/<int:pk>/withdraw/", applying.withdraw, name="withdraw"),
    path("applications/<int:pk>/replace/", applying.replace, name="replace"),
    path("applications/<int:pk>/<slug:way>/", office.verb, name="verb"),
    path("training/", office.runs, name="runs"),
    path("training/open/<str:code>/<slug:step>/", office.opening, name="opening"),
    path("training/trainer/<int:pk>/<slug:state>/", timetable.answer, name="answer"),
    path("training/<str:code>/", office.desk, name="desk"),
    path("training/<str:code>/change/", office.change, name="change"),
    path("training/<str:code>/lead/<slug:way>/", office.lead, name="lead"),
    path("training/<str:code>/applicants/", office.applicants, name="applicants"),
    path("training/<str:code>/applicants/decide/", office.decide, name="decide"),
    path("training/<str:code>/seats/", office.seats, name="seats"),
    path("training/<str:code>/timetable/", timetable.timetable, name="timetable"),
    path("training/<str:code>/timetable/add/", timetable.session, name="session_add"),
    path("training/<str:code>/timetable/room/", timetable.room, name="room"),
    path("training/<str:code>/timetable/<int:pk>/", timetable.session, name="session"),
    path("training/<str:code>/timetable/<int:pk>/move/", timetable.move, name="session_move"),
    path("training/<str:code>/timetable/<int:pk>/cancel/", timetable.cancel, name="session_cancel"),
    path("training/<str:code>/trainers/", timetable.trainers, name="trainers"),
    path("training/<str:code>/route/", timetable.route, name="route"),
    path("training/<str:code>/costs/", timetable.costs, name="costs"),
]
