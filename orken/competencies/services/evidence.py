"""Evidence of a person's levels: added, struck out with a reason, never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from orken.competencies import policy, selectors
from orken.competencies.models import Competency, Evidence, FrameworkVersion
from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.network.models import Appointment
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person


class NothingGiven(Exception):
    """No level was named."""


@transaction.atomic
def assess_self(
    *, person: Person, levels: Mapping[str, int], by: Account, on: date | None = None, batch: UUID | None = None
) -> list[Evidence]:
    """Write down how she sees herself, by codes of competencies. Only she may; what is verified outranks it."""
    if by.person_id != person.pk:
        raise OutOfScope("only she assesses herself")
    if not levels:
        raise NothingGiven
    day = on or timezone.localdate()
    version = _version()
    known = {row.code: row for row in Competency.objects.filter(code__in=levels, texts__version=version)}
    rows = [
        Evidence.objects.create(
            person=person, competency=known[code], version=version, kind=Evidence.Kind.SELF, level=level, shown_on=day
        )
        for code, level in sorted(levels.items())
    ]
    audit.record(
        "competency.self_assessed",
        person,
        by=by,
        scope_path=_path(person, day),
        after=dict(levels),
        batch=batch or uuid4(),
    )
    return rows


@transaction.atomic
def judge(*, person: Person, competency: Competency, level: int, on: date, by: Account, note: str = "") -> Evidence:
    """The head's or the methodologist's judgement of somebody who works in her scope; never of herself."""
    policy.require_judge(by, person)
    return _write(person, competency, Evidence.Kind.HEAD, level, on, verified_by=by, by=by, source=("", ""), note=note)


@transaction.atomic
def testify(
    *,
    person: Person,
    competency: Competency,
    kind: str,
    level: int,
    on: date,
    source_label: str,
    source_address: str = "",
    by: Account | None,
    note: str = "",
) -> Evidence:
    """What a test, a work sample, a certificate or a mentor showed. The calling app has proved the right of `by`."""
    if kind in (Evidence.Kind.SELF, Evidence.Kind.HEAD):
        raise ValueError(f"{kind} has a verb of its own")
    return _write(person, competency, kind, level, on, verified_by=by, by=by, source=(source_label, source_address), note=note)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A level that a thing shows of a person, where many are written at once."""

    person: Person
    competency: Competency
    level: int
    on: date
    source_label: str
    source_address: str


@transaction.atomic
def testify_all(*, kind: str, shown: Sequence[Shown], by: Account | None, batch: UUID | None = None) -> list[Evidence]:
    """`testify` for many, in a handful of queries: certificates of a batch. The calling app has proved the right of `by`."""
    if kind in (Evidence.Kind.SELF, Evidence.Kind.HEAD):
        raise ValueError(f"{kind} has a verb of its own")
    if not shown:
        return []
    version, paths = _version(), _paths({one.person.pk for one in shown})
    rows = [
        Evidence(
            person=one.person, competency=one.competency, version=version, kind=kind, level=one.level, shown_on=one.on, verified_by=by,
            source_label=one.source_label[:300], source_address=one.source_address,
        )
        for one in shown
    ]  # fmt: skip
    bulk.insert(Evidence, rows)
    audit.record_all(
        [
            audit.event(
                "competency.shown", one.person, by=by, scope_path=paths.get(one.person.pk, ""), batch=batch,
                after={"competency": one.competency.code, "level": one.level, "kind": kind, "on": str(one.on)},
            )
            for one in shown
        ]
    )  # fmt: skip
    return rows


@transaction.atomic
def take_back(*, kind: str, sources: Sequence[str], because: str, by: Account | None) -> int:
    """What these things showed counts no more from now on, and says why; answers how many rows.

    For whoever ends the thing itself (a certificate is revoked): the calling app has proved the right of `by`.
    What was known at an earlier moment stays as it was known.
    """
    rows = list(
        Evidence.objects.select_for_update(of=("self",))
        .filter(kind=kind, source_address__in=list(sources), superseded_at=None)
        .select_related("person")
        .order_by("pk")
    )
    now, paths = timezone.now(), _paths({one.person_id for one in rows})
    for row in rows:
        row.superseded_at, row.struck_out_because = now, because[:300]
    Evidence.objects.bulk_update(rows, ["superseded_at", "struck_out_because"], batch_size=500)
    audit.record_all(
        [audit.event("competency.struck_out", row, by=by, scope_path=paths.get(row.person_id, ""), note=because) for row in rows]
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def strike_out(*, evidence: Evidence, because: str, by: Account) -> Evidence:
    """Strike out a row that was a mistake: whoever verified it, or who may judge this person today; with a reason."""
    row: Evidence = Evidence.objects.select_for_update(of=("self",)).select_related("person").get(pk=evidence.pk)
    hers = row.kind == Evidence.Kind.SELF and row.person_id == by.person_id
    if not (hers or (row.verified_by_id == by.pk and row.verified) or policy.may_judge(by, row.person)):
        raise OutOfScope(f"evidence {row.pk}")
    if row.superseded_at is None:
        row.superseded_at, row.struck_out_because = timezone.now(), because
        row.save(update_fields=["superseded_at", "struck_out_because"])
        audit.record(
            "competency.struck_out", row, by=by, scope_path=_path(row.person, timezone.localdate()), note=because
        )
    return row


def _write(
    person: Person, competency: Competency, kind: str, level: int, on: date, *, verified_by: Account | None,
    by: Account | None, source: tuple[str, str], note: str,
) -> Evidence:  # fmt: skip
    row = Evidence.objects.create(
        person=person, competency=competency, version=_version(), kind=kind, level=level, shown_on=on,
        verified_by=verified_by, source_label=source[0], source_address=source[1], note=note,
    )  # fmt: skip
    audit.record(
        "competency.shown", person, by=by, scope_path=_path(person, on),
        after={"competency": competency.code, "level": level, "kind": kind, "on": str(on)},
    )  # fmt: skip
    return row


def _version() -> FrameworkVersion:
    version = selectors.framework().published
    assert version is not None, "set-up publishes the first edition"
    return version


def _paths(people: Collection[int]) -> dict[int, str]:
    """The same for many, by their main posts of today."""
    rows = Appointment.objects.at().filter(person__in=people, employment=Appointment.Employment.MAIN)
    return dict(rows.values_list("person_id", "unit__path"))


def _path(person: Person, on: date) -> str:
    """Whose trail the change stands in: her library's."""
    main = selectors.main_appointment(person, on)
    return main.unit.path if main else ""
