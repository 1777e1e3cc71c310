"""Whoever comes into a room: an account of the house, or a guest from outside by her own link (decision 0105).

A row of a room names a person or a guest, never both. On streams, in tokens and in forms both are one word, her *key*:
«12» is a person, «g3» a guest.
"""

from __future__ import annotations

from typing import Any

from orken.kit.i18n.content import LANGUAGES
from orken.meetings.models import Guest
from orken.people.models import Account

Comer = Account | Guest
Texts = dict[str, str]


def own(by: Comer) -> dict[str, Any]:
    """The column that names her, as a condition and as a value of a row."""
    return {"person_id": by.person_id} if isinstance(by, Account) else {"guest_id": by.pk}


def key(by: Comer) -> str:
    return str(by.person_id) if isinstance(by, Account) else f"g{by.pk}"


def columns(of: str | int) -> dict[str, Any]:
    """The column that a key means; of a word that is no key one that finds nobody."""
    text = str(of)
    name, number = ("guest_id", text[1:]) if text.startswith("g") else ("person_id", text)
    return {name: int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0}


def name_of(row: Any) -> Texts:
    """Given name and surname of a person in each language; a guest as the list has her, with the body she comes from."""
    if row.guest_id:
        return {code: called(row.guest, code) for code in LANGUAGES}
    return {code: row.person.short_name(code) for code in LANGUAGES}


def called(guest: Guest, language: str | None = None) -> str:
    """Her name with the body she comes from, which is left in the letters of whoever typed it."""
    name = guest.called(language)
    return f"{name} ({guest.institution})" if guest.institution else name


def trail(row: Any) -> dict[str, Any]:
    """How the trail names her: a guest by her number alone, for her name can be wiped and the trail cannot."""
    return {"guest": row.guest_id} if row.guest_id else {"person": row.person.short_name("kk")}
