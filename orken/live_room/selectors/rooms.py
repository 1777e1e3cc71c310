"""Reading a room: its programme, the stage, and everything that a page shows when somebody joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from orken.kit.live import selectors as live
from orken.kit.text.latin import in_latin
from orken.live_room import channels, who
from orken.live_room.models import (
    Caption,
    ChatLine,
    Deck,
    Hand,
    Opinion,
    Participant,
    Poll,
    PollOption,
    PollTaken,
    Prompt,
    PromptAnswer,
    Question,
    QuestionVote,
    ReactionCount,
    Room,
    Slide,
)
from orken.live_room.selectors import rows
from orken.meetings import selectors as meetings
from orken.meetings.models import Meeting, Slot
from orken.training.models import Run, Session

LANGUAGES_TYPED = tuple(Caption.Language.values)
CHAT_SHOWN, CAPTIONS_SHOWN = 60, 60


@dataclass(frozen=True)
class Place:
    """A place of the released programme in this session."""

    uid: str
    title: dict[str, str]
    kind: str
    talk: int | None
    begins: datetime
    minutes: int
    speakers: list[dict[str, Any]]
    spoken: str = ""

    def row(self) -> rows.Row:
        """As the stage tells it."""
        return {
            "uid": self.uid, "title": self.title, "kind": self.kind, "talk": self.talk, "at": rows.moment(self.begins),
            "speakers": [{part: one[part] for part in ("name", "position", "institution")} for one in self.speakers],
        }  # fmt: skip


def room_of(session: Session) -> Room:
    """The room of a session; one that nobody has prepared yet is not written."""
    found = Room.objects.select_related("slot", "deck").filter(session=session).first() or Room(session=session)
    found.session = session
    return found


def sessions_of(run: Run) -> list[Session]:
    """Sessions that may have a room, each with the state of its own (`door`). One query."""
    sessions = (
        Session.objects.filter(run=run, cancelled_at=None).select_related("live_room").order_by("starts_at", "pk")
    )
    found = list(sessions)
    for one in found:
        one.run = run
        one.door = getattr(one, "live_room", None)  # type: ignore[attr-defined]  # for the page
    return found


def programme(session: Session) -> list[Place]:
    """What stands in this session by the newest version of the programme, in order; one query, none of a run at which nobody speaks."""
    if session.run.kind not in Meeting.KINDS:
        return []
    release = meetings.latest(session.run)
    return [
        Place(
            row["uid"], row["title"], row["kind"], row["talk"], datetime.fromisoformat(row["starts_at"]), row["minutes"], [_readable(one) for one in row["speakers"]], row.get("spoken", ""),
        )
        for row in (release.slots if release is not None else ())
        if row["session"] == session.pk
    ]  # fmt: skip


def _readable(speaker: dict[str, Any]) -> dict[str, Any]:
    """A speaker of a version with a name that readers of English can read, also where nobody has written one."""
    named = speaker["name"]
    first = named.get("ru") or named.get("kk") or ""
    return speaker if named.get("en") or not first else {**speaker, "name": {**named, "en": in_latin(first)}}


def now_and_next(places: list[Place], slot: Slot | None) -> tuple[Place | None, Place | None]:
    """The place that stands on stage, and the one after it; before the first both say where the session begins."""
    uid = str(slot.uid) if slot is not None else ""
    at = next((n for n, one in enumerate(places) if one.uid == uid), -1)
    return (places[at] if at >= 0 else None), (places[at + 1] if at + 1 < len(places) else None)


def spoken_now(places: list[Place], slot: Slot | None, run: Run) -> str:
    """In which of the two languages of captions it is spoken: the talk on stage, else the first whose language is said, else the run's only one."""
    now, _after = now_and_next(places, slot)
    found = next((one.spoken for one in ([now] if now is not None else []) + places if one.spoken in LANGUAGES_TYPED), "")  # fmt: skip
    of_run = [one for one in run.languages if one in LANGUAGES_TYPED]
    return found or (of_run[0] if len(of_run) == 1 else "")


def stage(room: Room) -> rows.Row:
    """What stands on stage: the talk, the question, the next, the slide, who has the floor; the settings that everybody sees.

    After the end nothing comes next.
    """
    now, after = now_and_next(programme(room.session), room.slot)
    asked = Question.objects.filter(room=room, state=Question.State.STAGE).first()
    floor = Hand.objects.filter(room=room, state=Hand.State.FLOOR).select_related("person", "guest").first()
    shown = None
    if room.deck_id and room.slide:
        found = Slide.objects.filter(deck=room.deck_id, number=room.slide).select_related("large", "small", "deck").first()  # fmt: skip
        shown = rows.slide(found, found.deck.pages) if found is not None else None
    return {
        "state": room.state, "now": now.row() if now else None, "next": after.row() if after and room.state != Room.State.OVER else None, "question": {"text": asked.text, "language": asked.language} if asked else None, "slide": shown,
        "floor": rows.hand(floor) if floor is not None else None, "chat_open": room.chat_open, "slow": room.slow_seconds,
        "provider": room.provider, "address": room.address if room.provider == "external-link" else "",
    }  # fmt: skip


def snapshot(room: Room) -> tuple[int, rows.Row]:
    """Everything the whole room sees, and the number from which a page goes on hearing.

    It is read once for all who join until something happens again: two thousand joiners cost what one costs.
    """
    heard = [channels.everybody(room), channels.chat(room), channels.captions(room, "kk"), channels.captions(room, "ru")]  # fmt: skip
    number = live.newest_id()
    mine = live.newest_id(heard)
    # A word that a slide's address is good for ten minutes only: the copy is not older than two.
    key = f"live_room:{room.pk}:{mine}:{int(timezone.now().timestamp()) // 120}"
    found = cache.get(key)
    if found is None:
        found = _read(room)
        cache.set(key, found, 120)
    return number, found


def _read(room: Room) -> rows.Row:
    questions = Question.objects.filter(room=room, state__in=Question.SHOWN).select_related("person", "guest", "talk", "answered_by")  # fmt: skip
    chat = list(ChatLine.objects.filter(room=room).select_related("person", "guest").order_by("-pk")[:CHAT_SHOWN])
    roles = {one.key: one.role for one in Participant.objects.filter(room=room).exclude(role=Participant.Role.AUDIENCE)}
    captions: dict[str, list[rows.Row]] = {}
    for language in Caption.Language.values:
        newest = Caption.objects.filter(room=room, language=language).order_by("-starts_at", "-pk")[:CAPTIONS_SHOWN]
        captions[language] = [rows.caption(one) for one in reversed(newest)]
    opinions = Opinion.objects.filter(room=room, hidden_at=None).select_related("person", "guest")
    return {
        "stage": stage(room),
        "questions": [rows.question(one) for one in questions.order_by("-votes", "asked_at")],
        "polls": polls(room, (Poll.State.OPEN, Poll.State.CLOSED)),
        "hands": hands(room),
        "opinions": [rows.opinion(one) for one in opinions],
        "chat": [rows.chat(one, roles.get(one.key, "")) for one in reversed(chat)],
        "captions": captions,
        "reactions": reactions(room),
    }


def hands(room: Room) -> list[rows.Row]:
    """The queue in its order, with the one who has the floor at its head."""
    found = (
        Hand.objects.filter(room=room, state__in=Hand.LIVE)
        .select_related("person", "guest")
        .order_by("raised_at", "pk")
    )
    return [rows.hand(one) for one in sorted(found, key=lambda one: one.state != Hand.State.FLOOR)]


def polls(room: Room, states: Iterable[str], *, desk: bool = False) -> list[rows.Row]:
    found = list(Poll.objects.filter(room=room, state__in=states).order_by("pk"))
    options: dict[int, list[PollOption]] = defaultdict(list)
    for one in PollOption.objects.filter(poll__in=found).order_by("place"):
        options[one.poll_id].append(one)
    told = [rows.poll(one, options[one.pk], desk=desk) for one in found]
    return told if desk else [one for one in told if one["state"] == Poll.State.OPEN or one["shown"]]


def reactions(room: Room) -> dict[str, int]:
    counts = dict(ReactionCount.objects.filter(room=room).values_list("kind", "count"))
    return {kind: counts.get(kind, 0) for kind in ReactionCount.Kind.values}


# --- one reader's own ---


@dataclass(frozen=True)
class Own:
    """What a page shows to one reader alone."""

    votes: set[int]
    taken: set[int]
    hand: int | None
    waiting: list[rows.Row]  # questions of hers that nobody sees yet
    prompt: Prompt | None


def own(room: Room, by: who.Comer) -> Own:
    """Her votes, polls, hand and questions. Four queries, five while a prompt stands."""
    hers = who.own(by)
    votes = set(QuestionVote.objects.filter(question__room=room, **hers).values_list("question", flat=True))
    taken = set(PollTaken.objects.filter(poll__room=room, **hers).values_list("poll", flat=True))
    hand = Hand.objects.filter(room=room, **hers, state__in=Hand.LIVE).values_list("pk", flat=True).first()
    waiting = Question.objects.filter(room=room, **hers, state__in=(Question.State.SUBMITTED, Question.State.HELD)).select_related("person", "guest", "talk", "answered_by")  # fmt: skip
    prompt = (
        Prompt.objects.filter(room=room, until__gt=timezone.now())
        .exclude(answers__in=PromptAnswer.objects.filter(**hers))
        .first()
    )
    return Own(votes, taken, hand, [rows.question(one) for one in waiting], prompt)


# --- the desk ---


def desk(room: Room) -> rows.Row:
    """What only moderators see."""
    found = list(Participant.objects.filter(room=room).select_related("person", "guest").order_by("came_at", "pk"))
    questions = Question.objects.filter(room=room).exclude(state=Question.State.ARCHIVED).select_related("person", "guest", "talk", "answered_by")  # fmt: skip
    now = timezone.now()
    return {
        "waiting": [person(one, now) for one in found if one.state == Participant.State.WAITING],
        "people": [person(one, now) for one in found if one.state == Participant.State.INSIDE],
        "removed": [person(one, now) for one in found if one.state == Participant.State.REMOVED],
        "questions": [rows.question(one, desk=True) for one in questions.order_by("-votes", "asked_at")],
        "polls": polls(room, Poll.State.values, desk=True),
    }


def person(row: Participant, now: datetime | None = None) -> rows.Row:
    silent = row.silenced_until is not None and row.silenced_until > (now or timezone.now())
    shut = row.guest is not None and row.guest.gone_at is not None  # nothing that a moderator presses lets her in
    return {
        "id": row.pk, "person": row.key, "name": who.name_of(row), "role": row.role, "state": row.state, "silent": silent,
        "captions": row.writes_captions, "reason": row.reason, "at": rows.moment(row.came_at),
        "shut": shut, "admits": row.state != Participant.State.INSIDE and not shut, "free": row.role != Participant.Role.MODERATOR and row.state != Participant.State.REMOVED,  # a moderator is not shown out
    }  # fmt: skip


def decks(room: Room) -> list[Deck]:
    return list(Deck.objects.filter(room=room).select_related("talk", "source").order_by("pk"))


def is_near(session: Session, now: datetime | None = None) -> bool:
    """Doors are opened from an hour before the session to its end."""
    moment = now or timezone.now()
    return session.starts_at - timedelta(hours=1) <= moment <= session.ends_at
