"""Dated facts that are never updated: what was true on a day, as it was known at a moment.

A fact row holds from `valid_from` up to, not including, `valid_to` (empty: until further notice).
It was written down at `recorded_at` and, when a later row says better, struck out at
`superseded_at`. A report asks with `on` (the day it speaks of) and `known_at` (the moment of its
knowledge), so a rerun gives the same figures for ever and a correction shows as a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class DatedQuerySet(models.QuerySet[Any]):
    """Rows of dated facts, asked by day and by moment of knowledge."""

    def live(self) -> Self:
        """Rows that nobody has struck out, whatever days they speak of."""
        return self.filter(superseded_at=None)

    def known(self, known_at: datetime | None) -> Self:
        """Rows as the register stood at `known_at`; None means now."""
        if known_at is None:
            return self.live()
        return self.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))

    def at(self, on: date | None = None, known_at: datetime | None = None) -> Self:
        """Rows that hold on the day `on` (today by default) as known at `known_at`."""
        day = on or timezone.localdate()
        return self.known(known_at).filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Dated(models.Model):
    """The four columns of every counted fact."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, db_index=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def constraints(label: str) -> list[models.BaseConstraint]:
        """Truths of every dated table; `label` makes their names unique in the database."""
        return [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name=f"{label}_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
                name=f"{label}_struck_out_after_recorded",
            ),
        ]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


Row = TypeVar("Row", bound=Dated)


@dataclass
class Revision(Generic[Row]):
    """Rows to strike out and rows to write down, so that the register says something else from now on."""

    moment: datetime
    struck: list[Row] = field(default_factory=list)
    fresh: list[Row] = field(default_factory=list)

    def save(self) -> None:
        for row in self.struck:
            row.superseded_at = self.moment
            row.save(update_fields=["superseded_at"])
        for row in self.fresh:
            row.save(force_insert=True)


def end_of(rows: Iterable[Dated], on: date) -> date | None:
    """Where a new fact from the day `on` ends: on the first day that something later is known of (decision 0006)."""
    return min((row.valid_from for row in rows if row.valid_from > on), default=None)


def revised(
    rows: Iterable[Row], fact: Row | None, *, valid_from: date, valid_to: date | None, moment: datetime
) -> Revision[Row]:
    """What becomes of the live `rows` of a subject when `fact` (None: nothing) holds on these days.

    Rows that speak of these days are struck out; what they said of other days is written again, so
    that at most one live row speaks of any day.
    """
    revision: Revision[Row] = Revision(moment)
    for row in rows:
        if (row.valid_to is not None and row.valid_to <= valid_from) or (
            valid_to is not None and row.valid_from >= valid_to
        ):
            continue
        revision.struck.append(row)
        if row.valid_from < valid_from:
            revision.fresh.append(_again(row, row.valid_from, valid_from, moment))
        if valid_to is not None and (row.valid_to is None or row.valid_to > valid_to):
            revision.fresh.append(_again(row, valid_to, row.valid_to, moment))
    if fact is not None:
        fact.valid_from, fact.valid_to, fact.recorded_at = valid_from, valid_to, moment
        revision.fresh.append(fact)
    return revision


def restored(rows: Iterable[Row], *, before: datetime, moment: datetime) -> Revision[Row]:
    """The way back: of all `rows` of a subject, struck out or not, those that stood just before a moment stand again."""
    revision: Revision[Row] = Revision(moment)
    for row in rows:
        if row.recorded_at >= before and row.superseded_at is None:
            revision.struck.append(row)
        elif row.recorded_at < before and row.superseded_at is not None and row.superseded_at >= before:
            revision.fresh.append(_again(row, row.valid_from, row.valid_to, moment))
    return revision


def state(
    rows: models.QuerySet[Row],
    *,
    subject: Mapping[str, Any],
    values: Mapping[str, Any] | None,
    valid_from: date,
    valid_to: date | None = None,
    now: datetime | None = None,
) -> Row | None:
    """Write down that for `subject` the `values` hold from `valid_from` up to `valid_to`.

    `values` None means that nothing holds on these days. The caller holds a lock on the subject.
    """
    fact = None if values is None else rows.model(**subject, **values)
    live = rows.filter(**subject, superseded_at=None)
    revised(live, fact, valid_from=valid_from, valid_to=valid_to, moment=now or timezone.now()).save()
    return fact


def _again(row: Row, valid_from: date, valid_to: date | None, moment: datetime) -> Row:
    """A copy of `row` for a part of its days."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in ("id", "valid_from", "valid_to", "recorded_at", "superseded_at")
    }
    return type(row)(**fields, valid_from=valid_from, valid_to=valid_to, recorded_at=moment)
