"""The verbs of the network: each is one transaction, one permission check, one audit row."""

from orken.network.copies import CURRENT_TRAIT_FIELDS, NAME_FIELDS, NUMBERS, TRAIT_FIELDS
from orken.network.refusals import (
    AskedAlready,
    AsksFirst,
    BornLater,
    CannotMove,
    CannotUndo,
    EditedMeanwhile,
    EndedAlready,
    EndsBeforeItBegan,
    GoneMeanwhile,
    Meanwhile,
    NothingToAsk,
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
from orken.network.services.staff import (
    appoint,
    assign_role,
    dismiss,
    end_role,
    lock_unit,
    may_give,
    open_throughout,
    place,
    works_elsewhere,
)
from orken.network.services.undoing import TRIES, last_change, size_of, undo
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
    "CURRENT_TRAIT_FIELDS", "NAME_FIELDS", "NUMBERS", "TRAIT_FIELDS", "TRIES", "AskedAlready", "AsksFirst", "BornLater", "CannotMove",
    "CannotUndo", "EditedMeanwhile", "EndedAlready", "EndsBeforeItBegan", "GoneMeanwhile", "Meanwhile", "NothingToAsk", "ParentNotThere", "PostIsTaken", "Reckoning", "Refusal",
    "RoleIsHeld", "RoleNotHere", "StandsThere", "StillInUse", "UnitNotOpen", "UnitNotThere", "WrongKind", "appoint",
    "assign_role", "bring_up_to_today", "close_unit", "dismiss", "end_role", "last_change", "lock_unit", "may_give", "move_unit", "note_line", "open_throughout", "open_unit", "place",
    "refresh_current", "rename_unit", "reopen_unit", "set_traits", "size_of", "undo", "works_elsewhere",
]  # fmt: skip
