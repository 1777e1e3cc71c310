"""Three years of training in the demo country: the sizes of the recipe, every edge case, and nothing that is not true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orken.credentials.badges import judging
from orken.credentials.models import Badge, Certificate, LedgerRow
from orken.curriculum.models import ProgrammeVersion
from orken.kit import demo
from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person, PreviousName, ProtectedId
from orken.surveys.models import Invitation, Sheet, Survey
from orken.surveys.selectors import results_of
from orken.training.attendance import selectors as attendance
from orken.training.demo.sample import SAMPLES
from orken.training.models import (
    Applicant,
    Enrolment,
    Fact,
    Mark,
    PaperSheet,
    Result,
    ResultSheet,
    Run,
    SeatMove,
    SeatPool,
    Trainer,
    WalkIn,
)
from orken.training.results import selectors as results
from orken.training.results.rule import MEETINGS, Rule, Value, judge

Country = Callable[[str], Unit]
pytestmark = pytest.mark.usefixtures("country")
E = Enrolment.State
# What may differ when the demo is made again: seals are never the same twice, an index and sums bear the moment of their making.
ANEW = {
    "people.ProtectedId": {"sealed"}, "credentials.SigningKey": {"sealed"}, "kit_search.SearchRow": {"written_at"},
    "insights.Column": {"through"},
}  # fmt: skip


# --- sizes ---


def test_it_has_seventy_runs_in_every_state_of_every_kind_over_three_years() -> None:
    # The seventy of the plan, the one whose graduates show their work, the two meetings of orken.meetings, three courses of orken.study.
    assert Run.objects.count() == 76
    assert set(Run.objects.values_list("state", flat=True)) == set(Run.State.values)
    assert set(Run.objects.values_list("kind", flat=True)) == set(Run.Kind.values)
    held = (
        Run.objects.filter(state__in=("closed", "archived")).order_by("starts_on").values_list("starts_on", flat=True)
    )
    assert {day.year for day in held} == {2021, 2024, 2025, 2026}


def test_about_1900_enrolments_stand_in_every_state() -> None:
    states = Counter(Enrolment.objects.values_list("state", flat=True))
    assert 1800 <= states.total() <= 2020  # nineteen of them learn in the three courses of orken.study
    assert set(states) == set(E.values)
    assert 1300 <= states[E.COMPLETED] <= 1600


def test_every_region_holds_something_and_sends_people() -> None:
    for region in Unit.objects.filter(kind="region"):
        assert Run.objects.filter(host__path__within=region.path).exists(), region
        assert Enrolment.objects.filter(unit__path__within=region.path).exists(), region


def test_every_programme_of_the_catalogue_was_held_in_an_edition_of_its_time() -> None:
    published = ProgrammeVersion.objects.exclude(published_at=None)
    held = Run.objects.filter(state__in=("closed", "archived", "running", "assessment"), version__isnull=False)
    assert set(published.values_list("programme", flat=True)) == set(held.values_list("version__programme", flat=True))
    assert not Run.objects.filter(version__published_at__gt=F("created_at")).exists()
    assert held.filter(version__programme__code="CAT-72").values("version").distinct().count() == 2


@pytest.mark.parametrize(
    ("which", "least", "most"),
    [
        (Q(host__code="NL-CONSERVATION", kind__in=("course", "internship")), 2, 6),
        (Q(host__code="NL-CATALOGUER"), 10, 15),
        (Q(kind="seminar", host__kind__in=("regional", "system")), 20, 30),
        (Q(kind="webinar"), 40, 120),
    ],
)
def test_cohorts_have_the_sizes_of_the_recipe(which: Q, least: int, most: int) -> None:
    held = Run.objects.filter(which, state__in=("closed", "archived")).exclude(code__in=[one.code for one in SAMPLES])
    sizes = {run.code: Applicant.objects.filter(run=run, state="accepted").count() for run in held}
    assert len(sizes) > 2 and {code: n for code, n in sizes.items() if not least <= n <= most} == {}


# --- truth ---


def test_it_breaks_no_invariant() -> None:
    assert not {rule: rows for rule, rows in invariants.run() if rows}


def test_every_sheet_says_what_the_rule_says_of_what_is_known() -> None:
    sheets = ResultSheet.objects.select_related("run__host", "run__version").order_by("run", "number")
    runs = {sheet.run.pk: sheet for sheet in sheets}
    assert len(runs) > 50
    for sheet in runs.values():
        rows = results.rows_of(sheet.run)
        assert Rule(**sheet.rule) == results.rule_of(sheet.run)
        assert [row.enrolment.pk for row in rows if row.stale] == [], sheet
        frozen = {
            one.enrolment_id: one.facts for one in Result.objects.filter(sheet__run=sheet.run, superseded_at=None)
        }
        assert frozen == {
            row.enrolment.pk: {name: [fact.value, fact.of] for name, fact in row.facts.items()} for row in rows
        }


def test_of_sheets_that_were_corrected_every_line_is_of_its_own_facts() -> None:
    for result in Result.objects.select_related("sheet"):
        known = {name: Value(*pair) for name, pair in result.facts.items()}
        verdict = judge(Rule(**result.sheet.rule), known)
        assert (result.outcome, result.lines) == (verdict.outcome, [line.as_data() for line in verdict.lines])


def test_nobody_is_at_two_places_at_a_time_and_nobody_teaches_what_she_learns() -> None:
    busy: dict[int, list[tuple[date, date, str]]] = {}
    came = Enrolment.objects.filter(
        run__state__in=("closed", "archived", "assessment"), run__result_sheets__isnull=False
    )
    for person, first, last, code in came.exclude(state=E.WITHDRAWN).values_list("person", "run__starts_on", "run__ends_on", "run__code").distinct():  # fmt: skip
        busy.setdefault(person, []).append((first, last, code))
    # A course at one's own pace keeps its trainer at no place: she answers when she is asked.
    teaching = Trainer.objects.exclude(run__form="own_pace")
    for person, first, last, code in teaching.values_list("person", "run__starts_on", "run__ends_on", "run__code"):
        busy.setdefault(person, []).append((first, last, code))
    for person, days in busy.items():
        days.sort()
        assert [(one, other) for one, other in pairwise(days) if other[0] <= one[1]] == [], person


def test_whoever_had_a_seat_worked_where_it_says_and_everything_has_its_moment() -> None:
    past = Enrolment.objects.filter(run__state__in=("closed", "archived")).exclude(run__code="PVL-2026-30")
    for row in past.select_related("run", "applicant"):
        day = timezone.localdate(row.enrolled_at)
        post = Appointment.objects.filter(person=row.person_id, unit=row.unit_id, post=row.post_id, valid_from__lte=day)
        assert post.filter(Q(valid_to=None) | Q(valid_to__gt=day)).exists(), row
        assert row.run.created_at < row.applicant.created_at <= row.enrolled_at
        assert day < row.run.starts_on
    assert not Mark.objects.filter(recorded_at__lt=F("session__starts_at")).exists()
    assert not ResultSheet.objects.filter(on__lt=F("run__ends_on")).exists()
    assert all(timezone.localdate(sheet.confirmed_at) == sheet.on for sheet in ResultSheet.objects.all())
    assert not Survey.objects.filter(created_at__lt=F("version__published_at")).exists()


def test_a_run_that_ended_asked_its_people_and_later_what_came_of_it() -> None:
    # The meeting of 2021 was held before there were questionnaires here.
    ended = Run.objects.filter(state__in=("closed", "archived")).exclude(starts_on__lt=date(2024, 1, 1))
    for run in ended:
        assert Survey.objects.filter(source=f"training.run:{run.code}:reaction").count() == 1
    answered = Invitation.objects.filter(survey__source__startswith="training.run").aggregate(n=Sum("used"))["n"]
    assert answered == Sheet.objects.filter(survey__source__startswith="training.run").count() > 1500
    later = Survey.objects.filter(source__endswith=":follow_up")
    assert later.count() > 40 and Survey.objects.filter(source__endswith=":head").exists()
    assert all(results_of(one) for one in later if one.over and one.sheets.count() >= 5)


def test_the_trail_tells_each_run_from_its_opening_to_its_end() -> None:
    for run in Run.objects.filter(state="closed"):
        rows = AuditEvent.objects.filter(target_kind="training.run", target_id=str(run.pk)).order_by("at", "pk")
        verbs = list(rows.values_list("verb", flat=True))
        assert verbs[0] == "run.opened" and {"run.confirm", "run.begin", "run.close"} <= set(verbs), run.code


def test_made_again_it_is_the_same_to_the_last_letter() -> None:
    """Every row of every app: runs, papers, certificates with their chains and badges, letters, files, the trail."""

    def everything() -> dict[str, Any]:
        found = {}
        for model in apps.get_models():
            rows = serializers.serialize("python", model._default_manager.order_by("pk"))
            left = ANEW.get(model._meta.label, set())
            many = {field.name for field in model._meta.many_to_many}  # a set: the database gives it in any order
            found[model._meta.label] = [
                (row["pk"], {k: sorted(v) if k in many else v for k, v in row["fields"].items() if k not in left}) for row in rows
            ]  # fmt: skip
        return found

    before = everything()
    demo.make()
    after = everything()
    assert len(before["credentials.Badge"]) > 20 and len(before["credentials.Step"]) > 70 and before["notices.Notice"]
    for name, rows in before.items():
        assert len(rows) == len(after[name]), name
        assert [one for one in zip(rows, after[name], strict=True) if one[0] != one[1]][:3] == [], name


def test_certificates_of_the_demo_bear_the_moments_of_their_papers() -> None:
    """Nothing of them was written on the day of the visit, in whatever order it is read."""
    for one in Certificate.objects.prefetch_related("steps").select_related("badge"):
        moments = [step.at for step in one.steps.all()]
        assert moments == sorted(moments) and timezone.localdate(moments[0]) == one.dated_on, one
        assert one.issued_at is None or (one.issued_at in moments and one.badge.made_at == one.issued_at), one
    assert (
        not LedgerRow.objects.filter(certificate__isnull=False)
        .exclude(recorded_at=F("certificate__issued_at"))
        .exists()
    )
    assert all(judging.judge(one.linked).valid != one.ends for one in Badge.objects.all())


# --- pages ---


def queries(client: Client, address: str) -> int:
    client.get(address)  # what a process learns once is not the page's
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


@pytest.mark.parametrize(("login", "run"), [("national", "NL-2026-01"), ("pavlodar", "PVL-2026-01"), ("village", "")])
def test_every_page_stays_within_fifteen_queries(login: str, run: str, browse: Callable[[str], Client]) -> None:
    addresses = [
        reverse("portal:home"), reverse("portal:desk"), reverse("training:calendar"), reverse("training:mine"),
        reverse("training:month", args=[2026, 4]), reverse("training:run", args=["NL-2026-01"]),
    ]  # fmt: skip
    if run:
        addresses += [reverse(name) for name in ("training:runs", "training:applications", "surveys:list")]
        addresses += [reverse(f"training:{page}", args=[run]) for page in ("desk", "applicants", "attendance")]
    asked = {address: queries(browse(login), address) for address in addresses}
    assert {address: n for address, n in asked.items() if n > 15} == {}


def test_much_asks_no_more_than_little(browse: Callable[[str], Client], account: Callable[[str], Account]) -> None:
    client, village = browse("national"), account("village").person
    newcomer = Person.objects.filter(enrolments=None, account=None, appointments__isnull=False).order_by("pk")[0]
    pages = [reverse("network:person", args=[one.pk]) for one in (village, newcomer)]
    assert queries(client, pages[0]) <= queries(client, pages[1])
    sheets = [reverse("training:results", args=[code]) for code in ("NL-2026-01", "NL-2026-05")]
    assert queries(client, sheets[0]) <= queries(client, sheets[1])


# --- the edge cases of domain.md §8 ---


def learned(**who: Any) -> set[str]:
    """Codes of runs in which whoever is asked for had a seat to the end."""
    rows = Enrolment.objects.filter(**{f"person__{name}": value for name, value in who.items()})
    return set(rows.exclude(state=E.WITHDRAWN).values_list("run__code", flat=True))


def test_one_woman_learned_under_three_spellings() -> None:
    born = Person.objects.filter(birth_on=date(1983, 5, 17)).filter(Q(surname_kk__startswith="Жанб") | Q(surname_ru__startswith="Джанб"))  # fmt: skip
    spellings = {person.pk: learned(pk=person.pk) for person in born}
    assert len(spellings) == 3 and all(spellings.values())
    assert sum(map(len, spellings.values())) == len(set.union(*spellings.values()))  # never two of them in one run


def test_a_result_keeps_the_surname_from_before_the_marriage() -> None:
    before = PreviousName.objects.get(reason="marriage", valid_to=date(2025, 7, 15))
    hers = Result.objects.filter(enrolment__person=before.person_id).order_by("sheet__on")
    names = {result.name_kk.split()[0]: result.sheet.on for result in hers.select_related("sheet")}
    assert set(names) == {before.surname_kk, before.person.surname_kk}
    assert before.valid_to is not None and names[before.surname_kk] < before.valid_to <= names[before.person.surname_kk]


def test_two_people_of_one_name_sat_in_one_room() -> None:
    same = Enrolment.objects.filter(run__code="PVL-2026-01", person__surname_kk="Ахметова", person__given_kk="Айгүл")
    assert same.values("person").distinct().count() == 2
    assert len({row.person.birth_on for row in same}) == 2


def test_a_trainee_from_bishkek_without_an_iin_learned() -> None:
    foreign = ProtectedId.objects.get(kind=ProtectedId.Kind.FOREIGN)
    assert learned(pk=foreign.person_id) == {"NL-2026-15"}


def test_whoever_combines_two_posts_learned_once_by_her_main_post() -> None:
    row = Enrolment.objects.get(run__code="NL-2024-06", person__surname_kk="Дүйсенова", person__given_kk="Сәуле")
    held = Appointment.objects.filter(person=row.person, valid_to=None)
    assert held.count() == 2 and held.get(employment="main").post_id == row.post_id


def test_whoever_went_with_the_split_of_2022_learns_for_abai() -> None:
    moved = Appointment.objects.get(unit__code="KZ-63-LIB", valid_to=date(2022, 6, 8), person__surname_kk="Ыбыраева")
    rows = Enrolment.objects.filter(person=moved.person)
    assert len(rows) > 1 and {row.unit.code for row in rows} == {"KZ-10-LIB"}


def test_a_course_was_called_off_after_it_was_confirmed() -> None:
    run = Run.objects.get(code="NL-2025-10")
    rows = AuditEvent.objects.filter(target_kind="training.run", target_id=str(run.pk)).order_by("at")
    assert [row.verb for row in rows] == ["run.opened", "run.confirm", "run.cancel"]
    assert run.state == Run.State.CANCELLED and run.reason and not run.sessions.filter(cancelled_at=None).exists()
    assert not Applicant.objects.filter(run=run, state__in=Applicant.LIVE).exists()
    assert set(run.enrolments.values_list("state", flat=True)) == {E.WITHDRAWN} and run.enrolments.count() > 15


@pytest.mark.parametrize("code", ["PVL-2026-01", "PVL-2026-30"])
def test_whoever_was_there_for_78_percent_did_not_pass(code: str) -> None:
    run = Run.objects.get(code=code)
    (pk,) = [pk for pk, one in attendance.minutes_of(run).items() if one.there * 100 // (one.of or 1) == 78]
    result = Result.objects.get(enrolment=pk, superseded_at=None)
    assert result.outcome == "failed"
    assert [line["component"] for line in result.lines if not line["holds"]] == ["attendance"]
    assert result.enrolment.state == E.FAILED


def test_a_region_asked_for_more_than_its_quota() -> None:
    run = Run.objects.get(code="TRK-2026-01")
    pool = SeatPool.objects.select_related("unit").get(run=run, unit__code="KZ-61")
    asked = Applicant.objects.filter(run=run, unit__path__within=pool.unit.path)  # type: ignore[union-attr]
    seats = Counter(asked.values_list("state", flat=True))
    assert asked.count() == 17 > pool.total == 12
    assert seats == {"accepted": 14, "declined": 3}  # two came in by seats that another region gave up
    assert SeatMove.objects.filter(run=run, kind=SeatMove.Kind.RELEASED, total_change=2).count() == 1


def test_a_journey_was_moved_by_a_snowstorm() -> None:
    run = Run.objects.get(code="NL-2025-08")
    rows = AuditEvent.objects.filter(target_kind="training.run", target_id=str(run.pk)).order_by("at", "pk")
    assert [row.verb for row in rows][1:5] == ["run.confirm", "run.loosen", "run.changed", "run.confirm"]
    loosened, changed = rows.get(verb="run.loosen"), rows.get(verb="run.changed")
    assert "Боран" in loosened.after["reason"]
    assert (changed.before["starts_on"], changed.after["starts_on"]) == ("2025-11-18", str(run.starts_on))
    assert set(run.sessions.values_list("sequence", flat=True)) == {1}
    assert [stop.starts_on for stop in run.stops.all()] == [date(2025, 12, day) for day in (2, 3, 4)]


def test_somebody_did_not_come_and_somebody_excused_herself() -> None:
    for state in (E.NO_SHOW, E.EXCUSED):
        rows = Enrolment.objects.filter(state=state)
        assert rows.count() > 20 and not rows.filter(reason="").exists()
        assert set(Result.objects.filter(enrolment__in=rows).values_list("outcome", flat=True)) == {"absent"}


def test_a_mark_was_corrected_by_another_sheet_with_its_reason() -> None:
    later = ResultSheet.objects.get(number=2)
    assert later.reason and later.on == date(2026, 1, 20)
    now = later.results.get()
    before = Result.objects.get(enrolment=now.enrolment_id, sheet__number=1)
    assert (before.outcome, now.outcome) == ("failed", "passed") and before.superseded_at == later.confirmed_at
    marks = Fact.objects.filter(enrolment=now.enrolment_id, component="final").order_by("recorded_at")
    assert [bool(mark.superseded_at) for mark in marks] == [True, False] and marks[1].reason == later.reason
    # As known at the end of the year she had not passed.
    year = timezone.make_aware(datetime(2025, 12, 31))
    assert results.facts_of(later.run, known_at=year)[now.enrolment_id]["final"].value == marks[0].value
    assert now.enrolment.state == E.COMPLETED


def test_people_walked_in_and_their_minutes_are_noted() -> None:
    guests = WalkIn.objects.annotate(n=Count("marks"))
    assert guests.count() > 10 and not guests.filter(n=0).exists()
    assert set(guests.values_list("run__kind", flat=True)) >= {"seminar", "travelling"}


def test_a_day_was_kept_on_paper() -> None:
    sheets = PaperSheet.objects.select_related("session")
    assert sheets.exists()
    for sheet in sheets:
        marks = Mark.objects.filter(sheet=sheet)
        assert {mark.source for mark in marks} == {Mark.Source.PAPER} and len(marks) == len(sheet.rows)


def test_two_devices_differed_once_decided_and_once_open() -> None:
    aside = Mark.objects.filter(aside=True)
    assert aside.filter(superseded_at=None).get().session.run.code == "NL-2026-38"
    assert aside.exclude(superseded_at=None).get().session.run.code == "NL-2025-07"
    (open_,) = attendance.differences(Run.objects.get(code="NL-2026-38"))
    assert open_.standing is not None and open_.standing.minutes != open_.aside.minutes


def test_a_course_of_own_kind_asks_for_more_by_its_rule() -> None:
    run = Run.objects.filter(version__programme__code="CAT-72", state="closed").select_related("version").first()
    assert run is not None and results.rule_of(run).final == 70
    assert not Result.objects.filter(sheet__run__version__programme__code="CAT-72", outcome="passed", facts__final__0__lt=70).exists()  # fmt: skip
    assert (
        all(ResultSheet.objects.filter(run__kind__in=MEETINGS).values_list("rule__questionnaire", flat=True)) is False
    )


def test_her_applications_say_what_came_of_each(
    browse: Callable[[str], Client], account: Callable[[str], Account]
) -> None:
    """A seat of a course that is over is no news: whether she completed it is."""
    ended = Applicant.objects.filter(
        state=Applicant.State.ACCEPTED, enrolment__state__in=(E.COMPLETED, E.FAILED), run__state=Run.State.CLOSED
    )
    one = ended.exclude(person__account=None).select_related("run", "enrolment", "person__account").first()
    assert one is not None and one.person is not None
    client = browse(one.person.account.login)
    listed = client.get(reverse("training:mine"), HTTP_ACCEPT_LANGUAGE="kk").content.decode()
    assert one.enrolment.get_state_display() in listed
    page = client.get(one.run.get_absolute_url()).content.decode()
    assert reverse("training:my_results") in page
