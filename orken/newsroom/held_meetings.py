"""A meeting as facts: its released programme, the institutions that took part, what was counted (`meetings.event_facts`)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.live_room import selectors as live_room
from orken.meetings import selectors as meetings
from orken.newsroom.anniversaries import anniversary
from orken.newsroom.facts import Event
from orken.newsroom.reading import read
from orken.newsroom.runs import Runs
from orken.proceedings import happened
from orken.training.models import Run, Session


class Meetings(Runs):
    """News of meetings whose programme was released; names, positions and institutions are those of the day."""

    name = "meeting"
    label = _("Online meetings and conferences")

    def rows(self) -> QuerySet[Run]:
        """A meeting that goes on is not offered: nobody knows yet what was held at it."""
        going_on = Session.objects.filter(live_room.going_on(timezone.now()), run=OuterRef("pk"))
        return self.told().exclude(Exists(going_on))

    def told(self) -> QuerySet[Run]:
        return self.held().filter(meeting__releases__isnull=False).distinct()

    def facts(self, mark: str) -> Event:
        """What was held is told; what only stood in the programme stands beside it as planned (decision 0122)."""
        run = self.told().get(code=mark)
        was = happened.of_run(run)
        meeting = meetings.meeting_of(run)
        facts = meetings.event_facts(meeting, seen=was.figures, not_held=was.not_held)
        if occasion := anniversary(meeting) | facts.get("occasion", {}):
            facts["occasion"] = occasion
        event, _unknown = read({**facts, "kind": run.kind})
        return event
