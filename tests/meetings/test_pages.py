"""Meetings through their pages: what each reader sees, what she may press, and what every answer says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orken.meetings import keys
from orken.meetings import services as meetings
from orken.meetings.models import Guest, Institution, Release, Section, Slot, Speaker, Talk, TalkFile
from orken.training.models import Run, Session
from tests.meetings.conftest import Accounts, Country, Meet, call, invited, session_of, speaker
from tests.meetings.test_talks import PDF, TALK

Browse = Callable[[str], Client]
Ready = Callable[..., Run]
MOST = 15
STORY = "PVL-2021-11"


def page(client: Client, name: str, *arguments: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(f"meetings:{name}", args=arguments), query)
    assert answer.status_code == status, name
    return answer.content.decode()


def press(client: Client, where: str, /, *arguments: object, **data: Any) -> Any:
    return client.post(reverse(f"meetings:{where}", args=arguments), data)


def test_she_proposes_two_look_and_the_programme_is_out(meet: Meet, browse: Browse, account: Accounts) -> None:
    run = meet()
    call(run)
    village, pavlodar = browse("village"), browse("pavlodar")
    assert reverse("meetings:propose", args=[run.code]) in village.get(run.get_absolute_url()).content.decode()
    assert press(village, "propose", run.code, **TALK, press=uuid4(), title_ru="").status_code == 302
    talk = Talk.objects.get(meeting=run.pk)
    for login, verdict in (("pavlodar", "take"), ("national", "unsure")):
        assert talk.title in page(browse(login), "mine")
        press(browse(login), "talk_desk", run.code, talk.pk, verdict=verdict, remark="Мысал қосыңыз", inner="өзара")
    hers = page(village, "my_talk", talk.pk)
    assert "Мысал қосыңыз" in hers and "өзара" not in hers
    press(pavlodar, "talk_decide", run.code, talk.pk, "accept")
    press(
        pavlodar,
        "section_add",
        run.code,
        title_kk="Жалпы",
        moderators=talk.speakers.get().pk,
        sessions=session_of(run).pk,
    )
    asked = {"session": session_of(run).pk, "from_time": "10:00", "minutes": "15", "talk": talk.pk, "kind": "other"}
    press(pavlodar, "slot_add", run.code, **asked)
    assert "әлі жарияланған жоқ" in page(browse(""), "programme", run.code)
    press(pavlodar, "release", run.code, note="Алғашқы нұсқа")
    shown = page(browse(""), "programme", run.code)
    assert talk.title in shown and "10:00–10:15" in shown
    assert "05:00–05:15" in page(browse(""), "programme", run.code, zone="UTC")
    assert talk.title in browse("").get(run.get_absolute_url()).content.decode()


def test_what_closes_the_release_is_said_and_the_button_says_why(ready: Ready, browse: Browse) -> None:
    run = ready()
    Section.objects.filter(meeting=run.pk).get().moderators.clear()
    shown = page(browse("pavlodar"), "desk", run.code)
    assert "Бұл отырыстың жүргізушісі жоқ." in shown and 'aria-disabled="true"' in shown
    answer = browse("pavlodar").post(reverse("meetings:release", args=[run.code]), follow=True)
    assert "жүргізушісі жоқ" in answer.content.decode() and not Release.objects.filter(meeting=run.pk).exists()


def test_answers_are_kept_and_faults_stand_in_the_summary(ready: Ready, browse: Browse) -> None:
    run = ready()
    answer = press(
        browse("pavlodar"),
        "slot_add",
        run.code,
        session=session_of(run).pk,
        from_time="25:99",
        minutes="7",
        kind="break",
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and 'value="7"' in text and 'class="errors' in text
    answer = press(browse("pavlodar"), "about", run.code, revision="1", occasion_years="125")
    assert answer.status_code == 422 and "Кімнің мерейтойы екенін көрсетіңіз." in answer.content.decode()
    closed = press(browse("village"), "propose", run.code, **TALK, press=uuid4())
    assert closed.status_code == 422 and "Қабылдау жабылды" in closed.content.decode()


def test_only_its_organisers_open_the_pages_of_a_meeting(ready: Ready, browse: Browse, account: Accounts) -> None:
    run = ready()
    talk, slot, section = (
        Talk.objects.get(meeting=run.pk),
        Slot.objects.filter(meeting=run.pk)[0],
        Section.objects.get(meeting=run.pk),
    )
    who = speaker(run)
    institution = Institution.objects.create(meeting_id=run.pk, name_kk="Мекеме")
    guest = Guest.objects.create(meeting_id=run.pk, name="Қонақ")
    row = meetings.add_file(talk=talk, upload=SimpleUploadedFile("a.pdf", PDF), kind="slides", by=account("pavlodar"))
    places: dict[str, tuple[object, ...]] = {
        "section": (section.pk,), "slot": (slot.pk,), "talk_desk": (talk.pk,), "talk_change": (talk.pk,), "talk_decide": (talk.pk, "withdraw"),
        "speaker": (who.pk,), "institution": (institution.pk,), "stay_away": (institution.pk,), "guest": (guest.pk,),
    }  # fmt: skip
    verbs: dict[str, tuple[object, ...]] = {
        "section_drop": (section.pk,), "slot_drop": (slot.pk,), "release": (), "show_file": (talk.pk, row.pk), "speaker_verb": (who.pk, "ask"),
        "invite": (), "institution_verb": (institution.pk, "come"), "guest_drop": (guest.pk,), "guest_reopen": (guest.pk,),
    }  # fmt: skip
    for name, more in places.items():
        page(browse("pavlodar"), name, run.code, *more)
        for login in ("village", "head", "registrar", "director"):
            page(browse(login), name, run.code, *more, status=404)
        page(browse(""), name, run.code, *more, status=302)
    for name, more in verbs.items():
        assert browse("pavlodar").get(reverse(f"meetings:{name}", args=[run.code, *more])).status_code == 405
        assert press(browse("village"), name, run.code, *more).status_code == 404
    for name, more in verbs.items():
        assert press(browse("pavlodar"), name, run.code, *more).status_code == 302


def test_what_belongs_to_another_meeting_is_not_found(ready: Ready, browse: Browse) -> None:
    mine, other = ready("M-1"), ready("M-2")
    talk, slot = Talk.objects.get(meeting=other.pk), Slot.objects.filter(meeting=other.pk)[0]
    for name, pk in (("talk_desk", talk.pk), ("slot", slot.pk), ("talk", talk.pk)):
        page(browse("pavlodar"), name, mine.code, pk, status=404)


def test_a_talk_that_is_not_out_is_read_by_nobody_else(meet: Meet, browse: Browse, account: Accounts) -> None:
    run = meet()
    who = meetings.name_person(run=run, person=account("village").person, by=account("pavlodar"))
    talk = invited(run, who)
    page(browse("village"), "talk", run.code, talk.pk)
    page(browse("pavlodar"), "talk", run.code, talk.pk)
    page(browse("head"), "talk", run.code, talk.pk, status=404)
    page(browse(""), "talk", run.code, talk.pk, status=404)


def test_slides_are_sent_shown_and_read(ready: Ready, browse: Browse, account: Accounts) -> None:
    run = ready()
    meetings.release(run=run, by=None)
    who = Speaker.objects.get(meeting=run.pk, talks__isnull=False)
    meetings.claim(speaker=who, by=account("village"))
    talk = who.talks.get()
    village = browse("village")
    press(village, "my_talk", talk.pk, kind="slides", file=SimpleUploadedFile("слайд.pdf", PDF))
    row = TalkFile.objects.get(talk=talk)
    page(browse(""), "talk_file", run.code, talk.pk, row.pk, status=404)
    page(village, "talk_file", run.code, talk.pk, row.pk, status=302)
    assert (
        press(
            village, "my_talk", talk.pk, kind="slides", file=SimpleUploadedFile("a.pdf", b"<html></html>")
        ).status_code
        == 422
    )
    press(browse("pavlodar"), "show_file", run.code, talk.pk, row.pk, shown="yes")
    page(browse(""), "talk_file", run.code, talk.pk, row.pk, status=302)
    assert "слайд.pdf" in page(browse(""), "talk", run.code, talk.pk)
    press(village, "drop_file", talk.pk, row.pk)
    page(browse(""), "talk_file", run.code, talk.pk, row.pk, status=404)


def test_she_withdraws_from_her_own_page_and_nobody_else_does(meet: Meet, browse: Browse, account: Accounts) -> None:
    run = meet()
    who = meetings.name_person(run=run, person=account("village").person, by=account("pavlodar"))
    talk = invited(run, who)
    page(browse("head"), "my_talk", talk.pk, status=404)
    page(browse("head"), "withdraw", talk.pk, status=404)
    assert press(browse("village"), "withdraw", talk.pk, reason="").status_code == 422
    press(browse("village"), "withdraw", talk.pk, reason="Ауырып қалдым")
    assert Talk.objects.get(pk=talk.pk).state == "withdrawn"


def test_a_speaker_without_an_account_answers_by_her_link_and_claims_it(ready: Ready, browse: Browse) -> None:
    run = ready()
    who = Speaker.objects.get(meeting=run.pk, talks__isnull=False)
    word = keys.of_speaker(who)
    nobody = browse("")
    assert who.talks.get().title in page(nobody, "speaker_link", word)
    assert press(nobody, "speaker_link", word, comes="yes").status_code == 422
    press(nobody, "speaker_link", word, comes="yes", consent="no")
    press(nobody, "speaker_link", word, talk=who.talks.get().pk, kind="slides", file=SimpleUploadedFile("a.pdf", PDF))
    who.refresh_from_db()
    assert (who.answer, who.consent) == ("comes", "no") and TalkFile.objects.filter(
        talk__speakers=who, by=None
    ).count() == 1
    row = TalkFile.objects.get(talk__speakers=who)
    assert "a.pdf" in page(nobody, "speaker_link", word)
    other = speaker(run, "Басқаева")
    assert press(nobody, "speaker_link", keys.of_speaker(other), drop=row.pk).status_code == 404, "another's file"
    press(nobody, "speaker_link", word, drop=row.pk)
    assert "a.pdf" not in page(nobody, "speaker_link", word) and TalkFile.objects.get(pk=row.pk).gone_at is not None
    page(nobody, "speaker_link", f"{word}x", status=404)
    assert press(nobody, "claim", word).status_code == 302, "to the sign-in page"
    press(browse("village"), "claim", word)
    assert who.talks.get().title in page(browse("village"), "mine")


def test_a_call_takes_no_day_that_is_over_and_no_talk_longer_than_a_session(meet: Meet, browse: Browse) -> None:
    run = meet()
    yesterday = timezone.localdate() - timedelta(1)
    asked = {"revision": 1, "call_until_day": yesterday.day, "call_until_month": yesterday.month, "call_until_year": yesterday.year, "call_kk": "Күтеміз"}  # fmt: skip
    assert "өтіп кетті" in press(browse("pavlodar"), "about", run.code, **asked).content.decode()
    call(run)
    answer = press(browse("village"), "propose", run.code, **{**TALK, "minutes": 121}, press=uuid4())
    assert (
        answer.status_code == 422
        and "120 минутқа" in answer.content.decode()
        and not Talk.objects.filter(meeting=run.pk).exists()
    )


def test_after_the_meeting_nobody_is_asked_whether_she_comes(ready: Ready, browse: Browse, account: Accounts) -> None:
    run = ready()
    who = speaker(run)
    invited(run, who)
    word = keys.of_speaker(who)
    press(
        browse(""), "speaker_link", word, talk=who.talks.get().pk, kind="slides", file=SimpleUploadedFile("a.pdf", PDF)
    )
    library = meetings.name_person(run=run, person=account("village").person, by=account("pavlodar"))
    press(browse("pavlodar"), "speaker_verb", run.code, library.pk, "ask")
    assert 'name="comes"' in page(browse(""), "speaker_link", word)
    assert reverse("meetings:answer", args=[library.pk]) in page(browse("village"), "mine")
    Session.objects.filter(run=run).update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    today = timezone.localdate()
    Run.objects.filter(pk=run.pk).update(starts_on=today, ends_on=today, apply_until=today)
    after = page(browse(""), "speaker_link", word)
    assert "аяқталды" in after and 'name="comes"' not in after and 'name="consent"' in after and "a.pdf" in after
    press(browse(""), "speaker_link", word, consent="no")
    who.refresh_from_db()
    assert (who.answer, who.consent) == ("asked", "no"), "her word about the recording is free"
    assert reverse("meetings:answer", args=[library.pk]) not in page(browse("village"), "mine")
    guest = meetings.add_guest(run=run, name="Ержанова Салтанат", institution="", email="", by=account("pavlodar"))
    assert 'value="yes"' not in page(browse(""), "guest_link", keys.of_guest(guest))


def test_she_is_asked_on_her_page_and_answers_there(meet: Meet, browse: Browse, account: Accounts) -> None:
    run = meet()
    who = meetings.name_person(run=run, person=account("village").person, by=account("pavlodar"))
    press(browse("pavlodar"), "speaker_verb", run.code, who.pk, "ask")
    assert reverse("meetings:answer", args=[who.pk]) in page(browse("village"), "mine")
    page(browse("head"), "answer", who.pk, status=404)
    press(browse("village"), "answer", who.pk, comes="no", consent="no")
    assert Speaker.objects.get(pk=who.pk).answer == "declines"


def test_what_became_of_asking_a_speaker_is_said_in_her_row(ready: Ready, browse: Browse, account: Accounts) -> None:
    run = ready()
    who = speaker(run, "Сұралмағанова")
    client = browse("pavlodar")
    assert "әлі сұралмаған" in page(client, "speakers", run.code)
    press(client, "speaker_verb", run.code, who.pk, "ask")
    assert re.search(r"сұралды: \d+.*жауап әлі жоқ", page(client, "speakers", run.code))
    ready_text = client.get(reverse("meetings:speaker", args=[run.code, who.pk])).content.decode()
    begins = timezone.localtime(session_of(run).starts_at)
    assert f"{begins:%H:%M}" in ready_text.split('id="ready"')[1].split("</textarea>")[0]


def test_libraries_are_listed_by_the_alphabet(meet: Meet, browse: Browse, account: Accounts) -> None:
    run, by = meet(), account("pavlodar")
    for name in ("Ынтымақ", "Қарасу", "Өркен", "Абай"):
        meetings.list_outsider(run=run, values={"name_kk": f"{name} кітапханасы"}, by=by)
    text = page(browse("pavlodar"), "institutions", run.code)
    order = sorted(("Ынтымақ", "Қарасу", "Өркен", "Абай"), key=lambda name: text.index(f"{name} кітапханасы"))
    assert order == ["Абай", "Қарасу", "Өркен", "Ынтымақ"]


def test_libraries_are_listed_invited_and_answer(meet: Meet, browse: Browse, country: Country) -> None:
    run = meet()
    pavlodar = browse("pavlodar")
    assert press(pavlodar, "institutions", run.code, unit="KZ-55-D02", which="itself").status_code == 302
    assert press(pavlodar, "institutions", run.code, unit="мұндай кітапхана жоқ", which="itself").status_code == 422
    row = Institution.objects.get(meeting=run.pk)
    press(pavlodar, "invite", run.code, pick=row.pk)
    head = browse("head")
    assert row.name_kk in page(head, "mine")
    assert press(head, "invitation", row.pk, comes="yes").status_code == 422, "with how many?"
    press(head, "invitation", row.pk, comes="yes", delegation="4", contact="Р. Оразбаева")
    assert Institution.objects.get(pk=row.pk).state == "comes"
    page(browse("village"), "invitation", row.pk, status=404)
    Run.objects.filter(pk=run.pk).update(
        starts_on=timezone.localdate(), ends_on=timezone.localdate(), apply_until=timezone.localdate()
    )
    press(head, "invitation", row.pk, headcount="11")
    assert Institution.objects.get(pk=row.pk).headcount == 11
    press(pavlodar, "outsider", run.code, name_kk="Бішкек кітапханасы")
    assert "Бішкек кітапханасы" in page(pavlodar, "institutions", run.code)


def test_a_guest_reads_the_programme_by_her_link(ready: Ready, browse: Browse) -> None:
    run = ready()
    meetings.release(run=run, by=None)
    answer = press(browse("pavlodar"), "guest_add", run.code, name="Ержанова Салтанат", institution="Бішкек")
    guest = Guest.objects.get(meeting=run.pk)
    assert answer.headers["Location"] == reverse("meetings:guest", args=[run.code, guest.pk])
    word = keys.of_guest(guest)
    shown = page(browse(""), "guest_link", word)
    assert "Баяндама 0" in shown and 'content="noindex"' in shown
    press(browse(""), "guest_link", word, comes="yes")
    assert Guest.objects.get(pk=guest.pk).comes is True
    press(browse("pavlodar"), "guest_drop", run.code, guest.pk)
    shut = page(browse(""), "guest_link", word, status=410)
    assert "Ержанова Салтанат" in shut and run.host.name_kk in shut and "Баяндама 0" not in shut
    assert press(browse(""), "guest_link", word, comes="no").status_code == 410
    assert "Ержанова Салтанат" in page(browse("pavlodar"), "institutions", run.code)
    # Given another link she comes again; by the old one she reads that it is shut.
    assert word not in page(browse("pavlodar"), "guest", run.code, guest.pk)
    press(browse("pavlodar"), "guest_reopen", run.code, guest.pk)
    anew = keys.of_guest(Guest.objects.get(pk=guest.pk))
    handed = page(browse("pavlodar"), "guest", run.code, guest.pk)
    assert handed.count(f"/kk/guest/{anew}/") == 2 and "data-copy" in handed and "Здравствуйте" in handed
    page(browse(""), "guest_link", anew)
    page(browse(""), "guest_link", word, status=410)
    press(browse("pavlodar"), "guest_forget", run.code, guest.pk)
    page(browse(""), "guest_link", anew, status=404)


def test_whoever_only_proposed_is_not_called_a_speaker(ready: Ready, browse: Browse, account: Accounts) -> None:
    run = ready()
    call(run)
    talk = meetings.propose(run=run, values={"title_kk": "Ауыл кітапханасы", "spoken": "kk", "minutes": 15}, by=account("village"))  # fmt: skip
    waits = "баяндама бойынша шешім күтіледі"
    assert waits in page(browse("pavlodar"), "speakers", run.code)
    Talk.objects.filter(pk=talk.pk).update(state=Talk.State.ACCEPTED)
    assert waits not in page(browse("pavlodar"), "speakers", run.code)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "«Тырнақша» & 'апостроф'", "https://evil.example/"])
def test_markup_in_titles_and_names_is_text(ready: Ready, browse: Browse, words: str) -> None:
    run = ready(talks=0)
    who = speaker(run, words[:90], institution_kk=words)
    talk = invited(run, who, title=words)
    meetings.place(
        run=run,
        session=session_of(run),
        starts_at=session_of(run).starts_at.replace(minute=30),
        minutes=10,
        talk=talk,
        by=None,
    )
    meetings.release(run=run, by=None)
    for shown in (page(browse(""), "programme", run.code), page(browse(""), "talk", run.code, talk.pk), browse("").get(run.get_absolute_url()).content.decode()):  # fmt: skip
        assert "<script>alert" not in shown and 'href="https://evil' not in shown
    assert browse("").get(reverse("meetings:programme_file", args=[run.code])).content.startswith(b"%PDF")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("login", ["pavlodar", "village", ""])
def test_no_page_asks_more_than_fifteen_times_whatever_its_size(login: str, ready: Ready, browse: Browse, account: Accounts, country: Country) -> None:  # fmt: skip
    small, large = ready("SMALL", talks=1), ready("LARGE", talks=5)
    for run, codes in ((small, ["KZ-55-D02"]), (large, ["KZ-55-D02", "KZ-55-D01", "KZ-11-LIB", "KZ-63-LIB"])):
        meetings.list_units(run=run, units=[country(code) for code in codes], by=None)
        Institution.objects.filter(meeting=run.pk).update(state="comes", delegation=3)
        meetings.release(run=run, by=None)
    names = ["programme"] + (["desk", "talks", "speakers", "institutions"] if login == "pavlodar" else [])
    client = browse(login)
    for name in [*names, *(["discussion"] if login else [])]:
        few, many = (queries(client, reverse(f"meetings:{name}", args=[run.code])) for run in (small, large))
        assert few == many <= MOST, (name, few, many)
    talks = [Talk.objects.filter(meeting=run.pk)[0] for run in (small, large)]
    few, many = (queries(client, reverse("meetings:talk", args=[talk.meeting.run.code, talk.pk])) for talk in talks)
    assert few == many <= MOST, ("talk", few, many)
    few, many = (queries(client, run.get_absolute_url()) for run in (small, large))
    assert few == many <= MOST, ("run", few, many)


def test_the_story_is_read_in_three_languages(browse: Browse) -> None:
    for language, words in (("kk", "Кім қатысады"), ("ru", "Кто участвует"), ("en", "Who takes part")):
        answer = browse("").get(f"/{language}/run/{STORY}/programme/").content.decode()
        assert words in answer and re.search(r"40[\s\xa0](мекеме|учреждени|institutions)", answer)
