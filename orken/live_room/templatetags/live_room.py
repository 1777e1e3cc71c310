"""`{% load live_room %}`: rows of a room as a page shows them; the script of the page shows the same rows the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from orken.kit.i18n.content import ORDER, current_language
from orken.live_room.models import Poll, Question, Room

register = template.Library()
Q, P, R = Question.State, Poll.State, Room.State
COLOURS: dict[str, str] = {
    Q.SUBMITTED: "wait", Q.HELD: "", Q.VISIBLE: "info", Q.STAGE: "ok", Q.LIVE: "ok", Q.WRITING: "ok", Q.ARCHIVED: "", P.DRAFT: "", P.OPEN: "ok",
    P.CLOSED: "info", R.PLANNED: "", R.GREEN: "wait", R.OVER: "",
}  # fmt: skip


@register.filter
def pick(texts: Mapping[str, str] | None) -> str:
    """A text kept in several languages, in the reader's or the next that is known."""
    found = texts or {}
    return next((found[code] for code in ORDER[current_language()] if found.get(code)), "")


@register.filter
def foreign(texts: Mapping[str, str] | None) -> bool:
    """Whether a text stands in another language than the reader's."""
    return bool(texts) and any((texts or {}).values()) and not (texts or {}).get(current_language())


@register.filter
def hour(at: str | datetime | None) -> str:
    """Hours and minutes of a moment, by the clock of Kazakhstan."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{timezone.localtime(moment):%H:%M}"


@register.filter
def seconds(at: str | datetime | None) -> str:
    """The same with seconds, as an input of time takes it."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{timezone.localtime(moment):%H:%M:%S}"


@register.filter
def among(pk: Any, chosen: Any) -> bool:
    return pk in chosen


@register.simple_tag
def state_of(row: Any) -> SafeString:
    """The state of a question, a poll or a room as a tag."""
    return format_html('<span class="tag {}">{}</span>', COLOURS.get(row.state, ""), row.get_state_display())


@register.simple_tag
def question_state(state: str) -> SafeString:
    label = dict(Q.choices).get(state, "")
    return format_html('<span class="tag {}" data-state>{}</span>', COLOURS.get(state, ""), label)


@register.filter
def on_stage(polls: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The result that stands on stage: of the polls whose counts are shown the one that was put last."""
    return next((one for one in reversed(polls or ()) if one["shown"] and one["counted"]), None)
