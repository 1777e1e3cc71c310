"""Names of speakers: found in any case, with initials, in any order; and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from orken.kit.text import latin
from orken.newsroom.checking.held import BETWEEN, UNKNOWN, Held
from orken.newsroom.compose import words_ru
from orken.newsroom.facts import Names
from orken.newsroom.matching import Token, bears, same, spans, tokens

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
ENDINGS = re.compile(r"(ова|ева|ина|овой|евой|иной|ову|еву|ину|ов|ев|ин|ым|ой|а|у|ы|е)$")


class ByNames(Held):
    """Looks at persons."""

    def names(self) -> None:
        stands = {path: self._name(path, names) for path, names in self.named()}
        for path, names in self.named():
            self._misspelt(path, names, once=stands[path])

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
                bears(token, one) and bool(FATHER.search(one.word)) == father for one in family
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
            if any(bears(self.tokens[n], one) for one in family):
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

    def _fits(self, token: Token, own: Sequence[Token], family: Sequence[Token]) -> bool:
        if len(token.word) == 1:
            return any(one.word[:1].casefold() == token.word.casefold() for one in own) or not own
        father = bool(FATHER.search(token.word))
        if any(bears(token, one) and bool(FATHER.search(one.word)) == father for one in family):
            return True
        return any(same(token, one) and bool(FATHER.search(one.word)) == father for one in own) or (
            bool(own)
            and all(len(one.word) == 1 for one in own)
            and any(one.word[:1].casefold() == token.word[:1].casefold() for one in own)
        )

    def _misspelt(self, path: str, names: Names, *, once: bool) -> None:
        """A word that is nearly her surname, or that stands at her own names; where her surname stands `once` already, at all of them."""
        family, own, full = self._parts(names)
        wanted = [one.word.casefold() for one in family]
        long_own = [one for one in own if len(one.word) > 1]
        for n, token in enumerate(self.tokens):
            if self.covered[n] or not token.capital or len(token.word) < 2:
                continue
            if any(same(token, one) for one in long_own):
                row = sorted([n, *self._beside(n, -1, own), *self._beside(n, 1, own)])
                ours = sum(any(same(self.tokens[m], one) for one in long_own) for m in row)
                known = len({one.word for one in long_own if one.word in full})
                if len(row) > ours and ours >= (max(2, known) if once else known / 2) and ours:
                    self.mark(row[0], row[-1] + 1, "name", path, full)
                    return
            elif not once and any(
                abs(len(token.word) - len(one)) <= 3 and fuzz.ratio(_stem(token.word), _stem(one)) >= 82
                for one in wanted
            ):
                row = sorted([n, *self._beside(n, -1), *self._beside(n, 1)])
                self.mark(row[0], row[-1] + 1, "name", path, full)
                return

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


def _stem(word: str) -> str:
    low = word.casefold()
    short = ENDINGS.sub("", low)
    return short if len(short) >= 4 else low
