"""The journal: how papers came into the hands of those they are of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.credentials import policy
from orken.credentials.models import Batch, Certificate, Copy, HandOver, Prefix
from orken.credentials.services import letters
from orken.credentials.services.refusals import Refused
from orken.kit.audit import services as audit
from orken.network import taking_away
from orken.people.models import Account
from orken.people.services import rights


@transaction.atomic
def hand_over(
    *, batch: Batch, certificates: Sequence[int], way: str, on: date, signed: bool, note: str = "", by: Account | None, copy: Copy | None = None
) -> int:  # fmt: skip
    """Note how these certificates of the batch were handed over; answers how many. What stands in the journal stays.

    `copy`: the duplicate of the one certificate named. Raises OutOfScope, Refused.
    """
    policy.require_batch(by, batch)
    rows = list(
        Certificate.objects.select_for_update(of=("self",)).filter(batch=batch, pk__in=certificates, state__in=Certificate.PUBLIC).order_by("pk")
    )  # fmt: skip
    have = set(
        HandOver.objects.filter(certificate__in=rows, copy=copy, superseded_at=None).values_list(
            "certificate", flat=True
        )
    )
    fresh = [one for one in rows if one.pk not in have]
    if not fresh:
        raise Refused(_("Choose somebody whose certificate is issued and not handed over yet."))
    if way not in HandOver.Way.values:
        raise Refused(_("Choose the way of delivery."))
    if on > timezone.localdate() or any(
        one.issued_at and on < timezone.localtime(one.issued_at).date() and on < one.dated_on for one in fresh
    ):
        raise Refused(_("It was handed over between the date of the document and today."))
    HandOver.objects.bulk_create(
        HandOver(certificate=one, copy=copy, way=way, on=on, signed=signed, note=" ".join(note.split())[:200], by=by) for one in fresh
    )  # fmt: skip
    audit.record_all(
        [
            audit.event("certificate.handed_over", one, by=by, scope_path=batch.prefix.issuer.path, batch=batch.pk, after={"way": way, "on": on.isoformat(), "signed": signed})
            for one in fresh
        ]
    )  # fmt: skip
    if copy is not None:
        letters.queue("duplicate", [copy.pk], by=by)
    return len(fresh)


@transaction.atomic
def strike_hand_over(*, line: HandOver, by: Account) -> None:
    """A line of the journal was a mistake: it is struck out and can be seen; the right one is written anew."""
    row = HandOver.objects.select_for_update(of=("self",)).select_related("certificate__prefix__issuer").get(pk=line.pk)
    policy.require_issuing(by, row.certificate.prefix)
    if row.superseded_at is None:
        row.superseded_at = timezone.now()
        row.save(update_fields=["superseded_at"])
        audit.record("certificate.hand_over_struck", row.certificate, by=by, scope_path=row.certificate.prefix.issuer.path, before={"way": row.way, "on": row.on.isoformat()})  # fmt: skip


@transaction.atomic
def note_printed(*, people: Sequence[int], prefix: Prefix, what: str, by: Account) -> None:
    """A list of people leaves on paper: noted for each of them, and in the trail of the issuer. Raises OutOfScope."""
    policy.require_issuing(by, prefix)
    rights.note_taken(people=people, by=by, numbers=False)
    taking_away.written("certificate.list_taken_away", by, [prefix.issuer.path], len(people), taking_away.Numbers.NONE, [what])  # fmt: skip
