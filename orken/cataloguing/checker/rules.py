"""The rules as data: words in three languages, severity, source, a good and a bad example.

An example is a few lines over a clean record: a line replaces the fields of its tag, `-500` takes
them out, a leading `*` puts the lines in place of everything but the leader. An example that begins
with `@` is a file that the examples module builds byte by byte.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from orken.cataloguing.profiles.model import Names

TEXTS = Path(__file__).parent / "texts"
GROUPS = {
    "structure": Names("Құрылым", "Структура", "Structure"),
    "fixed": Names("Кодталған деректер", "Кодированные данные", "Fixed fields"),
    "complete": Names("Толықтық", "Полнота", "Completeness"),
    "cross": Names("Өрістердің келісімі", "Согласованность полей", "Agreement of fields"),
    "id": Names("Сәйкестендіргіштер", "Идентификаторы", "Identifiers"),
    "code": Names("Код тізімдері", "Списки кодов", "Code lists"),
    "class": Names("Жіктеу индекстері", "Классификационные индексы", "Class numbers"),
    "punct": Names("Тыныс белгілері", "Пунктуация", "Punctuation"),
    "filing": Names("Сұрыпталмайтын таңбалар", "Неучитываемые знаки", "Non-filing characters"),
    "access": Names("Қатынас нүктелері", "Точки доступа", "Access points"),
    "charset": Names("Таңбалар", "Знаки", "Characters"),
    "link": Names("Байланыс өрістері", "Поля связи", "Linking fields"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `family` is «unimarc» or «marc21» when it belongs to one; `format` is that of its examples."""

    code: str
    severity: str
    source: str
    title: Names
    what: Names
    why: Names
    how: Names
    bad: str
    good: str
    family: str
    format: str

    @property
    def group(self) -> str:
        return self.code.partition(".")[0]


@cache
def _all() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for path in sorted(TEXTS.glob("*.toml")):
        with path.open("rb") as file:
            for code, entry in tomllib.load(file).items():
                found[code] = Rule(
                    code,
                    entry["severity"],
                    entry["source"],
                    title=Names(*entry["title"]),
                    what=Names(*entry["what"]),
                    why=Names(*entry["why"]),
                    how=Names(*entry["how"]),
                    bad=entry["bad"],
                    good=entry.get("good", ""),
                    family=entry.get("family", ""),
                    format=entry.get("format", "mrk"),
                )
    return found


def registered() -> Iterable[Rule]:
    """Every rule, by group and then in the order of its file."""
    order = list(GROUPS)
    return sorted(_all().values(), key=lambda rule: order.index(rule.group))


def get(code: str) -> Rule:
    """Raises KeyError for a rule that does not exist."""
    return _all()[code]


@cache
def severities() -> dict[str, str]:
    return {code: rule.severity for code, rule in _all().items()}


@cache
def sources() -> dict[str, str]:
    return {code: rule.source for code, rule in _all().items()}
