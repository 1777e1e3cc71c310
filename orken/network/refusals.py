"""What the network does not let happen; each is shown to people as a sentence (forms, tables) by `sentence`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from orken.network.models import Unit

Values = dict[str, Any]


def filled(message: str | Promise, **values: Any) -> Promise:
    """A sentence with its values, put together in the language of whoever reads it."""

    def together() -> str:
        return str(message) % {
            key: date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
            for key, value in values.items()
        }

    return cast("Promise", lazy(together, str)())


NO_TELEPHONE = _("Write the number in digits, for example 8 (718-36) 9-12-34.")
CODE_OF_OTHERS = _("Codes that begin so belong to %(region)s. Choose one of your own region.")


class Refusal(Exception):
    """The base of those that have one sentence."""

    says: str | Promise = ""

    def __init__(self, about: str = "", **values: Any) -> None:
        super().__init__(about)
        self.values = values

    @property
    def sentence(self) -> Promise:
        return filled(self.says, **self.values)


class EditedMeanwhile(Exception):
    """Somebody else changed the unit after this form was opened; nothing was written."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit.code)
        self.unit = unit


class Meanwhile(Refusal):
    """What was reckoned before the lock does not fit what stands under it: others changed it meanwhile."""

    says = _("Others are changing the same units right now. Nothing was written; try again in a minute.")


class CannotMove(Refusal):
    """The new parent stands inside the unit itself, today or on a coming day."""

    says = _("The new parent stands inside this unit itself.")


class StillInUse(Refusal):
    """The unit cannot close on this day: units or staff are still under it, then or later."""

    says = _("Open units or staff are still under it on that day or later. Move or dismiss them first.")


class UnitNotThere(Refusal):
    """Nothing happens to a unit on a day before it began or after it closed."""

    says = _("The unit does not exist on that day. It is open on these days: %(days)s.")


class ParentNotThere(Refusal):
    """The parent does not exist on every day of its child."""

    says = _("The unit %(parent)s does not exist on all these days.")


class WrongKind(Refusal):
    """A unit of this kind does not stand under a unit of that kind (kinds.PARENTS)."""

    says = _("A unit of the kind “%(kind)s” stands only under: %(parents)s.")


class StandsThere(Refusal):
    """The unit is open on that day already."""

    says = _("The unit is open on that day already.")


class UnitNotOpen(Refusal):
    """The unit does not exist on all the days of the appointment."""

    says = _("The library does not exist on all these days.")


class RoleIsHeld(Refusal):
    """The person holds this role over this unit already."""

    says = _("She holds this role here already.")


class RoleNotHere(Refusal):
    """The role means nothing over a unit of this kind (kinds.ROLE_PLACES)."""

    says = _("This role is given only over: %(kinds)s.")


class PostIsTaken(Refusal):
    """The person already has a main post on these days; she can only combine."""

    says = _("She has a main post, or this very post, on these days already. Choose a combined post or other days.")


class BornLater(Refusal):
    """A post cannot begin before its holder was born; most often the year is mistyped."""

    says = _("A post that begins on %(since)s and a birth on that day or later do not go together. Check the years.")


class GoneMeanwhile(Refusal):
    """Somebody ended or changed it after the page was opened."""

    says = _("Somebody changed it before you.")


class AsksFirst(Refusal):
    """She works where the writer does not keep the staff: her side is asked first (decision 0044)."""

    says = _("She works in another library, outside your care. Ask for a transfer: her side answers.")


class NothingToAsk(Refusal):
    """Nobody else keeps her post, so she is appointed straight away."""

    says = _("She holds no post outside your care. Appoint her: nobody has to be asked.")


class AskedAlready(Refusal):
    """One live request for a person and a library."""

    says = _("She was asked for by this library already, and the answer is awaited.")


class EndsBeforeItBegan(Refusal):
    """A day of the end before the day of the beginning: most often a mistyped year."""

    says = _("It began on %(since)s and cannot end before that day. Check the year.")


class EndedAlready(Refusal):
    """It ended before that day."""

    says = _("It ended on %(until)s already.")


class CannotUndo(Exception):
    """Something was changed again since, or the verb knows no way back."""
