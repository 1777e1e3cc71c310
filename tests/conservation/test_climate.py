"""Alarms, loggers' files, charts and exercises of climate: pure rules."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orken.conservation.climate import chart, exercises, loggers
from orken.conservation.climate.alarms import Kind, Point, alarms, days, share_within
from orken.conservation.climate.loggers import LogRefused
from orken.conservation.kinds.climate import ReadClimate
from orken.conservation.vocabulary.climate import BY_CODE, NORM_SETS
from orken.curriculum.kinds import AnswerRefused
from orken.curriculum.kinds import Kind as KindOfExercise
from orken.kit.sheets.writing import Column, Table, write_xlsx

NORM = BY_CODE["gost-7.50"]
START = datetime(2026, 6, 1, 0, 0)


def line(values: Sequence[float], hours: float = 6, temperature: float = 18) -> list[Point]:
    return [Point(START + timedelta(hours=hours * n), temperature, value) for n, value in enumerate(values)]


def kinds(points: list[Point]) -> list[Kind]:
    return [alarm.kind for alarm in alarms(points, NORM)]


def test_a_calm_store_has_no_alarm() -> None:
    assert alarms(line([54, 55, 56, 55] * 20), NORM) == []
    assert alarms([], NORM) == []


@pytest.mark.parametrize(("readings", "alarm"), [(8, False), (9, True), (30, True)])
def test_mould_needs_48_hours_over_65(readings: int, alarm: bool) -> None:
    found = kinds(line([55] * 4 + [66] * readings + [55] * 4))
    assert (Kind.MOULD in found) is alarm, f"{(readings - 1) * 6} hours"


def test_one_dry_reading_breaks_the_spell() -> None:
    assert Kind.MOULD not in kinds(line([66] * 8 + [60] + [66] * 8))
    assert Kind.MOULD in kinds(line([66] * 9 + [60] + [66] * 8))


def test_exactly_65_is_no_mould() -> None:
    assert Kind.MOULD not in kinds(line([65] * 40))


def test_two_readings_a_day_are_enough_and_a_week_of_silence_is_not() -> None:
    assert Kind.MOULD in kinds(line([67] * 6, hours=12))
    assert Kind.MOULD not in kinds(line([67, 67], hours=24 * 7))


def test_dry_air_is_told_at_once() -> None:
    found = alarms(line([55, 29, 28, 55]), NORM)
    dry = next(one for one in found if one.kind is Kind.BRITTLE)
    assert dry.value == 28 and dry.hours == 6


def test_swings_within_a_day() -> None:
    assert Kind.HUMIDITY_SWING in kinds(line([52, 58, 52, 53]))
    assert Kind.HUMIDITY_SWING not in kinds(line([52, 57, 52, 53])), "5 % is allowed"
    warm = [Point(START + timedelta(hours=6 * n), t, 55) for n, t in enumerate((17, 19.1, 18, 17))]
    assert Kind.TEMPERATURE_SWING in kinds(warm)


def test_a_change_over_days_is_no_swing() -> None:
    assert Kind.HUMIDITY_SWING not in kinds(line([51 + n / 8 for n in range(60)]))


def test_silence_is_told() -> None:
    points = [*line([55] * 4), Point(START + timedelta(days=4), 18, 55)]
    gap = next(one for one in alarms(points, NORM) if one.kind is Kind.GAP)
    assert gap.value == 78.0


def test_the_gravest_come_first() -> None:
    found = kinds(line([55] * 4 + [70] * 12 + [25] * 4 + [55] * 4))
    assert found[:2] == [Kind.MOULD, Kind.BRITTLE]


def test_a_set_without_figures_judges_only_what_holds_for_all() -> None:
    quiet = BY_CODE["iso-11799-2003"]
    found = alarms(line([70] * 12), quiet)
    assert [one.kind for one in found] == [Kind.MOULD]
    assert share_within(line([70] * 12), quiet) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-10, 40), st.floats(0, 100)), min_size=1, max_size=80), st.integers(1, 30))
def test_alarms_lie_within_the_series_and_days_hold_every_reading(
    values: list[tuple[float, float]], hours: int
) -> None:
    points = [Point(START + timedelta(hours=hours * n), t, h) for n, (t, h) in enumerate(values)]
    for norm in NORM_SETS:
        for alarm in alarms(points, norm):
            assert alarm.since <= alarm.until
            assert points[0].at.date() <= alarm.since.date() and alarm.until.date() <= points[-1].at.date()
    assert sum(day.count for day in days(points)) == len(points)
    within = share_within(points, NORM)
    assert within is not None and 0 <= within <= 1


def test_every_norm_set_names_its_source_and_standing() -> None:
    for norm in NORM_SETS:
        assert norm.source.kk and norm.source.ru and norm.source.en and norm.standing.words.kk
        for limits in (norm.temperature, norm.humidity):
            assert limits is None or limits[0] < limits[1]


# --- loggers ---

SHAPES = {
    "semicolons, decimal comma, two columns of time": ("Дата;Время;Температура, °C;Влажность, %\n01.06.2026;09:00;18,2;55,1\n01.06.2026;21:00;18,4;56\n", "cp1251"),
    "kazakh headings": ("Күні мен уақыты;Температура;Ылғалдылық\n2026-06-01 09:00;18,2;55,1\n2026-06-01 21:00;18,4;56\n", "utf-8-sig"),
    "commas and points": ("Date/Time,Temperature,Relative humidity\n2026-06-01 09:00:00,18.2,55.1\n2026-06-01 21:00:00,18.4,56\n", "utf-8"),
    "a preamble": ("Logger SN: 40112\nInterval: 12 h\n\nTime\tCelsius(°C)\tHumidity(%rh)\tDew Point(°C)\n01/06/2026 09:00\t18.2\t55.1\t9\n01/06/2026 21:00\t18.4\t56\t9\n", "utf-16"),
    "quoted decimal comma": ('"No","Timestamp","Temp","RH"\n1,"2026-06-01T09:00:00+05:00","18,2","55,1"\n2,"2026-06-01T21:00:00+05:00","18,4","56,0"\n', "utf-8"),
    "month first, twelve hours, Fahrenheit": ("Date Time, Temp (°F), RH (%)\n06/01/2026 09:00:00 AM,64.8,55.1\n06/01/2026 09:00:00 PM,65.1,56\n06/13/2026 09:00:00 AM,64.8,55\n", "utf-8"),
    "units in the cells": ("Дата и время;T;RH\n01.06.26 09:00;18,2 °C;55,1 %\n01.06.26 21:00;18,4 °C;56 %\n", "utf-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_the_common_shapes_are_read(name: str) -> None:
    text, encoding = SHAPES[name]
    found = loggers.read(io.BytesIO(text.encode(encoding)))
    first, second = found.points[:2]
    assert (first.at, second.at) == (datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 21))
    assert (first.temperature, first.humidity) == (18.2, 55.1) and second.humidity == 56
    assert not found.skipped


def test_an_xlsx_is_read_like_a_csv() -> None:
    rows = [[datetime(2026, 6, 1, 9), 18.2, 55.1], [datetime(2026, 6, 1, 21), 18.4, 56]]
    with write_xlsx([Table("log", [Column("Time"), Column("Temperature"), Column("Humidity")], rows)]) as file:
        found = loggers.read(file)
    assert [point.humidity for point in found.points] == [55.1, 56]


def test_bad_rows_are_named_and_the_others_kept() -> None:
    text = "time;temperature;humidity\n2026-06-01 09:00;18;55\nyesterday;18;55\n2026-06-01 10:00;warm;55\n2026-06-01 11:00;18;140\n2026-06-01 12:00;-99;55\n2026-06-01 09:00;18;55\n2199-06-01 09:00;18;55\n2026-06-02 09:00;18;55\n"
    found = loggers.read(io.BytesIO(text.encode()), datetime(2026, 9, 1))
    assert len(found.points) == 2
    assert [one.row for one in found.skipped] == [3, 4, 5, 6, 7, 8]
    assert "140" in found.skipped[2].why.en


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"a;b;c\n1;2;3\n", b"time;temperature;humidity\n", b"\xff\xfe\x00", b"PK\x03\x04zip"]
)
def test_what_is_no_log_is_refused(content: bytes) -> None:
    with pytest.raises(LogRefused) as refused:
        loggers.read(io.BytesIO(content))
    assert refused.value.words.kk and refused.value.words.ru and refused.value.words.en


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_whatever_file_comes_it_is_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(LogRefused):
        loggers.read(io.BytesIO(content))


# --- chart ---

LABELS = chart.Labels("<b>Қойма", "RH", "T", "norm", "danger")


@pytest.mark.parametrize("points", [[], line([55]), line([55, 70, 20]), line([55, 66] * 300, hours=2)])
def test_a_chart_is_well_formed_for_every_series(points: list[Point]) -> None:
    text = chart.svg(points, NORM, alarms(points, NORM), LABELS)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img" and root.get("aria-label") == "<b>Қойма"
    assert "<b>" not in text and "nan" not in text.lower()


def test_danger_is_marked_by_word_and_not_by_colour_alone() -> None:
    points = line([55] * 4 + [70] * 12 + [55] * 4)
    assert ">danger</text>" in chart.svg(points, NORM, alarms(points, NORM), LABELS)


# --- the exercise ---


def _right(kind: ReadClimate, payload: dict[str, object]) -> dict[str, object]:
    truth = kind.judge(payload)
    first: dict[str, str] = {}
    for alarm in truth.alarms:
        first.setdefault(alarm.kind.value, alarm.since.date().isoformat())
    return {"alarms": first, "action": truth.action, "mean": round(truth.mean_humidity, 1)}


@pytest.mark.parametrize("seed", range(60))
def test_the_true_reading_earns_a_hundred_for_every_seed(seed: int) -> None:
    kind = ReadClimate()
    payload = dict(kind.draw({}, seed))
    grade = kind.grade(payload, kind.parse(_right(kind, payload)))
    assert grade.score == 100 and grade.passed
    assert {one["kind"] for one in payload["events"]} == {alarm.kind.value for alarm in kind.judge(payload).alarms}


def test_seeds_show_every_kind_of_alarm_and_calm_ones_too() -> None:
    seen = [{one["kind"] for one in exercises.events(seed)} for seed in range(60)]
    assert set().union(*seen) == {kind.value for kind in exercises.ASKED}
    assert any(not one for one in seen)


def test_everything_marked_and_nothing_marked_earn_little() -> None:
    kind = ReadClimate()
    payload = dict(kind.draw({"events": [{"kind": "mould", "day": 7}]}, 5))
    start = "2026-02-05"
    everything = kind.parse({"alarms": {one.value: start for one in exercises.ASKED}, "action": "clean", "mean": 99})
    assert kind.grade(payload, everything).score == 0
    assert kind.grade(payload, kind.parse({})).score == 0
    near = kind.parse({"alarms": {"mould": "2026-02-10"}, "action": "damp", "mean": None})
    assert kind.grade(payload, near).score == 85, "a day's difference is right"


def test_the_answer_is_not_in_the_public_payload() -> None:
    kind = ReadClimate()
    public = str(kind.public_payload(kind.draw({}, 123457)))
    assert "seed" not in public and "events" not in public and "123457" not in public
    assert isinstance(kind, KindOfExercise)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"alarms": []},
        {"alarms": {"flood": "2026-02-02"}},
        {"alarms": {"mould": "soon"}},
        {"action": "pray"},
        {"mean": 300},
        {"mean": True},
    ],
)
def test_an_answer_that_cannot_be_read_is_refused(raw: object) -> None:
    with pytest.raises(AnswerRefused):
        ReadClimate().parse(raw)
