"""Why a draft of the framework cannot be published: each reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.competencies.models import HIGHEST, FrameworkVersion

LACKING = {
    "kk": _("has no name in Kazakh"),
    "ru": _("has no name in Russian"),
    "en": _("has no name in English"),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong and with which piece of the framework (its code)."""

    what: str
    why: str | Promise


def problems(version: FrameworkVersion) -> list[Problem]:
    """Every reason, in the order of the framework. All three languages are compulsory: people are judged by it."""
    found: list[Problem] = []
    for domain in version.domains.select_related("domain").order_by("domain__code"):
        found += [
            Problem(domain.domain.code, why) for code, why in LACKING.items() if not getattr(domain, f"name_{code}")
        ]
    for row in version.competencies.select_related("competency").order_by("competency__code"):
        found += [
            Problem(row.competency.code, why) for code, why in LACKING.items() if not getattr(row, f"name_{code}")
        ]
    anchored = {level.level for level in version.levels.filter(domain=None) if level.anchor_kk and level.anchor_ru}
    for number in range(HIGHEST + 1):
        if number not in anchored:
            found.append(Problem(str(number), _("the level has no anchor in Kazakh or in Russian")))
    return found
