"""Asking: a survey opens, people get a way to the sheet, a sheet comes in, the survey closes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.notices import services as notices
from orken.people.accounts import codes
from orken.people.models import Account, Person
from orken.surveys import policy
from orken.surveys.letters import PAGE
from orken.surveys.models import Invitation, Questionnaire, Sheet, Survey

MOST_SLIPS = 200  # of one press: fifty sheets of A4


class NotOpen(Exception):
    """The survey takes no sheet today."""


class AlreadyAnswered(Exception):
    """This way to the sheet was used."""


@transaction.atomic
def open_survey(
    *,
    questionnaire: Questionnaire,
    unit: Unit,
    about: Mapping[str, str],
    opens_on: date,
    closes_on: date,
    by: Account | None,
    source: str = "",
    address: str = "",
) -> Survey:
    """Ask with the published version of today; with the same `source` it is opened once.

    `about` has the keys kk, ru, en. Raises OutOfScope, and NotOpen for a questionnaire that is not published.
    """
    if by is not None:
        policy.require_asking(by, unit)
    if source and (standing := Survey.objects.filter(source=source).first()):
        return standing
    if questionnaire.published is None:
        raise NotOpen(questionnaire.code)
    try:
        with transaction.atomic():
            made = Survey.objects.create(
                version=questionnaire.published, unit=unit, opens_on=opens_on, closes_on=closes_on, source=source,
                address=address, **{f"about_{language}": text for language, text in about.items()},
            )  # fmt: skip
    except IntegrityError:  # the same source at the same moment
        return Survey.objects.get(source=source)
    audit.record(
        "survey.opened", made, by=by, scope_path=unit.path,
        after={"questionnaire": questionnaire.code, "opens_on": str(opens_on), "closes_on": str(closes_on)},
    )  # fmt: skip
    return made


def _locked(survey: Survey) -> Survey:
    return Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=survey.pk)


def _asked(survey: Survey, by: Account | None) -> Survey:
    """The survey under lock, still to be answered. Raises OutOfScope, NotOpen when it is over."""
    held = _locked(survey)
    if by is not None:
        policy.require_asking(by, held.unit)
    if held.over:
        raise NotOpen(str(held.pk))
    return held


@transaction.atomic
def invite(*, survey: Survey, people: Iterable[Person], by: Account | None) -> int:
    """A way on their own page for these people, each with a letter; who was invited before stays so. Answers how many are new."""
    held = _asked(survey, by)
    chosen = {(person.merged_into or person).pk: person.merged_into or person for person in people}
    standing = set(held.invitations.filter(person__in=chosen).values_list("person", flat=True))
    fresh = [person for pk, person in chosen.items() if pk not in standing and person.erased_at is None]
    Invitation.objects.bulk_create(
        [Invitation(survey=held, way=Invitation.Way.PAGE, person=person) for person in fresh]
    )
    for person in fresh:
        _write_to("surveys.invited", held, person, by)
    if fresh:
        audit.record("survey.invited", held, by=by, scope_path=held.unit.path, after={"people": len(fresh)})
    return len(fresh)


def _write_to(kind: str, survey: Survey, person: Person, by: Account | None) -> None:
    about = {language: text for language in ("kk", "ru", "en") if (text := getattr(survey, f"about_{language}"))}
    facts = {"about": about, "until": survey.closes_on}
    notices.send(kind=kind, to=person, facts=facts, about=survey, by=by, page=PAGE)


@transaction.atomic
def slips(*, survey: Survey, number: int, by: Account) -> list[str]:
    """Fresh codes for slips that carry no name, each good for one sheet. Shown once: the database keeps only hashes."""
    held = _asked(survey, by)
    fresh = [codes.new() for _ in range(min(number, MOST_SLIPS))]
    Invitation.objects.bulk_create(
        [Invitation(survey=held, way=Invitation.Way.SLIP, key=codes.kept(code)) for code in fresh]
    )
    audit.record("survey.slips_made", held, by=by, scope_path=held.unit.path, after={"slips": len(fresh)})
    return fresh


@transaction.atomic
def kiosk(*, survey: Survey, by: Account) -> str:
    """A fresh code for a device that many use one after another; the one before it is void."""
    held = _asked(survey, by)
    code = codes.new()
    row, _made = Invitation.objects.get_or_create(
        survey=held, way=Invitation.Way.KIOSK, defaults={"key": codes.kept(code)}
    )
    row.key = codes.kept(code)
    row.save(update_fields=["key"])
    audit.record("survey.kiosk_opened", held, by=by, scope_path=held.unit.path)
    return code


def find(code: str) -> Invitation | None:
    """The invitation with this code, whatever its survey's state."""
    found: Invitation | None = (
        Invitation.objects.filter(key=codes.kept(code)).select_related("survey__version", "survey__unit").first()
    )
    return found


@transaction.atomic
def answer(*, invitation: Invitation, answers: Mapping[str, Any]) -> None:
    """Use the invitation and keep the sheet: both or neither, and nothing that leads from one to the other.

    No trail: a row with a moment would tell when she answered. Raises NotOpen, AlreadyAnswered.
    """
    held = Invitation.objects.select_for_update(of=("self",)).select_related("survey").get(pk=invitation.pk)
    if not held.survey.takes_sheets:
        raise NotOpen(str(held.survey_id))
    if held.used and held.way != Invitation.Way.KIOSK:
        raise AlreadyAnswered(str(held.pk))
    held.used += 1
    held.save(update_fields=["used"])
    Sheet.objects.create(survey=held.survey, answers=dict(answers))


@transaction.atomic
def close_survey(*, survey: Survey, by: Account) -> Survey:
    """No more sheets; results from now on. Raises OutOfScope."""
    held = _locked(survey)
    policy.require_asking(by, held.unit)
    if not held.over:
        held.closed_at = timezone.now()
        held.save(update_fields=["closed_at"])
        audit.record("survey.closed", held, by=by, scope_path=held.unit.path)
    return held


@transaction.atomic
def remind(*, survey_id: UUID, by: Account | None) -> int:
    """One letter more to each who has a page and has not answered; a survey reminds once. Answers how many were reminded."""
    held = _locked(Survey(pk=survey_id))
    if by is not None:
        policy.require_asking(by, held.unit)
    if held.reminded_at is not None or not held.takes_sheets:
        return 0
    silent = held.invitations.filter(way=Invitation.Way.PAGE, used=0, person__erased_at=None).select_related("person")
    rows = list(silent)
    for row in rows:
        assert row.person is not None, "an invitation on a page has a person"
        _write_to("surveys.reminded", held, row.person, by)
    held.reminded_at = timezone.now()
    held.save(update_fields=["reminded_at"])
    audit.record("survey.reminded", held, by=by, scope_path=held.unit.path, after={"people": len(rows)})
    return len(rows)
