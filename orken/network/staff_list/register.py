"""What the register knows of the people of a scope, loaded once in a few queries and asked row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from orken.kit.text.folding import fold_name
from orken.kit.text.sorting import sort_key
from orken.network.models import Appointment, Post, Unit, UnitPlace
from orken.network.policy import Scope
from orken.network.staff_list.libraries import Libraries
from orken.people import duplicates, sealing
from orken.people.iin import Iin
from orken.people.models import NAME_FIELDS, TRAIT_FIELDS, Person, PreviousName, ProtectedId

SOME = 500  # values of one question to the database
CONTACTS = ("birth_on", "sex", "phone", "email")
_COLUMNS = ("pk", *NAME_FIELDS, *CONTACTS, *TRAIT_FIELDS, "sound_kk", "sound_ru", "sound_en")


@dataclass(slots=True)
class Held:
    """A post that somebody holds today."""

    pk: int
    unit_id: int
    post: str
    employment: str
    rate: Decimal
    since: date


@dataclass(slots=True)
class Known:
    """Somebody of the register: `names`, `traits` as lists in the order of their fields."""

    pk: int
    names: list[str]
    birth_on: date | None
    sex: str
    phone: str
    email: str
    traits: list[Any]
    sounds: tuple[str, ...]
    blind: str = ""
    held: list[Held] = field(default_factory=list)
    units: set[int] = field(default_factory=set)  # of all her posts here, past ones too

    def name(self, name: str) -> str:
        return self.names[NAME_FIELDS.index(name)]

    def trait(self, name: str) -> Any:
        return self.traits[TRAIT_FIELDS.index(name)]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody outside the list: only who may be meant, and in which region."""

    pk: int
    sounds: tuple[str, ...]
    birth_on: date | None
    place: str


def exact(surname: str, given: str) -> str:
    """A name as it is written, case apart."""
    return sort_key(f"{surname} {given}")


class Register:
    """The people whose posts, today's or past, stand under a unit.

    `care` is where whoever sends the list keeps the staff (None: everywhere). Whoever works outside it is
    not changed by the list: her side is asked first (decision 0044).
    """

    def __init__(self, unit: Unit, on: date, care: Scope | None = None) -> None:
        scope = Scope((unit.path,))
        self.unit, self.on, self.care = unit, on, care or Scope(("",))
        self.libraries = Libraries(Unit.objects.filter(scope.q(), exists=True))
        self.opened = _opened(scope)
        self.posts = {post.code: post for post in Post.objects.all()}
        self.people: dict[int, Known] = {}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_sound: dict[str, list[Known]] = defaultdict(list)
        self.by_bones: dict[tuple[str, date], list[Known]] = defaultdict(list)
        self.by_phone: dict[str, list[Known]] = defaultdict(list)
        self.by_birth: dict[date, list[Known]] = defaultdict(list)
        self.by_surname: dict[str, list[Known]] = defaultdict(list)
        self.by_number: dict[str, Known] = {}
        self.spelt: dict[int, list[list[str]]] = defaultdict(list)
        self.numbered: dict[str, Known | Elsewhere] = {}
        self.elsewhere: dict[str, list[Elsewhere]] = defaultdict(list)
        self.main_outside: set[int] = set()
        self.asks_first: set[int] = set()
        self._load(scope)

    def _load(self, scope: Scope) -> None:
        here = Appointment.objects.live().filter(scope.q("unit__path"))
        # Who asked not to be shown is here too: her library's list must not register her a second time.
        people = Person.objects.filter(
            pk__in=here.values("person"), merged_into=None, erased_at=None, withdrawn_at=None
        )
        for row in people.values_list(*_COLUMNS):
            self._take(row)
        for pk, person, unit, post, employment, rate, since, until in here.values_list(
            "pk", "person_id", "unit_id", "post__code", "employment", "rate", "valid_from", "valid_to"
        ):
            known = self.people.get(person)
            if known is None:
                continue
            known.units.add(unit)
            if since <= self.on and (until is None or until > self.on):
                known.held.append(Held(pk, unit, post, employment, rate, since))
        self.main_outside = set(
            Appointment.objects.at(self.on)
            .filter(person__in=people, employment=Appointment.Employment.MAIN)
            .exclude(scope.q("unit__path"))
            .values_list("person_id", flat=True)
        )
        self.asks_first = self._under_others(Appointment.objects.filter(person__in=people))
        for person, blind in ProtectedId.objects.filter(person__in=people).values_list("person_id", "blind"):
            if person in self.people:
                self.people[person].blind = blind
                self.by_number[blind] = self.people[person]
        for person, *names, sound in (
            PreviousName.objects.live().filter(person__in=people).values_list("person_id", *NAME_FIELDS, "sound")
        ):
            known = self.people.get(person)
            if known is None:
                continue
            self.spelt[person].append(names)
            for surname, given in _pairs(names):
                _add(self.by_name[exact(surname, given)], known)
            if sound:
                _add(self.by_sound[sound], known)

    def _under_others(self, rows: QuerySet[Appointment]) -> set[int]:
        """Of the people of these appointments those who work, today or later, only outside the sender's care."""
        if "" in self.care.paths:
            return set()
        standing = rows.filter(superseded_at=None).exclude(valid_to__lte=self.on)
        works = set(standing.exclude(self.care.q("unit__path")).values_list("person_id", flat=True))
        return works - set(
            standing.filter(self.care.q("unit__path"), person__in=works).values_list("person_id", flat=True)
        )

    def fetch(self, pk: int) -> Known | None:
        """Somebody whom a person chose, wherever she works."""
        if pk not in self.people:
            row = duplicates.living().filter(pk=pk).values_list(*_COLUMNS).first()
            if row is None:
                return None
            self._take(row)
            kept = ProtectedId.objects.filter(person=pk).values_list("blind", flat=True).first()
            self.people[pk].blind = kept or ""
            if Appointment.objects.at(self.on).filter(person=pk, employment=Appointment.Employment.MAIN).exists():
                self.main_outside.add(pk)
            self.asks_first |= self._under_others(Appointment.objects.filter(person=pk))
        return self.people[pk]

    def _take(self, row: tuple[Any, ...]) -> None:
        many = len(NAME_FIELDS)
        names = list(row[1 : 1 + many])
        birth_on, sex, phone, email = row[1 + many : 5 + many]
        traits = list(row[5 + many : 5 + many + len(TRAIT_FIELDS)])
        sounds = tuple(filter(None, row[-3:]))
        known = Known(row[0], names, birth_on, sex, phone, email, traits, sounds)
        self.people[known.pk] = known
        for surname, given in _pairs(names):
            _add(self.by_name[exact(surname, given)], known)
        for sound in sounds:
            _add(self.by_sound[sound], known)
            if birth_on:
                _add(self.by_bones[duplicates.bones(sound), birth_on], known)
        if birth_on:
            self.by_birth[birth_on].append(known)
        if phone:
            self.by_phone[phone].append(known)
        for surname in {fold_name(names[place]) for place in (0, 3, 6) if names[place]}:
            _add(self.by_surname[surname], known)

    def look_up(self, numbers: Iterable[Iin], sounds: Iterable[str]) -> None:
        """Ask the rest of the country for these numbers and sounds, a few hundred at a time."""
        asked = {blind: number.digits for number in set(numbers) for blind in sealing.blinds(number.digits)}
        places = _Places()
        outside: list[tuple[str, int]] = []
        for some in _some(asked):
            for blind, person in ProtectedId.objects.filter(
                blind__in=some, person__withdrawn_at=None, person__erased_at=None
            ).values_list("blind", "person_id"):
                known = self.people.get(person)
                if known is not None:
                    self.numbered[asked[blind]] = known
                else:
                    outside.append((asked[blind], person))
        found = places.of([person for _digits, person in outside])
        for digits, person in outside:
            self.numbered[digits] = Elsewhere(person, (), None, found.get(person, ""))
        rows: list[tuple[int, tuple[str, ...], date]] = []
        wanted = set(sounds)
        for some in _some(sorted(wanted)):
            for column in ("sound_kk", "sound_ru", "sound_en"):
                rows += [
                    (pk, tuple(filter(None, words)), born)
                    for pk, born, *words in duplicates.living()
                    .filter(**{f"{column}__in": some}, birth_on__isnull=False)
                    .values_list("pk", "birth_on", "sound_kk", "sound_ru", "sound_en")
                    if pk not in self.people and born is not None
                ]
        found = places.of([pk for pk, _sounds, _born in rows])
        for pk, own, born in dict.fromkeys(rows):
            one = Elsewhere(pk, own, born, found.get(pk, ""))
            for sound in own:
                self.elsewhere[sound].append(one)


class _Places:
    """In which region people work today, by person; asked in a few queries for any number of people."""

    def of(self, people: list[int]) -> dict[int, str]:
        if not people:
            return {}
        regions = {str(unit.pk): unit.name for unit in Unit.objects.filter(kind=Unit.Kind.REGION)}
        found: dict[int, str] = {}
        for some in _some(people):
            for person, path in Appointment.objects.at().filter(person__in=some).values_list("person_id", "unit__path"):
                found[person] = next((regions[part] for part in path.split("/") if part in regions), "")
        return found


def _opened(scope: Scope) -> dict[int, date]:
    """Since when each unit of the scope stands without a break up to today."""
    found: dict[int, tuple[date, date | None]] = {}
    rows = UnitPlace.objects.live().filter(scope.q("unit__path")).order_by("unit_id", "valid_from")
    for unit, since, until in rows.values_list("unit_id", "valid_from", "valid_to"):
        before = found.get(unit)
        found[unit] = (before[0] if before and before[1] == since else since, until)
    return {unit: since for unit, (since, _until) in found.items()}


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    """Surname and given name in each script that has both."""
    seen = set()
    for start in (0, 3, 6):
        pair = (names[start], names[start + 1])
        if all(pair) and pair not in seen:
            seen.add(pair)
            yield pair


def _add(people: list[Known], known: Known) -> None:
    if not people or people[-1] is not known:
        people.append(known)


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(values)
    while batch := list(islice(waiting, SOME)):
        yield batch


def father_sound(names: list[str]) -> str:
    return fold_name(names[2] or names[5])
