"""The trail speaks the reader's language: no code, no id, no ISO time reaches the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

import orken
from orken.kit.audit import services as audit
from orken.kit.audit import words
from orken.kit.audit.models import AuditEvent
from orken.network import services
from orken.network.models import Appointment, Unit
from orken.people.models import Account, DataRequest

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
# What must not stand in a line: snake_case, ISO days and moments, dotted verbs, «411: head @ 233», ids, codes of units.
CODE = re.compile(
    r"[a-z]+_[a-z_]+|\d{4}-\d\d-\d\d|\b[a-z]+\.[a-z_]+\b|@ \d|(?<![\w-])\d+: |\bKZ-\d\d|[{}\[\]]|\bNone\b|\bTrue\b"
)
LATIN = re.compile(r"\b[a-z]{3,}\b")  # in a Kazakh or Russian line: a word that nobody translated
FILE_ENDING = re.compile(r"\.(xlsx|ods|csv)\b")  # a file is called as whoever sent it called it


def lines(language: str, events: list[AuditEvent]) -> Iterator[tuple[AuditEvent, str]]:
    with translation.override(language):
        words.read(events)
        for event in events:
            said = (words.who_of(event), str(words.verb_of(event)), words.thing_of(event), words.changes_of(event))
            yield event, " | ".join(said)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_code_of_the_demo_country_reaches_the_page(language: str, country: Callable[[str], Unit]) -> None:
    events = list(AuditEvent.objects.all())
    assert len({event.verb for event in events}) > 10, "the demo country writes its trail"
    wrong = {
        (event.verb, line)
        for event, line in lines(language, events)
        if CODE.search(FILE_ENDING.sub("", line)) or (language != "en" and LATIN.search(FILE_ENDING.sub("", line)))
    }
    assert not wrong


def every_verb() -> set[str]:
    """Verbs as the code writes them; what is put together while it runs is told by the tests of its app."""
    found: set[str] = set()
    for path in Path(orken.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Attribute, ast.Name)):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in ("record", "event", "_record", "_tell", "_saved", "_move", "_joining"):
                constants = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                found |= {one for one in constants if isinstance(one, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", one)}
    return found - {"person.parted", "surveys.invited", "surveys.reminded"}  # kinds of letters


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_verb_and_heading_has_words(language: str) -> None:
    found, known = every_verb(), dict(words.verbs())
    assert len(found) > 50
    assert not found - known.keys()
    headings = dict(words.abouts())
    assert {verb.partition(".")[0] for verb in known} == headings.keys()
    with translation.override(language):
        untranslated = [str(text) for text in (*known.values(), *headings.values()) if LATIN.search(str(text))]
    assert not untranslated


def test_people_posts_and_requests_are_named_not_numbered(account: Accounts, country: Callable[[str], Unit]) -> None:
    by, village = account("pavlodar"), account("village").person
    row = Appointment.objects.at().filter(person=village).select_related("unit").first()
    assert row is not None
    services.dismiss(appointment=row, on=timezone.localdate(), by=by)
    request = DataRequest.objects.create(person=village, kind="erasure")
    audit.record(
        "person.request_decided", village, by=by, scope_path=row.unit.path,
        after={"kind": request.kind, "state": "declined", "on": "2026-11-25"},
    )  # fmt: skip
    events = list(AuditEvent.objects.order_by("-pk")[:2])
    decided, dismissed = (line for _event, line in lines("ru", events))
    assert village.full_name("ru") in dismissed and row.post.title_ru in dismissed and row.unit.name_ru in dismissed
    assert "25 ноября 2026" in decided.replace("\xa0", " ") and "erasure" not in decided and "declined" not in decided
    with translation.override("ru"):
        assert str(DataRequest.State.DECLINED.label) in decided
    assert not CODE.search(dismissed) and not CODE.search(decided)


def test_a_text_kept_in_two_languages_is_read_in_her_own(account: Accounts) -> None:
    person = account("village").person
    event = audit.event("session.added", person, by=None, after={"topic": {"kk": "Сипаттама", "ru": "Описание"}})
    assert "Описание" in next(lines("ru", [event]))[1]
    assert "Сипаттама" in next(lines("kk", [event]))[1]


def test_what_is_gone_keeps_the_name_it_had(country: Callable[[str], Unit]) -> None:
    event = AuditEvent(verb="unit.opened", target_kind="network.unit", target_id="999999", target_name="Ескі атауы")
    assert words.thing_of(event) == "Ескі атауы"


def test_a_word_kept_where_a_file_is_meant_stops_no_page(browse: Browse, country: Callable[[str], Unit]) -> None:
    """The overview of a passport is a file with a long key; the line keeps the start of the file's sum."""
    AuditEvent.objects.create(
        verb="passport.overview", target_kind="conservation.passport", target_id="999999", target_name="К-7",
        after={"overview": "f0aec67a9270"}, scope_path=country("KZ-55").path,
    )  # fmt: skip
    page = browse("pavlodar").get("/kk/trail/")
    assert page.status_code == 200 and "К-7" in page.content.decode()


def test_she_filters_by_what_it_is_about_and_by_words(browse: Browse, account: Accounts) -> None:
    person = account("village").person
    path = Appointment.objects.at().filter(person=person).values_list("unit__path", flat=True)[0]
    for verb in ("person.blocked", "staff.appointed"):
        audit.record(verb, person, by=None, scope_path=path)
    client, address = browse("pavlodar"), reverse("network:trail")

    def found(**query: str) -> set[str]:
        return {row.verb for row in client.get(address, query).context["table"].shown}

    assert "person.blocked" in found() and "staff.appointed" in found()
    assert {verb.partition(".")[0] for verb in found(about="person")} == {"person"}
    with translation.override("kk"):
        word = str(dict(words.verbs())["person.blocked"]).split()[0].upper()
    assert "person.blocked" in found(verb=word) and "staff.appointed" not in found(verb=word)
    assert found(verb="person.blocked") == {"person.blocked"}, "an address that was kept"
    assert found(verb="мұндай сөз жоқ") == set()


def test_the_names_of_a_page_are_asked_at_once(browse: Browse, account: Accounts) -> None:
    client, address = browse("pavlodar"), reverse("network:trail")
    people = [account(login).person for login in ("village", "head", "pavlodar")]
    path = Appointment.objects.at().filter(person=account("village").person).values_list("unit__path", flat=True)[0]

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, {"about": "staff"}).status_code == 200
        return len(asked)

    audit.record("staff.appointed", people[0], by=account("pavlodar"), scope_path=path, after={"person": people[0].pk})
    first = queries()
    for person in people * 3:
        audit.record("staff.appointed", person, by=account("pavlodar"), scope_path=path, after={"person": person.pk})
    assert queries() == first
