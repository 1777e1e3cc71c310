"""Moodle XML, written: all three languages stand in one text, as Moodle's own filter reads them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext as _

from orken.questions import exchange, texts
from orken.questions.exchange import Left, Made, Question
from orken.questions.exchange.moodle_texts import together
from orken.questions.kinds.numeric import number

Pictures = Callable[[str], bytes | None]


class Wrong(Exception):
    """A question that Moodle's format cannot say."""


def write(questions: Sequence[Question], pictures: Pictures) -> Made:
    root = Element("quiz")
    left: list[Left] = []
    shelf, written = "", 0
    for one in sorted(questions, key=lambda question: question.category):
        label = texts.label(one.payload["text"], bool(one.payload.get("html")), "kk", 80) or texts.plain(texts.said(one.payload["text"]))[:80]  # fmt: skip
        if one.category != shelf:
            told = SubElement(root, "question", {"type": "category"})
            SubElement(SubElement(told, "category"), "text").text = f"$course$/top/{one.category}"
            shelf = one.category
        try:
            made = _question(one, label, pictures)
        except Wrong as reason:
            left.append(Left(label or one.uid, str(reason)))
            continue
        root.append(made)
        written += 1
    indent(root)
    content = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")
    return Made(content, "application/xml; charset=utf-8", "xml", written, left)


def _question(one: Question, label: str, pictures: Pictures) -> Element:
    payload = one.payload
    kind = KINDS.get(one.kind)
    if kind is None:
        raise Wrong(str(exchange.CANNOT))
    made = Element("question", {"type": kind})
    SubElement(SubElement(made, "name"), "text").text = label or one.uid
    _text(made, "questiontext", payload["text"], payload, pictures)
    if payload.get("feedback"):
        _text(made, "generalfeedback", payload["feedback"], payload, pictures)
    SubElement(made, "idnumber").text = one.uid
    WRITERS[one.kind](made, payload, pictures)
    if one.tags:
        tags = SubElement(made, "tags")
        for name in one.tags:
            SubElement(SubElement(tags, "tag"), "text").text = name
    return made


def _text(parent: Element, name: str, words: dict[str, str], payload: dict[str, Any], pictures: Pictures, **more: str) -> Element:  # fmt: skip
    """A text with its pictures beside it, as Moodle keeps them."""
    text, format = together(words, bool(payload.get("html")))
    found = SubElement(parent, name, {"format": format, **more})
    for uid in sorted(texts.pictures_in(text)):
        text = text.replace(f"{texts.PICTURE}{uid}", f"@@PLUGINFILE@@/{uid}.webp")
    SubElement(found, "text").text = text
    for uid in sorted(texts.pictures_in(" ".join(words.values()))):
        content = pictures(uid)
        if content is not None:
            file = SubElement(found, "file", {"name": f"{uid}.webp", "path": "/", "encoding": "base64"})
            file.text = base64.b64encode(content).decode()
    return found


def _answer(made: Element, row: dict[str, Any], payload: dict[str, Any], pictures: Pictures, text: Any) -> Element:
    worth = f"{float(row.get('fraction') or 0):g}"
    if isinstance(text, dict):
        found = _text(made, "answer", text, payload, pictures, fraction=worth)
    else:
        found = SubElement(made, "answer", {"fraction": worth, "format": "plain_text"})
        SubElement(found, "text").text = text
    if row.get("feedback"):
        _text(found, "feedback", row["feedback"], payload, pictures)
    return found


def _choices(made: Element, payload: dict[str, Any], pictures: Pictures, single: str) -> None:
    SubElement(made, "single").text = single
    SubElement(made, "shuffleanswers").text = "false" if payload.get("keep_order") else "true"
    for row in payload["options"]:
        _answer(made, row, payload, pictures, row["text"])


def _truth(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    said = payload.get("said") or [{}, {}]
    for place, word in enumerate(("true", "false")):
        right = payload["truth"] == (word == "true")
        told = said[place].get("text") if place < len(said) else None
        _answer(made, {"fraction": 100 if right else 0, "feedback": told}, payload, pictures, word)


def _typed(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    for row in payload["answers"]:
        _answer(made, row, payload, pictures, row["answer"])


def _numeric(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    for row in payload["answers"]:
        found = _answer(made, row, payload, pictures, _point(row["answer"]))
        SubElement(found, "tolerance").text = _point(row.get("tolerance") or 0)
    if payload.get("units"):
        SubElement(made, "unitgradingtype").text = "1" if payload.get("unit_needed") else "0"
        units = SubElement(made, "units")
        for row in payload["units"]:
            unit = SubElement(units, "unit")
            factor = number(row.get("factor") or 1) or Decimal(1)
            SubElement(unit, "multiplier").text = format((1 / factor).normalize() if factor != 1 else factor, "f")
            SubElement(unit, "unit_name").text = row["unit"]


def _point(value: Any) -> str:
    found = number(value)
    if found is None:
        raise Wrong(_("An expected answer or its tolerance is no number."))
    return format(found, "f")


def _matching(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    SubElement(made, "shuffleanswers").text = "true"
    for row in payload["pairs"]:
        sub = _text(made, "subquestion", row.get("left") or {"kk": ""}, payload, pictures)
        right, _format = together(row["right"], bool(payload.get("html")))
        SubElement(SubElement(sub, "answer"), "text").text = right


def _ordering(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    for place, row in enumerate(payload["items"], start=1):
        _text(made, "answer", row["text"], payload, pictures, fraction=str(place))


def _gaps(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    """Gaps with lists, each in a group of its own; in one language alone, for a choice of Moodle is one text."""
    if len(payload["text"]) > 1 or any(not gap.get("others") for gap in payload["gaps"]):
        raise Wrong(_("Moodle's gaps are chosen from a list and stand in one language."))
    language = next(iter(payload["text"]))
    rights, others = [], []
    for group, gap in enumerate(payload["gaps"], start=1):
        rights.append((gap["right"].get(language, "").split("|")[0].strip(), group))
        others += [(one.strip(), group) for one in gap["others"].get(language, "").split("|") if one.strip()]
    for text, group in [*rights, *others]:
        option = SubElement(made, "selectoption")
        SubElement(option, "text").text = text
        SubElement(option, "group").text = str(group)


def _essay(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    SubElement(made, "responseformat").text = "editor"
    for ours, theirs in (("least", "minwordlimit"), ("most", "maxwordlimit")):
        if payload.get(ours):
            SubElement(made, theirs).text = str(payload[ours])
    if payload.get("guide"):
        _text(made, "graderinfo", payload["guide"], payload, pictures)


def _file(made: Element, payload: dict[str, Any], pictures: Pictures) -> None:
    SubElement(made, "responseformat").text = "noinline"
    SubElement(made, "attachments").text = str(payload.get("files") or 1)
    if payload.get("guide"):
        _text(made, "graderinfo", payload["guide"], payload, pictures)


KINDS = {
    "question.choice": "multichoice", "question.several": "multichoice", "question.truth": "truefalse", "question.short": "shortanswer",
    "question.numeric": "numerical", "question.matching": "matching", "question.ordering": "ordering", "question.gaps": "gapselect",
    "question.essay": "essay", "question.file": "essay",
}  # fmt: skip
WRITERS: dict[str, Callable[[Element, dict[str, Any], Pictures], None]] = {
    "question.choice": lambda made, payload, pictures: _choices(made, payload, pictures, "true"),
    "question.several": lambda made, payload, pictures: _choices(made, payload, pictures, "false"),
    "question.truth": _truth, "question.short": _typed, "question.numeric": _numeric, "question.matching": _matching,
    "question.ordering": _ordering, "question.gaps": _gaps, "question.essay": _essay, "question.file": _file,
}  # fmt: skip
