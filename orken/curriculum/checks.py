"""Why a draft cannot be published yet, and what is worth a second look: each with words and the page that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from orken.curriculum.hours import Norm, academic, days_needed, exactly
from orken.curriculum.models import Final, Form, Module, Outcome, ProgrammeVersion, WorkSample
from orken.kit.i18n.numbers import number


@dataclass(frozen=True)
class Problem:
    """A reason: `stops` publishing or only advises; `part` is the page of the draft where it is mended."""

    code: str
    part: str
    why: str | Promise
    stops: bool = True


def problems(
    version: ProgrammeVersion, modules: list[Module], outcomes: list[Outcome], norm: Norm, known: set[str] | None = None
) -> list[Problem]:
    """Everything that is wrong with a draft, in the order of its pages.

    `known` are the competencies of the framework that holds. Pure: no query, so that a page may ask
    it for every draft of a list.
    """
    return [
        *_texts(version),
        *_approval(version),
        *_outcomes(outcomes, known),
        *_modules(version, modules, norm),
    ]


def stopping(found: list[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.stops]


def _texts(version: ProgrammeVersion) -> list[Problem]:
    found: list[Problem] = []
    if not version.title_kk:  # the Law on Languages, art. 21: the state language first
        found.append(
            Problem("title_kk", "titles", _("The title in Kazakh is empty: a programme is not published without it."))
        )
    if not version.title_ru:
        found.append(Problem("title_ru", "titles", _("The title in Russian is empty."), stops=version.in_ru))
    if version.in_en and not version.title_en:
        found.append(Problem("title_en", "titles", _("It is taught in English, but the title in English is empty.")))
    if not version.summary_kk:
        found.append(Problem("summary_kk", "titles", _("The summary in Kazakh is empty.")))
    if not version.audience_kk:
        found.append(Problem("audience_kk", "audience", _("It is not said in Kazakh for whom the programme is.")))
    if version.work_sample != WorkSample.NONE and not version.sample_kk:
        found.append(Problem("sample_kk", "after", _("It is not said in Kazakh what the graduate shows of her work.")))
    if not version.entry_kk:
        found.append(Problem("entry_kk", "audience", _("It is not said what one must know to enter."), stops=False))
    return found


def _approval(version: ProgrammeVersion) -> list[Problem]:
    if not version.approval_number:
        return [Problem("approval", "approval", _("The number and date of the approval are not given."))]
    return []


def _outcomes(outcomes: list[Outcome], known: set[str] | None) -> list[Problem]:
    if not outcomes:
        return [Problem("outcomes", "outcomes", _("There is no outcome: it is not said what one can do afterwards."))]
    found: list[Problem] = []
    for outcome in outcomes:
        if not outcome.text_kk:
            found.append(Problem("outcome_kk", "outcomes", _("An outcome is not written in Kazakh.")))
        if known is not None and outcome.competency.code not in known:
            found.append(
                Problem(
                    "outcome_unknown", "outcomes",
                    format_lazy(_("The framework that holds has no competency {code}."), code=outcome.competency.code), stops=False,
                )
            )  # fmt: skip
    return found


def _modules(version: ProgrammeVersion, modules: list[Module], norm: Norm) -> list[Problem]:
    if not modules:
        return [Problem("modules", "modules", _("There is no module."))]
    found = [
        Problem("module_empty", "modules", format_lazy(_("The module “{name}” has no minutes."), name=module.title))
        for module in modules
        if not module.minutes
    ]
    total = sum(module.minutes for module in modules)
    if not exactly(total, version.stated_hours, norm):
        found.append(
            Problem(
                "hours", "modules",
                format_lazy(
                    _("The hours do not add up: the modules give {sum}, the approved paper says {stated}."),
                    sum=number(academic(total, norm)), stated=number(version.stated_hours),
                ),
            )
        )  # fmt: skip
    return [*found, *_days(version, modules, norm), *_final(version, modules, norm)]


def contact_minutes(modules: list[Module]) -> Decimal:
    """Minutes with a trainer: independent work stands in nobody's timetable."""
    return sum((module.lecture + module.practice + module.assessment for module in modules), Decimal(0))


def _days(version: ProgrammeVersion, modules: list[Module], norm: Norm) -> list[Problem]:
    if version.form in (Form.OWN_PACE, Form.CORRESPONDENCE):  # nobody sits in a room on set days
        return []
    contact = contact_minutes(modules)
    found: list[Problem] = []
    if days_needed(contact, norm) > version.days:
        found.append(
            Problem(
                "day", "study",
                format_lazy(
                    _("More than {most} academic hours a day: {hours} do not fit into {days} days. At least {needed} days are needed."),
                    most=norm.hours_a_day, hours=number(academic(contact, norm)), days=version.days, needed=days_needed(contact, norm),
                ),
            )
        )  # fmt: skip
    weeks = -(-version.days // 5)
    if contact > weeks * norm.hours_a_week * norm.minutes:
        found.append(
            Problem(
                "week", "study",
                format_lazy(
                    _("More than {most} academic hours a week of five days. It may be so, but think of those who travel."),
                    most=norm.hours_a_week,
                ),
                stops=False,
            )
        )  # fmt: skip
    return found


def _final(version: ProgrammeVersion, modules: list[Module], norm: Norm) -> list[Problem]:
    assessed = sum(module.assessment for module in modules)
    if version.final != Final.NONE and not assessed:
        return [Problem("assessment", "modules", _("There is a final assessment, but no module has minutes for it."))]
    if version.final == Final.NONE and version.stated_hours >= 36:
        # A certificate of professional development asks for 36 hours and a passed final (domain.md §1.5).
        return [
            Problem("final", "study", _("36 hours and more without a final assessment give no certificate of professional development."), stops=False)
        ]  # fmt: skip
    return []
