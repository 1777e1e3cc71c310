"""Who a row means and what it changes: certain, doubtful, new; the same list twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.network.models import Appointment, StaffImport, StaffRow, Unit
from orken.network.staff_list import lists
from orken.people import iin
from orken.people.models import Apart, Person, PersonTraits, PreviousName, ProtectedId
from tests.network.staff_list.sheets import GOOD, HEADS, judged, states, told, xlsx

Country = Callable[[str], Unit]
D01, SAMAL = "KZ-55-D01", "KZ-55-D01-05"
MORE = (*HEADS, "Білімі", "Санаты", "Кітапханалық өтілі", "Телефоны", "Мөлшерлеме")


def take(file: Any, unit: Unit) -> StaffImport:
    return lists.take(file=file, file_name="тізім.xlsx", unit=unit, by=None)


def applied(file: Any, unit: Unit) -> StaffImport:
    return lists.apply(table=take(file, unit), by=None)


def broken() -> dict[str, Any]:
    return {rule: rows for rule, rows in invariants.run() if rows}


@pytest.fixture
def asanova(country: Country) -> Person:
    """Somebody who came with a list."""
    applied(xlsx([["Асанова Гүлнар Серікқызы", GOOD, "12.03.1985", "Самал", "кітапханашы"]]), country(D01))
    return Person.objects.get(surname_kk="Асанова", withdrawn_at=None)


def test_a_new_person_comes_with_everything_that_the_row_tells(country: Country) -> None:
    file = xlsx(
        [["ЖАҚСЫЛЫҚОВА ЖАЗИРА БОЛАТҚЫЗЫ", GOOD, date(1985, 3, 12), "Сомал", "кітапханашы, әдіскер", "жоғары, кітапханалық", "II", 12, "8 (701) 123-45-67", "0,5"]],
        heads=MORE,
    )  # fmt: skip
    table = applied(file, country(D01))
    assert table.counts == {"new": 1, "changed": 0, "same": 0, "doubtful": 0, "refused": 0}
    person = Person.objects.get(given_kk="Жазира")
    assert (person.given_kk, person.sex, person.phone) == ("Жазира", "f", "+77011234567")
    assert (person.education, person.library_education, person.category) == ("higher", True, "second")
    assert PersonTraits.objects.at().get(person=person).category == "second"
    assert ProtectedId.objects.get(person=person).masked == "8503••••••09"
    held = Appointment.objects.at().filter(person=person).order_by("pk")
    assert [(row.unit.code, row.post.code, row.employment, str(row.rate)) for row in held] == [
        (SAMAL, "librarian", "main", "1.00"),
        (SAMAL, "methodologist", "combined", "0.50"),
    ]
    assert AuditEvent.objects.filter(batch=table.pk, verb="staff.listed", target_id=str(person.pk)).exists()
    assert not broken()


def test_the_same_list_twice_changes_nothing(country: Country) -> None:
    rows: list[list[Any]] = [
        [
            "Жақсылықова Жазира",
            GOOD,
            "12.03.1985",
            "Самал",
            "кітапханашы, әдіскер",
            "жоғары",
            "II",
            12,
            "87011234567",
            "0,5",
        ],
        ["Пак Вера Ивановна", "", "5.6.79", "Достық", "библиограф", "орта арнаулы", "", 3, "", ""],
        ["Ким Ольга", "", "", "Кеңес", "кітапханашы", "", "", "", "", "1"],
    ]
    applied(xlsx(rows, heads=MORE), country(D01))
    before = (
        Person.objects.count(),
        Appointment.objects.count(),
        PersonTraits.objects.count(),
        PreviousName.objects.count(),
    )
    table = take(xlsx(rows, heads=MORE), country(D01))
    assert table.counts["same"] == 3, told(judged(xlsx(rows, heads=MORE), country(D01)))
    lists.apply(table=table, by=None)
    after = (
        Person.objects.count(),
        Appointment.objects.count(),
        PersonTraits.objects.count(),
        PreviousName.objects.count(),
    )
    assert after == before


@pytest.mark.parametrize(
    ("row", "state", "why"),
    [
        (["Асанова Гүлнар Серікқызы", "", "12.03.1985", "Самал", "кітапханашы"], "same", ""),
        (["АСАНОВА ГҮЛНАР", "", "", "Самал", "кітапханашы"], "same", ""),
        (["Асанова Г.С.", "", "", "Самал", "кітапханашы"], "same", ""),
        (["Асанова Гульнара Сериковна", "", "12.03.1985", "Самал", "кітапханашы"], "doubtful", "sounds"),
        (["Асанова Гульнара Сериковна", GOOD, "", "Самал", "кітапханашы"], "changed", ""),
        (["Асанова Гүлнара Серікқызы", GOOD, "", "Самал", "кітапханашы"], "changed", "spelling"),
        (["Ахметова Гүлнар Серікқызы", GOOD, "", "Самал", "кітапханашы"], "changed", "surname_changed"),
        (["Ахметова Гүлнар Серікқызы", "", "12.03.1985", "Самал", "кітапханашы"], "doubtful", "surname"),
        (["Ким Ольга", GOOD, "", "Самал", "кітапханашы"], "doubtful", "number_other"),
        (["Асанова Гүлнар Серікқызы", "", "03.12.1985", "Самал", "кітапханашы"], "doubtful", "swapped"),
        (["Асанова Гүлнар Серікқызы", "", "", "Кеңес", "кітапханашы"], "doubtful", "undated"),
        (["Асанова Гүлнар Маратқызы", "", "1.1.1990", "Самал", "кітапханашы"], "new", "apart"),
        (["Асанова Гүлнар Серікқызы", "990101400003", "12.03.1985", "Самал", "кітапханашы"], "doubtful", "number_differs"),
        (["Асанова Гүлнар Серікқызы", "", "12.03.1985", "Кеңес", "кітапханашы"], "changed", "moves"),
        (["Асанова Гүлнәр Серікқызы", "", "12.03.1985", "Самал", "кітапханашы"], "doubtful", "sounds"),
    ],
)  # fmt: skip
def test_who_a_row_means(row: list[str], state: str, why: str, asanova: Person, country: Country) -> None:
    assert told(judged(xlsx([row]), country(D01))) == [(state, why)]


def test_people_outside_the_list_are_only_hinted_at(asanova: Person, country: Country) -> None:
    row = ["Асанова Гүлнар Серікқызы", "", "12.03.1985", "KZ-11-D01", "кітапханашы"]
    [line] = judged(xlsx([row]), country("KZ-11-D01"))
    assert (line.state, line.notes[0][0], line.notes[0][2]) == ("doubtful", "elsewhere", {"place": "Павлодар облысы"})
    [numbered] = judged(xlsx([["Асанова Гүлнар", GOOD, "", "KZ-11-D01", "кітапханашы"]]), country("KZ-11-D01"))
    assert numbered.notes[0][0] == "number_elsewhere"


def test_one_person_in_several_rows_is_one_person(country: Country) -> None:
    rows: list[list[Any]] = [
        ["Пак Вера Ивановна", "", "05.06.1979", "Самал", "библиограф"],
        ["Пак Вера Ивановна", "", "05.06.1979", "Кеңес", "кітапханашы"],
        ["Пак Вера Ивановна", "", "05.06.1979", "Самал", "библиограф"],
        ["Пак Вера Ивановна", "", "06.07.1990", "Самал", "библиограф"],
    ]
    lines = judged(xlsx(rows), country(D01))
    assert told(lines) == [("new", ""), ("new", "follows"), ("same", "repeats"), ("new", "")]
    applied(xlsx(rows), country(D01))
    people = Person.objects.filter(surname_ru="Пак")
    assert people.count() == 2
    held = Appointment.objects.at().filter(person=people.get(birth_on=date(1979, 6, 5))).order_by("pk")
    assert [row.employment for row in held] == ["main", "combined"]
    assert states(judged(xlsx(rows), country(D01))) == {"same": 4}


def test_one_number_under_two_names_is_refused(country: Country) -> None:
    rows = [["Пак Вера", GOOD, "", "Самал", "библиограф"], ["Ли Анна", GOOD, "", "Кеңес", "библиограф"]]
    assert told(judged(xlsx(rows), country(D01))) == [("new", ""), ("refused", "iin_twice")]


def test_a_move_inside_the_list_ends_one_post_and_begins_another(asanova: Person, country: Country) -> None:
    row = ["Асанова Гүлнар Серікқызы", GOOD, "", "Кеңес", "библиограф"]
    on = timezone.localdate()
    Appointment.objects.filter(person=asanova).update(valid_from=date(2020, 1, 1))
    applied(xlsx([row]), country(D01))
    live = Appointment.objects.live().filter(person=asanova).order_by("valid_from")
    assert [(one.unit.code, one.post.code, one.valid_to) for one in live] == [
        (SAMAL, "librarian", on),
        ("KZ-55-D01-02", "bibliographer", None),
    ]
    assert states(judged(xlsx([row]), country(D01))) == {"same": 1}
    assert not broken()


def test_whoever_left_and_stands_in_the_list_comes_back(asanova: Person, country: Country) -> None:
    held = Appointment.objects.filter(person=asanova)
    held.update(valid_from=date(2019, 1, 1), valid_to=date(2022, 1, 1))
    row = ["Асанова Гүлнар Серікқызы", GOOD, "", "Самал", "кітапханашы"]
    assert told(judged(xlsx([row]), country(D01))) == [("changed", "returns")]
    applied(xlsx([row]), country(D01))
    assert Appointment.objects.at().filter(person=asanova).count() == 1


def test_a_changed_surname_keeps_the_old_one(asanova: Person, country: Country) -> None:
    row = ["Ахметова Гүлнар Серікқызы", GOOD, "", "Самал", "кітапханашы"]
    applied(xlsx([row]), country(D01))
    asanova.refresh_from_db()
    assert asanova.surname_kk == "Ахметова"
    assert PreviousName.objects.get(person=asanova).surname_kk == "Асанова"
    assert "асан" in asanova.folded, "the old name still finds her"


def test_a_decision_is_remembered(asanova: Person, country: Country) -> None:
    row = ["Асанова Гульнара Сериковна", "", "12.03.1985", "Самал", "кітапханашы"]
    table = take(xlsx([row]), country(D01))
    lists.correct(row=table.rows.get(), corrections={}, decision=f"same:{asanova.pk}", by=None)
    assert table.rows.get().state == "changed"
    lists.apply(table=StaffImport.objects.get(pk=table.pk), by=None)
    assert states(judged(xlsx([row]), country(D01))) == {"same": 1}, "the spelling is known now"


def test_somebody_else_is_registered_and_told_apart(asanova: Person, country: Country) -> None:
    row = ["Асанова Гульнара Сериковна", "", "12.03.1985", "Самал", "библиограф"]
    table = take(xlsx([row]), country(D01))
    lists.correct(row=table.rows.get(), corrections={}, decision="new", by=None)
    lists.apply(table=StaffImport.objects.get(pk=table.pk), by=None)
    made = Person.objects.get(surname_ru="Асанова")
    assert Apart.objects.filter(one=asanova, other=made).exists()
    assert states(judged(xlsx([row]), country(D01))) == {"same": 1}


def test_a_row_is_mended_in_place(country: Country) -> None:
    table = take(xlsx([["Ким Ольга", "850312400008", "", "Мәскеу", "кітапханашы"]]), country(D01))
    row = table.rows.get()
    assert row.state == "refused"
    lists.correct(row=row, corrections={"iin": GOOD, "unit": "Самал"}, decision="", by=None)
    fresh = StaffRow.objects.get(pk=row.pk)
    assert fresh.state == "new"
    assert GOOD not in str(fresh.corrections), "the number is sealed in the row too"
    assert lists.apply(table=StaffImport.objects.get(pk=table.pk), by=None).counts["new"] == 1


def test_a_misspelt_library_is_said_once_for_all_rows_that_spell_it_so(country: Country) -> None:
    wrong = "Бибилиотека села Достык"
    rows = [
        ["Ким Ольга", "", "1.2.1980", wrong, "кітапханашы"],
        ["Пак Вера", "", "5.6.1979", wrong.upper(), "библиограф"],
        ["Ли Анна", "", "3.4.1990", "Ақсу ауылдық кітапханасы", "кітапханашы"],
    ]
    table = take(xlsx(rows), country(D01))
    first, second, third = table.rows.order_by("number")
    assert [(row.state, row.notes[0][0]) for row in (first, second, third)] == [("doubtful", "unit_perhaps")] * 3
    assert country("KZ-55-D01-03").pk in first.values["offered"]
    lists.correct(row=first, corrections={}, decision="", library="KZ-55-D01-03", by=None)
    assert [row.state for row in table.rows.order_by("number")] == ["new", "new", "doubtful"]
    lists.correct(row=table.rows.get(pk=third.pk), corrections={}, decision="", library="KZ-11-D01", by=None)
    assert table.rows.get(pk=third.pk).state == "doubtful", "a library outside the list is no answer"
    done = lists.apply(table=StaffImport.objects.get(pk=table.pk), by=None)
    assert (done.counts["new"], done.counts["doubtful"]) == (2, 1)
    held = Appointment.objects.at().filter(unit=country("KZ-55-D01-03"), person__in=table.rows.values("person"))
    assert held.count() == 2


def test_a_library_said_in_a_line_above_holds_for_its_part_of_the_list(country: Country) -> None:
    rows = [["Бибилиотека села Достык"], ["Ким Ольга", "", "1.2.1980", "", "кітапханашы"], ["Пак Вера", "", "5.6.1979", "", "библиограф"]]  # fmt: skip
    table = take(xlsx(rows), country(D01))
    assert table.counts["doubtful"] == 2, told(judged(xlsx(rows), country(D01)))
    lists.correct(row=table.rows.order_by("number")[0], corrections={}, decision="", library="KZ-55-D01-03", by=None)
    assert StaffImport.objects.get(pk=table.pk).counts["new"] == 2


def test_a_persons_number_in_the_column_of_libraries_stands_nowhere_in_clear(country: Country) -> None:
    table = take(xlsx([["Ким Ольга", "", "", f"Достак {GOOD}", "кітапханашы"]]), country(D01))
    row = table.rows.get()
    assert row.state == "refused" and GOOD not in f"{row.values}{row.notes}{row.cells}"


def test_columns_are_set_by_hand_and_remembered(country: Country) -> None:
    heads = ("Аты-жөні", "ЖСН", "Туған күні", "Қайда", "Кім")
    rows = [["Ким Ольга", "", "1.2.1980", "Самал", "кітапханашы"]]
    table = take(xlsx(rows, heads=heads), country(D01))
    assert table.rows.get().notes[0][0] == "post_missing"
    lists.set_columns(table=table, columns={0: ["name", "iin", "birth_on", "unit", "post"]}, defaults={}, by=None)
    assert table.rows.get().state == "new"
    again = take(xlsx(rows, heads=heads), country(D01))
    assert again.rows.get().state == "new", "the next list is read so at once"


def test_numbers_stand_nowhere_in_clear(country: Country) -> None:
    table = applied(xlsx([["Ким Ольга", GOOD, "", "Самал", "кітапханашы"]]), country(D01))
    row = table.rows.get()
    for place in (row.cells, row.values, row.notes, row.done, ProtectedId.objects.get(person=row.person).sealed):
        assert GOOD not in str(place)
    trail = AuditEvent.objects.filter(batch=table.pk)
    assert trail.exists()
    assert not [event for event in trail if GOOD in f"{event.before}{event.after}{event.note}{event.target_name}"]


# --- the way back ---


def test_a_list_is_taken_back_as_one_batch(asanova: Person, country: Country) -> None:
    asanova.refresh_from_db()
    Appointment.objects.filter(person=asanova).update(valid_from=date(2020, 1, 1))
    rows: list[list[Any]] = [
        ["Ахметова Гүлнар Серікқызы", GOOD, "13.03.1985", "Кеңес", "библиограф", "жоғары", "I", "", "87010000000", ""],
        ["Пак Вера", "010220600007", "20.02.2001", "Самал", "әдіскер", "", "", "", "", ""],
    ]
    table = applied(xlsx(rows, heads=MORE), country(D01))
    assert table.counts["changed"] == 1 and table.counts["new"] == 1
    lists.take_back(table=table, by=None)
    fresh = Person.objects.get(pk=asanova.pk)
    assert (fresh.surname_kk, fresh.birth_on, fresh.phone, fresh.education) == ("Асанова", date(1985, 3, 12), "", "")
    held = Appointment.objects.at().get(person=asanova)
    assert (held.unit.code, held.post.code) == (SAMAL, "librarian")
    assert Person.objects.get(surname_kk="Пак").withdrawn_at is not None
    assert not Appointment.objects.live().filter(person__surname_kk="Пак").exists()
    assert not broken()
    assert states(judged(xlsx(rows[1:], heads=MORE), country(D01))) == {"new": 1}, "and can be applied again"
    with pytest.raises(lists.NotWaiting):
        lists.apply(table=StaffImport.objects.get(pk=table.pk), by=None)


def test_what_was_changed_since_is_not_taken_back(country: Country) -> None:
    from orken.network.staff_list.applying import CannotTakeBack

    table = applied(xlsx([["Пак Вера", "", "1.2.1990", "Самал", "әдіскер"]]), country(D01))
    Appointment.objects.filter(person__surname_kk="Пак").update(superseded_at=timezone.now())
    with pytest.raises(CannotTakeBack):
        lists.take_back(table=table, by=None)
    assert StaffImport.objects.get(pk=table.pk).state == "applied"


def test_the_list_handed_out_says_what_stands(country: Country) -> None:
    from orken.network.policy import Scope
    from orken.network.staff_list.handing import export
    from orken.network.tables import staff_rows

    unit = country(D01)
    with export(staff_rows(Scope((unit.path,)))) as file:
        lines = judged(file, unit)
    assert lines and states(lines) == {"same": len(lines)}, [
        row for row in zip(told(lines), [line.changes.shown for line in lines], strict=True) if row[0][0] != "same"
    ]


def test_a_number_is_found_after_the_key_has_changed(asanova: Person, settings: Any) -> None:
    from orken.people.services import record

    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 6, [old]
    assert record.person_with(iin.parse(GOOD)) == asanova
    assert record.reseal() > 0
    settings.SECRET_KEY_FALLBACKS = []
    assert record.person_with(iin.parse(GOOD)) == asanova
    assert record.reseal() == 0
