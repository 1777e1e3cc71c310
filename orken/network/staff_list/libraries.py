"""Which library a text means: by code, by name in any language, by sound, by nearness; inside the scope only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz, process

from orken.kit.text.folding import fold_name
from orken.network.models import Unit
from orken.people.duplicates import bones

# Words that most names share, and most lists shorten or leave out.
COMMON = frozenset(
    word
    for text in (
        "кітапхана кітапханасы кітапханалар библиотека библиотеки библиотек филиал филиалы ауыл ауылы ауылдық село села сельская",
        "сельской аудан ауданы ауданының аудандық район района районная районной қала қалалық қаласы қаласының город города городская",
        "городской атындағы имени им обл область области областная областной облыс облысы облыстық облысының орталық центральная",
        "центральной орталықтандырылған централизованная централизованной библиотечная библиотечной система системы жүйе жүйесі",
        "ЦБС ОКЖ КГУ КММ ГККП КГКП МКҚК мекемесі учреждение коммунальное государственное village town city district library branch",
        "system central regional әмбебап ғылыми универсальная научная универсальной научной ОУНБ ОӘҒК поселок кенті пос пгт а с г қ ж о",
    )
    for word in fold_name(text).split()
)  # fmt: skip
_LONG = tuple(sorted(word for word in COMMON if len(word) >= 5))
# What kind of library the common words tell; the first that matches wins.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("regional", re.compile(r"област|облыс|\bо[уә][нғ][бк]\b|regional", re.I)),
    ("system", re.compile(r"\bцбс\b|\bокж\b|централиз|орталықтанд|орталык|орталық|центральн|аудандық|районн|system|central", re.I)),
    ("rural", re.compile(r"ауыл|сел[оа]|сельск|village|\bс\.|\bа\.", re.I)),
    ("town", re.compile(r"қала|кала|город|town|city|\bг\.", re.I)),
)  # fmt: skip
NEAR, SURE = 0.8, 0.93
MOST_OFFERED = 6
WORTH_OFFERING = 62  # of 100: Аксай beside Аксу, not Мәскеу beside Кеңес
SAME_WORD, SHORTEST_WORD = 80, 6  # how near a misspelt «бибилиотека» is to a common word of so many letters
Answer = tuple[Unit | None, str]


def key(text: str) -> str:
    """The words that tell a library from others, folded and in order: «С. Ақсу ауылдық кітапханасы» → «аксу»; maybe empty."""
    words = sorted(word for word in fold_name(text).split() if word not in COMMON)
    return " ".join([*words, *re.findall(r"\d+", text)])


def kind_of(text: str) -> str:
    return next((kind for kind, pattern in KINDS if pattern.search(text)), "")


def _is(unit: Unit, kind: str) -> bool:
    match kind:
        case "regional":
            return unit.kind in (Unit.Kind.REGIONAL, Unit.Kind.REPUBLICAN)
        case "system":
            return unit.kind == Unit.Kind.SYSTEM
        case "rural":
            return unit.kind == Unit.Kind.BRANCH and unit.locality == Unit.Locality.RURAL
        case "town":
            return unit.kind == Unit.Kind.BRANCH and unit.locality == Unit.Locality.URBAN
        case _:
            return False


class Libraries:
    """The units of a scope, ready to be asked; texts repeat in a list, so each is worked out once."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_id: dict[int, Unit] = {}
        self._codes: dict[str, Unit] = {}
        self._names: dict[str, list[Unit]] = defaultdict(list)
        self._keys: dict[str, list[Unit]] = defaultdict(list)
        self._parts: dict[str, set[str]] = defaultdict(set)
        self._answers: dict[str, Answer] = {}
        self._offers: dict[str, list[Unit]] = {}
        for unit in units:
            if unit.kind not in (Unit.Kind.COUNTRY, Unit.Kind.REGION):
                self._take(unit)

    def _take(self, unit: Unit) -> None:
        self.by_id[unit.pk] = unit
        self._codes[unit.code.upper()] = unit
        names = {unit.name_kk, unit.name_ru, unit.name_en, unit.short_kk, unit.short_ru, unit.short_en} - {""}
        for folded in {fold_name(name) for name in names}:
            self._names[folded].append(unit)
        for found in {key(name) for name in names} - {""}:
            self._keys[found].append(unit)
            for part in _parts(found):
                self._parts[part].add(found)

    def find(self, text: str) -> Answer:
        """The unit and how it was found: exact, near, several, none. The unit is None for the last two."""
        if text not in self._answers:
            self._answers[text] = self._find(text)
        return self._answers[text]

    def offered(self, text: str) -> list[Unit]:
        """The libraries that a text which `find` could not place may mean, nearest first, for a person to choose from."""
        if text not in self._offers:
            self._offers[text] = self._offered(text)
        return self._offers[text]

    def _offered(self, text: str) -> list[Unit]:
        kind = kind_of(text)
        told = " ".join(word for word in key(text).split() if not _common_misspelt(word))
        asked = told or key(text)
        scores: dict[str, float] = {}
        for scorer, weight in ((fuzz.ratio, 1.0), (fuzz.token_set_ratio, 0.95)) if asked else ():
            near = process.extract(
                asked, self._keys.keys(), scorer=scorer, score_cutoff=WORTH_OFFERING / weight, limit=MOST_OFFERED * 2
            )
            for found, score, _place in near:
                scores[found] = max(scores.get(found, 0.0), score * weight)
        best: dict[int, tuple[float, bool, str]] = {}
        for found, score in scores.items():
            for unit in self._keys[found]:
                rank = (-score, not _is(unit, kind), unit.sort_kk)
                best[unit.pk] = min(best.get(unit.pk, rank), rank)
        if not asked:  # «Ауылдық кітапхана»: nothing but its kind is told
            best = {unit.pk: (0.0, False, unit.sort_kk) for unit in self.by_id.values() if _is(unit, kind)}
            if len(best) > MOST_OFFERED:
                return []
        return [self.by_id[pk] for pk in sorted(best, key=lambda pk: best[pk])][:MOST_OFFERED]

    def _find(self, text: str) -> Answer:
        unit = self._codes.get(text.strip().upper())
        if unit is not None:
            return unit, "exact"
        exact = self._names.get(fold_name(text), [])
        if len(exact) == 1 and re.findall(r"\d+", text) == re.findall(r"\d+", exact[0].name_kk):
            return exact[0], "exact"
        asked, kind = key(text), kind_of(text)
        if not asked:  # «Областная библиотека», «ЦБС»: good when there is one of the kind
            return _one([unit for unit in self.by_id.values() if _is(unit, kind)], kind) if kind else (None, "none")
        if asked in self._keys:
            return _one(self._keys[asked], kind, "exact")
        return self._nearest(asked, kind)

    def _nearest(self, asked: str, kind: str) -> Answer:
        numbers = re.findall(r"\d+", asked)
        candidates = {found for part in _parts(asked) for found in self._parts.get(part, ())}
        scored = sorted(
            ((ratio, found) for found in candidates if (ratio := _ratio(asked, found, numbers)) >= NEAR), reverse=True
        )
        if not scored:
            return None, "none"
        best, second = scored[0], scored[1] if len(scored) > 1 else (0.0, "")
        if second[0] > best[0] - 0.03 and best[0] < SURE:
            return None, "several"
        if bones(asked) != bones(
            best[1]
        ):  # Қаратал is not Қаратау misspelt: other consonants are for a person to judge
            return None, "none"
        return _one(self._keys[best[1]], kind)


def _one(units: list[Unit], kind: str, how: str = "near") -> Answer:
    """The only one, or the only one of the kind that the text tells."""
    distinct = list({unit.pk: unit for unit in units}.values())
    if len(distinct) > 1:
        distinct = [unit for unit in distinct if _is(unit, kind)]
    return (distinct[0], how) if len(distinct) == 1 else (None, "several" if units else "none")


def _ratio(asked: str, found: str, numbers: list[str]) -> float:
    return SequenceMatcher(None, asked, found).ratio() if re.findall(r"\d+", found) == numbers else 0.0


@lru_cache(maxsize=20_000)
def _common_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and bool(
        process.extractOne(word, _LONG, scorer=fuzz.ratio, score_cutoff=SAME_WORD)
    )


def _parts(text: str) -> set[str]:
    """Overlapping threes of letters: two texts that share none are not near."""
    joined = text.replace(" ", "")
    return {joined[n : n + 3] for n in range(max(1, len(joined) - 2))}
