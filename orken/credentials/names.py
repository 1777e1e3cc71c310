"""Whether a name can stand on a paper: known in both languages, written in one alphabet, without signs that are no letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.people.models import Person

_WORD = re.compile(r"^[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?$")
_LATIN, _CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
LANGUAGES = ("kk", "ru", "en")


def of(person: Person) -> dict[str, dict[str, str]]:
    """Surname, given name and patronymic by language, as her documents have them."""
    return {
        code: {part: " ".join(str(getattr(person, f"{part}_{code}", "")).split()) for part in ("surname", "given", "patronymic")}
        for code in LANGUAGES
    }  # fmt: skip


def full(parts: Mapping[str, str]) -> str:
    return " ".join(filter(None, (parts.get("surname"), parts.get("given"), parts.get("patronymic"))))


def initials(parts: Mapping[str, str]) -> str:
    """«Ә. С. Қ.»: surname, given name and patronymic by their first letters."""
    return " ".join(f"{parts[part][0]}." for part in ("surname", "given", "patronymic") if parts.get(part))


def problems(names: Mapping[str, Mapping[str, str]]) -> Iterator[str | Promise]:
    """What keeps this name off a paper, in sentences; nothing when it can stand there."""
    for code, missing in (
        ("kk", _("Surname or given name is missing in Kazakh.")),
        ("ru", _("Surname or given name is missing in Russian.")),
    ):
        parts = names[code]
        if not parts.get("surname") or not parts.get("given"):
            yield missing
            continue
        for word in full(parts).split():
            if not _WORD.match(word):
                yield _("“%(word)s” is not a word of a name.") % {"word": word}
            elif _LATIN.search(word) and _CYRILLIC.search(word):
                yield _("“%(word)s” mixes Latin and Cyrillic letters.") % {"word": word}
