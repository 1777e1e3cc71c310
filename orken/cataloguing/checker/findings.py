"""One finding: which rule, where, and its words in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Any

from orken.cataloguing.checker import rules
from orken.cataloguing.profiles.model import LANGUAGES, Names

SEVERITIES = ("fatal", "major", "minor", "info")
ERRORS = frozenset({"fatal", "major"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule saw. `occurrence` counts the fields of the tag from 1; 0 when the record as a whole is meant."""

    rule: str
    severity: str
    field: str = ""
    occurrence: int = 0
    subfield: str = ""
    values: Mapping[str, Any] = _field(default_factory=dict, hash=False)
    source: str = ""
    """Where the rule is written: a field of the format, a paragraph of a standard."""

    @property
    def error(self) -> bool:
        return self.severity in ERRORS

    @property
    def place(self) -> str:
        """«245 $c», «700(2)», or an empty text."""
        text = self.field
        if self.occurrence > 1:
            text += f"({self.occurrence})"
        return f"{text} ${self.subfield}" if self.subfield else text

    def what(self, language: str) -> str:
        return rules.get(self.rule).what.text(language).format_map(_Words(self.values, language))

    def why(self, language: str) -> str:
        return rules.get(self.rule).why.text(language).format_map(_Words(self.values, language))

    def how(self, language: str) -> str:
        return rules.get(self.rule).how.text(language).format_map(_Words(self.values, language))

    def message(self, language: str) -> str:
        """What, where, why and how to see it, as one paragraph."""
        start = f"{self.place}: " if self.place else ""
        return f"{start}{self.what(language)} {self.why(language)} {self.how(language)}"

    def as_json(self) -> dict[str, Any]:
        """The shape of `orken marc check --json`."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "field": self.field,
            "occurrence": self.occurrence,
            "subfield": self.subfield,
            "message": {language: self.message(language) for language in LANGUAGES},
            "source": self.source,
        }


_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def shown(text: str) -> str:
    """A text from a record made safe to show: what cannot be seen, or would turn the line, by its number."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(lambda sign: f"⟨{ord(sign[0]):04X}⟩", text)


class _Words(dict[str, str]):
    """The values of a sentence; one with names speaks the language of the sentence."""

    def __init__(self, values: Mapping[str, Any], language: str) -> None:
        super().__init__()
        for name, value in values.items():
            self[name] = value.text(language) if isinstance(value, Names) else shown(str(value))

    def __missing__(self, name: str) -> str:
        return "…"
