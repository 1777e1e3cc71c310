"""Who a row means: somebody of the register for certain, perhaps somebody, or a new person (domain.md §2.3).

Certain is: the same number and a name that fits; or the same written name with the same date of birth,
or with one date unknown in the same library. A name that only sounds the same is never certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from orken.kit.text.folding import fold_name
from orken.network.staff_list.reading import Refused, Values
from orken.network.staff_list.reasons import Note, note
from orken.network.staff_list.register import Elsewhere, Known, Register, exact, father_sound
from orken.people import sealing
from orken.people.duplicates import bones
from orken.people.models import NAME_FIELDS
from orken.people.models.person import SCRIPTS, sound_of, sound_words

MOST_CANDIDATES = 8
Person = TypeVar("Person", Known, Elsewhere)
Leader = tuple[int, int]  # sheet and number of the row in which a new person stands first


@dataclass(slots=True)
class Who:
    """The answer: `known`, or `leader` (an earlier row of the file), or `candidates` in doubt; none of them: new."""

    known: Known | None = None
    leader: Leader | None = None
    doubt: Note | None = None
    candidates: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class First:
    """A new person where she stands first in the file."""

    place: Leader
    values: Values
    unit_id: int


class Matching:
    """Asks the register and the rows above; remembers who is new in this file."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._names: dict[str, list[First]] = defaultdict(list)
        self._sounds: dict[str, list[First]] = defaultdict(list)
        self._numbers: dict[str, First] = {}

    def remember(self, place: Leader, values: Values, unit_id: int) -> None:
        """The row brings somebody new: rows below may mean her."""
        first = First(place, values, unit_id)
        for surname, given in values.pairs:
            self._names[exact(surname, given)].append(first)
        for sound in values.sounds:
            self._sounds[sound].append(first)
        if values.number is not None:
            self._numbers[values.number.digits] = first

    def who(self, values: Values, unit_id: int) -> Who:
        """Raises Refused for initials that fit nobody and for a number that stands above under another name."""
        found = self._by_number(values)
        if found is not None:
            return found
        if values.initials:
            return self._by_initials(values, unit_id)
        who = Who()
        return (
            self._by_name(values, unit_id, who)
            or self._above(values, unit_id)
            or self._by_sound(values, unit_id)
            or who
        )

    # --- by number ---

    def _by_number(self, values: Values) -> Who | None:
        if values.number is None:
            return None
        found = self.register.numbered.get(values.number.digits)
        if isinstance(found, Known):
            if fits(found, values, self.register.spelt.get(found.pk, ())):
                return Who(known=found)
            return _doubt("number_other", [found])
        if isinstance(found, Elsewhere):
            return _doubt("number_elsewhere", [found], place=found.place)
        above = self._numbers.get(values.number.digits)
        if above is not None:
            if set(above.values.sounds) & set(values.sounds):
                return Who(leader=above.place)
            raise Refused("iin_twice", "iin", row=above.place[1])
        return None

    # --- by written name ---

    def _by_name(self, values: Values, unit_id: int, who: Who) -> Who | None:
        people = _distinct(one for pair in values.pairs for one in self.register.by_name.get(exact(*pair), ()))
        certain: list[Known] = []
        doubts: list[tuple[str, Known]] = []
        for known in people:
            verdict = self._compare(known, values, unit_id)
            if verdict == "same":
                certain.append(known)
            elif verdict == "different":
                who.notes = [note("apart", "name")]
            else:
                doubts.append((verdict, known))
        if len(certain) > 1:
            here = [known for known in certain if unit_id in known.units]
            if len(here) != 1:
                return _doubt("several", certain)
            certain = here
        if certain:
            return Who(known=certain[0])
        return _doubt(doubts[0][0], [known for _code, known in doubts]) if doubts else None

    def _compare(self, known: Known, values: Values, unit_id: int) -> str:
        """Same, different, or the code of the doubt."""
        born, numbered = known.birth_on, known.blind and values.number is not None
        if numbered and values.number is not None and known.blind not in sealing.blinds(values.number.digits):
            return "number_differs" if born is not None and born == values.birth_on else "different"
        fathers = _fathers_differ(known, values)
        here = unit_id in known.units
        if born is not None and values.birth_on is not None:
            if born == values.birth_on:
                return "undated" if fathers else "same"
            swapped = born.year == values.birth_on.year and (born.day, born.month) == (
                values.birth_on.month, values.birth_on.day,
            )  # fmt: skip
            return "swapped" if swapped else "different"
        if born is not None and values.birth_year is not None and born.year != values.birth_year:
            return "different"
        if here:
            return "different" if fathers else "same"
        return "different" if fathers else "undated"

    def _by_initials(self, values: Values, unit_id: int) -> Who:
        wanted: list[Known] = []
        for script in SCRIPTS:
            surname = fold_name(values.names.get(f"surname_{script}", ""))
            letter = fold_name(values.names.get(f"given_{script}", ""))[:1]
            father = fold_name(values.names.get(f"patronymic_{script}", ""))[:1]
            for known in self.register.by_surname.get(surname, ()) if surname and letter else ():
                givens = {fold_name(known.names[place])[:1] for place in (1, 4, 7) if known.names[place]}
                fathers = {fold_name(known.names[place])[:1] for place in (2, 5) if known.names[place]}
                near = unit_id in known.units or (known.birth_on and known.birth_on == values.birth_on)
                if near and letter in givens and (not father or not fathers or father in fathers):
                    wanted.append(known)
        wanted = _distinct(wanted)
        if not wanted:
            raise Refused("initials", "name")
        return Who(known=wanted[0]) if len(wanted) == 1 else _doubt("several", wanted)

    # --- in the rows above ---

    def _above(self, values: Values, unit_id: int) -> Who | None:
        for pair in values.pairs:
            for first in self._names.get(exact(*pair), ()):
                verdict = _compare_rows(first, values, unit_id)
                if verdict == "same":
                    return Who(leader=first.place)
                if verdict == "unsure":
                    return _doubt_row("in_file_undated", first)
        for sound in values.sounds:
            for first in self._sounds.get(sound, ()):
                if _compare_rows(first, values, unit_id) == "same":
                    return _doubt_row("in_file", first)
        return None

    # --- by sound ---

    def _by_sound(self, values: Values, unit_id: int) -> Who | None:
        own = values.sounds
        people = _distinct(one for sound in own for one in self.register.by_sound.get(sound, ()))
        found = [one for one in people if self._compare(one, values, unit_id) in ("same", "swapped", "number_differs")]
        if found:
            return _doubt("sounds", found)
        if values.birth_on is not None:
            near = _distinct(
                one for sound in own for one in self.register.by_bones.get((bones(sound), values.birth_on), ())
            )
            if near := [one for one in near if self._compare(one, values, unit_id) != "different"]:
                return _doubt("nearly", near)
            married = [one for one in self.register.by_birth.get(values.birth_on, ()) if _same_but_surname(one, values)]
            if married:
                return _doubt("surname", married)
        if values.phone:
            called = [one for one in self.register.by_phone.get(values.phone, ()) if _same_given(one, values)]
            if called:
                return _doubt("telephone", called)
        if values.birth_on is not None:
            away = [
                one
                for sound in own
                for one in self.register.elsewhere.get(sound, ())
                if one.birth_on == values.birth_on
            ]
            if away:
                return _doubt("elsewhere", _distinct(away), place=away[0].place)
        return None


def fits(known: Known, values: Values, spelt: Iterable[list[str]] = ()) -> bool:
    """Whether a name may be hers, given that the number is: the same sound, or the given name with another surname."""
    if set(known.sounds) & set(values.sounds):
        return True
    others = {sound_of(names[place], names[place + 1]) for names in spelt for place in (0, 3, 6)}
    if others & set(values.sounds):
        return True
    if values.initials:
        surnames = {fold_name(known.names[place]) for place in (0, 3, 6)} - {""}
        return bool(surnames & {fold_name(pair[0]) for pair in values.pairs})
    return _same_given(known, values)


def _same_given(known: Known, values: Values) -> bool:
    mine = {sound_words(known.names[place]) for place in (1, 4, 7) if known.names[place]}
    return bool(mine & {sound_words(given) for _surname, given in values.pairs})


def _same_but_surname(known: Known, values: Values) -> bool:
    father = _father(values)
    return bool(father) and father == father_sound(known.names) and _same_given(known, values)


def _father(values: Values) -> str:
    return fold_name(values.names.get("patronymic_kk") or values.names.get("patronymic_ru") or "")


def _fathers_differ(known: Known, values: Values) -> bool:
    mine, theirs = father_sound(known.names), _father(values)
    return bool(mine and theirs and mine != theirs and not mine.startswith(theirs) and not theirs.startswith(mine))


def _compare_rows(first: First, values: Values, unit_id: int) -> str:
    one, other = first.values, values
    if one.number and other.number and one.number != other.number:
        return "different"
    fathers = (_father(one), _father(other))
    if all(fathers) and fathers[0] != fathers[1]:
        return "different"
    if one.birth_on and other.birth_on:
        return "same" if one.birth_on == other.birth_on else "different"
    if one.birth_year and other.birth_year and one.birth_year != other.birth_year:
        return "different"
    return "same" if first.unit_id == unit_id else "unsure"


def _doubt(code: str, people: Iterable[Known | Elsewhere], **parameters: str) -> Who:
    chosen = [str(one.pk) for one in people][:MOST_CANDIDATES]
    return Who(doubt=note(code, "name", parameters), candidates=chosen)


def _doubt_row(code: str, first: First) -> Who:
    return Who(doubt=note(code, "name", {"row": first.place[1]}), candidates=[f"row:{first.place[0]}:{first.place[1]}"])


def _distinct(people: Iterable[Person]) -> list[Person]:
    return list({one.pk: one for one in people}.values())


def scripts_of(values: Values) -> Iterator[str]:
    """The scripts in which the row gives surname and given name."""
    for script in SCRIPTS:
        if values.names.get(f"surname_{script}") and values.names.get(f"given_{script}"):
            yield script


FIELDS_OF = {script: [name for name in NAME_FIELDS if name.endswith(f"_{script}")] for script in SCRIPTS}
