from django.urls import path

from orken.attempts.views import marking, sitting

app_name = "attempts"
urlpatterns = [
    path("attempts/", sitting.mine, name="mine"),
    path("attempts/start/<str:code>/", sitting.start, name="start"),
    path("attempts/marking/", marking.queue, name="marking"),
    path("attempts/marking/<int:pk>/", marking.mark, name="mark"),
    path("attempts/marking/<int:pk>/file/<uuid:file>/", marking.file, name="file"),
    path("attempts/results/<str:code>/", marking.results, name="results"),
    path("attempts/results/<str:code>/sat/<uuid:uid>/", marking.sat, name="sat"),
    path("attempts/results/<str:code>/export/", marking.export, name="export"),
    path("attempts/results/<str:code>/regrade/", marking.regrade, name="regrade"),
    path("attempts/results/<str:code>/allow/<int:person>/", marking.allow, name="allow"),
    path("attempts/<uuid:uid>/", sitting.attempt, name="attempt"),
    path("attempts/<uuid:uid>/save/", sitting.save, name="save"),
    path("attempts/<uuid:uid>/finish/", sitting.finish, name="finish"),
    path("attempts/<uuid:uid>/review/", sitting.review, name="review"),
    path("attempts/<uuid:uid>/item/<int:position>/", sitting.item, name="item"),
    path("attempts/<uuid:uid>/choose/<int:position>/", sitting.choose, name="choose"),
]
