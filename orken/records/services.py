"""The verbs of a paper: prepare, register, sign, spoil; words in versions; the hand-over journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from typing import Any
from uuid import UUID

from cryptography import x509
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.files.content import media_type
from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import LANGUAGES
from orken.kit.i18n.dates import long_date
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.records import cms, composing, events, kinds, numbers, policy, states, wording
from orken.records.models import Change, Named, Paper, Signature
from orken.records.wording import Wording

SCANS = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
LARGEST = 20 * files.MB
LARGEST_SIGNATURE = files.MB
PDF = frozenset({"application/pdf"})
LATE = timedelta(days=366)
Text = str | Promise
S = Paper.State


class CannotMake(Exception):
    """The paper cannot be made; `problems` are sentences for the reader."""

    def __init__(self, problems: Sequence[Text]) -> None:
        super().__init__(*problems)
        self.problems = list(problems)


class ReasonIsMissing(Exception):
    """Whoever spoils or strikes out says why."""


class ChangedMeanwhile(Exception):
    """What the reader had before her is not what stands now; nothing was written."""


def locked(paper: Paper) -> Paper:
    """The paper with its row held: whoever leads it to another state waits for the other hand."""
    rows = Paper.objects.select_for_update(of=("self",)).select_related("issuer__parent", "unit", "number__series")
    return rows.get(pk=paper.pk)


def _audit(verb: str, paper: Paper, by: Account | None, **after: Any) -> None:
    audit.record(f"paper.{verb}", paper, by=by, scope_path=paper.unit.path, after={"kind": paper.kind, **after})


@transaction.atomic
def prepare(
    *, kind: str, unit: Unit, source: str, address: str, answers: Mapping[str, Any], by: Account | None,
    changes: Sequence[tuple[Paper, str]] = (), synthetic: bool = False, pk: UUID | None = None,
) -> Paper:  # fmt: skip
    """Draft a paper of `unit`'s business, issued by the institution that it is a part of. It has no number yet.

    `changes`: older papers that it amends or cancels once it is signed. `pk`: of the demo, which is the same every
    time. Raises CannotMake, OutOfScope.
    """
    policy.require_preparing(by, kind, unit)
    paper = Paper(
        kind=kind, unit=unit, issuer=wording.issuer_of(unit), source=source, address=address, answers=dict(answers),
        prepared_by=by, synthetic=synthetic, **({"pk": pk} if pk else {}),
    )  # fmt: skip
    older = [(locked(old), effect) for old, effect in changes]
    for old, effect in older:
        states.PAPER.check(old, str(effect))
        if old.issuer_id != paper.issuer_id:
            raise CannotMake([_("A paper is changed only by its own issuer.")])
    paper.save(force_insert=True)
    Change.objects.bulk_create(Change(by_paper=paper, paper=old, effect=effect) for old, effect in older)
    _describe(paper)
    _audit("prepared", paper, by, subject=paper.subject_kk)
    return paper


@transaction.atomic
def rewrite(*, paper: Paper, answers: Mapping[str, Any], by: Account | None) -> Paper:
    """Other answers for a draft. Raises CannotMake, WayIsClosed when it has its number already."""
    paper = locked(paper)
    policy.require_preparing(by, paper.kind, paper.unit)
    states.PAPER.check(paper, "drop")  # only a draft is written on
    paper.answers = dict(answers)
    _describe(paper)
    _audit("rewritten", paper, by)
    return paper


def _describe(paper: Paper) -> None:
    """The draft's subject as the list shows it. Raises CannotMake."""
    found = composing.built(paper)
    if found.problems:
        raise CannotMake(found.problems)
    _set_subject(paper, found)
    paper.save()


def _set_subject(paper: Paper, found: kinds.Built) -> None:
    paper.subject_kk, paper.subject_ru = found.subject.kk[:500], found.subject.ru[:500]
    paper.subject_en = found.subject.en[:500]


@transaction.atomic
def drop(*, paper: Paper, by: Account | None) -> None:
    """Throw a draft away: it never had a number. Raises WayIsClosed."""
    paper = locked(paper)
    policy.require_preparing(by, paper.kind, paper.unit)
    states.PAPER.check(paper, "drop")
    _audit("dropped", paper, by, subject=paper.subject_kk)
    paper.delete()


@transaction.atomic
def register(*, paper: Paper, on: date, by: Account | None, signatory: int = 0, today: date | None = None) -> Paper:
    """Give the paper its number and freeze what it says. Number, data, names and PDF are there together, or none is.

    The date is neither later than today nor earlier than that of the number before, and at most a year old. `today`: of
    the demo, whose papers were registered on their own days at ten. Raises CannotMake, WayIsClosed, OutOfScope.
    """
    paper = locked(paper)
    policy.require_registering(by, paper)
    states.PAPER.check(paper, "register")
    now = timezone.make_aware(datetime.combine(today, time(10))).astimezone(UTC) if today else timezone.now()
    if on > timezone.localdate(now):
        raise CannotMake([_("The date lies in the future. A paper is registered on its day or after it.")])
    if on < timezone.localdate(now) - LATE:
        raise CannotMake(
            [_("The date is more than a year old. Check the year: a paper is registered soon after its day.")]
        )
    found = composing.built(paper)
    if found.problems:
        raise CannotMake(found.problems)
    line = kinds.of(paper.kind).line
    number = numbers.take(issuer=paper.issuer, series=line.code, year=on.year, by=by, for_kind=paper.kind)
    last = Paper.objects.filter(number__series=number.series_id).aggregate(last=Max("on"))["last"]
    if last is not None and on < last:
        day = long_date(last)
        raise CannotMake([_("The number before bears the date %(day)s. Numbers follow the days.") % {"day": day}])
    head, said = composing.preview_words(paper)
    paper.number, paper.code, paper.on = number, written(number.sequence, line.letter, on.year), on
    paper.letterhead, paper.words = head.version, said.version
    _set_subject(paper, found)
    _freeze(paper, found, head, said, signatory)
    paper.registered_by, paper.registered_at, paper.state = by, now, S.REGISTERED
    paper.file = _keep(paper)
    paper.save()
    _name(paper, found.people)
    _audit("registered", paper, by, number=paper.code, on=str(on))
    events.registered.send(Paper, paper=paper, by=by)
    return paper


def written(sequence: int, letter: str, year: int) -> str:
    """How the number of a paper is written, the same in both languages: 12-Б/2026."""
    return f"{sequence}-{letter}/{year}"


def _freeze(paper: Paper, found: kinds.Built, head: Wording, said: Wording, signatory: int) -> None:
    assert paper.on is not None
    paper.data = composing.compose(paper, found, head, said, on=paper.on, code=paper.code, signatory=signatory)
    paper.sealed = composing.seal(paper.data)


def _keep(paper: Paper) -> StoredFile:
    """The PDF as it is printed: a signature, by hand or electronic, is over these bytes for ever."""
    assert paper.registered_at is not None
    content = composing.drawn(paper.data, paper.registered_at)
    name = f"{paper.code.replace('/', '-')}.pdf"
    upload = SimpleUploadedFile(name, content, "application/pdf")
    by_id = paper.registered_by_id
    return files.store(upload=upload, purpose="records.paper", by_id=by_id, scope_path=paper.unit.path, allowed=PDF, most=LARGEST)  # fmt: skip


def _name(paper: Paper, people: Sequence[Person]) -> None:
    once = {one.pk: one for one in people}
    Named.objects.bulk_create(
        Named(paper=paper, person=one, place=place, **{f"name_{code}": one.full_name(code) for code in LANGUAGES})
        for place, one in enumerate(once.values(), start=1)
    )


@transaction.atomic
def spoil(*, paper: Paper, reason: str, by: Account | None) -> Paper:
    """The registered paper cannot be signed (a mistake, a torn blank): it stays with its number, both spoiled.

    Raises ReasonIsMissing, WayIsClosed, OutOfScope.
    """
    paper = locked(paper)
    policy.require_registering(by, paper)
    states.PAPER.check(paper, "spoil")
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise ReasonIsMissing
    assert paper.number is not None
    numbers.spoil(number=paper.number, reason=reason, by=by)
    paper.state, paper.reason = S.SPOILED, reason
    paper.save(update_fields=["state", "reason"])
    _audit("spoiled", paper, by, number=paper.code, reason=reason)
    events.spoiled.send(Paper, paper=paper, by=by)
    return paper


@transaction.atomic
def sign_by_hand(
    *, paper: Paper, scan: UploadedFile[Any], signatory: tuple[str, str], on: date, by: Account | None, today: date | None = None
) -> Paper:  # fmt: skip
    """Enter that the printed sheet was signed by hand: by whom, on which day, with its scan.

    `signatory`: her post and name in Kazakh and in Russian. Raises CannotMake, files.FileRefused, WayIsClosed, OutOfScope.
    """
    paper = locked(paper)
    policy.require_registering(by, paper)
    states.PAPER.check(paper, "sign")
    _day_of_signing(paper, on, today)
    kept = files.store(
        upload=scan, purpose="records.signed", by_id=by.pk if by else None, scope_path=paper.unit.path, allowed=SCANS, most=LARGEST
    )  # fmt: skip
    signature = Signature(
        paper=paper, way=Signature.Way.HAND, signatory_kk=signatory[0][:300], signatory_ru=signatory[1][:300], on=on,
        file=kept, by=by,
    )  # fmt: skip
    return _signed(paper, signature, by)


@transaction.atomic
def sign_by_cms(*, paper: Paper, signature: UploadedFile[Any], by: Account | None) -> Paper:
    """Enter a detached CMS signature over the kept PDF: checked by cryptography, and kept.

    The day of signing is that of the signer's clock, else today. Raises CannotMake, WayIsClosed, OutOfScope.
    """
    paper = locked(paper)
    policy.require_registering(by, paper)
    states.PAPER.check(paper, "sign")
    if (signature.size or 0) > LARGEST_SIGNATURE:
        raise CannotMake([_("This is not a signature file (.p7s or .cms).")])
    content = signature.read()
    assert paper.file is not None, "a registered paper keeps its PDF"
    with files.read(paper.file) as kept:
        try:
            proof = cms.check(content, kept.read(), roots=_roots())
        except cms.CmsRefused as refused:
            raise CannotMake([refused.args[0]]) from refused
    if proof.chain == cms.UNKNOWN_ROOT:
        raise CannotMake([_("The certificate does not lead to a root that is trusted here.")])
    on = timezone.localdate(datetime.fromisoformat(proof.signed_at)) if proof.signed_at else timezone.localdate()
    _day_of_signing(paper, on)
    upload = SimpleUploadedFile(f"{paper.code.replace('/', '-')}.p7s", content)
    row = Signature(
        paper=paper, way=Signature.Way.CMS, signatory_kk=proof.signer or proof.serial, signatory_ru=proof.signer or proof.serial,
        on=on, proof=proof.data(), by=by,
        file=files.store(
            upload=upload, purpose="records.signature", by_id=by.pk if by else None, scope_path=paper.unit.path,
            allowed={media_type(BytesIO(content))}, most=LARGEST_SIGNATURE,  # what it is was proved by its signature
        ),
    )  # fmt: skip
    return _signed(paper, row, by)


@lru_cache(maxsize=1)
def _roots() -> tuple[x509.Certificate, ...]:
    """What the operator trusts; read once."""
    path = settings.SIGNING_ROOTS
    return tuple(x509.load_pem_x509_certificates(path.read_bytes())) if path else ()


def _day_of_signing(paper: Paper, on: date, today: date | None = None) -> None:
    assert paper.on is not None
    if on > (today or timezone.localdate()):
        raise CannotMake([_("The day of signing lies in the future.")])
    if on < paper.on:
        raise CannotMake([_("It was signed before its own date. Check the day.")])


def _signed(paper: Paper, signature: Signature, by: Account | None) -> Paper:
    """The signature stands; what the paper amends or cancels is amended or cancelled with it."""
    signature.save(force_insert=True)
    paper.state = S.SIGNED
    paper.save(update_fields=["state"])
    _audit("signed", paper, by, number=paper.code, way=str(signature.way), signatory=signature.signatory_kk, on=str(signature.on))  # fmt: skip
    for change in paper.changes.select_related("paper").order_by("paper"):
        _take_effect(change, paper, by)
    events.signed.send(Paper, paper=paper, by=by)
    return paper


def _take_effect(change: Change, by_paper: Paper, by: Account | None) -> None:
    old = locked(change.paper)
    way = states.PAPER.check(old, change.effect)
    assert way.target is not None
    before, old.state = old.state, way.target
    old.save(update_fields=["state"])
    verb = "amended" if change.effect == Change.Effect.AMEND else "cancelled"
    audit.record(
        f"paper.{verb}", old, by=by, scope_path=old.unit.path, before={"state": before},
        after={"state": old.state, "by_paper": by_paper.code},
    )  # fmt: skip
    events.changed.send(Paper, paper=old, by_paper=by_paper, effect=change.effect, by=by)
