"""Dated facts that are never updated: what was true on a day, as it was known at a moment.

A fact row holds from `valid_from` up to, not including, `valid_to` (empty: until further notice).
It was written down at `recorded_at` and, when a later row says better, struck out at
`superseded_at`. A report asks with `on` (the day it speaks of) and `known_at` (the moment of its
knowledge), so a rerun gives the same figures for ever and a correction shows as a correction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self, TypeVar

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

    Live rows of the subject that speak of these days are struck out; what they said of other days
    is written again, so that at most one live row speaks of any day. `values` None means that
    nothing holds on these days. The caller holds a lock on the subject.
    """
    moment = now or timezone.now()
    overlapping = rows.filter(**subject, superseded_at=None).filter(Q(valid_to=None) | Q(valid_to__gt=valid_from))
    if valid_to is not None:
        overlapping = overlapping.filter(valid_from__lt=valid_to)
    model = rows.model
    remnants: list[Row] = []
    for row in overlapping:
        if row.valid_from < valid_from:
            remnants.append(_again(row, row.valid_from, valid_from, moment))
        if valid_to is not None and (row.valid_to is None or row.valid_to > valid_to):
            remnants.append(_again(row, valid_to, row.valid_to, moment))
        row.superseded_at = moment
        row.save(update_fields=["superseded_at"])
    for remnant in remnants:
        remnant.save(force_insert=True)
    if values is None:
        return None
    fact = model(**subject, **values, valid_from=valid_from, valid_to=valid_to, recorded_at=moment)
    fact.save(force_insert=True)
    return fact


def _again(row: Row, valid_from: date, valid_to: date | None, moment: datetime) -> Row:
    """A copy of `row` for a part of its days."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in ("id", "valid_from", "valid_to", "recorded_at", "superseded_at")
    }
    return type(row)(**fields, valid_from=valid_from, valid_to=valid_to, recorded_at=moment)
