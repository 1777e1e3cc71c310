"""Who spoke has a certificate of it: numbered and checked like any other, of a person or of a guest, and counted as nobody's training."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from orken.credentials import services as credentials
from orken.credentials.models import Batch, Certificate, LedgerRow
from orken.credentials.selectors import certificates_of, hours_of
from orken.credentials.speaking import source_of
from orken.kit.audit import invariants
from orken.kit.states import WayIsClosed
from orken.meetings import keys, selectors
from orken.meetings import services as meetings
from orken.meetings.models import Release, Speaker, Talk
from orken.network.policy import OutOfScope
from orken.newsroom import runs as told_runs
from orken.notices.models import Notice
from orken.people.models import Person
from orken.training.models import Run, Session
from tests.credentials.past import worked_off
from tests.insights.conftest import covered, numbers
from tests.meetings.conftest import Accounts, Country, Meet, invited, session_of, speaker, today

Browse = Callable[[str], Client]
SIGNED = [{"name": {"kk": "Ш. Шахметова", "ru": "Ш. Шахметова"}, "post": {"kk": "Директор", "ru": "Директор"}}]
NAMES = {"surname_ru": "Жумабаева", "given_ru": "Асем", "patronymic_kk": "Болатқызы", "patronymic_ru": "Болатовна"}
TITLES = {"title_ru": "Читатель и библиотека", "spoken": "kk"}
PAST = timedelta(days=40)


@pytest.fixture
def spoken(meet: Meet, account: Accounts) -> Callable[..., Run]:
    """`spoken("S-1")`: a meeting that was held: a guest and the village librarian gave a talk each."""

    def held(code: str = "S-1") -> Run:
        run = meet(code)
        session, chair = session_of(run), speaker(run, "Төрағаева")
        meetings.put_section(
            run=run, titles={"title_kk": "Жалпы отырыс"}, moderators=[chair], sessions=[session], by=None
        )
        librarian = account("village").person
        assert librarian is not None
        at = session.starts_at
        for who in (speaker(run, **NAMES), meetings.name_person(run=run, person=librarian, by=account("pavlodar"))):
            talk = invited(run, who, **TITLES)
            at = meetings.place(run=run, session=session, starts_at=at, minutes=15, talk=talk, by=None).ends_at
        meetings.release(run=run, by=None)
        return over(run)

    return held


def over(run: Run) -> Run:
    """Its day is forty days ago: everything that has an hour moves there."""
    release = Release.objects.filter(meeting=run.pk).latest("number")
    for place in release.slots:
        place["starts_at"] = (datetime.fromisoformat(place["starts_at"]) - PAST).isoformat()
    release.save()
    for session in Session.objects.filter(run=run):
        session.starts_at, session.ends_at = session.starts_at - PAST, session.ends_at - PAST
        session.save()
    days = {name: getattr(run, name) - PAST for name in ("starts_on", "ends_on", "apply_until")}
    Run.objects.filter(pk=run.pk).update(state=Run.State.CLOSED, **days)
    run.refresh_from_db()
    return run


def waiting(run: Run) -> list[int]:
    return [one.giving.pk for one in selectors.given_at(run) if one.waits]


def asked(run: Run, by: Any = None) -> Batch:
    return meetings.certify_speakers(run=run, given=waiting(run), dated_on=today(), signed=SIGNED, by=by)


def issued(run: Run) -> list[Certificate]:
    return lead(asked(run))


def lead(batch: Batch) -> list[Certificate]:
    assert credentials.prepare(batch=batch) == []
    credentials.draw(batch=batch)
    credentials.sign(batch=batch, on=today(), by=None)
    credentials.issue(batch=batch, by=None)
    return list(batch.certificates.select_related("pdf").order_by("pk"))


def words_of(paper: bytes) -> str:
    """What stands on its pages, as one line."""
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(paper))


def broken() -> list[str]:
    return [f"{rule}: {one.row}" for rule, found in invariants.run() for one in found if rule.startswith("credentials")]


def test_a_held_talk_gives_a_guest_and_a_person_a_numbered_certificate(
    spoken: Callable[..., Run], account: Accounts, browse: Browse
) -> None:
    run = spoken()
    of_guest, of_person = issued(run)
    assert (of_guest.kind, of_guest.person, of_guest.minutes) == ("speaking", None, 0)
    assert of_person.person == account("village").person
    assert of_guest.number.startswith("PVL-") and of_guest.number_kk.startswith("ПВЛ-")
    assert of_guest.data["name"]["kk"]["surname"] == "Жумабаева" and of_guest.data["talk"]["ru"] == TITLES["title_ru"]
    assert of_guest.starts_on == of_guest.ends_on == run.starts_on
    assert broken() == []
    page = Client().get(f"/ru/verify/{of_guest.number}/").content.decode()
    assert (
        "Сертификат докладчика" in page and TITLES["title_ru"] in page and run.title_ru in page and "Ж. А. Б." in page
    )
    assert "Академических часов" not in page
    own = browse("village").get("/kk/my/record/").content.decode()
    assert of_person.number_kk in own and of_guest.number_kk not in own
    worked_off("credentials.letters")
    assert [one.person for one in Notice.objects.filter(kind="credentials.spoke")] == [account("village").person]


def test_the_paper_says_who_spoke_about_what_where_and_when_in_both_languages(spoken: Callable[..., Run]) -> None:
    run = spoken()
    found = issued(run)[0]
    assert found.pdf is not None
    from orken.credentials.paper import keeping

    said = words_of(keeping.content(found))
    for words in (
        "Жумабаева", "Әсем Болатқызы", "Асем Болатовна", "Оқырман мен кітапхана", TITLES["title_ru"], run.title_kk, run.title_ru,
        "баяндама жасағаны", "выступление с докладом", "Ұйымдастырушы", "Организатор", found.number_kk, "Ш. Шахметова",
    ):  # fmt: skip
        assert words in said, words
    assert "академ" not in said.lower()


def test_asked_for_again_nobody_gets_a_second_one(spoken: Callable[..., Run]) -> None:
    run = spoken()
    first = asked(run)
    with pytest.raises(credentials.BeingPrepared) as twice:
        asked(run)
    assert twice.value.batch == first
    held = lead(first)
    credentials.prepare(batch=first)  # a worker that died and began again
    assert Certificate.objects.filter(batch=first).count() == len(held) == 2
    with pytest.raises(credentials.NothingToIssue):
        asked(run)
    twin = Certificate.objects.get(pk=held[0].pk)
    twin.pk, twin.number, twin.number_kk = None, "PVL-2021-999999-X", "ПВЛ-2021-999999-X"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 90}, {"kind": "participant"}, {"source": "training.enrolment:5"}],
)
def test_a_certificate_is_of_a_talk_or_of_learning_and_never_of_both(
    spoken: Callable[..., Run], wrong: dict[str, Any]
) -> None:
    found = issued(spoken())[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=found.pk).update(**wrong)


def test_what_keeps_a_talk_from_its_certificate_is_said(
    spoken: Callable[..., Run], meet: Meet, account: Accounts
) -> None:
    coming = meet("S-2")
    session = session_of(coming)
    meetings.put_section(
        run=coming,
        titles={"title_kk": "Отырыс"},
        moderators=[speaker(coming, "Төрағаева")],
        sessions=[session],
        by=None,
    )
    talk = invited(coming, speaker(coming, **NAMES))
    meetings.place(run=coming, session=session, starts_at=session.starts_at, minutes=15, talk=talk, by=None)
    later = invited(coming, speaker(coming, "Кейінова"), title="Кейін")
    meetings.release(run=coming, by=None)

    def lacks(run: Run) -> dict[str, str]:
        return {one.giving.speaker.surname_kk: str(one.lacks) for one in selectors.given_at(run)}

    assert "өткен жоқ" in lacks(coming)["Жумабаева"]
    assert "бағдарлама" in lacks(coming)["Кейінова"]
    Talk.objects.filter(pk=later.pk).update(state="withdrawn", reason="Ауырып қалды")
    assert "қайтарып" in lacks(coming)["Кейінова"]
    held = spoken()
    nameless = Speaker.objects.get(meeting=held.pk, surname_kk="Жумабаева")
    Speaker.objects.filter(pk=nameless.pk).update(surname_ru="", given_ru="")
    assert "Орысша" in lacks(held)["Жумабаева"] and len(waiting(held)) == 1
    with pytest.raises(credentials.NothingToIssue):
        meetings.certify_speakers(
            run=held, given=[one.giving.pk for one in selectors.given_at(held) if one.lacks], dated_on=today(), signed=SIGNED, by=None
        )  # fmt: skip
    nameless.refresh_from_db()
    meetings.change_speaker(speaker=nameless, values={**names_of(nameless), "surname_ru": "Жумабаева", "given_ru": "Асем"}, by=account("pavlodar"))  # fmt: skip
    assert len(waiting(held)) == 2
    nameless.refresh_from_db()
    with pytest.raises(WayIsClosed):  # what was heard is not changed afterwards
        meetings.change_speaker(speaker=nameless, values={**names_of(nameless), "surname_kk": "Басқа"}, by=account("pavlodar"))  # fmt: skip


def names_of(row: Speaker) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("surname_kk", "given_kk", "surname_ru", "given_ru")}


def test_it_is_counted_as_nobodys_training(spoken: Callable[..., Run], account: Accounts) -> None:
    before = numbers(covered("KZ-55"))
    minutes = hours_of(account("village").person).confirmed
    run = spoken()
    held = issued(run)
    assert not LedgerRow.objects.filter(certificate__in=held).exists()
    assert numbers(covered("KZ-55")) == before
    assert hours_of(account("village").person).confirmed == minutes
    assert told_runs.certificates(run) == 0
    assert broken() == []
    assert Certificate.objects.filter(kind="speaking").exclude(hours=None).count() == 0


def test_a_misspelt_name_makes_a_successor_that_says_it_right(spoken: Callable[..., Run], browse: Browse) -> None:
    wrong = issued(spoken())[0]
    page = browse("pavlodar").get(f"/kk/certificates/{wrong.number}/replace/").content.decode()
    assert 'name="surname_kk"' in page and 'name="talk_ru"' in page
    day = today()
    answers = {
        "reason": "Тегінде қате болған",
        "dated_on_day": day.day,
        "dated_on_month": day.month,
        "dated_on_year": day.year,
    }
    answers |= {"surname_kk": "Жұмабаева", "given_kk": "Әсем", "surname_ru": "Жумабаева", "given_ru": "Асем", "talk_kk": "Оқырман мен кітапхана", "talk_ru": TITLES["title_ru"]}  # fmt: skip
    answer = browse("pavlodar").post(f"/kk/certificates/{wrong.number}/replace/", answers)
    assert answer.status_code == 302
    successor = Certificate.objects.get(replaces=wrong)
    credentials.draw(batch=successor.batch)
    credentials.sign(batch=successor.batch, on=day, by=None)
    credentials.issue(batch=successor.batch, by=None)
    wrong.refresh_from_db()
    assert wrong.state == "replaced" and successor.data["name"]["kk"]["surname"] == "Жұмабаева"
    assert successor.source == wrong.source and successor.minutes == 0
    told = Client().get(f"/kk/verify/{wrong.number}/").content.decode()
    assert successor.number_kk in told
    assert broken() == []


def test_it_is_revoked_copied_and_handed_over_like_others(spoken: Callable[..., Run], browse: Browse) -> None:
    run = spoken()
    of_guest, of_person = issued(run)
    assert credentials.duplicate(certificate=of_guest, reason="Жоғалған", by=None).number == 1
    credentials.hand_over(
        batch=of_guest.batch, certificates=[of_guest.pk], way="electronic", on=today(), signed=False, by=None
    )
    listed = browse("pavlodar").get(f"/kk/certificates/batches/{of_guest.batch_id}/list.pdf")
    assert "Жумабаева" in words_of(listed.content)
    series = of_guest.taken.series
    register = words_of(browse("pavlodar").get(f"/kk/certificates/registers/{series.pk}/1.pdf").content)
    assert "доклад «Читатель" in register
    credentials.revoke(certificate=of_person, reason="Баяндама болмаған", by=None)
    worked_off("credentials.letters")
    told = Notice.objects.get(kind="credentials.spoke_revoked")
    assert "сағат" not in told.body_kk and "Баяндама болмаған" in told.body_kk
    assert broken() == []


def test_whoever_issues_for_the_host_asks_for_them_and_nobody_else(
    spoken: Callable[..., Run], account: Accounts, browse: Browse, country: Country
) -> None:
    run = spoken()
    address = f"/kk/training/{run.code}/speakers/certificates/"
    for login, status in (("registrar", 200), ("pavlodar", 200), ("national", 200), ("director", 200), ("village", 404), ("head", 404), ("mentor", 404)):  # fmt: skip
        assert browse(login).get(address).status_code == status, login
    assert 'name="who"' in browse("registrar").get(address).content.decode()
    assert 'name="who"' not in browse("director").get(address).content.decode()
    with pytest.raises(OutOfScope):
        asked(run, account("director"))
    assert address in browse("registrar").get(f"/kk/training/{run.code}/certificates/").content.decode()
    day = today()
    said = {
        "who": waiting(run), "dated_on_day": day.day, "dated_on_month": day.month, "dated_on_year": day.year, "name_kk_1": "Ш. Шахметова",
        "name_ru_1": "Ш. Шахметова", "post_kk_1": "Директор", "post_ru_1": "Директор",
    }  # fmt: skip
    assert browse("director").post(address, said).status_code in (200, 404)
    assert not Batch.objects.filter(source=f"meetings.run:{run.code}").exists()
    answer = browse("registrar").post(address, said)
    batch = Batch.objects.get(source=f"meetings.run:{run.code}")
    assert answer.status_code == 302 and batch.size == 2 and batch.by == account("registrar")


def test_a_guest_gets_hers_by_her_link_and_nothing_else_by_it(
    spoken: Callable[..., Run], account: Accounts, browse: Browse
) -> None:
    of_guest, of_person = issued(spoken())
    row = Speaker.objects.get(meeting__run__code="S-1", surname_kk="Жумабаева")
    link = f"/kk/speaker/{keys.of_speaker(row)}/"
    page = Client().get(link).content.decode()
    assert of_guest.number_kk in page and of_person.number_kk not in page
    paper = Client().get(f"{link}{of_guest.number}.pdf")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert Client().get(f"{link}{of_person.number}.pdf").status_code == 404
    assert Client().get(f"/kk/speaker/false/{of_guest.number}.pdf").status_code == 404
    nobody = account("student")
    Person.objects.filter(pk=nobody.person_id).update(erased_at=None)
    assert browse("student").get(f"/kk/certificates/{of_guest.number}/").status_code == 404
    credentials.revoke(certificate=of_guest, reason="Қате берілген", by=None)
    assert Client().get(f"{link}{of_guest.number}.pdf").status_code == 404


def test_taking_the_place_into_an_account_takes_the_certificate_along(
    spoken: Callable[..., Run], account: Accounts
) -> None:
    run = spoken()
    of_guest = issued(run)[0]
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
    row = Speaker.objects.get(meeting=run.pk, surname_kk="Жумабаева")
    meetings.claim(speaker=row, by=account("head"))
    of_guest.refresh_from_db()
    head = account("head").person
    assert (
        head is not None
        and of_guest.person == head
        and list(certificates_of(head).filter(kind="speaking")) == [of_guest]
    )
    assert broken() == []


def test_the_story_of_2021_has_its_four(db: None) -> None:
    run = Run.objects.get(code="PVL-2021-11")
    found = selectors.given_at(run)
    assert [one.certificate is not None and one.certificate.state for one in found] == ["issued"] * 4
    assert [one.certificate.source for one in found if one.certificate] == [source_of(one.giving.pk) for one in found]
    assert {one.certificate.number[:9] for one in found if one.certificate} == {"PVL-2021-"}


def test_a_session_that_ended_early_is_held(spoken: Callable[..., Run]) -> None:
    """The timetable had its talks later; the room was over before."""
    run = spoken()
    release = Release.objects.filter(meeting=run.pk).latest("number")
    for place in release.slots:
        place["starts_at"] = (timezone.now() + timedelta(minutes=5)).isoformat()
    release.save()
    Session.objects.filter(run=run).update(ends_at=timezone.now() + timedelta(hours=1))
    assert waiting(run) == []
    Session.objects.filter(run=run).update(ends_at=timezone.now())
    assert len(waiting(run)) == 2
