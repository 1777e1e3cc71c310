"""Keys of texts and questions in the manner of each database."""

from __future__ import annotations

from orken.kit.text.analyser import keys, terms, words
from orken.kit.text.folding import fold_name
from orken.kit.text.plain import one_alphabet

MOST_TERMS = 4000  # of one document
MOST_WORDS = 12  # of one question


def sound_keys(text: str) -> list[str]:
    """Keys of names as they sound: «s_» and the folded word. Only documents that name `sounds` hold such keys."""
    return [f"s_{word}" for word in fold_name(text).split() if len(word) > 2]


def document_for_sqlite(title: str, body: str, sounds: str = "") -> tuple[str, str]:
    return " ".join([*terms(title), *sound_keys(sounds)]), " ".join(terms(body)[:MOST_TERMS])


def document_for_postgresql(title: str, body: str, sounds: str = "") -> str:
    """A literal of type tsvector: the title weighs A, the body D."""
    parts = [f"'{term}':{place}A" for place, term in enumerate([*terms(title), *sound_keys(sounds)], start=1)]
    parts += [
        f"'{term}':{min(place, 16383)}D" for place, term in enumerate(terms(body)[:MOST_TERMS], start=len(parts) + 1)
    ]
    return " ".join(parts)


def question_for_sqlite(text: str) -> str:
    """An FTS5 expression, empty when the text holds no word. Every key is quoted, so no operator gets through."""
    return " AND ".join(
        "(" + " OR ".join(f'"{key}"{"*" if last and key[0] == "=" else ""}' for key in found) + ")"
        for found, last in _questions(text)
    )


def question_for_postgresql(text: str) -> str:
    """A literal of type tsquery, empty when the text holds no word."""
    return " & ".join(
        "(" + " | ".join(f"'{key}'{':*' if last and key[0] == '=' else ''}" for key in found) + ")"
        for found, last in _questions(text)
    )


def _questions(text: str) -> list[tuple[tuple[str, ...], bool]]:
    """The keys of each word; the last word may be unfinished."""
    asked = words(one_alphabet(text))[:MOST_WORDS]
    return [((*keys(word), *sound_keys(word)), place == len(asked) - 1) for place, word in enumerate(asked)]
