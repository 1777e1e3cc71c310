from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate


def _load(sender: Any, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """After migrations and after a flush: an installation without a norm gets the default one."""
    from orken.curriculum.models import HourNorm
    from orken.curriculum.reference import load

    if using == DEFAULT_DB_ALIAS and HourNorm._meta.db_table in connections[using].introspection.table_names():
        load()


class CurriculumConfig(AppConfig):
    name = "orken.curriculum"
    label = "curriculum"
    filled_by_set_up = ("HourNorm",)

    def ready(self) -> None:
        from orken.curriculum import findable, invariants, menu, trail_words
        from orken.curriculum.demo import build
        from orken.kit import demo

        post_migrate.connect(_load, sender=self, dispatch_uid="curriculum.load")
        demo.register("curriculum", build, order=20)
        findable.register()
        invariants.register()
        menu.register()
        trail_words.register()
