"""Discussions of a meeting: one of the meeting itself, one of each talk; who reads, writes and moderates them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.discussion import owners
from orken.discussion import services as discussion
from orken.discussion.models import Thread
from orken.discussion.owners import Standing
from orken.kit.i18n.content import LANGUAGES
from orken.meetings.models import Meeting, Speaker, Talk
from orken.people.models import Account, Person
from orken.training import policy as training
from orken.training import selectors as runs
from orken.training.models import Enrolment, Run

OF_MEETING, OF_TALK = "meetings.meeting", "meetings.talk"
SPEAKER, ORGANISER = "speaker", "organiser"
# Whoever had a seat and did not give it back takes part; an excuse or a missed day takes nobody's word away.
LEFT = (Enrolment.State.WITHDRAWN,)
NOT_HERE: str | Promise = _("Whoever takes part in the meeting writes here. Apply on its page.")
CLOSED: str | Promise = _("The discussion is closed; it stays to be read.")


KNOWN = "run_of_thread"


def about(thread: Thread, run: Run) -> None:
    """Whoever has the run of a thread in hand spares its owner the question."""
    setattr(thread, KNOWN, run)


def register() -> None:
    owners.register(OF_MEETING, Owner(OF_MEETING))
    owners.register(OF_TALK, Owner(OF_TALK))


def of_meeting(run: Run) -> str:
    return f"{OF_MEETING}:{run.pk}"


def of_talk(talk: int) -> str:
    return f"{OF_TALK}:{talk}"


def open_all(meeting: Meeting, talks: Iterable[Talk]) -> None:
    """The threads of a released programme: its own and one of each talk, named as the programme names them."""
    run = meeting.run
    _open(of_meeting(run), run, f"/run/{run.code}/discussion/", run)
    for talk in talks:
        _open(of_talk(talk.pk), talk, f"/run/{run.code}/talks/{talk.pk}/", run)


def _open(source: str, row: Run | Talk, address: str, run: Run) -> None:
    titles = {f"title_{code}": getattr(row, f"title_{code}") for code in LANGUAGES}
    discussion.open_thread(source=source, titles=titles, address=address, scope_path=run.host.path)


class Owner:
    """Everybody who is signed in reads; whoever takes part, speaks, teaches or organises writes; organisers moderate."""

    roles: dict[str, str | Promise] = {SPEAKER: _("speaker"), ORGANISER: _("organiser")}
    told: str | Promise = _("Whoever is signed in reads it.")

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def _run(self, thread: Thread) -> Run | None:
        known: Run | None = getattr(thread, KNOWN, None)
        if known is not None:
            return known
        rows = Run.objects.select_related("host")
        if self.kind == OF_MEETING:
            return rows.filter(pk=int(thread.key)).first()
        return rows.filter(meeting__talks=int(thread.key)).first()

    def standing(self, thread: Thread, account: Account) -> Standing:
        run = self._run(thread)
        if run is None or not (run.state != Run.State.ARCHIVED or runs.readable(account).filter(pk=run.pk).exists()):
            return Standing()
        moderates = training.manages(account, run)
        speaks = Speaker.objects.filter(meeting=run.pk, person=account.person_id).exists()
        role = SPEAKER if speaks else ORGANISER if moderates else ""
        if thread.closed_at is not None:
            return Standing(True, False, moderates, role, CLOSED)
        writes = speaks or moderates or training.teaches(account, run)
        writes = writes or Enrolment.objects.filter(run=run, person=account.person_id).exclude(state__in=LEFT).exists()
        return Standing(True, writes, moderates, role, "" if writes else NOT_HERE)

    def readable(self, account: Account, keys: Iterable[str]) -> set[str]:
        return self._in(runs.readable(account), keys)

    def findable(self, keys: Iterable[str]) -> set[str]:
        return self._in(Run.objects.exclude(state=Run.State.ARCHIVED), keys)

    def _in(self, allowed: QuerySet[Run], keys: Iterable[str]) -> set[str]:
        wanted = [int(key) for key in keys]
        if not wanted:
            return set()
        runs_of: QuerySet[Any] = Meeting.objects.filter(pk__in=wanted, run__in=allowed)
        if self.kind == OF_TALK:
            runs_of = Talk.objects.filter(pk__in=wanted, meeting__run__in=allowed)
        return {str(pk) for pk in runs_of.values_list("pk", flat=True)}

    def moderators(self, thread: Thread) -> list[Account]:
        run = self._run(thread)
        return training.organisers(run) if run is not None else []

    def hears(self, thread: Thread) -> Iterable[Person]:
        """Of a talk whoever gives it hears every word; a meeting's own thread is heard by who follows it."""
        if self.kind == OF_MEETING:
            return ()
        return Person.objects.filter(spoke__talks=int(thread.key)).distinct()
