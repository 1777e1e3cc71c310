from django.urls import path

from orken.proceedings.views import desk, public

app_name = "proceedings"
DESK = "training/<str:code>/proceedings/"
urlpatterns = [
    path("run/<str:code>/proceedings/", public.proceedings, name="proceedings"),
    path("run/<str:code>/proceedings/<int:number>.pdf", public.volume_file, name="volume"),
    path("run/<str:code>/recordings/<int:pk>/", public.recording, name="recording"),
    path("run/<str:code>/recordings/<int:pk>/played/", public.played, name="played"),
    path("run/<str:code>/recordings/<int:pk>/captions/<str:language>.vtt", public.captions, name="captions"),
    path("run/<str:code>/recordings/<int:pk>/watch/", public.watch, name="watch"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}summary/", desk.summary, name="summary"),
    path(f"{DESK}held/", desk.held, name="held"),
    path(f"{DESK}publish/", desk.publish, name="publish"),
    path(f"{DESK}recordings/new/", desk.add, name="add"),
    path(f"{DESK}recordings/<int:pk>/", desk.edit, name="edit"),
    path(f"{DESK}recordings/<int:pk>/captions/", desk.caption, name="caption"),
    path(f"{DESK}recordings/<int:pk>/captions/<str:language>/drop/", desk.uncaption, name="uncaption"),
    path(f"{DESK}recordings/<int:pk>/captions/room/", desk.room_captions, name="room_captions"),
    path(f"{DESK}recordings/<int:pk>/chapters/", desk.programme_chapters, name="chapters"),
    path(f"{DESK}recordings/<int:pk>/<slug:way>/", desk.lead, name="lead"),
]
