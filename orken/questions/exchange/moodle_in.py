"""Moodle XML, read: without entities, without anything from outside."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from orken.questions.exchange import Left, Outcome, Taken, Unreadable, moodle_more
from orken.questions.exchange.moodle_texts import dropped, languages, slug, tidy, with_pictures
from orken.questions.exchange.wrong import Wrong
from orken.questions.kinds.base import keyed
from orken.questions.kinds.matching import with_right_keys
from orken.questions.kinds.numeric import number

LARGEST_PICTURE = 8 * 1024 * 1024
_MARK = re.compile(r"\[\[(\d{1,2})\]\]")


def read(content: bytes, language: str) -> Outcome:
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(_("The file declares entities of its own, which are not read for safety. Export it anew from Moodle.")) from None  # fmt: skip
    except ParseError as fault:
        raise Unreadable(_("Line %(n)s is no right XML, or the file is in another encoding than it says. Export it anew as UTF-8.") % {"n": fault.position[0]}) from None  # fmt: skip
    except (ValueError, LookupError, UnicodeError):
        raise Unreadable(_("The file says that it is in an encoding that it is not in. Export it anew as UTF-8.")) from None  # fmt: skip
    if root.tag != "quiz":
        raise Unreadable(_("This is XML, but no questions of Moodle: it begins with <%(tag)s>, not with <quiz>.") % {"tag": str(root.tag).rsplit("}", 1)[-1][:40]})  # fmt: skip
    outcome = Outcome("moodlexml")
    category, number_ = "", 0
    for one in root.findall("question"):
        kind = one.get("type", "")
        if kind == "category":
            category = _category((one.findtext("category/text") or "").strip())
            continue
        number_ += 1
        name = (one.findtext("name/text") or "").strip()
        where = _("question %(n)s “%(name)s”") % {"n": number_, "name": name[:80]} if name else _("question %(n)s") % {"n": number_}  # fmt: skip
        try:
            found = list(_all(one, kind, where, category, language, outcome))
            outcome.taken += found
        except Wrong as reason:
            outcome.left.append(Left(where, str(reason)))
    return outcome


def _category(path: str) -> str:
    return "/".join(part for part in path.split("/") if part not in ("", "$course$", "$system$", "$module$", "top"))[:200]  # fmt: skip


def _all(one: Element, kind: str, where: str, category: str, language: str, outcome: Outcome) -> Iterator[Taken]:
    """What a question of the file gives: mostly one; of a calculated one a pool under a tag of its own."""
    if not kind.startswith("calculated"):
        yield _taken(one, kind, where, category, language, outcome)
        return
    if kind == "calculatedmulti":
        raise Wrong(_("Questions of the kind “%(kind)s” are not taken in.") % {"kind": kind})
    made = list(moodle_more.variants(one, _words(one.find("questiontext"), language)))
    tag = f"pool-{slug((one.findtext('name/text') or where).strip())[:8]}"
    for place, told in made:
        found = _taken(one, kind, _("%(where)s, set %(n)s") % {"where": where, "n": place}, category, language, outcome, told)  # fmt: skip
        yield replace(found, tags=(*found.tags, tag))
    outcome.remarks.append(_("%(where)s became %(n)s questions with the tag “%(tag)s”: draw one of them.") % {"where": where, "n": len(made), "tag": tag})  # fmt: skip


def _taken(
    one: Element, kind: str, where: str, category: str, language: str, outcome: Outcome, made: dict[str, Any] | None = None
) -> Taken:  # fmt: skip
    named: dict[str, str] = {}
    for inner in one.iter("text"):
        inner.text = with_pictures(inner.text or "", named)
    reader = READERS.get(kind)
    if reader is None and made is None:
        raise Wrong(_("Questions of the kind “%(kind)s” are not taken in.") % {"kind": kind[:40]} if kind != "description" else _("It is a text, not a question."))  # fmt: skip
    told = dict(made or {}) if reader is None else reader(one, language)
    if made is not None:  # its words were put together before its pictures were named
        told["text"] = {code: with_pictures(text, named) for code, text in told["text"].items()}
    ours = told.pop("kind")
    if remark := told.pop("remark", ""):
        outcome.remarks.append(f"{where}: {remark}")
    payload: dict[str, Any] = {"text": _words(one.find("questiontext"), language), **told}
    if not payload["text"]:
        raise Wrong(_("The question is empty."))
    if feedback := _words(one.find("generalfeedback"), language):
        payload["feedback"] = feedback
    pictures = _pictures(one)
    if missing := [name for key, name in named.items() if key not in pictures]:
        raise Wrong(_("The picture “%(name)s” is not in the file.") % {"name": missing[0][:80]})
    outcome.remarks += [f"{where}: {lost}" for lost in dropped(payload)]
    kept = tidy(payload, True)
    tags = tuple(text for tag in one.findall("tags/tag/text") if (text := (tag.text or "").strip()))
    return Taken(where, ours, kept, category, tags, pictures)


def _words(element: Element | None, language: str) -> dict[str, str]:
    """A text in its languages, as HTML."""
    if element is None:
        return {}
    text = element.findtext("text") or element.text or ""
    if element.get("format") in ("plain_text", "moodle_auto_format", "markdown") or (element.get("format") is None and "<" not in text):  # fmt: skip
        from html import escape

        text = escape(text, quote=False).strip().replace("\n", "<br>")
    return languages(text, language)


def _pictures(one: Element) -> dict[str, bytes]:
    found = {}
    for file in one.iter("file"):
        name = unquote(file.get("name", ""))
        try:
            content = base64.b64decode("".join((file.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            raise Wrong(_("The picture “%(name)s” is broken in the file.") % {"name": name[:80]}) from None
        if len(content) > LARGEST_PICTURE:
            raise Wrong(_("The picture “%(name)s” is larger than 8 MB.") % {"name": name[:80]})
        found[slug(name)] = content
    return found


def _worth(answer: Element) -> float:
    found = number(answer.get("fraction") or 0)
    if found is None or not -100 <= found <= 100:
        raise Wrong(_("An answer is worth between −100 and 100 per cent."))
    return round(float(found), 5)


def _rows(one: Element, language: str) -> list[dict[str, Any]]:
    rows = []
    for answer in one.findall("answer"):
        row: dict[str, Any] = {"text": _words(answer, language), "fraction": _worth(answer)}
        if feedback := _words(answer.find("feedback"), language):
            row["feedback"] = feedback
        rows.append(row)
    return rows


def _multichoice(one: Element, language: str) -> dict[str, Any]:
    single = (one.findtext("single") or "true").strip() in ("true", "1")
    payload: dict[str, Any] = {"kind": "question.choice" if single else "question.several", "options": keyed(_rows(one, language))}  # fmt: skip
    if (one.findtext("shuffleanswers") or "true").strip() in ("false", "0"):
        payload["keep_order"] = True
    return payload


def _truefalse(one: Element, language: str) -> dict[str, Any]:
    said: dict[bool, dict[str, str]] = {}
    truth: bool | None = None
    for answer in one.findall("answer"):
        word = (answer.findtext("text") or "").strip().lower()
        if word not in ("true", "false"):
            raise Wrong(_("An answer is neither true nor false."))
        if _worth(answer) >= 100:
            truth = word == "true"
        said[word == "true"] = _words(answer.find("feedback"), language)
    if truth is None:
        raise Wrong(_("No answer is right."))
    payload: dict[str, Any] = {"kind": "question.truth", "truth": truth}
    if any(said.values()):
        payload["said"] = [{"text": said.get(True, {})}, {"text": said.get(False, {})}]
    return payload


def _typed(one: Element, language: str) -> list[dict[str, Any]]:
    rows = []
    for answer in one.findall("answer"):
        row: dict[str, Any] = {"answer": (answer.findtext("text") or "").strip(), "fraction": _worth(answer)}
        if feedback := _words(answer.find("feedback"), language):
            row["feedback"] = feedback
        rows.append(row)
    return rows


def _short(one: Element, language: str) -> dict[str, Any]:
    return {"kind": "question.short", "answers": keyed(_typed(one, language), of="answer")}


def _numerical(one: Element, language: str) -> dict[str, Any]:
    rows = _typed(one, language)
    for row, answer in zip(rows, one.findall("answer"), strict=True):
        value, tolerance = number(row["answer"]), number(answer.findtext("tolerance") or 0)
        if value is None or tolerance is None:
            raise Wrong(_("“%(text)s” is no number.") % {"text": row["answer"][:40]})
        row |= {"answer": format(value, "f"), "tolerance": format(tolerance, "f")}
    units = []
    for unit in one.findall("units/unit"):
        # Moodle multiplies the answer in the first unit by it, we multiply what was written into the first unit.
        told = number(unit.findtext("multiplier") or 1)
        if told:
            units.append({"unit": (unit.findtext("unit_name") or "").strip(), "factor": format((1 / told).normalize(), "f")})  # fmt: skip
    payload: dict[str, Any] = {"kind": "question.numeric", "answers": keyed(rows, of="answer"), "units": units}
    if (one.findtext("unitgradingtype") or "0").strip() not in ("0", ""):
        payload["unit_needed"] = True
    return payload


def _matching(one: Element, language: str) -> dict[str, Any]:
    rows = [{"left": _words(sub, language), "right": _words(sub.find("answer"), language)} for sub in one.findall("subquestion")]  # fmt: skip
    return {"kind": "question.matching", "pairs": with_right_keys([row for row in rows if row["right"]])}


def _ordering(one: Element, language: str) -> dict[str, Any]:
    answers = sorted(one.findall("answer"), key=lambda answer: float(answer.get("fraction") or 0))
    return {"kind": "question.ordering", "items": keyed([{"text": _words(answer, language)} for answer in answers])}


def _gaps(one: Element, language: str) -> dict[str, Any]:
    """Gap select and drag into a text: choices in groups; each gap names its choice."""
    options = one.findall("selectoption") or one.findall("dragbox")
    texts = [((option.findtext("text") or "").strip(), (option.findtext("group") or "1").strip()) for option in options]
    asked = _words(one.find("questiontext"), language)
    marks = _MARK.findall(next(iter(asked.values()), ""))
    if len(asked) > 1 or len(set(marks)) != len(marks):
        raise Wrong(_("A choice stands in several gaps, or the gaps are in several languages."))
    gaps = []
    for mark in marks:
        place = int(mark) - 1
        if not 0 <= place < len(texts):
            raise Wrong(_("Gap [[%(n)s]] names no choice.") % {"n": mark})
        right, group = texts[place]
        others = [text for n, (text, own) in enumerate(texts) if own == group and n != place]
        gaps.append({"key": mark, "right": {language: right}, **({"others": {language: " | ".join(others)}} if others else {})})  # fmt: skip
    return {"kind": "question.gaps", "gaps": gaps}


def _cloze(one: Element, language: str) -> dict[str, Any]:
    return moodle_more.cloze(_words(one.find("questiontext"), language), language)


def _essay(one: Element, language: str) -> dict[str, Any]:
    guide = _words(one.find("graderinfo"), language)
    files = number(one.findtext("attachments") or 0)
    if (one.findtext("responseformat") or "").strip() == "noinline":
        return {"kind": "question.file", "files": min(5, max(1, int(files or 1))), "guide": guide}
    limits = {ours: int(found) for ours, theirs in (("least", "minwordlimit"), ("most", "maxwordlimit")) if (found := number(one.findtext(theirs) or 0))}  # fmt: skip
    return {"kind": "question.essay", "guide": guide, **limits}


READERS: dict[str, Callable[[Element, str], dict[str, Any]]] = {
    "multichoice": _multichoice, "truefalse": _truefalse, "shortanswer": _short, "numerical": _numerical, "matching": _matching,
    "ordering": _ordering, "gapselect": _gaps, "ddwordtos": _gaps, "essay": _essay,
    "cloze": _cloze, "multianswer": _cloze,
}  # fmt: skip
