from importlib import import_module

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "orken.kit.jobs"
    label = "kit_jobs"

    def ready(self) -> None:
        import_module("orken.kit.jobs.habits")  # registers what runs by the clock
