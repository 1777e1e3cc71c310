from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate


def _load(sender: Any, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """After migrations and after a flush: an installation without a framework gets the first edition."""
    from orken.competencies.models import EvidencePolicy
    from orken.competencies.reference.load import load

    if using == DEFAULT_DB_ALIAS and EvidencePolicy._meta.db_table in connections[using].introspection.table_names():
        load()


class CompetenciesConfig(AppConfig):
    name = "orken.competencies"
    label = "competencies"
    filled_by_set_up = (
        "Framework", "FrameworkVersion", "Domain", "Competency", "DomainText", "CompetencyText", "Level", "Target",
        "EvidencePolicy",
    )  # fmt: skip

    def ready(self) -> None:
        from orken.competencies import invariants, menu, on_person, trail_words
        from orken.competencies.demo import build
        from orken.kit import demo
        from orken.network import person_sections
        from orken.people.services import merging

        post_migrate.connect(_load, sender=self, dispatch_uid="competencies.load")
        demo.register("competencies", build, order=15)
        invariants.register()
        menu.register()
        trail_words.register()
        person_sections.register("competencies", "competencies/on_person.html", on_person.context, order=30)
        merging.register("competencies.Evidence", "person")
