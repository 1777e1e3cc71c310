"""What ends a certificate or stands beside it: spoiled, replaced, revoked, and a duplicate of one that was lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.credentials import events, names, policy, rules, speaking, states
from orken.credentials.badges import revoking
from orken.credentials.models import Batch, Certificate, Copy
from orken.credentials.services import ledger, letters, preparing, showing, steps
from orken.credentials.services.refusals import Refused
from orken.kit.audit import services as audit
from orken.people.models import Account
from orken.records import numbers

S = Certificate.State


def _locked(certificate: Certificate, by: Account | None) -> Certificate:
    row: Certificate = (
        Certificate.objects.select_for_update(of=("self",)).select_related("prefix__issuer", "batch", "taken", "person").get(pk=certificate.pk)
    )  # fmt: skip
    policy.require_issuing(by, row.prefix)
    return row


def _why(reason: str) -> str:
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Refused(_("Say why: the register keeps the reason."))
    return reason


@transaction.atomic
def spoil(*, certificate: Certificate, reason: str, by: Account | None) -> Certificate:
    """It is not issued: its number stays in the register with the reason and is never given again."""
    row, why = _locked(certificate, by), _why(reason)
    states.CERTIFICATE.check(row, "spoil")
    return _end(row, "spoil", S.SPOILED, why, by)


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, by: Account | None) -> Certificate:
    """It holds no more, and says so to everybody who checks it; its hours are counted no more."""
    row, why = _locked(certificate, by), _why(reason)
    states.CERTIFICATE.check(row, "revoke")
    row = _end(row, "revoke", S.REVOKED, why, by)
    ledger.end([row], at=timezone.now())
    showing.end([row], by=by)
    letters.queue("revoked", [row.pk], by=by)
    revoking.end([row])
    transaction.on_commit(lambda: events.revoked.send(Certificate, certificate=row, by=by))
    return row


def _end(row: Certificate, verb: str, state: str, why: str, by: Account | None) -> Certificate:
    before = row.state
    row.state, row.reason = state, why
    row.save(update_fields=["state", "reason"])
    if verb == "spoil":
        numbers.spoil(number=row.taken, reason=why, by=by)
    steps.write([row], verb, at=timezone.now(), by=by, facts={row.pk: {"reason": why}})
    audit.record(f"certificate.{state}", row, by=by, scope_path=row.prefix.issuer.path, before={"state": before}, after={"state": state, "reason": why})  # fmt: skip
    return row


@transaction.atomic
def replace(
    *, certificate: Certificate, reason: str, by: Account | None, dated_on: date, minutes: Mapping[str, int] | None = None,
    name: Mapping[str, Mapping[str, str]] | None = None, talk: Mapping[str, str] | None = None,
) -> Certificate:  # fmt: skip
    """Prepare its successor under a new number, with her names as they are today and, if given, other minutes.

    Other hours may give another document, by the rules of the new date. The one that stands holds until the successor is
    issued; then both point to each other. Of a talk nothing but the paper holds the words: `name` and `talk` correct them.
    """
    row, why = _locked(certificate, by), _why(reason)
    states.CERTIFICATE.check(row, "replace")
    if Certificate.objects.filter(source=row.source, state__in=Certificate.ON_THE_WAY).exists():
        raise Refused(_("Its successor is prepared already."))
    if not row.ends_on <= dated_on <= timezone.localdate():
        raise Refused(_("The new document is dated between the last day of the training and today."))
    of_talk = speaking.is_one(row)
    if of_talk or row.person is None:
        spelt = {code: dict(parts) for code, parts in (name or row.data["name"]).items()}
    else:
        spelt = names.of(row.person)
    if problems := list(names.problems(spelt)):
        raise Refused(" ".join(map(str, problems)))
    by_activity = {kind: one for kind, one in (minutes or row.data["by_activity"]).items() if one > 0}
    total = sum(by_activity.values())
    if total <= 0 and not of_talk:
        raise Refused(_("Every certificate has its hours."))
    said: dict[str, Any] = {
        key: value for key, value in row.data.items() if key not in ("number", "ascii", "replacing")
    }
    if total != row.minutes:
        said |= _document(row, total, dated_on)
    said |= {
        "name": spelt, "by_activity": by_activity, "minutes": total, "hours": "" if of_talk else preparing.hours_of(total, row.data["norm"]),
        "dated_on": dated_on.isoformat(), "replacing": {"number": row.number_kk, "reason": why},
    }  # fmt: skip
    if of_talk:
        said["talk"] = speaking.whole(talk or row.data["talk"])
    batch = Batch.objects.create(
        source=row.batch.source, source_address=row.batch.source_address, prefix=row.prefix, by=by, size=1, rows=[],
        common={**row.batch.common, "dated_on": dated_on.isoformat()}, title_kk=row.batch.title_kk, title_ru=row.batch.title_ru, title_en=row.batch.title_en,
    )  # fmt: skip
    plain = {"source": row.source, "unit": row.unit_id, "minutes": by_activity}
    made = preparing.make(batch, [(plain, row.person, said)], replaces=row)[0]
    audit.record("certificate.replacing", row, by=by, scope_path=row.prefix.issuer.path, after={"successor": made.number, "reason": why})  # fmt: skip
    return made


def _document(row: Certificate, minutes: int, dated_on: date) -> dict[str, Any]:
    """Which document the corrected hours give. Raises Refused when they give none."""
    final = bool(row.data.get("final", row.kind == Certificate.Kind.DEVELOPMENT))
    found = preparing.document_of(rules.standing(dated_on), training=row.data["training"], minutes=minutes, norm=row.data["norm"], final=final)  # fmt: skip
    if found is None:
        raise Refused(_("No document is given for so many hours."))
    return found


@transaction.atomic
def duplicate(
    *, certificate: Certificate, reason: str, by: Account | None, on: date | None = None, seen: int | None = None
) -> Copy:  # fmt: skip
    """The paper was lost or spoiled: another one with the same number and words, marked as a duplicate.

    `seen`: how many copies the one who asks knew of; whoever presses twice makes one.
    """
    row, why = _locked(certificate, by), _why(reason)
    if row.state != S.ISSUED:
        raise Refused(_("A duplicate is made only of a certificate that holds."))
    number = row.copies.count() + 1
    if seen is not None and seen != number - 1:
        raise Refused(_("Duplicate %(n)s was made meanwhile. Open the certificate and look.") % {"n": number - 1})
    made = Copy.objects.create(certificate=row, number=number, reason=why, by=by, on=on or timezone.localdate())
    steps.write([row], "duplicate", at=timezone.now(), by=by, facts={row.pk: {"copy": number, "reason": why}})
    audit.record("certificate.duplicated", row, by=by, scope_path=row.prefix.issuer.path, after={"copy": number, "reason": why})  # fmt: skip
    return made
