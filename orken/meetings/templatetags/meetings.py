"""`{% load meetings %}`: occasions, states, versions as the pages of meetings say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orken.kit.i18n import dates
from orken.kit.i18n.content import current_language, text_of
from orken.kit.text.latin import in_latin
from orken.kit.text.quotes import quoted
from orken.meetings import occasions
from orken.meetings.models import Institution, Meeting, Slot, Speaker, Talk
from orken.meetings.selectors.programme import ADDED, CHANGED, MOVED, Draft, problems_at, said

register = template.Library()
T, I = Talk.State, Institution.State  # noqa: E741  # as short as its neighbour
COLOURS: dict[str, str] = {
    T.PROPOSED: "info", T.REVIEW: "info", T.ACCEPTED: "ok", T.DECLINED: "stop", T.WITHDRAWN: "",
    I.LISTED: "", I.INVITED: "wait", I.COMES: "ok", I.DECLINES: "stop",
}  # fmt: skip


@register.simple_tag
def anniversary(meeting: Meeting) -> str:
    """The occasion as a line under the title."""
    return occasions.line(meeting, current_language())


@register.filter
def until_day(value: date | None) -> str:
    return dates.until(value) if value else ""


@register.filter
def clock(value: datetime) -> str:
    """Hours and minutes in the zone that the moment stands in."""
    return f"{value:%H:%M}"


@register.simple_tag
def text_in(texts: Mapping[str, str]) -> str:
    """A text kept in several languages, in the reader's."""
    return said(dict(texts), current_language())[0]


@register.filter
def foreign(texts: Mapping[str, str]) -> str:
    """The language in which a frozen text stands, when it is not the reader's."""
    language = said(dict(texts), current_language())[1]
    return language if language != current_language() and any(texts.values()) else ""


@register.simple_tag
def lang_of(row: Any, field: str) -> SafeString | str:
    """` lang="ru"` when the text stands in another language than the page."""
    found = text_of(row, field)
    return format_html(' lang="{}"', found.language) if found.missing else ""


@register.simple_tag
def speaker_tag(speaker: Any) -> SafeString:
    """Whether she speaks. Whoever only proposed says nothing by it: the talk waits for a decision, or was not taken."""
    states = {talk.state for talk in speaker.given}
    if speaker.answer == Speaker.Answer.COMES and states and T.ACCEPTED not in states and not speaker.chaired:
        if states & set(Talk.OPEN):
            return format_html('<span class="tag wait">{}</span>', _("the talk waits for a decision"))
        return format_html('<span class="tag">{}</span>', _("the talk is not given"))
    colour = {Speaker.Answer.COMES: "ok", Speaker.Answer.DECLINES: "stop"}.get(Speaker.Answer(speaker.answer), "wait")
    if speaker.answer == Speaker.Answer.ASKED:
        return _tag_of_one_asked(speaker)
    return format_html('<span class="tag {}">{}</span>', colour, speaker.get_answer_display())


def _tag_of_one_asked(speaker: Speaker) -> SafeString:
    if speaker.asked_at is None:
        return format_html('<span class="tag">{}</span>', _("not asked yet"))
    told = _("asked on %(day)s, no answer yet") % {"day": dates.short_date(speaker.asked_at)}
    return format_html('<span class="tag wait">{}</span>', told)


def _tag(state: str, label: object) -> SafeString:
    return format_html('<span class="tag {}">{}</span>', COLOURS.get(state, ""), label)


@register.simple_tag
def talk_tag(talk: Talk) -> SafeString:
    return _tag(talk.state, talk.get_state_display())


@register.simple_tag
def institution_tag(row: Institution) -> SafeString:
    return _tag(row.state, row.get_state_display())


@register.filter
def letters(who: Speaker | str) -> str:
    """The first letters of a name, of a speaker or as a version has it."""
    name = who if isinstance(who, str) else who.full_name()
    return "".join(part[:1] for part in name.split()[:2])


@register.simple_tag
def change_words(change: Mapping[str, Any]) -> str:
    """A line of the change log."""
    title = quoted(said(change["title"], current_language())[0], current_language())
    at = _at(change["starts_at"])
    if change["what"] == ADDED:
        return _("Added: %(title)s, %(at)s") % {"title": title, "at": at}
    if change["what"] == MOVED:
        return _("Moved: %(title)s, from %(before)s to %(at)s") % {"title": title, "before": _at(change["before"]), "at": at}  # fmt: skip
    if change["what"] == CHANGED:
        return _("Changed: %(title)s, %(at)s") % {"title": title, "at": at}
    return _("Taken out: %(title)s") % {"title": title}


def _at(moment: str) -> str:
    local = timezone.localtime(datetime.fromisoformat(moment))
    return f"{dates.day_month(local)} {local:%H:%M}"


@register.filter
def wrong_with(draft: Draft, slot: Slot) -> list[Any]:
    """Sentences on what stands badly with a place of the draft."""
    return problems_at(draft, slot.pk)


@register.filter
def with_files(talks: Iterable[Any]) -> bool:
    """Whether any file of these talks is kept."""
    return any(talk.kept for talk in talks)


@register.filter
def readable(name: str) -> str:
    """The name of a guest, kept as it was typed, in Latin letters for a reader of English."""
    return in_latin(name) if current_language() == "en" else name
