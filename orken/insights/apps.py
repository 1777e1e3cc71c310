from importlib import import_module

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "orken.insights"
    label = "insights"

    def ready(self) -> None:
        from orken.insights import demo, invariants, menu, region, trail_words
        from orken.kit import demo as demos
        from orken.network import region_sections

        demos.register("insights", demo.build, order=900)
        invariants.register()
        menu.register()
        trail_words.register()
        region_sections.register("coverage", "insights/on_region.html", region.context, order=10)
        import_module("orken.insights.background")  # registers its habits
