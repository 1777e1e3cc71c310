"""A table of people to send, matched with the staff of the sender's scope by name as it sounds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.sheets.reading import Book
from orken.kit.text.folding import fold_name
from orken.kit.text.sorting import sort_key
from orken.network.models import Appointment


@dataclass(frozen=True)
class Unmatched:
    """A row that gave nobody, or more than one; `text` is what stands in it."""

    sheet: str
    row: int
    text: str
    reason: str | Promise


@dataclass(frozen=True)
class Matched:
    rows: list[Appointment]
    unmatched: list[Unmatched]


def match(book: Book, staff: QuerySet[Appointment]) -> Matched:
    """Every row with a name in it gives one person of `staff`, or a reason why not; rows without a name are passed over."""
    by_sound: dict[str, list[Appointment]] = defaultdict(list)
    for row in staff:
        person = row.person
        for surname, given in ((person.surname_kk, person.given_kk), (person.surname_ru, person.given_ru), (person.surname_en, person.given_en)):  # fmt: skip
            key = fold_name(f"{surname} {given}")
            if key and row not in by_sound[key]:
                by_sound[key].append(row)
    found: dict[int, Appointment] = {}
    unmatched: list[Unmatched] = []
    for sheet in book.sheets:
        for number, cells in enumerate(sheet.rows, start=1):
            texts = [" ".join(str(cell).split()) for cell in cells if str(cell).strip()]
            names = [
                text
                for text in texts
                if 2 <= len(fold_name(text).split()) <= 4 and not any(sign.isdigit() for sign in text)
            ]
            if len(texts) >= 3 and not names:
                names = [" ".join(texts[:2])]
            hits = {row.pk: row for text in names for row in by_sound.get(" ".join(fold_name(text).split()[:2]), [])}
            if len(hits) == 1:
                found.update(hits)
            elif hits:
                unmatched.append(Unmatched(sheet.name, number, names[0], _("Several people have this name. Choose her in the list.")))  # fmt: skip
            elif names and number > 1 and _looks_like_a_person(names[0]):
                unmatched.append(Unmatched(sheet.name, number, names[0], _("Nobody with this name works in your libraries today.")))  # fmt: skip
    return Matched(list(found.values()), unmatched)


def _looks_like_a_person(text: str) -> bool:
    return all(word[:1].isupper() for word in text.split() if word[:1].isalpha())


def name_condition(query: str) -> Q:
    """Staff whose name holds every word, case-blind in Kazakh and Russian."""
    condition = Q()
    for word in query.split():
        key = sort_key(word)
        condition &= (
            Q(person__sort_kk__contains=key) | Q(person__sort_ru__contains=key) | Q(unit__sort_kk__contains=key)
        )
    return condition
