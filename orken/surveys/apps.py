from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "orken.surveys"
    label = "surveys"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.surveys import invariants, joined, letters, menu, trail_words
        from orken.surveys.demo import build

        demo.register("surveys", build, order=17)
        invariants.register()
        joined.register()
        letters.install()
        menu.register()
        trail_words.register()
        import_module("orken.surveys.reminders")  # registers its hour
