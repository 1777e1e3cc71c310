"""A staff list on pages: sent, mended, columns named, applied behind the page, taken back; constant queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.kit.audit.models import AuditEvent
from orken.kit.jobs.models import Work
from orken.kit.jobs.running import run
from orken.network.events import staff_list_applied
from orken.network.models import Appointment, StaffImport, StaffRow, Unit
from orken.network.staff_list import lists
from orken.people.models import Account, Look, Person
from tests.network.staff_list.sheets import GOOD, HEADS, xlsx

Browse = Callable[[str], Client]
ROWS = [
    ["Асанова Гүлнар Серікқызы", GOOD, "12.03.1985", "Самал", "кітапханашы"],
    ["Ким Ольга", "850312400008", "", "Самал", "кітапханашы"],
    ["Жанболатова Гульнар", "", "17.05.1983", "Ақсу ОКЖ", "библиограф"],
]


def send(client: Client, rows: Any = ROWS, unit: str = "KZ-55-D01", heads: Any = HEADS) -> StaffImport:
    file = SimpleUploadedFile("тізім.xlsx", xlsx(rows, heads=heads).read())
    answer = client.post(reverse("network:staff_import"), {"unit": unit, "file": file})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return StaffImport.objects.order_by("-created_at")[0]


def work_off() -> None:
    for work in Work.objects.filter(state=Work.State.WAITING):
        run.call(str(work.pk))


def test_a_messy_list_is_mended_applied_and_taken_back(browse: Browse, account: Callable[[str], Account]) -> None:
    client = browse("pavlodar")
    table = send(client)
    assert table.counts == {"new": 1, "changed": 0, "same": 0, "doubtful": 1, "refused": 1}
    page = client.get(reverse("network:staff_list", args=[table.pk])).content.decode()
    assert "Асанова Гүлнар" in page and GOOD not in page
    refused = table.rows.get(state="refused")
    address = reverse("network:staff_row", args=[table.pk, refused.pk])
    shown = client.get(address).content.decode()
    assert "850312400008" not in shown and "8503••••••08" in shown
    assert client.post(address, {"f-name": "Ким Ольга", "f-iin": "780705400006"}).status_code == 302
    doubtful = table.rows.get(state="doubtful")
    candidate = doubtful.candidates[0]
    address = reverse("network:staff_row", args=[table.pk, doubtful.pk])
    assert Person.objects.get(pk=candidate).full_name() in client.get(address).content.decode()
    client.post(address, {"decision": f"same:{candidate}"})
    told: list[dict[str, Any]] = []

    def hear(**more: Any) -> None:
        told.append(more)

    staff_list_applied.connect(hear)
    client.post(reverse("network:staff_apply", args=[table.pk]))
    assert "data-progress" in client.get(reverse("network:staff_list", args=[table.pk])).content.decode()
    work_off()
    staff_list_applied.disconnect(hear)
    table.refresh_from_db()
    assert table.state == "applied" and table.counts["new"] == 2 and not table.counts["refused"]
    assert told[0]["counts"] == table.counts and told[0]["by"] == account("pavlodar")
    found = client.get(reverse("network:staff"), {"q": "Asanova Gulnar"}).content.decode()
    assert "Асанова Гүлнар" in found, "found by another spelling"
    assert client.post(reverse("network:staff_apply", args=[table.pk])).status_code == 302
    client.post(reverse("network:staff_back", args=[table.pk]))
    work_off()
    table.refresh_from_db()
    assert table.state == "undone"
    assert not Appointment.objects.at().filter(person__surname_kk="Асанова", person__withdrawn_at=None).exists()


def test_did_you_mean_is_answered_with_a_choice_and_may_be_changed(browse: Browse) -> None:
    client = browse("pavlodar")
    wrong = "Бибилиотека села Достык"
    table = send(client, [["Ким Ольга", "", "1.2.1980", wrong, "кітапханашы"], ["Пак Вера", "", "5.6.1979", wrong, "библиограф"]])  # fmt: skip
    first, second = table.rows.order_by("number")
    address = reverse("network:staff_row", args=[table.pk, first.pk])
    page = client.get(address).content.decode()
    assert 'name="library" value="KZ-55-D01-03"' in page and "Достық" in page and " checked" not in page
    assert client.post(address, {"f-unit": wrong, "library": "KZ-55-D01-03"}).status_code == 302
    assert {row.state for row in table.rows.all()} == {"new"}, "the other row with this text is answered too"
    page = client.get(reverse("network:staff_row", args=[table.pk, second.pk])).content.decode()
    assert 'value="KZ-55-D01-03" checked' in page, "she sees what was said"
    client.post(address, {"f-unit": "Самал", "library": "KZ-55-D01-03"})
    assert table.rows.get(pk=first.pk).values["unit"] == Unit.objects.get(code="KZ-55-D01-05").pk


def test_columns_are_named_by_hand(browse: Browse) -> None:
    client = browse("head")
    table = send(
        client,
        [["Ким Ольга", "", "1.2.1980", "Шілікті", "кітапханашы"]],
        "KZ-55-D02",
        ("Аты-жөні", "ЖСН", "Туған күні", "Қайда", "Кім"),
    )
    address = reverse("network:staff_columns", args=[table.pk])
    assert "Қайда" in client.get(address).content.decode()
    answers = {f"c-0-{n}": name for n, name in enumerate(["name", "iin", "birth_on", "unit", "post"])}
    assert client.post(address, answers).status_code == 302
    assert StaffRow.objects.get(table=table).state == "new"


def test_a_head_sends_lists_of_her_district_only(browse: Browse) -> None:
    client = browse("head")
    file = SimpleUploadedFile("l.xlsx", xlsx(ROWS).read())
    assert client.post(reverse("network:staff_import"), {"unit": "KZ-55-D01", "file": file}).status_code == 422
    foreign = send(browse("pavlodar"))
    for name in ("staff_list", "staff_columns", "staff_apply", "staff_back"):
        address = reverse(f"network:{name}", args=[foreign.pk])
        assert client.post(address).status_code == 404 or client.get(address).status_code == 404, name


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b"no list at all"])
def test_what_is_no_list_comes_back_with_a_sentence(content: bytes, browse: Browse) -> None:
    file = SimpleUploadedFile("тізім.xlsx", content)
    page = browse("pavlodar").post(reverse("network:staff_import"), {"unit": "KZ-55-D01", "file": file})
    assert page.status_code == 422 and "errors" in page.content.decode()


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_pages_ask_the_same_number_of_questions_for_one_row_and_for_many(
    browse: Browse, country: Callable[[str], Unit]
) -> None:
    client = browse("pavlodar")
    few = send(client, ROWS[:1])
    many = send(client, ROWS + [[f"Пак Вер{letter}", "", "", "Кеңес", "кітапханашы"] for letter in "абвгдежзик"])
    assert queries(client, reverse("network:staff_list", args=[few.pk])) == queries(
        client, reverse("network:staff_list", args=[many.pk])
    )
    one = queries(client, reverse("network:staff") + "?within=KZ-55-D01-02")
    assert queries(client, reverse("network:staff") + "?within=KZ-55") == one
    narrow = queries(browse("head"), reverse("network:staff"))
    assert queries(browse("national"), reverse("network:staff")) == narrow
    quiet, busy = queries(browse("national"), reverse("network:twins")), queries(client, reverse("network:twins"))
    assert quiet == busy


def test_the_person_page_asks_a_constant_number(browse: Browse, country: Callable[[str], Unit]) -> None:
    client = browse("pavlodar")
    rows = Appointment.objects.at().filter(unit__path__within=country("KZ-55").path)
    plain = rows.exclude(person__previous_names=None).first()
    other = rows.filter(person__previous_names=None, employment="main", person__account=None).first()
    assert plain is not None and other is not None
    counts = {queries(client, reverse("network:person", args=[row.person_id])) for row in (plain, other)}
    assert len(counts) == 1


def test_the_list_and_the_report_are_handed_out(browse: Browse, account: Callable[[str], Account]) -> None:
    client = browse("pavlodar")
    table = send(client)
    report = client.get(reverse("network:staff_list", args=[table.pk]), {"format": "xlsx"})
    assert report.status_code == 200 and b"".join(report.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    event = AuditEvent.objects.get(verb="staff.report_taken_away")
    assert (event.target_id, event.scope_path, event.by_id) == (str(table.pk), table.unit.path, account("pavlodar").pk)
    assert event.after == {"people": 3, "iin": "masked", "filters": []}
    lists.apply(table=table, by=None)
    known = table.rows.exclude(person=None).values_list("person_id", flat=True)[0]
    list(client.get(reverse("network:staff_list", args=[table.pk]), {"format": "xlsx", "q": "Асанова"}))
    assert Look.objects.filter(person=known, what="listed", by_id=account("pavlodar").pk).exists()
    assert AuditEvent.objects.filter(verb="staff.report_taken_away", after__filters=["q=•••"]).count() == 1
    listed = client.get(reverse("network:staff_export"))
    assert b"".join(listed.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "query",
    [
        "education=higher",
        "category=none",
        "seniority=3-10",
        "seniority=unknown",
        "within=kz-55-d01",
        "within=nowhere",
        "employment=combined",
    ],
)
def test_the_staff_is_filtered(query: str, browse: Browse) -> None:
    assert browse("pavlodar").get(f"{reverse('network:staff')}?{query}").status_code == 200


def test_an_app_above_adds_its_part_to_the_page_of_a_person(browse: Browse, account: Callable[[str], Account]) -> None:
    from orken.network import person_sections

    person_sections.register("test", "ui/parts/empty.html", lambda person, reader: {"of": person.pk}, order=1)
    person_sections.register("nothing", "no/such.html", lambda person, reader: None)
    try:
        page = browse("pavlodar").get(reverse("network:person", args=[account("village").person_id]))
        assert 'class="empty' in page.content.decode()
    finally:
        person_sections.unregister("test")
        person_sections.unregister("nothing")
