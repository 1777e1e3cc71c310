"""The pages of certificates: who opens them, what they do, and that none asks the database more than fifteen times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orken.credentials import on_person, selectors, services
from orken.credentials.models import Batch, Certificate, LedgerRow, OutsideTraining, Prefix
from orken.kit.audit.models import AuditEvent
from orken.kit.jobs.models import Work
from orken.network.models import Appointment
from orken.people.models import Account
from orken.people.services import rights
from orken.records.models import Paper
from orken.training.certifying import rows
from orken.training.certifying.services import certify
from orken.training.models import Run
from tests.credentials.conftest import DATED, Accounts, broken, lead, renamed, row, some, whose

Browse = Callable[[str], Client]
Asked = Callable[..., Batch]
PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")  # fmt: skip


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


@pytest.fixture
def hers(asked: Asked, account: Accounts) -> Certificate:
    """The certificate of the village librarian."""
    person = account("village").person
    post = Appointment.objects.at().get(person=person, employment="main")
    return lead(asked([row(post), *(row(one) for one in some(3) if one.pk != post.pk)]))[0]


def test_pages_of_a_certificate_are_for_those_who_may_see_it(hers: Certificate, browse: Browse) -> None:
    pages = {"certificate": (), "paper": (), "badge": ("json",)}
    for name, more in pages.items():
        address = reverse(f"credentials:{name}", args=[hers.number, *more])
        found = {login: browse(login).get(address).status_code for login in ("village", "pavlodar", "registrar", "head", "national", "student", "curator", "")}  # fmt: skip
        assert found == {"village": 200, "pavlodar": 200, "registrar": 200, "head": 200, "national": 200, "student": 404, "curator": 404, "": 302}, name  # fmt: skip
    for verb in ("revoke", "replace", "spoil", "duplicate"):
        address = reverse("credentials:act", args=[hers.number, verb])
        assert {login: browse(login).get(address).status_code for login in ("registrar", "pavlodar", "village")} == {"registrar": 200, "pavlodar": 404, "village": 404}  # fmt: skip
    batch = reverse("credentials:batch", args=[hers.batch_id])
    assert {login: browse(login).get(batch).status_code for login in ("registrar", "pavlodar", "village")} == {"registrar": 200, "pavlodar": 404, "village": 404}  # fmt: skip


def test_what_is_not_issued_yet_is_seen_by_whoever_issues(asked: Asked, browse: Browse) -> None:
    batch = asked(1)
    services.prepare(batch=batch)
    address = batch.certificates.get().get_absolute_url()
    assert {login: browse(login).get(address).status_code for login in ("registrar", "national", "pavlodar")} == {"registrar": 200, "national": 200, "pavlodar": 404}  # fmt: skip


def test_no_page_asks_more_than_fifteen_times(hers: Certificate, browse: Browse) -> None:
    asked = {
        "registrar": [
            "/kk/certificates/", hers.get_absolute_url(), hers.batch.get_absolute_url(), "/kk/certificates/prefixes/",
            reverse("credentials:act", args=[hers.number, "replace"]), "/kk/training/PVL-2026-01/certificates/",
        ],
        "village": ["/kk/my/record/", hers.get_absolute_url(), "/kk/my/record/send/"],
        "pavlodar": ["/kk/certificates/", "/kk/outside-training/"],
    }  # fmt: skip
    over = {}
    for login, addresses in asked.items():
        client = browse(login)
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                status = client.get(address).status_code
            if len(queries) > 15 or status != 200:
                over[login, address] = (len(queries), status)
    assert over == {}


def test_her_part_of_a_persons_page_asks_twice(hers: Certificate, browse: Browse, account: Accounts) -> None:
    text = browse("pavlodar").get(f"/kk/network/person/{hers.person_id}/").content.decode()
    assert hers.number_kk in text and "Сертификаттар мен сағаттар" in text
    reader = account("pavlodar")
    on_person.context(whose(hers), reader)  # her roles are read
    with CaptureQueriesContext(connection) as queries:
        assert on_person.context(whose(hers), reader) is not None
    assert len(queries) == 2


def test_from_the_sheet_of_a_run_to_a_certificate_in_her_hands(
    browse: Browse, account: Accounts, country: Callable[..., object]
) -> None:
    """The registrar's whole way by its pages, the work of the background done in between."""
    confirmed = Run.objects.filter(result_sheets__isnull=False, enrolments__results__outcome="passed")
    run = confirmed.exclude(code__startswith="PVL-2026-01").order_by("-enrolments__pk")[0]
    client, found = browse("registrar"), rows.candidates(run)
    address = f"/kk/training/{run.code}/certificates/"
    first = client.get(address).content.decode()
    assert first.count('name="who"') == first.count(" checked") == len(found)  # all are ticked until somebody unticks
    ids = [one.result.enrolment_id for one in found]
    assert max(ids) >= 1000 and all(f'value="{pk}"' in first for pk in ids)  # no gap between thousands
    sheet = rows.confirmed_on(run)
    assert sheet is not None
    who = [str(one.result.enrolment_id) for one in found]
    answers = {**day("dated_on", sheet), "order": "7-О", **day("ordered_on", sheet), "who": who, "name_kk_1": "Қ. Мұратбеков", "name_ru_1": "К. Муратбеков", "post_kk_1": "Директор"}  # fmt: skip
    assert client.post(address, answers).status_code == 422  # the post lacks in Russian
    answer = client.post(address, answers | {"post_ru_1": "Директор"})
    batch = Batch.objects.get(source=rows.source_of(run))
    assert answer["Location"] == batch.get_absolute_url() and batch.size == len(found)
    assert str(Work.objects.get(kind="credentials.prepare").pk) == str(batch.work)
    services.prepare(batch=batch)
    services.draw(batch=batch)
    page = batch.get_absolute_url()
    assert client.post(page, {"sign": "1", **day("on", sheet)}).status_code == 302
    issue = client.post(f"{page}issue/")
    assert issue.status_code == 302 and "/progress/" in issue["Location"]
    services.issue(batch=batch, by=account("registrar"))
    names = zipfile.ZipFile(io.BytesIO(client.get(f"{page}papers.zip").getvalue())).namelist()
    assert sorted(names) == [f"{one.number}.pdf" for one in batch.certificates.order_by("number")]
    keys = [str(pk) for pk in batch.certificates.values_list("pk", flat=True)]
    hand = {"hand": "1", "way": "hands", **day("on", timezone.localdate()), "signed": "on", "who": keys}
    assert client.post(page, hand).status_code == 302
    assert client.post(page, hand).status_code == 422
    assert browse("").get(f"/kk/verify/{batch.certificates.all()[0].number}/").status_code == 200
    assert client.post(address, answers | {"post_ru_1": "Директор"}).status_code in (200, 422)  # nobody is left
    assert broken() == set()


def test_only_a_confirmed_sheet_gives_certificates(account: Accounts, country: Callable[..., object]) -> None:
    run = Run.objects.filter(result_sheets=None, state="confirmed").first()
    assert run is not None
    with pytest.raises(services.Refused):
        certify(run=run, enrolments=[1], dated_on=timezone.localdate(), signed=[{}], by=account("registrar"))


def test_verbs_on_the_pages(hers: Certificate, browse: Browse) -> None:
    client = browse("registrar")
    address = reverse("credentials:act", args=[hers.number, "duplicate"])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Жоғалды"}).status_code == 302
    paper = client.get(reverse("credentials:paper", args=[hers.number]), {"copy": "1"})
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert client.get(reverse("credentials:paper", args=[hers.number]), {"copy": "9"}).status_code == 404
    assert client.post(reverse("credentials:act", args=[hers.number, "revoke"]), {"reason": "Қате"}).status_code == 302
    assert client.post(reverse("credentials:act", args=[hers.number, "revoke"]), {"reason": "Қате"}).status_code == 422
    assert "Қате" in browse("village").get(hers.get_absolute_url()).content.decode()


def test_a_button_pressed_twice_does_its_work_once(hers: Certificate, browse: Browse) -> None:
    client, address = browse("registrar"), reverse("credentials:act", args=[hers.number, "duplicate"])
    once = {"reason": "Жоғалды", "seen": "0"}
    assert [client.post(address, once).status_code for _press in range(2)] == [302, 422]
    assert hers.copies.count() == 1
    run = Run.objects.get(code="PVL-2026-02")
    waiting = [str(one.result.enrolment_id) for one in rows.candidates(run)]
    sheet = rows.confirmed_on(run)
    assert sheet is not None and waiting
    said = {f"{what}_{code}_1": "Қ. Мұратбеков" for what in ("name", "post") for code in ("kk", "ru")}
    answers = {**day("dated_on", sheet), "who": waiting, **said}
    page = f"/kk/training/{run.code}/certificates/"
    pressed = {client.post(page, answers)["Location"] for _press in range(3)}
    assert pressed == {Batch.objects.get(source=rows.source_of(run)).get_absolute_url()}


def test_hours_that_were_wrong_are_corrected_by_a_new_number(hers: Certificate, browse: Browse) -> None:
    """Seven hours are no professional development: the successor is the document that its hours give."""
    client, address = browse("registrar"), reverse("credentials:act", args=[hers.number, "replace"])
    page = client.get(address).content.decode()
    assert 'name="hours_live"' in page and 'value="72"' in page and whose(hers).full_name("kk") in page
    answers = {"reason": "Сағаты қате", **day("dated_on", timezone.localdate())}
    assert client.post(address, answers | {"hours_live": "0"}).status_code == 422
    assert client.post(address, answers | {"hours_live": "7,5"}).status_code == 302
    new = Certificate.objects.get(replaces=hers)
    assert (new.minutes, new.data["hours"], new.kind) == (338, "7,5", Certificate.Kind.NOTE)
    assert new.data["title"]["ru"] == "Справка об участии" and new.number != hers.number
    services.draw(batch=new.batch)
    services.sign(batch=new.batch, on=new.dated_on, by=None)
    services.issue(batch=new.batch, by=None)
    assert LedgerRow.objects.get(certificate=new).minutes == 338 and broken() == set()


def test_hours_that_were_not_touched_keep_their_minutes(asked: Asked, browse: Browse) -> None:
    one = lead(asked([row(some(1)[0], minutes=500)]))[0]  # eleven and one ninth
    address = reverse("credentials:act", args=[one.number, "replace"])
    answers = {"reason": "Аты қате", "hours_live": "11,1", **day("dated_on", timezone.localdate())}
    assert browse("registrar").post(address, answers).status_code == 302
    assert Certificate.objects.get(replaces=one).minutes == 500


def words_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_list_to_be_signed_and_the_register_on_paper(asked: Asked, browse: Browse, account: Accounts) -> None:
    batch = asked(3)
    services.prepare(batch=batch)
    one, other, third = batch.certificates.order_by("pk")
    services.spoil(certificate=third, reason="Бланк жыртылды", by=None)
    services.draw(batch=batch)
    services.sign(batch=batch, on=DATED, by=None)
    services.issue(batch=batch, by=None)
    services.hand_over(batch=batch, certificates=[one.pk], way="library", on=timezone.localdate(), signed=True, by=None)
    client = browse("registrar")
    shown = words_of(client.get(reverse("credentials:batch_list", args=[batch.pk])).content)
    assert one.number_kk in shown and other.number_kk in shown and third.number_kk not in shown
    assert "Ведомость выдачи документов" in shown and "Қолы" in shown and shown.count("қолы қойылған") == 1
    assert whose(other).full_name("kk") in shown and whose(other).full_name("ru") in shown
    series = one.taken.series
    register = words_of(client.get(reverse("credentials:printed_register", args=[series.pk, 1])).content)
    assert all(number in register for number in (one.number_kk, other.number_kk, third.number_kk, "Бланк жыртылды"))
    assert "Журнал регистрации и выдачи" in register and one.data["programme"]["ru"] in register
    assert (
        reverse("credentials:printed_register", args=[series.pk, 1]) in client.get("/kk/certificates/").content.decode()
    )
    for login in ("pavlodar", "village"):
        for address in (reverse("credentials:batch_list", args=[batch.pk]), reverse("credentials:printed_register", args=[series.pk, 1])):  # fmt: skip
            assert browse(login).get(address).status_code == 404, (login, address)
    assert client.get(reverse("credentials:printed_register", args=[series.pk, 2])).status_code == 404
    trail = AuditEvent.objects.filter(verb="certificate.list_taken_away", target_id=str(batch.prefix.issuer_id))
    assert sorted(event.after["people"] for event in trail)[0] == 2 and trail.count() == 2


def test_the_register_is_searched_by_any_writing_of_a_number(hers: Certificate, browse: Browse) -> None:
    client = browse("registrar")
    for typed in (hers.number.lower(), hers.number_kk.replace("Ұ", "У"), f"№ {hers.number_kk}", hers.number_kk[:13].lower(), hers.surname_kk.lower()):  # fmt: skip
        assert hers.number_kk in client.get("/kk/certificates/", {"q": typed}).content.decode(), typed


def test_the_badge_of_a_stranger_is_handed_out_only_after_the_surname(hers: Certificate, browse: Browse) -> None:
    text = browse("").post(f"/kk/verify/{hers.number}/", {"surname": hers.surname_kk}).content.decode()
    link = text.split('href="')[1:]
    badge = next(one.split('"')[0] for one in link if "/verify/badge/" in one and ".json" in one)
    assert browse("").get(badge).json()["id"].endswith(f"/verify/{hers.number}/")
    assert browse("").get("/kk/verify/badge/forged.json").status_code == 404


def test_a_prefix_is_given_once(browse: Browse) -> None:
    client = browse("registrar")
    answers = {"unit": "NL-VIRTUAL", "issuer": "NL", "kk": "ҰК-ВВ", "ascii": "NL-VV"}
    assert client.post("/kk/certificates/prefixes/", answers).status_code == 422
    assert client.post("/kk/certificates/prefixes/", answers | {"unit": "NOWHERE"}).status_code == 422
    assert (
        client.post("/kk/certificates/prefixes/", answers | {"unit": "KZ-55-D02", "issuer": "KZ-55-D02"}).status_code
        == 302
    )
    assert Prefix.objects.get(ascii="NL-VV").unit.code == "KZ-55-D02"
    assert browse("pavlodar").post("/kk/certificates/prefixes/", answers | {"unit": "KZ-11-LIB", "issuer": "KZ-11-LIB", "kk": "АҚ", "ascii": "AK"}).status_code == 422  # fmt: skip


def sent(client: Client, **more: str) -> int:
    on = timezone.localdate() - timedelta(10)
    answers = {"title": "Деректер сауаттылығы", "organiser": "Қазақстан кітапханашылар қауымдастығы", "hours_stated": "16", **day("starts_on", on), **day("ends_on", on)}  # fmt: skip
    file = SimpleUploadedFile("c.png", PNG)
    return client.post("/kk/my/record/send/", {**answers, "evidence": file, **more}).status_code


def test_training_held_elsewhere_is_vouched_for_by_her_region(browse: Browse, account: Accounts) -> None:
    village = account("village")
    before = selectors.hours_of(village.person).confirmed  # of a certificate of the demo
    assert sent(browse("village"), hours_stated="0") == 422
    assert sent(browse("village")) == 302
    assert sent(browse("village")) == 422  # the same once more
    training = OutsideTraining.objects.get(person=village.person)
    hours = selectors.hours_of(village.person)
    assert (hours.confirmed, hours.provisional) == (before, 720) and training.unit.code == "KZ-55-D02-01"
    address = reverse("credentials:outside_one", args=[training.pk])
    assert {login: browse(login).get(address).status_code for login in ("pavlodar", "national", "head", "registrar", "village")} == {"pavlodar": 200, "national": 200, "head": 404, "registrar": 404, "village": 404}  # fmt: skip
    assert browse("pavlodar").post(address, {"decline": "1", "reason": ""}).status_code == 422
    assert browse("pavlodar").post(address, {"recognise": "1"}).status_code == 302
    hours = selectors.hours_of(village.person)
    assert (hours.confirmed, hours.provisional) == (before + 720, 0)
    assert (
        browse("pavlodar").post(address, {"decline": "1", "reason": "Кеш"}).status_code == 302
    )  # decided already: stays
    training.refresh_from_db()
    assert training.state == "recognised" and broken() == set()
    assert any("Танылған оқу" in one for one in rights.duties(village.person))


def test_declined_or_taken_back_it_does_not_count(browse: Browse, account: Accounts) -> None:
    village = account("village")
    sent(browse("village"))
    training = OutsideTraining.objects.get(person=village.person)
    services.decline(training=training, reason="Құжат оқылмайды", by=account("pavlodar"))
    assert "Құжат оқылмайды" in browse("village").get("/kk/my/record/").content.decode()
    assert sent(browse("village")) == 302  # it may be sent again
    again = OutsideTraining.objects.get(person=village.person, state="sent")
    assert browse("village").post(reverse("credentials:withdraw", args=[again.pk])).status_code == 302
    assert all(one.outside is None for one in selectors.hours_of(village.person).rows) and broken() == set()


def test_nobody_vouches_for_herself(browse: Browse, account: Accounts) -> None:
    assert sent(browse("pavlodar")) == 302
    mine = OutsideTraining.objects.get(person=account("pavlodar").person)
    assert browse("pavlodar").get(reverse("credentials:outside_one", args=[mine.pk])).status_code == 404
    assert browse("national").get(reverse("credentials:outside_one", args=[mine.pk])).status_code == 200


def test_her_record_on_paper(hers: Certificate, browse: Browse) -> None:
    for query in ("", "?years=5", "?years=99"):
        answer = browse("village").get(f"/kk/my/record.pdf{query}")
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_an_erased_person_stays_in_the_register_by_duty(hers: Certificate, account: Accounts) -> None:
    assert any("Сертификаттар" in one for one in rights.duties(whose(hers)))
    assert LedgerRow.objects.filter(person=hers.person).exists() and hers.dated_on == DATED


def test_a_list_that_leaves_is_traced(hers: Certificate, browse: Browse, account: Callable[[str], Account]) -> None:
    from orken.kit.audit.models import AuditEvent

    answer = browse("registrar").get("/kk/certificates/?format=xlsx")
    assert answer.status_code == 200 and AuditEvent.objects.filter(verb="certificate.list_taken_away").exists()


def test_whoever_gets_no_certificate_is_named_with_the_reason_of_today(asked: Asked, browse: Browse) -> None:
    """The reason follows her record: once the name is mended it stands in the way no more."""
    batch = asked(2)
    person = Appointment.objects.get(person=batch.rows[0]["person"], unit=batch.rows[0]["unit"], valid_to=None).person
    before = person.surname_kk
    renamed(person, surname_kk="")
    services.prepare(batch=batch)
    client, page = browse("registrar"), batch.get_absolute_url()
    told = client.get(page).content.decode()
    assert "Қазақша тегі немесе аты жоқ." in told and reverse("credentials:batch_prepare", args=[batch.pk]) in told
    renamed(person, surname_kk=before)
    assert "Енді ештеңе кедергі емес." in client.get(page).content.decode()
    assert services.prepare(batch=batch) == []
    assert reverse("credentials:batch_prepare", args=[batch.pk]) not in client.get(page).content.decode()


def test_the_order_to_complete_stands_in_the_form(browse: Browse) -> None:
    """Nobody types again what the register of papers knows."""
    order = Paper.objects.get(source="training.run:PVL-2026-01", kind="order.complete")
    page = browse("registrar").get("/kk/training/PVL-2026-01/certificates/").content.decode()
    assert f'value="{order.code}"' in page
    first = Certificate.objects.filter(batch__source="training.run:PVL-2026-01").order_by("pk")[0]
    assert first.data["order"] == order.code
