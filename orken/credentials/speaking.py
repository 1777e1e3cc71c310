"""Certificates of speaking: who gave which talk at which meeting. They certify no learning: no hours, no outcome, nobody trained.

What such a paper says comes from the talk and not from a result, so its source is the talk as one speaker gave it. Whoever
speaks need not be a person of the register: a guest has her certificate by the link that she spoke by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from orken.credentials.models import Certificate, Kind
from orken.credentials.models.certificates import GIVEN
from orken.credentials.paper.words import LEADS

LANGUAGES = ("kk", "ru", "en")
PARTS = ("surname", "given", "patronymic")
TITLE = {"kk": "Баяндамашы сертификаты", "ru": "Сертификат докладчика", "en": "Speaker's certificate"}


def source_of(pk: int) -> str:
    """The talk as one speaker gave it."""
    return f"{GIVEN}{pk}"


@dataclass(frozen=True)
class Spoken:
    """A talk that was held, as the programme of its day has it. `name` by language and part, the others by language.

    `talk` is the title in each language; where it has none in one, the title stands as it was given.
    """

    name: dict[str, dict[str, str]]
    talk: dict[str, str]
    on: date
    organiser: dict[str, str]
    institution: dict[str, str] = field(default_factory=dict)


def document() -> dict[str, Any]:
    """What the paper says of its kind; no rule of documents is asked, for rules weigh hours."""
    return {"kind": Kind.SPEAKING, "lead": LEADS[Kind.SPEAKING], "title": TITLE}


def said(spoken: Mapping[str, Any]) -> dict[str, Any]:
    """What the paper says of the talk, from a row of a batch."""
    return {
        "talk": whole(spoken["talk"]), "organiser": whole(spoken["organiser"]), "unit": whole(spoken["institution"]),
        "starts_on": spoken["on"], "ends_on": spoken["on"], "hours": "",
    }  # fmt: skip


def whole(texts: Mapping[str, str]) -> dict[str, str]:
    """Every language has a text: its own, or the next that there is."""
    first = next((texts[code] for code in LANGUAGES if texts.get(code)), "")
    return {code: texts.get(code) or first for code in LANGUAGES}


def is_one(certificate: Certificate) -> bool:
    return certificate.kind == Kind.SPEAKING
