from importlib import import_module

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "orken.training"

    def ready(self) -> None:
        from orken.training import findable, invariants, menu

        findable.register()
        invariants.register()
        menu.register()
        import_module("orken.training.clock")  # what runs by the clock
