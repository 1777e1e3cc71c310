"""Why a row is refused or doubtful, and what is worth knowing about it: kept as codes, told in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.network.staff_list import reasons as staff
from orken.network.staff_list.reasons import Note, note

__all__ = ["Note", "note", "text"]
OURS: dict[str, str | Promise] = {
    # refused
    "title_missing": _("The row does not say what the training was called. Write it here, or for the whole register."),
    "days_missing": _("The row does not say when the training was. Write the days here, or for the whole register."),
    "days_unread": _("“%(text)s” cannot be read as days. Write them as 12.04.2019 – 16.04.2019."),
    "days_order": _("The last day stands before the first: “%(text)s”."),
    "days_later": _("The training is not over yet: “%(text)s”. A register of earlier years tells what was."),
    "days_early": _("“%(text)s” lies before 1950."),
    "hours_missing": _("The row does not say how many hours it had. Write them here, or for the whole register."),
    "hours_unread": _("“%(text)s” cannot be read as hours: a whole number from 1 to 1,000."),
    "herself": _("This is you: nobody vouches for herself. Another registrar applies this row."),
    "erased": _("Her data were erased."),
    "skipped": _("Left out by hand."),
    # doubtful
    "initials": _("Only initials stand here. Say who is meant."),
    "alone": _("The register of people has this name once, but nothing else in the row tells that it is she."),
    "several": _("The register of people has this name several times."),
    "sounds": _("The register of people has somebody whose name sounds the same."),
    "surname": _("The register of people has the same given name, patronymic and date of birth with another surname."),
    "number_other": _("The IIN belongs to somebody with another name."),
    # not found
    "nobody": _("Nobody of your scope is called so. Correct the name, or choose her by hand."),
    "elsewhere": _("Somebody with this IIN works outside your scope. The National Library can enter this row."),
    # stands already
    "stands": _("Her record has this training already, from paper."),
    "repeats": _("It repeats row %(row)s."),
    "meanwhile": _("Somebody entered it while this register was applied."),
    # worth knowing
    "claimed": _("She has claimed this training herself: applying confirms her claim."),
    "month_only": _("Only the month stands here: its first and its last day are taken."),
    "year_only": _("Only the year stands here: its first and its last day are taken."),
    "one_day": _("One day stands here: first and last."),
    "default": _("Taken from what was said for the whole register: %(what)s."),
    "above": _("Taken from the line above: “%(text)s”."),
    "unit_unread": _("No library of your scope is called “%(text)s”; people were looked for without it."),
    "chosen": _("Chosen by hand."),
}  # fmt: skip


def text(note: Sequence[Any]) -> str:
    """The sentence of a note in the reader's language."""
    code, _field, parameters = note
    if code not in OURS:
        return staff.text(note)
    template = str(OURS[code])
    if code == "default":
        from orken.credentials.past import words

        parameters = {"what": ", ".join(words.label_of(name) for name in parameters["fields"])}
    return template % parameters if parameters else template
