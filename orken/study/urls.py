from django.urls import path

from orken.study.views import learner, trainer

app_name = "study"
urlpatterns = [
    path("study/", learner.mine, name="mine"),
    path("study/<str:code>/", learner.course, name="course"),
    path("study/<str:code>/glossary/", learner.glossary, name="glossary"),
    path("study/<str:code>/notes/", learner.notes, name="notes"),
    path("study/<str:code>/search/", learner.search, name="search"),
    path("study/<str:code>/lesson/<uuid:key>/", learner.lesson, name="lesson"),
    path("study/<str:code>/lesson/<uuid:key>/read/", learner.read, name="read"),
    path("study/<str:code>/lesson/<uuid:key>/note/<uuid:block>/", learner.note, name="note"),
    path("study/<str:code>/lesson/<uuid:key>/ask/<uuid:block>/", learner.ask, name="ask"),
    path("training/<str:code>/course/", trainer.group, name="group"),
    path("training/<str:code>/course/open/", trainer.open_course, name="open"),
]
