from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "orken.notices"

    def ready(self) -> None:
        from orken.kit import demo as demos
        from orken.notices import demo, household, joined, menu, receivers

        household.register()
        receivers.connect()
        joined.register()
        menu.register()
        demos.register("notices", demo.build, order=90)
        import_module("orken.notices.services")  # registers what runs by the clock
