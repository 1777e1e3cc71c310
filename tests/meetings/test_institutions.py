"""Institutions take part as bodies: forty libraries of twelve regions are counted, not said; guests come by their own links."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from orken.kit.mail.models import Letter
from orken.kit.states import WayIsClosed
from orken.meetings import keys, selectors
from orken.meetings import services as meetings
from orken.meetings.models import Guest, Institution
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.training.attendance import services as attendance
from orken.training.models import Enrolment, Mark, Run
from tests.meetings.conftest import Accounts, Country, Meet, session_of

STORY = "PVL-2021-11"
pytestmark = pytest.mark.usefixtures("country")


def figures(run: Run) -> selectors.Figures:
    return selectors.figures(selectors.meeting_of(run))


def test_the_story_had_forty_institutions_of_twelve_regions_of_that_day() -> None:
    seen = figures(Run.objects.get(code=STORY))
    assert (seen.institutions, len(seen.regions), seen.named) == (40, 12, 50)
    assert sum(many for _name, many, _people in seen.regions) == 39, "the National Library stands in no region"
    regions = {name["ru"] for name, _many, _people in seen.regions}
    assert "город Нур-Султан" in regions and "область Абай" not in regions, "regions are called as on 24 November 2021"
    semey = next(row for row in seen.rows if row.city.get("ru") == "Семей")
    assert semey.region == next(row.region for row in seen.rows if row.city.get("ru") == "Усть-Каменогорск")


def test_the_facts_of_the_story_name_what_the_programme_named() -> None:
    facts = selectors.event_facts(selectors.meeting_of(Run.objects.select_related("host").get(code=STORY)))
    assert facts["date"] == "2021-11-24" and facts["form"] == "online" and facts["end_date"] is None
    assert [talk["speaker"]["ru"]["surname"] for talk in facts["talks"]] == [
        "Оспанова",
        "Шахметова",
        "Шагиева",
        "Жилкибекова",
    ]
    assert facts["talks"][1]["title"]["ru"] == "Читатель и библиотека – 125 лет вместе"
    named = {one["city"]["ru"] for one in facts["participants"][:4]}
    assert named == {"Алматы", "Усть-Каменогорск", "Семей", "Павлодар"}, "whom the article names comes first"
    assert facts["figures"]["units"] == 40 and facts["figures"]["regions"] == 12
    assert facts["occasion"]["ru"].startswith("125-летию") and "Обмен мнениями" in facts["discussion"]["ru"]


def test_an_invitation_goes_to_whoever_sends_the_people_and_is_answered_by_her(
    meet: Meet, account: Accounts, country: Country
) -> None:
    run, by = meet(), account("pavlodar")
    [row] = meetings.list_units(run=run, units=[country("KZ-55-D02")], by=by)
    assert meetings.list_units(run=run, units=[country("KZ-55-D02")], by=by) == [], "each once"
    meetings.invite_institution(institution=row, by=by)
    letter = Notice.objects.get(kind="meetings.institution_invited", about_id=str(row.pk))
    assert letter.person_id == account("head").person_id and letter.page == f"/invitations/{row.pk}/"
    with pytest.raises(OutOfScope):
        meetings.answer_for_institution(institution=row, comes=True, delegation=3, by=account("village"))
    meetings.answer_for_institution(
        institution=row, comes=True, delegation=3, contact="Р. Оразбаева", by=account("head")
    )
    after = Institution.objects.get(pk=row.pk)
    assert (after.state, after.delegation, after.answered_by) == ("comes", 3, account("head"))
    with pytest.raises(meetings.ReasonIsMissing):
        meetings.answer_for_institution(institution=row, comes=False, by=account("head"))
    meetings.answer_for_institution(institution=row, comes=False, reason="Жөндеу жүріп жатыр", by=account("head"))
    assert Institution.objects.get(pk=row.pk).delegation is None


def test_before_the_day_a_seat_counts_afterwards_a_mark(meet: Meet, account: Accounts, country: Country) -> None:
    run, by = meet(), account("pavlodar")
    listed = meetings.list_units(run=run, units=[country("KZ-55-D02"), country("KZ-11-LIB")], by=by)
    meetings.answer_for_institution(institution=listed[0], comes=True, delegation=2, by=by)
    assert figures(run).institutions == 1, "who was only listed does not take part"
    from orken.training import services as training

    person = account("village").person
    unit = country("KZ-55-D02-01")
    training.apply(run=run, unit=unit, lines=[training.Line(person, unit)], by=account("national"))
    before = figures(run)
    assert (before.institutions, before.named) == (2, 1)
    Run.objects.filter(pk=run.pk).update(state="running")
    seat = Enrolment.objects.get(run=run)
    attendance.write(run=run, by=None, lines=[attendance.Line(session_of(run).pk, f"e{seat.pk}", Mark.State.PRESENT)])
    meetings.count_heads(institution=listed[1], headcount=12, by=by)
    after = figures(run)
    assert (after.institutions, after.named, after.counted) == (2, 1, 12), (
        "who said she comes and did not is not counted"
    )
    assert {row.unit for row in after.rows} == {unit.pk, country("KZ-11-LIB").pk}


def test_what_was_asked_is_not_struck_off_and_what_is_over_stands(
    meet: Meet, account: Accounts, country: Country
) -> None:
    run, by = meet(), account("pavlodar")
    one, other = meetings.list_units(run=run, units=[country("KZ-55-D02"), country("KZ-11-LIB")], by=by)
    meetings.strike_institution(institution=one, by=by)
    meetings.invite_institution(institution=other, by=by)
    with pytest.raises(WayIsClosed):
        meetings.strike_institution(institution=other, by=by)
    Run.objects.filter(pk=run.pk).update(state="closed")
    with pytest.raises(WayIsClosed):
        meetings.answer_for_institution(institution=other, comes=True, delegation=1, by=by)


def test_three_hundred_are_listed_at_once_and_not_more(meet: Meet, account: Accounts, country: Country) -> None:
    run = meet()
    units = selectors.below(country("KZ"), "branches")
    assert (
        units.count() > 300 or len(meetings.list_units(run=run, units=units, by=account("pavlodar"))) == units.count()
    )
    regional = selectors.below(country("KZ-55"), "regional")
    assert list(regional) == [country("KZ-55-LIB")]


def test_an_institution_is_named_as_of_the_day_of_the_meeting(meet: Meet, account: Accounts, country: Country) -> None:
    run = meet("M-2021", first=date(2021, 11, 24))
    [row] = meetings.list_units(run=run, units=[country("KZ-10-LIB")], by=account("pavlodar"))
    assert row.region == country("KZ-63"), "Abai region was not there yet"


def test_a_guest_comes_by_her_own_link_and_it_can_be_shut(meet: Meet, account: Accounts) -> None:
    run, by = meet(), account("pavlodar")
    guest = meetings.add_guest(
        run=run, name="Ержанова Салтанат", institution="Бішкек", email="guest@example.org", by=by
    )
    word = keys.of_guest(guest)
    assert word in Letter.objects.get(to="guest@example.org").text
    assert keys.guest_of(word) == guest
    meetings.guest_answers(guest=guest, comes=True)
    assert figures(run).guests == 1
    meetings.drop_guest(guest=guest, by=by)
    assert keys.guest_of(word) is None and Guest.objects.filter(pk=guest.pk, gone_at__lte=timezone.now()).exists()
