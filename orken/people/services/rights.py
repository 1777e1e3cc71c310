"""What a person may ask about her own data, and what others' looks leave behind (domain.md §2.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.people import events, sealing
from orken.people.accounts import services as accounts
from orken.people.models import Account, Consent, DataRequest, Look, Person, ProtectedId
from orken.people.reference import consent as texts
from orken.people.services import erasing

ONE_LOOK = timedelta(hours=1)  # reading a page again within it is the same look
Duty = Callable[[Person], Iterable["str | Promise"]]
_duties: list[Duty] = []


class DecidedAlready(Exception):
    """Somebody decided the request before."""


class NotBlocked(Exception):
    """She is shown already: somebody else unblocked her."""


class ConsentedAlready(Exception):
    """She agreed to this version already, on paper or by a click."""


class RequestWaits(Exception):
    """She asked the same already, and it waits for a decision."""


def register_duty(duty: Duty) -> None:
    """An app tells what the law makes it keep about a person: sentences, none when nothing."""
    if duty not in _duties:
        _duties.append(duty)


def duties(person: Person) -> list[str]:
    """Everything that has to be kept in spite of a wish to erase."""
    return [str(reason) for duty in _duties for reason in duty(person)]


@transaction.atomic
def note_look(*, person: Person, by: Account, what: str = Look.What.PAGE) -> None:
    """Write down that `by` looked at her; her own looks and reading on are not noted."""
    if by.person_id == person.pk:
        return
    recent = Look.objects.filter(person=person, by_id=by.pk, what=what, at__gte=timezone.now() - ONE_LOOK)
    if not recent.exists():
        Look.objects.create(person=person, by_id=by.pk, by_name=str(by)[:300], what=what)


@transaction.atomic
def note_taken(*, people: Iterable[int], by: Account, numbers: bool) -> None:
    """Write down that `by` took these people away in a file; every file is a look of its own, her own row is none."""
    what, now, name = Look.What.NUMBERED if numbers else Look.What.LISTED, timezone.now(), str(by)[:300]
    bulk.insert(
        Look, [Look(person_id=pk, by_id=by.pk, by_name=name, what=what, at=now) for pk in people if pk != by.person_id]
    )


@transaction.atomic
def open_number(*, person: Person, by: Account, scope_path: str) -> str:
    """Her number in full, for who has the right: the look is noted and stands in the trail."""
    kept = ProtectedId.objects.get(person=person)
    note_look(person=person, by=by, what=Look.What.NUMBER)
    audit.record("person.number_shown", person, by=by, scope_path=scope_path, after={"number": kept.masked})
    return sealing.unseal(kept.sealed)


@transaction.atomic
def give_consent(
    *, person: Person, by: Account | None, language: str, way: str = Consent.Way.CLICK, scope_path: str = ""
) -> Consent:
    """She agrees to the text of today; agreeing twice is agreeing once."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    consent, made = Consent.objects.get_or_create(
        person=person, version=texts.CURRENT, withdrawn_at=None, defaults={"language": language, "way": way}
    )
    if made:
        audit.record(
            "person.consented", person, by=by, scope_path=scope_path, after={"version": texts.CURRENT, "way": way}
        )
    return consent


@transaction.atomic
def note_consent_on_paper(
    *, person: Person, version: str, language: str, signed_on: date, kept_at: str, by: Account, scope_path: str
) -> Consent:
    """She signed the printed text of `version` on the day `signed_on`; `kept_at` says where the paper lies.

    Raises ConsentedAlready.
    """
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if Consent.objects.filter(person=person, version=version, withdrawn_at=None).exists():
        raise ConsentedAlready(str(person.pk))
    consent = Consent.objects.create(
        person=person, version=version, language=language, way=Consent.Way.PAPER, kept_at=kept_at,
        given_at=timezone.make_aware(datetime.combine(signed_on, time(0))),
    )  # fmt: skip
    audit.record(
        "person.consented", person, by=by, scope_path=scope_path,
        after={"version": version, "way": consent.way, "language": language, "on": str(signed_on), "kept_at": kept_at},
    )  # fmt: skip
    return consent


@transaction.atomic
def withdraw_consent(*, person: Person, by: Account) -> int:
    """She takes her consent back; answers how many texts it was given to."""
    gone = Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if gone:
        audit.record("person.consent_withdrawn", person, by=by)
    return gone


@transaction.atomic
def ask(*, person: Person, kind: str, text: str, by: Account) -> DataRequest:
    """She asks for correction, blocking or erasure. Raises RequestWaits."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if DataRequest.objects.filter(person=person, kind=kind, state=DataRequest.State.SENT).exists():
        raise RequestWaits(kind)
    request = DataRequest.objects.create(person=person, kind=kind, text=text)
    audit.record("person.asked", person, by=by, after={"kind": kind})
    return request


@transaction.atomic
def decide(*, request: DataRequest, grant: bool, answer: str, by: Account, scope_path: str) -> DataRequest:
    """Decide a request; granting a blocking or an erasure does it at once. Raises DecidedAlready."""
    # The person before what points to her, as in joining and erasing: the other order could stop two for good.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=request.person_id)
    request = DataRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if request.state != DataRequest.State.SENT:
        raise DecidedAlready(str(request.pk))
    request.state = DataRequest.State.GRANTED if grant else DataRequest.State.DECLINED
    request.decided_at, request.decided_by, request.answer = timezone.now(), str(by)[:300], answer
    if grant and request.kind == DataRequest.Kind.BLOCKING:
        block(person=request.person, by=by, scope_path=scope_path)
    elif grant and request.kind == DataRequest.Kind.ERASURE:
        request.kept = erase(person=request.person, by=by, scope_path=scope_path)
        request.person.refresh_from_db()
    request.save(update_fields=["state", "decided_at", "decided_by", "answer", "kept"])
    audit.record(
        "person.request_decided", request.person, by=by, scope_path=scope_path,
        after={"kind": request.kind, "state": request.state},
    )  # fmt: skip
    events.request_decided.send(DataRequest, request=request, by=by)
    return request


@transaction.atomic
def block(*, person: Person, by: Account | None, scope_path: str) -> None:
    """Show her to nobody but herself and those who decide about data; nothing is lost."""
    Person.objects.filter(pk=person.pk, blocked_at=None).update(blocked_at=timezone.now())
    search.index("person", [person.pk])
    audit.record("person.blocked", person, by=by, scope_path=scope_path)


@transaction.atomic
def unblock(*, person: Person, by: Account | None, scope_path: str) -> None:
    """Show her again. Raises NotBlocked, of erased data too: there is nothing to show."""
    if not Person.objects.filter(pk=person.pk, blocked_at__isnull=False, erased_at=None).update(blocked_at=None):
        raise NotBlocked(str(person.pk))
    search.index("person", [person.pk])
    audit.record("person.unblocked", person, by=by, scope_path=scope_path)


@transaction.atomic
def erase(*, person: Person, by: Account | None, scope_path: str) -> list[str]:
    """Wipe everything that tells who she was; answers the duties for which the bare row stays.

    Names, birth, contacts, number, traits and spellings go, of the rows that were joined into hers too. What a
    duty keeps (posts, roles, papers) are facts that point to the row; a paper quotes the name of its
    day itself.
    """
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    keeping = duties(person)
    rows = erasing.rows_of(person)
    names = erasing.names_of(rows)
    for row in rows:
        events.erasing.send(Person, person=row, names=names)
    erasing.wipe(rows, names)
    for row in rows:
        accounts.erase(person=row, by=by, scope_path=scope_path)
        events.erased.send(Person, person=row, keeping=keeping)
    search.index("person", [row.pk for row in rows])
    audit.record("person.erased", person, by=by, scope_path=scope_path, note=" ".join(keeping))
    return keeping


def consent_text(version: str, language: str) -> str:
    return texts.text(version, language) if version in texts.TEXTS else _("This text is not kept any more.")
