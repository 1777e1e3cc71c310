"""A text of the vocabulary in the three languages: data, versioned with what it names, so not in a catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from orken.kit.i18n.content import current_language


@dataclass(frozen=True)
class Words:
    """One text three times; as a string it is the reader's own."""

    kk: str
    ru: str
    en: str

    def __str__(self) -> str:
        return self.in_language(current_language())

    def in_language(self, language: str) -> str:
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def as_dict(self) -> dict[str, str]:
        return {"kk": self.kk, "ru": self.ru, "en": self.en}

    def __mod__(self, values: object) -> Words:
        """The text with its places filled, in every language."""
        return Words(self.kk % values, self.ru % values, self.en % values)


class Refused(Exception):
    """What was given cannot be taken; `words` is a sentence in every language that names what is wrong."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)
