"""Hints in steps: area → field → rule → value. Each step has its price, and the steps together cost what the element lost.

    offered = hinting.offer(marked, taken, pages)   # the next hint and its price, or None
    taken = (*taken, offered.taken)                 # whoever runs the task keeps what was taken
    hinting.paid(marked, taken)                     # the mark that is left

So a hint may show the way, but whoever is told the value earns nothing by copying it. The one who runs
the task decides where `taken` is kept; here is only the reckoning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.cataloguing.elements import AREAS, family
from orken.cataloguing.elements.folding import fold
from orken.cataloguing.grading import ElementScore, Marked, Penalty, Reason

# Percent of what the element lost.
SHARES = {"area": 10, "field": 15, "rule": 25, "value": 50}
STEPS = tuple(SHARES)
LEAST = 0.05  # an element that lost less than this needs no hint

# Where an element stands, by family of formats.
_UNIMARC = {
    "type": "LDR/06", "level": "LDR/07", "date_type": "100 $a/08", "coded_date": "100 $a/09-16", "country": "102", "language": "101",
    "content": "181, 182", "frequency": "110", "title": "200 $a", "part": "200 $h $i", "parallel": "200 $d", "other_title": "200 $e",
    "responsibility": "200 $f $g", "edition": "205", "host": "461, 463", "host_place": "461, 463", "place": "210 $a", "publisher": "210 $c",
    "date": "210 $d", "numbering": "207", "extent": "215 $a", "size": "215 $d", "series": "225 $a", "volume": "225 $v", "number": "010, 011",
    "address": "856 $u", "note": "3XX", "main": "700, 710", "added": "701, 702, 711, 712", "subject": "600–608", "class": "675, 686",
    "keyword": "610",
}  # fmt: skip
_MARC21 = {
    "type": "LDR/06", "level": "LDR/07", "date_type": "008/06", "coded_date": "008/07-14", "country": "008/15-17", "language": "008/35-37, 041",
    "content": "336–338", "frequency": "008/18, 310", "title": "245 $a", "part": "245 $n $p", "parallel": "245 $b", "other_title": "245 $b",
    "responsibility": "245 $c", "edition": "250", "host": "773", "host_place": "773 $g", "place": "264 $a", "publisher": "264 $b",
    "date": "264 $c", "numbering": "362", "extent": "300 $a", "size": "300 $c", "series": "490 $a", "volume": "490 $v", "number": "020, 022",
    "address": "856 $u", "note": "5XX", "main": "100, 110, 111", "added": "700, 710, 711", "subject": "600–651", "class": "080, 084",
    "keyword": "653",
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """A hint that was taken: of which element, which step, at what price."""

    element: str
    step: str
    price: float


@dataclass(frozen=True)
class Hint:
    """A hint in words; `right`: the element has been mended since."""

    taken: Taken
    text: str
    right: bool = False


@dataclass(frozen=True)
class Offer:
    """The next hint before it is taken: its price and which step it is."""

    taken: Taken
    number: int
    text: str

    @property
    def price(self) -> float:
        return self.taken.price


def _open(marked: Marked) -> list[ElementScore]:
    """What a hint can be about, the dearest first."""
    lost = [one for one in marked.elements if one.points > LEAST and one.score < 1.0]
    return sorted(lost, key=lambda one: -one.points)


def _deepest(taken: Sequence[Taken]) -> dict[str, int]:
    """Element → the deepest step taken."""
    depth: dict[str, int] = {}
    for one in taken:
        if one.step in SHARES:
            depth[one.element] = max(depth.get(one.element, -1), STEPS.index(one.step))
    return depth


def offer(
    marked: Marked, taken: Sequence[Taken], format: str, pages: Mapping[str, str | Promise] | None = None
) -> Offer | None:
    """The next hint: an element begun is told to its end, then the dearest of the others. None when nothing is left."""
    depth = _deepest(taken)
    last = len(STEPS) - 1
    still = [one for one in _open(marked) if depth.get(one.element.name, -1) < last]
    if not still:
        return None
    one = next((found for found in still if found.element.name in depth), still[0])
    step = depth.get(one.element.name, -1) + 1
    # An area that was named already for another element is not sold twice as news: the field comes with it.
    areas = {found.element.area for found in marked.elements if found.element.name in depth}
    first = step
    if step == 0 and one.element.area in areas:
        step = 1
    price = round(one.points * sum(SHARES[name] for name in STEPS[first : step + 1]) / 100, 2)
    hint = Taken(one.element.name, STEPS[step], price)
    return Offer(hint, step + 1, _text(one, STEPS[step], format, pages or {}))


def told(
    marked: Marked, taken: Sequence[Taken], format: str, pages: Mapping[str, str | Promise] | None = None
) -> list[Hint]:
    """The hints taken, in words, as they hold for the record of the moment."""
    by_name = {one.element.name: one for one in marked.elements}
    found = []
    for hint in taken:
        one = by_name.get(hint.element)
        if one is None or hint.step not in SHARES:
            continue
        right = one.score >= 1.0
        found.append(Hint(hint, _text(one, hint.step, format, pages or {}), right))
    return found


def cost(taken: Sequence[Taken]) -> float:
    return round(sum(one.price for one in taken), 2)


def paid(marked: Marked, taken: Sequence[Taken]) -> Marked:
    """The mark that is left when the hints are paid. They are paid from the sum of the parts; limits stay above it."""
    if not taken:
        return marked
    penalty = Penalty(cost(taken), Reason("hints", {"count": len(taken)}), "hint")
    whole = replace(marked, penalties=(*marked.penalties, penalty))
    return replace(whole, score=round(min([whole.before_caps, *(float(cap.limit) for cap in marked.caps)]), 1))


OWN = ("cap_fatal", "cap_no_title", "cap_titles", "cap_foreign", "cap_number", "cap_blank")


def plain_caps(marked: Marked) -> list[tuple[int, Reason | None]]:
    """The limits before the experts are shown: the reason only where it speaks of her own record alone."""
    found: dict[tuple[int, str], tuple[int, Reason | None]] = {}
    for cap in marked.caps:
        reason = cap.reason if cap.reason.code in OWN else None
        found.setdefault((cap.limit, str(reason) if reason else ""), (cap.limit, reason))
    return list(found.values())


def _text(one: ElementScore, step: str, format: str, pages: Mapping[str, str | Promise]) -> str:
    label = str(one.element.label)
    if step == "area":
        return _("Look at the area “%(area)s”.") % {"area": AREAS[one.element.area]}
    if step == "field":
        places = _MARC21 if family(format) == "marc21" else _UNIMARC
        return _("Look at %(place)s: %(element)s.") % {"place": places[one.element.name], "element": label}
    if step == "rule":
        text = _rule(one, label)
        page = _page_of(one, pages)
        where = _("Where to see it: %(page)s.") % {"page": page} if page else ""
        return f"{text} {where}".strip()
    if one.score >= 1.0:
        return f"{label}: {'; '.join(one.expert_words)}"
    return f"{label}: {one.reason}"


def _rule(one: ElementScore, label: str) -> str:
    if one.state == "missing":
        return _("%(element)s: needed here and not given.") % {"element": label}
    if one.state == "extra":
        return _("%(element)s: given, though the source does not ask for it.") % {"element": label}
    if one.reason.code in ("some", "some_missing"):
        return _("%(element)s: not everything that the source says is there.") % {"element": label}
    if one.reason.code == "some_extra":
        return _("%(element)s: more is given than the source says.") % {"element": label}
    if one.score >= 0.6:
        return _("%(element)s: almost right. Compare letter by letter with the source.") % {"element": label}
    return _("%(element)s: not what the source says.") % {"element": label}


def _page_of(one: ElementScore, pages: Mapping[str, str | Promise]) -> str:
    """The page of the source that bears the expert's value, so that the eye goes there and not to the answer."""
    for value in one.expert:
        wanted = fold(value.shown)
        if len(wanted) < 3:
            continue
        for text, name in pages.items():
            if wanted in text:
                return str(name)
    return ""


def pages_of(lines: Mapping[str, Sequence[str]], names: Mapping[str, str | Promise]) -> dict[str, str | Promise]:
    """The text of each page made ready to be looked through → the name of the page."""
    return {fold(" ".join(text)): names[page] for page, text in lines.items()}
