"""A survey from the first question to its results: who may, what is refused, and that nobody learns who said what."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Account
from orken.surveys import reminders, selectors, services
from orken.surveys.models import Invitation, Questionnaire, Sheet, Survey, Version
from orken.surveys.questions import Kind, Option, Question, Words
from orken.surveys.views.workshop import ON_A_PAGE

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]
ABOUT = {"kk": "Сынақ курсы", "ru": "Пробный курс", "en": ""}
GOOD = {"q1": "5", "q2.a1": "4", "q2.a2": "5", "q2.a3": "3", "q2.a4": "5", "q3": "a2"}


@pytest.fixture
def survey(country: Country, account: Accounts) -> Survey:
    """Pavlodar asks with the reaction questionnaire of the National Library, from today for a week."""
    today = timezone.localdate()
    return services.open_survey(
        questionnaire=Questionnaire.objects.get(code="NL-REACTION"), unit=country("KZ-55"), about=ABOUT,
        opens_on=today, closes_on=today + timedelta(days=7), by=account("pavlodar"),
    )  # fmt: skip


def over(survey: Survey) -> Survey:
    first = timezone.localdate() - timedelta(days=9)
    Survey.objects.filter(pk=survey.pk).update(opens_on=first, closes_on=first + timedelta(days=1))
    survey.refresh_from_db()
    return survey


def filled(survey: Survey, account: Account, number: int) -> None:
    for code in services.slips(survey=survey, number=number, by=account):
        found = services.find(code)
        assert found is not None
        services.answer(invitation=found, answers={"q1": 4})


# --- answering ---


def test_a_slip_opens_the_sheet_once(survey: Survey, account: Accounts) -> None:
    [code] = services.slips(survey=survey, number=1, by=account("pavlodar"))
    visitor = Client(headers={"accept-language": "kk"})
    assert visitor.post(reverse("surveys:begin"), {"code": code}).headers["Location"] == reverse("surveys:sheet")
    assert visitor.post(reverse("surveys:sheet"), GOOD).headers["Location"] == reverse("surveys:thanks", args=["done"])
    assert Sheet.objects.get(survey=survey).answers == {
        "q1": 5, "q2": {"a1": 4, "a2": 5, "a3": 3, "a4": 5}, "q3": "a2",
    }  # fmt: skip
    again = Client().post(reverse("surveys:begin"), {"code": code})
    assert again.status_code == 422 and "қолданылып қойған" in again.content.decode()


def test_a_sheet_with_gaps_comes_back_whole_and_nothing_is_kept(survey: Survey, account: Accounts) -> None:
    [code] = services.slips(survey=survey, number=1, by=account("pavlodar"))
    visitor = Client(headers={"accept-language": "kk"})
    visitor.post(reverse("surveys:begin"), {"code": code})
    page = visitor.post(reverse("surveys:sheet"), {"q1": "5", "q3": "a9", "q5": "Рахмет"})
    assert page.status_code == 422 and "Рахмет" in page.content.decode()
    assert not Sheet.objects.filter(survey=survey).exists()
    assert visitor.post(reverse("surveys:sheet"), GOOD).status_code == 302


def test_pressed_twice_it_is_one_sheet(survey: Survey, account: Accounts) -> None:
    services.invite(survey=survey, people=[account("village").person], by=account("pavlodar"))
    row = Invitation.objects.get(survey=survey)
    services.answer(invitation=row, answers={"q1": 3})
    with pytest.raises(services.AlreadyAnswered):
        services.answer(invitation=row, answers={"q1": 3})
    assert survey.sheets.count() == 1


def test_a_device_by_the_door_takes_one_sheet_after_another(survey: Survey, account: Accounts) -> None:
    code = services.kiosk(survey=survey, by=account("pavlodar"))
    device = Client(headers={"accept-language": "kk"})
    device.post(reverse("surveys:begin"), {"code": code})
    for _person in range(3):
        answer = device.post(reverse("surveys:sheet"), GOOD, follow=True)
        assert "Келесі адам" in answer.content.decode()
    assert survey.sheets.count() == 3
    fresh = services.kiosk(survey=survey, by=account("pavlodar"))
    assert services.find(code) is None and services.find(fresh) is not None


def test_at_the_door_a_sheet_is_sent_once_however_often_the_button_is_pressed(
    survey: Survey, account: Accounts
) -> None:
    device = Client(headers={"accept-language": "kk"})
    device.post(reverse("surveys:begin"), {"code": services.kiosk(survey=survey, by=account("pavlodar"))})
    page = device.get(reverse("surveys:sheet"))
    given = {**GOOD, "press": page.context["press"]}
    assert device.post(reverse("surveys:sheet"), {"press": given["press"]}).status_code == 422, "a gap is no sheet"
    for _press in range(3):
        assert device.post(reverse("surveys:sheet"), given).headers["Location"] == reverse(
            "surveys:thanks", args=["door"]
        )
    assert survey.sheets.count() == 1
    again = device.get(reverse("surveys:sheet"))
    device.post(reverse("surveys:sheet"), {**GOOD, "press": again.context["press"]})
    assert survey.sheets.count() == 2, "the next person has a sheet of her own"


def test_a_new_code_shuts_the_device_that_stands_open_with_the_old_one(survey: Survey, account: Accounts) -> None:
    device = Client()
    device.post(reverse("surveys:begin"), {"code": services.kiosk(survey=survey, by=account("pavlodar"))})
    assert device.get(reverse("surveys:sheet")).status_code == 200
    services.kiosk(survey=survey, by=account("pavlodar"))
    for answer in (device.get(reverse("surveys:sheet")), device.post(reverse("surveys:sheet"), GOOD)):
        assert answer.headers["Location"] == reverse("surveys:begin")
    assert not survey.sheets.exists()


def test_she_finds_the_questionnaire_on_her_own_page_and_nobody_elses(
    survey: Survey, account: Accounts, browse: Browse
) -> None:
    services.invite(survey=survey, people=[account("village").person], by=account("pavlodar"))
    assert Notice.objects.filter(kind="surveys.invited", person=account("village").person).count() == 1
    hers = browse("village")
    assert "Сынақ курсы" in hers.get(reverse("surveys:mine")).content.decode()
    assert browse("head").get(reverse("surveys:own", args=[survey.pk])).status_code == 404
    assert hers.post(reverse("surveys:own", args=[survey.pk]), GOOD).status_code == 302
    assert "Сынақ курсы" not in hers.get(reverse("surveys:mine")).content.decode()
    assert selectors.has_answered(survey, account("village").person_id)
    late = hers.post(reverse("surveys:own", args=[survey.pk]), GOOD)
    assert late.status_code == 409 and survey.sheets.count() == 1


def test_a_ranking_gives_every_place_once(country: Country, account: Accounts) -> None:
    today = timezone.localdate()
    held = services.open_survey(
        questionnaire=Questionnaire.objects.get(code="NL-NEEDS"), unit=country("KZ-55"), about=ABOUT,
        opens_on=today, closes_on=today, by=account("pavlodar"),
    )  # fmt: skip
    code = services.kiosk(survey=held, by=account("pavlodar"))
    device = Client(headers={"accept-language": "ru"})
    device.post(reverse("surveys:begin"), {"code": code})
    twice = {"q1.a1": "1", "q1.a2": "1", "q1.a3": "3", "q1.a4": "4", "q2": "a1"}
    refused = device.post(reverse("surveys:sheet"), twice)
    assert refused.status_code == 422
    assert device.post(reverse("surveys:sheet"), {**twice, "q1.a2": "2"}).status_code == 302
    assert held.sheets.get().answers == {"q1": ["a1", "a2", "a3", "a4"], "q2": "a1"}


@pytest.mark.parametrize("code", ["", "1234", "0" * 15 + "7", "<script>", "9" * 400])
def test_a_wrong_code_is_a_sentence(code: str, db: None) -> None:
    assert Client().post(reverse("surveys:begin"), {"code": code}).status_code == 422


@pytest.mark.usefixtures("still_clock")
def test_guessing_codes_is_slow(survey: Survey, account: Accounts) -> None:
    from orken.people.accounts import codes

    visitor = Client(headers={"accept-language": "kk"})
    for _attempt in range(100):
        visitor.post(reverse("surveys:begin"), {"code": codes.new()})
    [code] = services.slips(survey=survey, number=1, by=account("pavlodar"))
    assert visitor.post(reverse("surveys:begin"), {"code": code}).status_code == 422


def test_a_survey_that_is_over_takes_no_sheet(survey: Survey, account: Accounts) -> None:
    [code] = services.slips(survey=survey, number=1, by=account("pavlodar"))
    found = services.find(code)
    assert found is not None
    services.close_survey(survey=survey, by=account("pavlodar"))
    assert Client().post(reverse("surveys:begin"), {"code": code}).status_code == 422
    with pytest.raises(services.NotOpen):
        services.answer(invitation=found, answers={})
    with pytest.raises(services.NotOpen):
        services.slips(survey=survey, number=1, by=account("pavlodar"))


# --- who said what ---


def test_a_sheet_leads_to_nobody(survey: Survey, account: Accounts) -> None:
    """Neither the sheet nor the invitation nor the trail holds a moment, a person or a code of the other."""
    services.invite(survey=survey, people=[account("village").person], by=account("pavlodar"))
    before = AuditEvent.objects.count()
    services.answer(invitation=Invitation.objects.get(survey=survey), answers={"q1": 2})
    assert AuditEvent.objects.count() == before
    assert {field.name for field in Sheet._meta.get_fields()} == {"id", "survey", "answers"}
    assert not [
        f.name for f in Invitation._meta.get_fields() if f.get_internal_type() in ("DateTimeField", "DateField")
    ]
    assert survey.sheets.get().pk.version == 4, "a number at random, not in the order of coming"


def test_results_wait_for_the_end_and_for_five_sheets(survey: Survey, account: Accounts, browse: Browse) -> None:
    hers, page = browse("pavlodar"), reverse("surveys:survey", args=[survey.pk])
    filled(survey, account("pavlodar"), 4)
    assert selectors.results_of(survey) is None
    assert selectors.results_of(over(survey)) is None, "four would tell who said what"
    assert hers.get(reverse("surveys:export", args=[survey.pk])).status_code == 404
    assert "жасырын" in hers.get(page).content.decode()
    Survey.objects.filter(pk=survey.pk).update(opens_on=timezone.localdate(), closes_on=timezone.localdate())
    survey.refresh_from_db()
    filled(survey, account("pavlodar"), 1)
    assert selectors.results_of(survey) is None, "it still runs"
    found = selectors.results_of(over(survey))
    assert found is not None and found[0].answered == 5 and found[0].lines[0].mean == 4


def test_the_file_holds_counts_and_words_and_no_sheet(account: Accounts, browse: Browse) -> None:
    held = Survey.objects.get(about_kk="Ауыл кітапханашыларының практикумы")
    answer = browse("pavlodar").get(reverse("surveys:export", args=[held.pk]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a FileResponse
    counts, said = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    scale = [row for row in counts[1:] if row[0] == counts[1][0]]
    assert sum(float(str(row[3])) for row in scale) == 26
    assert [row[1] for row in said[1:]] == sorted(row[1] for row in said[1:])
    assert AuditEvent.objects.filter(verb="survey.taken_away").count() == 1


def test_the_audit_finds_a_sheet_too_many_and_a_version_that_was_changed(survey: Survey) -> None:
    assert not [rows for rule, rows in invariants.run() if rule.startswith("surveys.") and rows]
    Sheet.objects.create(survey=survey, answers={})
    Version.objects.filter(questionnaire__code="NL-HEAD").update(title_kk="Басқа")
    broken = {rule.split(":")[0] for rule, rows in invariants.run() if rows}
    assert {"surveys.sheets", "surveys.versions"} <= broken


def test_the_database_refuses_what_cannot_be(survey: Survey, account: Accounts) -> None:
    person = account("village").person
    wrong: list[dict[str, Any]] = [
        {"way": "slip", "key": "x", "used": 2},
        {"way": "slip", "key": ""},
        {"way": "page"},
        {"way": "page", "person": person, "key": "x"},
    ]
    for row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(survey=survey, **row)
    services.invite(survey=survey, people=[person, person], by=account("pavlodar"))
    assert survey.invitations.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(survey=survey, way="page", person=person)


# --- asking ---


def test_only_the_silent_are_reminded_and_only_once(survey: Survey, account: Accounts) -> None:
    people = [account("village").person, account("head").person]
    services.invite(survey=survey, people=people, by=account("pavlodar"))
    services.answer(invitation=Invitation.objects.get(survey=survey, person=people[1]), answers={"q1": 1})
    today = timezone.localdate()
    Survey.objects.filter(pk=survey.pk).update(opens_on=today - timedelta(days=5), closes_on=today + timedelta(days=2))
    reminders.remind_the_silent()
    reminders.remind_the_silent()
    told = Notice.objects.filter(kind="surveys.reminded", about_id=str(survey.pk))
    assert [row.person for row in told] == [people[0]]


def test_pavlodar_asks_in_pavlodar_and_nowhere_else(country: Country, account: Accounts, browse: Browse) -> None:
    today = timezone.localdate()
    with pytest.raises(OutOfScope):
        services.open_survey(
            questionnaire=Questionnaire.objects.get(code="NL-REACTION"), unit=country("KZ-11"), about=ABOUT,
            opens_on=today, closes_on=today, by=account("pavlodar"),
        )  # fmt: skip
    theirs = services.open_survey(
        questionnaire=Questionnaire.objects.get(code="NL-REACTION"), unit=country("KZ-11"), about=ABOUT,
        opens_on=today, closes_on=today, by=None,
    )  # fmt: skip
    for name in ("survey", "slips", "kiosk", "close", "remind", "export"):
        client, address = browse("pavlodar"), reverse(f"surveys:{name}", args=[theirs.pk])
        assert (client.get(address) if name in ("survey", "export") else client.post(address)).status_code == 404


def test_the_same_source_asks_once(country: Country, account: Accounts) -> None:
    today, made = timezone.localdate(), set()
    for _time in range(2):
        held = services.open_survey(
            questionnaire=Questionnaire.objects.get(code="NL-REACTION"), unit=country("KZ-55"), about=ABOUT,
            opens_on=today, closes_on=today, by=None, source="training.run:X:reaction",
        )  # fmt: skip
        made.add(held.pk)
    assert len(made) == 1


def test_a_survey_is_opened_on_the_page_and_slips_are_printed(browse: Browse, country: Country) -> None:
    today, hers = timezone.localdate(), browse("pavlodar")
    given = {
        "questionnaire": "NL-REACTION", "unit": "KZ-55", "about_kk": "Жаңа", "about_ru": "", "about_en": "",
        **{f"{name}_{part}": getattr(today, part) for name in ("opens_on", "closes_on") for part in ("day", "month", "year")},
    }  # fmt: skip
    wrong = hers.post(reverse("surveys:open"), {**given, "closes_on_year": today.year - 1})
    assert wrong.status_code == 422
    far = {"opens_on_year": today.year + 90, "closes_on_year": today.year + 90}
    assert hers.post(reverse("surveys:open"), {**given, **far}).status_code == 422, "a slip of the hand"
    page = hers.post(reverse("surveys:open"), given)
    assert page.status_code == 302
    held = Survey.objects.get(about_kk="Жаңа")
    paper = hers.post(reverse("surveys:slips", args=[held.pk]), {"number": "9"})
    assert paper.headers["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert held.invitations.count() == 9
    for number in ("0", "201", "x", ""):
        hers.post(reverse("surveys:slips", args=[held.pk]), {"number": number})
    assert held.invitations.count() == 9


# --- writing ---


@pytest.fixture
def draft(country: Country, account: Accounts) -> Version:
    made = services.create(
        code="PVL-1", unit=country("KZ-55"), purpose="other", titles={"title_kk": "Пікір", "title_ru": "Мнение"},
        by=account("pavlodar"),
    )  # fmt: skip
    assert made.draft is not None
    return made.draft


def test_a_questionnaire_is_written_published_and_never_changed_again(draft: Version, account: Accounts) -> None:
    hers = account("pavlodar")
    with pytest.raises(services.NotReady):
        services.publish(version=draft, by=hers)
    one = Question(
        "",
        Kind.CHOICE,
        Words("Иә ме?", "Да?"),
        options=(Option("a1", Words("иә", "да")), Option("a2", Words("жоқ", "нет"))),
    )
    services.put_question(version=draft, question=one, by=hers, revision=1)
    with pytest.raises(services.EditedMeanwhile):
        services.put_question(version=draft, question=one, by=hers, revision=1)
    published = services.publish(version=draft, by=hers, revision=2)
    with pytest.raises(services.EditedMeanwhile):
        services.write(version=published, fields={"title_kk": "Басқа"}, by=hers, revision=published.revision)
    again = services.start_draft(questionnaire=published.questionnaire, by=hers)
    assert again.number == 2 and again.document == published.document
    services.remove_question(version=again, key="q1", by=hers, revision=1)
    put = services.put_question(version=again, question=one, by=hers, revision=2)
    assert put.key == "q2", "the key of a question that was taken out never means another"
    assert Version.objects.get(pk=published.pk).document == published.document


def test_the_pages_of_the_workshop(draft: Version, browse: Browse) -> None:
    hers, page = browse("pavlodar"), reverse("surveys:questionnaire", args=["PVL-1"])
    new = reverse("surveys:question_new", args=["PVL-1"])
    assert hers.get(f"{new}?kind=nonsense").status_code == 404
    uneven = {
        "revision": "1",
        "text_kk": "Қайсысы?",
        "text_ru": "Что?",
        "options_kk": "бір\nекі",
        "options_ru": "раз",
        "required": "on",
    }
    assert hers.post(f"{new}?kind=choice", uneven).status_code == 422
    assert hers.post(f"{new}?kind=choice", {**uneven, "options_ru": "раз\nдва"}).status_code == 302
    stale = hers.post(f"{new}?kind=text", {"revision": "1", "text_kk": "Неге?", "text_ru": "Почему?"})
    assert stale.status_code == 409 and "Неге?" in stale.content.decode()
    assert hers.post(f"{new}?kind=text", {"revision": "2", "text_kk": "Неге?", "text_ru": "Почему?"}).status_code == 302
    hers.post(reverse("surveys:question_move", args=["PVL-1", "q2"]), {"way": "up", "revision": "3"})
    draft.refresh_from_db()
    assert [one.key for one in draft.questions] == ["q2", "q1"]
    hers.post(reverse("surveys:question_remove", args=["PVL-1", "q2"]), {"revision": "4"})
    hers.post(reverse("surveys:restore", args=["PVL-1"]))
    draft.refresh_from_db()
    assert [one.text.kk for one in draft.questions] == ["Қайсысы?", "Неге?"]
    assert "Қайсысы?" in hers.get(reverse("surveys:preview", args=["PVL-1"])).content.decode()
    hers.post(reverse("surveys:publish", args=["PVL-1"]), {"revision": str(draft.revision)})
    assert Questionnaire.objects.get(code="PVL-1").published_id == draft.pk
    assert hers.get(page).status_code == 200
    hers.post(reverse("surveys:start", args=["PVL-1"]))
    assert hers.post(reverse("surveys:drop", args=["PVL-1"])).status_code == 302
    assert Questionnaire.objects.get(code="PVL-1").draft_id is None


def test_a_draft_that_is_gone_is_told_and_pressing_twice_harms_nothing(draft: Version, browse: Browse) -> None:
    hers, page = browse("pavlodar"), reverse("surveys:questionnaire", args=["PVL-1"])
    new = reverse("surveys:question_new", args=["PVL-1"])
    hers.post(f"{new}?kind=text", {"revision": "1", "text_kk": "Неге?", "text_ru": "Почему?"})
    draft.refresh_from_db()
    for _press in range(2):
        answer = hers.post(reverse("surveys:publish", args=["PVL-1"]), {"revision": str(draft.revision)})
        assert answer.status_code == 302 and answer.headers["Location"] == page
    assert "жойылды" in hers.get(page).content.decode()
    late = [
        (f"{new}?kind=text", {"revision": "2", "text_kk": "Кім?", "text_ru": "Кто?"}), (reverse("surveys:titles", args=["PVL-1"]), {}),
        (reverse("surveys:question", args=["PVL-1", "q1"]), {}), (reverse("surveys:question_remove", args=["PVL-1", "q1"]), {}),
        (reverse("surveys:question_move", args=["PVL-1", "q1"]), {"way": "up"}), (reverse("surveys:restore", args=["PVL-1"]), {}),
        (reverse("surveys:drop", args=["PVL-1"]), {}),
    ]  # fmt: skip
    for where, given in late:
        assert hers.post(where, given).headers["Location"] == page, where
    draft.refresh_from_db()
    assert len(draft.questions) == 1
    assert browse("head").post(reverse("surveys:publish", args=["PVL-1"])).status_code == 404


def test_a_draft_thrown_away_twice_leads_to_the_list(draft: Version, browse: Browse) -> None:
    for _press in range(2):
        answer = browse("pavlodar").post(reverse("surveys:drop", args=["PVL-1"]))
        assert answer.headers["Location"] == reverse("surveys:list")
    assert browse("head").post(reverse("surveys:drop", args=["PVL-1"])).status_code == 404


def test_what_was_taken_out_of_a_full_questionnaire_comes_back_only_where_there_is_room(
    draft: Version, browse: Browse, account: Accounts
) -> None:
    hers, one = account("pavlodar"), Question("", Kind.TEXT, Words("Неге?", "Почему?"))
    for revision in range(1, 61):
        services.put_question(version=draft, question=one, by=hers, revision=revision)
    client = browse("pavlodar")
    client.post(reverse("surveys:question_remove", args=["PVL-1", "q1"]), {"revision": "61"})
    services.put_question(version=draft, question=one, by=hers, revision=62)
    assert client.post(reverse("surveys:restore", args=["PVL-1"])).status_code == 302
    draft.refresh_from_db()
    assert len(draft.questions) == 60


def test_a_survey_is_opened_once_however_often_the_button_is_pressed(browse: Browse, country: Country) -> None:
    today, hers = timezone.localdate(), browse("pavlodar")
    press = hers.get(reverse("surveys:open")).context["form"]["press"].value()
    given = {
        "questionnaire": "NL-REACTION", "unit": "KZ-55", "about_kk": "Екі рет басылған", "press": press,
        **{f"{name}_{part}": getattr(today, part) for name in ("opens_on", "closes_on") for part in ("day", "month", "year")},
    }  # fmt: skip
    where = {hers.post(reverse("surveys:open"), given).headers["Location"] for _press in range(2)}
    assert len(where) == 1 and Survey.objects.filter(about_kk="Екі рет басылған").count() == 1
    hers.post(reverse("surveys:open"), {**given, "about_ru": "Другой"})
    assert Survey.objects.filter(about_kk="Екі рет басылған").count() == 2, "another survey is another"


def test_signs_that_turn_a_line_round_are_no_part_of_a_title(draft: Version, browse: Browse) -> None:
    given = {"revision": "1", "title_kk": "Пікір \u202eқате\u200b", "title_ru": "Мнение"}
    assert browse("pavlodar").post(reverse("surveys:titles", args=["PVL-1"]), given).status_code == 302
    draft.refresh_from_db()
    assert draft.title_kk == "Пікір қате"


def test_a_code_is_taken_once(draft: Version, browse: Browse, country: Country) -> None:
    given = {"unit": country("KZ-55").pk, "purpose": "other", "code": "PVL-1", "title_kk": "Пікір"}
    assert browse("pavlodar").post(reverse("surveys:new"), given).status_code == 422
    assert browse("pavlodar").post(reverse("surveys:new"), {**given, "code": "PVL-2"}).status_code == 302
    elsewhere = {**given, "code": "PVL-3", "unit": country("KZ-11").pk}
    assert browse("pavlodar").post(reverse("surveys:new"), elsewhere).status_code == 422


def test_the_list_asks_the_same_for_one_and_for_many(
    browse: Browse, survey: Survey, django_assert_max_num_queries: Any, country: Country
) -> None:
    today = timezone.localdate()
    for _one in range(4):
        services.open_survey(
            questionnaire=Questionnaire.objects.get(code="NL-NEEDS"), unit=country("KZ-55"), about=ABOUT, opens_on=today,
            closes_on=today, by=None,
        )  # fmt: skip
    hers = browse("pavlodar")
    with django_assert_max_num_queries(15):
        assert hers.get(reverse("surveys:list")).status_code == 200


def test_of_many_surveys_the_oldest_stand_on_a_further_page(browse: Browse, survey: Survey) -> None:
    first = timezone.localdate() - timedelta(days=900)
    days = {"opens_on": first, "closes_on": first + timedelta(days=1)}
    old = [Survey(version=survey.version, unit=survey.unit, about_kk=f"Ескі {n}", **days) for n in range(ON_A_PAGE)]
    Survey.objects.bulk_create(old)
    hers, found = browse("pavlodar"), set[str]()
    for page in (1, 2):
        shown = hers.get(reverse("surveys:list"), {"page": page}).content.decode()
        found |= {one.about_kk for one in old if f"<b>{one.about_kk}</b>" in shown}
    assert len(found) == ON_A_PAGE and 'href="?page=1"' in shown


def test_two_records_of_one_person_are_joined_with_their_invitations(survey: Survey, account: Accounts) -> None:
    from orken.people.services import merging

    first, second = account("village").person, account("head").person
    services.invite(survey=survey, people=[first, second], by=account("pavlodar"))
    assert not [one for one in merging.collisions(first, second) if "survey" in one.key]
