"""The programme and the name plates on paper: Kazakh and Russian side by side, from what was released."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from orken.kit.i18n.dates import long_date
from orken.kit.pdf import rendering as pdf
from orken.meetings import occasions
from orken.meetings.models import Meeting, Release, Speaker
from orken.meetings.selectors.programme import Block, blocks
from orken.meetings.selectors.talks import institution_as_of

PROGRAMME = Path(__file__).parent / "papers" / "programme.typ"
CARDS = Path(__file__).parent / "papers" / "cards.typ"
BOTH = ("kk", "ru")
ZONE = "Asia/Almaty"


def programme(meeting: Meeting, release: Release) -> bytes:
    """A4, from the frozen version: the same version gives the same bytes for ever."""
    return pdf.render(PROGRAMME, programme_data(meeting, release), made_at=release.at.replace(microsecond=0))


def programme_data(meeting: Meeting, release: Release) -> dict[str, Any]:
    run = meeting.run
    issuer = institution_as_of(run.host, run.starts_on)
    read = {code: blocks(release, ZONE, code) for code in BOTH}
    return {
        "issuer": {code: issuer[f"institution_{code}"] or issuer["institution_kk"] for code in BOTH},
        "details": {"kk": "Бағдарлама", "ru": "Программа"},
        "title": {"kk": run.title_kk or run.title_ru, "ru": run.title_ru or run.title_kk},
        "occasion": {code: occasions.line(meeting, code) for code in BOTH},
        "date": {code: long_date(run.starts_on, code) for code in BOTH},
        "number": release.number, "at": f"{timezone.localtime(release.at):%d.%m.%Y %H:%M}",
        "blocks": [_block(kk, ru) for kk, ru in zip(read["kk"], read["ru"], strict=True)],
    }  # fmt: skip


def _block(kk: Block, ru: Block) -> dict[str, Any]:
    return {
        "title": {"kk": kk.title, "ru": ru.title}, "moderators": {"kk": ", ".join(kk.moderators), "ru": ", ".join(ru.moderators)},
        "on": {"kk": long_date(kk.on, "kk"), "ru": long_date(kk.on, "ru")},
        "slots": [
            {
                "time": f"{one.begins:%H:%M}–{one.ends:%H:%M}", "title": {"kk": one.title, "ru": other.title},
                "speakers": [
                    {"kk": _who(mine), "ru": _who(theirs)} for mine, theirs in zip(one.speakers, other.speakers, strict=True)
                ],
            }
            for one, other in zip(kk.slots, ru.slots, strict=True)
        ],
    }  # fmt: skip


def _who(speaker: dict[str, str]) -> dict[str, str]:
    where = ", ".join(part for part in (speaker["position"], speaker["institution"]) if part)
    return {"name": speaker["name"], "where": where}


def cards(meeting: Meeting, speakers: Sequence[Speaker]) -> bytes:
    """Two plates on a sheet, each to be folded in the middle: the name reads from both sides."""
    at = timezone.now().replace(microsecond=0)
    return pdf.render(CARDS, {"cards": [card(one) for one in speakers], "title": meeting.run.title_kk}, made_at=at)


def card(one: Speaker) -> dict[str, dict[str, str]]:
    return {
        code: {
            "name": one.full_name(code), "position": getattr(one, f"position_{code}") or one.position,
            "institution": getattr(one, f"institution_{code}") or one.institution,
        }
        for code in BOTH
    }  # fmt: skip
