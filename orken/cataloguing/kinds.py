"""The school's kinds of exercise, registered with curriculum; whoever runs them is unknown here.

«cataloguing.describe»: describe an invented book from its pages; graded against the experts.
«cataloguing.errors»: say which fields of a record are wrong; graded by what was found and what was not.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.cataloguing import checker, codecs, hinting, intake, marking, profiles
from orken.cataloguing.elements import family
from orken.cataloguing.elements.folding import fold
from orken.cataloguing.grading import PASS, Marked, Terms
from orken.cataloguing.record import ControlField, DataField, Record, Subfield
from orken.cataloguing.tasks import drawing, material
from orken.curriculum.kinds import AnswerRefused, Grade, Offer, Payload, Reason, register
from orken.kit.i18n.content import current_language

_TAGGED = re.compile(r"^\s*(=|\d{3}|LDR|<|[\[{])", re.MULTILINE)  # a line with a tag, or a file that was put in
MOST_ANSWER = 60_000  # characters of one record as text


class DescribeBook:
    """Payload: {"book", "format", "seed"?, "weights"?, "accepted"?, "pass"?}. Answer: the record as text."""

    code = "cataloguing.describe"
    label: str | Promise = gettext_lazy("Describe a book from its pages")
    template = "cataloguing/kinds/describe.html"

    def offers(self) -> list[Offer]:
        return _offers()

    def problems(self, payload: Payload) -> list[str]:
        return _lacks(payload)

    def draw(self, payload: Payload, seed: int) -> Payload:
        return {**payload, "seed": seed}

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        one = material.varied(payload["book"], int(payload.get("seed", 0)))
        return {
            "book": one.code,
            "format": payload["format"],
            "format_name": _named(payload["format"]),
            "example": EXAMPLES[family(payload["format"])],
            "kind": one.kind,
            "pages": [
                {
                    "name": page,
                    "svg": drawing.svg(one, page, str(PAGE_NAMES[page])),
                    "text": [text for _style, text in getattr(one, page)],
                }
                for page in drawing.PAGES
            ],
        }

    def page(self, payload: Payload, raw: Any, place: str) -> Mapping[str, Any]:
        return {"text": (raw or {}).get("text", "") if isinstance(raw, Mapping) else ""}

    def answer(self, payload: Payload, data: Any, files: Mapping[str, Any]) -> dict[str, str] | None:
        text = str(data.get("text", ""))
        return {"text": text} if text.strip() else None

    def lines(self, raw: Any) -> list[str]:
        return str(raw.get("text", "") if isinstance(raw, Mapping) else raw).splitlines()

    def parse(self, raw: Any) -> Record:
        text = raw.get("text") if isinstance(raw, Mapping) else raw
        if not isinstance(text, str) or not text.strip():
            raise AnswerRefused(_("The record is empty. Write at least one field."))
        if len(text) > MOST_ANSWER:
            raise AnswerRefused(_("The text is too long for one record."))
        try:
            taken = intake.take(text=text)
        except intake.Refused as refusal:
            if not _TAGGED.search(text):  # she typed: what formats a file may have helps nobody
                raise AnswerRefused(
                    _("Each line begins with the tag of its field, for example: =200 1\\$aTitle.")
                ) from refusal
            raise AnswerRefused(str(refusal)) from refusal
        if len(taken.items) > 1:
            raise AnswerRefused(_("There are several records in the answer. Leave one."))
        return taken.record

    def grade(self, payload: Payload, answer: Record) -> Grade:
        format = payload["format"]
        if family(profiles.detect(answer)) != family(format):
            raise AnswerRefused(
                _("The task asks for %(format)s; this record is in another format.")
                % {"format": profiles.get(format).name.en}
            )
        terms = Terms(
            weights=payload.get("weights", {}),
            accepted=payload.get("accepted", {}),
            pass_mark=float(payload.get("pass", PASS)),
        )
        experts = marking.experts_of(payload["book"], format, int(payload.get("seed", 0)))
        marked = marking.mark(answer, profiles.get(format), experts, terms)
        reasons = [
            Reason(one.element.name, one.element.label, one.score, one.weight, str(one.reason))
            for one in marked.elements
        ]
        return Grade(
            score=marked.score, passed=marked.passed, reasons=tuple(reasons), caps=tuple(str(cap.reason) for cap in marked.caps),
            details={**marked.as_json(), "needs_review": bool(marked.review)},
        )  # fmt: skip

    def hint(self, payload: Payload, marked: Marked, taken: Sequence[hinting.Taken]) -> hinting.Offer | None:
        """The next hint with its price; None when nothing is left to say."""
        return hinting.offer(marked, taken, payload["format"], self._pages(payload))

    def hints(self, payload: Payload, marked: Marked, taken: Sequence[hinting.Taken]) -> list[hinting.Hint]:
        """The hints that were taken, in words, as they hold for the record of the moment."""
        return hinting.told(marked, taken, payload["format"], self._pages(payload))

    def _pages(self, payload: Payload) -> dict[str, str | Promise]:
        one = material.varied(payload["book"], int(payload.get("seed", 0)))
        lines = {page: [text for _style, text in getattr(one, page)] for page in drawing.PAGES}
        return hinting.pages_of(lines, PAGE_NAMES)

    def fingerprint(self, answer: Record) -> str:
        """The same work whatever the order of fields and the spacing; numbers and dates of the record itself do not count."""
        lines = []
        for field in answer.fields:
            if field.tag in ("001", "003", "005"):
                continue
            if isinstance(field, ControlField):
                lines.append(f"{field.tag} {field.value}")
            else:
                lines.append(" ".join([field.tag, *(f"{code}{fold(value)}" for code, value in field.subfields)]))
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


EXAMPLES = {"unimarc": "=101  0\\$akaz", "marc21": "=041  0\\$akaz"}
"""One line of a record as it is typed: of the language, which no book makes hard."""


def _offers() -> list[Offer]:
    """Every book of the school, in each format."""
    language = current_language()
    return [
        Offer(f"{one.code}.{format}", f"{one.say[language]} · {_named(format)}", {"book": one.code, "format": format})
        for one in sorted(material.books(), key=lambda one: (one.hard, one.code))
        for format in material.FORMATS
    ]  # fmt: skip


def _named(format: str) -> str:
    return profiles.get(format).name.get(current_language())[0]


def _lacks(payload: Payload) -> list[str]:
    try:
        material.experts(str(payload.get("book", "")), str(payload.get("format", "")))
    except KeyError:
        return [_("The School of the Cataloguer has no book “%(book)s” in the format “%(format)s”.") % {"book": payload.get("book", ""), "format": payload.get("format", "")}]  # fmt: skip
    return []


PAGE_NAMES = {
    "front": gettext_lazy("Title page"),
    "verso": gettext_lazy("Back of the title page"),
    "colophon": gettext_lazy("Imprint"),
}


class FindErrors:
    """Payload: {"book", "format", "count", "seed"?}. Answer: tags of the fields that are wrong.

    The errors are made by rule, so the checker's messages are the key; a field named in vain costs as much
    as a field found brings.
    """

    code = "cataloguing.errors"
    label: str | Promise = gettext_lazy("Find the errors of a record")
    template = "cataloguing/kinds/errors.html"

    def offers(self) -> list[Offer]:
        return _offers()

    def problems(self, payload: Payload) -> list[str]:
        return _lacks(payload)

    def draw(self, payload: Payload, seed: int) -> Payload:
        return {**payload, "seed": seed}

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        record = self._spoilt(payload)
        return {
            "format": payload["format"],
            "count": int(payload.get("count", 3)),
            "record": codecs.dumps(record, "mrk").decode(),
            "tags": sorted({field.tag for field in record.fields if isinstance(field, DataField)}),
        }

    def page(self, payload: Payload, raw: Any, place: str) -> Mapping[str, Any]:
        return {"chosen": raw.get("tags", []) if isinstance(raw, Mapping) else []}

    def answer(self, payload: Payload, data: Any, files: Mapping[str, Any]) -> dict[str, list[str]] | None:
        tags = data.getlist("tags")
        return {"tags": tags} if tags else None

    def lines(self, raw: Any) -> list[str]:
        return [", ".join(sorted(self.parse(raw)))]

    def parse(self, raw: Any) -> frozenset[str]:
        tags = raw.get("tags", []) if isinstance(raw, Mapping) else raw
        if not isinstance(tags, (list, tuple, set, frozenset)):
            raise AnswerRefused(_("Name the fields that are wrong."))
        found = frozenset(str(tag).strip() for tag in tags if str(tag).strip())
        if len(found) > 60 or any(len(tag) != 3 for tag in found):
            raise AnswerRefused(_("A field is named by its tag: three characters."))
        return found

    def grade(self, payload: Payload, answer: frozenset[str]) -> Grade:
        wrong = self._wrong(payload)
        hits, vain, missed = wrong & answer, answer - wrong, wrong - answer
        score = round(max(0.0, 100.0 * (len(hits) - len(vain)) / len(wrong)), 1) if wrong else 0.0
        reasons = [Reason(tag, tag, 1.0, 1.0, _("Found.")) for tag in sorted(hits)]
        reasons += [Reason(tag, tag, 0.0, 1.0, _("Missed: this field is wrong.")) for tag in sorted(missed)]
        reasons += [Reason(tag, tag, 0.0, 1.0, _("Named in vain: this field is right.")) for tag in sorted(vain)]
        return Grade(score, score >= PASS, tuple(reasons))

    def fingerprint(self, answer: frozenset[str]) -> str:
        return ",".join(sorted(answer))

    def _clean(self, payload: Payload) -> Record:
        return material.experts(payload["book"], payload["format"])[0]

    def _spoilt(self, payload: Payload) -> Record:
        return spoil(self._clean(payload), payload["format"], int(payload.get("count", 3)), int(payload.get("seed", 0)))

    def _wrong(self, payload: Payload) -> frozenset[str]:
        """Fields about which the checker says more than it says about the clean record."""
        profile = profiles.get(payload["format"])
        before = {(issue.rule, issue.field) for issue in checker.check(self._clean(payload), profile)}
        after = {(issue.rule, issue.field) for issue in checker.check(self._spoilt(payload), profile)}
        return frozenset(field for _rule, field in after - before if field and field != "LDR")


_TWINS = str.maketrans("аеорсхіo", "aeopcxiо")


def spoil(record: Record, format: str, count: int, seed: int) -> Record:
    """The record with `count` errors of those that travel between catalogues, each in a field of its own."""
    dice = random.Random(f"{record.identifier}:{seed}")
    makers = list(_SPOILERS[family(format)])
    dice.shuffle(makers)
    done = 0
    for tag, change in makers:
        if done >= count:
            break
        field = record.first(tag)
        if field is None:
            continue
        spoilt = change(field)
        if spoilt != field:
            record = record.replacing(field, spoilt)
            done += 1
    return record


def _twin(field: DataField) -> DataField:
    """One letter changed for its twin of the other script."""
    parts = list(field.subfields)
    for place, (code, value) in enumerate(parts):
        for at, letter in enumerate(value):
            around = value[at - 1 : at] + value[at + 1 : at + 2]
            if ord(letter) in _TWINS and around.isalpha():
                parts[place] = Subfield(code, value[:at] + letter.translate(_TWINS) + value[at + 1 :])
                return DataField(field.tag, field.ind1, field.ind2, tuple(parts))
    return field


def _digit(field: DataField) -> DataField:
    """The last digit of a standard number changed."""
    parts = list(field.subfields)
    code, value = parts[0]
    if value[-1:].isdigit():
        parts[0] = Subfield(code, value[:-1] + str((int(value[-1]) + 1) % 10))
    return DataField(field.tag, field.ind1, field.ind2, tuple(parts))


def _indicator(field: DataField) -> DataField:
    return DataField(field.tag, "9", field.ind2, field.subfields)


def _unknown_part(field: DataField) -> DataField:
    return DataField(
        field.tag, field.ind1, field.ind2, (*field.subfields[:-1], Subfield("!", field.subfields[-1].value))
    )


def _doubled(field: DataField) -> DataField:
    """A mark typed where the programme writes it (RUSMARC), or a second mark (MARC 21)."""
    parts = list(field.subfields)
    parts[0] = Subfield(parts[0].code, parts[0].value + " :")
    return DataField(field.tag, field.ind1, field.ind2, tuple(parts))


_SPOILERS = {
    "unimarc": (("200", _twin), ("010", _digit), ("101", _indicator), ("210", _doubled), ("675", _unknown_part), ("215", _doubled), ("011", _digit)),
    "marc21": (("245", _twin), ("020", _digit), ("650", _indicator), ("300", _unknown_part), ("084", _unknown_part), ("022", _digit)),
}  # fmt: skip


def register_all() -> None:
    register(DescribeBook())
    register(FindErrors())


__all__ = ["DescribeBook", "FindErrors", "register_all", "spoil"]
