"""The verbs over a person's record as the network allows them: the right is asked where she works, then people does it.

A person stands in a scope when any of her posts, today's or past, stands there. Out of it she does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from orken.network import events, policy, services
from orken.network.models import Appointment, Post, Unit
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Permission
from orken.people import duplicates
from orken.people.duplicates import Pair
from orken.people.iin import Iin
from orken.people.models import Account, Consent, DataRequest, Merge, Person, PreviousName
from orken.people.models.person import sound_words
from orken.people.services import merging, record, rights
from orken.people.services.record import NewPerson


def people_in(scope: Scope, *, blocked: bool = False) -> QuerySet[Person]:
    """People with a post in `scope`, today's or past; whose data are blocked or erased only with `blocked`."""
    here = Appointment.objects.live().filter(scope.q("unit__path"), person=OuterRef("pk"))
    found = Person.objects.filter(Exists(here), merged_into=None, withdrawn_at=None)
    return found if blocked else found.filter(blocked_at=None, erased_at=None)


def person_in(scope: Scope, pk: int, *, blocked: bool = False) -> Person:
    """The person with this id, or the one she was merged into, inside `scope`. Raises OutOfScope."""
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise OutOfScope(f"person {pk}")
    found = people_in(scope, blocked=blocked).filter(pk=record.standing(person).pk).first()
    if found is None:
        raise OutOfScope(f"person {pk}")
    return found


@dataclass(frozen=True)
class Candidate:
    """Somebody found to be appointed or given a role, with enough to tell namesakes apart."""

    person: Person
    post: str
    place: Unit | None


WHOLE_NAME = 2  # words: surname and given name


def whom(scope: Scope, asked: str, limit: int = 30) -> list[Candidate]:
    """People by name: in `scope` by a part of it; elsewhere only by surname and given name whole, shown with the region.

    So a transfer from another region needs no list of that region's people.
    """
    words = sound_words(asked).split()
    matching = duplicates.living()
    for word in words:
        matching = matching.filter(folded__contains=word)
    if not words:
        return []
    ours = list(matching.filter(pk__in=people_in(scope).values("pk")).order_by("sort_kk")[:limit]) if scope else []
    others: list[Person] = []
    if len(words) >= WHOLE_NAME:
        known = {person.pk for person in ours}
        rows = matching.exclude(pk__in=known).order_by("sort_kk")[: limit * 4]
        others = [person for person in rows if set(words) <= set(person.folded.split())]
    return _with_places(ours, own=True) + _with_places(others[: limit - len(ours)], own=False)


def _with_places(people: list[Person], *, own: bool) -> list[Candidate]:
    rows = Appointment.objects.at().filter(person__in=people).select_related("unit", "post").order_by("-employment")
    posts = {row.person_id: row for row in rows}
    regions = {} if own else {unit.path: unit for unit in Unit.objects.filter(kind=Unit.Kind.REGION)}
    found = []
    for person in people:
        row = posts.get(person.pk)
        place = row.unit if row and own else None
        if row and not own:
            place = next((unit for path, unit in regions.items() if row.unit.path.startswith(path)), None)
        found.append(Candidate(person, row.post.title if row else "", place))
    return found


def place_of(person: Person) -> str:
    """Where her record stands in the tree: her main post of today, or the last post she held."""
    rows = Appointment.objects.live().filter(person=person).select_related("unit")
    row = rows.filter(valid_to=None).order_by("-employment", "pk").first() or rows.order_by("-valid_from").first()
    return row.unit.path if row else ""


def _may(by: Account, permission: Permission, person: Person) -> str:
    """Ask the right over a person; answers where her record stands.

    A post that ended gives sight of her, no more: the right is asked where she works today, and of
    somebody who works nowhere where she worked last.
    """
    scope = policy.scope(by, permission)
    today = Appointment.objects.at().filter(person=person)
    works = today.exists()
    if (
        not scope
        or not (today.filter(scope.q("unit__path")).exists() if works else scope.contains(place_of(person)))
        or not people_in(scope, blocked=True).filter(pk=person.pk).exists()
    ):
        raise OutOfScope(f"{permission} over person {person.pk}")
    return place_of(person)


@transaction.atomic
def rename(
    *, person: Person, names: Mapping[str, str], on: date, reason: str, by: Account, revision: int | None = None
) -> Person:
    """She has other names from the day `on`; papers of earlier days keep the old ones.

    `revision` is the one that `by` was shown, here and below. Raises record.EditedMeanwhile.
    """
    path = _may(by, Permission.STAFF_EDIT, person)
    return record.rename(
        person=person, names=names, on=on, reason=reason, by=by, scope_path=path, revision=revision
    )  # fmt: skip


@transaction.atomic
def set_record(
    *, person: Person, traits: Mapping[str, Any], contacts: Mapping[str, Any], on: date, by: Account,
    revision: int | None = None,
) -> Person:  # fmt: skip
    """State what is known of her from the day `on`. Raises services.BornLater."""
    path = _may(by, Permission.STAFF_EDIT, person)
    first = Appointment.objects.live().filter(person=person).order_by("valid_from").first()
    born = contacts.get("birth_on")
    if first is not None and born is not None and born != person.birth_on and first.valid_from <= born:
        raise services.BornLater(str(person.pk), since=first.valid_from)
    record.set_contacts(person=person, contacts=contacts, by=by, scope_path=path, revision=revision)
    return record.set_traits(person=person, traits=traits, on=on, by=by, scope_path=path)


@transaction.atomic
def add(
    *,
    new: NewPerson,
    unit: Unit,
    post: Post,
    on: date,
    by: Account,
    employment: str = Appointment.Employment.MAIN,
    rate: Decimal = Decimal("1.00"),
) -> Person:
    """Register somebody whom the system does not know and appoint her, together or not at all.

    Raises record.NumberIsTaken, services.BornLater, services.UnitNotOpen.
    """
    policy.require(by, Permission.STAFF_EDIT, unit)
    batch = uuid4()
    try:
        with transaction.atomic():
            person = record.register(new=new, on=on, by=by, scope_path=unit.path, batch=batch)
    except IntegrityError as twin:  # two at the same moment: the index decides
        taken = record.person_with(new.number) if new.number is not None else None
        if taken is None:
            raise
        raise record.NumberIsTaken(taken) from twin
    services.appoint(
        person=person, unit=unit, post=post, on=on, by=by, employment=employment, rate=rate, batch=batch
    )  # fmt: skip
    return person


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the one that is to be added, and why; `own` when her page is the reader's to open."""

    candidate: Candidate
    pair: Pair
    own: bool


def alike(scope: Scope, new: NewPerson, limit: int = 8) -> list[Alike]:
    """Who may be `new` already, namesakes with another date of birth too: in `scope` by all that agrees; elsewhere only when the whole name sounds the same.

    So the page of a new person is no way to search other regions by telephone or birth date.
    """
    draft = Person(**dict(new.names), birth_on=new.birth_on, sex=new.sex, phone=new.phone)
    draft.derive()
    draft.pk = 0
    near = Q(pk__in=[])
    if draft.sounds:
        near |= Q(sound_kk__in=draft.sounds) | Q(sound_ru__in=draft.sounds) | Q(sound_en__in=draft.sounds)
        near |= Q(
            pk__in=list(PreviousName.objects.live().filter(sound__in=draft.sounds).values_list("person", flat=True))
        )
    if new.birth_on:
        near |= Q(birth_on=new.birth_on)
    if new.phone:
        near |= Q(phone=new.phone)
    rows = duplicates.living().filter(near)
    face = duplicates.face_of(draft)
    pairs = {pair.other: pair for pair in duplicates.of(face, duplicates.faces(rows), namesakes=True)}
    ours = set(people_in(scope).filter(pk__in=pairs).values_list("pk", flat=True))
    shown = [pk for pk, pair in pairs.items() if pk in ours or "sound" in pair.why][:limit]
    people = Person.objects.in_bulk(shown)
    found = {
        one.person.pk: Alike(one, pairs[one.person.pk], own)
        for own in (True, False)
        for one in _with_places([people[pk] for pk in shown if (pk in ours) == own], own=own)
    }
    return [found[pk] for pk in shown]


@transaction.atomic
def note_consent_on_paper(
    *, person: Person, version: str, language: str, signed_on: date, kept_at: str, by: Account
) -> Consent:
    """Her consent was signed on paper. Raises rights.ConsentedAlready."""
    path = _may(by, Permission.STAFF_EDIT, person)
    return rights.note_consent_on_paper(
        person=person, version=version, language=language, signed_on=signed_on, kept_at=kept_at, by=by,
        scope_path=path,
    )  # fmt: skip


@transaction.atomic
def set_number(*, person: Person, number: Iin, by: Account, revision: int | None = None) -> None:
    path = _may(by, Permission.STAFF_EDIT, person)
    record.set_number(person=person, number=number, by=by, scope_path=path, revision=revision)


@transaction.atomic
def show_number(*, person: Person, by: Account) -> str:
    """Her number in full; the look is noted and shown to her."""
    path = _may(by, Permission.PERSON_NUMBER, person)
    return rights.open_number(person=person, by=by, scope_path=path)


class NotHersNow(Exception):
    """The post is not held on that day, so she cannot move from it."""


@transaction.atomic
def move(
    *, appointment: Appointment, unit: Unit, post: Post, on: date, by: Account, rate: Decimal | None = None
) -> Appointment:
    """She leaves a post and takes up another on the same day: in the same library or in another of the mover's scope.

    Raises NotHersNow, services.PostIsTaken, services.UnitNotOpen.
    """
    policy.require(by, Permission.STAFF_EDIT, appointment.unit)
    policy.require(by, Permission.STAFF_EDIT, unit)
    if on <= appointment.valid_from or not appointment.holds(on):
        raise NotHersNow(str(appointment.pk))
    batch = uuid4()
    services.lock_unit(unit)
    services.dismiss(appointment=appointment, on=on, by=by, batch=batch)
    fresh = services.place(
        person=appointment.person, unit=unit, post=post, on=on, by=by, employment=appointment.employment,
        rate=rate or appointment.rate, batch=batch,
    )  # fmt: skip
    events.appointed.send(sender=Appointment, appointment=fresh, by=by)
    return fresh


# --- duplicates ---


@dataclass(frozen=True)
class Twins:
    """Two records that may be one person."""

    pair: Pair
    one: Person
    other: Person


def suggested(scope: Scope, limit: int = 100) -> tuple[list[Twins], int]:
    """Pairs worth a look among the people of `scope`, heaviest first, and how many there are in all."""
    places = dict(Appointment.objects.at().filter(scope.q("unit__path")).values_list("person_id", "unit_id"))
    pairs = duplicates.among(duplicates.faces(duplicates.living(people_in(scope)), places))
    shown = pairs[:limit]
    people = Person.objects.in_bulk({pk for pair in shown for pk in (pair.one, pair.other)})
    return [Twins(pair, people[pair.one], people[pair.other]) for pair in shown], len(pairs)


@transaction.atomic
def merge(*, kept: Person, gone: Person, answers: Mapping[str, str], by: Account) -> Merge:
    """Join two records; both have to stand in the scope of the one who decides. Raises merging.CannotMerge."""
    _may(by, Permission.PERSON_MERGE, gone)
    path = _may(by, Permission.PERSON_MERGE, kept)
    return merging.merge(kept=kept, gone=gone, answers=answers, by=by, scope_path=path)


@transaction.atomic
def unmerge(*, merge: Merge, by: Account) -> Merge:
    """Take two records apart again. Raises merging.CannotUndoMerge."""
    path = _may(by, Permission.PERSON_MERGE, merge.kept)
    return merging.undo(merge=merge, by=by, scope_path=path)


@transaction.atomic
def keep_apart(*, one: Person, other: Person, by: Account) -> None:
    path = _may(by, Permission.PERSON_MERGE, one)
    _may(by, Permission.PERSON_MERGE, other)
    merging.keep_apart(one=one, other=other, by=by, scope_path=path)


def merges_in(scope: Scope, *, undone: bool = False) -> QuerySet[Merge]:
    """Joined records that can still be taken apart, newest first; with `undone` those that were, too."""
    kept = Appointment.objects.live().filter(scope.q("unit__path"), person=OuterRef("kept"))
    found = Merge.objects.filter(Exists(kept)).select_related("kept", "gone").order_by("-at")
    return found if undone else found.filter(undone_at=None)


# --- what people ask about their data ---


def requests_in(scope: Scope) -> QuerySet[DataRequest]:
    """Requests of people of `scope`, those that wait first."""
    here = Appointment.objects.live().filter(scope.q("unit__path"), person=OuterRef("person"))
    return DataRequest.objects.filter(Exists(here)).select_related("person")


@transaction.atomic
def decide(*, request: DataRequest, grant: bool, answer: str, by: Account) -> DataRequest:
    path = _may(by, Permission.PERSON_DECIDE, request.person)
    return rights.decide(request=request, grant=grant, answer=answer, by=by, scope_path=path)


@transaction.atomic
def unblock(*, person: Person, by: Account) -> None:
    """Show her again, when she asks for it. Raises rights.NotBlocked."""
    path = _may(by, Permission.PERSON_DECIDE, person)
    rights.unblock(person=person, by=by, scope_path=path)
