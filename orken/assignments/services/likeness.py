"""Works that are alike: found when one is handed in, looked at by a trainer, settled with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from orken.assignments import likeness as alike
from orken.assignments import policy
from orken.assignments.models import Flag, Part, Work
from orken.assignments.services.refusals import Refused
from orken.kit.audit import services as audit
from orken.network.models import Appointment
from orken.people.models import Account

MOST = 2000  # works of an assignment, the newest, with which one is compared
Kind = Flag.Kind


def compare(work: Work) -> list[Flag]:
    """Ask the trainer about each earlier work of somebody else, in any run, that this one is like. Inside the transaction."""
    others = Work.objects.filter(assignment=work.assignment_id).exclude(person=work.person_id)
    others = others.exclude(state__in=[Work.State.DRAFT, Work.State.VOID]).order_by("-pk")
    found: dict[tuple[int, str], int] = {}
    for pk, prints in others.values_list("pk", "prints")[:MOST]:
        much = alike.share(work.prints, prints)
        if much >= alike.ALIKE:
            found[pk, Kind.TEXT] = round(much * 100)
    mine = list(work.parts.all())
    if mine:
        parts = Part.objects.filter(work__assignment=work.assignment_id).exclude(work__person=work.person_id)
        parts = parts.exclude(work__state__in=[Work.State.DRAFT, Work.State.VOID]).order_by("-pk")
        for pk, sha256, look in parts.values_list("work", "sha256", "look")[: MOST * 3]:
            for one in mine:
                if one.sha256 == sha256:
                    found[pk, Kind.FILE] = 100
                elif much := alike.near(one.look, look):
                    found[pk, Kind.PHOTO] = max(much, found.get((pk, Kind.PHOTO), 0))
    # The same photograph is the same file already: one question is enough.
    asked = {(pk, kind): much for (pk, kind), much in found.items() if kind != Kind.PHOTO or (pk, Kind.FILE) not in found}  # fmt: skip
    if not asked:
        return []
    whose = dict(Work.objects.filter(pk__in={pk for pk, _kind in asked}).values_list("pk", "person"))
    hers = _units([work.person_id, *whose.values()])
    rows = [
        Flag(
            one_id=min(pk, work.pk), other_id=max(pk, work.pk), kind=kind, share=much,
            colleagues=bool(hers.get(work.person_id, set()) & hers.get(whose[pk], set())),
        )
        for (pk, kind), much in sorted(asked.items())
    ]  # fmt: skip
    return Flag.objects.bulk_create(rows, ignore_conflicts=True)


def _units(people: Iterable[int]) -> dict[int, set[int]]:
    """Where each works today; one query."""
    found: dict[int, set[int]] = {}
    for person, unit in Appointment.objects.at().filter(person__in=set(people)).values_list("person", "unit"):
        found.setdefault(person, set()).add(unit)
    return found


@transaction.atomic
def settle_flag(*, flag: Flag, reason: str, by: Account) -> Flag:
    """The trainer has looked: her words stay with it. Raises OutOfScope, Refused."""
    row = Flag.objects.select_for_update(of=("self",)).select_related("one__assignment__unit", "other").get(pk=flag.pk)
    if not (policy.marks(by, row.one) or policy.marks(by, row.other)):
        raise policy.OutOfScope(str(flag.pk))
    words = reason.strip()[:300]
    if not words:
        raise Refused("reason")
    if row.settled_at is None:
        row.settled_at, row.settled_by, row.reason = timezone.now(), by, words
        row.save(update_fields=["settled_at", "settled_by", "reason"])
        audit.record("work.likeness_settled", row.other, by=by, scope_path=row.one.assignment.unit.path, after={"kind": row.kind})  # fmt: skip
    return row
