from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate


def _load(sender: Any, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """After migrations and after a flush: an installation without rules of documents gets the first ones."""
    from orken.credentials import rules
    from orken.credentials.models import DocumentRule

    if using == DEFAULT_DB_ALIAS and DocumentRule._meta.db_table in connections[using].introspection.table_names():
        rules.load()


class CredentialsConfig(AppConfig):
    name = "orken.credentials"
    label = "credentials"
    filled_by_set_up = ("DocumentRule",)

    def ready(self) -> None:
        from orken.credentials import demo, held, invariants, joined, menu, on_person, trail_words
        from orken.credentials.badges import keys
        from orken.kit import demo as demos
        from orken.network import person_sections
        from orken.people import sealing

        post_migrate.connect(_load, sender=self, dispatch_uid="credentials.load")
        demos.register("credentials", demo.build, order=16)
        held.register()
        invariants.register()
        joined.register()
        menu.register()
        trail_words.register()
        sealing.register_other(keys.reseal)
        person_sections.register("credentials", "credentials/on_person.html", on_person.context, order=22)
        import_module("orken.credentials.background")  # registers its jobs
