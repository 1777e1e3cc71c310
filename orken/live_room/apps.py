from importlib import import_module

from django.apps import AppConfig


class LiveRoomConfig(AppConfig):
    name = "orken.live_room"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.live_room import erasing, held, invariants, joined, menu, trail_words
        from orken.live_room.demo import build as rooms

        demo.register("live_room", rooms, order=32)
        erasing.connect()
        held.register()
        invariants.register()
        joined.register()
        menu.register()
        trail_words.register()
        import_module("orken.live_room.background")
        import_module("orken.live_room.receivers")
