from importlib import import_module

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "orken.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from orken.kit import demo as demos
        from orken.newsroom import demo, findable, menu, receivers, sources, trail_words
        from orken.newsroom.held_meetings import Meetings
        from orken.newsroom.runs import Handovers, Runs

        demos.register("newsroom", demo.build, order=800)
        findable.register()
        menu.register()
        receivers.connect()
        trail_words.register()
        sources.register(Runs())
        sources.register(Handovers())
        sources.register(Meetings())
        import_module("orken.newsroom.background")  # registers its minute
