"""Learning in a course: reading, notes, finishing, devices without a line, and what a trainer sees."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from orken.attempts import services as sittings
from orken.attempts.models import Attempt
from orken.competencies.models import Evidence
from orken.courseware import services as courseware
from orken.courseware.embeds import Standing
from orken.courseware.models import AssetFile, Course
from orken.discussion import services as discussion
from orken.discussion.models import Post, Thread
from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.offline import services as offline
from orken.kit.offline.registry import Sent
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people import events
from orken.people.models import Account
from orken.questions.models import Exercise
from orken.study import held, selectors, services, threads
from orken.study import outline as outlines
from orken.study.erasing import erasing as forget
from orken.study.models import Finish, Message, Note, Offering, Seen
from orken.study.operations import ASK, NOTE, SEEN
from orken.study.selectors.group import why_stuck
from orken.study.selectors.learner import Place, Progress
from orken.training import services as training
from orken.training.certifying.services import certify
from orken.training.models import CompletionRule, Enrolment, Result, Run
from orken.training.results import selectors as results
from orken.training.results import services as commission
from tests.study.conftest import Learn, sit
from tests.waiting import worked

Accounts = Callable[[str], Account]
Browse = Callable[[str], Any]


def unbroken() -> None:
    assert not {rule: rows for rule, rows in invariants.run() if rows}


def read(offering: Offering, seat: Enrolment, by: Account, lessons: int = 99) -> None:
    for lesson in outlines.of(offering.version).lessons[:lessons]:
        services.see_all(enrolment=seat, lesson=lesson.key, offering=offering, by=by)


# --- the demo ---


def test_the_demo_shows_people_in_different_places(country: Any) -> None:
    offering = selectors.offering_of("NL-2026-45")
    assert offering is not None
    lines = selectors.group(offering)
    assert {line.progress.done for line in lines} >= {0, 1, 6}
    assert sum(line.progress.finish is not None for line in lines) == 2
    assert {row.run.code for row in Offering.objects.select_related("run")} >= {"NL-2026-45"}
    unbroken()


# --- giving a run its course ---


def test_a_run_pins_the_version_that_is_published_when_it_opens(learn: Learn, account: Accounts) -> None:
    offering, _seats = learn()
    course = offering.version.course
    draft = Course.objects.get(pk=course.pk).draft
    assert draft is not None
    courseware.ask(course=course, note="", by=account("national"))
    courseware.publish(course=course, by=_second(account), behind_is_known=True)
    assert Offering.objects.get(pk=offering.pk).version_id == offering.version_id != draft.pk
    later, _more = learn("STUDY-2")
    assert later.version_id == draft.pk


def _second(account: Accounts) -> Account:
    """Somebody else who may publish for the National Library's schools."""
    from orken.network.models import RoleAssignment, Unit

    person = account("registrar").person
    RoleAssignment.objects.create(
        person=person, role="national_methodologist", unit=Unit.objects.get(code="KZ"), valid_from=date(2026, 1, 1)
    )
    return Account.objects.get(pk=account("registrar").pk)


def test_a_course_of_another_programme_is_refused(learn: Learn, account: Accounts) -> None:
    offering, _seats = learn()
    other = Course.objects.exclude(programme=offering.version.course.programme).exclude(published=None).first()
    if other is None:
        other = Course.objects.get(pk=offering.version.course_id)
        Course.objects.filter(pk=other.pk).update(programme=None)
        offering.run.version = None
    with pytest.raises(services.Refused):
        services.open_course(run=offering.run, course=other, pace="own", by=account("national"))


def test_once_somebody_has_read_the_course_stays(learn: Learn, account: Accounts) -> None:
    offering, seats = learn()
    course = Course.objects.get(code="SRDGOB")
    services.open_course(run=offering.run, course=course, pace="weekly", by=account("national"))
    again = Offering.objects.select_related("run__host", "version").get(run=offering.run)
    read(again, seats[0], account("village"), 1)
    with pytest.raises(services.Refused):
        services.open_course(run=offering.run, course=course, pace="own", by=account("national"))


def test_nobody_but_an_organiser_gives_a_course(learn: Learn, account: Accounts) -> None:
    offering, _seats = learn()
    for login in ("village", "pavlodar"):
        with pytest.raises(OutOfScope):
            services.open_course(run=offering.run, course=offering.version.course, pace="own", by=account(login))


# --- reading ---


def test_what_is_read_is_kept_once_and_leads_to_the_next_lesson(
    learn: Learn, account: Accounts, reading_alone: None
) -> None:
    offering, seats = learn()
    outline = outlines.of(offering.version)
    first = outline.lessons[0]
    assert services.see_all(enrolment=seats[0], lesson=first.key, offering=offering, by=account("village")) == len(
        outline.blocks_of[first.key]
    )
    assert services.see_all(enrolment=seats[0], lesson=first.key, offering=offering, by=account("village")) == 0
    hers = next(one for one in selectors.learning(account("village")) if one.run == offering.run).progress
    assert hers.done == 1 and hers.next is not None and hers.next.lesson.key == outline.lessons[1].key


def test_a_block_is_seen_once_whatever_comes(learn: Learn) -> None:
    offering, seats = learn()
    key = next(iter(outlines.of(offering.version).lesson_of))
    Seen.objects.create(enrolment=seats[0], lesson=uuid4(), block=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seen.objects.create(enrolment=seats[0], lesson=uuid4(), block=key)


def test_nobody_reads_for_another(learn: Learn, account: Accounts) -> None:
    offering, seats = learn(people=2)
    for seat, login in ((seats[1], "village"), (seats[0], "national")):
        with pytest.raises(OutOfScope):
            services.see_all(
                enrolment=seat,
                lesson=outlines.of(offering.version).lessons[0].key,
                offering=offering,
                by=account(login),
            )


def test_a_block_of_no_course_is_no_place(learn: Learn, account: Accounts) -> None:
    offering, seats = learn()
    with pytest.raises(services.BadPlace):
        services.see(enrolment=seats[0], blocks={uuid4(): timezone.now()}, offering=offering, by=account("village"))


def test_week_by_week_the_second_module_opens_in_its_week(learn: Learn, browse: Browse) -> None:
    offering, _seats = learn(pace="weekly", began=3)
    second = outlines.of(offering.version).lessons[3]
    answer = browse("village").get(f"/kk/study/STUDY-1/lesson/{second.key}/")
    assert answer.status_code == 200 and "data-block" not in answer.content.decode()
    assert (
        browse("national").get(f"/kk/study/STUDY-1/lesson/{second.key}/").content.decode().count("data-block=")
        == second.blocks.count()
    )
    assert browse("village").post(f"/kk/study/STUDY-1/lesson/{second.key}/read/").status_code == 404


def test_without_script_one_button_reads_the_lesson_and_opens_the_next(learn: Learn, browse: Browse) -> None:
    offering, seats = learn()
    lessons = outlines.of(offering.version).lessons
    client = browse("village")
    answer = client.post(f"/ru/study/STUDY-1/lesson/{lessons[0].key}/read/")
    assert answer["Location"].endswith(f"/ru/study/STUDY-1/lesson/{lessons[1].key}/")
    assert Seen.objects.filter(enrolment=seats[0], lesson=lessons[0].key).count() == lessons[0].blocks.count()


def test_a_stranger_finds_no_page_of_the_course(learn: Learn, browse: Browse) -> None:
    offering, _seats = learn()
    key = outlines.of(offering.version).lessons[0].key
    block = next(iter(outlines.of(offering.version).blocks_of[key]))
    for login in ("pavlodar", "student", "head"):
        client = browse(login)
        for path in (
            "",
            "glossary/",
            "notes/",
            "search/",
            f"lesson/{key}/",
            f"lesson/{key}/ask/{block}/",
            f"lesson/{key}/note/{block}/",
        ):
            assert client.get(f"/kk/study/STUDY-1/{path}").status_code == 404, path


def test_an_address_of_no_lesson_is_not_found(learn: Learn, browse: Browse) -> None:
    learn()
    assert browse("village").get(f"/kk/study/STUDY-1/lesson/{uuid4()}/").status_code == 404


def test_the_page_of_a_lesson_costs_the_same_queries_whatever_was_read_and_asked(learn: Learn, browse: Browse, account: Accounts, reading_alone: None) -> None:  # fmt: skip
    offering, seats = learn()
    outline = outlines.of(offering.version)
    client, short, long = browse("village"), outline.lessons[0], outline.lessons[1]
    for lesson in (short, long):
        client.get(f"/kk/study/STUDY-1/lesson/{lesson.key}/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/kk/study/STUDY-1/lesson/{short.key}/")
    read(offering, seats[0], account("village"), 2)
    for key in list(outline.blocks_of[long.key])[:3]:
        services.note(
            enrolment=seats[0], offering=offering, block=key, text="жазба", marked=True, by=account("village")
        )
        browse("village").get(f"/kk/study/STUDY-1/lesson/{long.key}/ask/{key}/")
    with CaptureQueriesContext(connection) as many:
        answer = client.get(f"/kk/study/STUDY-1/lesson/{long.key}/")
    assert len(one) == len(many)
    assert len(answer.content) < 60_000


def test_her_courses_cost_the_same_for_one_and_for_three(learn: Learn, browse: Browse) -> None:
    client = browse("village")
    learn("ONE")
    client.get("/kk/study/")
    with CaptureQueriesContext(connection) as one:
        client.get("/kk/study/")
    learn("TWO")
    learn("THREE")
    with CaptureQueriesContext(connection) as three:
        assert client.get("/kk/study/").content.decode().count("/kk/study/T") >= 2
    assert len(one) == len(three)


# --- finishing ---


def test_whoever_has_read_everything_has_finished_and_is_told_once(
    learn: Learn, account: Accounts, reading_alone: None
) -> None:
    offering, seats = learn()
    read(offering, seats[0], account("village"), 5)
    assert not Finish.objects.filter(enrolment=seats[0]).exists()
    read(offering, seats[0], account("village"))
    made = Finish.objects.get(enrolment=seats[0])
    assert (made.lessons, made.of_lessons) == (6, 6)
    read(offering, seats[0], account("village"))
    assert Notice.objects.filter(kind="study.finished", person=seats[0].person).count() == 1
    assert not Evidence.objects.filter(
        person=seats[0].person, source_address="/run/STUDY-1/"
    ).exists()  # reading alone shows nothing
    unbroken()


def test_lessons_and_a_passed_test_finish_a_course_and_show_what_the_programme_promises(
    learn: Learn, account: Accounts
) -> None:
    offering, seats = learn()
    read(offering, seats[0], account("village"))
    assert not Finish.objects.filter(enrolment=seats[0]).exists()
    sit(offering, seats[0], account("village"), knows=False)
    hers = next(one for one in selectors.learning(account("village")) if one.run == offering.run).progress
    assert hers.undone is not None and hers.undone.best is not None and hers.undone.best < 50
    assert not Finish.objects.filter(enrolment=seats[0]).exists()
    sit(offering, seats[0], account("village"))
    made = Finish.objects.get(enrolment=seats[0])
    assert made.exercises == {"SRDGOB-TEST": 100}
    shown = Evidence.objects.filter(person=seats[0].person, kind="test", source_address="/run/STUDY-1/")
    assert offering.run.version is not None
    assert {(one.competency_id, one.level) for one in shown} == {
        (one.competency_id, one.level) for one in offering.run.version.outcomes.all()
    }
    assert services.settle(enrolment=seats[0], offering=offering, by=None) is None
    assert shown.count() == offering.run.version.outcomes.count()
    unbroken()


def test_a_test_that_was_passed_first_waits_for_the_lessons(learn: Learn, account: Accounts) -> None:
    offering, seats = learn()
    sit(offering, seats[0], account("village"))
    assert not Finish.objects.filter(enrolment=seats[0]).exists()
    read(offering, seats[0], account("village"))
    assert Finish.objects.filter(enrolment=seats[0]).exists()


def test_the_test_is_not_sat_before_its_lesson_opens_nor_by_a_stranger(learn: Learn, account: Accounts) -> None:
    offering, seats = learn(pace="weekly", began=2)
    with pytest.raises(sittings.CannotSit):
        sit(offering, seats[0], account("village"))
    exercise = Exercise.objects.get(code="SRDGOB-TEST")
    with pytest.raises(sittings.CannotSit):
        sittings.open_attempt(
            exercise=exercise, person=account("head").person, context=f"study.run:{offering.run_id}", by=account("head")
        )
    with pytest.raises(sittings.CannotSit):
        sittings.open_attempt(
            exercise=Exercise.objects.get(code="SAFE-TEST"),
            person=seats[0].person,
            context=f"study.run:{offering.run_id}",
            by=account("village"),
        )


def test_from_the_last_lesson_to_a_certificate(learn: Learn, account: Accounts, reading_alone: None) -> None:
    offering, seats = learn(people=2)
    national = account("national")
    services.open_course(run=offering.run, course=offering.version.course, pace="own", by=national, rules=True)
    offering = Offering.objects.select_related("run__host", "version__course").get(run=offering.run)
    (rule,) = CompletionRule.objects.filter(superseded_at=None, run=offering.run)
    assert rule.others["lessons"] == 100, "of this run alone: other runs of the programme keep theirs"
    CompletionRule.objects.filter(pk=rule.pk).update(others={"lessons": 100})
    read(offering, seats[0], account("village"))
    _rule, rows = results.today_of(offering.run)
    verdicts = {row.enrolment.pk: row.verdict for row in rows}
    assert verdicts[seats[0].pk].passed and not verdicts[seats[1].pk].passed
    assert (verdicts[seats[0].pk].lines[1].value, verdicts[seats[0].pk].lines[1].of) == (6, 6)
    today = timezone.localdate()
    Run.objects.filter(pk=offering.run_id).update(state=Run.State.ASSESSMENT, ends_on=today, apply_until=today)
    run = Run.objects.get(pk=offering.run_id)
    trainer = training.invite_trainer(run=run, person=account("curator").person, by=None)
    training.answer_invitation(trainer=trainer, state="accepted", by=account("curator"))
    sheet = commission.confirm(
        run=run, chair=national.person, members=[account("curator").person], on=today, by=national
    )
    outcomes = dict(Result.objects.filter(sheet=sheet).values_list("enrolment", "outcome"))
    assert outcomes == {seats[0].pk: "passed", seats[1].pk: "absent"}
    signed = [{"name": {"kk": "А", "ru": "А", "en": "A"}, "post": {"kk": "Б", "ru": "Б", "en": "B"}}]
    batch = certify(
        run=run, enrolments=[row.pk for row in seats], dated_on=today, signed=signed, by=account("registrar")
    )
    assert [row["person"] for row in batch.rows] == [seats[0].person_id]


@given(st.integers(1, 12), st.integers(0, 12), st.integers(0, 100))
def test_the_rule_is_reckoned_without_rounding(of: int, done: int, needed: int) -> None:
    done = min(done, of)
    places = [Place(None, None, 1 if n < done else 0, 1, date(2026, 1, 1), True) for n in range(of)]  # type: ignore[arg-type]  # lessons are not asked
    found = Progress(places, [], needed, False)
    assert found.holds == (done * 100 >= of * needed)
    assert 0 <= found.percent <= 100 and (found.percent == 100) == (done == of)


# --- notes ---


def test_a_note_is_hers_alone_and_goes_when_it_says_nothing(learn: Learn, account: Accounts, browse: Browse) -> None:
    offering, seats = learn()
    key = next(iter(outlines.of(offering.version).lesson_of))
    services.note(
        enrolment=seats[0], offering=offering, block=key, text="  Ескерту  ", marked=False, by=account("village")
    )
    assert "Ескерту" in browse("village").get("/kk/study/STUDY-1/notes/").content.decode()
    assert "Ескерту" not in browse("national").get("/kk/study/STUDY-1/notes/").content.decode()
    with pytest.raises(OutOfScope):
        services.note(enrolment=seats[0], offering=offering, block=key, text="х", marked=False, by=account("national"))
    assert (
        services.note(enrolment=seats[0], offering=offering, block=key, text="", marked=False, by=account("village"))
        is None
    )
    assert not Note.objects.filter(enrolment=seats[0]).exists()


def test_her_file_holds_what_she_read_and_noted_and_an_erased_person_leaves_no_note(
    learn: Learn, account: Accounts
) -> None:
    offering, seats = learn()
    read(offering, seats[0], account("village"), 1)
    key = next(iter(outlines.of(offering.version).lesson_of))
    services.note(enrolment=seats[0], offering=offering, block=key, text="Өзіме", marked=True, by=account("village"))
    assert any("Өзіме" in map(str, row) for row in held.noted(seats[0].person).rows)
    assert len([row for row in held.read(seats[0].person).rows if row[0] == offering.run.title]) == 4
    events.erasing.send(type(seats[0].person), person=seats[0].person, names=["Айгүл"])
    assert not Note.objects.filter(enrolment=seats[0]).exists()
    assert Seen.objects.filter(enrolment=seats[0]).exists()


# --- devices without a line ---


def sending(
    device: UUID, first: int, lines: list[dict[str, Any]], kind: str = SEEN, bases: list[str] | None = None
) -> list[Sent]:
    now = timezone.now()
    return [
        Sent(
            uid=uuid4(), sequence=first + n, kind=kind, base=(bases or [""] * len(lines))[n], payload=line, made_at=now
        )
        for n, line in enumerate(lines)
    ]


def deliver(device: UUID, lines: list[Sent], by: Account) -> list[str]:
    receipt = offline.receive(device=device, name="телефон", lines=lines, clock=timezone.now(), by=by)
    return [f"{answer.state}:{answer.reason}" for answer in receipt.answers]


def test_what_was_read_in_the_village_comes_once_whatever_is_sent_again(learn: Learn, account: Accounts) -> None:
    offering, seats = learn()
    device, keys = uuid4(), list(outlines.of(offering.version).lesson_of)[:4]
    lines = sending(device, 1, [{"run": "STUDY-1", "block": str(key)} for key in keys])
    assert deliver(device, lines, account("village")) == ["done:"] * 4
    assert deliver(device, lines, account("village")) == ["done:"] * 4  # the answer was lost on its way
    other = sending(uuid4(), 1, [{"run": "STUDY-1", "block": str(key)} for key in keys])
    assert deliver(uuid4(), other, account("village")) == ["same:"] * 4
    assert Seen.objects.filter(enrolment=seats[0]).count() == 4


def test_lines_of_no_seat_no_block_and_no_run_are_refused_alone(learn: Learn, account: Accounts) -> None:
    offering, seats = learn()
    key = str(next(iter(outlines.of(offering.version).lesson_of)))
    told = [
        {"run": "STUDY-1", "block": key},
        {"run": "STUDY-1", "block": str(uuid4())},
        {"run": "STUDY-1", "block": "'; --"},
        {"run": "NOWHERE", "block": key},
        {},
    ]
    assert deliver(uuid4(), sending(uuid4(), 1, told), account("village")) == [
        "done:",
        "refused:place",
        "refused:place",
        "refused:run",
        "refused:run",
    ]
    assert deliver(uuid4(), sending(uuid4(), 1, told[:1]), account("head")) == ["refused:run"]
    assert Seen.objects.filter(enrolment=seats[0]).count() == 1


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_order_two_devices_send_nothing_read_is_lost_or_doubled(
    learn: Learn, account: Accounts, seed: int
) -> None:
    offering, seats = learn()
    chance = random.Random(seed)
    keys = list(outlines.of(offering.version).lesson_of)
    want: set[UUID] = set()
    queues = []
    for _device in range(2):
        device, chosen = uuid4(), chance.sample(keys, 9)
        want |= set(chosen)
        lines = sending(device, 1, [{"run": "STUDY-1", "block": str(key)} for key in chosen])
        # pieces of the queue, some of them sent again
        parts = [(device, lines[at : at + 3]) for at in range(0, 9, 3)]
        queues.append([part for one in parts for part in [one] * chance.choice((1, 2))])
    while any(queues):
        queue = chance.choice([one for one in queues if one])
        device, lines = queue.pop(0)
        deliver(device, lines, account("village"))
    assert selectors.seen_of([seats[0].pk])[seats[0].pk] == want
    assert Seen.objects.filter(enrolment=seats[0]).count() == len(want)


def test_a_note_written_on_two_devices_keeps_both_texts(learn: Learn, account: Accounts) -> None:
    offering, seats = learn()
    key = str(next(iter(outlines.of(offering.version).lesson_of)))
    phone, desk = uuid4(), uuid4()
    first = sending(phone, 1, [{"run": "STUDY-1", "block": key, "text": "Телефоннан", "marked": False}], NOTE, ["0"])
    deliver(phone, first, account("village"))
    deliver(
        desk,
        sending(desk, 1, [{"run": "STUDY-1", "block": key, "text": "Компьютерден", "marked": True}], NOTE, ["0"]),
        account("village"),
    )
    both = Note.objects.get(enrolment=seats[0])
    assert both.text == "Телефоннан\n\nКомпьютерден" and both.marked
    # the telephone writes on over its own line, and has not seen the other
    on = sending(
        phone,
        2,
        [{"run": "STUDY-1", "block": key, "text": "Телефоннан, тағы", "marked": False}],
        NOTE,
        [str(first[0].uid)],
    )
    deliver(phone, on, account("village"))
    text = Note.objects.get(enrolment=seats[0]).text
    assert "Компьютерден" in text and "тағы" in text


def test_five_hundred_lines_cost_hardly_more_questions_than_ten(
    learn: Learn, account: Accounts, reading_alone: None
) -> None:
    """How long they take is shown by bench/lesson.py: timing never decides a test."""
    offering, _seats = learn()
    keys = list(outlines.of(offering.version).lesson_of)

    def asked(many: int) -> int:
        lines = sending(uuid4(), 1, [{"run": "STUDY-1", "block": str(keys[n % len(keys)])} for n in range(many)])
        with CaptureQueriesContext(connection) as queries:
            assert len(deliver(uuid4(), lines, account("village"))) == many
        return len(queries)

    asked(500)
    assert asked(500) <= asked(10) + 5


# --- questions under a block ---


def test_a_question_under_a_block_is_answered_by_the_trainer(learn: Learn, account: Accounts, browse: Browse) -> None:
    offering, _seats = learn(people=2)
    trainer = training.invite_trainer(run=offering.run, person=account("curator").person, by=None)
    training.answer_invitation(trainer=trainer, state="accepted", by=account("curator"))
    lesson = outlines.of(offering.version).lessons[0]
    block = next(iter(lesson.blocks.all()))
    path = f"/kk/study/STUDY-1/lesson/{lesson.key}/ask/{block.key}/"
    assert browse("village").get(path).status_code == 200
    thread = Thread.objects.get(address=path[3:])
    discussion.write(thread=thread, text="Бұл қалай саналады?", by=account("village"), press=uuid4())
    worked("discussion.followers")
    assert Notice.objects.filter(kind="discussion.post_written", person=account("curator").person).exists()
    answer = discussion.write(thread=thread, text="Бір келу.", by=account("curator"), press=uuid4())
    assert answer.role == "trainer"
    assert Post.objects.filter(thread=thread).count() == 2
    assert browse("head").get(reverse("discussion:thread", args=[thread.pk])).status_code == 404
    assert "2" in browse("village").get(f"/kk/study/STUDY-1/lesson/{lesson.key}/").content.decode()


# --- the trainer's side ---


def test_the_group_costs_the_same_for_one_and_for_three(learn: Learn, browse: Browse) -> None:
    learn("ONE", people=1)
    learn("THREE", people=3)
    client = browse("national")
    client.get("/kk/training/ONE/course/")
    with CaptureQueriesContext(connection) as one:
        client.get("/kk/training/ONE/course/")
    with CaptureQueriesContext(connection) as three:
        client.get("/kk/training/THREE/course/")
    assert len(one) == len(three)


def test_who_is_stuck_and_why(learn: Learn) -> None:
    offering, _seats = learn(began=20)
    day, run = timezone.localdate(), offering.run
    open_place = Place(None, None, 0, 1, run.starts_on, True)  # type: ignore[arg-type]  # lessons are not asked
    begun = Progress([open_place], [], 100, True)
    week = timezone.now() - timedelta(days=8)
    assert str(why_stuck(offering, begun, None, day)) == "бастаған жоқ"
    assert str(why_stuck(offering, begun, week, day)) == "бір апта бойы қадам жоқ"
    assert why_stuck(offering, begun, timezone.now(), day) == ""
    assert why_stuck(offering, begun, None, run.starts_on) == ""
    lost = Progress([open_place], [Standing("T", left=0)], 100, True)
    assert str(why_stuck(offering, lost, timezone.now(), day)) == "жаттығуда әрекеті қалмады"
    done = Progress([Place(None, None, 1, 1, run.starts_on, True)], [], 100, True)  # type: ignore[arg-type]  # lessons are not asked
    assert why_stuck(offering, done, week, day) == ""
    offering.pace = "weekly"
    assert str(why_stuck(offering, begun, timezone.now(), day)) == "өткен аптаның сабағы оқылмаған"


def test_a_message_goes_to_the_chosen_once(learn: Learn, account: Accounts, browse: Browse) -> None:
    offering, seats = learn(people=3)
    press = uuid4()
    client = browse("national")
    data = {"to": [seats[0].pk, seats[1].pk, 99999999], "text": "Хабарласайық.", "press": press}
    for _time in range(2):
        assert client.post("/kk/training/STUDY-1/course/", data).status_code == 302
    assert Message.objects.filter(run=offering.run).count() == 1
    assert Notice.objects.filter(kind="study.message", about_id=str(offering.run_id)).count() == 2
    assert client.post("/kk/training/STUDY-1/course/", {"text": "х", "press": uuid4()}).status_code == 422
    with pytest.raises(OutOfScope):
        services.message(run=offering.run, to=[seats[0].pk], text="х", by=account("village"), press=uuid4())


def test_nobody_ticked_and_nothing_written_are_told_at_once(learn: Learn, browse: Browse) -> None:
    learn()
    answer = browse("national").post("/ru/training/STUDY-1/course/", {"text": "", "press": uuid4()})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Отметьте" in page and 'href="#id_text"' in page


def test_what_finishes_a_course_is_said_as_what_has_to_be_done(learn: Learn, browse: Browse) -> None:
    learn()
    page = browse("village").get("/ru/study/STUDY-1/").content.decode()
    assert "Нужно прочитать все уроки." in page and "Прочитано: 0 / " in page and "Все уроки прочитаны." not in page


def test_in_the_demo_the_village_librarian_can_begin_the_course_of_catalogues(browse: Browse) -> None:
    client = browse("village")
    assert "NL-2026-47" in client.get("/kk/study/").content.decode()
    page = client.get("/kk/study/NL-2026-47/").content.decode()
    assert "/kk/study/NL-2026-47/lesson/" in page and "Әзірге оқылғаны: 0 / " in page


def test_the_gradebook_is_a_table_of_everybody(learn: Learn, account: Accounts, browse: Browse, tmp_path: Any) -> None:
    offering, seats = learn(people=3)
    read(offering, seats[0], account("village"), 2)
    sit(offering, seats[0], account("village"))
    answer = browse("national").get("/kk/training/STUDY-1/course/?format=xlsx")
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    hers = next(row for row in rows if row[0] == seats[0].person.full_name("kk"))
    assert hers[2:4] == [2.0, 6.0] and hers[5] == 100.0


def test_the_search_finds_another_form_of_a_word_and_nothing_of_closed_lessons(learn: Learn, browse: Browse) -> None:
    learn(pace="weekly", began=2)
    client = browse("village")
    found = client.get("/kk/study/STUDY-1/search/", {"q": "келушілерді"}).content.decode()
    assert "/lesson/" in found
    closed = client.get("/kk/study/STUDY-1/search/", {"q": "айналымдылық"}).content.decode()
    assert "/lesson/" not in closed
    russian = client.get("/ru/study/STUDY-1/search/", {"q": "посещениями"}).content.decode()
    assert "/lesson/" in russian


def test_the_search_finds_what_only_captions_say(learn: Learn, browse: Browse) -> None:
    offering, _seats = learn()
    page = browse("village").get(f"/kk/study/{offering.run.code}/search/?q=есептегіштер+тұр").content.decode()
    assert "Бейне" in page and "-->" not in page, "words, not their times"


def test_her_desk_leads_to_the_next_lesson_and_then_to_the_exercises(learn: Learn, account: Accounts, browse: Browse) -> None:  # fmt: skip
    offering, seats = learn("DESK-1")
    lessons, village = outlines.of(offering.version).lessons, account("village")
    steps = {one.run.code: one for one in selectors.next_steps(village)}
    assert steps["DESK-1"].place is not None and steps["DESK-1"].place.lesson == lessons[0]
    page = browse("village").get("/kk/desk/").content.decode()
    assert f"/kk/study/DESK-1/lesson/{lessons[0].key}/" in page
    services.see_all(enrolment=seats[0], lesson=lessons[0].key, offering=offering, by=village)
    steps = {one.run.code: one for one in selectors.next_steps(village)}
    assert steps["DESK-1"].place is not None and steps["DESK-1"].place.lesson == lessons[1]
    read(offering, seats[0], village)
    steps = {one.run.code: one for one in selectors.next_steps(village)}
    assert steps["DESK-1"].place is None, "the exercises are left"
    sit(offering, seats[0], village)
    assert "DESK-1" not in {one.run.code for one in selectors.next_steps(village)}, "she has finished"


def test_her_desk_asks_the_same_for_one_course_and_for_three(learn: Learn, account: Accounts) -> None:
    learn("ONE-1")
    village = account("village")
    selectors.next_steps(village)
    with CaptureQueriesContext(connection) as one:
        selectors.next_steps(village)
    learn("TWO-2", course="SAFE")
    learn("THREE-3", course="ECAT")
    selectors.next_steps(village)  # outlines are learnt once
    with CaptureQueriesContext(connection) as three:
        selectors.next_steps(village)
    assert len(one) == len(three) == 2


def test_a_lesson_that_waits_for_its_day_asks_nothing_of_her_today(learn: Learn, account: Accounts) -> None:
    offering, seats = learn("WAIT-1", pace="weekly", began=1)
    outline = outlines.of(offering.version)
    for lesson in outline.modules[0].lessons.all():
        services.see_all(enrolment=seats[0], lesson=lesson.key, offering=offering, by=account("village"))
    assert "WAIT-1" not in {one.run.code for one in selectors.next_steps(account("village"))}


def test_the_group_leads_to_its_answers_that_wait_to_be_marked(learn: Learn, account: Accounts, browse: Browse) -> None:
    offering, seats = learn("MARK-1")
    address = "/kk/training/MARK-1/course/"
    assert "attempts/marking/?at=" not in browse("national").get(address).content.decode()
    exercise = Exercise.objects.select_related("published").get(code="SRDGOB-TEST")
    assert exercise.published is not None
    Attempt.objects.create(
        exercise=exercise, version=exercise.published, person=seats[0].person, context=f"study.run:{offering.run_id}", number=1, state="waiting",
        opened_at=timezone.now(), closed_at=timezone.now(), ended="learner", unmarked=1, seed=1, score=0,
    ).items.create(position=1, kind="question.essay", payload={"text": {}}, mark=1, state="waiting", seed=1)  # fmt: skip
    assert f"attempts/marking/?at=study.run%3A{offering.run_id}" in browse("national").get(address).content.decode()


def test_a_name_in_a_message_is_replaced_in_the_language_of_the_message(learn: Learn, account: Accounts) -> None:
    offering, seats = learn("NAME-1", people=2)
    name = seats[1].person.surname_ru or seats[1].person.surname_kk
    with translation.override("ru"):
        made = services.message(
            run=offering.run, to=[seats[0].pk], text=f"Помогите: {name}", by=account("national"), press=uuid4()
        )
    assert made.language == "ru"
    forget(None, person=seats[1].person, names=[name])
    made.refresh_from_db()
    assert name not in made.text and "Данные удалены" in made.text
    assert not AuditEvent.objects.filter(verb="study.told").exclude(note="").exists(), "the trail holds no texts"


def test_films_are_weighed_for_whoever_takes_a_course_along(learn: Learn, browse: Browse) -> None:
    offering, _seats = learn()
    weight = sum(AssetFile.objects.filter(asset__kind="film").values_list("stored__size", flat=True))
    assert outlines.of(offering.version).heavy == weight > 100_000
    page = browse("village").get(f"/kk/study/{offering.run.code}/").content.decode()
    assert f'data-take-heavy="{weight}"' in page


def test_the_memory_of_outlines_is_bounded_and_the_newest_stay(learn: Learn, monkeypatch: pytest.MonkeyPatch) -> None:
    offering, _seats = learn()
    monkeypatch.setattr(outlines, "REMEMBERED", 1)
    other = Course.objects.get(pk=offering.version.course_id).draft
    assert other is not None
    kept = outlines.of(other)
    assert list(outlines._known.values()) == [kept]
    assert outlines.of(other) is kept and outlines.of(offering.version) is not kept


def test_a_question_typed_without_a_line_is_asked_once_whatever_is_sent_again(learn: Learn, account: Accounts) -> None:
    offering, _seats = learn()
    lesson = outlines.of(offering.version).lessons[0]
    block = next(iter(lesson.blocks.all()))
    told = {
        "run": "STUDY-1",
        "lesson": str(lesson.key),
        "block": str(block.key),
        "text": " Қалай санаймыз?\n",
        "language": "kk",
    }
    device, lines = uuid4(), sending(uuid4(), 1, [told, {**told, "text": " \n"}, {**told, "block": str(uuid4())}], ASK)
    assert deliver(device, lines, account("village")) == ["done:", "refused:empty", "refused:place"]
    assert deliver(device, lines, account("village"))[0] == "done:"  # the answer was lost on its way
    post = Post.objects.get(thread__source=f"study.block:{offering.run_id}.{block.key.hex}")
    assert (post.text, post.author_id, post.press) == ("Қалай санаймыз?", account("village").person_id, lines[0].uid)
    # The page had reached the centre with this press; only the answer was lost, and the line comes after it.
    thread = post.thread
    discussion.write(thread=thread, text="Екінші сұрақ", by=account("village"), press=(press := uuid4()))
    late = sending(uuid4(), 4, [{**told, "text": "Екінші сұрақ"}], ASK)
    late[0] = Sent(**{**vars(late[0]), "uid": press})
    assert deliver(device, late, account("village")) == ["done:"]
    assert Post.objects.filter(thread=thread).count() == 2
    discussion.close(thread=thread, closed=True, by=account("national"))
    assert deliver(device, sending(device, 5, [told], ASK), account("village")) == ["refused:closed"]
    assert deliver(uuid4(), sending(uuid4(), 1, [told], ASK), account("head")) == ["refused:run"]


def test_an_answer_typed_without_a_line_stands_under_what_it_answers(learn: Learn, account: Accounts, browse: Browse) -> None:  # fmt: skip
    offering, _seats = learn()
    lesson = outlines.of(offering.version).lessons[0]
    block, other = list(lesson.blocks.all())[:2]
    told = {"run": "STUDY-1", "lesson": str(lesson.key), "block": str(block.key), "text": "Рақмет!", "language": "kk"}
    page = browse("village").get("/kk/study/STUDY-1/")
    ask = f"/kk/study/STUDY-1/lesson/{lesson.key}/ask/{block.key}/"
    assert ask not in json.loads(page.context["pages"]), "a block that nobody asked about is not taken along"
    thread = threads.open_thread(offering, lesson, block)
    post = discussion.write(thread=thread, text="Бланкіні қайдан аламыз?", by=account("national"), press=uuid4())
    assert ask in json.loads(browse("village").get("/kk/study/STUDY-1/").context["pages"])
    device = uuid4()
    lines = sending(device, 1, [{**told, "parent": str(post.pk)}], ASK)
    assert deliver(device, lines, account("village")) == ["done:"]
    answer = Post.objects.get(parent=post)
    assert (answer.text, answer.author_id, answer.press) == ("Рақмет!", account("village").person_id, lines[0].uid)
    # What stands under another block, stands no more, or is no number at all is answered by nobody.
    elsewhere = discussion.write(thread=threads.open_thread(offering, lesson, other), text="Басқа", by=account("national"), press=uuid4())  # fmt: skip
    gone = discussion.write(thread=thread, text="Қайтарылады", by=account("national"), press=uuid4())
    discussion.withdraw(post=gone, by=account("national"))
    wrong = [{**told, "parent": str(one)} for one in (elsewhere.pk, gone.pk, "x", "9" * 30)]
    assert deliver(device, sending(device, 2, wrong, ASK), account("village")) == ["refused:gone"] * 4
    assert Post.objects.filter(thread=thread, author=account("village").person_id).count() == 1


def test_whoever_has_not_begun_is_counted_once_and_a_message_reaches_her_once(learn: Learn, account: Accounts, browse: Browse) -> None:  # fmt: skip
    offering, seats = learn(people=3)
    read(offering, seats[0], account("village"), 1)
    page = browse("national").get("/kk/training/STUDY-1/course/")
    assert (page.context["silent"], page.context["stuck"]) == (2, 0)
    assert {line.enrolment.pk for line in browse("national").get("/kk/training/STUDY-1/course/?only=silent").context["lines"]} == {seat.pk for seat in seats[1:]}  # fmt: skip
    made = services.message(run=offering.run, to=[seats[1].pk, seats[1].pk], text="Бастаймыз ба?", by=account("national"), press=uuid4())  # fmt: skip
    assert made.to.count() == 1
    assert Notice.objects.filter(kind="study.message", person=seats[1].person).count() == 1
