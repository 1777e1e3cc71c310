"""Why a row is refused or doubtful, and what is worth knowing about it: kept as codes, told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Note = list[Any]  # [code, field, parameters]

REFUSED: dict[str, str | Promise] = {
    "no_name": _("There is no name in the row."),
    "one_word": _("Only “%(text)s” stands here: write surname and given name."),
    "initials": _("Only initials stand here, and nobody in this library fits. Write the given name in full."),
    "name_long": _("The name is longer than 100 letters."),
    "not_a_name": _("“%(text)s” is no name of a person."),
    "iin_length": _("An IIN has 12 digits, here are %(n)s."),
    "iin_digits": _("An IIN has only digits."),
    "iin_check": _("The last digit of the IIN does not fit the others: one of them is mistyped."),
    "iin_twice": _("The same IIN stands in row %(row)s under another name."),
    "birth_unread": _("“%(text)s” cannot be read as a date. Write it as 31.12.1980."),
    "birth_range": _("Nobody on a staff was born on %(text)s."),
    "unit_none": _("No library of this list is called “%(text)s”."),
    "unit_several": _("Several libraries may be meant by “%(text)s”. Write the code or the full name."),
    "unit_missing": _("The row does not say in which library she works."),
    "post_none": _("The register of posts has no “%(text)s”."),
    "post_missing": _("The row does not say which post she holds."),
    "asks_first": _(
        "She works in another library, outside your care. Appoint her on the page of the library: her side is asked."
    ),
    "closed": _("The library does not exist on this day."),
    "meanwhile": _("The register was changed while the list was applied. Look the list through again."),
}
DOUBTFUL: dict[str, str | Promise] = {
    "sounds": _("The register has somebody whose name sounds the same."),
    "nearly": _("The register has somebody with nearly the same name and the same date of birth."),
    "undated": _("The register has this name, and the date of birth is not known on both sides."),
    "several": _("The register has this name several times."),
    "swapped": _("The register has this name with day and month of birth the other way round."),
    "surname": _("The register has the same given name, patronymic and date of birth with another surname."),
    "telephone": _("The register has the same given name and telephone with another surname."),
    "number_other": _("The IIN belongs to somebody with another name."),
    "number_differs": _("The register has this name and date of birth with another IIN."),
    "elsewhere": _("Somebody with this name and date of birth works outside this list: %(place)s."),
    "number_elsewhere": _("Somebody with this IIN works outside this list: %(place)s."),
    "unit_perhaps": _("No library of this list is called exactly “%(text)s”. Say which one is meant."),
    "in_file": _("Perhaps she stands in row %(row)s already: the name sounds the same."),
    "in_file_undated": _(
        "The same name stands in row %(row)s; without a date of birth nobody can tell whether it is she."
    ),
}
KNOWING: dict[str, str | Promise] = {
    "iin_date": _("The digits of the IIN tell another date of birth. It happens; please check."),
    "iin_sex": _("The digits of the IIN tell another sex. It happens; please check."),
    "unit_near": _("Read “%(text)s” as “%(name)s”."),
    "unit_said": _("Said by hand: “%(text)s” is “%(name)s”."),
    "unit_above": _("The library is taken from the row above."),
    "unit_default": _("The library is the one that the list is for."),
    "post_part": _("The register of posts has no “%(text)s”: only the other post is written down."),
    "post_default": _("The post is the one that you chose for rows without one."),
    "phone_unread": _("“%(text)s” is no telephone number and is left out."),
    "mail_unread": _("“%(text)s” is no e-mail address and is left out."),
    "value_unread": _("“%(text)s” is not understood and is left out."),
    "year_only": _("Only the year of birth is given; it is not written down."),
    "follows": _("She stands in row %(row)s too: this row adds a post."),
    "repeats": _("It repeats row %(row)s."),
    "apart": _("The register has the same name with another date of birth: taken for another person."),
    "moves": _("Moves from “%(name)s”."),
    "returns": _("Comes back to work."),
    "surname_changed": _("The surname changes from “%(text)s”."),
    "spelling": _("This spelling is remembered, the name in the register stays."),
    "skipped": _("Left out by hand."),
}
ALL = {**REFUSED, **DOUBTFUL, **KNOWING}
SECRET = ("iin", "phone", "mail")


def text(note: Sequence[Any]) -> str:
    """The sentence of a note in the reader's language."""
    code, _field, parameters = note
    template = str(ALL.get(code, code))
    return template % parameters if parameters else template


def note(code: str, field: str = "", parameters: Mapping[str, Any] | None = None) -> Note:
    return [code, field, dict(parameters or {})]
