"""The verbs of the network: each is one transaction, one permission check, one audit row."""

from orken.network.copies import CURRENT_TRAIT_FIELDS, NAME_FIELDS, NUMBERS, TRAIT_FIELDS
from orken.network.refusals import (
    CannotMove,
    CannotUndo,
    EditedMeanwhile,
    EndedAlready,
    EndsBeforeItBegan,
    Meanwhile,
    ParentNotThere,
    PostIsTaken,
    Refusal,
    RoleIsHeld,
    RoleNotHere,
    StandsThere,
    StillInUse,
    UnitNotOpen,
    UnitNotThere,
    WrongKind,
)
from orken.network.services.reckoning import Reckoning
from orken.network.services.staff import appoint, assign_role, dismiss, end_role, may_give
from orken.network.services.undoing import TRIES, size_of, undo
from orken.network.services.units import (
    bring_up_to_today,
    close_unit,
    move_unit,
    note_line,
    open_unit,
    refresh_current,
    rename_unit,
    reopen_unit,
    set_traits,
)

__all__ = [
    "CURRENT_TRAIT_FIELDS", "NAME_FIELDS", "NUMBERS", "TRAIT_FIELDS", "TRIES", "CannotMove", "CannotUndo", "EditedMeanwhile",
    "EndedAlready", "EndsBeforeItBegan", "Meanwhile", "ParentNotThere", "PostIsTaken", "Reckoning", "Refusal",
    "RoleIsHeld", "RoleNotHere", "StandsThere", "StillInUse", "UnitNotOpen", "UnitNotThere", "WrongKind", "appoint",
    "assign_role", "bring_up_to_today", "close_unit", "dismiss", "end_role", "may_give", "move_unit", "note_line", "open_unit",
    "refresh_current", "rename_unit", "reopen_unit", "set_traits", "size_of", "undo",
]  # fmt: skip
