"""Hints in steps: what each says, what it costs, and that nobody earns by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from orken.cataloguing import codecs, hinting, marking, profiles
from orken.cataloguing.grading import Marked
from orken.cataloguing.kinds import DescribeBook
from orken.cataloguing.record import Record
from orken.cataloguing.tasks import material
from orken.cataloguing.views import common

Browse = Callable[[str], Client]
BOOK = "ru-essays"
PAYLOAD = {"book": BOOK, "format": "rusmarc"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "OFTEN", 10_000)


def marked(record: Record, format: str = "rusmarc", book: str = BOOK) -> Marked:
    return marking.mark(record, profiles.get(format), marking.experts_of(book, format))


def weak(format: str = "rusmarc", book: str = BOOK) -> Record:
    """The expert's record without what matters most."""
    gone = (
        ("675", "686", "606", "700", "701", "215")
        if format == "rusmarc"
        else ("080", "084", "650", "100", "700", "300")
    )
    return material.experts(book, format)[0].without(*gone)


def text(record: Record) -> str:
    return codecs.dumps(record, "mrk").decode()


@pytest.mark.parametrize("format", list(material.FORMATS))
def test_hints_go_from_the_area_to_the_value_and_then_to_the_next_element(format: str) -> None:
    kind, payload = DescribeBook(), {"book": BOOK, "format": format}
    own = marked(weak(format), format)
    taken: tuple[hinting.Taken, ...] = ()
    steps: list[tuple[str, str]] = []
    while (offered := kind.hint(payload, own, taken)) is not None:
        taken = (*taken, offered.taken)
        steps.append((offered.taken.element, offered.taken.step))
    first = steps[0][0]
    dearest = max(own.elements, key=lambda one: one.points)
    assert first == dearest.element.name
    assert [step for element, step in steps if element == first] == ["area", "field", "rule", "value"]
    assert steps[:4] == [(first, step) for step in hinting.STEPS]
    lost = {one.element.name for one in own.elements if one.points > hinting.LEAST and one.score < 1}
    assert {element for element, _step in steps} == lost
    # All the steps of all the elements cost what was lost, no more and no less.
    assert hinting.cost(taken) == pytest.approx(sum(one.points for one in own.elements if one.score < 1), abs=0.2)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_each_step_tells_more_and_only_the_last_tells_the_value(language: str) -> None:
    own = marked(weak())
    with translation.override(language):
        kind = DescribeBook()
        taken: tuple[hinting.Taken, ...] = ()
        texts = []
        for _step in hinting.STEPS:
            offered = kind.hint(PAYLOAD, own, taken)
            assert offered is not None
            taken = (*taken, offered.taken)
            texts.append(offered.text)
    assert len(set(texts)) == 4
    element = next(one for one in own.elements if one.element.name == taken[0].element)
    value = element.expert_words[0]
    assert all(value not in said for said in texts[:3])
    assert value in texts[3]
    assert any(sign.isdigit() for sign in texts[1]), "the field is named by its tag"


@pytest.mark.parametrize("book", [one.code for one in material.books()])
@pytest.mark.parametrize("format", list(material.FORMATS))
def test_whoever_is_told_everything_earns_nothing_by_copying_it(book: str, format: str) -> None:
    kind, payload = DescribeBook(), {"book": book, "format": format}
    poor = marked(weak(format, book), format, book)
    taken: tuple[hinting.Taken, ...] = ()
    while (offered := kind.hint(payload, poor, taken)) is not None:
        taken = (*taken, offered.taken)
    whole = marked(material.experts(book, format)[0], format, book)
    assert whole.score == 100
    copied = hinting.paid(whole, taken)
    # What the elements had lost stays lost; only what the checker says to everybody for nothing is regained.
    lost = sum(one.points for one in poor.elements if one.score < 1)
    assert copied.score == pytest.approx(100 - lost, abs=0.3)


def test_an_area_that_was_named_is_not_sold_again() -> None:
    own = marked(weak())
    kind = DescribeBook()
    taken: tuple[hinting.Taken, ...] = ()
    areas = []
    while (offered := kind.hint(PAYLOAD, own, taken)) is not None:
        taken = (*taken, offered.taken)
        if offered.taken.step == "area":
            areas.append(offered.text)
    assert len(areas) == len(set(areas))


def test_a_hint_about_what_is_on_a_page_names_the_page() -> None:
    record = weak()
    own = marked(record)
    with translation.override("en"):
        hint = hinting.told(own, [hinting.Taken("extent", "rule", 1)], "rusmarc", DescribeBook()._pages(PAYLOAD))
        (said,) = hint
        named = [page for page in ("Title page", "Back of the title page", "Imprint") if page in said.text]
    assert said.text.startswith("Extent: needed here and not given.")
    assert len(named) <= 1
    place = marked(material.experts(BOOK, "rusmarc")[0].without("210"))
    with translation.override("en"):
        (said,) = hinting.told(
            place, [hinting.Taken("publisher", "rule", 1)], "rusmarc", DescribeBook()._pages(PAYLOAD)
        )
    assert "Where to see it: Title page." in said.text


def test_what_is_mended_is_said_to_be_right_and_stays_paid() -> None:
    taken = (hinting.Taken("subject", "area", 1.5),)
    whole = marked(material.experts(BOOK, "rusmarc")[0])
    (hint,) = hinting.told(whole, taken, "rusmarc")
    assert hint.right
    left = hinting.paid(whole, taken)
    assert left.score == 98.5
    assert [one.kind for one in left.penalties] == ["hint"]
    assert hinting.paid(whole, ()) is whole


def test_a_limit_stands_above_the_price_of_hints() -> None:
    own = marked(material.experts(BOOK, "rusmarc")[0].without("700", "701"))
    assert [cap.limit for cap in own.caps]
    left = hinting.paid(own, (hinting.Taken("main", "area", 1),))
    assert left.score == min(cap.limit for cap in own.caps)
    assert all(reason is None for _limit, reason in hinting.plain_caps(own)), "the reason would name the element"


# --- on the page of a book ---


def send(client: Client, record: str, do: str, **more: str) -> str:
    address = reverse("cataloguing:book", args=[BOOK])
    answer = client.post(address, {"text": record, "format": "rusmarc", "do": do, **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_the_experts_are_shown_after_a_pass_or_after_the_last_try(browse: Browse) -> None:
    client = browse("student")
    secret = marked(weak()).elements
    values = [word for one in secret if one.state == "missing" for word in one.expert_words if len(word) > 8]
    assert values
    poor = text(weak())
    source = client.get(reverse("cataloguing:book", args=[BOOK])).content.decode()
    hidden = [value for value in values if value not in source]
    assert hidden, "some values are not on the pages of the book"
    for _time in range(4):  # the same record again is no further try
        page = send(client, poor, "grade")
        assert "big num" in page
        assert not any(value in page for value in hidden)
    send(client, text(weak().without("210")), "grade")
    last = send(client, text(weak().without("010")), "grade")
    assert any(value in last for value in hidden)
    again = send(client, poor, "anew")
    assert not any(value in again for value in hidden)
    assert "=200" in again, "what she wrote stays"
    page = send(client, poor, "grade")
    assert not any(value in page for value in hidden)
    good = send(browse("student"), text(material.experts(BOOK, "rusmarc")[0]), "grade")
    assert "100" in good and any(value in good for value in hidden)


@pytest.mark.django_db
def test_a_hint_is_taken_once_and_lowers_the_mark(browse: Browse) -> None:
    client = browse("student")
    poor = text(weak())
    first = send(client, poor, "hint", taken="0")
    twice = send(client, poor, "hint", taken="0")  # the same page sent again
    assert first.count("todo") == twice.count("todo") == 1
    assert 'name="taken" value="1"' in twice
    second = send(client, poor, "hint", taken="1")
    assert 'name="taken" value="2"' in second
    good = send(client, text(material.experts(BOOK, "rusmarc")[0]), "grade")
    offered = DescribeBook().hint(PAYLOAD, marked(weak()), ())
    assert offered is not None
    assert '<p class="big num">100' not in good
    # Good work is offered no hint, whatever is sent.
    done = send(client, text(material.experts(BOOK, "rusmarc")[0]), "hint", taken="2")
    assert 'name="taken" value="2"' in done


@pytest.mark.django_db
def test_hints_are_paid_in_the_other_format_too_and_not_for_another_book(browse: Browse) -> None:
    """What a hint told in RUSMARC would be known for nothing in MARC 21."""
    client = browse("student")
    send(client, text(weak()), "hint", taken="0")
    address = reverse("cataloguing:book", args=[BOOK])
    other: Any = client.post(address, {"text": text(weak("marc21")), "format": "marc21", "do": "grade"})
    assert 'name="taken" value="1"' in other.content.decode()
    whole = material.experts(BOOK, "marc21")[0]
    paid = client.post(address, {"text": text(whole), "format": "marc21", "do": "grade"}).content.decode()
    assert '<p class="big num">100<' not in paid
    elsewhere = reverse("cataloguing:book", args=["kk-novel"])
    free = client.post(
        elsewhere, {"text": text(material.experts("kk-novel", "rusmarc")[0]), "format": "rusmarc", "do": "grade"}
    )
    assert '<p class="big num">100<' in free.content.decode()


@pytest.mark.django_db
def test_a_book_is_begun_in_the_format_she_asks_for(browse: Browse) -> None:
    page = browse("student").get(reverse("cataloguing:book", args=[BOOK]), {"format": "marc21"}).content.decode()
    assert "=245" in page
    assert '<option value="marc21" selected>' in page
