"""Right and wrong answers to a question, made of its own payload: for the people of the demo and for measuring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def answer(kind: str, payload: dict[str, Any], *, right: bool = True) -> dict[str, Any]:
    """What somebody who knows, or does not know, would write. Raises KeyError for kinds of other apps."""
    return _MAKERS[kind](payload, right)


def _choice(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    rows = sorted(payload["options"], key=lambda row: float(row["fraction"]), reverse=right)
    return {"key": rows[0]["key"]}


def _several(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    good = [row["key"] for row in payload["options"] if float(row["fraction"]) > 0]
    bad = [row["key"] for row in payload["options"] if float(row["fraction"]) <= 0]
    return {"keys": good if right else [*good[:1], *bad[:1]]}


def _typed(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    return {"text": str(payload["answers"][0]["answer"]).strip("*") if right else "99999"}


def _matching(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    lines = [row for row in payload["pairs"] if row.get("left")]
    rights = [row["right_key"] for row in lines]
    turned = rights if right else rights[1:] + rights[:1]
    return {"pairs": {row["key"]: key for row, key in zip(lines, turned, strict=True)}}


def _ordering(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    keys = [row["key"] for row in payload["items"]]
    if not right:
        keys.reverse()
    return {"places": {key: str(place) for place, key in enumerate(keys, start=1)}}


def _gaps(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    return {"gaps": {gap["key"]: gap["right"]["kk"].split("|")[0].strip() if right else "—" for gap in payload["gaps"]}}


def _sorting(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    first = payload["groups"][0]["key"]
    return {"groups": {row["key"]: row["group"] if right else first for row in payload["items"]}}


def _hotspot(payload: dict[str, Any], right: bool) -> dict[str, Any]:
    return {"key": next(row["key"] for row in payload["regions"] if bool(row.get("right")) is right)}


_MAKERS: dict[str, Callable[[dict[str, Any], bool], dict[str, Any]]] = {
    "question.choice": _choice, "question.several": _several, "question.short": _typed, "question.numeric": _typed,
    "question.truth": lambda payload, right: {"truth": bool(payload["truth"]) is right}, "question.matching": _matching,
    "question.ordering": _ordering, "question.gaps": _gaps, "question.sorting": _sorting, "question.hotspot": _hotspot,
    "question.essay": lambda payload, right: {"text": WORDS},
}  # fmt: skip
WORDS = (
    "Келушілерді кіреберістегі дәптерге таяқшамен белгілейміз. Қате: бір күнде екі рет келген оқырман кейде бір рет саналады. "
    "Түзету үшін әр келуін бөлек белгілеп, күн соңында қорытындысын есеп күнделігіне көшіру керек."
)
