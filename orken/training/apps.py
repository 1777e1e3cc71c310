from importlib import import_module

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "orken.training"

    def ready(self) -> None:
        from orken.kit import demo
        from orken.training import findable, invariants, menu
        from orken.training.demo import build

        demo.register("training", build, order=30)
        findable.register()
        invariants.register()
        menu.register()
        import_module("orken.training.clock")  # what runs by the clock
