"""Which encoding a file is in: detected from its bytes, then confirmed or overridden by a person.

What a record declares (LDR/09, 100 $a/26-29) is not believed: one real file declares ISO 646 and
holds KOI8-R (cataloguing.md §1). Single-byte Cyrillic encodings share their bytes, so they are told
apart by how much the text looks like words: frequent small letters, no capital after a small letter,
no line-drawing inside words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from orken.cataloguing.codecs import marc8

ENCODINGS = {
    "utf-8": "UTF-8",
    "marc-8": "MARC-8",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "cp866": "CP866 (DOS)",
    "kz1048": "ҚР СТ 1048 (KZ-1048)",
}
"""Name → how it is called in front of people. KZ-1048 is cp1251 with the Kazakh letters."""

_ALIASES = {
    "utf8": "utf-8",
    "unicode": "utf-8",
    "marc8": "marc-8",
    "ansel": "marc-8",
    "windows-1251": "cp1251",
    "win1251": "cp1251",
    "win-1251": "cp1251",
    "1251": "cp1251",
    "koi8r": "koi8-r",
    "koi8": "koi8-r",
    "ibm866": "cp866",
    "dos": "cp866",
    "866": "cp866",
    "kz-1048": "kz1048",
    "strk1048": "kz1048",
}
SINGLE_BYTE = ("cp1251", "koi8-r", "cp866", "kz1048")


def canonical(name: str) -> str:
    """Our name of an encoding. Raises KeyError for one that is not read here."""
    lowered = name.strip().lower().replace("_", "-")
    lowered = _ALIASES.get(lowered, lowered)
    if lowered not in ENCODINGS:
        raise KeyError(name)
    return lowered


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding and how sure the guess is (0 to 1); `plain` when every byte is ASCII."""

    encoding: str
    certainty: float
    plain: bool = False


# Shares of letters in running text, in thousandths: Russian and Kazakh together.
_COMMON = dict(
    zip(
        "оаеинтрслвкмдпуыяьгзбчйхжюшцщэфәіңғүұқөһ",
        (
            90,
            90,
            75,
            66,
            65,
            62,
            52,
            52,
            48,
            40,
            38,
            32,
            32,
            26,
            25,
            30,
            18,
            16,
            16,
            16,
            17,
            13,
            12,
            10,
            9,
            6,
            8,
            5,
            4,
            4,
            3,
            12,
            18,
            10,
            12,
            6,
            8,
            12,
            6,
            1,
        ),
        strict=True,
    )
)
_LETTER_SCORES = {
    **{letter: 1.0 + share / 30 for letter, share in _COMMON.items()},
    "ё": 1.0,
    "ъ": 0.5,
    "№": 0.5,
    "«": 0.6,
    "»": 0.6,
}
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_COMBINING_BEFORE_LETTER = re.compile(rb"[\xe0-\xfe]{1,2}[A-Za-z]")
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")
_ESCAPE = re.compile(rb"\x1b(?:[()\-,][\x21-\x7e]|\$[\x21-\x7e]|[bgps])")


def _word_score(word: str) -> float:
    score = 0.0
    before = ""
    for letter in word:
        small = _LETTER_SCORES.get(letter)
        if small is not None:
            score += small
        elif letter.isalpha():
            lowered = _LETTER_SCORES.get(letter.lower())
            score += 0.4 * lowered if lowered is not None else -1.0
            if before.islower():
                score -= 3.0
            if letter in "ӘІҢҒҮҰҚӨҺЂЃЉЊЌЋЏђѓљњќћџЎўЪЫЬ" and not before:
                score -= 0.4
        else:
            score -= 2.0
        before = letter
    return score


def _scores(words: Counter[bytes]) -> dict[str, float]:
    """Mean score per byte above ASCII of the words read in each single-byte encoding."""
    size = sum(len(word) * times for word, times in words.items()) or 1
    scores = {}
    for encoding in SINGLE_BYTE:
        total = 0.0
        for word, times in words.items():
            try:
                total += _word_score(word.decode(encoding)) * times
            except UnicodeDecodeError:
                total -= 3.0 * len(word) * times
        scores[encoding] = total / size
    # KZ-1048 and cp1251 agree on every Russian letter: the national code only when Kazakh letters decide.
    scores["kz1048"] -= 0.01
    return scores


def guess(sample: bytes) -> Guess:
    """The encoding that fits `sample` best."""
    if sample.isascii():
        if _ESCAPE.search(sample):
            return Guess("marc-8", 0.95)
        return Guess("utf-8", 1.0, plain=True)
    try:
        sample.decode("utf-8")
        return Guess("utf-8", 1.0)
    except UnicodeDecodeError as problem:
        # A sample may be cut in the middle of a letter.
        if problem.start >= len(sample) - 3 and len(sample) > 3:
            return Guess("utf-8", 1.0)
    if _mostly_utf8(sample):
        return Guess("utf-8", 0.8)
    if _ESCAPE.search(sample):
        return Guess("marc-8", 0.95)
    if not _TWO_HIGH.search(sample):
        # Cyrillic words have letters side by side; a lone © or ℗ is ANSEL's.
        return Guess("marc-8", 0.6)
    scores = _scores(Counter(_WORD.findall(sample)))
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    high = sum(1 for byte in sample if byte > 0x7F)
    combining = sum(len(found) - 1 for found in _COMBINING_BEFORE_LETTER.findall(sample))
    if scores[best] < 0.6 and combining >= 0.3 * high:
        return Guess("marc-8", 0.7)
    gap = scores[best] - scores[second]
    if {best, second} == {"cp1251", "kz1048"}:
        third = sorted(scores.values(), reverse=True)[2]
        gap = scores[best] - third
    return Guess(best, round(max(0.3, min(0.99, 0.5 + gap / 2)), 2))


def _mostly_utf8(sample: bytes) -> bool:
    """Whether a file that is not wholly UTF-8 still is that: most of its letters are right."""
    text = sample.decode("utf-8", errors="surrogateescape")
    wrong = sum(1 for letter in text if "\udc80" <= letter <= "\udcff")
    right = sum(1 for letter in text if letter > "\x7f") - wrong
    return right > 2 * wrong


def looks_like(words: bytes, encoding: str) -> Guess:
    """A second look at one record of a single-byte file: the guess for it alone.

    A record with few letters says nothing, so the file's own encoding stands then.
    """
    found = Counter(_WORD.findall(words))
    if sum(len(word) for word in found) < 40:
        return Guess(encoding, 0.5)
    scores = _scores(found)
    best = max(scores, key=lambda name: scores[name])
    if best == encoding or {best, encoding} == {"cp1251", "kz1048"} or scores[best] - scores[encoding] < 0.8:
        return Guess(encoding, 0.9)
    return Guess(best, min(0.99, 0.5 + (scores[best] - scores[encoding]) / 2))


def decode(body: bytes, encoding: str) -> str:
    """Text of `body`. Raises UnicodeDecodeError when the bytes are not that encoding's."""
    if encoding == "marc-8":
        return marc8.decode(body)
    return body.decode(encoding)


def encode(text: str, encoding: str) -> bytes:
    """Bytes of `text`. Raises UnicodeEncodeError when the encoding lacks a letter."""
    if encoding == "marc-8":
        return marc8.encode(text)
    return text.encode(encoding)


def words_of(body: bytes) -> Iterator[bytes]:
    """The words with bytes above ASCII."""
    yield from _WORD.findall(body)
