"""Whom a row of a register means: somebody for certain, perhaps somebody, or nobody of the scope (decision 0068).

Certain is: the same number of a person and a name that fits; or the same written name, and a second sign beside
it: the date of birth, the patronymic, or the library, with nobody else of whom the same can be said.
Initials are never certain, however few fit; nor is a name that only sounds the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from orken.credentials.past.reasons import Note, note
from orken.kit.text.folding import fold_name
from orken.network.models import Unit
from orken.network.staff_list.matching import MOST_CANDIDATES, fits
from orken.network.staff_list.reading import Values
from orken.network.staff_list.register import Elsewhere, Known, Register, exact
from orken.people.models.person import SCRIPTS, sound_words


@dataclass(slots=True)
class Who:
    """`known` for certain; else `candidates` in doubt; else nobody. `why` is the reason of a doubt or of nobody."""

    known: Known | None = None
    candidates: list[int] = field(default_factory=list)
    why: Note | None = None


class Matching:
    def __init__(self, register: Register) -> None:
        self.register = register

    def who(self, values: Values, unit: Unit | None) -> Who:
        if values.number is not None:
            found = self.register.numbered.get(values.number.digits)
            if isinstance(found, Elsewhere):
                return Who(why=note("elsewhere", "iin"))
            if isinstance(found, Known):
                if fits(found, values, self.register.spelt.get(found.pk, ())):
                    return Who(known=found)
                return _doubt("number_other", [found])
        if values.initials:
            return self._by_initials(values, unit)
        return self._by_name(values, unit) or self._by_sound(values, unit) or Who(why=note("nobody", "name"))

    def _by_name(self, values: Values, unit: Unit | None) -> Who | None:
        people = _distinct(one for pair in values.pairs for one in self.register.by_name.get(exact(*pair), ()))
        every = [one for one in people if not self._other(one, values)]
        if not every:
            return None
        left = [one for one in every if self._same_birth(one, values)] or every
        if len(left) == 1 and left is not every:
            return Who(known=left[0])
        fathers = [one for one in left if self._same_father(one, values)]
        if len(fathers) == 1 == len(left):
            return Who(known=fathers[0])
        # Of several namesakes a patronymic alone does not tell which: that of another may only be unknown.
        here = [one for one in fathers or left if self.near(one, unit)]
        if len(here) == 1:
            return Who(known=here[0])
        return _doubt("alone" if len(every) == 1 else "several", self._nearest(every, unit))

    def _by_initials(self, values: Values, unit: Unit | None) -> Who:
        wanted: list[Known] = []
        for script in SCRIPTS:
            surname = fold_name(values.names.get(f"surname_{script}", ""))
            letter = fold_name(values.names.get(f"given_{script}", ""))[:1]
            father = fold_name(values.names.get(f"patronymic_{script}", ""))[:1]
            for known in self.register.by_surname.get(surname, ()) if surname and letter else ():
                givens = {fold_name(known.names[place])[:1] for place in (1, 4, 7) if known.names[place]}
                fathers = {fold_name(known.names[place])[:1] for place in (2, 5) if known.names[place]}
                if letter in givens and (not father or not fathers or father in fathers):
                    wanted.append(known)
        wanted = [one for one in _distinct(wanted) if not self._other(one, values)]
        return _doubt("initials", self._nearest(wanted, unit)) if wanted else Who(why=note("nobody", "name"))

    def _by_sound(self, values: Values, unit: Unit | None) -> Who | None:
        people = _distinct(one for sound in values.sounds for one in self.register.by_sound.get(sound, ()))
        if found := [one for one in people if not self._other(one, values)]:
            return _doubt("sounds", self._nearest(found, unit))
        if values.birth_on is not None:
            born = self.register.by_birth.get(values.birth_on, ())
            if married := [one for one in born if _same_given(one, values) and self._same_father(one, values)]:
                return _doubt("surname", self._nearest(married, unit))
        return None

    # --- signs ---

    def _other(self, known: Known, values: Values) -> bool:
        """Something speaks against her: another day of birth, another father."""
        if values.birth_on and known.birth_on and values.birth_on != known.birth_on:
            return True
        if values.birth_year and known.birth_on and values.birth_year != known.birth_on.year:
            return True
        mine, hers = _fathers(values), _fathers_of(known)
        return bool(mine and hers) and not any(
            one == other or one.startswith(other) or other.startswith(one) for one in mine for other in hers
        )

    def _same_birth(self, known: Known, values: Values) -> bool:
        return values.birth_on is not None and values.birth_on == known.birth_on

    def _same_father(self, known: Known, values: Values) -> bool:
        return any(len(one) > 1 for one in _fathers(values) & _fathers_of(known))

    def near(self, known: Known, unit: Unit | None) -> bool:
        """She works or worked in the library, or in what it stands under or over."""
        if unit is None:
            return False
        paths = [self.register.libraries.by_id[pk].path for pk in known.units if pk in self.register.libraries.by_id]
        return any(path.startswith(unit.path) or unit.path.startswith(path) for path in paths)

    def _nearest(self, people: list[Known], unit: Unit | None) -> list[Known]:
        return sorted(people, key=lambda one: (not self.near(one, unit), one.pk))


def _fathers(values: Values) -> set[str]:
    return {fold_name(text) for code in ("kk", "ru") if (text := values.names.get(f"patronymic_{code}", ""))} - {""}


def _fathers_of(known: Known) -> set[str]:
    return {fold_name(known.names[place]) for place in (2, 5)} - {""}


def _same_given(known: Known, values: Values) -> bool:
    hers = {sound_words(known.names[place]) for place in (1, 4, 7) if known.names[place]}
    return bool(hers & {sound_words(given) for _surname, given in values.pairs})


def _doubt(code: str, people: Iterable[Known]) -> Who:
    return Who(candidates=[one.pk for one in people][:MOST_CANDIDATES], why=note(code, "name"))


def _distinct(people: Iterable[Known]) -> list[Known]:
    return list({one.pk: one for one in people}.values())
