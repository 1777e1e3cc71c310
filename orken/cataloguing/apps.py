from django.apps import AppConfig


class CataloguingConfig(AppConfig):
    name = "orken.cataloguing"
    label = "cataloguing"

    def ready(self) -> None:
        from orken.cataloguing import commands  # noqa: F401  the command line learns «marc …»
