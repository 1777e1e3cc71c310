"""`{% load training %}`: hours, days and states as the pages of the training office say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from orken.curriculum import hours
from orken.curriculum import selectors as curriculum
from orken.kit.audit.models import AuditEvent
from orken.kit.i18n import numbers
from orken.kit.i18n.dates import date_range
from orken.people.models import Person
from orken.training import run_parts, tables
from orken.training.models import Applicant, Enrolment, Outcome, Run
from orken.training.models.application import OWN_REASONS

register = template.Library()
NORMS = "training:norms"


@register.filter
def own_reason(text: str) -> str:
    """A reason as it was written down, in the reader's language when the office itself gave it."""
    return str(OWN_REASONS.get(text, text))


@register.simple_tag
def days(first: date, last: date) -> str:
    """«7–9 сәуір 2026 ж.»: a range says nothing twice."""
    return date_range(first, last, (get_language() or "kk")[:2])


@register.filter
def offsets(timetable: Iterable[Any]) -> str:
    """«UTC+6» of the days of a timetable, not of today: Astana moved to UTC+5 on 1 March 2024. Of a run over such a day both."""
    found: dict[str, None] = {}
    for day in timetable:
        for session in day.sessions:
            found[_offset(session.starts_at)] = None
    return ", ".join(found) or _offset(timezone.now())


def _offset(moment: datetime) -> str:
    hours, minutes = divmod(int((timezone.localtime(moment).utcoffset() or timedelta()).total_seconds()) // 60, 60)
    return f"UTC{hours:+d}" + (f":{minutes:02d}" if minutes else "")


def _hours(context: Context, minutes: int, on: date) -> Decimal:
    """By the norm of that day, which a page asks once, however many sessions it shows."""
    page: Any = context.render_context.dicts[0]
    asked: dict[date, hours.Norm] = page.setdefault(NORMS, {})
    if on not in asked:
        asked[on] = curriculum.norm(on)
    return hours.academic(minutes, asked[on])


@register.simple_tag
def run_tabs(run: Run) -> list[tuple[str, Any, str]]:
    """Tabs of the desk that apps above have added for this run: name, label, address."""
    return run_parts.tabs_of(run)


@register.simple_tag(takes_context=True)
def academic(context: Context, minutes: int, on: date) -> str:
    """Academic hours by the norm of that day, as a number."""
    return str(localize(_hours(context, minutes, on).normalize()))


@register.simple_tag(takes_context=True)
def academic_words(context: Context, minutes: int, on: date) -> str:
    return numbers.hours(_hours(context, minutes, on))


@register.simple_tag
def state_tag(row: Applicant | Enrolment | Run) -> SafeString:
    return tables.tag(row.state, row.get_state_display())  # type: ignore[return-value]  # format_html gives a SafeString


@register.filter
def of(rows: Mapping[int, Any], key: int) -> Any:
    return rows.get(key)


@register.filter
def what_became(applicant: Applicant) -> Enrolment | None:
    return tables.what_became(applicant)


@register.filter
def initials(person: Person) -> str:
    return "".join(part[:1] for part in person.short_name().split()[:2])


STORY = {
    "applicant.passed_on": _("passed on to the next look"),
    "applicant.accepted": _("a seat was given"),
    "applicant.waits": _("put on the waiting list"),
    "applicant.declined": _("declined"),
    "applicant.withdrawn": _("called back"),
    "applicant.replaced": _("replaced by another person"),
    "enrolment.excused": _("she excused herself"),
    "enrolment.missed": _("she did not come"),
    "enrolment.restored": _("she came after all"),
    "applicant.named": _("the seat got its name"),
}


@register.simple_tag
def event_words(event: AuditEvent) -> str:
    return str(STORY.get(event.verb, event.verb))


@register.filter
def tied(text: object) -> str:
    """A number and its sign stay on one line."""
    return str(text).replace(" %", "\u00a0%")


@register.simple_tag
def result_tag(outcome: str, settled: bool = True) -> str:
    """The outcome of a result in the reader's language, in its colour; while the lessons go on nobody has failed yet."""
    if not settled and outcome != Outcome.PASSED:
        return format_html('<span class="tag">{}</span>', pgettext("result", "not yet"))
    colour = {Outcome.PASSED: "ok", Outcome.FAILED: "stop"}.get(Outcome(outcome), "wait")
    return format_html('<span class="tag {}">{}</span>', colour, Outcome(outcome).label)
