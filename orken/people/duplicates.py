"""Who may be one woman under two rows: suggestions with their reasons; nothing is joined by itself (domain.md §2.3).

Pairs meet by the sound of their names, by birth date with the bones of the name (Еркін, Еркен), by
telephone, or by birth date with given name and patronymic (a surname changed by marriage). Each
agreement adds to the weight, each contradiction takes away; whoever decides reads the reasons.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.text.folding import fold_name
from orken.people.models import Apart, Person, PreviousName

MOST_OF_ONE_SOUND = 40  # more people of one name than this are told apart by their dates only
WORTH_A_LOOK = 50
_FIRST = str.maketrans({"о": "у", "и": "е", "э": "е"})
_VOWELS = re.compile(r"[аеиоуыэюя\s]")

REASONS: dict[str, str | Promise] = {
    "sound": _("the names sound the same"),
    "bones": _("the names are nearly the same"),
    "given": _("same given name and patronymic, another surname"),
    "born": _("same date of birth"),
    "year": _("same year of birth"),
    "swapped": _("day and month of birth changed places"),
    "phone": _("same telephone"),
    "patronymic": _("same patronymic"),
    "place": _("the same library"),
    "not_born": _("different dates of birth"),
    "not_patronymic": _("different patronymics"),
    "not_sex": _("different sex"),
}
_WEIGHTS = {
    "sound": 50, "bones": 30, "given": 30, "born": 40, "year": 10, "swapped": 30, "phone": 40, "patronymic": 15,
    "place": 10, "not_born": -35, "not_patronymic": -25, "not_sex": -60,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """What of a person is compared."""

    pk: int
    sounds: tuple[str, ...]
    birth_on: date | None
    phone: str
    sex: str
    patronymic: str
    given: str
    place: int = 0


@dataclass(frozen=True)
class Pair:
    """Two who may be one: `weight` from 50 (worth a look) up, and why."""

    one: int
    other: int
    weight: int
    why: tuple[str, ...] = field(default=())

    @property
    def worth(self) -> bool:
        """Whether more speaks for it than against it."""
        return self.weight >= WORTH_A_LOOK

    @property
    def reasons(self) -> list[str | Promise]:
        return [REASONS[code] for code in self.why if not code.startswith("not_")]

    @property
    def doubts(self) -> list[str | Promise]:
        return [REASONS[code] for code in self.why if code.startswith("not_")]


def living(rows: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """People who stand in lists: not merged into another, not blocked, erased or taken back."""
    found = Person.objects.all() if rows is None else rows
    return found.filter(merged_into=None, blocked_at=None, erased_at=None, withdrawn_at=None)


def bones(sound: str) -> str:
    """The consonants of each word after its first letter; «х» and «к», first «о» and «у», are one (Хабиболла, Қабиболла)."""
    return " ".join(word[0].translate(_FIRST) + _VOWELS.sub("", word[1:]) for word in sound.replace("х", "к").split())


def faces(people: QuerySet[Person], places: Mapping[int, int] | None = None) -> list[Face]:
    """The faces of `people` in two queries; `places` says where each works, by person. A name that ended still sounds hers."""
    at, before = places or {}, _before(people)
    return [
        Face(
            pk, tuple(dict.fromkeys(filter(None, (kk, ru, en, *before.get(pk, ()))))), born, phone, sex,
            _father(patronymic_kk or patronymic_ru), (kk or ru or en).rpartition(" ")[2], at.get(pk, 0),
        )
        for pk, kk, ru, en, born, phone, sex, patronymic_kk, patronymic_ru in people.values_list(
            "pk", "sound_kk", "sound_ru", "sound_en", "birth_on", "phone", "sex", "patronymic_kk", "patronymic_ru"
        )
    ]  # fmt: skip


def _before(people: QuerySet[Person]) -> Mapping[int, list[str]]:
    """How the names sounded that ended, by person."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = PreviousName.objects.live().filter(person__in=people.order_by().values("pk")).exclude(sound="")
    for person, sound in rows.values_list("person", "sound"):
        found[person].append(sound)
    return found


def face_of(person: Person) -> Face:
    """The face of one who may not be written yet: its names are derived."""
    return Face(
        person.pk, person.sounds, person.birth_on, person.phone, person.sex,
        _father(person.patronymic_kk or person.patronymic_ru),
        (person.sound_kk or person.sound_ru or person.sound_en).rpartition(" ")[2],
    )  # fmt: skip


_fathers: dict[str, str] = {}


def _father(patronymic: str) -> str:
    found = _fathers.get(patronymic)
    if found is None:
        if len(_fathers) > 20_000:
            _fathers.clear()
        found = _fathers[patronymic] = fold_name(patronymic)
    return found


def compare(one: Face, other: Face) -> Pair:
    """How much speaks for the two being one."""
    why: list[str] = []
    if set(one.sounds) & set(other.sounds):
        why.append("sound")
    elif {bones(sound) for sound in one.sounds} & {bones(sound) for sound in other.sounds}:
        why.append("bones")
    elif one.given and one.given == other.given and one.patronymic and one.patronymic == other.patronymic:
        why.append("given")
    if one.birth_on and other.birth_on:
        why.append(_dates(one.birth_on, other.birth_on))
    if one.phone and one.phone == other.phone:
        why.append("phone")
    if one.patronymic and other.patronymic and "given" not in why:
        why.append("patronymic" if one.patronymic == other.patronymic else "not_patronymic")
    if one.place and one.place == other.place:
        why.append("place")
    if one.sex and other.sex and one.sex != other.sex:
        why.append("not_sex")
    why = [code for code in why if code]
    first, second = sorted((one.pk, other.pk))
    return Pair(first, second, sum(_WEIGHTS[code] for code in why), tuple(why))


def _dates(one: date, other: date) -> str:
    if one == other:
        return "born"
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return "swapped"
    return "year" if one.year == other.year else "not_born"


def among(people: list[Face]) -> list[Pair]:
    """Pairs worth a look among `people`, heaviest first, without those that somebody told apart."""
    apart = set(Apart.objects.values_list("one_id", "other_id"))
    found: dict[tuple[int, int], Pair] = {}
    for one, other in _meeting(people):
        key = (min(one.pk, other.pk), max(one.pk, other.pk))
        if key not in found and key not in apart:
            found[key] = compare(one, other)
    worth = [pair for pair in found.values() if pair.worth]
    return sorted(worth, key=lambda pair: (-pair.weight, pair.one, pair.other))


def of(face: Face, people: Iterable[Face], *, namesakes: bool = False) -> list[Pair]:
    """Who among `people` may be this one; with `namesakes` also who is called the same and has another date of birth."""
    pairs = [compare(face, other) for other in people if other.pk != face.pk]
    worth = (pair for pair in pairs if pair.worth or (namesakes and _namesake(pair)))
    return sorted(worth, key=lambda pair: -pair.weight)


def _namesake(pair: Pair) -> bool:
    """The date may be mistyped; with another patronymic besides it is another woman."""
    return "sound" in pair.why and not {"not_born", "not_patronymic"} <= set(pair.why)


def _meeting(people: list[Face]) -> Iterator[tuple[Face, Face]]:
    """Pairs that share a key, so that not everybody is compared with everybody."""
    for keys in (_by_sound, _by_bones, _by_phone, _by_given):
        groups: dict[object, list[Face]] = defaultdict(list)
        for face in people:
            for key in keys(face):
                groups[key].append(face)
        for group in groups.values():
            if 1 < len(group) <= MOST_OF_ONE_SOUND:
                yield from combinations(group, 2)


def _by_sound(face: Face) -> Iterable[object]:
    return face.sounds


def _by_bones(face: Face) -> Iterable[object]:
    return {(bones(sound), face.birth_on) for sound in face.sounds} if face.birth_on else ()


def _by_phone(face: Face) -> Iterable[object]:
    return (face.phone,) if face.phone else ()


def _by_given(face: Face) -> Iterable[object]:
    return ((face.given, face.patronymic, face.birth_on),) if face.birth_on and face.patronymic and face.given else ()
