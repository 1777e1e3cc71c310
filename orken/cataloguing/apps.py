from django.apps import AppConfig


class CataloguingConfig(AppConfig):
    name = "orken.cataloguing"
    label = "cataloguing"

    def ready(self) -> None:
        from orken.cataloguing import checking, commands, kinds, letters, menu, receivers, trail_words  # noqa: F401  jobs, «marc …» and receivers are registered
        from orken.cataloguing.demo import build
        from orken.cataloguing.grading import command  # noqa: F401  «marc grade»
        from orken.kit import demo

        demo.register("cataloguing", build.build, order=60)
        kinds.register_all()
        letters.register_all()
        menu.register()
        trail_words.register()
