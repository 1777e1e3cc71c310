"""`orken states draw`: the tables of states as diagrams in docs/states/."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings

from orken.assignments.states import WORK
from orken.attempts.states import ATTEMPT
from orken.cataloguing.states import HELD_MARK
from orken.courseware.states import VERSION as COURSE
from orken.credentials.states import CERTIFICATE, OUTSIDE, PAST
from orken.kit import cli
from orken.live_room import states as rooms
from orken.meetings.states import INSTITUTION, TALK
from orken.network.transfers import TRANSITIONS
from orken.newsroom.states import NEWS
from orken.proceedings.states import RECORDING
from orken.records.states import PAPER
from orken.training import states

FOLDER = Path("docs") / "states"


def pages() -> dict[str, str]:
    """Each diagram's page by its file name; a test holds them against the tables."""
    found = {}
    for table, source in [
        (TRANSITIONS, "network/transfers"),
        (WORK, "assignments/states"),
        (ATTEMPT, "attempts/states"),
        (HELD_MARK, "cataloguing/states"),
        (CERTIFICATE, "credentials/states"),
        (OUTSIDE, "credentials/states"),
        (PAST, "credentials/states"),
        (PAPER, "records/states"),
        (NEWS, "newsroom/states"),
        (TALK, "meetings/states"),
        (INSTITUTION, "meetings/states"),
        *((one, "live_room/states") for one in rooms.ALL),
        (RECORDING, "proceedings/states"),
        (COURSE, "courseware/states"),
        *((one, "training/states") for one in states.ALL),
    ]:
        lines = [f"# {table.name}", "", f"Drawn from `orken/{source}.py` by `orken states draw`.", "", "```mermaid", table.diagram(), "```", ""]  # fmt: skip
        lines += ["| way | from | to | who | conditions |", "|---|---|---|---|---|"]
        for way in table.ways:
            conditions = ", ".join(condition.__name__.replace("_", " ") for condition in way.conditions) or "—"
            more = "; with a reason" if way.needs_reason else ""
            lines.append(f"| {way.name} | {', '.join(way.sources)} | {way.target or 'stays'} | {way.actor or '—'} | {conditions}{more} |")  # fmt: skip
        found[f"{table.name}.md"] = "\n".join(lines) + "\n"
    return found


@cli.command("states draw", help="write the tables of states as diagrams into docs/states/")
def draw(options: argparse.Namespace) -> None:
    folder = settings.BASE_DIR / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        print(FOLDER / name)
