"""The verbs of the training office. Other apps call them from here.

training.apply(run=…, unit=…, lines=[…], by=…)
"""

from orken.kit.states import WayIsClosed
from orken.training.services.applying import MOST, Line, NothingToSend, apply, apply_as_known
from orken.training.services.deciding import (
    CannotCome,
    ReasonIsMissing,
    accept,
    decline,
    let_wait,
    name,
    pass_on,
    replace,
    withdraw,
)
from orken.training.services.enrolments import excuse, miss, restore
from orken.training.services.lines import (
    co_hosts_of,
    costs_of,
    mark_of,
    route_of,
    set_co_hosts,
    set_costs,
    set_route,
)
from orken.training.services.runs import (
    EditedMeanwhile,
    HasBegun,
    MoreThanSeats,
    SessionsOutside,
    StopsOutside,
    answer_invitation,
    change_run,
    invite_trainer,
    lead,
    open_run,
)
from orken.training.services.seats import SeatsAreOut, release, set_capacity, share_seats
from orken.training.services.timetable import (
    InThePast,
    OutsideTheRun,
    RoomStands,
    SessionHeld,
    add_room,
    add_session,
    cancel_session,
    change_session,
    end_at,
)

__all__ = [
    "MOST",
    "CannotCome",
    "EditedMeanwhile",
    "HasBegun",
    "InThePast",
    "Line",
    "MoreThanSeats",
    "NothingToSend",
    "OutsideTheRun",
    "ReasonIsMissing",
    "RoomStands",
    "SeatsAreOut",
    "SessionHeld",
    "SessionsOutside",
    "StopsOutside",
    "WayIsClosed",
    "accept",
    "add_room",
    "add_session",
    "answer_invitation",
    "apply",
    "apply_as_known",
    "cancel_session",
    "change_run",
    "change_session",
    "co_hosts_of",
    "costs_of",
    "decline",
    "end_at",
    "excuse",
    "invite_trainer",
    "lead",
    "let_wait",
    "mark_of",
    "miss",
    "name",
    "open_run",
    "pass_on",
    "release",
    "replace",
    "restore",
    "route_of",
    "set_capacity",
    "set_co_hosts",
    "set_costs",
    "set_route",
    "share_seats",
    "withdraw",
]  # fmt: skip
