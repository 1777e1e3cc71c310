"""The cells of the sheet as they stand on a page, and as they come back from its form.

A grid of 120 people and 20 sessions has 2,400 cells: they are joined here, where each costs a microsecond, and not
in a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orken.training.attendance.selectors import Cell, Grid, Row
from orken.training.attendance.services import Line
from orken.training.models import Mark, Session

S = Mark.State
SHADES = {S.PRESENT: "ok", S.LATE: "wait", S.ABSENT: "stop", S.EXCUSED: "info"}


def signs() -> dict[str, str]:
    """What stands in a cell, as in a class register of the language."""
    return {
        S.PRESENT.value: "+",
        S.LATE.value: "+",
        S.ABSENT.value: pgettext("in the attendance sheet: absent", "A"),
        S.EXCUSED.value: pgettext("in the attendance sheet: excused", "E"),
    }


def words(code: str) -> dict[str, Any]:
    """What the scripts of the sheet know: signs, shades, words, keys."""
    return {
        "run": code,
        "states": [
            {"state": state.value, "sign": signs()[state.value], "says": str(state.label), "shade": SHADES[state], "key": str(place)}
            for place, state in enumerate(S, 1)
        ],
        "minutes": _("%(state)s, %(minutes)s minutes"),
        "empty": _("nothing noted"),
        "waits": _("waits to be sent"),
        "line": _("%(name)s: %(state)s"),
        "loose": _("not saved"),
        "back": _("%(name)s: taken back"),
        "taken": _("Taken back."),
        "full": _("There is no room left in this browser: this stands only on this page. What can be done is said above."),
        "coming": _("The session has not begun: attendance is noted from its day on."),
    }  # fmt: skip


def _short(mark: Cell, own: dict[str, str]) -> str:
    return f"+{mark.minutes}" if mark.state == S.LATE else own[mark.state]


def head(grid: Grid) -> list[dict[str, Any]]:
    """The sessions over the columns; `open` from the day of the session on."""
    today, noted = timezone.localdate(), grid.noted
    return [
        {
            "session": one, "day": timezone.localdate(one.starts_at), "noted": noted[one.pk], "address": reverse("training:sheet", args=[grid.run.code, one.pk]),
            "open": timezone.localdate(one.starts_at) <= today,
        }
        for one in grid.sessions
    ]  # fmt: skip


def body(grid: Grid) -> SafeString:
    """The rows of the grid: a head with the name, a cell for each session, the share."""
    own = signs()
    said = {state.value: escape(state.label) for state in S}
    shade = {state.value: word for state, word in SHADES.items()}
    empty = f'<td aria-label="{escape(_("nothing noted"))}"></td>'
    minutes = escape(_("%(state)s, %(minutes)s minutes"))
    known: dict[tuple[str, int], str] = {}
    lines = []
    guest = escape(_("walked in"))
    for row in grid.rows:
        parts = [f'<tr data-who="{row.who}"><th scope="row">{escape(row.name)}<small>{guest + ", " if row.walk_in else ""}{escape(row.library)}</small></th>']  # fmt: skip
        for session in grid.sessions:
            mark = row.marks.get(session.pk)
            if mark is None:
                parts.append(empty)
                continue
            tail = known.get((mark.state, mark.minutes))
            if tail is None:
                words = minutes % {"state": said[mark.state], "minutes": mark.minutes} if mark.minutes else said[mark.state]  # fmt: skip
                tail = known[mark.state, mark.minutes] = (
                    f' class="{shade[mark.state]}" data-s="{mark.state}" data-n="{mark.minutes}" aria-label="{words}">{escape(_short(mark, own))}</td>'
                )
            parts.append(f'<td data-m="{mark.pk}"{tail}')
        parts.append(f'<td class="n">{"" if row.share is None else f"{row.share} %"}</td></tr>')
        lines.append("".join(parts))
    return mark_safe("\n".join(lines))  # every text in it is escaped above


def sheet_rows(grid: Grid, session: Session, posted: Mapping[str, str]) -> list[dict[str, Any]]:
    """A person of one session with what stands, or with what she has just answered."""
    return [_sheet_row(row, session, posted) for row in grid.rows]


def _sheet_row(row: Row, session: Session, posted: Mapping[str, str]) -> dict[str, Any]:
    mark = row.marks.get(session.pk)
    standing = mark.state if mark else ""
    chosen = posted.get(f"s-{row.who}", standing)
    return {
        "row": row, "mark": mark, "base": mark.pk if mark else "", "minutes": posted.get(f"n-{row.who}") or (mark.minutes if mark and mark.state == S.LATE else ""),
        "choices": [(state.value, state.label, state.value == chosen) for state in S], "state": standing,
    }  # fmt: skip


def lines_of(posted: Mapping[str, str], grid: Grid, session: Session) -> list[Line]:
    """The lines of a form: those rows that say something else than what the page showed standing."""
    lines = []
    rest = "rest" in posted
    for row in grid.rows:
        state = posted.get(f"s-{row.who}", "") or (
            S.PRESENT.value if rest and not row.gone and session.pk not in row.marks else ""
        )
        base, written = posted.get(f"b-{row.who}", ""), posted.get(f"n-{row.who}", "")
        mark = row.marks.get(session.pk)
        if not state:
            continue
        minutes = int(written) if state == S.LATE and written.isdecimal() and len(written) < 6 else None
        if state == S.LATE and minutes is None:
            minutes = mark.minutes if mark and mark.state == S.LATE else 0  # a late one needs her minutes
        if state == posted.get(f"w-{row.who}", "") and (state != S.LATE or not mark or minutes == mark.minutes):
            continue  # as the page showed it
        lines.append(
            Line(session.pk, row.who, state, minutes, posted.get("reason", ""), base, uid=uuid4())
        )  # fmt: skip
    return lines
