"""Titles, institutions, towns, posts: told word by word, nearly, or with a word that is another."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from orken.kit.text import quotes
from orken.newsroom.checking.held import UNKNOWN, Held
from orken.newsroom.facts import Words
from orken.newsroom.matching import Token, bears, same, spans, tokens

FORM_WORDS = {
    "online": re.compile(r"онлайн|online|вебинар|webinar|қашықтан|дистанционн", re.IGNORECASE),
    "onsite": re.compile(r"\bочн\w* форм|бетпе-бет|күндізгі|офлайн|in person|offline|face-to-face", re.IGNORECASE),
    "mixed": re.compile(r"смешанн|аралас|both online and in person|hybrid|blended|гибридн", re.IGNORECASE),
}
BEFORE = re.compile(r"(заместител|зам$|вице|помощник|бывш|deputy|vice|assistant|acting|former|бұрынғы)")
BEHIND = re.compile(r"(орынбасар|көмекші|міндетін)")
BRACKETS = re.compile(r"[»”]?\s*\(([^()]*)\)")


class ByPhrases(Held):
    """Looks at facts that are words."""

    def phrases(self) -> None:
        values = sorted(self.values(), key=lambda one: -len(one[1]))
        taken: list[tuple[int, int]] = []
        for path, value in values:
            parts = re.split(r"[;,]", value) if path.endswith(".position") else [value]
            found_all = True
            for part in parts:
                fact = tokens(part)
                found = self._found(fact)
                self.where.setdefault(path, []).extend(start for start, _end in found)
                found_all = found_all and bool(found)
                taken += found
            if found_all:
                self.told.add(path)
        for value in self.others():
            taken += spans(self.tokens, tokens(value))
        for start, end in taken:
            self.cover(start, end)
        self._other_posts()

    def _found(self, fact: list[Token]) -> list[tuple[int, int]]:
        """Where the words stand one after another; names of their own inside («им. А. С. Пушкина») letter by letter: Пушкино is another."""
        return [
            (start, end) for start, end in spans(self.tokens, fact)
            if all(bears(one, other) for one, other in zip(self.tokens[start:end], fact, strict=True) if one.capital and other.capital)
        ]  # fmt: skip

    def _other_posts(self) -> None:
        """«Заместитель директора» holds the words of «директор» and is another post."""
        for path, value in self.values():
            if not path.endswith(".position"):
                continue
            own = {one.low for one in tokens(value)}
            for start, end in spans(self.tokens, tokens(re.split(r"[;,]", value)[0])):
                for n, pattern in ((start - 1, BEFORE), (end, BEHIND)):
                    if not 0 <= n < len(self.tokens) or self.tokens[n].low in own or self.covered[n]:
                        continue
                    left, right = sorted((n, start if n < start else end - 1))
                    gap = self.text[self.tokens[left].end : self.tokens[right].start]
                    if pattern.match(self.tokens[n].low) and not re.search(r"[.;,:()«»\n]", gap):
                        self.mark(min(n, start), max(n + 1, end), "words", path, value)

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
                if not self._found(fact):
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
            equal = [
                (bears if one.capital and other.capital else same)(one, other)
                for one, other in zip(window, fact, strict=True)
            ]
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
        counted = {unit: (path, people) for path, unit, _city, people in rows if people is not None}
        towns: dict[Words, list[Token]] = {}
        for _path, unit, city, _people in rows:
            towns.setdefault(unit, []).extend(one for code in city.known for one in tokens(getattr(city, code)))
        told: set[Words] = set()
        for path, unit, city, _people in rows:
            if unit in told:  # who organised stands among those that came: one line says it
                continue
            told.add(unit)
            for _start, end in spans(self.tokens, tokens(unit.of(self.language))) if unit else ():
                found = BRACKETS.match(self.text, self.tokens[end - 1].end)
                if found is None:
                    continue
                for part in re.finditer(r"[^,;]+", found[1]):
                    self._bracketed(
                        path, city, towns[unit], counted.get(unit), found.start(1) + part.start(), part.group()
                    )

    def _bracketed(
        self, path: str, city: Words, towns: list[Token], counted: tuple[str, int] | None, start: int, part: str
    ) -> None:
        left = start + len(part) - len(part.lstrip())
        end = start + len(part.rstrip())
        number = re.search(r"\d[\d \u00a0,]*", part)
        if number is not None:
            value = int(re.sub(r"\D", "", number.group()))
            if counted is not None and value != counted[1]:
                self.mark_text(left, end, "number", f"{counted[0]}.people", str(counted[1]))
            elif counted is not None:
                self.told.add(f"{counted[0]}.people")
                self.cover_text(left, end)
            return
        if city and not any(same(token, one) for token in tokens(part) for one in towns):
            self.mark_text(left, end, "words", f"{path}.city", city.of(self.language))

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

    def unknown_quotations(self) -> None:
        for start, end in self.quotations():
            inside = [n for n, token in enumerate(self.tokens) if token.start >= start and token.end <= end]
            if inside and not all(self.covered[n] for n in inside):
                self.mark_text(start, end, "quotation", "", "", UNKNOWN)
