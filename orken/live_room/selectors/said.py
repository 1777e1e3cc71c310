"""What was said in the rooms of a run, as other apps read it: questions, opinions, polls, transcript, WebVTT."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from orken.kit.i18n.content import LANGUAGES
from orken.live_room import who
from orken.live_room.models import Caption, Opinion, Poll, PollOption, Question
from orken.live_room.selectors import rows
from orken.people.models import Person
from orken.training.models import Run, Session

QUESTION, OPINION = "question", "opinion"
LIVE, WRITING = "live", "writing"


@dataclass(frozen=True)
class Spoken:
    """A question with its answer, or an opinion for the minutes. `author` is empty for whoever asked without her name."""

    kind: str
    text: str
    language: str
    author: str
    talk: int | None
    slot: int | None
    answer: str
    answered: str  # «live», «writing» or empty
    at: datetime
    votes: int = 0
    answered_by: str = ""
    id: int = 0


def spoken(run: Run) -> list[Spoken]:
    """Questions that the room saw and opinions in the minutes, in the order of time. Names in the reader's language. Two queries."""
    questions = Question.objects.filter(room__session__run=run, state__in=Question.SHOWN).select_related("person", "guest", "answered_by")  # fmt: skip
    found = [
        Spoken(
            QUESTION, one.text, one.language, "" if one.anonymous else _said_by(one), one.talk_id, one.slot_id, one.answer,
            {Question.State.LIVE: LIVE, Question.State.WRITING: WRITING}.get(Question.State(one.state), ""), one.asked_at, one.votes, _name(one.answered_by), one.pk,
        )
        for one in questions
    ]  # fmt: skip
    opinions = Opinion.objects.filter(room__session__run=run, hidden_at=None).select_related("person", "guest")
    found += [
        Spoken(
            OPINION,
            one.text,
            one.language,
            _said_by(one),
            one.talk_id,
            one.slot_id,
            "",
            "",
            one.at,
            id=one.pk,
        )
        for one in opinions
    ]
    return sorted(found, key=lambda one: one.at)


def numbered(session: Session, number: int) -> int:
    """The question that bears a number in this room, as its id; 0 of none."""
    return Question.objects.filter(room=session.pk, number=number).values_list("pk", flat=True).first() or 0


def _said_by(row: Question | Opinion) -> str:
    return row.person.short_name() if row.person is not None else who.called(row.guest) if row.guest is not None else ""


def _name(person: Person | None) -> str:
    return person.short_name() if person is not None else ""


@dataclass(frozen=True)
class Option:
    text: dict[str, str]
    count: int


@dataclass(frozen=True)
class PollResult:
    """A closed poll with its counts."""

    id: int
    session: int
    text: dict[str, str]
    anonymous: bool
    many: bool
    answered: int
    options: list[Option]
    closed_at: datetime | None


def polls(run: Run) -> list[PollResult]:
    """Closed polls whose result was shown to the room, in the order in which they were closed. Two queries."""
    found = list(Poll.objects.filter(room__session__run=run, state=Poll.State.CLOSED, shown=True).order_by("closed_at", "pk"))  # fmt: skip
    options: dict[int, list[Option]] = defaultdict(list)
    for one in PollOption.objects.filter(poll__in=found).order_by("place"):
        options[one.poll_id].append(Option(rows.texts(one, "text"), one.count))
    return [
        PollResult(one.pk, one.room_id, rows.texts(one, "text"), one.anonymous, one.many, one.answered, options[one.pk], one.closed_at)
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the transcript."""

    start: datetime
    end: datetime
    speaker: str
    text: str


def transcript(session: Session, language: str) -> list[Line]:
    """What was typed in a language, in the order of time. One query."""
    found = Caption.objects.filter(room=session.pk, language=language).order_by("starts_at", "pk")
    return [Line(one.starts_at, one.ends_at, one.speaker, one.text) for one in found]


def languages(session: Session) -> list[str]:
    """Languages in which there are captions."""
    known = set(Caption.objects.filter(room=session.pk).values_list("language", flat=True).distinct())
    return [code for code in LANGUAGES if code in known]


def webvtt(session: Session, language: str) -> str:
    """The captions as a WebVTT file, counted from the beginning of the session; the speaker as a voice. Every text in it is escaped."""
    parts = ["WEBVTT", "Language: " + language]
    for n, line in enumerate(transcript(session, language), start=1):
        start, end = max(line.start, session.starts_at), line.end
        if end <= start:
            continue
        voice = f"<v {_plain(line.speaker)}>" if line.speaker else ""
        parts.append(f"{n}\n{_clock(start - session.starts_at)} --> {_clock(end - session.starts_at)}\n{voice}{_plain(line.text)}")  # fmt: skip
    return "\n\n".join([f"{parts[0]}\n{parts[1]}", *parts[2:]]) + "\n"


def _plain(text: str) -> str:
    """`-->` and markup would end a cue or begin a tag."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")


def _clock(after: timedelta) -> str:
    milliseconds = max(0, round(after.total_seconds() * 1000))
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
