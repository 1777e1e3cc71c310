"""Three languages are equal: nothing untranslated, nothing hard-coded, nothing borrowed left in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.utils import translation

from orken.kit.i18n import catalogue, hardcoded


def test_every_message_of_ours_is_translated() -> None:
    assert catalogue.check() == []


def test_no_text_stands_in_a_template_outside_the_tags() -> None:
    assert hardcoded.check() == []


# What a reader can never meet: names of the world's languages, pages of the debugger, fields of the admin.
NEVER_SHOWN = ("conf/global_settings.py", "views/templates/default_urlconf.html", "views/csrf.py", "views/templates/", "contrib/sitemaps",
               "contrib/staticfiles", "contrib/syndication", "contrib/messages", "contrib/auth/hashers.py", "contrib/auth/models.py")  # fmt: skip
SAME = {", ", "WebAuthn", "IPv4", "IPv6", ":?.!", ":", ",", "…", "%(truncated_text)s…", "OK", "URL", "XML"}


def messages(path: Path, used: tuple[str, ...] = ()) -> Iterator[tuple[str | None, str, str]]:
    for entry in polib.pofile(str(path)):
        places = [place for place, _line in entry.occurrences]
        if entry.obsolete or entry.msgid in SAME or (places and all(place.startswith(NEVER_SHOWN) for place in places)):
            continue
        if used and not any(place.startswith(used) for place in places):
            continue
        yield entry.msgctxt, entry.msgid, entry.msgid_plural


DJANGO, ALLAUTH = Path(django.__file__).parent, Path(allauth.__file__).parent
BORROWED = sorted(
    {
        *messages(DJANGO / "conf/locale/en/LC_MESSAGES/django.po"),
        *messages(DJANGO / "contrib/auth/locale/en/LC_MESSAGES/django.po"),
        *messages(ALLAUTH / "locale/pl/LC_MESSAGES/django.po", ("account/", "mfa/", "usersessions/", "templates/account", "templates/mfa", "templates/usersessions")),
    },
    key=str,
)  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_django_and_allauth_say_is_in_the_readers_language(language: str) -> None:
    assert len(BORROWED) > 300
    english = []
    with translation.override(language):
        for context, single, plural in BORROWED:
            if plural:
                said = (
                    translation.npgettext(context, single, plural, 5)
                    if context
                    else translation.ngettext(single, plural, 5)
                )
            else:
                said = translation.pgettext(context, single) if context else translation.gettext(single)
            if said in (single, plural):
                english.append(single)
    assert not english, english


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return tmp_path


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("a.py", 'from django.utils.translation import gettext as _\n_("One")', {("", "One", "")}),
        (
            "a.py",
            'from django.utils.translation import ngettext\nngettext("%(n)s day", "%(n)s days", 2)',
            {("", "%(n)s day", "%(n)s days")},
        ),
        (
            "a.py",
            'from django.utils.translation import pgettext_lazy\npgettext_lazy("month", "May")',
            {("month", "May", "")},
        ),
        ("a.py", '_("without the import it is not ours")', set()),
        ("a.html", '{% load i18n %}{% translate "Two" %}', {("", "Two", "")}),
        (
            "a.html",
            "{% load i18n %}{% blocktranslate with n=x %}Three {{ n }}{% endblocktranslate %}",
            {("", "Three %(n)s", "")},
        ),
        (
            "a.html",
            "{% load i18n %}{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
            {("", "%(n)s row", "%(n)s rows")},
        ),
        ("a.html", '{% load i18n %}{% translate "May" context "month" %}', {("month", "May", "")}),
    ],
)
def test_messages_are_found_in_code_and_templates(
    name: str, source: str, found: set[tuple[str, str, str]], room: Path
) -> None:
    path = room / name
    path.write_text(source)
    assert {tuple(message) for message in catalogue._messages(path)} == found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>{% translate 'x' %}</p>", []), ("<p>Hello</p>", [1]), ("\n<img alt='A picture'>", [2]), ("<p>{{ name }}</p>", []),
        ("<p>12 %</p>", []), ("{# A comment #}<b>Өркен</b>", []), ("<code>orken start</code>", []), ("<input placeholder='{% translate 'x' %}'>", []),
    ],
)  # fmt: skip
def test_hard_coded_words_are_found(source: str, lines: list[int]) -> None:
    assert [line for line, _text in hardcoded._texts(source)] == lines


def test_a_translation_that_loses_a_number_is_a_fault() -> None:
    entry = polib.POEntry(msgid="%(n)s rows", msgstr="жолдар")
    assert list(catalogue._faults(entry))
    assert not list(catalogue._faults(polib.POEntry(msgid="%(n)s rows", msgstr="%(n)s жол")))
