"""Rooms and readings: the verbs, the pages, the alarms of real rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from orken.conservation.climate.alarms import Kind, Point
from orken.conservation.models import Reading, Room
from orken.conservation.selectors import papers as selectors
from orken.conservation.services import climate as services
from orken.kit.audit.models import AuditEvent
from orken.network.models import Unit
from orken.network.policy import OutOfScope, Scope
from orken.people.models import Account

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
START = datetime(2026, 6, 1, 9, 0)


@pytest.fixture
def room(country: Country, account: Accounts) -> Room:
    values = {"name_kk": "Сынақ қоймасы", "norm_set": "gost-7.50"}
    return services.open_room(unit=country("KZ-55-LIB"), values=values, by=account("pavlodar"))


def points(*values: tuple[float, float], hours: int = 12) -> list[Point]:
    return [Point(START + timedelta(hours=hours * n), t, h) for n, (t, h) in enumerate(values)]


def test_the_same_file_sent_twice_changes_nothing(room: Room, account: Accounts) -> None:
    by = account("pavlodar")
    _batch, count = services.record(room=room, points=points((18, 55), (18, 56)), source="file", by=by)
    assert count == 2
    with pytest.raises(services.NothingNew):
        services.record(room=room, points=points((18, 55), (18, 56)), source="file", by=by)
    assert Reading.objects.filter(room=room).count() == 2


def test_a_correction_supersedes_and_forgets_nothing(room: Room, account: Accounts) -> None:
    by = account("pavlodar")
    services.record(room=room, points=points((18, 55)), source="typed", by=by)
    services.record(room=room, points=points((18, 58)), source="typed", by=by)
    rows = Reading.objects.filter(room=room).order_by("pk")
    assert [(float(row.humidity), row.superseded_at is None) for row in rows] == [(55.0, False), (58.0, True)]


def test_a_file_is_taken_back_whole(room: Room, account: Accounts) -> None:
    by = account("pavlodar")
    batch, _ = services.record(room=room, points=points((18, 55), (18, 56), (18, 57)), source="file", by=by)
    other, _ = services.record(room=room, points=[Point(START - timedelta(days=9), 18, 50)], source="typed", by=by)
    assert services.take_back(room=room, batch=batch, by=by) == 3
    assert services.take_back(room=room, batch=batch, by=by) == 0
    assert Reading.objects.filter(room=room, superseded_at=None).get().batch == other
    verbs = AuditEvent.objects.filter(target_kind="conservation.room", target_id=str(room.pk)).values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == ["climate.recorded", "climate.recorded", "climate.room_opened", "climate.taken_back"]


def test_truth_is_in_the_constraints(room: Room, account: Accounts) -> None:
    services.record(room=room, points=points((18, 55)), source="typed", by=account("pavlodar"))
    for bad in ({"humidity": 101}, {"temperature": 99}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reading.objects.filter(room=room).update(**bad)


def test_nobody_records_outside_her_scope(room: Room, account: Accounts, country: Country) -> None:
    for login in ("head", "director"):
        with pytest.raises(OutOfScope):
            services.record(room=room, points=points((18, 55)), source="typed", by=account(login))
    with pytest.raises(OutOfScope):
        services.open_room(
            unit=country("KZ-11-LIB"), values={"name_kk": "Х", "norm_set": "gost-7.50"}, by=account("pavlodar")
        )


def test_the_store_of_the_demo_was_damp_for_three_days(country: Country) -> None:
    room = Room.objects.get(unit=country("NL"))
    found = selectors.period(room, 90)
    mould = [alarm for alarm in found.alarms if alarm.kind is Kind.MOULD]
    assert len(mould) == 1 and 66 <= mould[0].hours <= 74 and 67 <= mould[0].value <= 70
    assert len(found.points) == 1080 and len(found.days) in (90, 91)
    other = selectors.period(Room.objects.get(unit=country("KZ-55-LIB"), synthetic=True), 90)
    assert {alarm.kind for alarm in other.alarms} >= {Kind.GAP, Kind.TEMPERATURE_SWING}
    assert not any(alarm.kind.grave for alarm in other.alarms)


def test_another_norm_set_tells_other_alarms(country: Country, account: Accounts) -> None:
    room = Room.objects.get(unit=country("NL"))
    before = selectors.period(room, 90).within
    values = {name: getattr(room, name) for name in services.ROOM_FIELDS} | {"norm_set": "archive-cis"}
    services.set_room(room=room, values=values, by=account("national"))
    after = selectors.period(Room.objects.get(pk=room.pk), 90).within
    assert before is not None and after is not None and after < before


def test_rooms_are_listed_in_two_queries_however_many(
    country: Country, account: Accounts, django_assert_num_queries: Any
) -> None:
    for n in range(3):
        room = services.open_room(
            unit=country("KZ-55-LIB"), values={"name_kk": f"Қойма {n}", "norm_set": "gost-7.50"}, by=account("pavlodar")
        )
        services.record(room=room, points=points((18, 55), (18, 56)), source="typed", by=account("pavlodar"))
    with django_assert_num_queries(2):
        assert len(selectors.rooms_now(Scope(("",)))) == 5


def test_a_room_that_fell_silent_long_ago_keeps_its_last_reading(room: Room, account: Accounts) -> None:
    services.record(room=room, points=[Point(datetime(2025, 1, 5, 9), 18, 70)], source="typed", by=account("pavlodar"))
    found = next(one for one in selectors.rooms_now(Scope(("",))) if one.room == room)
    assert found.last is not None and found.last.humidity == 70


# --- pages ---


@pytest.mark.parametrize(
    "role",
    ["", "village", "student", "trainer", "head", "registrar", "director", "administrator", "pavlodar", "national"],
)
def test_who_sees_and_writes_a_room_of_pavlodar(role: str, room: Room, browse: Browse) -> None:
    client = browse(role)
    for name in ("room", "room_edit", "readings"):
        allowed = {"pavlodar", "national"} | ({"director"} if name == "room" else set())
        expected = 200 if role in allowed else 302 if role == "" else 404
        assert client.get(reverse(f"conservation:{name}", args=[room.pk])).status_code == expected, name


def test_a_reading_is_typed_and_taken_back_by_its_button(room: Room, browse: Browse) -> None:
    client = browse("pavlodar")
    address = reverse("conservation:readings", args=[room.pk])
    typed = {
        "on_day": "1",
        "on_month": "9",
        "on_year": "2026",
        "time": "09:30",
        "temperature": "18,4",
        "humidity": "56",
    }
    answer = client.post(address, typed, follow=True)
    reading = Reading.objects.get(room=room)
    assert (str(reading.temperature), str(reading.humidity), reading.source) == ("18.4", "56.0", "typed")
    back = reverse("conservation:take_back", args=[room.pk, reading.batch])
    assert back in answer.content.decode()
    client.post(back)
    assert not Reading.objects.filter(room=room, superseded_at=None).exists()


@pytest.mark.parametrize(
    "wrong", [{"humidity": "130"}, {"humidity": ""}, {"temperature": "-90"}, {"time": "25:00"}, {"on_year": "2190"}]
)
def test_wrong_readings_are_told(wrong: dict[str, str], room: Room, browse: Browse) -> None:
    typed = {
        "on_day": "1",
        "on_month": "9",
        "on_year": "2026",
        "time": "09:30",
        "temperature": "18,4",
        "humidity": "56",
    } | wrong
    answer = browse("pavlodar").post(reverse("conservation:readings", args=[room.pk]), typed)
    assert answer.status_code == 422 and not Reading.objects.filter(room=room).exists()


def test_a_loggers_file_is_kept_and_its_bad_rows_are_named(room: Room, browse: Browse) -> None:
    text = "Дата;Время;Температура;Влажность\n01.06.2026;09:00;18,2;55\n01.06.2026;21:00;18,4;155\n02.06.2026;09:00;18,1;56\n"
    upload = SimpleUploadedFile("лог.csv", text.encode("cp1251"), "text/csv")
    answer = browse("pavlodar").post(reverse("conservation:readings", args=[room.pk]), {"file": upload}, follow=True)
    assert Reading.objects.filter(room=room).count() == 2
    said = [str(message) for message in answer.context["messages"]]
    assert any("3" in one and "155" in one for one in said)


def test_a_file_that_is_no_log_is_refused_with_a_sentence(room: Room, browse: Browse) -> None:
    for content in (b"", b"a;b\n1;2\n", b"\x00\x01\x02", b"PK\x03\x04broken"):
        upload = SimpleUploadedFile("x.csv", content, "text/csv")
        answer = browse("pavlodar").post(reverse("conservation:readings", args=[room.pk]), {"file": upload})
        assert answer.status_code == 422 and answer.context["sent"].errors


def test_the_chart_has_its_table_behind_it(room: Room, browse: Browse, country: Country) -> None:
    demo = Room.objects.get(unit=country("NL"))
    answer = browse("national").get(reverse("conservation:room", args=[demo.pk]), {"days": "90"})
    page = answer.content.decode()
    assert '<svg class="chart"' in page and 'role="img"' in page and page.count('<th scope="row"') >= 90
    assert "зең қаупі" in page
    sheet = browse("national").get(reverse("conservation:room", args=[demo.pk]), {"format": "xlsx"})
    assert sheet["Content-Type"].endswith("sheet")
    assert browse("pavlodar").get(reverse("conservation:room", args=[room.pk]), {"days": "zz"}).status_code == 200


def test_a_room_is_opened_by_the_form_once(browse: Browse) -> None:
    client = browse("pavlodar")
    answers = {"unit": "KZ-55-LIB", "name_kk": "Жаңа қойма", "norm_set": "en-16893"}
    assert client.post(reverse("conservation:room_new"), answers).status_code == 302
    assert client.post(reverse("conservation:room_new"), answers).status_code == 422
    assert Room.objects.get(name_kk="Жаңа қойма").norm_set == "en-16893"


def test_a_closed_room_takes_no_readings_raises_no_alarm_and_can_be_watched_again(
    room: Room, account: Accounts, browse: Browse
) -> None:
    by, keeper = account("pavlodar"), browse("pavlodar")
    services.record(room=room, points=points((18, 80), (18, 80), (18, 80), (18, 80), (18, 80), (18, 80)), source="typed", by=by)  # fmt: skip
    before = {one.room.pk: one.grave for one in selectors.rooms_now(Scope((room.unit.path,)))}
    assert before[room.pk]
    assert keeper.post(reverse("conservation:room_close", args=[room.pk])).status_code == 302
    assert room.pk not in {one.room.pk for one in selectors.rooms_now(Scope((room.unit.path,)))}
    with pytest.raises(services.RoomClosed):
        services.record(room=room, points=points((19, 50)), source="typed", by=by)
    assert keeper.get(reverse("conservation:readings", args=[room.pk])).status_code == 302
    assert Reading.objects.filter(room=room).count() == 6, "what was recorded stays"
    assert room.name_kk in keeper.get(reverse("conservation:rooms")).content.decode()
    assert keeper.get(room.get_absolute_url()).status_code == 200
    keeper.post(reverse("conservation:room_close", args=[room.pk]))  # once more: nothing happens
    assert keeper.post(reverse("conservation:room_reopen", args=[room.pk])).status_code == 302
    services.record(room=room, points=[Point(START + timedelta(days=9), 19, 50)], source="typed", by=by)
    verbs = list(AuditEvent.objects.filter(verb__startswith="climate.room_re").values_list("verb", flat=True)) + list(
        AuditEvent.objects.filter(verb="climate.room_closed").values_list("verb", flat=True)
    )
    assert sorted(verbs) == ["climate.room_closed", "climate.room_reopened"]


def test_nobody_closes_a_room_of_others(room: Room, account: Accounts, browse: Browse) -> None:
    for login in ("head", "director", "village"):
        assert browse(login).post(reverse("conservation:room_close", args=[room.pk])).status_code == 404
        with pytest.raises(OutOfScope):
            services.close_room(room=room, by=account(login))
    room.refresh_from_db()
    assert room.closed_on is None
