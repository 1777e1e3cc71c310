"""An edited text held against the facts: what contradicts them, what no fact gives, and which facts it tells.

A contradiction is marked with what stands there and what the facts say. A number, a quotation or a name of a person
that no fact gives is only pointed out: an editor may know more than the system. A fact left out is no mistake; the
list of facts shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from orken.newsroom.compose import english, kazakh, latin, quotes, russian, words_ru
from orken.newsroom.dates import dates
from orken.newsroom.facts import COUNTED, Event, Names, Words
from orken.newsroom.matching import Token, same, spans, tokens

CONTRADICTS, UNKNOWN = "contradicts", "unknown"
WHEN = {"kk": kazakh.when, "ru": russian.when, "en": english.when}


@dataclass(frozen=True)
class Remark:
    """One place of the text. `says` is what the facts say there; empty where no fact speaks of it."""

    start: int
    end: int
    stands: str
    kind: str
    about: str  # title, name, date, number, quotation, words
    fact: str = ""
    says: str = ""

    @property
    def grave(self) -> bool:
        return self.kind == CONTRADICTS


@dataclass(frozen=True)
class Report:
    """What was found. `told` are the places of the facts that stand in the text, `left_out` the others."""

    remarks: list[Remark] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def contradictions(self) -> list[Remark]:
        return [one for one in self.remarks if one.grave]


NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?![\d])|\d+")
QUOTED = re.compile(r"«[^«»]*(?:«[^«»]*»[^«»]*)*»|“[^“”]*”")
COUNTS = {
    "participants": r"участни|человек|людей|специалист|слушател|библиотекар|адам|қатысушы|маман|тыңдаушы|кітапханашы|people|person|participant|specialist|librarian|listener",
    "units": r"организаци|учрежден|библиотек|ұйым|мекеме|кітапхана|institution|organi[sz]ation|librar",
    "regions": r"регион|област|өңір|облыс|аймақ|region",
    "hours": r"час|академическ|сағат|академиялық|hour|academic",
    "certificates": r"сертификат|certificate",
}
COUNT = {name: re.compile(rf"({stems})", re.IGNORECASE) for name, stems in COUNTS.items()}
FORM_WORDS = {
    "online": re.compile(r"онлайн|online|вебинар|webinar|қашықтан|дистанционн", re.IGNORECASE),
    "onsite": re.compile(r"\bочн\w* форм|бетпе-бет|күндізгі|офлайн|in person|offline|face-to-face", re.IGNORECASE),
    "mixed": re.compile(r"смешанн|аралас|both online and in person|hybrid|blended|гибридн", re.IGNORECASE),
}
PERSONAL = re.compile(
    r"(ов|ев|ин|ова|ева|ина|овой|евой|иной|ову|еву|ину|ым|ский|ская|ской|вна|вны|вне|вной|вич|вича|вичу|вичем|ұлы|қызы|улы|кызы)"
    r"(ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|ны|ні|ды|ді|ты|ті|мен|бен|пен|на|не)?$"
)
FATHER = re.compile(
    r"(вна|вны|вне|вной|вну|вич|вича|вичу|вичем|виче|ұлы\w*|қызы\w*|улы|кызы|vna|vich|uly|kyzy|qyzy)$", re.IGNORECASE
)
BENT_KK = re.compile(
    r"(лар|лер|дар|дер|тар|тер|ды|ді|ты|ті|ны|ні|ға|ге|қа|ке|да|де|та|те|дан|ден|тан|тен|нан|нен|ың|ің|мен|бен|пен|сы|сі|ып|іп)$"
)
COMMON = frozenset(
    [
        "директор",
        "басшы",
        "басшысы",
        "меңгеруші",
        "кітапханашы",
        "әдіскер",
        "профессор",
        "төраға",
        "төрайым",
        "доктор",
        "маман",
        "кездесуде",
        "кейін",
        "содан",
        "director",
        "head",
        "chair",
        "professor",
        "dr",
        "mr",
        "mrs",
        "ms",
        "the",
        "librarian",
        "when",
        "then",
        "and",
        "as",
        "after",
        "before",
        "speaker",
        "talk",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
    ]
)
ENDS = re.compile(r"[.!?…](?![»”’\"])")
SHORTENED = frozenset(
    ["им", "ул", "пр", "гг", "стр", "тов", "гр", "обл", "dr", "mr", "mrs", "ms", "st", "no", "prof", "ж", "жж"]
)
BRACKETS = re.compile(r"[»”]?\s*\(([^()]*)\)")
BETWEEN = re.compile(r"[ \u00a0.]*$")


class Checker:
    """One text against one event."""

    def __init__(self, text: str, event: Event, language: str) -> None:
        self.text, self.event, self.language = text, event, language
        self.tokens = tokens(text)
        self.covered = [False] * len(self.tokens)
        self.remarks: list[Remark] = []
        self.told: set[str] = set()
        self.where: dict[str, list[int]] = {}  # first words of names and titles, by their fact
        self.sentences = self._sentences()

    def _sentences(self) -> list[int]:
        """The number of the sentence in which each word stands."""
        numbers: list[int] = []
        number = 0
        for n, token in enumerate(self.tokens):
            if n:
                gap = self.text[self.tokens[n - 1].end : token.start]
                before = self.tokens[n - 1].word
                short = len(before) == 1 or before.casefold() in SHORTENED
                number += bool("\n" in gap or (ENDS.search(gap) and not short and not token.word[0].islower()))
            numbers.append(number)
        return numbers

    def report(self) -> Report:
        self.phrases()
        self.names()
        self.exchanged()
        self.days()
        self.beside_units()
        self.near_titles()
        self.near_phrases()
        self.numbers()
        self.form()
        self.unknown_quotations()
        self.unknown_names()
        given = list(self.event.given())
        return Report(
            sorted(self.remarks, key=lambda one: (one.start, one.end)),
            [path for path in given if path in self.told], [path for path in given if path not in self.told],
        )  # fmt: skip

    # What the text and the facts are made of

    def values(self) -> Iterator[tuple[str, str]]:
        """Every fact that is a text, in the language of the article; a post office by office."""
        for path, value in self.event.given().items():
            if isinstance(value, Words):
                yield path, value.of(self.language)

    def others(self) -> Iterator[str]:
        """The same texts in the other languages: they may be quoted."""
        for value in self.event.given().values():
            if isinstance(value, Words):
                yield from (getattr(value, code) for code in value.known if code != self.language)

    def cover(self, start: int, end: int) -> None:
        for n in range(start, end):
            self.covered[n] = True

    def cover_text(self, start: int, end: int) -> None:
        for n, token in enumerate(self.tokens):
            if token.start >= start and token.end <= end:
                self.covered[n] = True

    def mark(self, first: int, last: int, about: str, fact: str, says: str, kind: str = CONTRADICTS) -> None:
        """Tokens from `first` to before `last`."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        self.mark_text(start, end, about, fact, says, kind)

    def mark_text(self, start: int, end: int, about: str, fact: str, says: str, kind: str = CONTRADICTS) -> None:
        self.cover_text(start, end)
        self.remarks.append(Remark(start, end, self.text[start:end], kind, about, fact, says))

    # Facts that stand

    def phrases(self) -> None:
        values = sorted(self.values(), key=lambda one: -len(one[1]))
        taken: list[tuple[int, int]] = []
        for path, value in values:
            parts = re.split(r"[;,]", value) if path.endswith(".position") else [value]
            found_all = True
            for part in parts:
                fact = tokens(part)
                found = list(spans(self.tokens, fact))
                self.where.setdefault(path, []).extend(start for start, _end in found)
                found_all = found_all and bool(found)
                taken += found
            if found_all:
                self.told.add(path)
        for value in self.others():
            taken += spans(self.tokens, tokens(value))
        for start, end in taken:
            self.cover(start, end)

    def named(self) -> Iterator[tuple[str, Names]]:
        for path, value in self.event.given().items():
            if isinstance(value, Names):
                yield path, value

    def names(self) -> None:
        missing = []
        for path, names in self.named():
            if not self._name(path, names):
                missing.append((path, names))
        for path, names in missing:
            self._misspelt(path, names)

    def _parts(self, names: Names) -> tuple[list[Token], list[Token], str]:
        """Surnames, and given names with patronymics, in every language and in Latin letters; and how it is written."""
        family: list[Token] = []
        own: list[Token] = []
        for code in ("kk", "ru", "en"):
            name = getattr(names, code)
            if not name:
                continue
            surname = name.surname or name.given
            family += tokens(f"{surname} {latin.latin(surname)}")
            own += tokens(f"{name.given} {name.patronymic} {latin.latin(name.given)} {latin.latin(name.patronymic)}")
        return family, own, names.best(self.language)[0].full

    def _name(self, path: str, names: Names) -> bool:
        """Find her by the surname and look at what stands beside it."""
        family, own, full = self._parts(names)
        stands = False
        for n, token in enumerate(self.tokens):
            father = bool(FATHER.search(token.word))  # Ивановна is no Иванов
            if not token.capital or not any(
                same(token, one) and bool(FATHER.search(one.word)) == father for one in family
            ):
                continue
            beside = [*self._beside(n, -1, own), *self._beside(n, 1, own)]
            wrong = [m for m in beside if not self._fits(self.tokens[m], own, family)]
            if beside and len(wrong) == len(beside) and self._namesake(n, names):
                continue
            if wrong and self.covered[n] and not any(self._fits(self.tokens[m], own, family) for m in beside):
                continue  # «им. С. Торайгырова» beside a speaker of that name
            stands = True
            if wrong:
                places = sorted([n, *beside])
                self.mark(places[0], places[-1] + 1, "name", path, full)
            else:
                self.told.add(path)
                self.where.setdefault(path, []).append(n)
                for m in (n, *beside):
                    self.covered[m] = True
        return stands

    def exchanged(self) -> None:
        """A title in one sentence with another speaker, and hers elsewhere: the talks were exchanged."""
        places = {
            n: {name: {self.sentences[m] for m in self.where.get(f"talks[{n}].{name}", [])} for name in ("speaker", "title")}
            for n, talk in enumerate(self.event.talks) if talk.title
        }  # fmt: skip
        for n, own in places.items():
            for sentence in own["title"] - own["speaker"]:
                if own["speaker"] and any(
                    m != n and sentence in other["speaker"] and sentence not in other["title"]
                    for m, other in places.items()
                ):
                    words = tokens(self.event.talks[n].title.of(self.language))
                    for start, end in spans(self.tokens, words):
                        if self.sentences[start] == sentence:
                            self.mark(
                                start,
                                end,
                                "name",
                                f"talks[{n}].speaker",
                                self.event.talks[n].speaker.best(self.language)[0].full,
                            )

    def _namesake(self, n: int, names: Names) -> bool:
        """Whether another speaker bears this surname too; then her own name stands beside it."""
        for _path, other in self.named():
            if other is names:
                continue
            family, own, _full = self._parts(other)
            if any(same(self.tokens[n], one) for one in family):
                beside = [*self._beside(n, -1, own), *self._beside(n, 1, own)]
                if all(self._fits(self.tokens[m], own, family) for m in beside):
                    return True
        return False

    def _has_given(self, found: list[int], own: Sequence[Token]) -> bool:
        """Whether a given name of hers was met; then what stands before it is no part of her name."""
        return any(
            same(self.tokens[m], one) and not FATHER.search(one.word) and not FATHER.search(self.tokens[m].word)
            for m in found for one in own
        )  # fmt: skip

    def _beside(self, n: int, step: int, own: Sequence[Token] = ()) -> list[int]:
        """Up to two capital words that stand at the name without a mark between, and belong to no other fact."""
        found: list[int] = []
        here = n
        while len(found) < 2:
            there = here + step
            if not 0 <= there < len(self.tokens):
                break
            left, right = sorted((here, there))
            gap = self.text[self.tokens[left].end : self.tokens[right].start]
            token = self.tokens[there]
            initial = len(token.word) == 1
            if not token.capital or self.covered[there] or not BETWEEN.match(gap):
                break
            if "." in gap and len(self.tokens[left].word) != 1:
                break
            if (
                step < 0
                and not initial
                and self._begins(there)
                and (self._common(token) or self._has_given(found, own))
            ):
                break
            found.append(there)
            here = there
        return found

    def _begins(self, n: int) -> bool:
        """Whether the word begins a sentence, so that its capital tells nothing."""
        before = self.text[: self.tokens[n].start].rstrip(" \u00a0")
        return not before or before[-1] in ".!?…\n:—«“"

    def _common(self, token: Token) -> bool:
        """Whether a word at the beginning of a sentence is a word and no name: «Директор Шахметова»."""
        low = token.word.casefold()
        if self._personal(token):
            return False
        if low in COMMON or any(
            same(token, one) for talk in self.event.talks for one in tokens(talk.position.of(self.language))
        ):
            return True
        if self.language == "kk":
            return bool(BENT_KK.search(low))
        if self.language != "ru" or words_ru.KAZAKH.search(low):
            return False
        known = words_ru.morph().parse(low)
        return bool(known[0].is_known) and not any({"Name", "Patr", "Surn"} & set(one.tag.grammemes) for one in known)

    def _personal(self, token: Token) -> bool:
        return bool(PERSONAL.search(token.word.lower())) or token.word.lower().endswith(
            ("ova", "ova's", "eva", "ev", "ov")
        )

    def _fits(self, token: Token, own: Sequence[Token], family: Sequence[Token]) -> bool:
        if len(token.word) == 1:
            return any(one.word[:1].casefold() == token.word.casefold() for one in own) or not own
        father = bool(FATHER.search(token.word))
        return any(same(token, one) and bool(FATHER.search(one.word)) == father for one in (*own, *family)) or (
            bool(own)
            and all(len(one.word) == 1 for one in own)
            and any(one.word[:1].casefold() == token.word[:1].casefold() for one in own)
        )

    def _misspelt(self, path: str, names: Names) -> None:
        """Her surname does not stand: then a word that is nearly it, or that stands at her own names."""
        family, own, full = self._parts(names)
        wanted = [one.word.casefold() for one in family]
        long_own = [one for one in own if len(one.word) > 1]
        for n, token in enumerate(self.tokens):
            if self.covered[n] or not token.capital or len(token.word) < 2:
                continue
            if any(same(token, one) for one in long_own):
                row = sorted([n, *self._beside(n, -1, own), *self._beside(n, 1, own)])
                ours = sum(any(same(self.tokens[m], one) for one in long_own) for m in row)
                if len(row) > ours and ours * 2 >= len({one.word for one in long_own if one.word in full}) and ours:
                    self.mark(row[0], row[-1] + 1, "name", path, full)
                    return
            elif any(
                abs(len(token.word) - len(one)) <= 3 and fuzz.ratio(_stem(token.word), _stem(one)) >= 82
                for one in wanted
            ):
                row = sorted([n, *self._beside(n, -1), *self._beside(n, 1)])
                self.mark(row[0], row[-1] + 1, "name", path, full)
                return

    def days(self) -> None:
        event = self.event
        known: set[date] = {one for one in (event.on, event.until) if one}
        said: set[date] = set()
        own = {
            (found.days, found.month, found.year)
            for value in (*(v for _p, v in self.values()), *self.others())
            for found in dates(value, self.language)
        }
        wrong = []
        for found in dates(self.text, self.language):
            if found.agrees(known):
                said |= {one for one in known if one.day in found.days and one.month == found.month}
                self.cover_text(found.start, found.end)
            elif (found.days, found.month, found.year) in own:
                self.cover_text(found.start, found.end)
            else:
                wrong.append(found)
        for found in wrong:
            says = WHEN[self.language](event.on, event.until) if event.on else ""
            missing = bool(known - said)
            kind = CONTRADICTS if missing and event.on else UNKNOWN
            self.mark_text(
                found.start,
                found.end,
                "date",
                "date" if kind == CONTRADICTS else "",
                says if kind == CONTRADICTS else "",
                kind,
            )
        if event.on and event.on in said:
            self.told.add("date")
        if event.until and event.until in said:
            self.told.add("end_date")
        self._years(known)

    def _years(self, known: set[date]) -> None:
        """A year alone: «2021 жылы», «в 2021 году»."""
        years = {one.year for one in known}
        for n, token in enumerate(self.tokens):
            if not self.covered[n] and re.fullmatch(r"(19|20)\d\d", token.word) and int(token.word) in years:
                self.covered[n] = True

    # Facts that nearly stand

    def quotations(self) -> Iterator[tuple[int, int]]:
        for found in QUOTED.finditer(self.text):
            yield found.start() + 1, found.end() - 1

    def near_titles(self) -> None:
        """A quotation is word for word: one that is nearly a title that does not stand was changed."""
        missing = [(path, value) for path, value in self.values() if path.endswith("title") and path not in self.told]
        for start, end in self.quotations():
            inside = [n for n, token in enumerate(self.tokens) if token.start >= start and token.end <= end]
            if not inside or all(self.covered[n] for n in inside):
                continue
            stands = self.text[start:end]
            best = max(missing, key=lambda one: fuzz.token_sort_ratio(stands.lower(), one[1].lower()), default=None)
            if best is not None and fuzz.token_sort_ratio(stands.lower(), best[1].lower()) >= 55:
                missing.remove(best)
                self.mark_text(start, end, "title", best[0], quotes.bare(best[1]))
                continue
            known = next(
                (
                    one
                    for one in self.values()
                    if one[0].endswith("title") and fuzz.ratio(stands.lower(), one[1].lower()) >= 80
                ),
                None,
            )
            if known is not None:  # told rightly elsewhere, and wrongly here
                self.mark_text(start, end, "title", known[0], quotes.bare(known[1]))

    def near_phrases(self) -> None:
        """As many words as a fact has, most of them the same and one or more changed."""
        for path, value in self.values():
            if path in self.told or path.endswith("title"):
                continue
            parts = re.split(r"[;,]", value) if path.endswith(".position") else [value]
            for part in parts:
                fact = tokens(part)
                if next(spans(self.tokens, fact), None) is None:
                    self._near(path, fact, value)

    def _near(self, path: str, fact: list[Token], value: str) -> None:
        while self._nearest(path, fact, value):
            pass

    def _nearest(self, path: str, fact: list[Token], value: str) -> bool:
        """Mark the place that is most like the fact; whether there was one."""
        length = len(fact)
        best, place = 0.0, -1
        for n in range(len(self.tokens) - length + 1):
            window = self.tokens[n : n + length]
            if any(self.covered[n : n + length]):
                continue
            equal = [same(one, other) for one, other in zip(window, fact, strict=True)]
            share = sum(equal) / length
            if length == 1:
                near = (
                    window[0].capital == fact[0].capital
                    and fuzz.ratio(window[0].word.casefold(), fact[0].word.casefold()) >= 82
                )
                share = 0.7 if near and window[0].capital else 0.0
            elif length == 2:
                odd = equal.index(False) if not all(equal) and any(equal) else -1
                alike = odd >= 0 and fuzz.ratio(window[odd].word.casefold(), fact[odd].word.casefold()) >= 60
                share = 0.7 if alike else 0.0
            elif any(
                one.word.isdigit() and other.word.isdigit() and one.word != other.word
                for one, other in zip(window, fact, strict=True)
            ):
                share = share + 0.2 if share >= 0.4 else share
            if share > best:
                best, place = share, n
        if best >= 0.6 and place >= 0:
            self.mark(
                place, place + length, "number" if any(one.word.isdigit() for one in fact) else "words", path, value
            )
            return True
        return False

    def beside_units(self) -> None:
        """What stands in brackets behind an institution is its town and how many came; «(Алматы, 3 человека)»."""
        rows = [(f"participants[{n}]", one.unit, one.city, one.people) for n, one in enumerate(self.event.participants)]
        rows.append(("organiser", self.event.organiser.name, self.event.organiser.city, None))
        counted = {unit: people for _path, unit, _city, people in rows if people is not None}
        towns: dict[Words, list[Token]] = {}
        for _path, unit, city, _people in rows:
            towns.setdefault(unit, []).extend(one for code in city.known for one in tokens(getattr(city, code)))
        for path, unit, city, _people in rows:
            for _start, end in spans(self.tokens, tokens(unit.of(self.language))) if unit else ():
                found = BRACKETS.match(self.text, self.tokens[end - 1].end)
                if found is None:
                    continue
                for part in re.finditer(r"[^,;]+", found[1]):
                    self._bracketed(
                        path, city, towns[unit], counted.get(unit), found.start(1) + part.start(), part.group()
                    )

    def _bracketed(self, path: str, city: Words, towns: list[Token], people: int | None, start: int, part: str) -> None:
        left = start + len(part) - len(part.lstrip())
        end = start + len(part.rstrip())
        number = re.search(r"\d[\d \u00a0,]*", part)
        if number is not None:
            value = int(re.sub(r"\D", "", number.group()))
            if people is not None and value != people:
                self.mark_text(left, end, "number", f"{path}.people", str(people))
            elif people is not None:
                self.told.add(f"{path}.people")
                self.cover_text(left, end)
            return
        if city and not any(same(token, one) for token in tokens(part) for one in towns):
            self.mark_text(left, end, "words", f"{path}.city", city.of(self.language))

    # Numbers

    def numbers(self) -> None:
        people = {n: one.people for n, one in enumerate(self.event.participants) if one.people}
        figures = {name: value for name in COUNTED if (value := getattr(self.event.figures, name)) is not None}
        for found in NUMBER.finditer(self.text):
            inside = [
                n for n, token in enumerate(self.tokens) if token.start < found.end() and token.end > found.start()
            ]
            if not inside or all(self.covered[n] for n in inside):
                continue
            value = int(re.sub(r"\D", "", found.group()))
            self._number(found.start(), found.end(), value, inside[-1], people, figures)

    def _number(
        self, start: int, end: int, value: int, last: int, people: dict[int, int], figures: dict[str, int]
    ) -> None:
        counted = self._counted(last)
        whose = [n for n, many in people.items() if many == value]
        if counted in figures and figures[counted] == value:
            self.told.add(f"figures.{counted}")
            self.cover_text(start, end)
        if counted in (None, "participants") and whose:
            self.told.update(f"participants[{n}].people" for n in whose)
            self.cover_text(start, end)
        if self.covered[last]:
            return
        if counted in figures:
            self.mark_text(start, end, "number", f"figures.{counted}", str(figures[counted]))
        elif counted == "participants" and people:
            nearest = min(people, key=lambda n: abs(people[n] - value))
            self.mark_text(start, end, "number", f"participants[{nearest}].people", str(people[nearest]))
        elif counted is None and value in figures.values():
            self.told.update(f"figures.{name}" for name, many in figures.items() if many == value)
            self.cover_text(start, end)
        else:
            self.mark_text(start, end, "number", "", "", UNKNOWN)

    def _counted(self, last: int) -> str | None:
        """What the number counts, by the words behind it up to the next mark or number."""
        for n in range(last + 1, min(last + 4, len(self.tokens))):
            gap = self.text[self.tokens[n - 1].end : self.tokens[n].start]
            if re.search(r"[.;,:()«»]", gap) or self.tokens[n].word.isdigit():
                return None
            for name, pattern in COUNT.items():
                if pattern.match(self.tokens[n].word):
                    return name
        return None

    def form(self) -> None:
        form = self.event.form
        if form is None:
            return
        if FORM_WORDS[form].search(self.text):
            self.told.add("form")
            return
        for other, pattern in FORM_WORDS.items():
            if other != form and form != "mixed" and (found := pattern.search(self.text)):
                inside = [
                    n for n, token in enumerate(self.tokens) if token.start < found.end() and token.end > found.start()
                ]
                if not all(self.covered[n] for n in inside):
                    self.mark_text(found.start(), found.end(), "words", "form", form)
                    return

    # What no fact gives

    def unknown_quotations(self) -> None:
        for start, end in self.quotations():
            inside = [n for n, token in enumerate(self.tokens) if token.start >= start and token.end <= end]
            if inside and not all(self.covered[n] for n in inside):
                self.mark_text(start, end, "quotation", "", "", UNKNOWN)

    def unknown_names(self) -> None:
        """Two capital words in a row, an initial and a word, or one word that ends as surnames do."""
        n = 0
        while n < len(self.tokens):
            row = self._row(n)
            if not row:
                n += 1
                continue
            n = row[-1] + 1
            whole = [self.tokens[m] for m in row]
            personal = any(self._personal(token) and len(token.word) > 4 for token in whole)
            initials = any(len(token.word) == 1 for token in whole) and any(len(token.word) > 2 for token in whole)
            if self._begins(row[0]) and not personal and not initials:
                row = row[1:]
            if (
                (len(row) > 1 or personal)
                and any(len(self.tokens[m].word) > 2 for m in row)
                and (personal or initials or len(row) > 1)
            ):
                if len(row) == 1 and self._begins(row[0]):
                    continue
                self.mark(row[0], row[-1] + 1, "name", "", "", UNKNOWN)

    def _row(self, n: int) -> list[int]:
        row: list[int] = []
        while (
            n < len(self.tokens)
            and self.tokens[n].capital
            and not self.covered[n]
            and not self.tokens[n].word.isdigit()
        ):
            if row:
                gap = self.text[self.tokens[n - 1].end : self.tokens[n].start]
                if not BETWEEN.match(gap) or ("." in gap and len(self.tokens[n - 1].word) > 1):
                    break
            row.append(n)
            n += 1
        return row


ENDINGS = re.compile(r"(ова|ева|ина|овой|евой|иной|ову|еву|ину|ов|ев|ин|ым|ой|а|у|ы|е)$")


def _stem(word: str) -> str:
    low = word.casefold()
    short = ENDINGS.sub("", low)
    return short if len(short) >= 4 else low


@lru_cache(maxsize=256)
def check(text: str, event: Event, language: str) -> Report:
    """Hold `text` (title, lead and paragraphs, one after another) against the facts of `event`.

    Kept for a while: a page asks of three languages, and the way onward asks again.
    """
    return Checker(text, event, language).report()
