"""ISBD punctuation, by the policy of the profile.

MARC 21 lets LDR/18 decide: `a` and `i` have the marks typed, `c` and `n` leave them out. Full stops at
the end of a field are a choice of the agency (PCC, 2020), so their absence is said only when the same
record has them elsewhere. In the UNIMARC family the programme adds the marks: a typed one is the error.
"""

from __future__ import annotations

import re

from orken.cataloguing.checker.look import Look
from orken.cataloguing.record import DataField

# Tag → subfield → (rule, marks that may stand before it).
_BEFORE: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "245": {
        "b": ("punct.other-title", (" :", " =", " ;")),
        "c": ("punct.responsibility", (" /",)),
        "n": ("punct.part", (".",)),
        "p": ("punct.part", (".", ",")),
    },
    "250": {"b": ("punct.edition", (" /", " =", ","))},
    "260": {"a": ("punct.place", (" ;",)), "b": ("punct.publisher", (" :",)), "c": ("punct.date", (",",))},
    "264": {"a": ("punct.place", (" ;",)), "b": ("punct.publisher", (" :",)), "c": ("punct.date", (",",))},
    "300": {
        "b": ("punct.physical", (" :",)),
        "c": ("punct.size", (" ;",)),
        "e": ("punct.accompanying", (" +",)),
    },
    "490": {"v": ("punct.series", (" ;",)), "x": ("punct.series", (",",))},
    "800": {"v": ("punct.series", (" ;",))},
    "810": {"v": ("punct.series", (" ;",))},
    "830": {"v": ("punct.series", (" ;",))},
}
_HEADINGS = frozenset({"100", "600", "700", "800"})
_NAMED = frozenset({"110", "710"})
_NOTES = frozenset(
    {
        "500",
        "501",
        "502",
        "504",
        "505",
        "508",
        "511",
        "515",
        "518",
        "520",
        "521",
        "530",
        "533",
        "534",
        "538",
        "546",
        "550",
        "586",
        "588",
    }
)
_STOPPING = ("250", "260", "264", "100", "110", "500", "504", "505", "520", "650")
_FINAL = (".", "?", "!", "…", "]", ")", "”", "»", '"', "-", ">")
_DESCRIBING = frozenset({"245", "246", "250", "260", "264", "300", "490"})
_MARKS = (" /", " :", " ;", " =", " +")
_TYPED = re.compile(r"\s[/:;=+]\s*\Z|\s[—–]\s*\Z|,\s*\Z")
_UNIMARC_TAGS = frozenset({"200", "205", "206", "208", "210", "214", "215", "225", "230"})
_SPACES = re.compile(r"\S {2,}\S|\s[,.](?=\s|\Z)(?<! \.\.)|\S\s+;\s{2,}|[,;]{2}|\( | \)|\A | \Z")
_FREE = frozenset("0123456789uwxy")


def check(look: Look) -> None:
    if look.marc21:
        form = look.record.at(18)
        if form in ("a", "i"):
            _marks(look, form)
            _stops(look, form)
        elif form in ("c", "n"):
            _omitted(look, form)
    else:
        _typed(look)
    _texts(look)


def _marks(look: Look, form: str) -> None:
    for tag, found in look.record.by_tag.items():
        rules = _BEFORE.get(tag)
        heading = tag in _HEADINGS or tag in _NAMED
        if rules is None and not heading:
            continue
        for occurrence, one in enumerate(found, start=1):
            if not isinstance(one, DataField):
                continue
            if tag == "264" and one.ind2 == "4":
                continue  # a copyright date stands alone
            before = ""
            previous = ""
            for code, value in one.subfields:
                if before and previous not in "68":
                    if rules is not None and code in rules:
                        rule, marks = rules[code]
                        text = before.rstrip()
                        if code == "a" and previous != "a" and not text.endswith(marks):
                            pass  # «Астана : Фолиант ; Алматы» may also begin anew after a publisher
                        elif not text.endswith(marks) and not _waived(tag, code, previous, text):
                            look.say(rule, tag, occurrence, code, tag=tag, code=code, mark=marks[0].strip(), form=form)
                    if heading:
                        _heading(look, one, occurrence, code, value, before)
                if code not in "68":
                    before, previous = value, code
            # A parallel or following title may stand in the same subfield.


def _waived(tag: str, code: str, previous: str, text: str) -> bool:
    """Marks that the rules let go: after an ellipsis or a full stop that is part of an abbreviation."""
    if tag == "245" and code == "p":
        return text.endswith(("!", "?"))
    if tag in ("260", "264") and code == "c":
        return text.endswith(("[", "(", "-"))
    return False


def _heading(look: Look, one: DataField, occurrence: int, code: str, value: str, before: str) -> None:
    """A comma goes before dates and role; a role may also follow an open date."""
    text = before.rstrip()
    if (code == "d" and one.tag in _HEADINGS and not text.endswith((",", "-"))) or (
        code == "e" and not text.endswith((",", "-", "."))
    ):
        look.say("punct.heading", one.tag, occurrence, code, tag=one.tag, code=code)


def _last(one: DataField) -> str:
    """The text that ends the field, past control subfields."""
    for code, value in reversed(one.subfields):
        if code not in "0123456789uxw":
            return value.rstrip()
    return ""


def _stops(look: Look, form: str) -> None:
    """Final full stops, where this record has them."""
    record = look.record
    title = record.first("245")
    stopping = any(
        _last(one).endswith(".") and not _abbreviated(_last(one)) for tag in _STOPPING for one in record.data(tag)
    )
    ended = title is not None and _last(title).endswith(_FINAL)
    if title is not None and stopping and not ended:
        look.say("punct.field-end", "245", 1, title.codes[-1:], tag="245", form=form)
    if title is None or not ended:
        return
    for tag, found in record.by_tag.items():
        if tag not in _NOTES:
            continue
        for occurrence, one in enumerate(found, start=1):
            if isinstance(one, DataField):
                text = _last(one)
                if text and not text.endswith(_FINAL) and one.codes[-1:] not in "u5":
                    look.say("punct.note-end", tag, occurrence, one.codes[-1:], tag=tag, form=form)


def _abbreviated(text: str) -> bool:
    return bool(re.search(r"(?:^|\s)\w{1,3}\.\Z", text))


def _omitted(look: Look, form: str) -> None:
    for tag, found in look.record.by_tag.items():
        if tag not in _DESCRIBING:
            continue
        for occurrence, one in enumerate(found, start=1):
            if not isinstance(one, DataField):
                continue
            for place, (code, value) in enumerate(one.subfields):
                text = value.rstrip()
                mark = next((mark for mark in _MARKS if text.endswith(mark)), "")
                if not mark and tag in ("260", "264") and text.endswith(",") and place < len(one.subfields) - 1:
                    mark = ","
                if mark:
                    look.say("punct.omitted", tag, occurrence, code, tag=tag, code=code, mark=mark.strip(), form=form)
                    break


def _typed(look: Look) -> None:
    for tag, found in look.record.by_tag.items():
        if tag not in _UNIMARC_TAGS:
            continue
        for occurrence, one in enumerate(found, start=1):
            if not isinstance(one, DataField):
                continue
            for code, value in one.subfields:
                mark = _TYPED.search(value)
                if mark is not None:
                    look.say("punct.typed", tag, occurrence, code, tag=tag, code=code, mark=mark[0].strip())


def _texts(look: Look) -> None:
    """Spaces and brackets in texts, whatever the policy."""
    for tag, found in look.record.by_tag.items():
        if tag < "2" and not (look.marc21 and tag in ("100", "110", "111", "130")):
            continue
        if not look.marc21 and (tag[:1] == "4" or tag == "886"):
            continue  # embedded and foreign fields begin with tags and blanks
        for occurrence, one in enumerate(found, start=1):
            if not isinstance(one, DataField):
                continue
            brackets = 0
            for code, value in one.subfields:
                if code in _FREE:
                    continue
                if _SPACES.search(value):
                    shown = _SPACES.search(value)
                    assert shown is not None
                    part = value[max(0, shown.start() - 15) : shown.end() + 15]
                    look.say("punct.spacing", tag, occurrence, code, tag=tag, code=code, value=part)
                if "[" in value or "]" in value or "(" in value or ")" in value:
                    brackets += 1
            if brackets:
                _brackets(look, one, occurrence)


def _brackets(look: Look, one: DataField, occurrence: int) -> None:
    """Brackets may open in one subfield and close in a later one: [Алматы : Мектеп, 2019]."""
    text = "".join(value for code, value in one.subfields if code not in _FREE)
    if one.tag in ("080", "084", "675", "686", "082"):
        return
    if not _balanced(text):
        at = max(text.find("["), text.find("(")) if "[" in text or "(" in text else max(text.find("]"), text.find(")"))
        code = next(
            (code for code, value in one.subfields if "[" in value or "(" in value or "]" in value or ")" in value), ""
        )
        look.say(
            "punct.brackets", one.tag, occurrence, code, tag=one.tag, code=code, value=text[max(0, at - 5) : at + 25]
        )


_LIST_NUMBER = re.compile(r"(?:\A|.*\s)(?:\d{1,2}|[^\W\d_])\Z", re.DOTALL)


def _balanced(text: str) -> bool:
    """Whether brackets close what opened; «1)» and «а)» outside brackets are numbers of a list."""
    open_ones: list[str] = []
    for place, sign in enumerate(text):
        if sign in "[(":
            open_ones.append(sign)
        elif sign in "])":
            if open_ones and open_ones[-1] == ("[" if sign == "]" else "("):
                open_ones.pop()
            elif sign == "]" or not _LIST_NUMBER.match(text[max(0, place - 8) : place]):
                return False
    return not open_ones
