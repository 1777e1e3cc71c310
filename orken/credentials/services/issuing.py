"""Signed by hand, then issued: from that moment it can be checked, its badge is signed, its hours count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.credentials import events, policy, states
from orken.credentials.badges import making, revoking
from orken.credentials.models import Badge, Batch, Certificate
from orken.credentials.services import ledger, letters, showing, steps
from orken.credentials.services.refusals import Refused
from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.people.models import Account

CHUNK = 200
PIECE = 1000  # certificates that are noted as signed by one statement, all in one transaction
Progress = Callable[[int], None]
S = Certificate.State


@transaction.atomic
def sign(*, batch: Batch, on: date, by: Account | None) -> int:
    """The papers of the batch were signed by hand on the day `on`; answers how many. Raises OutOfScope, Refused."""
    policy.require_batch(by, batch)
    Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    waiting = Certificate.objects.select_for_update(of=("self",)).filter(batch=batch, state=S.PREPARED)
    rows = list(
        waiting.only("number", "state", "pdf").order_by("pk")
    )  # what ten thousand papers say is not needed here
    if not rows:
        raise Refused(_("No certificate of this batch waits for signatures."))
    if not date.fromisoformat(batch.common["dated_on"]) <= on <= timezone.localdate():
        raise Refused(_("They were signed between the date of the document and today."))
    for one in rows:
        states.CERTIFICATE.check(one, "sign")
    now = timezone.now()
    for place in range(0, len(rows), PIECE):
        piece = rows[place : place + PIECE]
        Certificate.objects.filter(pk__in=[one.pk for one in piece]).update(state=S.SIGNED)
        steps.write(piece, "sign", at=now, by=by, facts={one.pk: {"on": on.isoformat()} for one in piece})
    audit.record("certificate.batch_signed", batch, by=by, scope_path=batch.prefix.issuer.path, after={"on": on.isoformat(), "people": len(rows)})  # fmt: skip
    return len(rows)


def issue(*, batch: Batch, by: Account | None, progress: Progress = lambda done: None) -> int:
    """Issue what is signed, a chunk a transaction; run again after a crash it goes on. Raises OutOfScope."""
    policy.require_batch(by, batch)
    done = 0
    while True:
        waiting = list(
            Certificate.objects.filter(batch=batch, state=S.SIGNED)
            .select_related("prefix__issuer")
            .order_by("pk")[:CHUNK]
        )
        if not waiting:
            return done
        issue_now(certificates=waiting, by=by)
        done += len(waiting)
        progress(done)


def issue_now(*, certificates: Sequence[Certificate], by: Account | None) -> int:
    """Issue these: badges are signed first, for that takes its time, then everything is written at once.

    Whoever came before with one of them is not overtaken: only what still stands as signed is written.
    """
    badges = making.made(certificates)
    return _issued(certificates, badges, by)


@transaction.atomic
def _issued(certificates: Sequence[Certificate], badges: Sequence[Badge], by: Account | None) -> int:
    ids = [one.pk for one in certificates]
    rows = list(
        Certificate.objects.select_for_update(of=("self",)).filter(pk__in=ids, state=S.SIGNED).select_related("prefix__issuer", "replaces", "person").order_by("pk")
    )  # fmt: skip
    now, own = timezone.now(), {one.certificate_id: one for one in badges}
    before = [one.replaces for one in rows if one.replaces is not None]
    _replaced(before, {one.replaces_id: one for one in rows if one.replaces_id is not None}, by)
    Certificate.objects.filter(pk__in=[one.pk for one in rows]).update(state=S.ISSUED, issued_at=now)
    bulk.insert(Badge, [own[one.pk] for one in rows])
    ledger.of_certificates(rows, by=by, at=now)
    showing.of_certificates(rows, by=by)
    steps.write(rows, "issue", at=now, by=by, facts={})
    audit.record_all(
        [
            audit.event("certificate.issued", one, by=by, scope_path=one.prefix.issuer.path, batch=one.batch_id, after={"kind": one.kind})
            for one in rows
        ]
    )  # fmt: skip
    if rows:
        letters.queue("issued", [one.pk for one in rows if one.replaces_id is None], by=by)
        letters.queue("replaced", [one.pk for one in rows if one.replaces_id is not None], by=by)
        transaction.on_commit(lambda: events.issued.send(Certificate, certificates=rows, by=by))
    return len(rows)


def _replaced(before: Sequence[Certificate], successors: dict[int, Certificate], by: Account | None) -> None:
    """Those that the new ones stand for end in the same transaction: never two that hold, never none."""
    if not before:
        return
    now = timezone.now()
    held = list(
        Certificate.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in before])
        .select_related("prefix__issuer")
    )
    for one in held:
        states.CERTIFICATE.check(one, "replace")
        one.state, one.reason = S.REPLACED, successors[one.pk].data["replacing"]["reason"]
    Certificate.objects.bulk_update(held, ["state", "reason"])
    ledger.end(held, at=now)
    showing.end(held, by=by)
    revoking.end(held)
    told = {one.pk: {"by": successors[one.pk].number, "reason": one.reason} for one in held}
    steps.write(held, "replace", at=now, by=by, facts=told)
    audit.record_all(
        [audit.event("certificate.replaced", one, by=by, scope_path=one.prefix.issuer.path, after=told[one.pk]) for one in held]
    )  # fmt: skip
