"""The grading model: elements against several experts, rules, noise, gates and caps.

    marked = grade(answer, [first, second], issues=…, pass_mark=70)

How a point is lost: (1) an element differs from the best expert for it; (2) a rule of the format is
broken, dearer than what its element lost already, never more than the element is worth: one cause, one
price; (3) noise: access points and text that no expert has. Then caps: work with a fatal error, a wrong
key element or a hollow area cannot pass whatever else it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from orken.cataloguing.elements import AREAS, BY_NAME, ELEMENTS, Area, Description, Element, Kind, Value, family
from orken.cataloguing.elements.folding import fold
from orken.cataloguing.elements.table import ACCESS_POINTS, COUPLED
from orken.cataloguing.grading import where
from orken.cataloguing.grading.matching import Match, foreign, match
from orken.cataloguing.grading.noise import Noise, noise_of
from orken.cataloguing.grading.results import Cap, ElementScore, Marked, Penalty, Reason, Shown

PASS = 70.0
PRICES = {"fatal": 12.0, "major": 4.0, "minor": 1.0, "info": 0.0}
MOST_FOR_RULES = 25.0
FATAL_CAP, KEY_CAP, AREA_CAP = 49, 59, 69
LIGHT = 0.05
MANY_FOREIGN = 3  # as many foreign access points are another record, not an extra heading


class ExpertUnusable(Exception):
    """A record cannot serve as an expert's: it has no title or several."""


class Issue(Protocol):
    """What the grader needs to know of a message of the checker."""

    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> Any: ...
    @property
    def field(self) -> str: ...
    @property
    def occurrence(self) -> int: ...


@dataclass(frozen=True)
class Expert:
    """An expert's record as elements, with the messages that the checker has about it."""

    description: Description
    issues: Sequence[Issue] = ()


@dataclass(frozen=True)
class Terms:
    """What a task changes: weights of elements, forms accepted beside the experts', the mark to pass."""

    weights: Mapping[str, float] = field(default_factory=dict)
    accepted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pass_mark: float = PASS


def grade(
    answer: Description, experts: Sequence[Expert], *, issues: Sequence[Issue] = (), terms: Terms | None = None
) -> Marked:
    """Grade `answer` against `experts`; at least one. Raises ExpertUnusable."""
    terms = terms or Terms()
    for expert in experts:
        if where.titles(expert.description) != 1:
            raise ExpertUnusable(expert.description.record.identifier)
    if not experts:
        raise ExpertUnusable("")
    pool = _pool(experts)
    accepted = {name: tuple(_stated(BY_NAME[name], text) for text in texts) for name, texts in terms.accepted.items()}
    scored = _scored(answer, experts, pool, accepted, terms)
    scored = _one_price_for_the_date(scored)
    found_noise = noise_of(answer, [one.description for one in experts], pool)
    scored, rule_penalties, fatal = _with_rules(answer, scored, _own_issues(issues, experts))
    penalties = (*rule_penalties, *found_noise.penalties)
    lost = sum(one.points for one in scored) + sum(one.points for one in penalties)
    areas = _areas(scored)
    caps = _caps(answer, experts, scored, areas, found_noise, fatal)
    total = min([max(0.0, 100.0 - lost), *(float(cap.limit) for cap in caps)])
    return Marked(
        score=round(total, 1), pass_mark=terms.pass_mark, areas=areas, elements=tuple(scored), caps=tuple(caps),
        penalties=penalties, review=_review(scored, found_noise),
    )  # fmt: skip


def _pool(experts: Sequence[Expert]) -> dict[str, tuple[Value, ...]]:
    """Every value that any expert has, by element."""
    pool: dict[str, dict[tuple[str, ...], Value]] = {}
    for expert in experts:
        for name, values in expert.description.values.items():
            for value in values:
                pool.setdefault(name, {}).setdefault(value.key, value)
    return {name: tuple(values.values()) for name, values in pool.items()}


def _stated(element: Element, text: str) -> Value:
    """A form that the task accepts, as a value to compare with."""
    if element.kind is Kind.NAME:
        entry, _comma, rest = text.partition(",")
        return Value(text, ("person", fold(entry), fold(rest), ""))
    if element.kind is Kind.HEADING:
        head, *parts = text.split(" -- ")
        return Value(text, ("topic", "", fold(head), *(f"x={fold(part)}" for part in parts)))
    if element.kind is Kind.CLASS:
        scheme, _colon, mark = text.partition(":")
        return Value(mark, (scheme, "".join(mark.split()).casefold()))
    if element.kind is Kind.CODE:
        return Value(text, (text,))
    return Value(text, (fold(text),))


def _scored(
    answer: Description,
    experts: Sequence[Expert],
    pool: Mapping[str, tuple[Value, ...]],
    accepted: Mapping[str, tuple[Value, ...]],
    terms: Terms,
) -> list[ElementScore]:
    """Each element by the expert that suits it best; coupled elements by one expert."""
    coupled = {name: group for group in COUPLED for name in group}
    done: dict[str, ElementScore | None] = {}
    for element in ELEMENTS:
        if element.name in done:
            continue
        group = coupled.get(element.name, (element.name,))
        # Each expert's reading: what the group loses with it, then what it earns; the first expert wins a draw.
        readings: list[tuple[float, float, int, dict[str, ElementScore | None]]] = []
        for place in range(len(experts)):
            reading = {name: _against(BY_NAME[name], answer, experts, place, pool, accepted, terms) for name in group}
            given = [one for one in reading.values() if one is not None]
            lost = sum(one.weight * (1.0 - one.score) for one in given)
            readings.append((lost, -sum(one.weight * one.score for one in given), place, reading))
        done.update(min(readings, key=lambda reading: reading[:3])[3])
    return [found for element in ELEMENTS if (found := done[element.name]) is not None]


def _against(
    element: Element,
    answer: Description,
    experts: Sequence[Expert],
    place: int,
    pool: Mapping[str, tuple[Value, ...]],
    accepted: Mapping[str, tuple[Value, ...]],
    terms: Terms,
) -> ElementScore | None:
    """One element against one expert; None when there is nothing to judge."""
    own, theirs = answer[element.name], experts[place].description[element.name]
    weight = float(terms.weights.get(element.name, element.weight))
    everywhere = all(one.description[element.name] for one in experts)
    if weight <= 0 or not (own or theirs) or element.name not in pool:
        return None
    if not own:
        if not everywhere:  # absent in one expert's record, so it may be absent here
            return None
        return ElementScore(
            element, weight, 0.0, own, theirs, place, Reason("missing", {"expert": _list(element, theirs)})
        )
    if element.pool:
        # Notes and keywords: whatever of the pool is right; what no expert has is noise, weighed elsewhere.
        strange = {value.key for value in foreign(element, own, pool[element.name])}
        own = tuple(value for value in own if value.key not in strange)
        if not own:
            if not everywhere:
                return None
            return ElementScore(
                element,
                weight,
                0.0,
                answer[element.name],
                theirs,
                place,
                Reason("missing", {"expert": _list(element, theirs)}),
            )
    found = match(element, own, theirs, pool[element.name], accepted.get(element.name, ()))
    return ElementScore(element, weight, found.score, own, theirs, place, _reason(element, own, theirs, found))


def _list(element: Element, values: Iterable[Value]) -> Shown:
    return Shown(element.name, tuple(values))


def _reason(element: Element, own: tuple[Value, ...], theirs: tuple[Value, ...], found: Match) -> Reason:
    if found.exact:
        return Reason("same")
    if found.score >= 0.999:
        return Reason("accepted")
    for value in own:
        if value.lost and all(value.shown != other.shown for other in theirs):
            return Reason(value.lost, {"own": value.shown})
    if element.name == "main" and theirs and (own[0].text == "under title") != (theirs[0].text == "under title"):
        return (
            Reason("under_title")
            if theirs[0].text == "under title"
            else Reason("not_under_title", {"expert": _list(element, theirs)})
        )
    if len(own) == 1 and len(theirs) == 1:
        about = {"own": _list(element, own), "expert": _list(element, theirs)}
        return Reason("close" if found.score >= 0.6 else "wrong", about)
    about = {"missing": _list(element, found.missing), "extra": _list(element, found.extra)}
    if found.missing and found.extra:
        return Reason("some", about)
    if found.missing:
        return Reason("some_missing", about)
    if found.extra:
        return Reason("some_extra", about)
    return Reason("wrong", {"own": _list(element, own), "expert": _list(element, theirs)})


def _one_price_for_the_date(scored: list[ElementScore]) -> list[ElementScore]:
    """A date wrong in the same way in the description and in the codes is one error: the codes are not charged."""
    by_name = {one.element.name: one for one in scored}
    date, coded = by_name.get("date"), by_name.get("coded_date")
    if not date or not coded or date.score >= 1.0 or coded.score >= 1.0 or not date.own or not coded.own:
        return scored
    if fold(date.own[0].text) != fold(coded.own[0].text):
        return scored
    return [one if one is not coded else replace(one, weight=0.0, reason=Reason("not_charged")) for one in scored]


def _own_issues(issues: Sequence[Issue], experts: Sequence[Expert]) -> list[Issue]:
    """The messages that no expert's record gets as well: what experts do is accepted practice."""
    practice = {(issue.rule, issue.field) for expert in experts for issue in expert.issues}
    return [issue for issue in issues if (issue.rule, issue.field) not in practice]


def _with_rules(
    answer: Description, scored: list[ElementScore], issues: list[Issue]
) -> tuple[list[ElementScore], list[Penalty], list[Issue]]:
    """Points of elements and rules together: the dearer of both, and a rule never costs more than its element is worth."""
    whole = sum(one.weight for one in scored) or 1.0
    scores = {one.element.name: one.score for one in scored if one.weight > 0}
    by_element: dict[str, list[Issue]] = {}
    standalone: dict[tuple[str, str], tuple[Issue, int]] = {}
    for issue in issues:
        if PRICES.get(str(issue.severity), 0.0) <= 0.0:
            continue
        element = where.blamed(issue.rule, family(answer.profile), issue.field, scores)
        if element:
            by_element.setdefault(element, []).append(issue)
        else:
            # The same rule on the same tag is one cause, however many fields show it.
            first, count = standalone.get((issue.rule, issue.field), (issue, 0))
            standalone[issue.rule, issue.field] = (first, count + 1)
    left = MOST_FOR_RULES
    done: list[ElementScore] = []
    for one in scored:
        worth = 100.0 * one.weight / whole
        lost = worth * (1.0 - one.score)
        rules = by_element.get(one.element.name, [])
        price = min(worth, sum(PRICES[str(rule.severity)] for rule in {issue.rule: issue for issue in rules}.values()))
        more = min(left, max(0.0, price - lost))
        left -= more
        done.append(replace(one, points=lost + more, rules=tuple(rules)))
    penalties: list[Penalty] = []
    for issue, _count in standalone.values():
        points = min(left, PRICES[str(issue.severity)])
        left -= points
        penalties.append(Penalty(points, Reason("rule", {"message": issue}), "rule", issue.field, issue.occurrence))
    return done, penalties, [issue for issue in issues if str(issue.severity) == "fatal"]


def _areas(scored: list[ElementScore]) -> dict[Area, float]:
    """Each area's share of its weight, 0 to 100; areas without elements are left out."""
    areas: dict[Area, float] = {}
    for area in Area:
        within = [one for one in scored if one.element.area is area and one.weight > 0]
        whole = sum(one.weight for one in within)
        if whole:
            areas[area] = 100.0 * sum(one.weight * one.score for one in within) / whole
    return areas


# A code that is wrong although the statement it codes is right: copied from another record.
_CODED = {"coded_date": ("date", "host_place"), "country": ("place",), "language": ("title",)}


def conflicts(scored: Sequence[ElementScore]) -> list[ElementScore]:
    by_name = {one.element.name: one for one in scored}
    found = []
    for coded, said in _CODED.items():
        code = by_name.get(coded)
        statement = next((by_name[name] for name in said if name in by_name), None)
        if code and code.own and code.weight > 0 and code.score < 0.5 and statement and statement.score >= 0.85:
            found.append(code)
    return found


def _caps(
    answer: Description,
    experts: Sequence[Expert],
    scored: list[ElementScore],
    areas: Mapping[Area, float],
    noise: Noise,
    fatal: list[Issue],
) -> list[Cap]:
    caps: list[Cap] = []
    titles = where.titles(answer)
    if titles != 1:
        caps.append(Cap(FATAL_CAP, Reason("cap_titles", {"count": titles}) if titles else Reason("cap_no_title")))
    elif fatal:
        caps.append(Cap(FATAL_CAP, Reason("cap_fatal", {"what": fatal[0]})))
    caps += [
        Cap(KEY_CAP, Reason("cap_key", {"element": one.element.label}))
        for one in scored
        if one.element.key and one.score < one.element.key
    ]
    whole = sum(one.weight for one in scored)
    for area, share in areas.items():
        heavy = sum(one.weight for one in scored if one.element.area is area) >= LIGHT * whole
        if share < 50.0 and heavy:  # an area of one note is no area
            caps.append(Cap(AREA_CAP, Reason("cap_area", {"area": AREAS[area]})))
    for one in scored:
        wrong = noise.foreign.get(one.element.name, [])
        if one.element.name in ACCESS_POINTS and one.element.name != "number" and len(wrong) * 2 > len(one.own) > 0:
            caps.append(Cap(AREA_CAP, Reason("cap_half_wrong", {"element": one.element.label})))
    caps += [Cap(AREA_CAP, Reason("cap_conflict", {"element": one.element.label})) for one in conflicts(scored)]
    if noise.foreign_count >= MANY_FOREIGN:
        caps.append(Cap(AREA_CAP, Reason("cap_foreign", {"count": noise.foreign_count})))
    caps += [Cap(AREA_CAP, Reason("cap_number", {"own": value.shown})) for value in noise.other_numbers]
    practice = {value.tag for expert in experts for value in expert.description["blank"]}
    caps += [
        Cap(AREA_CAP, Reason("cap_blank", {"tag": value.tag}))
        for value in answer["blank"]
        if value.tag not in practice and where.element_of(family(answer.profile), value.tag, BY_NAME)
    ]
    return caps


def _review(scored: Sequence[ElementScore], noise: Noise) -> tuple[Reason, ...]:
    """What a person must look at before the mark counts."""
    found: list[Reason] = []
    strange = [value for values in noise.foreign.values() for value in values]
    if strange:
        found.append(Reason("review_foreign", {"own": Shown("", tuple(strange))}))
    if conflicts(scored):
        found.append(Reason("review_conflict"))
    return tuple(found)
