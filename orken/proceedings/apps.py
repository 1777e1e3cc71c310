from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "orken.proceedings"
    label = "proceedings"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.meetings import not_held
        from orken.proceedings import findable, happened, held, invariants, joined, menu, trail_words
        from orken.proceedings.demo import build

        demo.register("proceedings", build, order=810)
        findable.register()
        held.register()
        not_held.register(happened.talks_not_held)
        invariants.register()
        joined.register()
        menu.register()
        trail_words.register()
