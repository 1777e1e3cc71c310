"""Lists in any wording are read; what cannot be read is refused with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from orken.kit.sheets.reading import read
from orken.network.models import Unit
from orken.network.staff_list import layout, libraries, lists, reading, reasons, words
from orken.network.staff_list.report import masked
from tests.network.staff_list.sheets import GOOD, HEADS, judged, told, xlsx

Country = Callable[[str], Unit]
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("№ п/п", "number"), ("Р/с", "number"), ("Аты-жөні", "name"), ("Т.А.Ә.", "name"), ("Ф.И.О. сотрудника", "name"),
        ("Фамилия, имя, отчество", "name"), ("Кітапханашының аты-жөні", "name"), ("ФИО на казахском", "name_kk"),
        ("Фамилия", "surname"), ("Тегі (қазақша)", "surname_kk"), ("Имя", "given"), ("Аты", "given"), ("Әкесінің аты", "patronymic"),
        ("ЖСН", "iin"), ("ИИН сотрудника", "iin"), ("Дата рождения", "birth_on"), ("Туған жылы, айы, күні", "birth_on"),
        ("Кітапхана атауы", "unit"), ("Наименование библиотеки", "unit"), ("Место работы", "unit"), ("Лауазымы", "post"),
        ("Должность", "post"), ("Білімі", "education"), ("Библиотечное образование", "library_education"),
        ("Кітапханалық білімі", "library_education"), ("Общий стаж", "seniority_total"), ("Кітапханалық өтілі", "seniority"),
        ("Стаж работы в библиотеке", "seniority"), ("Санаты", "category"), ("Дата присвоения категории", "category_on"),
        ("Аттестаттау күні", "attested_on"), ("Результат аттестации", "attestation"), ("Ұялы телефоны", "phone"),
        ("Электрондық поштасы", "mail"), ("E-mail", "mail"), ("Ставка", "rate"), ("Владение языками", "languages"),
        ("Жынысы", "sex"), ("Пол", "sex"), ("Отдел", "department"), ("Национальность", ""), ("Примечание", ""),
        ("Date of birth", "birth_on"), ("Full name", "name"), ("Position", "post"),
    ],
)  # fmt: skip
def test_a_heading_is_known_in_any_wording(heading: str, field: str) -> None:
    assert words.field_of(heading) == field
    assert words.field_of(heading.upper()) == field


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Қасымова Ғалия Серікқызы", ("Қасымова", "Ғалия", "Серікқызы")), ("Ким А. С.", ("Ким", "А.", "С.")),
        ("А.С. Ким", ("Ким", "А.", "С.")), ("Айгүл Серікқызы Жұмабекова", ("Жұмабекова", "Айгүл", "Серікқызы")),
        ("Сериков Марат Болат улы", ("Сериков", "Марат", "Болатулы")), ("Айгуль Жумабекова", ("Жумабекова", "Айгуль", "")),
        ("Иванова Ольга Петровна (вн. совм.)", ("Иванова", "Ольга", "Петровна")), ("Ким", ("Ким", "", "")), ("", ("", "", "")),
        ("Цой Марина", ("Цой", "Марина", "")), ("Марина Иванова", ("Иванова", "Марина", "")), ("Ли Ева", ("Ли", "Ева", "")),
    ],
)  # fmt: skip
def test_a_full_name_falls_into_its_parts(text: str, parts: tuple[str, str, str]) -> None:
    assert reading.split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "12.03.1985",
        "12/3/85",
        "1985-03-12",
        "31118",
        "12 наурыз 1985 ж.",
        "12 марта 1985 г.",
        "12031985",
        "12.03.1985 г.",
        "12 03 1985",
    ],
)
def test_a_date_is_read_as_it_is_written(text: str) -> None:
    assert reading.day_of(text, TODAY) == date(1985, 3, 12)


@pytest.mark.parametrize("text", ["31.02.1985", "1985", "давно", "", "99999999"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert reading.day_of(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Библиотекарь", ["librarian"]), ("библиотекарь, методист", ["librarian", "methodologist"]),
        ("Кітапхана меңгерушісі және библиограф", ["head", "bibliographer"]), ("Зав. отделом обслуживания", ["head-dept"]),
        ("бас әдіскер", ["chief-methodologist"]), ("Аға кітапханашы", ["senior-librarian"]), ("сторож", []),
        ("библиотекарь 0,5 ставки", ["librarian"]),
    ],
)  # fmt: skip
def test_posts_are_found_in_a_cell(text: str, posts: list[str]) -> None:
    assert words.posts_of(text) == posts


def test_titles_totals_numbers_sections_and_signatures_are_passed_over() -> None:
    book = read(
        xlsx(
            [
                [1, 2, 3, 4, 5],
                ["Кеңес ауылдық кітапханасы"],
                ["Асанова Гүлнар", GOOD, "12.03.1985", "", "кітапханашы"],
                [],
                ["Барлығы: 1"],
                ["Директор ____________ Иванов"],
            ],
            above=["Ақсу ауданы", "кітапханашыларының тізімі"],
        )
    )
    found = layout.find(book)
    assert [(row.number, row.section) for row in found.rows] == [(6, "Кеңес ауылдық кітапханасы")]
    assert layout.summary(found) == {"title": 2, "heading": 1, "numbers": 1, "section": 1, "total": 1, "signature": 1}


def test_headings_of_two_lines_and_merged_cells_are_one_heading() -> None:
    file = xlsx(
        [["", "", "Тегі", "Аты", "Әкесінің аты"], [1, "Кеңес", "Ким", "Ольга", ""]],
        heads=["№", "Кітапхана", "Аты-жөні", "", ""],
    )
    part = layout.find(read(file)).parts[0]
    assert part.columns == ["number", "unit", "surname", "given", "patronymic"]


def test_a_library_over_several_rows_holds_for_each() -> None:
    file = xlsx(
        [["Ким Ольга", "", "", "", "библиограф"], ["Ким Анна", "", "", "", "әдіскер"]], merged=[(0, 3, 1, 3, "Кеңес")]
    )
    rows = layout.find(read(file)).rows
    assert [row.cells[3] for row in rows] == ["Кеңес", "Кеңес"]


def test_every_sheet_with_a_list_is_read(country: Country) -> None:
    body = [["Ким Ольга", "", "01.02.1980", "KZ-55-D01", "библиограф"]]
    more = [
        ("Самал ауылдық кітапханасы", [list(HEADS), ["Ли Анна", "", "3.4.1990", "", "кітапханашы"]]),
        ("Ескерту", [["ештеңе"]]),
    ]
    file = xlsx(body, more=[(name, rows) for name, rows in more])
    found = lists.look_into(file, country("KZ-55-D01"))
    assert [part.name for part in found.parts] == ["Лист1", "Самал ауылдық кітапханасы"]
    lines = judged(file, country("KZ-55-D01"))
    assert [line.state for line in lines] == ["new", "new"]
    assert lines[1].unit_id == country("KZ-55-D01-05").pk, "the sheet is called like the library"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KZ-55-D01-05", "KZ-55-D01-05"), ("Самал ауылдық кітапханасы", "KZ-55-D01-05"), ("с. Самал", "KZ-55-D01-05"),
        ("Сомал а. кітапханасы", "KZ-55-D01-05"), ("Библиотека с.Достык", "KZ-55-D01-03"), ("Достик", "KZ-55-D01-03"),
        ("ЦБС Аксу", "KZ-55-D01"), ("Ақсу ОКЖ", "KZ-55-D01"), ("Городская библиотека Аксу", "KZ-55-D01-01"), ("ОКЖ", "KZ-55-D01"),
    ],
)  # fmt: skip
def test_a_library_is_found_in_spite_of_mistakes(text: str, code: str, country: Country) -> None:
    units = Unit.objects.filter(path__within=country("KZ-55-D01").path)
    unit, _how = libraries.Libraries(units).find(text)
    assert unit is not None and unit.code == code


@pytest.mark.parametrize("text", ["Мәскеу кітапханасы", "библиотека", "Ақсу ауылдық кітапханасы"])
def test_a_library_that_may_be_another_is_not_guessed(text: str, country: Country) -> None:
    units = Unit.objects.filter(path__within=country("KZ-55-D01").path)
    assert libraries.Libraries(units).find(text)[0] is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Бибилиотека села Достык", ["KZ-55-D01-03"]), ("Ақсу ауылдық кітапханасы", ["KZ-55-D01", "KZ-55-D01-01"]),
        ("Кітапхнасы Самал ауылдық", ["KZ-55-D01-05"]), ("Дастак кітапханасы", ["KZ-55-D01-03"]),
        ("Самат ауылдық кітапханасы", ["KZ-55-D01-05"]), ("Мәскеу кітапханасы", []), ("библиотека", []),
    ],
)  # fmt: skip
def test_the_nearest_libraries_are_offered_for_what_is_not_sure(text: str, codes: list[str], country: Country) -> None:
    known = libraries.Libraries(Unit.objects.filter(path__within=country("KZ-55-D01").path))
    assert known.find(text)[0] is None
    found = [unit.code for unit in known.offered(text)]
    assert found[: len(codes)] == codes and bool(found) == bool(codes)


def test_other_consonants_are_another_village_until_somebody_says_otherwise() -> None:
    known = libraries.Libraries([Unit(pk=1, code="A", kind="branch", name_kk="Қаратау ауылдық кітапханасы")])
    assert known.find("Қаратал ауылдық кітапханасы") == (None, "none")
    assert [unit.code for unit in known.offered("Қаратал ауылдық кітапханасы")] == ["A"]


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (["", "", "", "Кеңес", "кітапханашы"], "no_name", "name"), (["Ким", "", "", "Кеңес", "кітапханашы"], "one_word", "name"),
        (["Ким Ольга", "850312400008", "", "Кеңес", "кітапханашы"], "iin_check", "iin"), (["Ким Ольга", "8503124", "", "Кеңес", "кітапханашы"], "iin_length", "iin"),
        (["Ким Ольга", "", "31.02.1985", "Кеңес", "кітапханашы"], "birth_unread", "birth_on"), (["Ким Ольга", "", "1.1.2020", "Кеңес", "кітапханашы"], "birth_range", "birth_on"),
        (["Ким Ольга", "", "", "Мәскеу кітапханасы", "кітапханашы"], "unit_none", "unit"), (["Ким Ольга", "", "", "Кеңес", "күзетші"], "post_none", "post"),
        (["Ким Ольга", "", "", "Кеңес", ""], "post_missing", "post"), (["Ким О.П.", "", "", "Кеңес", "кітапханашы"], "initials", "name"),
        (["Ким АС", "", "", "Кеңес", "кітапханашы"], "initials", "name"), (["<b>Ким</b> Ольга", "", "", "Кеңес", "кітапханашы"], "not_a_name", "surname"),
        (["=1+1 Ким", "", "", "Кеңес", "кітапханашы"], "not_a_name", "surname"),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_its_reason(row: list[str], code: str, field: str, country: Country) -> None:
    [line] = judged(xlsx([row]), country("KZ-55-D01"))
    assert line.state == "refused"
    assert line.notes[0][:2] == [code, field]
    assert "%" not in reasons.text(line.notes[0])


@pytest.mark.parametrize("name", ["Тен Ян", "Ли Ли", "Ли Ян Петрович", "Пак Ия Сергеевна", "Өз Ай", "ТЕН ЯН"])
def test_a_name_of_two_letters_is_a_whole_name(name: str, country: Country) -> None:
    [line] = judged(xlsx([[name, "", "", "Кеңес", "кітапханашы"]]), country("KZ-55-D01"))
    assert line.state == "new", line.notes


@pytest.mark.parametrize("cell", ["кітапханашы / тазалаушы", "кітапханашы және ғарышкер"])
def test_a_second_post_that_nobody_knows_is_told(cell: str, country: Country) -> None:
    [line] = judged(xlsx([["Ким Ольга", "", "", "Кеңес", cell]]), country("KZ-55-D01"))
    assert ("new", "post_part") in told([line])
    [line] = judged(xlsx([["Ким Ольга", "", "", "Кеңес", "кітапханашы, 0,5 ставка"]]), country("KZ-55-D01"))
    assert "post_part" not in [one[0] for one in line.notes], "a rate is no post"


def test_a_birth_date_that_the_digits_deny_is_a_warning_not_a_refusal(country: Country) -> None:
    [line] = judged(xlsx([["Асанова Гүлнар", GOOD, "21.03.1985", "Кеңес", "кітапханашы"]]), country("KZ-55-D01"))
    assert told([line]) == [("new", "iin_date")]


def test_a_number_whose_zero_a_spreadsheet_ate_is_whole_again(country: Country) -> None:
    [line] = judged(xlsx([["Асанова Гүлнар", 10220600007, "", "Кеңес", "кітапханашы"]]), country("KZ-55-D01"))
    assert line.state == "new" and line.values is not None and line.values.number is not None
    assert line.values.number.digits == "010220600007"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def with_macros() -> bytes:
    out = BytesIO(xlsx([["Ким Ольга"]]).read())
    with ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (picture(), "сурет"), (b"%PDF-1.7 ...", "PDF"), (with_macros(), "макрос"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "құпиясөз"), (b"x" * (10 * 1024 * 1024 + 1), "МБ"), (b"", "бос"),
        (b"a;b;c\n1;2;3\n", "тақырып"), (b"\x00\x01\x02binary", "кесте"),
    ],
    ids=["picture", "pdf", "macros", "password", "large", "empty", "no list", "binary"],
)  # fmt: skip
def test_what_is_no_list_gets_a_sentence(content: bytes, word: str, country: Country) -> None:
    with pytest.raises(lists.ListRefused) as refused:
        lists.look_into(BytesIO(content), country("KZ-55-D01"))
    assert word.casefold() in str(refused.value.args[0]).casefold()


@pytest.mark.parametrize("content", [picture(), b"%PDF-1.7 ...", with_macros()], ids=["picture", "pdf", "macros"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_list_of_units_and_a_list_of_staff_refuse_it_with_the_same_words(
    content: bytes, language: str, browse: Callable[[str], Client]
) -> None:
    said = []
    for name, more in (("network:import", {}), ("network:staff_import", {"unit": "KZ-55-D01"})):
        file = SimpleUploadedFile("list.xlsx", content)
        with translation.override(language):
            answer = browse("national").post(reverse(name), {"file": file, **more})
        assert answer.status_code == 422
        said.append(answer.context["form"].errors["file"])
    assert said[0] == said[1] and len(said[0]) == 1


def test_every_column_that_may_be_chosen_is_called_in_words() -> None:
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            labels = [words.label_of(name) for name in words.CHOOSABLE]
        assert len(set(labels)) == len(labels) and not [text for text in labels if "(" in text or "_" in text]


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("iin", "850312400009", "8503••••••09"), ("iin", "1234", "••••"), ("phone", "+77011234567", "+7••••••••67"),
        ("mail", "aigul@mail.kz", "a•••@mail.kz"), ("name", "Ким 850312400009 О", "Ким 8503••••••09 О"),
    ],
)  # fmt: skip
def test_values_are_masked_wherever_they_stand(field: str, text: str, shown: str) -> None:
    assert masked(field, text) == shown
