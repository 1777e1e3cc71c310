"""A work sample some months after a run: asked by itself, sent, looked at, returned or accepted, and forgotten when she is erased."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from orken.competencies.models import Evidence
from orken.curriculum import selectors as curriculum
from orken.kit.audit.models import AuditEvent
from orken.kit.files.models import StoredFile
from orken.kit.files.services import FileRefused
from orken.kit.sheets.reading import read
from orken.network import held_file
from orken.network.models import RoleAssignment, Unit
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Account
from orken.people.services import rights
from orken.training import questionnaires
from orken.training import services as training
from orken.training.models import Run, Sample, SampleAsk, SampleLook, Trainer
from orken.training.samples import policy, reminders, selectors, services
from orken.training.samples.selectors import Standing
from tests.training.conftest import Accounts, today
from tests.training.test_seats import broken

Browse = Callable[[str], Client]
PLACE = 0x8825  # of EXIF: where the picture was taken


def picture(name: str = "card.jpg", *, shade: int = 120) -> SimpleUploadedFile:
    """A photograph that tells where it was taken, as a telephone's does."""
    out, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(PLACE)[1] = "N"
    exif[0x010F] = "Telephone"
    Image.new("RGB", (64, 48), (shade, 90, 60)).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


@dataclass
class Graduate:
    """The village librarian finished a run of PVL-01, which asks for a photograph, a hundred days ago."""

    run: Run
    her: Account

    @property
    def ask(self) -> Any:
        return selectors.asks().get(enrolment__run=self.run)

    def standing(self) -> Standing:
        return selectors.standing(self.ask)

    @property
    def sent(self) -> QuerySet[Sample]:
        """Of this run alone: the demo has samples of its own."""
        return Sample.objects.filter(ask=self.ask)

    @property
    def looks(self) -> QuerySet[SampleLook]:
        return SampleLook.objects.filter(sample__ask=self.ask)

    def send(self, *uploads: Any, words: str = "Алғашқы кітабым") -> Sample:
        return services.send(ask=self.ask, uploads=uploads or (picture(),), words=words, by=self.her)


@pytest.fixture
def graduate(run: Callable[..., Run], account: Accounts, country: Callable[[str], Unit]) -> Callable[..., Graduate]:
    def made(programme: str | None = "PVL-01", ended: int = 100, code: str = "OVER-1", asked: bool = True) -> Graduate:
        national, village = account("national"), account("village")
        version = curriculum.published(programme) if programme else None
        course = run(code, host=country("KZ-55-LIB"), version=version, kind="seminar")
        trainer = training.invite_trainer(run=course, person=account("trainer").person, by=national)
        training.answer_invitation(trainer=trainer, state=Trainer.State.ACCEPTED, by=national)
        unit = village.person.appointments.at().get().unit
        sent = training.apply(run=course, unit=unit, lines=[training.Line(village.person, unit)], by=national)
        training.accept(applicant=sent.applicants.get(), by=national)
        last = today() - timedelta(ended)
        Run.objects.filter(pk=course.pk).update(
            state="closed", starts_on=last - timedelta(1), ends_on=last, apply_until=last - timedelta(5)
        )
        if asked:
            questionnaires.ask()
        return Graduate(Run.objects.get(pk=course.pk), village)

    return made


@pytest.fixture
def outcomes(graduate: Callable[..., Graduate]) -> Callable[[Graduate], list[int]]:
    return lambda one: [outcome.pk for outcome in selectors.criteria(one.ask)]


def look(one: Graduate, by: Account, *marks: int, verdict: str = "accepted", words: str = "") -> SampleLook:
    known = [outcome.pk for outcome in selectors.criteria(one.ask)]
    given = dict(zip(known, marks, strict=False))
    sample = Sample.objects.filter(ask=one.ask).latest("number")
    return services.look(sample=sample, verdict=verdict, marks=given, words=words, by=by)


# --- asking ---


@pytest.mark.parametrize(("days", "expected"), [(89, 0), (90, 1), (180, 1), (181, 0)])
def test_it_is_asked_by_itself_with_the_follow_up_and_once(
    days: int, expected: int, graduate: Callable[..., Graduate]
) -> None:
    one = graduate(ended=days)
    questionnaires.ask()
    rows = SampleAsk.objects.filter(enrolment__run=one.run)
    assert rows.count() == expected
    assert Notice.objects.filter(kind="training.sample_asked", person=one.her.person).count() == expected
    if expected:
        assert rows.get().due_on == today() + services.EXPECTED_IN
        letter = Notice.objects.get(kind="training.sample_asked", person=one.her.person)
        assert one.run.version is not None and one.run.version.sample_kk in letter.body_kk
        assert AuditEvent.objects.get(verb="sample.asked", target_id=str(one.run.pk)).after == {"people": 1}


@pytest.mark.parametrize(("overdue", "expected"), [(-1, 0), (0, 0), (1, 1), (30, 1), (31, 0)])
def test_who_is_late_is_reminded_once_on_the_day_after(
    overdue: int, expected: int, graduate: Callable[..., Graduate]
) -> None:
    one = graduate()
    SampleAsk.objects.filter(pk=one.ask.pk).update(
        asked_on=today() - timedelta(60), due_on=today() - timedelta(overdue)
    )
    reminders.remind_the_late()
    reminders.remind_the_late()
    letters = Notice.objects.filter(kind="training.sample_late", person=one.her.person)
    assert letters.count() == expected
    assert (SampleAsk.objects.get(pk=one.ask.pk).reminded_on == today()) is bool(expected)
    if expected:
        assert one.run.version is not None and one.run.version.sample_kk in letters.get().body_kk
        assert AuditEvent.objects.filter(verb="sample.reminded", target_id=str(one.ask.pk)).count() == 1


def test_who_has_sent_it_is_not_reminded_and_whose_work_came_back_has_a_week(
    graduate: Callable[..., Graduate], account: Accounts
) -> None:
    one = graduate()
    SampleAsk.objects.filter(pk=one.ask.pk).update(asked_on=today() - timedelta(60), due_on=today() - timedelta(1))
    one.send()
    reminders.remind_the_late()
    letters = Notice.objects.filter(kind="training.sample_late", person=one.her.person)
    assert not letters.exists(), "it waits for a look, not for her"
    said = look(one, account("trainer"), verdict="returned", words="Жапсырманы көрсетіңіз.")
    reminders.remind_the_late()
    assert not letters.exists(), "she has a week to mend it"
    SampleLook.objects.filter(pk=said.pk).update(looked_at=timezone.now() - timedelta(8))
    reminders.remind_the_late()
    assert letters.count() == 1


@pytest.mark.parametrize("programme", [None, "VL-01"])
def test_where_the_programme_asks_for_none_nobody_is_asked(
    programme: str | None, graduate: Callable[..., Graduate]
) -> None:
    one = graduate(programme)
    assert not SampleAsk.objects.filter(enrolment__run=one.run).exists()


def test_whoever_did_not_come_is_not_asked(graduate: Callable[..., Graduate]) -> None:
    one = graduate(asked=False)
    one.run.enrolments.update(state="no_show")
    questionnaires.ask()
    assert not SampleAsk.objects.filter(enrolment__run=one.run).exists()


# --- sending ---


def test_a_photograph_is_kept_without_what_the_camera_told(graduate: Callable[..., Graduate]) -> None:
    one = graduate()
    sample = one.send(picture("IMG 0001.jpeg"), picture("b.jpg", shade=10))
    kept = [part.file for part in sample.files.all()]
    assert [file.name for file in kept] == ["IMG 0001.jpg", "b.jpg"] and one.standing() == Standing.SENT
    for file in kept:
        with Image.open(default_storage.open(file.stored_as)) as found:
            assert not dict(found.getexif()) and found.size == (64, 48)
    told = set(Notice.objects.filter(kind="training.sample_sent").values_list("person__account__login", flat=True))
    assert told == {"trainer", "head"}, "her head of today and whoever teaches the run"
    assert not broken()


@pytest.mark.parametrize(
    ("upload", "why"),
    [
        (lambda: SimpleUploadedFile("a.jpg", b""), "empty"),
        (lambda: SimpleUploadedFile("a.pdf", b"%PDF-1.4 a document where a photograph is asked"), "kind"),
        (lambda: SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 no picture at all"), "picture"),
        (lambda: SimpleUploadedFile("a.svg", b"<svg onload='x()'></svg>"), "script"),
        (lambda: SimpleUploadedFile("a.jpg", b"\xff\xd8" + b"0" * (services.LARGEST + 1)), "large"),
    ],
)
def test_what_is_no_photograph_is_refused_and_nothing_is_kept(
    upload: Callable[[], Any], why: str, graduate: Callable[..., Graduate]
) -> None:
    one = graduate()
    before = StoredFile.objects.count()
    with pytest.raises(FileRefused) as refused:
        one.send(picture(), upload())
    assert str(refused.value), why
    assert StoredFile.objects.count() == before and not one.sent.exists() and one.standing() == Standing.ASKED


def test_a_record_may_be_a_file_of_exchange_or_a_table(graduate: Callable[..., Graduate]) -> None:
    one = graduate("CAT-72")
    exchange = SimpleUploadedFile("three.mrc", "00086nam 2200049 i 4500\x1e\x1faАбай жолы\x1e\x1d".encode())
    sample = one.send(exchange, SimpleUploadedFile("card.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"))
    assert [part.file.media_type for part in sample.files.all()] == ["text/plain", "application/pdf"]


@pytest.mark.parametrize(("many", "key"), [(0, "nothing"), (6, "many")])
def test_one_to_five_files(many: int, key: str, graduate: Callable[..., Graduate]) -> None:
    one = graduate()
    with pytest.raises(services.Refused, match=key):
        services.send(ask=one.ask, uploads=[picture() for _ in range(many)], words="", by=one.her)
    assert not one.sent.exists()


def test_while_it_waits_nothing_more_is_sent_and_nobody_sends_for_her(
    graduate: Callable[..., Graduate], account: Accounts
) -> None:
    one = graduate()
    one.send()
    with pytest.raises(services.Refused, match="sent"):
        one.send()
    with pytest.raises(OutOfScope):
        services.send(ask=one.ask, uploads=[picture()], words="", by=account("head"))


# --- looking ---


def test_returned_with_words_it_is_sent_again_and_accepted_becomes_evidence(
    graduate: Callable[..., Graduate], account: Accounts
) -> None:
    one, trainer = graduate(), account("trainer")
    first = one.send()
    with pytest.raises(services.Refused, match="words"):
        look(one, trainer, 0, verdict="returned")
    look(one, trainer, 1, verdict="returned", words="Авторлық белгі жоқ.")
    assert one.standing() == Standing.RETURNED
    assert "Авторлық белгі жоқ." in Notice.objects.get(kind="training.sample_returned", person=one.her.person).body_kk
    second = one.send(words="Түзеттім")
    assert (first.number, second.number, one.standing()) == (1, 2, Standing.SENT)
    with pytest.raises(services.Refused, match="marks"):
        look(one, trainer, 1, 0)
    look(one, trainer, 3, 2, 1)
    assert one.standing() == Standing.ACCEPTED
    with pytest.raises(services.Refused, match="accepted"):
        one.send()
    rows = Evidence.objects.filter(person=one.her.person, kind="work", superseded_at=None)
    assert {(row.competency.code, row.level) for row in rows} == {("C1", 2), ("B2", 2)}, "the third shows with mistakes"
    assert all(row.verified_by_id == trainer.pk and row.source_label and f"/{one.ask.pk}/" in row.source_address for row in rows)  # fmt: skip
    assert Notice.objects.filter(kind="training.sample_accepted", person=one.her.person).count() == 1
    assert selectors.counts(one.run) == selectors.Counts(asked=1, sent=1, looked=1, accepted=1)
    verbs = (
        AuditEvent.objects.filter(target_kind="training.sampleask", target_id=str(one.ask.pk))
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == ["sample.sent", "sample.looked", "sample.sent", "sample.looked"]
    assert not broken()


def test_what_was_said_is_taken_back_by_whoever_said_it_and_its_evidence_struck_out(
    graduate: Callable[..., Graduate], account: Accounts
) -> None:
    one, trainer = graduate(), account("trainer")
    one.send()
    said = look(one, trainer, 3)
    with pytest.raises(OutOfScope):
        services.take_back(look=said, because="Жоқ", by=account("head"))
    with pytest.raises(services.Refused, match="reason"):
        services.take_back(look=said, because=" ", by=trainer)
    services.take_back(look=said, because="Басқа біреудің суреті", by=trainer)
    assert one.standing() == Standing.SENT
    assert not Evidence.objects.filter(person=one.her.person, kind="work", superseded_at=None).exists()
    assert Evidence.objects.get(person=one.her.person, kind="work").struck_out_because == "Басқа біреудің суреті"
    look(one, account("head"), 2)
    assert one.standing() == Standing.ACCEPTED and not broken()


def test_a_look_at_what_is_no_longer_the_last_is_refused(
    graduate: Callable[..., Graduate], account: Accounts, outcomes: Callable[[Graduate], list[int]]
) -> None:
    one, trainer = graduate(), account("trainer")
    first = one.send()
    look(one, trainer, verdict="returned", words="Қайта")
    one.send()
    with pytest.raises(services.Refused, match="gone"):
        services.look(sample=first, verdict="accepted", marks={outcomes(one)[0]: 3}, words="", by=trainer)
    look(one, trainer, 2)
    with pytest.raises(services.Refused, match="gone"):
        look(one, account("head"), 2)


# --- who sees it ---


@pytest.mark.parametrize(
    ("login", "sees", "looks"),
    [
        ("village", True, False), ("head", True, True), ("trainer", True, True), ("pavlodar", True, True), ("national", True, True),
        ("curator", False, False), ("mentor", False, False), ("registrar", False, False), ("director", False, False),
        ("administrator", False, False), ("student", False, False),
    ],
)  # fmt: skip
def test_only_she_her_head_and_whoever_teaches_or_organises(
    login: str, sees: bool, looks: bool, graduate: Callable[..., Graduate], account: Accounts, browse: Browse
) -> None:
    one = graduate()
    sample, client = one.send(), browse(login)
    pages = [reverse("training:sample", args=[one.ask.pk]), reverse("training:sample_file", args=[one.ask.pk, sample.files.get().pk])]  # fmt: skip
    found = [client.get(page).status_code for page in pages]
    assert found == ([200, 302] if sees else [404, 404])
    answer = client.post(reverse("training:sample_look", args=[one.ask.pk, 1]), {"return": "1", "words": "Қайта"})
    assert answer.status_code == (302 if looks else 404)
    assert one.looks.exists() is looks
    run_page = client.get(reverse("training:samples", args=[one.run.code])).status_code
    assert run_page == (200 if login in ("trainer", "pavlodar", "national") else 404)


def test_a_head_of_another_library_sees_nothing_and_her_head_of_today_does(
    graduate: Callable[..., Graduate], account: Accounts, country: Callable[[str], Unit]
) -> None:
    one = graduate()
    one.send()
    role = RoleAssignment.objects.at().get(person=account("head").person, role="head")
    RoleAssignment.objects.filter(pk=role.pk).update(unit=country("KZ-11-LIB"))
    assert not SampleAsk.objects.filter(policy.seen(account("head"))).exists()


def test_of_somebody_whose_data_are_blocked_only_she_sees_it(
    graduate: Callable[..., Graduate], account: Accounts
) -> None:
    one = graduate()
    one.send()
    rights.block(person=one.her.person, by=None, scope_path="")
    assert selectors.one(one.her, one.ask.pk) is not None
    assert all(selectors.one(account(login), one.ask.pk) is None for login in ("head", "trainer", "national"))


# --- pages ---


def test_she_sends_it_from_her_page_and_reads_what_was_said(graduate: Callable[..., Graduate], browse: Browse) -> None:
    one = graduate()
    hers, trainer = browse("village"), browse("trainer")
    page = reverse("training:sample", args=[one.ask.pk])
    assert one.run.version is not None
    assert one.run.version.sample_kk in hers.get(page).content.decode()
    refused = hers.post(f"{page}send/", {"words": "Сөздерім"})
    assert refused.status_code == 422 and "Сөздерім" in refused.content.decode()
    wrong = hers.post(f"{page}send/", {"words": "Сөздерім", "work": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")})
    assert wrong.status_code == 422 and "Қабылданатындары" in wrong.content.decode()
    assert hers.post(f"{page}send/", {"words": "Сөздерім", "work": [picture(), picture("b.jpg")]}).status_code == 302
    assert one.sent.get().files.count() == 2
    assert one.her.person.full_name() in trainer.get(reverse("training:samples_waiting")).content.decode()
    first = next(iter(selectors.criteria(one.ask))).pk
    nothing = trainer.post(f"{page}1/look/", {"accept": "1", "words": "Жақсы"})
    assert nothing.status_code == 422 and "Жақсы" in nothing.content.decode()
    assert trainer.post(f"{page}1/look/", {"accept": "1", f"mark-{first}": "9"}).status_code == 422
    assert trainer.post(f"{page}1/look/", {"accept": "1", f"mark-{first}": "3", "words": "Жарайсыз"}).status_code == 302
    assert "Жарайсыз" in hers.get(page).content.decode()
    assert "1" in trainer.get(reverse("training:samples", args=[one.run.code])).content.decode()
    said = one.looks.get()
    back = reverse("training:sample_back", args=[one.ask.pk, said.pk])
    assert trainer.post(back, {"because": ""}).status_code == 422
    assert browse("head").get(back).status_code == 404
    assert trainer.post(back, {"because": "Қате"}).status_code == 302
    assert one.standing() == Standing.SENT


@pytest.mark.parametrize("name", ["sample_send", "sample_look"])
def test_addresses_of_others_do_not_exist(name: str, graduate: Callable[..., Graduate], browse: Browse) -> None:
    one = graduate()
    one.send()
    arguments = [one.ask.pk] if name == "sample_send" else [one.ask.pk, 1]
    assert browse("student").post(reverse(f"training:{name}", args=arguments)).status_code == 404
    assert browse("trainer").post(reverse("training:sample_look", args=[one.ask.pk, 7])).status_code == 404
    assert browse("trainer").post(reverse("training:sample_send", args=[one.ask.pk])).status_code == 404


# --- her data ---


def test_it_stands_in_what_is_held_about_her_and_in_her_file(graduate: Callable[..., Graduate], browse: Browse) -> None:
    one = graduate()
    one.send(words="Өз сөзім")
    own = reverse("training:samples_waiting")
    assert own in browse("village").get(reverse("network:held")).content.decode()
    assert reverse("training:sample", args=[one.ask.pk]) in browse("village").get(own).content.decode()
    book = read(SimpleUploadedFile("me.xlsx", held_file.of(one.her.person).read()))
    cells = [str(cell) for sheet in book.sheets for row in sheet.rows for cell in row]
    assert "Өз сөзім" in cells and "card.jpg" in cells


def test_erased_with_her_the_files_and_words_go_and_the_fact_stays(
    graduate: Callable[..., Graduate], account: Accounts
) -> None:
    one = graduate()
    sample = one.send(words="Өз сөзім")
    look(one, account("trainer"), 2, words="Айгүл, жарайсыз")
    stored = sample.files.get().file.stored_as
    rights.erase(person=one.her.person, by=None, scope_path="")
    sample.refresh_from_db()
    assert sample.words == "" and sample.wiped_at is not None and not sample.files.exists()
    said = one.looks.get()
    assert said.words == "" and said.verdict == "accepted" and said.marks.count() == 1
    assert not StoredFile.objects.filter(stored_as=stored).exists()
    assert timezone.localdate(sample.sent_at) == today()
