"""GIFT, Moodle's text format, read and written. One file is in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orken.questions import exchange, texts
from orken.questions.exchange import Left, Made, Outcome, Question, Taken, decoding
from orken.questions.exchange.moodle_texts import dropped, tidy
from orken.questions.kinds.base import keyed
from orken.questions.kinds.matching import with_right_keys
from orken.questions.kinds.numeric import number

SPECIAL = "~=#{}:"
_HEAD = re.compile(r"^::((?:\\.|[^\\])*?)::", re.DOTALL)
_TITLE = re.compile(r"^\s*::(?:\\.|[^\\])+?::")
_FORMAT = re.compile(r"^\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
_WORTH = re.compile(r"^%(-?\d+(?:\.\d+)?)%")
_CATEGORY = re.compile(r"^\$CATEGORY:\s*(.*)$", re.IGNORECASE)
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


class Wrong(Exception):
    """A question that cannot be read; the text says why."""


def read(content: bytes, language: str) -> Outcome:
    found = decoding.decoded(content)
    outcome = Outcome("gift", remarks=[found.remark] if found.remark else [])
    category = ""
    for line, block in _blocks(found.text):
        where = _("line %(n)s") % {"n": line}
        if told := _CATEGORY.match(block):
            category = told.group(1).strip().removeprefix("$course$/").removeprefix("$system$/").removeprefix("top/")
            continue
        try:
            kind, payload, html = _question(block, language)
        except Wrong as reason:
            outcome.left.append(Left(where, str(reason)))
        else:
            outcome.remarks += [f"{where}: {lost}" for lost in (dropped(payload) if html else [])]
            outcome.taken.append(Taken(where, kind, tidy(payload, html), category))
    return outcome


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Questions, divided by empty lines and titles; notes are passed over, a category is a block of its own.

    An empty line inside of braces belongs to the question only where its brace is closed before another one begins:
    a brace that somebody forgot swallows nobody else's question.
    """
    rows = [(place, line) for place, line in enumerate([*text.splitlines(), ""], start=1) if not line.lstrip().startswith("//")]  # fmt: skip
    lines: list[str] = []
    begin, depth = 0, 0
    for at, (place, line) in enumerate(rows):
        if not line.strip() and depth > 0 and _goes_on(rows, at):
            lines.append("")
            continue
        shelf = _CATEGORY.match(line.strip())
        if not line.strip() or shelf or _TITLE.match(line):
            if lines:
                yield begin, "\n".join(lines)
            lines, depth = [], 0
        if shelf:
            yield place, line.strip()
        elif line.strip():
            begin = begin if lines else place
            lines.append(line)
            depth += _deeper(line)
    if lines:
        yield begin, "\n".join(lines)


def _deeper(line: str) -> int:
    bare = re.sub(r"\\.", "", line)
    return bare.count("{") - bare.count("}")


def _goes_on(rows: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether the open brace is closed before a title, a category or a brace of another question."""
    for _place, line in rows[at:]:
        if _TITLE.match(line) or _CATEGORY.match(line.strip()):
            return False
        opened, closed = _find(line, "{"), _find(line, "}")
        if closed >= 0 and (opened < 0 or closed < opened):
            return True
        if opened >= 0:
            return False
    return False


def _question(block: str, language: str) -> tuple[str, dict[str, Any], bool]:
    """Its kind, its payload as it stands there, and whether its texts are HTML. Raises Wrong."""
    rest = block.strip()
    if name := _HEAD.match(rest):
        rest = rest[name.end() :].strip()
    html = False
    if format := _FORMAT.match(rest):
        rest, html = rest[format.end() :].strip(), format.group(1).lower() == "html"
    begin = _find(rest, "{")
    if begin < 0:
        raise Wrong(_("There are no answers in braces: it is a text, not a question."))
    end = _find(rest, "}", begin + 1)
    if end < 0 or 0 <= _find(rest, "{", begin + 1) < end:
        raise Wrong(_("The brace is not closed."))
    before, inside, after = rest[:begin].strip(), rest[begin + 1 : end].strip(), rest[end + 1 :].strip()
    asked = _plain(before if not after else f"{before} _____ {after}")
    if not asked:
        raise Wrong(_("The question is empty."))
    inside, feedback = _cut(inside, "####")
    kind, payload = _answers(inside.strip(), language)
    made = {"text": {language: asked}, **payload}
    if feedback.strip():
        made["feedback"] = {language: _plain(feedback)}
    return kind, made, html


def _find(text: str, sign: str, start: int = 0) -> int:
    place = start
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text.startswith(sign, place):
            return place
        place += 1
    return -1


def _cut(text: str, sign: str) -> tuple[str, str]:
    place = _find(text, sign)
    return (text, "") if place < 0 else (text[:place], text[place + len(sign) :])


def _plain(text: str) -> str:
    """What stands there for the reader: escapes are taken away."""
    return re.sub(r"\\([n~=#{}:\\])", lambda found: "\n" if found[1] == "n" else found[1], text).strip()


def _parts(text: str) -> list[tuple[str, str]]:
    """«=right ~wrong» as pairs of the sign and what follows."""
    found: list[tuple[str, str]] = []
    place, begin, sign = 0, 0, ""
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] in "=~":
            if sign or text[begin:place].strip():
                found.append((sign, text[begin:place]))
            sign, begin = text[place], place + 1
        place += 1
    found.append((sign, text[begin:]))
    return [(mark, part.strip()) for mark, part in found if part.strip()]


def _answers(inside: str, language: str) -> tuple[str, dict[str, Any]]:
    if not inside:
        return "question.essay", {}
    word, told = _cut(inside, "#")
    if word.strip().upper() in _TRUTH:
        truth = _TRUTH[word.strip().upper()]
        said = [_plain(part) for part in _by_sign(told, "#")]
        payload: dict[str, Any] = {"truth": truth}
        if any(said):
            wrong, right = said[0], said[1] if len(said) > 1 else ""  # GIFT tells first what the wrong answer hears
            heard = (right, wrong) if truth else (wrong, right)
            payload["said"] = [{"text": {language: one} if one else {}} for one in heard]
        return "question.truth", payload
    if inside.startswith("#"):
        return "question.numeric", {"answers": keyed(_numbers(inside[1:].strip(), language), of="answer"), "units": []}
    parts = _parts(inside)
    if parts and all(sign == "=" and _find(text, "->") >= 0 for sign, text in parts):
        pairs = []
        for _sign, text in parts:
            left, right = _cut(text, "->")
            pairs.append({"left": {language: _plain(left)} if left.strip() else {}, "right": {language: _plain(right)}})
        return "question.matching", {"pairs": with_right_keys(pairs)}
    if any(sign == "=" and _find(text, "->") >= 0 for sign, text in parts):
        place, lone = next((n, text) for n, (sign, text) in enumerate(parts, start=1) if sign != "=" or _find(text, "->") < 0)  # fmt: skip
        raise Wrong(_("Pair %(n)s, “%(text)s”, is not whole: every pair of a matching question begins with = and has an arrow -> in it.") % {"n": place, "text": _plain(lone)[:60]})  # fmt: skip
    rows: list[dict[str, Any]] = [_row(sign, text, language) for sign, text in parts]
    if any(sign not in ("=", "~") for sign, _text in parts):
        raise Wrong(_("An answer begins neither with = nor with ~."))
    if all(sign == "=" for sign, _text in parts):
        answers = [{"answer": row["text"][language], "fraction": row["fraction"], **_told(row)} for row in rows]
        return "question.short", {"answers": keyed(answers, of="answer")}
    several = not any(sign == "=" for sign, _text in parts)
    if several and not any(float(row["fraction"]) > 0 for row in rows):
        raise Wrong(_("No answer is right."))
    return ("question.several" if several else "question.choice"), {"options": keyed(rows)}


def _by_sign(text: str, sign: str) -> list[str]:
    found = []
    while text:
        part, text = _cut(text, sign)
        found.append(part.strip())
    return found


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {"feedback": row["feedback"]} if row.get("feedback") else {}


def _row(sign: str, text: str, language: str) -> dict[str, Any]:
    worth = 100.0 if sign == "=" else 0.0
    if told := _WORTH.match(text):
        worth, text = float(told.group(1)), text[told.end() :]
        if not -100 <= worth <= 100:
            raise Wrong(_("An answer is worth between −100 and 100 per cent."))
    text, feedback = _cut(text, "#")
    row: dict[str, Any] = {"text": {language: _plain(text)}, "fraction": worth}
    if feedback.strip():
        row["feedback"] = {language: _plain(feedback)}
    return row


def _numbers(inside: str, language: str) -> list[dict[str, Any]]:
    rows = []
    for sign, text in _parts(inside):
        row = _row("=" if sign in ("", "=") else sign, text, language)
        told = row["text"][language]
        if ".." in told:
            low, high = (number(part) for part in told.split("..", 1))
            if low is None or high is None:
                raise Wrong(_("“%(text)s” is no number.") % {"text": told[:40]})
            middle, tolerance = (low + high) / 2, abs(high - low) / 2
        else:
            value, _sign, around = told.partition(":")
            found, tolerance_or_none = number(value), number(around or 0)
            if found is None or tolerance_or_none is None:
                raise Wrong(_("“%(text)s” is no number.") % {"text": told[:40]})
            middle, tolerance = found, abs(tolerance_or_none)
        rows.append({"answer": _short(middle), "tolerance": _short(tolerance), "fraction": row["fraction"], **_told(row)})  # fmt: skip
    return rows


def _short(value: Decimal) -> str:
    return format(value.normalize(), "f")


# --- writing ---


def write(questions: Sequence[Question], language: str) -> Made:
    blocks: list[str] = []
    left: list[Left] = []
    shelf, written = "", 0
    for one in sorted(questions, key=lambda question: question.category):
        where = texts.label(one.payload.get("text", {}), bool(one.payload.get("html")), language, 80) or one.uid
        if one.category != shelf:
            blocks.append(f"$CATEGORY: {one.category or 'top'}")
            shelf = one.category
        try:
            inside = _inside(one, language)
        except Wrong as reason:
            left.append(Left(where, str(reason)))
            continue
        mark = "[html]" if one.payload.get("html") else "[plain]"
        feedback = one.payload.get("feedback")
        tail = f"####{_escaped(texts.said(feedback, language))}" if feedback else ""
        blocks.append(f"{mark}{_escaped(texts.said(one.payload['text'], language))} {{{inside}{tail}}}")
        written += 1
        if texts.pictures_in(str(one.payload)):
            left.append(Left(where, _("Written without its picture: GIFT has no place for it.")))
        if one.payload.get("guide") or one.payload.get("units"):
            left.append(Left(where, _("Written without its units or its guide for marking: GIFT has no place for them.")))  # fmt: skip
    return Made(("\n\n".join(blocks) + "\n").encode(), "text/plain; charset=utf-8", "gift", written, left)


def _escaped(text: str) -> str:
    return re.sub(r"([~=#{}:\\])", r"\\\1", text).replace("\n", "\\n")


def _with(row: dict[str, Any], language: str) -> str:
    return f"#{_escaped(texts.said(row['feedback'], language))}" if row.get("feedback") else ""


def _worth(value: float) -> str:
    return f"%{value:g}%"


def _inside(one: Question, language: str) -> str:
    payload = one.payload
    if one.kind in ("question.choice", "question.several"):
        rows = []
        for row in payload["options"]:
            worth = float(row.get("fraction") or 0)
            if one.kind == "question.choice":
                mark = "=" if worth == 100 else "~" if worth == 0 else f"~{_worth(worth)}"
            else:
                mark = f"~{_worth(worth)}"
            rows.append(f"{mark}{_escaped(texts.said(row['text'], language))}{_with(row, language)}")
        return "\n".join(rows)
    if one.kind == "question.truth":
        said = [texts.said(row.get("text", {}), language) for row in payload.get("said", [])] or ["", ""]
        wrong, right = (said[1], said[0]) if payload["truth"] else (said[0], said[1])
        tail = f"#{_escaped(wrong)}#{_escaped(right)}" if wrong or right else ""
        return f"{'TRUE' if payload['truth'] else 'FALSE'}{tail}"
    if one.kind == "question.short":
        return "\n".join(f"={_worth(float(row['fraction']))}{_escaped(row['answer'])}{_with(row, language)}" for row in payload["answers"])  # fmt: skip
    if one.kind == "question.numeric":
        rows = [f"={_worth(float(row['fraction']))}{_point(row['answer'])}:{_point(row.get('tolerance') or 0)}{_with(row, language)}" for row in payload["answers"]]  # fmt: skip
        return "#" + "\n".join(rows)
    if one.kind == "question.matching":
        return "\n".join(f"={_escaped(texts.said(row.get('left') or {}, language))} -> {_escaped(texts.said(row['right'], language))}" for row in payload["pairs"])  # fmt: skip
    if one.kind == "question.essay":
        return ""
    raise Wrong(str(exchange.CANNOT))


def _point(value: Any) -> str:
    found = number(value)
    return _short(found) if found is not None else "0"
