"""Coverage in the head of every page, for whoever sees its figures; in the foot for everybody else."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission

SEES = holds(Permission.COVERAGE_VIEW)
LABEL = pgettext_lazy("share of people who were trained", "Coverage")


def sees_not(request: HttpRequest) -> bool:
    return not SEES(request)


def register() -> None:
    navigation.register("coverage", label=LABEL, address="insights:home", visible=SEES, order=22)
    navigation.register("coverage-foot", label=LABEL, address="insights:home", visible=sees_not, order=12, place="foot")
