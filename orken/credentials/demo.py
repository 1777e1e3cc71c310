"""What certificates of the demo stand on: rules of documents, prefixes of numbers. The certificates come with their runs.

The verbs write the moment of today; `settle` sets each to the day of what happened, and signs badges by a key that the
secret of the installation gives, so that the demo made again has the same rows.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from orken.competencies.models import Evidence
from orken.credentials import chain, prefixes, rules
from orken.credentials.badges import keys, making
from orken.credentials.models import (
    Badge,
    Batch,
    Certificate,
    Copy,
    DocumentRule,
    HandOver,
    LedgerRow,
    SigningKey,
    StatusList,
    Step,
)
from orken.credentials.services import letters, showing
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.kit.files.models import StoredFile
from orken.kit.jobs import services as jobs
from orken.network.models import Unit
from orken.records.models import Number

# At what hour of its day each step is done; what ends a certificate comes after what made it.
HOURS = {"prepare": 10, "sign": 15, "issue": 16, "duplicate": 12, "replace": 16, "revoke": 11}
REVOKED_AFTER = timedelta(20)


def build(stage: Stage) -> None:
    rules.load()
    DocumentRule.objects.update(recorded_at=stage.recorded_at)
    prefixes.load()


def let_letters_be() -> None:
    """Certificates of the demo were issued long ago: no letter about them waits for a worker."""
    jobs.forget_waiting(letters.tell.name)


def sign_as_always(issuer: Unit) -> None:
    """The key and the list of an issuer, before its first badge: who has not the secret of the installation guesses neither."""
    if not SigningKey.objects.filter(issuer=issuer).exists():
        keys.made_of(_drawn(f"key {issuer.code}"), issuer)
    factor, start = (int.from_bytes(_drawn(f"{word} {issuer.code}")[:4], "big") for word in ("factor", "start"))
    StatusList.objects.get_or_create(
        issuer=issuer, number=1, defaults={"factor": factor % (StatusList.SIZE // 2) * 2 + 1, "start": start % StatusList.SIZE}
    )  # fmt: skip


def _drawn(word: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"demo: {word}".encode(), hashlib.sha256).digest()


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def settle(stage: Stage) -> None:
    """Every moment becomes that of what happened: a batch on the date of its papers, a copy and a hand-over on their days."""
    SigningKey.objects.update(made_at=stage.recorded_at)
    for place, batch in enumerate(Batch.objects.order_by("created_at", "pk"), start=1):
        _batch(batch, uuid5(NAMESPACE_URL, f"{batch.source}/certificates/{place}"))
    certificates = list(Certificate.objects.select_related("prefix__issuer", "pdf").order_by("pk"))
    happened = {one.pk: _steps(one) for one in certificates}
    for one in certificates:
        _certificate(one, happened[one.pk])
    _journal()
    _shown(happened)


def _batch(batch: Batch, fixed: UUID) -> None:
    """Its id follows from what it is of; what was done to it stands on its days."""
    day = date.fromisoformat(batch.common["dated_on"])
    Batch.objects.filter(pk=batch.pk).update(id=fixed, created_at=_at(day, 9, 30))
    Certificate.objects.filter(batch_id=batch.pk).update(batch_id=fixed)
    trail = AuditEvent.objects.filter(target_kind="credentials.batch", target_id=str(batch.pk))
    trail.filter(verb="certificate.batch_asked").update(at=_at(day, 9, 30))
    for event in trail.filter(verb="certificate.batch_signed"):
        AuditEvent.objects.filter(pk=event.pk).update(at=_at(date.fromisoformat(event.after["on"]), HOURS["sign"]))
    trail.update(target_id=str(fixed))
    AuditEvent.objects.filter(batch=batch.pk).update(batch=fixed)


def _steps(one: Certificate) -> dict[str, datetime]:
    """When each step was done; the chain is drawn anew over these moments."""
    found: dict[str, datetime] = {}
    day, before = one.dated_on, ""
    for step in Step.objects.filter(certificate=one).order_by("place"):
        if step.verb == "sign":
            day = date.fromisoformat(step.facts["on"])
        elif step.verb == "duplicate":
            day = one.copies.get(number=step.facts["copy"]).on
        elif step.verb == "replace":
            day = Certificate.objects.get(number=step.facts["by"]).dated_on
        elif step.verb == "revoke":
            day = one.dated_on + REVOKED_AFTER
        step.at, step.before = _at(day, HOURS[step.verb]), before
        step.digest = chain.link(number=one.number, place=step.place, verb=step.verb, at=step.at, facts=step.facts, before=before)  # fmt: skip
        step.save(update_fields=["at", "before", "digest"])
        before, found[step.verb] = step.digest, step.at
    return found


ENDS = ("replace", "revoke")


def _end(happened: dict[str, datetime]) -> datetime | None:
    return next((happened[verb] for verb in ENDS if verb in happened), None)


def _certificate(one: Certificate, happened: dict[str, datetime]) -> None:
    prepared, issued, ended = happened["prepare"], happened.get("issue"), _end(happened)
    Number.objects.filter(pk=one.taken_id).update(taken_at=prepared)
    Certificate.objects.filter(pk=one.pk).update(created_at=prepared, issued_at=issued)
    LedgerRow.objects.filter(certificate=one).update(recorded_at=issued)
    LedgerRow.objects.filter(certificate=one).exclude(superseded_at=None).update(superseded_at=ended)
    keep_as_always(one, "pdf", prepared)
    for verb, told in (("prepare", "prepared"), ("issue", "issued"), ("duplicate", "duplicated"), ("replace", "replaced"), ("revoke", "revoked")):  # fmt: skip
        if verb in happened:
            _of(one).filter(verb=f"certificate.{told}").update(at=happened[verb])
    for event in _of(one).filter(verb="certificate.replacing"):
        successor = Certificate.objects.get(number=event.after["successor"])
        AuditEvent.objects.filter(pk=event.pk).update(at=_at(successor.dated_on, 9, 30))
    badge = Badge.objects.select_related("status_list").filter(certificate=one).first()
    if badge is not None and issued is not None:
        signer = keys.signer(one.prefix.issuer)
        again = making.badge_of(
            one, signer, badge.status_list, badge.place, at=issued, salt=_drawn(one.number).hex()[:16]
        )
        Badge.objects.filter(pk=badge.pk).update(made_at=issued, linked=again.linked, token=again.token)


def _of(one: Certificate) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(target_kind="credentials.certificate", target_id=str(one.pk))


def _journal() -> None:
    """Copies and hand-overs are written down on their day."""
    for copy in Copy.objects.all():
        Copy.objects.filter(pk=copy.pk).update(made_at=_at(copy.on, HOURS["duplicate"]))
    for line in HandOver.objects.select_related("certificate"):
        HandOver.objects.filter(pk=line.pk).update(recorded_at=_at(line.on, 12, 30))
        _of(line.certificate).filter(verb="certificate.handed_over").update(at=_at(line.on, 12, 30))


def _shown(happened: dict[int, dict[str, datetime]]) -> None:
    """What certificates show of competencies is known from the moment of issue until they end."""
    trail = AuditEvent.objects.filter(target_kind="people.person", verb="competency.shown", after__kind="certificate")
    waiting = defaultdict(list)
    for event in trail.order_by("pk"):
        waiting[event.target_id].append(event.pk)
    for one in Certificate.objects.order_by("pk"):
        rows = Evidence.objects.filter(kind=Evidence.Kind.CERTIFICATE, source_address=showing.source_of(one)).order_by(
            "pk"
        )
        for row in rows:
            issued, ended = happened[one.pk]["issue"], _end(happened[one.pk])
            Evidence.objects.filter(pk=row.pk).update(
                recorded_at=issued, superseded_at=ended if row.superseded_at else None
            )
            if waiting[str(one.person_id)]:
                AuditEvent.objects.filter(pk=waiting[str(one.person_id)].pop(0)).update(at=issued)
            if row.superseded_at and ended:
                struck = AuditEvent.objects.filter(target_kind="competencies.evidence", target_id=str(row.pk))
                struck.filter(verb="competency.struck_out").update(at=ended)


def keep_as_always(row: Model, name: str, moment: datetime) -> None:
    """The file that a row keeps has an id that follows from the row, and its moment."""
    kept: StoredFile | None = getattr(row, name)
    if kept is None:
        return
    fixed = uuid5(NAMESPACE_URL, f"{row._meta.label}/{row.pk}/{name}")
    StoredFile.objects.filter(pk=kept.pk).update(id=fixed, created_at=moment)
    type(row)._default_manager.filter(pk=row.pk).update(**{f"{name}_id": fixed})
