"""Files of questions in and out: Moodle XML, GIFT, Aiken. What cannot be taken is listed by place and reason, never dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 20 * 1024 * 1024
MOST = 5000  # questions of one file
IN = ("moodlexml", "gift", "aiken")
OUT: dict[str, str | Promise] = {"moodlexml": "Moodle XML", "gift": "GIFT", "aiken": "Aiken"}


class Unreadable(Exception):
    """The file as a whole cannot be read; the text is a sentence with the way out."""


class NotBuilt(Exception):
    """A format that is known and not read yet; the text is a sentence."""


@dataclass(frozen=True)
class Taken:
    """A question out of a file, as its kind keeps it; texts name pictures by «picture:NAME»."""

    where: str
    kind: str
    payload: dict[str, Any]
    category: str = ""
    tags: tuple[str, ...] = ()
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Left:
    """What was not taken: where it stands in the file, and why."""

    where: str
    reason: str


@dataclass
class Outcome:
    """Everything that a file holds, judged."""

    format: str
    taken: list[Taken] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """A question that leaves: of which kind, as it is kept, under which tags."""

    uid: str
    kind: str
    payload: dict[str, Any]
    category: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """A file that leaves, and what the format cannot say."""

    content: bytes
    media_type: str
    extension: str
    written: int
    left_out: list[Left]


def recognise(content: bytes, name: str) -> str:
    """The format by the content; by the name where several fit."""
    from orken.questions.exchange import decoding

    begin = content[:4000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if name.lower().endswith(".zip") or content.startswith(b"PK\x03\x04") or b"imsqti" in begin or b"assessmentItem" in begin:  # fmt: skip
        return "qti"
    if begin.startswith(b"<") or b"<\x00" in content[:8]:
        return "moodlexml"
    text = decoding.decoded(content).text
    if "\nANSWER:" in text.upper() and "{" not in text:
        return "aiken"
    return "gift"


def read(content: bytes, *, name: str = "", format: str = "", language: str = "kk") -> Outcome:
    """What a file holds. Raises Unreadable, NotBuilt. One question that cannot be read does not hold up the others."""
    from orken.questions.exchange import aiken, gift, moodle_in

    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 20 MB. Divide it into several."))
    format = format or recognise(content, name)
    if format == "qti":
        raise NotBuilt(_("QTI files are not read yet. Export Moodle XML from the other system, or GIFT."))
    readers = {"moodlexml": moodle_in.read, "gift": gift.read, "aiken": aiken.read}
    if format not in readers:
        raise Unreadable(_("This format is not known: Moodle XML, GIFT and Aiken are."))
    found = readers[format](content, language)
    if len(found.taken) > MOST:
        raise Unreadable(_("There are more than %(n)s questions in the file. Divide it into several.") % {"n": MOST})
    return judged(found)


def judged(found: Outcome) -> Outcome:
    """Each question by the rules of its kind, but for the languages: those are written later."""
    from orken.questions import kinds
    from orken.questions.exchange import decoding

    good: list[Taken] = []
    for one in found.taken:
        if decoding.broken(one.payload):
            found.left.append(Left(one.where, _("Letters are lost or broken: the file was saved in a wrong encoding. Save it as UTF-8.")))  # fmt: skip
            continue
        in_kazakh = _as_kazakh(one.payload)
        if problems := list(kinds.of(one.kind).problems(in_kazakh)):
            found.left.append(Left(one.where, " ".join(problems)))
            continue
        good.append(one)
    found.taken = good
    found.left.sort(key=_place)
    return found


def _place(left: Left) -> int:
    """In the order of the file: every place begins with its line or its number."""
    number = re.search(r"\d+", left.where)
    return int(number[0]) if number else 0


def _as_kazakh(value: Any) -> Any:
    """The payload as if every text stood in Kazakh too: its other rules are what a file is judged by."""
    if isinstance(value, dict):
        if value and set(value) <= {"kk", "ru", "en"}:
            return {"kk": next(iter(value.values())), **value}
        return {key: _as_kazakh(one) for key, one in value.items()}
    return [_as_kazakh(one) for one in value] if isinstance(value, list) else value


def write(questions: Sequence[Question], *, format: str, language: str, pictures: Any = None) -> Made:
    """Questions as a file of `format`; one language where the format knows no more."""
    from orken.questions.exchange import aiken, gift, moodle_out

    if format == "moodlexml":
        return moodle_out.write(questions, pictures or (lambda uid: None))
    if format == "gift":
        return gift.write(questions, language)
    return aiken.write(questions, language)


CANNOT: str | Promise = gettext_lazy("This format has no question of this kind.")
