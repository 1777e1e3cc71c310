"""Reading the training office, by subject; pages and other apps read from here."""

from orken.training.selectors.applicants import (
    applicants_for,
    counts,
    how_many_wait_for_her_look,
    may_send_anybody,
    moved_since,
    place_in_line,
    staff_to_send,
    story,
    unit_of_sender,
    verbs,
    waiting_for_her_look,
    ways_of_enrolment,
)
from orken.training.selectors.costs import Costs, costs
from orken.training.selectors.run_page import RunView, home_of, run_view
from orken.training.selectors.runs import ANNOUNCED, announced, hosts_for, manages, month, runs_for, visible, with_seats
from orken.training.selectors.seats import SeatLine, Stock, ledger, may_share, pools_of, seat_lines
from orken.training.selectors.teaching import answerable, asked_to_teach
from orken.training.selectors.timetable import Clash, Day, clashes, days_of, people_of, remarks, sessions_of

__all__ = [
    "ANNOUNCED",
    "Clash",
    "Costs",
    "Day",
    "RunView",
    "SeatLine",
    "Stock",
    "announced",
    "answerable",
    "applicants_for",
    "asked_to_teach",
    "clashes",
    "costs",
    "counts",
    "days_of",
    "home_of",
    "hosts_for",
    "how_many_wait_for_her_look",
    "ledger",
    "manages",
    "may_send_anybody",
    "may_share",
    "month",
    "moved_since",
    "people_of",
    "place_in_line",
    "pools_of",
    "remarks",
    "run_view",
    "runs_for",
    "seat_lines",
    "sessions_of",
    "staff_to_send",
    "story",
    "unit_of_sender",
    "verbs",
    "visible",
    "waiting_for_her_look",
    "ways_of_enrolment",
    "with_seats",
]
