"""Whether words stand in a text, in whatever case they stand there: «Шахметовой» is Шахметова, «кітапханасының» кітапханасы."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orken.kit.text import analyser, naming


@dataclass(frozen=True)
class Token:
    """A word of a text: where it stands and by which keys it is found."""

    start: int
    end: int
    word: str
    low: str
    keys: frozenset[str]

    @property
    def capital(self) -> bool:
        return self.word[:1].isupper()


def tokens(text: str) -> list[Token]:
    return [_token(found.start(), found.end(), found.group()) for found in analyser.WORD.finditer(text)]


def _token(start: int, end: int, word: str) -> Token:
    return Token(start, end, word, word.casefold(), _keys(word))


@lru_cache(maxsize=20_000)
def _keys(word: str) -> frozenset[str]:
    return frozenset(analyser.keys(word.casefold().replace("ё", "е")))


# What a Kazakh noun takes at its end; the stemmer is for finding and cuts some names short (Өске-мен).
ENDINGS = frozenset(
    f"{naming.CASES}|на|не|нда|нде|нан|нен|н|сы|сі|ы|і|сының|сінің|ының|інің|сына|сіне|ына|іне|нікі|дікі|тікі".split(
        "|"
    )
)


def same(one: Token, other: Token) -> bool:
    """Whether two words are one in some case."""
    if not one.keys.isdisjoint(other.keys):
        return True
    if one.low[:3] != other.low[:3]:  # most words of a text end here
        return False
    short, long = (one.low, other.low) if len(one.low) <= len(other.low) else (other.low, one.low)
    return len(short) > 2 and long.startswith(short) and long[len(short) :] in ENDINGS


# What the cases of Russian put behind a name of its own, nouns and adjectives together.
_PROPER = frozenset(
    [
        "а",
        "я",
        "ь",
        "й",
        "у",
        "ю",
        "е",
        "ы",
        "и",
        "ом",
        "ем",
        "ой",
        "ей",
        "ою",
        "ею",
        "ым",
        "ых",
        "ыми",
        "ый",
        "ий",
        "ая",
        "яя",
        "ое",
        "ее",
        "ые",
        "ие",
        "ого",
        "его",
        "ому",
        "ему",
        "им",
        "их",
        "ими",
        "ую",
        "юю",
        "ья",
        "ью",
    ]
)


@lru_cache(maxsize=20_000)
def _roots(low: str) -> frozenset[str]:
    """What can be left when a case is taken off; at least three letters."""
    word = low.replace("ё", "е")
    return frozenset([word, *(word[:n] for n in range(max(3, len(word) - 3), len(word)) if word[n:] in _PROPER)])


def bears(one: Token, other: Token) -> bool:
    """Whether two words are one name in some case, letter by letter: the stems of a search take Шагимова for Шагиева."""
    if one.low == other.low:
        return True
    short, long = (one.low, other.low) if len(one.low) <= len(other.low) else (other.low, one.low)
    if len(short) > 2 and long.startswith(short) and long[len(short) :].strip("'’") in {*ENDINGS, "s", ""}:
        return True
    return bool(_roots(one.low) & _roots(other.low)) and analyser.ONLY_KAZAKH.search(one.low) is None


def spans(text: Sequence[Token], fact: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Every place where the words of `fact` stand one after another: first and behind-last token of the text."""
    length = len(fact)
    if not length:
        return
    n = 0
    while n + length <= len(text):
        if same(text[n], fact[0]) and all(same(text[n + k], fact[k]) for k in range(1, length)):
            yield n, n + length
            n += length
        else:
            n += 1


def stands(text: str, fact: str) -> bool:
    """Whether `fact` stands in `text` word by word, in any case."""
    return next(spans(tokens(text), tokens(fact)), None) is not None
