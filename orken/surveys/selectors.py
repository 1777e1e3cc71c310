"""What the pages of questionnaires and surveys read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from orken.network.policy import Scope
from orken.people.models import Account
from orken.surveys import policy, results
from orken.surveys.models import LEAST, Invitation, Questionnaire, Sheet, Survey


def questionnaires(scope: Scope) -> QuerySet[Questionnaire]:
    rows = Questionnaire.objects.filter(scope.q("unit__path")).select_related("unit", "published", "draft")
    return rows.order_by("code")


def surveys(scope: Scope) -> QuerySet[Survey]:
    """Newest first, each with the number of its sheets and of the ways to one."""
    return (
        Survey.objects.filter(scope.q("unit__path"))
        .select_related("unit", "version__questionnaire")
        .annotate(came=Count("sheets", distinct=True))
        .order_by("-opens_on", "pk")
    )


@dataclass(frozen=True)
class Coming:
    """How many were asked in each way, and how many sheets came."""

    asked: int
    answered: int
    slips: int
    slips_used: int
    kiosk: bool
    kiosk_sheets: int
    sheets: int


def coming(survey: Survey) -> Coming:
    rows = survey.invitations.values_list("way").annotate(n=Count("pk"), done=Sum("used")).order_by("way")
    ways = {way: (n, done or 0) for way, n, done in rows}
    asked, answered = ways.get(Invitation.Way.PAGE, (0, 0))
    slips, slips_used = ways.get(Invitation.Way.SLIP, (0, 0))
    kiosks, kiosk_sheets = ways.get(Invitation.Way.KIOSK, (0, 0))
    return Coming(asked, answered, slips, slips_used, bool(kiosks), kiosk_sheets, survey.sheets.count())


def results_of(survey: Survey) -> list[results.Result] | None:
    """The results; None while the survey is open or when too few answered."""
    if not survey.over:
        return None
    sheets = list(Sheet.objects.filter(survey=survey).order_by("pk").values_list("answers", flat=True))
    return results.reckon(survey.version.questions, sheets) if len(sheets) >= LEAST else None


def waiting_for(account: Account, today: date | None = None) -> QuerySet[Invitation]:
    """Questionnaires that she was asked to answer and that are open."""
    day = today or timezone.localdate()
    rows = Invitation.objects.filter(
        person=account.person_id, way=Invitation.Way.PAGE, used=0, survey__closed_at=None,
        survey__opens_on__lte=day, survey__closes_on__gte=day,
    )  # fmt: skip
    return rows.select_related("survey__version").order_by("survey__closes_on", "pk")


def to_ask_with(account: Account) -> QuerySet[Questionnaire]:
    """Published questionnaires that she may open a survey with."""
    rows = Questionnaire.objects.filter(policy.usable(account)).exclude(published=None)
    return rows.select_related("published", "unit").order_by("code")


def has_answered(survey: Survey, person_id: int) -> bool:
    """The fact of answering, which a completion rule may ask for; never what was answered."""
    return survey.invitations.filter(Q(person=person_id), used__gt=0).exists()
