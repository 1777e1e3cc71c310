"""A list of people that leaves as a file leaves a trace: in the trail, and under «who looked» of each of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from orken.kit.audit.models import AuditEvent
from orken.network.models import Appointment, Unit
from orken.people import iin
from orken.people.models import Account, Look
from orken.people.services import record

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
NUMBER = "780705400006"
EXPORT = "network:staff_export"


def rows(response: Any) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    return book.get_sheet_by_index(0).to_python()[1:]


def test_the_export_is_written_down_and_each_of_the_people_sees_who_took_her_away(
    browse: Browse, account: Accounts, country: Callable[[str], Unit]
) -> None:
    pavlodar = account("pavlodar")
    found = rows(browse("pavlodar").get(reverse(EXPORT)))
    here = Appointment.objects.at().filter(unit__path__within=country("KZ-55").path, person__blocked_at=None)
    people = set(here.values_list("person_id", flat=True))
    assert len(found) == here.count()
    event = AuditEvent.objects.get(verb="staff.taken_away")
    assert (event.by_id, event.scope_path) == (pavlodar.pk, country("KZ-55").path)
    assert event.after == {"people": len(people), "iin": "masked", "filters": []}
    looks = Look.objects.filter(by_id=pavlodar.pk, what="listed")
    assert sorted(looks.values_list("person_id", flat=True)) == sorted(people - {pavlodar.person_id})
    page = browse("village").get(reverse("network:held")).content.decode()
    assert str(pavlodar) in page and "файлмен алынған тізімдегі жолы" in page


def test_a_file_with_numbers_in_full_says_so(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    record.set_number(person=village, number=iin.parse(NUMBER), by=None, scope_path="")
    asked = {"q": "Жұмабекова Айгүл", "within": "KZ-55"}
    assert any(NUMBER in row for row in rows(browse("registrar").get(reverse(EXPORT), asked)))
    event = AuditEvent.objects.get(verb="staff.taken_away")
    assert event.after["iin"] == "full" and NUMBER not in str(event.after)
    assert event.after["filters"] == ["q=•••", "within=KZ-55"], "that a name was asked, not which"
    assert Look.objects.filter(person=village, what="numbered").count() == 1
    assert not any(NUMBER in row for row in rows(browse("pavlodar").get(reverse(EXPORT), asked)))


def test_the_export_keeps_filters_and_order_of_the_list(browse: Browse) -> None:
    client, query = browse("pavlodar"), "within=KZ-55-D02&employment=main&sort=-since"
    page = client.get(f"{reverse('network:staff')}?{query}").content.decode()
    address = f"{reverse(EXPORT)}?{query}".replace("&", "&amp;")
    assert f'href="{address}"' in page
    found = rows(client.get(f"{reverse(EXPORT)}?{query}"))
    since = [row[12] for row in found]
    whole = rows(client.get(reverse(EXPORT)))
    assert 0 < len(found) < len(whole) and since == sorted(since, reverse=True)
    assert all(str(row[8]).startswith("KZ-55-D02") for row in found)


@pytest.mark.parametrize(
    ("login", "name", "verb", "looks"),
    [
        ("pavlodar", "network:staff", "staff.taken_away", True),
        ("pavlodar", "network:accounts", "account.taken_away", True),
        ("pavlodar", "network:trail", "trail.taken_away", False),
        ("pavlodar", "notices:sent", "notice.list_taken_away", True),
        ("national", "training:applications", "applicant.list_taken_away", True),
    ],
)
def test_every_list_of_people_leaves_a_trace(
    login: str, name: str, verb: str, looks: bool, browse: Browse, account: Accounts
) -> None:
    response = browse(login).get(reverse(name), {"format": "xlsx"})
    assert b"".join(response.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]  # a file
    assert AuditEvent.objects.filter(verb=verb, by_id=account(login).pk).exists()
    assert Look.objects.filter(by_id=account(login).pk, what="listed").exists() == looks


def test_a_page_that_is_only_read_leaves_no_such_trace(browse: Browse) -> None:
    browse("pavlodar").get(reverse("network:staff"))
    assert not AuditEvent.objects.filter(verb="staff.taken_away").exists() and not Look.objects.exists()


def test_the_looks_of_many_are_one_question(browse: Browse) -> None:
    def asked(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            b"".join(client.get(f"{reverse(EXPORT)}?{query}").streaming_content)  # type: ignore[attr-defined]  # a file
        return len(queries)

    client = browse("pavlodar")
    asked("within=KZ-55-D02-02")
    assert abs(asked("within=KZ-55") - asked("within=KZ-55-D02-02")) <= 1, "ids are taken in parts"
