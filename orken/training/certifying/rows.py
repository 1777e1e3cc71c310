"""A run's frozen results as rows for certificates: plain data, so that certificates know nothing of runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import translation

from orken.credentials import selectors as credentials
from orken.credentials import services
from orken.credentials.models import Activity, Certificate
from orken.curriculum import selectors as curriculum
from orken.curriculum.models import Final
from orken.curriculum.models import Outcome as ProgrammeOutcome
from orken.network.models import Unit
from orken.people.models import Person
from orken.records.models import Paper
from orken.training.models import Component, Outcome, Result, ResultSheet, Run, Session

LANGUAGES = ("kk", "ru", "en")


def source_of(run: Run) -> str:
    return f"training.run:{run.code}"


def source_of_enrolment(pk: int) -> str:
    return f"training.enrolment:{pk}"


@dataclass(frozen=True)
class Candidate:
    """Somebody who passed: her frozen result, her certificate if she has one, and whether her name has changed since."""

    result: Result
    certificate: Certificate | None
    revoked: bool = False  # she had one that was revoked: nobody gives her another by oversight

    @property
    def person(self) -> Person:
        return self.result.enrolment.person

    @property
    def renamed(self) -> bool:
        """Her record says another name today than the sheet of her result."""
        return any(getattr(self.result, f"name_{code}") != self.person.full_name(code) for code in ("kk", "ru"))


def candidates(run: Run) -> list[Candidate]:
    """Everybody whose standing result is «passed», in the order of names."""
    found = Result.objects.filter(enrolment__run=run, superseded_at=None, outcome=Outcome.PASSED)
    rows = list(
        found.select_related("sheet", "enrolment__person", "enrolment__unit").order_by(
            "enrolment__person__sort_kk", "pk"
        )
    )
    sources = [source_of_enrolment(row.enrolment_id) for row in rows]
    have = credentials.of_source(sources)
    standing = [have.get(source, credentials.Standing()) for source in sources]
    return [Candidate(row, one.certificate, one.revoked) for row, one in zip(rows, standing, strict=True)]


def no_longer_passed(run: Run) -> list[Result]:
    """Whose certificate holds though a later sheet says that she did not pass: somebody has to revoke it."""
    rows = list(
        Result.objects.filter(enrolment__run=run, superseded_at=None)
        .exclude(outcome=Outcome.PASSED)
        .select_related("enrolment__person")
    )
    have = credentials.of_source(source_of_enrolment(row.enrolment_id) for row in rows)
    return [row for row in rows if (one := have.get(source_of_enrolment(row.enrolment_id))) and one.certificate]


def confirmed_on(run: Run) -> date | None:
    """The day of the last result sheet; none when no sheet is confirmed."""
    sheet = ResultSheet.objects.filter(run=run).order_by("-number").first()
    return sheet.on if sheet else None


def order_of(run: Run) -> Paper | None:
    """The order to complete the run that is in force, the newest: certificates rest on it."""
    rows = Paper.objects.filter(source=source_of(run), kind="order.complete", state__in=Paper.IN_FORCE)
    return rows.order_by("-on", "-number__sequence").first()


def minutes_of(run: Run) -> dict[str, int]:
    """What the paper counts, by kind of activity: of a programme its own minutes, else the sessions that were held.

    Independent work of a programme is self-directed, and so is a run at one's own pace; everything else is live.
    """
    if run.version is not None:
        live = own = Decimal(0)
        for module in run.version.modules.all():
            own += module.independent
            live += module.minutes - module.independent
        if run.form == Run.Form.OWN_PACE:
            live, own = Decimal(0), live + own
        found = {Activity.LIVE: int(live), Activity.SELF: int(live + own) - int(live)}
    else:
        held = Session.objects.filter(run=run, cancelled_at=None).values_list("starts_at", "ends_at")
        found = {Activity.LIVE: _minutes(held)}
    return {str(kind): minutes for kind, minutes in found.items() if minutes > 0}


def _minutes(sessions: Iterable[tuple[datetime, datetime]]) -> int:
    return sum(int((ends - starts).total_seconds()) // 60 for starts, ends in sessions)


def domain_of(run: Run) -> str:
    """The area that most outcomes of the programme lie in; empty when it has none."""
    if run.version_id is None:
        return ""
    codes = ProgrammeOutcome.objects.filter(version=run.version_id).values_list("competency__domain__code", flat=True)
    counted = Counter(codes)
    return max(sorted(counted), key=lambda code: counted[code]) if counted else ""


def shown_by(run: Run) -> list[dict[str, Any]]:
    """What its programme leads to: each competency once, at the highest level that an outcome names."""
    if run.version_id is None:
        return []
    levels: dict[str, int] = {}
    for code, level in ProgrammeOutcome.objects.filter(version=run.version_id).values_list("competency__code", "level"):
        levels[code] = max(level, levels.get(code, 0))
    return [{"competency": code, "level": level} for code, level in sorted(levels.items())]


def rows(run: Run, chosen: Iterable[Candidate]) -> list[services.Row]:
    minutes, domain, shows = minutes_of(run), domain_of(run), shown_by(run)
    ends = run.version is not None and run.version.final != Final.NONE
    return [
        services.Row(
            source=source_of_enrolment(one.result.enrolment_id), person=one.result.enrolment.person_id, unit=one.result.enrolment.unit_id,
            minutes=minutes, final=ends or Component.FINAL in one.result.facts, domain=domain,
            sheet_name={code: getattr(one.result, f"name_{code}") for code in LANGUAGES}, shows=shows,
        )
        for one in chosen
    ]  # fmt: skip


def common(
    run: Run, *, dated_on: date, signed: list[dict[str, dict[str, str]]], order: str = "", ordered_on: date | None = None, latin: bool = False
) -> services.Common:  # fmt: skip
    """What the papers of the run say alike."""
    form, place = {}, run.place or run.host
    for code in LANGUAGES:
        with translation.override(code):
            form[code] = str(run.get_form_display())
    titles = {code: getattr(run.version, f"title_{code}") if run.version else "" for code in LANGUAGES}
    return services.Common(
        training=run.kind, programme={code: titles[code] or getattr(run, f"title_{code}") or titles["kk"] or run.title_kk for code in LANGUAGES},
        form=form, starts_on=run.starts_on, ends_on=run.ends_on, dated_on=dated_on, place=_town(place), norm=_norm(run), order=order,
        ordered_on=ordered_on, signed=signed, latin=latin,
    )  # fmt: skip


def _town(unit: Unit) -> dict[str, str]:
    return {code: getattr(unit, f"city_{code}", "") or "" for code in LANGUAGES}


def _norm(run: Run) -> int:
    """By which norm its hours were counted: of a programme that of its version, else that of its last day."""
    return (curriculum.norm_of(run.version) if run.version is not None else curriculum.norm(run.ends_on)).minutes


def unit_of(run: Run) -> Unit:
    """In whose name it is issued: the school whose programme it is when the Library itself holds it, else the host."""
    if run.version is not None and run.version.programme.unit.path.startswith(run.host.path):
        return run.version.programme.unit
    return run.host
