from django.apps import AppConfig


class CataloguingConfig(AppConfig):
    name = "orken.cataloguing"
    label = "cataloguing"

    def ready(self) -> None:
        from orken.cataloguing import checking, commands, kinds, menu  # noqa: F401  jobs and «marc …» are registered
        from orken.cataloguing.demo import build
        from orken.cataloguing.grading import command  # noqa: F401  «marc grade»
        from orken.kit import demo

        demo.register("cataloguing", build.build, order=60)
        kinds.register_all()
        menu.register()
