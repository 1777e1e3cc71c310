"""Checking a certificate that somebody shows: the least that the law wants, and the whole name only to who knows the surname."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from orken.credentials import names, numbering
from orken.credentials.models import Certificate, Prefix
from orken.kit.limits import services as limits
from orken.kit.text.folding import fold_name

LONGEST = 40  # letters of a number that is read
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
LOOKS, MISSES, SURNAMES = (
    60,
    15,
    5,
)  # looks and misses of one address in a quarter of an hour, surnames tried for one certificate in an hour


class TooMany(Exception):
    """This address has asked too often; the answer waits."""


@dataclass(frozen=True)
class Answer:
    """`problem`: «malformed», «check» or «unknown», empty when the certificate stands in the register."""

    asked: str
    problem: str = ""
    certificate: Certificate | None = None


def prefixes() -> dict[str, str]:
    """Every prefix: of Kazakh letters → of Latin ones."""
    return dict(Prefix.objects.values_list("kk", "ascii"))


def read(text: str, known: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The number in ASCII form and what is wrong with it, if anything. `known`: the prefixes, where many are read at once.

    The address of this page stands for its number: that is what a code on a paper holds.
    """
    plain = text.strip().split("/verify/")[-1].strip("/ ")[:LONGEST]
    try:
        return str(numbering.parse(plain)), ""  # as a code has it: nothing is asked of the database
    except ValueError:
        pass
    try:
        return str(numbering.read(plain, prefixes() if known is None else known)), ""
    except numbering.NotANumber:
        return plain, "malformed"
    except numbering.WrongCheck:
        return plain, "check"


def look(text: str, *, seen_from: str) -> Answer:
    """What the register says of a number. Whoever guesses is slowed: looks and misses are counted. Raises TooMany."""
    number, problem = read(text)
    if problem:
        return Answer(number, problem)
    if not limits.allow(f"verify from:{seen_from}", times=LOOKS, per=QUARTER):
        raise TooMany(seen_from)
    found = Certificate.objects.filter(number=number, state__in=Certificate.PUBLIC).order_by().first()
    if found is None:
        if not limits.allow(f"verify missed:{seen_from}", times=MISSES, per=QUARTER):
            raise TooMany(seen_from)
        return Answer(number, "unknown")
    return Answer(number, certificate=found)


def knows(certificate: Certificate, surname: str, *, seen_from: str) -> bool:
    """Whether the surname (or surname and names) is hers, in any alphabet, however spelt. Raises TooMany."""
    if not limits.allow(f"verify surname:{certificate.number}:{seen_from}", times=SURNAMES, per=HOUR):
        raise TooMany(seen_from)
    return surname_fits(certificate, surname)


def surname_fits(certificate: Certificate, typed: str) -> bool:
    """The surname as it sounds; a whole name fits when it begins with the surname."""
    said = fold_name(typed)
    if not said:
        return False
    for parts in certificate.data["name"].values():
        hers = fold_name(parts["surname"])
        if hers and (said == hers or said.startswith(f"{hers} ")):
            return True
    return False


def initials(certificate: Certificate, language: str) -> str:
    """Her name as the public page shows it."""
    spelt = certificate.data["name"]
    parts = spelt.get(language) or {}
    return names.initials(parts if parts.get("surname") else spelt["kk"])


def whole_name(certificate: Certificate, language: str) -> str:
    spelt = certificate.data["name"]
    return names.full(spelt.get(language) or {}) or names.full(spelt["kk"])
