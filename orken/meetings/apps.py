from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "orken.meetings"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.meetings import erasing, findable, held, invariants, joined, letters, menu, threads, trail_words
        from orken.meetings.demo import build as meetings
        from orken.meetings.demo import certificates

        demo.register("meetings", meetings, order=31)
        demo.register("meetings.certificates", certificates.build, order=69)
        erasing.connect()
        findable.register()
        held.register()
        invariants.register()
        joined.register()
        letters.register_all()
        menu.register()
        threads.register()
        trail_words.register()
        import_module("orken.meetings.background")
        import_module("orken.meetings.receivers")
