"""The language of the reader: in the address; without one there, from her account, her last choice, her browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from orken.network.models import Unit
from orken.people.models import Account


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("kk", "kk"),
        ("ru-RU,ru;q=0.9", "ru"),
        ("en-GB", "en"),
        ("de", "kk"),
        ("", "kk"),
        ("uk,ru;q=0.5", "ru"),
        (";;;q=x", "kk"),
    ],
)
def test_an_address_without_a_language_leads_to_the_browsers_or_kazakh(browser: str, language: str, db: None) -> None:
    answer = Client(headers={"accept-language": browser}).get("/verify/NL-CAT-2026-000123-7/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/verify/NL-CAT-2026-000123-7/")


def test_her_last_choice_is_remembered_without_a_session(db: None) -> None:
    client = Client(headers={"accept-language": "kk"})
    client.get("/ru/")
    assert client.get("/").headers["Location"] == "/ru/"
    assert "sessionid" not in client.cookies
    assert client.cookies["django_language"]["httponly"]


def test_her_account_says_which_language_when_she_has_not_chosen(account: Callable[[str], Account]) -> None:
    registrar = account("registrar")
    assert registrar.language == "ru"
    client = Client(headers={"accept-language": "en"})
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/").headers["Location"] == "/ru/desk/"


def test_health_has_no_language(db: None) -> None:
    assert Client().get("/health/").status_code == 200


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_page_speaks_its_language_and_leads_to_itself_in_the_others(
    language: str, browse: Callable[[str], Client]
) -> None:
    answer = browse("").get(f"/{language}/region/KZ-55/?a=1")
    page = answer.content.decode()
    assert f'<html lang="{language}">' in page
    assert answer.headers["Content-Language"] == language
    for other in ("kk", "ru", "en"):
        assert f'href="/{other}/region/KZ-55/?a=1"' in page


def test_a_text_that_lacks_the_language_says_so(db: None) -> None:
    unit = Unit(name_kk="Кітапхана")
    with translation.override("ru"):
        shown = Template('{% load words %}{% text unit "name" %}|{% text unit "name" plain=True %}').render(
            Context({"unit": unit})
        )
    marked, plain = shown.split("|")
    assert marked == '<span lang="kk">Кітапхана</span> <span class="tag">по-казахски</span>'
    assert plain == '<span lang="kk">Кітапхана</span>'


def test_names_are_escaped(db: None) -> None:
    unit = Unit(name_kk="<b>&</b>")
    with translation.override("ru"):
        shown = Template('{% load words %}{% text unit "name" plain=True %}').render(Context({"unit": unit}))
    assert "<b>" not in shown
