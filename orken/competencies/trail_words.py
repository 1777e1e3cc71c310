"""How the trail calls what the framework and its evidence write into it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orken.competencies.models import CompetencyText, DomainText, Evidence, Framework, FrameworkVersion
from orken.kit.audit import words
from orken.network.models import Post

VERBS = {
    "competency.self_assessed": _("judged her own competencies"),
    "competency.shown": _("noted evidence of a competency"),
    "competency.struck_out": _("struck evidence of a competency out"),
    "framework.draft_started": _("began a new edition of the framework"),
    "framework.draft_dropped": _("threw the new edition of the framework away"),
    "framework.text_set": _("changed a text of the framework"),
    "framework.target_set": _("set target levels"),
    "framework.years_set": _("set how long evidence holds"),
    "framework.published": _("published an edition of the framework"),
    "framework.returned": _("returned the framework to an earlier edition"),
}
ABOUT = {"competency": _("Competencies of people"), "framework": _("Framework of competencies")}
FIELDS = {
    "competency": _("Competency"),
    "competency.shown.level": _("Level"),
    "competency.shown.kind": _("Kind"),
    "framework.target_set.group": _("Group of posts"),
    "years": _("Years"),
}
VALUES = {"competency.shown.kind": Evidence.Kind, "framework.target_set.group": Post.Group}


def _competencies(codes: Sequence[str]) -> dict[str, str]:
    """The words of the edition that holds: «C2 Machine formats»."""
    rows = CompetencyText.objects.filter(competency__code__in=codes, version__in=Framework.objects.values("published"))
    return {row.competency.code: f"{row.competency.code} {row.name}" for row in rows.select_related("competency")}


def _domains(codes: Sequence[str]) -> dict[str, str]:
    rows = DomainText.objects.filter(domain__code__in=codes, version__in=Framework.objects.values("published"))
    return {row.domain.code: row.name for row in rows.select_related("domain")}


def _edition(row: FrameworkVersion) -> str:
    return gettext("Framework of competencies, edition %(number)s") % {"number": row.number}


THINGS = {
    "competencies.frameworkversion": words.rows_of("competencies.FrameworkVersion", text=_edition),
    "competencies.evidence": words.rows_of(
        "competencies.Evidence", "person", "competency", text=lambda row: f"{row.person}: {row.competency}"
    ),
    "competencies.level": words.rows_of("competencies.Level", text=lambda row: row.name or row.anchor),
    "competencies.evidencepolicy": words.rows_of(
        "competencies.EvidencePolicy", text=lambda row: gettext("How long evidence holds")
    ),
}


def register() -> None:
    words.register(
        about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES, things=THINGS,
        named={"competency": _competencies},
        keys={"competency.self_assessed": _competencies, "framework.target_set": _domains},
    )  # fmt: skip
