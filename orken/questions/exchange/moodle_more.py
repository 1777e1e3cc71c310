"""Two kinds of Moodle that have none of ours: cloze becomes a text with gaps, calculated a pool of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from orken.questions.exchange.formulas import NoFormula, value
from orken.questions.exchange.wrong import Wrong
from orken.questions.kinds.base import keyed
from orken.questions.kinds.numeric import number

SETS = 20  # of a calculated question so many variants are taken: enough that neighbours get different ones
_CODE = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
_PARTS = re.compile(r"(?<!\\)~")
_ANSWER = re.compile(r"^\s*(=|%(-?\d+(?:\.\d+)?)%)?(.*)$", re.DOTALL)
_CHOSEN = ("MULTICHOICE", "MC")
_TYPED = ("SHORTANSWER", "SA", "MW")
_NUMBER = ("NUMERICAL", "NM")
_EXPRESSION = re.compile(r"\{=((?:[^{}]|\{[^{}]*\})+)\}")


def cloze(asked: dict[str, str], language: str) -> dict[str, Any]:
    """A text with gaps; a gap that is worth more than another, or an answer that is worth a part, has no place in it."""
    if len(asked) != 1:
        raise Wrong(_("Its gaps are in several languages."))
    text = next(iter(asked.values()))
    gaps: list[dict[str, Any]] = []
    weights: set[str] = set()
    told = False

    def gap(found: re.Match[str]) -> str:
        nonlocal told
        weights.add(found.group(1) or "1")
        place = str(len(gaps) + 1)
        right, others, said = _gap(place, found.group(2), unescape(found.group(3)))
        told |= said
        gaps.append({"key": place, "right": {language: " | ".join(right)}, **({"others": {language: " | ".join(others)}} if others else {})})  # fmt: skip
        return f"[[{place}]]"

    text = _CODE.sub(gap, text)
    if not gaps or len(gaps) > 99:
        raise Wrong(_("No gap is found in it."))
    if len(weights) > 1:
        raise Wrong(_("Its gaps are not worth the same."))
    remark = _("What was said to single answers of its gaps is not kept.") if told else ""
    return {"kind": "question.gaps", "text": {language: text}, "gaps": gaps, "remark": remark}


def _gap(place: str, kind: str, body: str) -> tuple[list[str], list[str], bool]:
    """Right answers, wrong ones to choose from, and whether something was said to one of them."""
    name = re.sub(r"_[A-Z]+$", "", kind) if "_" in kind else re.sub(r"^(MC|SA|MW)[VHSC]*$", r"\1", kind)
    if name not in (*_CHOSEN, *_TYPED, *_NUMBER):
        raise Wrong(_("Gap %(n)s is of the kind “%(kind)s”, which is not taken in.") % {"n": place, "kind": kind[:30]})
    right, others, said = [], [], False
    for part in _PARTS.split(body):
        answer, hash_, words = _parted(part)
        found = _ANSWER.match(answer)
        assert found is not None, "it matches anything"
        worth = 100.0 if found.group(1) == "=" else float(found.group(2) or 0)
        word = re.sub(r"\\(.)", r"\1", found.group(3)).strip()
        said |= bool(hash_ and words.strip())
        if "|" in word:
            raise Wrong(_("An answer of gap %(n)s holds “|”, which divides answers here.") % {"n": place})
        if 0 < worth < 100:
            raise Wrong(_("An answer of gap %(n)s is worth a part of the mark.") % {"n": place})
        if worth >= 100:
            right += _numbers(place, word) if name in _NUMBER else [word]
        elif word and name in _CHOSEN:
            others.append(word)
    if not right or (name in _CHOSEN and len(right) != 1):
        raise Wrong(_("Gap %(n)s has no single right answer.") % {"n": place})
    return right, others, said


def _parted(part: str) -> tuple[str, str, str]:
    """An answer and what is said to it, parted by a «#» that is not escaped."""
    found = re.search(r"(?<!\\)#", part)
    return (part[: found.start()], "#", part[found.end() :]) if found else (part, "", "")


def _numbers(place: str, word: str) -> list[str]:
    told, _colon, tolerance = word.partition(":")
    if number(told) is None:
        raise Wrong(_("“%(text)s” is no number.") % {"text": told[:40]})
    if number(tolerance or 0):
        raise Wrong(_("The number of gap %(n)s has a tolerance: ask it as a question of its own.") % {"n": place})
    told = told.strip()
    return [told] if "." not in told else [told, told.replace(".", ",")]


def variants(one: Element, asked: dict[str, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """A calculated question as one question for each row of its data, numbered from 1. Raises Wrong."""
    rows = _rows(one)
    if not rows:
        raise Wrong(_("It has no data set of its own in the file: its numbers are made by Moodle."))
    for place, row in enumerate(rows[:SETS], start=1):
        try:
            yield place, _variant(one, asked, row)
        except NoFormula:
            raise Wrong(_("Its formula holds more than arithmetic, or has no value.")) from None


def _rows(one: Element) -> list[dict[str, float]]:
    """The values of each set, as far as every name has one."""
    by_name: dict[str, dict[int, float]] = {}
    for told in one.findall("dataset_definitions/dataset_definition"):
        name = (told.findtext("name/text") or "").strip()
        found = by_name.setdefault(name, {})
        for item in told.findall("dataset_items/dataset_item"):
            place, value_ = number(item.findtext("number") or ""), number(item.findtext("value") or "")
            if place is not None and value_ is not None:
                found[int(place)] = float(value_)
    if not by_name:
        return []
    common = set.intersection(*(set(values) for values in by_name.values()))
    return [{name: values[place] for name, values in by_name.items()} for place in sorted(common)]


def _variant(one: Element, asked: dict[str, str], row: dict[str, float]) -> dict[str, Any]:
    def put(text: str) -> str:
        text = _EXPRESSION.sub(lambda found: _shown(value(unescape(found.group(1)), row)), text)
        for name, known in row.items():
            text = text.replace(f"{{{name}}}", _shown(known))
        return text

    answers = []
    for answer in one.findall("answer"):
        worth = number(answer.get("fraction") or 0) or Decimal(0)
        right = value(answer.findtext("text") or "", row)
        tolerance = float(number(answer.findtext("tolerance") or 0) or 0)
        if (
            answer.findtext("tolerancetype") or "1"
        ).strip() == "1":  # relative, as Moodle takes it where nothing is said
            tolerance *= abs(right)
        answers.append({"answer": _shown(right), "tolerance": _shown(tolerance), "fraction": float(worth)})
    if not answers:
        raise Wrong(_("No answer is right."))
    return {
        "kind": "question.numeric", "text": {code: put(text) for code, text in asked.items()},
        "answers": keyed(answers, of="answer"), "units": [],
    }  # fmt: skip


def _shown(found: float) -> str:
    """A number as people write it: ten figures, no tail of noughts."""
    text = format(found, ".10g")
    return format(Decimal(text), "f")
