from django.urls import path, re_path

from orken.live_room.views import acting, guests, office, room

app_name = "live_room"
ROOM, DESK = "run/<str:code>/room/", "training/<str:code>/room/"
urlpatterns = [
    path(ROOM, room.door, name="door"),
    path(f"{ROOM}<int:pk>/", room.room, name="room"),
    path(f"{ROOM}<int:pk>/desk/", room.desk, name="desk"),
    path(f"{ROOM}<int:pk>/captions/", room.captions, name="captions"),
    path(f"{ROOM}<int:pk>/check/", room.check, name="check"),
    path(f"{ROOM}<int:pk>/speed/", room.speed, name="speed"),
    path(f"{ROOM}<int:pk>/mine/", office.mine, name="mine"),
    path(f"{ROOM}<int:pk>/transcript/", room.transcript, name="transcript"),
    re_path(r"^run/(?P<code>[^/]+)/room/(?P<pk>\d{1,15})/transcript-(?P<language>kk|ru)\.(?P<kind>vtt|txt)$", room.transcript_file, name="transcript_file"),
    path(f"{ROOM}<int:pk>/do/<slug:verb>/", acting.act, name="do"),
    path("guest/<str:word>/room/<int:pk>/", guests.guest_room, name="guest_room"),
    path("guest/<str:word>/room/<int:pk>/check/", guests.guest_check, name="guest_check"),
    path("guest/<str:word>/room/<int:pk>/speed/", guests.guest_speed, name="guest_speed"),
    path("guest/<str:word>/room/<int:pk>/do/<slug:verb>/", guests.guest_do, name="guest_do"),
    path("speaker/<str:word>/room/<int:pk>/", guests.speaker_room, name="speaker_room"),
    path("speaker/<str:word>/room/<int:pk>/check/", guests.speaker_check, name="speaker_check"),
    path("speaker/<str:word>/room/<int:pk>/speed/", guests.speaker_speed, name="speaker_speed"),
    path("speaker/<str:word>/room/<int:pk>/do/<slug:verb>/", guests.speaker_do, name="speaker_do"),
    path(DESK, office.rooms, name="rooms"),
    path(f"{DESK}<int:pk>/", office.set_up, name="set_up"),
    path(f"{DESK}<int:pk>/poll/", office.poll, name="poll_new"),
    path(f"{DESK}<int:pk>/poll/<int:poll>/", office.poll, name="poll"),
    path(f"{DESK}<int:pk>/presence/", office.presence, name="presence"),
    path(f"{DESK}<int:pk>/presence.xlsx", office.presence_file, name="presence_file"),
    path(f"{DESK}<int:pk>/presence/feed/", office.feed, name="feed"),
    path(f"{DESK}<int:pk>/presence/add/", office.by_hand, name="by_hand"),
    path(f"{DESK}<int:pk>/presence/appeal/<int:appeal>/", office.decide, name="decide"),
]  # fmt: skip
