"""The four sources of coverage as rows of numbers: who holds which post where, where units stand, what was learned.

A source reads rows of another app by a condition and gives each as plain numbers; `frames` puts them into columns.
Days are ordinals, moments microseconds, NEVER stands for «until further notice» and «not struck out».
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from orken.credentials.models import Batch, LedgerRow
from orken.curriculum.models import Kind
from orken.network.models import Appointment, Post, Unit, UnitPlace
from orken.training.models import Outcome, Result, Run

NEVER = 2**62
ENDLESS = 2**30  # the ordinal of a day that never comes
MAIN = Appointment.Employment.MAIN

# How a row of the ledger came to be: what papers of earlier years say is counted apart.
CERTIFICATE, OUTSIDE, PAPER = 1, 2, 3
# What was learned by kind; a training of elsewhere and a paper of earlier years are kinds of their own here.
KINDS: dict[str, int] = {str(one): place for place, one in enumerate(Kind.values, start=1)}
KIND_OUTSIDE = 100

Row = tuple[int, ...]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(value: datetime | None) -> int:
    """Microseconds since 1970; NEVER for none."""
    return NEVER if value is None else (value - _EPOCH) // timedelta(microseconds=1)


@lru_cache(maxsize=20_000)
def day(value: date | None) -> int:
    return ENDLESS if value is None else value.toordinal()


@dataclass(frozen=True)
class Source:
    """A table of another app. `columns` names the numbers of a row and their width in bits; the first is the row's id.

    `order` are the columns by which rows are kept; `person` leads to the person, for rows that a merge moves;
    `recorded` to the moment at which a row was written down. `numbers(rows, cut)` without `cut` leaves kind and school out.
    """

    name: str
    columns: dict[str, int]
    order: tuple[str, ...]
    rows: Callable[[], QuerySet[Any]]
    numbers: Callable[[QuerySet[Any], bool], Iterator[Row]]
    recorded: str
    person: str = ""


# --- who holds which post ---


def _posts() -> QuerySet[Any]:
    """Specialists: whoever holds a post of a librarian's profile; «other staff» is not counted."""
    return Appointment.objects.exclude(post__group=Post.Group.OTHER)


def _posts_numbers(rows: QuerySet[Any], cut: bool = True) -> Iterator[Row]:
    fields = ("pk", "person", "unit", "employment", "valid_from", "valid_to", "recorded_at", "superseded_at")
    for pk, person, unit, employment, start, end, known, struck in rows.values_list(*fields).iterator(5000):
        yield pk, person, unit, int(employment != MAIN), day(start), day(end), moment(known), moment(struck)


# --- where units stand ---


def _places() -> QuerySet[Any]:
    return UnitPlace.objects.all()


def _places_numbers(rows: QuerySet[Any], cut: bool = True) -> Iterator[Row]:
    fields = ("pk", "unit", "parent", "valid_from", "valid_to", "recorded_at", "superseded_at")
    for pk, unit, parent, start, end, known, struck in rows.values_list(*fields).iterator(5000):
        yield pk, unit, parent or 0, day(start), day(end), moment(known), moment(struck)


# --- what was learned ---


def _results() -> QuerySet[Any]:
    """Participations: lines of confirmed result sheets that say «passed»."""
    return Result.objects.filter(outcome=Outcome.PASSED)


_OF_RUN = ("ends_on", "kind", "version__programme__unit", "version__programme__unit__kind")


def _results_numbers(rows: QuerySet[Any], cut: bool = True) -> Iterator[Row]:
    fields = (
        "pk",
        "enrolment__person",
        *(f"enrolment__run__{name}" for name in _OF_RUN),
        "sheet__confirmed_at",
        "superseded_at",
    )
    for pk, person, ended, kind, unit, unit_kind, known, struck in rows.values_list(*fields).iterator(5000):
        yield pk, person, day(ended), KINDS[kind], _school(unit, unit_kind), moment(known), moment(struck)


def _school(unit: int | None, kind: str | None) -> int:
    return unit if unit is not None and kind == Unit.Kind.SCHOOL else 0


def _ledger() -> QuerySet[Any]:
    """Hours of learning that somebody confirmed; each row of the ledger has minutes.

    Lessons that she taught and recordings that she watched alone are hers in her record; coverage counts neither.
    """
    return LedgerRow.objects.filter(confirmed=True, observed=None)


def _ledger_numbers(rows: QuerySet[Any], cut: bool = True) -> Iterator[Row]:
    batches: dict[Any, tuple[int, int]] = {}
    fields = ("pk", "person", "on", "minutes", "certificate", "outside", "batch", "recorded_at", "superseded_at")
    waiting = rows.annotate(batch=F("certificate__batch")).values_list(*fields).iterator(5000)
    for part in batched(waiting):
        if cut:
            _fill(batches, {row[6] for row in part if row[6] is not None})
        for pk, person, on, minutes, certificate, outside, batch, known, struck in part:
            origin = CERTIFICATE if certificate else OUTSIDE if outside else PAPER
            kind, school = batches.get(batch, (KIND_OUTSIDE if outside else 0, 0))
            yield pk, person, day(on), minutes, certificate or 0, origin, kind, school, moment(known), moment(struck)


OF_A_RUN = "training.run:"  # how a batch of certificates names the run that it is of


def _fill(known: dict[Any, tuple[int, int]], wanted: Iterable[Any]) -> None:
    """Kind and school of what certificates of a batch certify: those of its run, else what its papers say."""
    lacking = [pk for pk in wanted if pk not in known]
    run = Run.objects.filter(code=Substr(OuterRef("source"), len(OF_A_RUN) + 1))
    of_run = {f"run_{name}": Subquery(run.values(name)[:1]) for name in _OF_RUN[1:]}
    fields = ("pk", "common__training", "prefix__unit", "prefix__unit__kind", *of_run)
    for start in range(0, len(lacking), 500):
        found = Batch.objects.filter(pk__in=lacking[start : start + 500]).annotate(**of_run).values_list(*fields)
        for pk, training, unit, unit_kind, kind, own, own_kind in found:
            known[pk] = (
                (KINDS[kind], _school(own, own_kind)) if kind else (KINDS.get(training, 0), _school(unit, unit_kind))
            )


def batched(rows: Iterable[Any], size: int = 5000) -> Iterator[list[Any]]:
    part: list[Any] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


WHEN = {"known": 64, "struck": 64}
POSTS = Source(
    "posts", {"pk": 64, "person": 32, "unit": 32, "second": 8, "start": 32, "end": 32, **WHEN}, ("second", "start", "pk"),
    _posts, _posts_numbers, "recorded_at", "person",
)  # fmt: skip
PLACES = Source(
    "places", {"pk": 64, "unit": 32, "parent": 32, "start": 32, "end": 32, **WHEN}, ("unit", "pk"), _places, _places_numbers,
    "recorded_at",
)  # fmt: skip
RESULTS = Source(
    "results", {"pk": 64, "person": 32, "day": 32, "kind": 8, "school": 32, **WHEN}, ("day", "pk"), _results, _results_numbers,
    "sheet__confirmed_at", "enrolment__person",
)  # fmt: skip
LEDGER = Source(
    "ledger",
    {"pk": 64, "person": 32, "day": 32, "minutes": 32, "certificate": 32, "origin": 8, "kind": 8, "school": 32, **WHEN},
    ("day", "pk"), _ledger, _ledger_numbers, "recorded_at", "person",
)  # fmt: skip
SOURCES = (POSTS, PLACES, RESULTS, LEDGER)


def since(source: Source, last_pk: int, through: datetime, persons: Iterable[int]) -> Q:
    """Rows of the source that the columns cannot know as they are now: new, struck out since, of somebody who was joined."""
    condition = Q(pk__gt=last_pk) | Q(superseded_at__gt=through)
    people = list(persons)
    return condition | Q(**{f"{source.person}__in": people}) if source.person and people else condition
