"""Who may sit in a commission, and with which post of that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from hashlib import sha256
from json import dumps
from operator import or_
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from orken.network.models import Appointment, Unit
from orken.network.tables import name_contains
from orken.people.models import Account, Person
from orken.training import policy as office
from orken.training.models import Mark, MarkBeside, Run, Trainer
from orken.training.results import selectors

MOST = 20  # specialists that one search offers
LANGUAGES = ("kk", "ru", "en")


def candidates(run: Run, by: Account | None = None) -> list[Person]:
    """Whoever teaches the run and whoever organises it, `by` from higher up too: they are offered unasked."""
    teaching = Trainer.objects.filter(run=run).exclude(state=Trainer.State.DECLINED).select_related("person")
    found = {one.person_id: one.person for one in teaching}
    found |= {one.person.pk: one.person for one in office.organisers(run, by)}
    return _by_name(found.values())


def _working(run: Run, on: date) -> QuerySet[Appointment]:
    """The specialists of the host and of those who hold the run along, on that day; of a school, those of its whole library."""
    where = reduce(or_, (Q(unit__path__within=_house(unit)) for unit in (run.host, *run.together)))
    return Appointment.objects.at(on).filter(where, person__erased_at=None, person__merged_into=None)


def _house(unit: Unit) -> str:
    """The path of the library that a unit belongs to: of a school the unit above it."""
    path: str = unit.path
    return path.rstrip("/").rpartition("/")[0] + "/" if unit.kind == Unit.Kind.SCHOOL else path


def found(run: Run, asked: str, on: date) -> list[Appointment]:
    """Specialists of the host by a part of their name, each with her post."""
    if len(asked.strip()) < 2:
        return []
    rows = _working(run, on).filter(name_contains("person__sort_kk", "person__sort_ru")(asked))
    return _once(
        rows.select_related("person", "post", "unit").order_by("person__sort_kk", "person", "employment")[: MOST * 2]
    )[:MOST]


def specialists(run: Run, people: Collection[int], on: date) -> list[Appointment]:
    """Those of `people` who work for the host on that day."""
    if not people:
        return []
    rows = _working(run, on).filter(person__in=people).select_related("person", "post", "unit")
    return _once(rows.order_by("person__sort_kk", "person", "employment"))


def _once(rows: Iterable[Appointment]) -> list[Appointment]:
    """One row for each, the main post where she holds several: «combined» comes before «main»."""
    return list({row.person_id: row for row in rows}.values())


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda one: (one.sort_kk, one.pk))


def posts(people: Iterable[Person], on: date) -> dict[int, Appointment]:
    """The post of each on that day, the main one where she holds several; whoever held none is left out."""
    rows = Appointment.objects.at(on).filter(person__in=list(people)).select_related("post", "unit")
    return {row.person_id: row for row in _once(rows.order_by("employment", "-pk"))}


def post_in(row: Appointment | None, language: str) -> str:
    """«librarian, the library of the district» in a language; empty when she held none."""
    if row is None:
        return ""
    texts = (getattr(row.post, f"title_{language}"), getattr(row.unit, f"name_{language}"))
    return ", ".join(text for text in texts if text)[:500]


def read_along() -> dict[str, Any]:
    """How many differences wait for a decision, in the attendance sheet and of marks, to be read with the run."""
    sheet = Mark.objects.filter(session__run=OuterRef("pk"), aside=True, superseded_at=None).order_by()
    marks = MarkBeside.objects.filter(enrolment__run=OuterRef("pk"), decided_at=None).order_by()
    return {
        name: Coalesce(Subquery(rows.values(of).annotate(n=Count("pk")).values("n")), 0)
        for name, rows, of in (
            ("undecided_sheet", sheet, "session__run"), ("undecided_marks", marks, "enrolment__run"),
        )
    }  # fmt: skip


def fingerprint(rows: Iterable[selectors.Row]) -> str:
    """What the commission has before her: whose result, which outcome, made of what."""
    told = [[row.enrolment.pk, row.verdict.outcome, [line.as_data() for line in row.verdict.lines]] for row in rows]
    return sha256(dumps(told, sort_keys=True).encode()).hexdigest()[:20]
