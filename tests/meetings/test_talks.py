"""Talks: a call, two looks, a decision with its reason; speakers as the register knew them on the day; links without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from orken.kit.files.services import FileRefused
from orken.kit.mail.models import Letter
from orken.kit.search.models import SearchRow
from orken.kit.states import WayIsClosed
from orken.meetings import keys, selectors, states
from orken.meetings import services as meetings
from orken.meetings.models import Slot, Speaker, Talk, TalkFile
from orken.network.models import Appointment
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Person
from orken.people.services import merging
from orken.training.models import Run
from tests.meetings.conftest import Accounts, Country, Meet, call, invited, session_of, speaker

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TALK = {"title_kk": "Ауылда қалай оқимыз", "spoken": "kk", "minutes": 15}


def proposed(run: Run, account: Accounts, login: str = "village") -> Talk:
    return meetings.propose(run=run, values=TALK, by=account(login), press=uuid4())


def test_a_proposal_names_her_post_and_library_of_the_day(meet: Meet, account: Accounts) -> None:
    run = meet()
    call(run)
    talk = proposed(run, account)
    who = talk.speakers.get()
    post = Appointment.objects.at(run.starts_on).get(person=account("village").person)
    assert (who.person_id, who.unit, who.position_kk) == (account("village").person_id, post.unit, post.post.title_kk)
    assert who.institution_ru == post.unit.name_ru and who.answer == Speaker.Answer.COMES
    organiser = Notice.objects.get(
        kind="meetings.talk_proposed", person=account("pavlodar").person, about_id=str(talk.pk)
    )
    assert "Ауылда қалай оқимыз" in organiser.body_kk


def test_pressed_twice_it_is_one_talk(meet: Meet, account: Accounts) -> None:
    run, press = meet(), uuid4()
    call(run)
    for _ in range(2):
        meetings.propose(run=run, values=TALK, by=account("village"), press=press)
    assert Talk.objects.filter(meeting=run.pk).count() == 1


def test_without_an_open_call_no_talk_is_taken(meet: Meet, account: Accounts) -> None:
    run = meet()
    with pytest.raises(meetings.CallIsClosed):
        proposed(run, account)
    call(run, days=-1)
    with pytest.raises(meetings.CallIsClosed):
        proposed(run, account)
    call(run, days=0)
    assert proposed(run, account).state == "proposed", "its last day is still open"


def test_one_person_does_not_propose_without_end(meet: Meet, account: Accounts) -> None:
    run = meet()
    call(run)
    for _ in range(5):
        proposed(run, account)
    with pytest.raises(meetings.TooMany):
        proposed(run, account)


def test_two_look_before_it_is_decided_and_nobody_at_her_own(meet: Meet, account: Accounts) -> None:
    run = meet()
    call(run)
    talk = proposed(run, account)
    with pytest.raises(WayIsClosed):
        meetings.decide(talk=talk, way="accept", by=account("pavlodar"))
    meetings.look_at(talk=talk, verdict="take", by=account("pavlodar"))
    meetings.look_at(talk=talk, verdict="unsure", by=account("pavlodar"), remark="Мысал қосыңыз.")
    assert talk.looks.count() == 1, "said again it takes the place of what she said before"
    with pytest.raises(WayIsClosed):
        meetings.decide(talk=talk, way="accept", by=account("pavlodar"))
    meetings.look_at(talk=talk, verdict="take", by=account("national"))
    assert meetings.decide(talk=talk, way="accept", by=account("pavlodar")).state == "accepted"
    own = proposed(run, account, "pavlodar")
    with pytest.raises(OutOfScope):
        meetings.look_at(talk=own, verdict="take", by=account("pavlodar"))
    with pytest.raises(OutOfScope):
        meetings.look_at(talk=talk, verdict="take", by=account("head"))


def test_what_is_declined_has_a_reason_and_is_told(meet: Meet, account: Accounts) -> None:
    run = meet()
    call(run)
    talk = proposed(run, account)
    for login in ("pavlodar", "national"):
        meetings.look_at(talk=talk, verdict="leave", by=account(login))
    with pytest.raises(meetings.ReasonIsMissing):
        meetings.decide(talk=talk, way="decline", by=account("pavlodar"))
    meetings.decide(talk=talk, way="decline", by=account("pavlodar"), reason="Тақырып басқа.")
    letter = Notice.objects.get(kind="meetings.talk_declined", about_id=str(talk.pk))
    assert letter.person_id == account("village").person_id and "Тақырып басқа." in letter.body_kk
    assert meetings.decide(talk=talk, way="reopen", by=account("pavlodar")).state == "review"


def test_she_withdraws_and_her_place_is_free(meet: Meet, account: Accounts) -> None:
    run = meet()
    who = meetings.name_person(run=run, person=account("village").person, by=account("pavlodar"))
    talk, session = invited(run, who), session_of(run)
    meetings.place(run=run, session=session, starts_at=session.starts_at, minutes=15, talk=talk, by=None)
    with pytest.raises(OutOfScope):
        meetings.decide(talk=talk, way="withdraw", by=account("head"), reason="Мен емес")
    meetings.decide(talk=talk, way="withdraw", by=account("village"), reason="Ауырып қалдым")
    assert not Slot.objects.filter(talk=talk).exists()
    assert Talk.objects.get(pk=talk.pk).state == "withdrawn"


def test_once_it_has_begun_nothing_is_withdrawn(meet: Meet, account: Accounts) -> None:
    run = meet()
    talk = invited(run, speaker(run))
    Run.objects.filter(pk=run.pk).update(state="running")
    with pytest.raises(WayIsClosed):
        meetings.decide(talk=talk, way="withdraw", by=account("pavlodar"), reason="Кеш")


@pytest.mark.parametrize("state", list(Talk.State.values))
def test_every_way_that_is_closed_says_why(meet: Meet, account: Accounts, state: str) -> None:
    run = meet()
    talk = invited(run, speaker(run))
    Talk.objects.filter(pk=talk.pk).update(state=state, reason="себебі бар")
    for way in states.TALK.ways:
        if state not in way.sources and way.name != "look":
            with pytest.raises(WayIsClosed) as refusal:
                meetings.decide(talk=talk, way=way.name, by=account("pavlodar"), reason="себебі")
            assert str(refusal.value.reasons[0])


# --- speakers ---


def test_a_speaker_of_2021_stands_with_the_library_of_2021(meet: Meet, country: Country, account: Accounts) -> None:
    from datetime import date

    run = meet("M-2021", first=date(2021, 11, 24))
    semey = meetings.name_speaker(run=run, values={"surname_kk": "Семейқызы", "unit": country("KZ-10-LIB")}, by=None)
    assert semey.institution_ru == selectors.institution_as_of(country("KZ-10-LIB"), run.starts_on)["institution_ru"]


def test_a_changed_post_is_remarked_before_the_day_and_read_anew(
    meet: Meet, account: Accounts, country: Country
) -> None:
    run = meet()
    person = account("village").person
    who = meetings.name_person(run=run, person=person, by=account("pavlodar"))
    Appointment.objects.filter(person=person).update(unit=country("KZ-55-D02"))
    meeting = selectors.meeting_of(run)
    remarks = selectors.remarks(meeting, selectors.talks_of(meeting), selectors.speakers_of(meeting))
    assert "Қызметкерлер тізілімінде бұл күнге басқа лауазым немесе кітапхана тұр." in [
        str(one.text) for one in remarks
    ]
    meetings.read_register(speaker=who, by=account("pavlodar"))
    assert Speaker.objects.get(pk=who.pk).unit == country("KZ-55-D02")


def test_after_the_meeting_only_her_word_about_the_recording_is_missed(meet: Meet) -> None:
    run = meet()
    invited(run, speaker(run))
    meeting = selectors.meeting_of(run)

    def missed() -> list[str]:
        return [str(one.text) for one in selectors.remarks(meeting, selectors.talks_of(meeting), selectors.speakers_of(meeting))]  # fmt: skip

    assert "Слайдтар әлі келген жоқ." in missed()
    yesterday = timezone.localdate() - timedelta(1)
    run.starts_on = run.ends_on = meeting.run.starts_on = meeting.run.ends_on = yesterday
    assert missed() == ["Жазып алуға келісімі белгісіз."]


def test_whom_the_house_does_not_know_gets_a_link_that_another_one_shuts(meet: Meet, account: Accounts) -> None:
    run = meet()
    who = speaker(run, email="guest@example.org")
    meetings.ask_speaker(speaker=who, by=account("pavlodar"))
    letter = Letter.objects.get(to="guest@example.org")
    assert letter.secret and keys.of_speaker(who) in letter.text and "Здравствуйте" in letter.text
    old = keys.of_speaker(who)
    assert keys.speaker_of(old) == who
    meetings.ask_speaker(speaker=who, by=account("pavlodar"), anew=True)
    assert keys.speaker_of(old) is None and keys.speaker_of("кез келген сөз") is None


def test_she_claims_her_place_once(meet: Meet, account: Accounts) -> None:
    run = meet()
    who = speaker(run)
    talk = invited(run, who)
    meetings.claim(speaker=who, by=account("village"))
    assert talk in selectors.mine(account("village"))
    with pytest.raises(meetings.TakenAlready):
        meetings.claim(speaker=who, by=account("head"))
    with pytest.raises(meetings.TakenAlready):
        meetings.claim(speaker=speaker(run, "Екінші"), by=account("village"))


def test_consent_is_hers_and_may_change_after_the_meeting(meet: Meet, account: Accounts) -> None:
    run = meet()
    who = meetings.name_person(run=run, person=account("village").person, by=account("pavlodar"))
    meetings.answer_as_speaker(speaker=who, comes=True, consent="yes", by=account("village"))
    Run.objects.filter(pk=run.pk).update(state="closed")
    meetings.answer_as_speaker(speaker=who, comes=False, consent="no", by=account("village"))
    after = Speaker.objects.get(pk=who.pk)
    assert (after.consent, after.answer) == ("no", "comes"), (
        "that she came stands; her word about the recording is free"
    )
    with pytest.raises(OutOfScope):
        meetings.answer_as_speaker(speaker=who, comes=True, consent="yes", by=account("head"))


def test_two_records_of_one_speaker_are_joined(meet: Meet, account: Accounts) -> None:
    one, both = meet("M-1"), meet("M-2")
    kept, gone = account("village").person, Person.objects.create(surname_kk="Егізова", given_kk="Айгүл")
    alone = Speaker.objects.create(meeting_id=_meeting(one), person=gone, surname_kk="Егізова")
    pair = [Speaker.objects.create(meeting_id=_meeting(both), person=who, surname_kk="Егізова") for who in (kept, gone)]
    merging.merge(kept=kept, gone=gone, answers={}, by=None, scope_path="")
    assert Speaker.objects.get(pk=alone.pk).person_id == kept.pk
    assert [Speaker.objects.get(pk=one.pk).person_id for one in pair] == [kept.pk, gone.pk], (
        "the released programme named both"
    )


def _meeting(run: Run) -> int:
    meetings.tell_of(run=run, values={}, by=None)
    return run.pk


# --- files ---


def upload(content: bytes = PDF, name: str = "слайд.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_slides_are_hers_until_the_organiser_shows_them(meet: Meet, account: Accounts) -> None:
    run = meet()
    who = meetings.name_person(run=run, person=account("village").person, by=account("pavlodar"))
    talk = invited(run, who)
    row = meetings.add_file(talk=talk, upload=upload(), kind="slides", by=account("village"))
    assert not row.shown
    with pytest.raises(OutOfScope):
        meetings.show_file(row=row, shown=True, by=account("village"))
    assert meetings.show_file(row=row, shown=True, by=account("pavlodar")).shown
    with pytest.raises(OutOfScope):
        meetings.add_file(talk=talk, upload=upload(), kind="slides", by=account("head"))
    meetings.drop_file(row=row, by=account("village"))
    assert not TalkFile.objects.filter(talk=talk, gone_at=None).exists()


def test_a_talk_holds_a_dozen_files_and_no_more(meet: Meet, account: Accounts) -> None:
    run = meet()
    talk = invited(run, speaker(run))
    rows = [meetings.add_file(talk=talk, upload=upload(), kind="more", by=account("pavlodar")) for _ in range(12)]
    with pytest.raises(FileRefused):
        meetings.add_file(talk=talk, upload=upload(), kind="more", by=account("pavlodar"))
    meetings.drop_file(row=rows[0], by=account("pavlodar"))
    assert meetings.add_file(talk=talk, upload=upload(), kind="more", by=account("pavlodar"))


def test_a_page_that_runs_is_no_slide(meet: Meet, account: Accounts) -> None:
    run = meet()
    talk = invited(run, speaker(run))
    with pytest.raises(FileRefused):
        meetings.add_file(
            talk=talk, upload=upload(b"<html><script>alert(1)</script></html>"), kind="slides", by=account("pavlodar")
        )


# --- finding ---


def test_a_talk_is_found_once_its_programme_is_out_and_no_more_when_it_is_withdrawn(
    ready: Callable[..., Run], account: Accounts
) -> None:
    run = ready()
    talk = Talk.objects.get(meeting=run.pk)
    rows = SearchRow.objects.filter(kind="talk", object_id=str(talk.pk))
    assert not rows.exists()
    meetings.release(run=run, by=None)
    assert set(rows.values_list("language", flat=True)) == {"kk", "ru", "en"} and rows[0].audience == "public"
    meetings.decide(talk=talk, way="withdraw", by=account("pavlodar"), reason="Ауырып қалды")
    assert not rows.exists()


def test_waiting_looks_are_listed_without_her_own(meet: Meet, account: Accounts) -> None:
    run = meet()
    call(run)
    talk, own = proposed(run, account), proposed(run, account, "pavlodar")
    waiting = list(selectors.waiting_for_her_look(account("pavlodar")).filter(meeting=run.pk))
    assert talk in waiting and own not in waiting
