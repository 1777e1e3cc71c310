"""Sign-in names: Latin letters that every keyboard has, made of the surname and the first letter of the given name."""

from __future__ import annotations

import re
import unicodedata

from orken.people.models import Account, Person

# The habit of Kazakhstan's passports; only for a name to type, never for papers.
_LATIN = str.maketrans(
    {
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
        "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "є": "e", "ї": "i", "ґ": "g", "ў": "u", "ҳ": "h", "ҷ": "j", "җ": "zh",
    }
)  # fmt: skip


def latin(text: str) -> str:
    """Small Latin letters only."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN))
    return re.sub(r"[^a-z]", "", plain)


def suggest(person: Person) -> str:
    """A free sign-in name: zhumabekova.a, the next of that name zhumabekova.a2."""
    surname = _first(person, "surname")[:40] or _first(person, "given")[:40] or "reader"
    given = _first(person, "given")
    base = f"{surname}.{given[0]}" if given and surname != given else surname
    taken = set(Account.objects.filter(login__startswith=base).values_list("login", flat=True))
    number = 1
    while (found := base if number == 1 else f"{base}{number}") in taken:
        number += 1
    return found


def _first(person: Person, part: str) -> str:
    return next(
        (word for script in ("en", "kk", "ru") if (word := latin(getattr(person, f"{part}_{script}")))),
        "",
    )
