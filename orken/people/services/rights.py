"""What a person may ask about her own data, and what others' looks leave behind (domain.md §2.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.people import events, sealing
from orken.people.accounts import services as accounts
from orken.people.models import (
    TRAIT_FIELDS,
    Account,
    Consent,
    DataRequest,
    Look,
    Person,
    PersonTraits,
    PreviousName,
    ProtectedId,
)
from orken.people.reference import consent as texts
from orken.people.services.record import _blank

ONE_LOOK = timedelta(hours=1)  # reading a page again within it is the same look
Duty = Callable[[Person], Iterable["str | Promise"]]
_duties: list[Duty] = []


class DecidedAlready(Exception):
    """Somebody decided the request before."""


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
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    consent, made = Consent.objects.get_or_create(
        person=person, version=texts.CURRENT, withdrawn_at=None, defaults={"language": language, "way": way}
    )
    if made:
        audit.record(
            "person.consented", person, by=by, scope_path=scope_path, after={"version": texts.CURRENT, "way": way}
        )
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
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if DataRequest.objects.filter(person=person, kind=kind, state=DataRequest.State.SENT).exists():
        raise RequestWaits(kind)
    request = DataRequest.objects.create(person=person, kind=kind, text=text)
    audit.record("person.asked", person, by=by, after={"kind": kind})
    return request


@transaction.atomic
def decide(*, request: DataRequest, grant: bool, answer: str, by: Account, scope_path: str) -> DataRequest:
    """Decide a request; granting a blocking or an erasure does it at once. Raises DecidedAlready."""
    request = DataRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if request.state != DataRequest.State.SENT:
        raise DecidedAlready(str(request.pk))
    request.state = DataRequest.State.GRANTED if grant else DataRequest.State.DECLINED
    request.decided_at, request.decided_by, request.answer = timezone.now(), str(by)[:300], answer
    if grant and request.kind == DataRequest.Kind.BLOCKING:
        block(person=request.person, by=by, scope_path=scope_path)
    elif grant and request.kind == DataRequest.Kind.ERASURE:
        request.kept = erase(person=request.person, by=by, scope_path=scope_path)
    request.save()
    audit.record(
        "person.request_decided", request.person, by=by, scope_path=scope_path,
        after={"kind": request.kind, "state": request.state},
    )  # fmt: skip
    return request


@transaction.atomic
def block(*, person: Person, by: Account | None, scope_path: str) -> None:
    """Show her to nobody but herself and those who decide about data; nothing is lost."""
    Person.objects.filter(pk=person.pk, blocked_at=None).update(blocked_at=timezone.now())
    search.index("person", [person.pk])
    audit.record("person.blocked", person, by=by, scope_path=scope_path)


@transaction.atomic
def unblock(*, person: Person, by: Account | None, scope_path: str) -> None:
    Person.objects.filter(pk=person.pk).update(blocked_at=None)
    search.index("person", [person.pk])
    audit.record("person.unblocked", person, by=by, scope_path=scope_path)


@transaction.atomic
def erase(*, person: Person, by: Account | None, scope_path: str) -> list[str]:
    """Wipe what no duty keeps; answers the duties that kept the rest.

    Contacts, number, traits and spellings always go. While a duty stands (a post held, a paper issued)
    the name and the birth date stay, since the papers quote them; without one they go too.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    keeping = duties(person)
    ProtectedId.objects.filter(person=person).delete()
    PersonTraits.objects.filter(person=person).delete()
    PreviousName.objects.filter(person=person).delete()
    person.phone = person.email = ""
    for name in TRAIT_FIELDS:
        setattr(person, name, _blank(name))
    if not keeping:
        for name in person.names:
            setattr(person, name, "")
        person.surname_kk, person.surname_ru = "Деректері өшірілген", "Данные удалены"
        person.sex, person.birth_on = "", None
    person.folded = ""
    person.erased_at = person.erased_at or timezone.now()
    person.save()
    accounts.erase(person=person, by=by, scope_path=scope_path)
    search.index("person", [person.pk])
    events.erased.send(Person, person=person, keeping=keeping)
    audit.record("person.erased", person, by=by, scope_path=scope_path, note=" ".join(keeping))
    return keeping


def consent_text(version: str, language: str) -> str:
    return texts.text(version, language) if version in texts.TEXTS else _("This text is not kept any more.")
