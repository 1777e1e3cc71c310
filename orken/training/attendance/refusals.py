"""Why a line of the sheet could not be written: the sentence and the way out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY_NO_SEAT: Mapping[str, str | Promise] = {
    "state": _("Seats are given while the run is confirmed, running or in its assessment."),
    "decides": _("The organiser gives the seats of this run: she sees on the sheet that one is wanted."),
    "post": _(
        "She has no post in a library today, so nobody answers for the seat: first her head enters her appointment."
    ),
    "full": _("No seat is free for her library: the organiser may add one."),
    "reason": _("Say why a seat is added."),
}
# Kinds of lines that devices send: of the sheet, and points of a test.
MARK, WALK_IN, POINTS = "attendance.mark", "attendance.walk_in", "result.mark"
BACK = "attendance.back"  # a press too many
REASONS: Mapping[str, str | Promise] = {
    "session": _("This session was taken out of the timetable. Ask the organiser."),
    "person": _("This person is not in the run any more. Add her as somebody who walked in."),
    "state": _("Present, late, absent or excused: the line says none of them."),
    "minutes": _("The minutes are more than the session has, or none at all."),
    "coming": _("The session has not begun: attendance is noted from its day on."),
    "reason": _("Something stands there already: a correction needs its reason."),
    "late": _("It stands for a while already: write what is right instead, with the reason."),
    "closed": _("The run is not open for attendance. Ask the organiser."),
    "rights": _("You do not keep the attendance of this run any more. Ask the organiser."),
    "name": _("Write the name of whoever came."),
    "door": _("The door is not open: the code holds from three quarters of an hour before the session to its end."),
    "run": _("There is no such run any more."),
    "joined": _("She is joined to somebody else already. Take that back first."),
    "differs": _("Two hands wrote different things of her: decide first which of them stands."),
    "stranger": _("Find her by name and choose her from what is found."),
    "results": _("She has marks or a result in this run: what was joined stays. Correct the marks instead."),
}
