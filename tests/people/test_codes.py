"""One-time codes and sign-in names: what people type, what the database keeps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orken.people.accounts import codes, logins
from orken.people.accounts.browsers import named
from orken.people.demo import named as person_named
from orken.people.models import Account

FIGURES = st.integers(min_value=0, max_value=10**15 - 1)


def whole(free: int) -> str:
    figures = f"{free:015d}"
    return figures + str(codes._remainder(figures))


def test_a_code_is_sixteen_figures_in_four_groups() -> None:
    code = codes.new()
    assert len(code) == 16 and code.isdecimal()
    assert codes.read(codes.grouped(code)) == code
    assert [len(part) for part in codes.grouped(code).split()] == [4, 4, 4, 4]
    assert len({codes.new() for _ in range(200)}) == 200


@given(FIGURES, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_figure_is_told_at_once(free: int, place: int, by: int) -> None:
    code = whole(free)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert codes.read(code) == code
    assert codes.read(wrong) is None


@given(FIGURES, st.integers(0, 14))
def test_two_swapped_figures_are_told_at_once(free: int, place: int) -> None:
    code = whole(free)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert codes.read(swapped) == (code if swapped == code else None)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    found = codes.read(typed)
    assert found is None or (len(found) == 16 and found.isascii())


@pytest.mark.parametrize(
    "form",
    ["{0} {1} {2} {3}", "{0}-{1}-{2}-{3}", " {0}{1}{2}{3}\t", "{0}\u00a0{1}\u00a0{2}\u00a0{3}", "{0}–{1}–{2}–{3}"],
)
def test_grouping_does_not_matter(form: str) -> None:
    code = codes.new()
    parts = [code[start : start + 4] for start in range(0, 16, 4)]
    assert codes.read(form.format(*parts)) == code


@pytest.mark.parametrize("typed", ["", "1234", "abcd efgh ijkl mnop", "0" * 17, "0000 0000 0000 000O", "0" * 5000])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert codes.read(typed) is None


def test_the_database_keeps_what_only_the_servers_key_can_make(settings: object) -> None:
    code = codes.new()
    kept = codes.kept(code)
    assert code not in kept and len(kept) == 64 and kept == codes.kept(code)
    settings.SECRET_KEY = "another key of the server, long enough for anybody to see"  # type: ignore[attr-defined]  # pytest-django
    assert codes.kept(code) != kept


@pytest.mark.parametrize(
    ("kk", "ru", "en", "login"),
    [
        (("Жұмабекова", "Айгүл"), ("Жумабекова", "Айгуль"), ("Zhumabekova", "Aigul"), "zhumabekova.a"),
        (("Әбдірахманова", "Сәуле"), ("", ""), ("", ""), "abdirakhmanova.s"),
        (("", ""), ("Щербакова", "Юлия"), ("", ""), "sherbakova.y"),
        (("Ким", ""), ("Ким", ""), ("", ""), "kim"),
        (("", "Һәмида"), ("", ""), ("", ""), "hamida"),
        (("李", "娜"), ("", ""), ("", ""), "reader"),
        (("", ""), ("", ""), ("O’Neill", "Seán"), "oneill.s"),
    ],
)
def test_a_sign_in_name_can_be_typed_on_every_keyboard(
    kk: tuple[str, str], ru: tuple[str, str], en: tuple[str, str], login: str, db: None
) -> None:
    person = person_named(kk, ru, en, born=date(1980, 7, 14))
    assert logins.suggest(person) == login


def test_the_next_of_the_same_name_gets_a_number(db: None) -> None:
    for expected in ("kim.e", "kim.e2", "kim.e3"):
        person = person_named(("Ким", "Еркін"), ("Ким", "Еркин"), ("Kim", "Erkin"), born=date(1990, 1, 1))
        person.save()
        login = logins.suggest(person)
        assert login == expected
        Account.objects.create(person=person, login=login)


CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (CHROME, ("Chrome", "Windows")),
        (CHROME + " Edg/130.0.0.0", ("Edge", "Windows")),
        (CHROME.replace("Chrome/130.0.0.0", "Chrome/130.0.0.0 YaBrowser/24.10"), ("Yandex", "Windows")),
        ("Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36", ("Samsung Internet", "Android")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", ("Firefox", "Linux")),
        ("", ("", "")),
        ("curl/8", ("", "")),
    ],
)  # fmt: skip
def test_browsers_are_called_as_people_call_them(agent: str, expected: tuple[str, str]) -> None:
    assert named(agent) == expected
