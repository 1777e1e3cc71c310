from django.urls import path

from orken.assignments.views import authoring, learner, looking, marking

app_name = "assignments"
urlpatterns = [
    path("assignments/", learner.mine, name="mine"),
    path("assignments/start/<str:code>/", learner.start, name="start"),
    path("assignments/works/<uuid:uid>/", learner.work, name="work"),
    path("assignments/works/<uuid:uid>/compare/", learner.compare, name="compare"),
    path("assignments/works/<uuid:uid>/save/", learner.save, name="save"),
    path("assignments/works/<uuid:uid>/hand-in/", learner.hand_in, name="hand_in"),
    path("assignments/works/<uuid:uid>/part/<int:pk>/", looking.part, name="part"),
    path("assignments/works/<uuid:uid>/review/", looking.review, name="review"),
    path("assignments/marking/", marking.queue, name="marking"),
    path("assignments/marking/<uuid:uid>/", looking.mark, name="mark"),
    path("assignments/marking/<uuid:uid>/agree/", marking.agree, name="agree"),
    path("assignments/alike/", marking.flags, name="flags"),
    path("assignments/alike/<int:pk>/", marking.flag, name="flag"),
    path("assignments/written/", authoring.written, name="written"),
    path("assignments/written/new/", authoring.new, name="new"),
    path("assignments/written/<str:code>/", authoring.one, name="one"),
    path("assignments/written/<str:code>/rules/", authoring.rules, name="rules"),
    path("assignments/written/<str:code>/criterion/", authoring.criterion, name="criterion_new"),
    path("assignments/written/<str:code>/criterion/<slug:key>/", authoring.criterion, name="criterion"),
    path("assignments/written/<str:code>/criterion/<slug:key>/move/", authoring.move, name="criterion_move"),
    path("assignments/written/<str:code>/preview/", authoring.preview, name="preview"),
    path("assignments/written/<str:code>/start/", authoring.start, name="draft"),
    path("assignments/written/<str:code>/publish/", authoring.publish, name="publish"),
    path("assignments/written/<str:code>/withdraw/", authoring.withdraw, name="withdraw"),
    path("assignments/written/<str:code>/drop/", authoring.drop, name="drop"),
]
