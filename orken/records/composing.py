"""From what the owner gathered and the issuer's words to the data of a paper; from the data to its PDF."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from orken.kit.i18n.dates import long_date
from orken.kit.pdf import rendering as pdf
from orken.network.models import Unit
from orken.records import kinds, wording
from orken.records.kinds import Built, Head, Lines, Words
from orken.records.models import Paper
from orken.records.selectors import Longest
from orken.records.wording import Wording

TEMPLATE = Path(__file__).parent / "papers" / "paper.typ"


def built(paper: Paper) -> Built:
    """What the owner says today."""
    return kinds.of(paper.kind).build(paper)


def compose(paper: Paper, found: Built, letterhead: Wording, words: Wording, *, on: date, code: str, signatory: int) -> dict[str, Any]:  # fmt: skip
    """Everything that the paper says, as plain data: what is frozen when it gets its number."""
    kind = kinds.of(paper.kind)
    head, said = letterhead.words, words.words
    signs = head["signatories"]
    chosen = signs[signatory] if signatory < len(signs) else signs[0]
    answers: Mapping[str, Any] = paper.answers
    return {
        "number": code, "draft": not code, "wide": found.wide, "title": kind.title.data(), "subject": found.subject.data(),
        "date": {"kk": long_date(on, "kk"), "ru": long_date(on, "ru")}, "place": _both(head, "place"),
        "issuer": _both(head, "heading"), "details": _both(head, "details"), "preamble": _both(said, "preamble"),
        "command": kind.command.data(), "blocks": _with_more(found, _both(answers, "extra"), _both(said, "closing")),
        "annexes": list(found.annexes), "basis": _both(answers, "basis"),
        "signatories": [
            {"post": _as(found.role, _both(chosen, "post")), "name": _both(chosen, "name")}, *found.signatories,
        ],
        "check_at": f"{settings.SITE_ADDRESS}/papers/{paper.pk}/",
    }  # fmt: skip


def _both(words: Mapping[str, Any], name: str) -> dict[str, str]:
    kk, ru = str(words.get(f"{name}_kk", "")), str(words.get(f"{name}_ru", ""))
    return {"kk": kk or ru, "ru": ru or kk}


def _as(role: Words, post: dict[str, str]) -> dict[str, str]:
    """A post, with the side of an agreement that it signs for before it."""
    said = role.data()
    return {code: f"{said[code]}: {post[code]}" if said[code] else post[code] for code in post}


def _with_more(found: Built, *points: dict[str, str]) -> list[dict[str, Any]]:
    """What the preparer adds and how the issuer closes stand as the last points, or as text where there are none."""
    blocks = [dict(one) for one in found.blocks]
    more = [one for one in points if one["kk"]]
    place = next((place for place, one in enumerate(blocks) if one["type"] == "points"), None)
    if place is not None:
        blocks[place] = blocks[place] | {"items": [*blocks[place]["items"], *more]}
        return blocks
    return [*blocks, *({"type": "text", **one} for one in more)]


def specimen(
    issuer: Unit, kind: kinds.PaperKind, letterhead: Mapping[str, Any], words: Mapping[str, Any], *, on: date, long: Longest
) -> dict[str, Any]:  # fmt: skip
    """A paper for a look at the words alone: with the longest name and title that the register knows."""
    paper = Paper(kind=kind.code, issuer=issuer, unit=issuer, answers={})
    name = {code: long.person.full_name(code) if long.person else "" for code in ("kk", "ru")}
    title = Words(long.subject.subject_kk, long.subject.subject_ru) if long.subject else kind.title
    lines = Lines([Head("№", "№", 9, "right"), Head("Аты-жөні", "Фамилия, имя, отчество")], [["1", name], ["2", name]])
    points = [kinds.point(title.kk, title.ru), kinds.point(name["kk"], name["ru"])]
    found = Built(title, [{"type": "points", "items": points}, lines.block()])
    head, said = Wording(dict(letterhead), None), Wording(dict(words), None)
    return compose(paper, found, head, said, on=on, code="", signatory=0)


def seal(data: Mapping[str, Any]) -> str:
    """SHA-256 over the data in one order, so that a change shows."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def drawn(data: Mapping[str, Any], made_at: datetime) -> bytes:
    return pdf.render(TEMPLATE, {**data, "qr": pdf.qr(data["check_at"])}, made_at=made_at.replace(microsecond=0))


def preview_words(paper: Paper) -> tuple[Wording, Wording]:
    return wording.letterhead(paper.issuer), wording.of_kind(paper.issuer, kinds.of(paper.kind))
