from importlib import import_module

from django.apps import AppConfig


class ConservationConfig(AppConfig):
    name = "orken.conservation"
    label = "conservation"

    def ready(self) -> None:
        import_module("orken.conservation.drawing_jobs")  # registers its job and its hour

        from orken.conservation import demo_papers, demo_specimens, findable, invariants, joined, menu, trail_words
        from orken.conservation.kinds import climate, regions, treatment
        from orken.curriculum import kinds
        from orken.kit import demo

        demo.register("conservation.specimens", demo_specimens.build, order=60)
        demo.register("conservation.papers", demo_papers.build, order=61)
        kinds.register(regions.MarkRegions())
        kinds.register(treatment.PlanTreatment())
        kinds.register(climate.ReadClimate())
        findable.register()
        invariants.register()
        menu.register()
        trail_words.register()
        joined.register()
