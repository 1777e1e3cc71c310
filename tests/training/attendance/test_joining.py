"""A walk-in turns out to be somebody known: her minutes count, a seat follows the ledger, and all of it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from orken.kit.audit.models import AuditEvent
from orken.kit.sheets.reading import read
from orken.network import held_file
from orken.network.models import Appointment, Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from orken.people.services import merging, rights
from orken.training import services as training
from orken.training.attendance import joining, paper, selectors, services
from orken.training.attendance.services import Line, Refused
from orken.training.models import Applicant, Enrolment, Fact, Mark, Run, SeatMove, SeatPool, WalkIn, WalkInJoin
from tests.training.attendance.conftest import Held
from tests.training.conftest import Accounts
from tests.training.test_seats import broken

Browse = Callable[[str], Client]
E = Enrolment.State


def outsiders() -> list[Person]:
    """Who works in Akmola and has no seat here: not of Pavlodar, so found by the whole name only."""
    rows = Appointment.objects.at().filter(unit__code="KZ-11-LIB", employment="main").select_related("person")
    return [row.person for row in rows.order_by("pk")[:2]]


def walks_in(course: Held, person: Person, *, session: int = 0, minutes: int | None = None) -> WalkIn:
    guest = services.add_walk_in(run=course.run, name=person.full_name(), library="Ауыл", by=course.trainer)
    state = Mark.State.LATE if minutes else Mark.State.PRESENT
    line = Line(course.sessions[session].pk, f"w{guest.uid}", state, minutes)
    assert services.write(run=course.run, lines=[line], by=course.trainer)[0].outcome == services.DONE
    return guest


def join(guest: WalkIn, person: Person, by: Account, **given: Any) -> joining.Joined:
    return joining.join(guest=guest, person_id=person.pk, asked=person.full_name(), by=by, **given)


def minutes(course: Held, enrolment: Enrolment | None) -> int:
    assert enrolment is not None
    return selectors.minutes_of(course.run)[enrolment.pk].there


def standing(guest: WalkIn) -> list[tuple[str, int]]:
    rows = Mark.objects.filter(walk_in=guest, superseded_at=None, aside=False).order_by("session__starts_at")
    return list(rows.values_list("state", "minutes"))


# --- with a seat ---


def test_the_organiser_joins_her_and_her_minutes_count_on_a_seat_that_is_free(
    held: Callable[..., Held], account: Accounts
) -> None:
    course = held(many=2)  # three seats, one is free
    person = outsiders()[0]
    guest = walks_in(course, person, minutes=45)
    done = join(guest, person, account("national"))
    hers = done.join.enrolment
    assert hers is not None and (hers.person_id, hers.state) == (person.pk, E.ATTENDING) and not done.why
    assert minutes(course, hers) == 45 and standing(guest) == []
    assert SeatPool.objects.get(run=course.run).taken == 3 and Run.objects.get(pk=course.run.pk).capacity == 3
    rows = selectors.grid(course.run).rows
    assert [row.name for row in rows].count(person.full_name()) == 1, "one row for one person"
    assert AuditEvent.objects.get(verb="attendance.joined").after == {"person": person.pk, "seat": True, "added": False}
    assert not broken()


def test_a_line_of_a_device_that_still_knows_the_walk_in_is_written_on_her_seat(
    held: Callable[..., Held], account: Accounts
) -> None:
    course = held(many=2)
    person = outsiders()[0]
    guest = walks_in(course, person)
    hers = join(guest, person, account("national")).join.enrolment
    line = Line(course.sessions[1].pk, f"w{guest.uid}", Mark.State.LATE, 30)
    assert services.write(run=course.run, lines=[line], by=course.trainer)[0].outcome == services.DONE
    assert minutes(course, hers) == 90 + 30 and standing(guest) == []
    both = [Line(course.sessions[1].pk, who, Mark.State.PRESENT) for who in (f"w{guest.uid}", f"e{hers.pk if hers else 0}")]  # fmt: skip
    found = [one.outcome for one in services.write(run=course.run, lines=both, by=course.trainer)]
    assert found == [services.DIFFERS, services.DIFFERS] and not broken()


def test_a_sheet_that_was_printed_before_is_keyed_in_by_its_row(
    held: Callable[..., Held], account: Accounts, browse: Browse
) -> None:
    course = held(many=2)
    person = outsiders()[0]
    guest = walks_in(course, person)
    sheet = paper.print_sheet(run=course.run, session=course.sessions[1], blank=0, by=course.trainer)
    hers = join(guest, person, account("national")).join.enrolment
    page = reverse("training:paper", args=[course.run.code, sheet.number])
    assert person.full_name() in browse("trainer").get(page).content.decode()
    answer = browse("trainer").post(page, {f"s-w{guest.uid}": "present", f"b-w{guest.uid}": "", f"w-w{guest.uid}": ""})
    assert answer.status_code == 302 and minutes(course, hers) == 180
    assert Mark.objects.get(enrolment=hers, session=course.sessions[1]).source == Mark.Source.PAPER


def test_who_has_a_seat_already_gets_no_second_and_what_differs_is_decided(
    held: Callable[..., Held], account: Accounts
) -> None:
    course = held(many=3)
    hers = course.seats[0]
    course.write(Mark.State.ABSENT)
    guest = walks_in(course, hers.person)
    line = Line(course.sessions[1].pk, f"w{guest.uid}", Mark.State.PRESENT)
    services.write(run=course.run, lines=[line], by=course.trainer)
    done = join(guest, hers.person, course.trainer)
    assert done.join.enrolment == hers and not done.join.gave_seat and len(done.differs) == 1
    assert minutes(course, hers) == 90, "the first session is to be decided, the second counts"
    (difference,) = selectors.differences(course.run)
    services.settle(mark=difference.aside, take=True, reason="Есік алдында тұрған", by=course.trainer)
    assert minutes(course, hers) == 180 and not broken()


def test_noted_as_not_having_come_she_came_after_all(held: Callable[..., Held], account: Accounts) -> None:
    course = held(many=3)
    hers = course.seats[0]
    training.miss(enrolment=hers, by=account("national"), reason="Хабар жоқ")
    guest = walks_in(course, hers.person)
    join(guest, hers.person, course.trainer)
    hers.refresh_from_db()
    assert hers.state == E.ATTENDING and minutes(course, hers) == 90


def test_a_waiting_application_of_hers_gets_the_seat(held: Callable[..., Held], account: Accounts) -> None:
    course, national = held(many=2), account("national")
    person = outsiders()[0]
    unit = person.appointments.at().get(employment="main").unit
    Run.objects.filter(pk=course.run.pk).update(state=Run.State.CONFIRMED)
    sent = training.apply_as_known(run=course.run, unit=unit, by=national, lines=[training.Line(person, unit)])
    Run.objects.filter(pk=course.run.pk).update(state=Run.State.RUNNING)
    done = join(walks_in(course, person), person, national)
    assert done.join.enrolment is not None and done.join.enrolment.applicant == sent.applicants.get()
    assert Applicant.objects.filter(run=course.run, person=person).count() == 1 and not broken()


# --- no seat is free ---


def test_when_none_is_free_her_minutes_are_kept_without_a_seat(held: Callable[..., Held], account: Accounts) -> None:
    course = held(many=3)
    person = outsiders()[0]
    guest = walks_in(course, person, minutes=45)
    done = join(guest, person, account("national"))
    assert (done.join.enrolment, done.why) == (None, "full") and standing(guest) == [("late", 45)]
    (kept,) = joining.without_seat(person)
    assert (kept.minutes, kept.of) == (45, 270)
    assert next(row for row in selectors.grid(course.run).rows if row.walk_in).name == person.full_name()
    assert not broken()


def test_one_seat_more_needs_the_organisers_tick_and_a_reason_and_nobody_waiting_gets_it(
    held: Callable[..., Held], account: Accounts
) -> None:
    course, national = held(many=3), account("national")
    person, waits = outsiders()
    unit = waits.appointments.at().get(employment="main").unit
    line = training.apply_as_known(run=course.run, unit=unit, by=national, lines=[training.Line(waits, unit)])
    training.let_wait(applicant=line.applicants.get(), by=national)
    guest = walks_in(course, person)
    assert join(guest, person, national, add=True).why == "reason"
    assert join(guest, person, course.trainer, add=True, reason="Келіп қойды").why == "decides"
    done = join(guest, person, national, add=True, reason="Ауылдан алпыс шақырым келген")
    assert done.join.added_seat and done.join.enrolment is not None
    run = Run.objects.get(pk=course.run.pk)
    pool = SeatPool.objects.get(run=run)
    assert (run.capacity, pool.total, pool.taken) == (4, 4, 4)
    assert line.applicants.get().state == Applicant.State.WAITING
    assert SeatMove.objects.filter(run=run, reason="Ауылдан алпыс шақырым келген", total_change=1).exists()
    assert AuditEvent.objects.filter(verb="run.capacity_set").latest("pk").note == "Ауылдан алпыс шақырым келген"
    assert WalkInJoin.objects.filter(walk_in=guest, ended_at=None).count() == 1 and not broken()


@pytest.mark.parametrize(("deciding", "why"), [("reviewed", "decides"), ("at_once", "")])
def test_whoever_teaches_gives_a_seat_only_where_the_first_who_come_get_one(
    deciding: str, why: str, held: Callable[..., Held]
) -> None:
    course = held(many=2)
    Run.objects.filter(pk=course.run.pk).update(deciding=deciding)
    person = outsiders()[0]
    assert join(walks_in(course, person), person, course.trainer).why == why


def test_whoever_has_no_post_gets_no_seat_and_stays_known(held: Callable[..., Held], account: Accounts) -> None:
    course = held(many=2)
    person = Person.objects.create(surname_kk="Бішкекова", given_kk="Асел")
    done = join(walks_in(course, person), person, account("national"))
    assert done.why == "post" and done.join.person == person


# --- who may, and whom ---


def test_her_own_people_by_a_part_of_the_name_and_others_by_the_whole(
    held: Callable[..., Held], account: Accounts
) -> None:
    course = held(many=2)
    person, national = outsiders()[0], account("national")
    guest = walks_in(course, person)
    given: dict[str, Any] = {"guest": guest, "person_id": person.pk}
    for by, asked in ((course.trainer, person.surname_kk), (course.trainer, "Басқа Біреу"), (national, "Басқа Біреу")):
        with pytest.raises(Refused, match="stranger"):
            joining.join(asked=asked, by=by, **given)
    assert joining.join(asked=person.surname_kk, by=national, **given).join.person == person


def test_nobody_but_those_who_keep_the_sheet(held: Callable[..., Held], account: Accounts, browse: Browse) -> None:
    course = held(many=2)
    person = outsiders()[0]
    guest = walks_in(course, person)
    with pytest.raises(OutOfScope):
        join(guest, person, account("pavlodar"))
    for name in ("join", "part"):
        address = reverse(f"training:{name}", args=[course.run.code, guest.uid])
        assert (
            browse("pavlodar").post(address).status_code == 404 and browse("village").post(address).status_code == 404
        )
    other = held("HELD-2", many=1)
    assert browse("trainer").get(reverse("training:join", args=[other.run.code, guest.uid])).status_code == 404


def test_joined_once_and_to_nobody_else(held: Callable[..., Held], account: Accounts) -> None:
    course, national = held(many=2), account("national")
    one, other = outsiders()
    guest = walks_in(course, one)
    first = join(guest, one, national)
    assert join(guest, one, national).join == first.join
    with pytest.raises(Refused, match="joined"):
        join(guest, other, national)
    assert WalkInJoin.objects.count() == 1


def test_a_run_that_is_closed_is_joined_by_its_organiser_only_and_gives_no_seat(
    held: Callable[..., Held], account: Accounts
) -> None:
    course = held(many=2)
    person = outsiders()[0]
    guest = walks_in(course, person)
    Run.objects.filter(pk=course.run.pk).update(state=Run.State.CLOSED)
    with pytest.raises(Refused, match="closed"):
        join(guest, person, course.trainer)
    assert join(guest, person, account("national")).why == "state"


def test_what_two_hands_wrote_of_her_is_decided_first(held: Callable[..., Held], account: Accounts) -> None:
    course = held(many=2)
    person = outsiders()[0]
    guest = walks_in(course, person)
    services.write(run=course.run, by=course.trainer, lines=[Line(course.sessions[0].pk, f"w{guest.uid}", Mark.State.ABSENT)])  # fmt: skip
    with pytest.raises(Refused, match="differs"):
        join(guest, person, account("national"))
    assert not WalkInJoin.objects.filter(walk_in=guest).exists()
    assert not Enrolment.objects.filter(person=person, run=course.run).exists()


# --- taken back ---


def test_taken_back_the_row_stands_as_it_was_and_the_seats_too(held: Callable[..., Held], account: Accounts) -> None:
    course, national = held(many=3), account("national")
    person = outsiders()[0]
    guest = walks_in(course, person, minutes=45)
    done = join(guest, person, national, add=True, reason="Бар екен")
    later = Line(course.sessions[1].pk, f"w{guest.uid}", Mark.State.PRESENT)
    services.write(run=course.run, lines=[later], by=course.trainer)
    joining.part(join=done.join, by=national)
    joining.part(join=done.join, by=national)
    assert standing(guest) == [("late", 45), ("present", 90)], "what was written meanwhile is hers too"
    run, pool = Run.objects.get(pk=course.run.pk), SeatPool.objects.get(run=course.run)
    assert (run.capacity, pool.total, pool.taken) == (3, 3, 3)
    gone = Enrolment.objects.get(person=person, run=run)
    assert gone.state == E.WITHDRAWN and minutes(course, gone) == 0
    assert AuditEvent.objects.filter(verb="attendance.parted").count() == 1 and not broken()
    assert join(guest, person, national, add=True, reason="Иә, сол екен").join.enrolment is not None and not broken()


def test_taken_back_from_a_seat_that_she_had_her_own_marks_stay(held: Callable[..., Held]) -> None:
    course = held(many=3)
    hers = course.seats[0]
    course.write(Mark.State.PRESENT, session=1)
    guest = walks_in(course, hers.person)
    done = join(guest, hers.person, course.trainer)
    assert minutes(course, hers) == 180
    joining.part(join=done.join, by=course.trainer)
    hers.refresh_from_db()
    assert minutes(course, hers) == 90 and standing(guest) == [("present", 90)] and hers.state == E.ATTENDING
    assert not broken()


def test_the_only_mark_gone_she_only_has_a_seat_again(held: Callable[..., Held]) -> None:
    course = held(many=3)
    hers = course.seats[0]
    guest = walks_in(course, hers.person)
    done = join(guest, hers.person, course.trainer)
    joining.part(join=done.join, by=course.trainer)
    hers.refresh_from_db()
    assert hers.state == E.ENROLLED and minutes(course, hers) == 0 and not broken()


def test_a_seat_with_a_mark_in_it_stays(held: Callable[..., Held], account: Accounts) -> None:
    course, national = held(many=2), account("national")
    person = outsiders()[0]
    done = join(walks_in(course, person), person, national)
    assert done.join.enrolment is not None
    Fact.objects.create(enrolment=done.join.enrolment, component="final", value=8, of=10, on=course.run.starts_on, source="page", by=national)  # fmt: skip
    with pytest.raises(Refused, match="results"):
        joining.part(join=done.join, by=national)
    assert joining.standing(done.join.walk_in) is not None


# --- persons joined and erased ---


def test_joined_persons_keep_who_walked_in(held: Callable[..., Held], account: Accounts) -> None:
    course = held(many=3)
    kept, gone = outsiders()
    guest = walks_in(course, gone)
    join(guest, gone, account("national"))
    merging.merge(kept=kept, gone=gone, answers={c.key: merging.KEPT for c in merging.collisions(kept, gone)}, by=None, scope_path="")  # fmt: skip
    assert WalkInJoin.objects.get().person == kept and len(joining.without_seat(kept)) == 1


def test_erased_with_her_goes_the_name_at_the_door_in_whatever_spelling(
    held: Callable[..., Held], account: Accounts
) -> None:
    course = held(many=3)
    person = outsiders()[0]
    guest = services.add_walk_in(run=course.run, name="Сауле апай", library="Ақтоғай", by=course.trainer)
    join(guest, person, account("national"))
    rights.erase(person=person, by=None, scope_path="")
    guest.refresh_from_db()
    assert guest.name == "Деректері өшірілген" and guest.library == "Ақтоғай"


# --- pages ---


def test_from_the_sheet_she_is_found_joined_and_taken_back(
    held: Callable[..., Held], account: Accounts, browse: Browse
) -> None:
    course = held(many=3)
    person = outsiders()[0]
    guest = walks_in(course, person)
    client, page = browse("national"), reverse("training:join", args=[course.run.code, guest.uid])
    grid = reverse("training:attendance", args=[course.run.code])
    assert page in client.get(grid).content.decode()
    shown = client.get(page).content.decode()
    assert f'value="{person.pk}"' in shown, "found by the name that stands on the sheet"
    given = {"q": person.full_name(), "pick": str(person.pk)}
    assert client.post(page, {"q": person.full_name()}).status_code == 422
    assert client.post(page, {**given, "q": "Басқа Біреу"}).status_code == 422
    assert client.post(page, {**given, "add": "on"}).status_code == 422
    assert client.post(page, given).status_code == 302
    assert joining.standing(guest) is not None
    assert client.get(page).status_code == 200
    assert client.post(page, {"add": "on", "reason": "Бар екен"}).status_code == 302
    stands = joining.standing(guest)
    assert stands is not None and stands.added_seat
    assert client.post(reverse("training:part", args=[course.run.code, guest.uid])).status_code == 302
    assert joining.standing(guest) is None and not broken()


def test_she_reads_on_her_own_page_where_she_was_without_a_seat(
    held: Callable[..., Held], account: Accounts, browse: Browse, country: Callable[[str], Unit]
) -> None:
    course = held(many=3)
    person = account("village").person
    join(walks_in(course, person, minutes=45), person, account("national"))
    own = reverse("training:mine")
    page = browse("village").get(own).content.decode()
    assert course.run.title in page and "270" in page
    assert own in browse("village").get(reverse("network:held")).content.decode()
    book = read(SimpleUploadedFile("me.xlsx", held_file.of(person).read()))
    assert [course.run.title, 45, 270] in [[row[0], row[2], row[3]] for sheet in book.sheets for row in sheet.rows if len(row) == 4]  # fmt: skip
