"""Rows as pages show them and streams tell them: plain data, in every language where there are several."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from orken.kit.files import services as files
from orken.kit.i18n.content import LANGUAGES
from orken.live_room import who
from orken.live_room.models import Caption, ChatLine, Hand, Opinion, Poll, PollOption, Question, Slide
from orken.meetings.models import Talk
from orken.people.models import Person

Row = dict[str, Any]
Texts = dict[str, str]


def name(person: Person | None) -> Texts:
    """Given name and surname in each language; nothing of nobody."""
    return {} if person is None else {code: person.short_name(code) for code in LANGUAGES}


def texts(row: Any, field: str) -> Texts:
    return {code: text for code in LANGUAGES if (text := getattr(row, f"{field}_{code}", ""))}


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def question(row: Question, *, desk: bool = False) -> Row:
    """A question; `desk`: as moderators see it, with the name of whoever asked without her name."""
    told = {
        "id": row.pk, "number": row.number, "text": row.text, "lang": row.language, "state": row.state, "votes": row.votes, "talk": row.talk_id,
        "title": texts(row.talk, "title") if row.talk else {}, "author": {} if row.anonymous else who.name_of(row), "anonymous": row.anonymous,
        "answer": row.answer, "answer_lang": row.answer_language, "answered_by": name(row.answered_by), "at": moment(row.asked_at),
    }  # fmt: skip
    return told | {"asker": who.name_of(row)} if desk else told


def hand(row: Hand) -> Row:
    return {
        "id": row.pk, "person": row.key, "name": who.name_of(row), "state": row.state, "at": moment(row.raised_at),
        "until": moment(row.floor_until),
    }  # fmt: skip


def chat(row: ChatLine, role: str = "") -> Row:
    """A line; of a hidden one the place without the words."""
    hidden = row.hidden_at is not None
    return {
        "id": row.pk, "person": row.key, "name": who.name_of(row), "text": "" if hidden else row.text, "hidden": hidden,
        "at": moment(row.at), "role": role,
    }  # fmt: skip


def caption(row: Caption) -> Row:
    return {"id": row.pk, "lang": row.language, "speaker": row.speaker, "text": row.text, "at": moment(row.starts_at)}


def opinion(row: Opinion) -> Row:
    return {"id": row.pk, "name": who.name_of(row), "text": row.text, "lang": row.language, "at": moment(row.at)}


def poll(row: Poll, options: Iterable[PollOption], *, desk: bool = False) -> Row:
    """A poll; its counts only once it is closed and shown, to a moderator as soon as it is closed.

    While it is open not even the desk knows more than how many have answered: a look before and after would read a vote.
    """
    counts = row.state in (Poll.State.CLOSED, Poll.State.ARCHIVED) and (desk or row.shown)
    all_of = list(options)
    most = max((one.count for one in all_of), default=0)
    return {
        "id": row.pk, "text": texts(row, "text"), "state": row.state, "anonymous": row.anonymous, "many": row.many, "shown": row.shown,
        "answered": row.answered if desk or counts else None, "counted": counts,
        "options": [
            {
                "id": one.pk, "text": texts(one, "text"), "n": one.count if counts else None,
                "share": round(100 * one.count / row.answered) if counts and row.answered else 0,
                "bar": round(100 * one.count / most) if counts and most else 0,
            }
            for one in all_of
        ],
    }  # fmt: skip


def slide(row: Slide, of: int) -> Row:
    """A slide with addresses that are good for ten minutes; the room's own page gives new ones."""
    return {
        "n": row.number, "of": of, "talk": row.deck.talk_id, "large": files.address(row.large), "small": files.address(row.small), "width": row.width,
        "height": row.height, "text": row.text,
    }  # fmt: skip


def talk(row: Talk) -> Row:
    return {"id": row.pk, "title": texts(row, "title")}
