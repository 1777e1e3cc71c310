from importlib import import_module

from django.apps import AppConfig


class ConservationConfig(AppConfig):
    name = "orken.conservation"
    label = "conservation"

    def ready(self) -> None:
        import_module("orken.conservation.drawing_jobs")  # registers its job and its hour

        from orken.conservation import demo_specimens, menu
        from orken.conservation.kinds import regions
        from orken.curriculum import kinds
        from orken.kit import demo

        demo.register("conservation.specimens", demo_specimens.build, order=60)
        kinds.register(regions.MarkRegions())
        menu.register()
