"""Coverage is exact at every moment: what was issued, revoked, corrected or joined counts at once, and the past stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Max, Q
from django.utils import timezone

from orken.credentials import services as credentials
from orken.credentials.models import Certificate, LedgerRow
from orken.insights import background, rows, services
from orken.insights.coverage import Question
from orken.insights.frames import Reading
from orken.insights.models import Column
from orken.kit.audit import invariants
from orken.network.models import Appointment, Unit, UnitPlace
from orken.network.policy import Scope
from orken.people.models import Account, Person
from orken.people.services import merging
from orken.training.models import Result
from tests.credentials.conftest import row
from tests.insights.conftest import covered, numbers

Issued = Callable[..., list[Certificate]]
Accounts = Callable[[str], Account]
WHOLE = Scope((), whole=True)
pytestmark = pytest.mark.django_db


def never_trained(region: str = "KZ-55") -> Appointment:
    """The main post of somebody who has nothing yet."""
    unit = Unit.objects.get(code=region)
    country = rows.country_of(Question(timezone.localdate()))
    found, _elsewhere = rows.people(country, unit.pk, False, WHOLE, "never")
    post: Appointment = (
        Appointment.objects.at()
        .select_related("person", "unit")
        .filter(person__in=found.tolist(), employment="main")
        .order_by("pk")[0]
    )
    return post


def broken() -> list[str]:
    return [one.row for _rule, found in invariants.run("insights.") for one in found]


def moved(before: dict[str, int | None], after: dict[str, int | None]) -> dict[str, int]:
    return {name: (after[name] or 0) - (before[name] or 0) for name in before if after[name] != before[name]}


def test_a_certificate_moves_the_numbers_when_it_is_issued_and_when_it_is_revoked(
    issued: Issued, account: Accounts
) -> None:
    post, start = never_trained(), timezone.now()
    district = next(one for one in Unit.objects.filter(kind="system") if post.unit.path.startswith(one.path))
    before, below, country = (numbers(covered(code)) for code in ("KZ-55", district.code, "KZ"))
    [one] = issued([row(post)])
    gained = {"in-1": 1, "in-3": 1, "in-5": 1, "never": -1, "certificates": 1, "hours": 72}
    for code, was in (("KZ-55", before), (district.code, below), ("KZ", country)):
        assert moved(was, numbers(covered(code))) == gained
    between = timezone.now()
    credentials.revoke(certificate=one, reason="Қате берілген", by=account("registrar"))
    assert numbers(covered("KZ-55")) == before
    # what was known then is known for ever
    assert moved(before, numbers(covered("KZ-55", known_at=between))) == gained
    assert numbers(covered("KZ-55", known_at=start)) == before
    services.rebuild()
    assert numbers(covered("KZ-55")) == before
    assert moved(before, numbers(covered("KZ-55", known_at=between))) == gained
    assert broken() == []


def test_a_replaced_certificate_is_counted_once(issued: Issued, account: Accounts) -> None:
    [one] = issued([row(never_trained())])
    before = numbers(covered("KZ-55"))
    made = credentials.replace(certificate=one, reason="Аты қате", by=account("registrar"), dated_on=one.dated_on)
    credentials.draw(batch=made.batch)
    credentials.sign(batch=made.batch, on=made.dated_on, by=account("registrar"))
    assert numbers(covered("KZ-55")) == before  # the one that stands holds until its successor is issued
    credentials.issue(batch=made.batch, by=account("registrar"))
    assert numbers(covered("KZ-55")) == before


def test_without_columns_the_answer_is_the_same() -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("KZ", {}),
        ("KZ-55", {"on": date(2025, 6, 1), "years": 3}),
        ("KZ", {"known_at": datetime(2026, 9, 10, tzinfo=UTC)}),
    ]
    kept = [numbers(covered(code, **more)) for code, more in asked]
    Column.objects.all().delete()
    assert [numbers(covered(code, **more)) for code, more in asked] == kept
    assert services.aged()
    background.by_day()
    assert not services.aged() and Column.objects.exists()
    assert [numbers(covered(code, **more)) for code, more in asked] == kept


def test_a_post_that_ends_or_begins_moves_the_denominator(account: Accounts) -> None:
    before, day = numbers(covered("KZ-55"))["people"], timezone.localdate()
    post = Appointment.objects.at().filter(unit__code__startswith="KZ-55", employment="main").exclude(person__appointments__employment="combined").order_by("pk")[0]  # fmt: skip
    now = timezone.now()
    Appointment.objects.filter(pk=post.pk).update(superseded_at=now)
    Appointment.objects.create(
        person=post.person, unit=post.unit, post=post.post, valid_from=post.valid_from, valid_to=day, recorded_at=now
    )
    assert numbers(covered("KZ-55"))["people"] == (before or 0) - 1
    assert numbers(covered("KZ-55", day - timedelta(1)))["people"] == before
    assert broken() == []


def test_a_correction_of_a_sheet_counts_from_the_moment_it_was_known() -> None:
    """A sheet of the demo was corrected: she had passed after all."""
    late = Result.objects.filter(sheet__number=2, outcome="passed", superseded_at=None).select_related("sheet", "enrolment__run").order_by("pk")[0]  # fmt: skip

    def counted(known_at: datetime | None) -> bool:
        frames = Reading(known_at, {"results": ("pk", "day")}).frames()["results"]
        return any(late.pk in one["pk"].tolist() for one in frames)

    assert counted(None)
    assert counted(late.sheet.confirmed_at)
    assert not counted(late.sheet.confirmed_at - timedelta(microseconds=1))


def test_rows_that_go_over_to_another_person_are_counted_there(account: Accounts, issued: Issued) -> None:
    """Two records of one woman: her certificate stood with the one that nobody employs."""
    post = never_trained()
    twin = Person.objects.create(
        surname_kk=post.person.surname_kk, surname_ru=post.person.surname_ru, given_kk="Екінші", given_ru="Вторая"
    )
    issued([credentials.Row(source="training.enrolment:twin", person=twin.pk, unit=post.unit_id, minutes={"live": 3240}, final=True, domain="C")])  # fmt: skip
    before = numbers(covered("KZ-55"))
    answers = {one.key: "kept" for one in merging.collisions(post.person, twin)}
    done = merging.merge(kept=post.person, gone=twin, answers=answers, by=account("national"), scope_path="")
    gained = {"in-1": 1, "in-3": 1, "in-5": 1, "never": -1, "certificates": 1, "hours": 72}
    assert moved(before, numbers(covered("KZ-55"))) == gained
    assert broken() == []
    services.rebuild()
    assert moved(before, numbers(covered("KZ-55"))) == gained
    merging.undo(merge=done, by=account("national"), scope_path="")
    assert numbers(covered("KZ-55")) == before
    assert broken() == []


def test_an_untrue_column_is_named() -> None:
    column = Column.objects.get(source="results", struck=False, name="person")
    body = bytearray(column.body)
    body[0] ^= 1
    column.body = bytes(body)
    column.save()
    [row] = broken()
    assert row.startswith("results ")


def test_hours_that_nobody_confirmed_yet_do_not_count() -> None:
    waiting = LedgerRow.objects.filter(superseded_at=None, confirmed=False)
    counted = rows.measured(rows.country_of(Question(timezone.localdate(), years=5)), Unit.objects.get(code="KZ").pk, False, WHOLE, "hours")[0]  # fmt: skip
    assert not set(waiting.values_list("pk", flat=True)) & set(counted)


def test_semey_is_counted_where_it_stood_on_the_day() -> None:
    """Abai was split from East Kazakhstan in June 2022: its library has a place in both, each on its days."""
    semey = Unit.objects.get(code="KZ-10-LIB")
    above = {place.parent.code: place.valid_from for place in UnitPlace.objects.live().filter(unit=semey).select_related("parent") if place.parent}  # fmt: skip
    assert set(above) == {"KZ-10", "KZ-63"}
    then = covered("KZ", date(2021, 11, 24))
    assert "KZ-10" not in {line.code for line in then.lines}
    assert semey.pk in {line.unit for line in covered("KZ-63", date(2021, 11, 24)).lines}
    assert semey.pk in {line.unit for line in covered("KZ-10").lines}


@pytest.mark.parametrize(
    ("on", "known"),
    [
        (None, None),
        (date(2025, 12, 31), None),
        (date(2025, 12, 31), datetime(2026, 9, 1, 18, 59, tzinfo=UTC)),
        (date(2024, 7, 1), datetime(2026, 9, 2, tzinfo=UTC)),
    ],
)
def test_the_registers_read_row_by_row_say_the_same(on: date | None, known: datetime | None) -> None:
    """The country and its regions counted once more, person by person, from the registers themselves."""
    day = on or timezone.localdate()
    homes: dict[int, int] = {}
    specialists = Appointment.objects.at(day, known).exclude(post__group="other")
    for post in specialists.order_by("-employment", "valid_from", "pk"):  # «main» comes before «combined»
        homes.setdefault(post.person_id, post.unit_id)
    above = {place.unit_id: place.parent_id for place in UnitPlace.objects.at(day, known)}

    def known_then(began: str) -> Q:
        if known is None:
            return Q(superseded_at=None)
        return Q(**{f"{began}__lte": known}) & (Q(superseded_at=None) | Q(superseded_at__gt=known))

    last: dict[int, date] = {}
    passed = Result.objects.filter(
        known_then("sheet__confirmed_at"), outcome="passed", enrolment__run__ends_on__lte=day
    )
    hours = LedgerRow.objects.filter(known_then("recorded_at"), confirmed=True, on__lte=day).exclude(
        activity__in=("teaching", "recording")
    )
    for found in (
        passed.values_list("enrolment__person").annotate(n=Max("enrolment__run__ends_on")),
        hours.values_list("person").annotate(n=Max("on")),
    ):
        for person, ended in found:
            last[person] = max(last.get(person, ended), ended)
    edge = day.replace(year=day.year - 1)
    people: dict[int, int] = {}
    trained: dict[int, int] = {}
    never: dict[int, int] = {}
    for person, unit in homes.items():
        top: int | None = unit
        while top is not None and above.get(top) is not None and above.get(above[top] or 0) is not None:
            top = above[top]
        assert top is not None
        people[top] = people.get(top, 0) + 1
        trained[top] = trained.get(top, 0) + (last.get(person, date.min) > edge)
        never[top] = never.get(top, 0) + (person not in last)
    answer = covered("KZ", on, known)
    assert {line.unit: line.people for line in answer.lines if line.people} == people
    assert {line.unit: line.within(1) for line in answer.lines if line.people} == trained
    assert {line.unit: line.of_class("never") for line in answer.lines if line.people} == never
    assert answer.total.people == len(homes)
