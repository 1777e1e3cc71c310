from importlib import import_module

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "orken.questions"
    label = "questions"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.questions import invariants, kinds, menu, trail_words

        demo.register("questions", _demo, order=21)
        invariants.register()
        kinds.register_all()
        menu.register()
        trail_words.register()
        import_module("orken.questions.background")


def _demo(stage: object) -> None:
    """The demo's questions are read only when a demo is made."""
    build = import_module("orken.questions.demo.build").build
    build(stage)
