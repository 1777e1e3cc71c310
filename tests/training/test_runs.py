"""A run keeps what it was opened with; who is asked to teach answers; who is concerned is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.curriculum import services as curriculum
from orken.curriculum.models import Programme
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.training import services as training
from orken.training.models import Run, Trainer
from tests.training.conftest import Accounts

Browse = Callable[[str], Client]


def test_a_run_stays_on_the_version_it_was_opened_with(run: Callable[..., Run], account: Accounts) -> None:
    def programme() -> Programme:
        return Programme.objects.select_related("draft", "published", "unit").get(code="CAT-72")

    curator, then = account("curator"), programme().published
    course = run(version=then, title_kk="")
    assert then is not None and course.title_kk == then.title_kk
    draft = curriculum.start_draft(programme=programme(), by=curator)
    draft = curriculum.write(version=draft, fields={"title_kk": "Жаңа атау"}, by=curator, revision=draft.revision)
    curriculum.publish(programme=programme(), note="Жаңа атау", by=curator, revision=draft.revision)
    assert programme().published != then
    assert Run.objects.get(pk=course.pk).version == then
    assert Run.objects.get(pk=course.pk).title_kk == then.title_kk


def test_she_who_is_asked_to_teach_answers_herself_or_the_organiser_notes_it(
    run: Callable[..., Run], account: Accounts, browse: Browse
) -> None:
    course, national, hers = run(), account("national"), account("trainer")
    assert hers.person is not None
    trainer = training.invite_trainer(run=course, person=hers.person, by=national)
    assert Notice.objects.filter(kind="training.asked_to_teach", person=hers.person, about_id=str(trainer.pk)).exists()
    answer = browse("trainer").post(reverse("training:answer", args=[trainer.pk, "provisional"]))
    assert (answer.status_code, Trainer.objects.get(pk=trainer.pk).state) == (302, "provisional")
    noted = browse("national").post(reverse("training:answer", args=[trainer.pk, "accepted"]))
    assert noted.headers["Location"] == reverse("training:trainers", args=[course.code])
    assert Trainer.objects.get(pk=trainer.pk).state == "accepted"
    assert browse("village").post(reverse("training:answer", args=[trainer.pk, "declined"])).status_code == 404
    with pytest.raises(OutOfScope):
        training.answer_invitation(trainer=trainer, state="declined", by=account("village"))


def test_a_second_press_does_not_wipe_her_answer_and_after_a_refusal_she_is_asked_anew(
    run: Callable[..., Run], account: Accounts
) -> None:
    course, national, hers = run(), account("national"), account("trainer")

    def ask() -> Trainer:
        return training.invite_trainer(run=course, person=hers.person, by=national)

    def letters() -> int:
        return Notice.objects.filter(kind="training.asked_to_teach", about_id=str(ask_of_hers.pk)).count()

    ask_of_hers = ask()
    training.answer_invitation(trainer=ask_of_hers, state="accepted", by=hers)
    assert (ask().state, letters()) == ("accepted", 1)
    training.answer_invitation(trainer=ask_of_hers, state="declined", by=hers)
    assert (ask().state, letters()) == ("invited", 2)
    assert (ask().state, letters()) == ("invited", 2)


def test_a_session_that_is_moved_tells_who_has_a_seat_and_who_teaches_it_and_nobody_else(
    run: Callable[..., Run], account: Accounts, people: Callable[[str, int], list[tuple[Any, Unit]]]
) -> None:
    course, national, teacher = run(), account("national"), account("trainer").person
    assert teacher is not None
    rows = people("KZ-55", 2)
    sent = training.apply(
        run=course, unit=rows[0][1], lines=[training.Line(who, unit) for who, unit in rows], by=national
    )
    seated, _asks = sent.applicants.order_by("pk")
    training.accept(applicant=seated, by=national)
    at = timezone.make_aware(datetime.combine(course.starts_on, time(9)))
    session = training.add_session(
        run=course, by=national, starts_at=at, ends_at=at + timedelta(hours=1), title_kk="Т", trainers=[teacher]
    )
    later = {"starts_at": at + timedelta(hours=2), "ends_at": at + timedelta(hours=3)}
    training.change_session(session=session, by=national, values=later)
    told = Notice.objects.filter(kind="training.session_moved").values_list("person", flat=True)
    assert (len(told), set(told)) == (2, {seated.person_id, teacher.pk})
    training.cancel_session(session=session, by=national)
    gone = Notice.objects.filter(kind="training.session_cancelled").values_list("person", flat=True)
    assert (len(gone), set(gone)) == (2, {seated.person_id, teacher.pk})


def told_to_machines(run: Run, browse: Browse, language: str = "kk") -> dict[str, Any]:
    page = browse("").get(f"/{language}/run/{run.code}/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    found: dict[str, Any] = json.loads(block)
    return found


def test_the_page_of_a_run_tells_machines_what_it_tells_people(
    run: Callable[..., Run], browse: Browse, account: Accounts, country: Callable[[str], Unit]
) -> None:
    version = Programme.objects.select_related("published").get(code="CAT-72").published
    course, national = run(version=version, title_kk="", capacity=9), account("national")
    training.set_co_hosts(run=course, units=[country("KZ-55-LIB")], by=national)
    stops = [(country(code), course.starts_on, course.starts_on) for code in ("KZ-55-LIB", "KZ-55-D01")]
    training.set_route(run=course, stops=stops, by=national)
    training.invite_trainer(run=course, person=account("trainer").person, by=national)
    data = told_to_machines(course, browse, "ru")
    assert data["@type"] == ["EducationEvent", "CourseInstance"]
    assert (data["startDate"], data["endDate"]) == (course.starts_on.isoformat(), course.ends_on.isoformat())
    assert (data["name"], data["about"]["courseCode"], data["courseWorkload"]) == ("Библиотекарь-каталогизатор", "CAT-72", "PT3240M")  # fmt: skip
    assert [place["@type"] for place in data["location"]] == ["Place", "Place"]
    assert [who["name"] for who in data["organizer"]] == [country("NL").name_ru, country("KZ-55-LIB").name_ru]
    assert len(data["performer"]) == 1
    assert (data["remainingAttendeeCapacity"], data["eventStatus"][-14:]) == (9, "EventScheduled")
    training.lead(run=course, way="cancel", by=national, reason="Боран.")
    assert told_to_machines(course, browse)["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_meeting_on_line_is_an_event_at_an_address_and_its_title_stays_inside_the_data(
    run: Callable[..., Run], browse: Browse
) -> None:
    course = run(kind="meeting", form="live", title_kk="</script><b>&")
    data = told_to_machines(course, browse)
    assert (data["@type"], data["name"]) == ("EducationEvent", "</script><b>&")
    assert [(place["@type"], "/run/MC-1/" in place["url"]) for place in data["location"]] == [("VirtualLocation", True)]
    assert "courseMode" not in data and data["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")


def test_an_hour_of_one_person_costs_the_actual_sum_by_those_who_have_a_seat(
    run: Callable[..., Run], account: Accounts, people: Callable[[str, int], list[tuple[Any, Unit]]], browse: Browse
) -> None:
    course, national = run(), account("national")
    rows = people("KZ-55", 2)
    sent = training.apply(
        run=course, unit=rows[0][1], lines=[training.Line(who, unit) for who, unit in rows], by=national
    )
    for applicant in sent.applicants.all():
        training.accept(applicant=applicant, by=national)
    at = timezone.make_aware(datetime.combine(course.starts_on, time(9)))
    training.add_session(run=course, by=national, starts_at=at, ends_at=at + timedelta(minutes=90), title_kk="Т")
    training.set_costs(
        run=course, by=national, lines=[{"kind": "travel", "note": "", "estimate": 9000, "actual": 8000}]
    )
    page = browse("national").get(reverse("training:costs", args=[course.code])).content.decode()
    figures = re.findall(r'<dd class="num">([^<]*) ₸', page)
    assert [re.sub(r"\D", "", one) for one in figures] == ["9000", "8000", "2000"], "8,000 over two hours of two people"
