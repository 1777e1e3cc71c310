"""What is known of a person: registering her, her names, dated traits, contacts, number.

People know nothing of units, so the caller has asked whether `by` may, and tells where in the tree
the change stands (`scope_path`), for the trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from orken.kit import bulk, history
from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.people import iin as numbers
from orken.people import sealing
from orken.people.models import (
    NAME_FIELDS,
    TRAIT_FIELDS,
    Account,
    Person,
    PersonTraits,
    PreviousName,
    ProtectedId,
)
from orken.people.models.person import sound_of

CONTACT_FIELDS = ("birth_on", "sex", "phone", "email")
SINCE_BIRTH_UNKNOWN = date(1900, 1, 1)
HIDDEN = "•••"  # what the trail says of contacts: that they changed, never what they are


class NumberIsTaken(Exception):
    """Another person has this number: probably the same woman; `person` is who."""

    def __init__(self, person: Person) -> None:
        super().__init__(str(person.pk))
        self.person = person


class BeforeHerBirth(Exception):
    """A name cannot begin before the person does."""


class EditedMeanwhile(Exception):
    """Somebody else changed the record after this form was opened; nothing was written. `person` is as she stands now."""

    def __init__(self, person: Person) -> None:
        super().__init__(str(person.pk))
        self.person = person


class Erased(Exception):
    """Her data were erased at her wish; nothing is written to this row any more."""


@dataclass
class NewPerson:
    """What is known of somebody who is registered: names by field, the rest when known."""

    names: Mapping[str, str]
    birth_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    number: numbers.Iin | None = None
    traits: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def register(
    *,
    new: NewPerson,
    on: date,
    by: Account | None,
    scope_path: str,
    batch: UUID | None = None,
    synthetic: bool = False,
) -> Person:
    """Register one person, with an audit row. Raises NumberIsTaken."""
    if new.number is not None and (taken := person_with(new.number)) is not None:
        raise NumberIsTaken(taken)
    [person] = register_many(news=[new], on=on, synthetic=synthetic)
    audit.record(
        "person.registered", person, by=by, scope_path=scope_path, batch=batch, after={"on": str(on), **person.names}
    )
    return person


@transaction.atomic
def register_many(*, news: Sequence[NewPerson], on: date, synthetic: bool = False) -> list[Person]:
    """Register many at once; the caller has looked for taken numbers and writes the trail of its batch."""
    now = timezone.now()
    people = [
        Person(
            **dict(new.names), birth_on=new.birth_on, sex=new.sex, phone=new.phone, email=new.email,
            synthetic=synthetic, created_at=now, **dict(new.traits),
        )
        for new in news
    ]  # fmt: skip
    for person in people:
        person.derive()
    bulk.insert(Person, people)
    pairs = list(zip(people, news, strict=True))
    bulk.insert(
        PersonTraits,
        [
            PersonTraits(person=person, valid_from=on, recorded_at=now, **dict(new.traits))
            for person, new in pairs
            if new.traits
        ],
    )
    bulk.insert(ProtectedId, [_protected(person, new.number) for person, new in pairs if new.number is not None])
    return people


def _protected(person: Person, number: numbers.Iin) -> ProtectedId:
    return ProtectedId(
        person=person,
        sealed=sealing.seal(number.digits),
        blind=sealing.blind(number.digits),
        masked=number.masked,
    )


def person_with(number: numbers.Iin) -> Person | None:
    """Who has this number; she to whom that row was merged."""
    found = ProtectedId.objects.filter(blind__in=sealing.blinds(number.digits)).select_related("person").first()
    return standing(found.person) if found else None


def standing(person: Person) -> Person:
    """The person herself, or the one she was merged into."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


@transaction.atomic
def rename(
    *,
    person: Person,
    names: Mapping[str, str],
    on: date,
    reason: str,
    by: Account | None,
    scope_path: str,
    batch: UUID | None = None,
    revision: int | None = None,
) -> Person:
    """She has the names `names` from the day `on`; what ended stays findable and is quoted by older papers.

    A script whose names were empty gets them without a previous name. Parts that are not named stay.
    `revision` is the one that the writer was shown, in this and the verbs below. Raises BeforeHerBirth, EditedMeanwhile.
    """
    person = _locked(person, revision)
    before = person.names
    values = {name: names.get(name, before[name]) for name in NAME_FIELDS}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return person
    if on <= (person.birth_on or SINCE_BIRTH_UNKNOWN):
        raise BeforeHerBirth(f"{on}")
    if any(before[name] for name in changed):
        since = PreviousName.objects.live().filter(person=person).exclude(reason=PreviousName.Reason.SPELLING)
        last = max((row.valid_to for row in since if row.valid_to), default=None)
        begun = last or person.birth_on or SINCE_BIRTH_UNKNOWN
        _past(person, before, begun if begun < on else SINCE_BIRTH_UNKNOWN, on, reason)
    for name, value in changed.items():
        setattr(person, name, value)
    person.save()
    search.index("person", [person.pk])
    audit.record(
        "person.renamed", person, by=by, scope_path=scope_path, batch=batch,
        before={name: before[name] for name in changed}, after={**changed, "on": str(on), "reason": reason},
    )  # fmt: skip
    return person


def _past(person: Person, names: Mapping[str, str], begun: date, ended: date | None, reason: str) -> PreviousName:
    script = next((code for code in ("kk", "ru", "en") if names.get(f"surname_{code}")), "kk")
    return PreviousName.objects.create(
        person=person, valid_from=begun, valid_to=ended, reason=reason,
        sound=sound_of(names.get(f"surname_{script}", ""), names.get(f"given_{script}", "")),
        **{name: names.get(name, "") for name in NAME_FIELDS},
    )  # fmt: skip


@transaction.atomic
def note_spelling(*, person: Person, names: Mapping[str, str], on: date) -> PreviousName | None:
    """Somebody's list spells her so: the next list with this spelling finds her. None when it is known."""
    person = _locked(person)
    known = [person.names, *({f: getattr(row, f) for f in NAME_FIELDS} for row in person.previous_names.all())]
    given = {name: value for name, value in names.items() if value}
    if any(all(one[name] == value for name, value in given.items()) for one in known):
        return None
    row = _past(person, names, on, None, PreviousName.Reason.SPELLING)
    person.derive(others=row.sound)
    person.save(update_fields=["folded"])
    return row


@transaction.atomic
def set_traits(
    *,
    person: Person,
    traits: Mapping[str, Any],
    on: date,
    by: Account | None,
    scope_path: str,
    batch: UUID | None = None,
) -> Person:
    """State traits from the day `on` (today or before); what is not named stays as it was on that day."""
    person = _locked(person)
    at = PersonTraits.objects.at(on).filter(person=person).first()
    before = {name: getattr(at, name) if at else _blank(name) for name in TRAIT_FIELDS}
    values = {name: traits.get(name, before[name]) for name in TRAIT_FIELDS}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return person
    later = PersonTraits.objects.live().filter(person=person, valid_from__gt=on).order_by("valid_from").first()
    history.state(
        PersonTraits.objects.all(), subject={"person": person}, values=values, valid_from=on,
        valid_to=later.valid_from if later else None,
    )  # fmt: skip
    refresh_current(person)
    audit.record(
        "person.traits_set", person, by=by, scope_path=scope_path, batch=batch,
        before={name: _plain(before[name]) for name in changed},
        after={**{name: _plain(value) for name, value in changed.items()}, "on": str(on)},
    )  # fmt: skip
    return person


def refresh_current(person: Person) -> None:
    """Copy what holds today from the dated traits to the person."""
    today = PersonTraits.objects.at().filter(person=person).first()
    for name in TRAIT_FIELDS:
        setattr(person, name, getattr(today, name) if today else _blank(name))
    person.save(update_fields=TRAIT_FIELDS)


def _blank(name: str) -> Any:
    return None if name in ("library_education", "library_since", "category_on", "attested_on") else ""


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


@transaction.atomic
def set_contacts(
    *, person: Person, contacts: Mapping[str, Any], by: Account | None, scope_path: str, batch: UUID | None = None,
    revision: int | None = None,
) -> Person:  # fmt: skip
    """Birth date, sex, telephone, mail. The trail says that a contact changed, not what it is. Raises EditedMeanwhile."""
    person = _locked(person, revision)
    changed = {
        name: contacts[name] for name in CONTACT_FIELDS if name in contacts and getattr(person, name) != contacts[name]
    }
    if not changed:
        return person
    before = {name: getattr(person, name) for name in changed}
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    audit.record(
        "person.contacts_set", person, by=by, scope_path=scope_path, batch=batch,
        before=_hidden(before), after=_hidden(changed),
    )  # fmt: skip
    return person


def _hidden(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: (HIDDEN if value else "") if name in ("phone", "email") else _plain(value)
        for name, value in values.items()
    }


@transaction.atomic
def set_number(
    *, person: Person, number: numbers.Iin, by: Account | None, scope_path: str, batch: UUID | None = None,
    revision: int | None = None,
) -> ProtectedId:  # fmt: skip
    """Note her IIN, or correct it. Raises NumberIsTaken, EditedMeanwhile. The trail gets the masked form."""
    person = _locked(person, revision)
    taken = person_with(number)
    if taken is not None and taken.pk != person.pk:
        raise NumberIsTaken(taken)
    standing_id = ProtectedId.objects.filter(person=person).first()
    if standing_id is not None and standing_id.blind in sealing.blinds(number.digits):
        return standing_id
    fresh = _protected(person, number)
    before = standing_id.masked if standing_id else ""
    if standing_id is not None:
        fresh.pk = standing_id.pk
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError as twin:  # two at the same moment: the index decides
        other = person_with(number)
        raise NumberIsTaken(other or person) from twin
    _touch(person)
    audit.record(
        "person.number_set", person, by=by, scope_path=scope_path, batch=batch,
        before={"number": before}, after={"number": fresh.masked},
    )  # fmt: skip
    return fresh


@transaction.atomic
def set_foreign_number(
    *, person: Person, text: str, by: Account | None, scope_path: str, batch: UUID | None = None
) -> ProtectedId:
    """Note the number of another state's document, for who has no IIN."""
    person = _locked(person)
    plain = " ".join(text.upper().split())
    kept, _made = ProtectedId.objects.update_or_create(
        person=person,
        defaults={
            "kind": ProtectedId.Kind.FOREIGN,
            "sealed": sealing.seal(plain),
            "blind": sealing.blind(plain),
            "masked": f"{plain[:2]}{'•' * max(0, min(len(plain), 30) - 4)}{plain[-2:]}",
        },
    )
    _touch(person)
    audit.record("person.number_set", person, by=by, scope_path=scope_path, batch=batch, after={"number": kept.masked})
    return kept


def reseal(progress: Any = None) -> int:
    """Seal every number by the newest key; answers how many were old. Safe to stop and to run again."""
    done = 0
    waiting: Iterable[int] = ProtectedId.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)
    for pk in waiting:
        with transaction.atomic():
            row = ProtectedId.objects.select_for_update().get(pk=pk)
            if sealing.sealed_now(row.sealed):
                continue
            text = sealing.unseal(row.sealed)
            row.sealed, row.blind = sealing.seal(text), sealing.blind(text)
            row.save(update_fields=["sealed", "blind"])
        done += 1
        if progress and done % 500 == 0:
            progress(done)
    return done


def _locked(person: Person, revision: int | None = None) -> Person:
    fresh = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if fresh.erased_at is not None:
        raise Erased(str(person.pk))
    if revision is not None and revision != fresh.revision:
        raise EditedMeanwhile(fresh)
    return fresh


def _touch(person: Person) -> None:
    """What is kept beside her row changed: forms that were opened before are told."""
    Person.objects.filter(pk=person.pk).update(revision=F("revision") + 1)


@transaction.atomic
def rename_back(*, person: Person, names: Mapping[str, str], by: Account | None, scope_path: str) -> Person:
    """The last change of names was a mistake: `names` stand again, the row of the past is struck out."""
    person = _locked(person)
    last = PreviousName.objects.live().filter(person=person).exclude(reason=PreviousName.Reason.SPELLING)
    row = last.order_by("-recorded_at", "-pk").first()
    if row is not None and all(getattr(row, name) == value for name, value in names.items()):
        row.superseded_at = timezone.now()
        row.save(update_fields=["superseded_at"])
    before = person.names
    for name, value in names.items():
        setattr(person, name, value)
    person.save()
    search.index("person", [person.pk])
    audit.record(
        "person.renamed", person, by=by, scope_path=scope_path,
        before={name: before[name] for name in names}, after=dict(names),
    )  # fmt: skip
    return person


@transaction.atomic
def forget_number(*, person: Person, by: Account | None, scope_path: str) -> None:
    """The number was noted by mistake."""
    kept = ProtectedId.objects.filter(person=person).first()
    if kept is not None:
        audit.record("person.number_set", person, by=by, scope_path=scope_path, before={"number": kept.masked})
        kept.delete()
        _touch(person)


@transaction.atomic
def withdraw(*, people: Sequence[int], now: Any) -> int:
    """The list that brought these people was taken back: their rows stay, their numbers are free again."""
    ProtectedId.objects.filter(person__in=people).delete()
    return Person.objects.filter(pk__in=people, withdrawn_at=None).update(withdrawn_at=now)
