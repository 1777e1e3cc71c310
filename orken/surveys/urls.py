from django.urls import path

from orken.surveys.views import asking, sheet, workshop

app_name = "surveys"
urlpatterns = [
    path("survey/", sheet.begin, name="begin"),
    path("survey/sheet/", sheet.sheet, name="sheet"),
    path("survey/mine/", sheet.mine, name="mine"),
    path("survey/mine/<uuid:pk>/", sheet.own, name="own"),
    path("survey/thanks/<slug:where>/", sheet.thanks, name="thanks"),
    path("surveys/", workshop.questionnaires, name="list"),
    path("surveys/new/", asking.open_survey, name="open"),
    path("surveys/<uuid:pk>/", asking.survey, name="survey"),
    path("surveys/<uuid:pk>/slips/", asking.slips, name="slips"),
    path("surveys/<uuid:pk>/kiosk/", asking.kiosk, name="kiosk"),
    path("surveys/<uuid:pk>/close/", asking.close, name="close"),
    path("surveys/<uuid:pk>/remind/", asking.remind, name="remind"),
    path("surveys/<uuid:pk>/export/", asking.export, name="export"),
    path("questionnaires/new/", workshop.new, name="new"),
    path("questionnaires/<str:code>/", workshop.questionnaire, name="questionnaire"),
    path("questionnaires/<str:code>/start/", workshop.start, name="start"),
    path("questionnaires/<str:code>/titles/", workshop.titles, name="titles"),
    path("questionnaires/<str:code>/question/", workshop.question, name="question_new"),
    path("questionnaires/<str:code>/question/<slug:key>/", workshop.question, name="question"),
    path("questionnaires/<str:code>/question/<slug:key>/move/", workshop.move, name="question_move"),
    path("questionnaires/<str:code>/question/<slug:key>/remove/", workshop.remove, name="question_remove"),
    path("questionnaires/<str:code>/restore/", workshop.restore, name="restore"),
    path("questionnaires/<str:code>/publish/", workshop.publish, name="publish"),
    path("questionnaires/<str:code>/drop/", workshop.drop, name="drop"),
    path("questionnaires/<str:code>/preview/", workshop.preview, name="preview"),
]
