"""The verbs of institutions: listed, invited, their answer, how many sat in the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.meetings import events, policy, states
from orken.meetings.models import Institution, Meeting
from orken.meetings.selectors.institutions import region_of
from orken.meetings.selectors.talks import city_as_of
from orken.meetings.services.common import WayIsClosed, managed, trail_of, write
from orken.meetings.services.talks import ReasonIsMissing
from orken.network import selectors as network
from orken.network.models import Unit
from orken.people.models import Account
from orken.training.models import Run

FIELDS = (
    "name_kk", "name_ru", "name_en", "city_kk", "city_ru", "city_en", "delegation", "headcount", "contact", "reach",
)  # fmt: skip
MOST = 300  # institutions listed by one press


class TooManyAtOnce(Exception):
    """More institutions than one press lists; `many` were meant."""

    def __init__(self, many: int) -> None:
        super().__init__(str(many))
        self.many = many


@transaction.atomic
def list_units(*, run: Run, units: Iterable[Unit], by: Account | None) -> list[Institution]:
    """Put libraries of the network on the list, each once, named as of the meeting's day. Answers the new rows."""
    meeting = managed(run, by, "list_institutions")
    wanted = {unit.pk: unit for unit in units}
    if len(wanted) > MOST:
        raise TooManyAtOnce(len(wanted))
    standing = set(Institution.objects.filter(meeting=meeting, unit__in=wanted).values_list("unit", flat=True))
    tree = network.tree(meeting.run.starts_on)
    made = []
    for pk, unit in wanted.items():
        if pk in standing:
            continue
        node = tree.nodes.get(pk)
        names: Any = node or unit
        values = {f"name_{code}": getattr(names, f"name_{code}") for code in ("kk", "ru", "en")}
        row = Institution(meeting=meeting, unit=unit, region_id=region_of(tree, pk), **values, **_city(unit, meeting))
        row.save(force_insert=True)
        made.append(row)
        audit.record("institution.listed", row, by=by, scope_path=meeting.run.host.path)
    return made


def _city(unit: Unit, meeting: Meeting) -> dict[str, str]:
    return city_as_of(unit, meeting.run.starts_on)


@transaction.atomic
def list_outsider(*, run: Run, values: Mapping[str, Any], by: Account | None) -> Institution:
    """Put a body on the list that the network does not know: written as it is called, marked as free text."""
    meeting = managed(run, by, "list_institutions")
    row = Institution(meeting=meeting)
    write(row, values, FIELDS)
    row.region = values.get("region")
    row.save(force_insert=True)
    audit.record("institution.listed", row, by=by, scope_path=meeting.run.host.path)
    return row


def _locked(institution: Institution) -> Institution:
    rows = Institution.objects.select_for_update(of=("self",)).select_related("meeting__run__host", "unit")
    return rows.get(pk=institution.pk)


@transaction.atomic
def invite(*, institution: Institution, by: Account) -> Institution:
    """Write to whoever sends that library's people; invited again it is reminded. Raises WayIsClosed, OutOfScope."""
    row = _locked(institution)
    policy.require_managing(by, row.meeting.run)
    way = states.INSTITUTION.check(row, "invite")
    assert way.target is not None, "an invitation leads to invited"
    row.state, row.invited_at = way.target, timezone.now()
    row.save(update_fields=["state", "invited_at"])
    audit.record("institution.invited", row, by=by, scope_path=row.meeting.run.host.path)
    events.institution_invited.send(Institution, institution=row, by=by)
    return row


@transaction.atomic
def answer(
    *, institution: Institution, comes: bool, by: Account, delegation: int | None = None, contact: str = "", reach: str = "", reason: str = ""
) -> Institution:  # fmt: skip
    """The library says whether it takes part and with how many; the organiser may note it for her.

    People are still sent by applications: a delegation is a promise, not a seat. Raises WayIsClosed, ReasonIsMissing, OutOfScope.
    """
    row = _locked(institution)
    policy.require_answering(by, row)
    way = states.INSTITUTION.check(row, "come" if comes else "stay_away")
    reason = " ".join(reason.split())[:500]
    if way.needs_reason and not reason:
        raise ReasonIsMissing(way.name)
    assert way.target is not None, "an answer leads somewhere"
    before = {"state": row.state, "delegation": row.delegation}
    row.state, row.reason = way.target, reason
    row.delegation = delegation if comes else None
    row.contact, row.reach = contact or row.contact, reach or row.reach
    row.answered_at, row.answered_by = timezone.now(), by
    row.save()
    audit.record(
        "institution.answered", row, by=by, scope_path=row.meeting.run.host.path, before=before,
        after={"state": row.state, "delegation": row.delegation, "reason": reason},
    )  # fmt: skip
    events.institution_answered.send(Institution, institution=row, by=by)
    return row


@transaction.atomic
def count_heads(*, institution: Institution, headcount: int | None, by: Account) -> Institution:
    """How many sat in its room, from its contact or the organiser, until the run is closed. Raises WayIsClosed, OutOfScope."""
    row = _locked(institution)
    policy.require_answering(by, row)
    states.check_live(row.meeting, "count_heads")
    before, row.headcount = row.headcount, headcount
    row.save(update_fields=["headcount"])
    audit.record(
        "institution.counted", row, by=by, scope_path=row.meeting.run.host.path, before={"headcount": before}, after={"headcount": headcount}
    )  # fmt: skip
    return row


@transaction.atomic
def change(*, institution: Institution, values: Mapping[str, Any], by: Account) -> Institution:
    """Put right what is kept of it: contact, delegation, headcount; of a body outside the network its name too."""
    row = _locked(institution)
    managed(row.meeting.run, by, "change_institution")
    fields = FIELDS if row.unit_id is None else ("delegation", "headcount", "contact", "reach")
    changed = write(row, values, fields)
    row.save()
    told = trail_of(changed)
    audit.record(
        "institution.changed", row, by=by, scope_path=row.meeting.run.host.path,
        before=told["before"], after=told["after"],
    )  # fmt: skip
    return row


@transaction.atomic
def strike(*, institution: Institution, by: Account) -> None:
    """Take it off the list, while it was not asked."""
    row = _locked(institution)
    managed(row.meeting.run, by, "strike_institution")
    if row.state != Institution.State.LISTED:
        raise WayIsClosed("strike", [row.get_state_display()])
    audit.record("institution.struck", row, by=by, scope_path=row.meeting.run.host.path)
    row.delete()


__all__ = [
    "ReasonIsMissing", "TooManyAtOnce", "answer", "change", "count_heads", "invite", "list_outsider", "list_units", "strike",
]  # fmt: skip
