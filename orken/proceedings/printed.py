"""The proceedings on paper: one PDF with contents, Kazakh first, Russian beside or below it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from orken.kit.i18n.dates import date_range, long_date
from orken.kit.pdf import rendering as pdf
from orken.kit.text.sorting import sort_key

TEMPLATE = Path(__file__).parent / "papers" / "proceedings.typ"
BOTH = ("kk", "ru")


def both(texts: Mapping[str, str]) -> dict[str, str]:
    """A text for the two languages of a paper; the one that lacks stands in for the other."""
    first = next((texts[code] for code in ("kk", "ru", "en") if texts.get(code)), "")
    return {code: texts.get(code) or first for code in BOTH}


def only(texts: Mapping[str, str]) -> dict[str, str]:
    """A text that is printed once when it is known in one language: `only` says in which."""
    known = [code for code in ("kk", "ru", "en") if texts.get(code)]
    return both(texts) | ({"only": known[0]} if not set(BOTH) <= set(known) and known else {})


def drawn(data: Mapping[str, Any], *, number: int, at: datetime) -> bytes:
    return pdf.render(TEMPLATE, paper(data, number=number, at=at), made_at=at)


def paper(data: Mapping[str, Any], *, number: int, at: datetime) -> dict[str, Any]:
    """What the template sets: every text in both languages, days in words."""
    starts, ends = date.fromisoformat(data["starts_on"]), date.fromisoformat(data["ends_on"])
    titles = {part["talk"]: both(part["title"]) for part in data["parts"] if part["talk"]}
    return {
        "title": both(data["title"]), "occasion": both(data["occasion"]), "issuer": both(data["organiser"]), "number": number,
        "details": {"kk": "Материалдар жинағы", "ru": "Сборник материалов"},
        "days": {code: date_range(starts, ends, code) for code in BOTH}, "at": {code: long_date(timezone.localdate(at), code) for code in BOTH},
        "summary": only(data["summary"]), "figures": data["figures"],
        "sessions": [{"title": both(one["title"]), "minutes": one["minutes"]} for one in data["sessions"]],
        "parts": [_part(part) for part in data["parts"] if part["kind"] != "break" and part.get("held", True) and _tells(part)],
        "missing": [
            {"title": both(part["title"]), "speakers": [both(one["name"]) for one in part["speakers"]]}
            for part in data["parts"] if not part.get("held", True)
        ],
        "words": [{**_word(one), "talk": titles.get(one["talk"])} for one in data["words"]],
        "polls": [
            {"title": both(one["title"]), "rows": [{"title": both(each["title"]), "votes": each["votes"]} for each in one["rows"]]}
            for one in data["polls"]
        ],
        "institutions": [
            {"name": both(one["name"]), "region": both(one.get("region") or {}), "city": both(one["city"]), "people": one["people"]}
            for one in sorted(data["institutions"], key=_place)
        ],
    }  # fmt: skip


def _place(one: Mapping[str, Any]) -> tuple[bool, str, str, str]:
    """By region, name and town in Kazakh, so that a volume printed again lists the same; a library of the republic comes last."""
    region, name, city = (both(one.get(part) or {})["kk"] for part in ("region", "name", "city"))
    return not region, sort_key(region), sort_key(name), sort_key(city)


def _tells(part: Mapping[str, Any]) -> bool:
    """A talk always; an opening or an exchange of opinions when something stands under its title."""
    return part["talk"] is not None or any(part[name] for name in ("speakers", "abstract", "files", "recordings"))


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    begins = timezone.localtime(datetime.fromisoformat(part["starts_at"]))
    return {
        "title": both(part["title"]), "time": f"{begins:%H:%M}", "abstract": only(part["abstract"]) if part["abstract"] else None,
        "talk": part["talk"] is not None,
        "speakers": [{name: both(one[name]) for name in ("name", "position", "institution")} for one in part["speakers"]],
        "files": [one["name"] for one in part["files"]],
        "recordings": [{"title": both(one["title"]), "minutes": one["minutes"]} for one in part["recordings"]],
    }  # fmt: skip


def _word(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"who": both(one["who"]), "text": one["text"], "language": one["language"], "answers": [_word(each) for each in one["answers"]]}  # fmt: skip
