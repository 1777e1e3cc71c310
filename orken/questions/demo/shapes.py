"""Short hands in which the demo's questions are written; a payload comes out as its kind keeps it."""

from __future__ import annotations

from typing import Any, NamedTuple

from orken.questions.kinds.base import keyed
from orken.questions.kinds.matching import with_right_keys

Said = tuple[str, str, str]  # Kazakh, Russian, English


class Sample(NamedTuple):
    """A question of the demo: its kind, what is asked, and the words under which it is drawn."""

    kind: str
    payload: dict[str, Any]
    tags: str
    competency: str = ""


def w(text: Said) -> dict[str, str]:
    return dict(zip(("kk", "ru", "en"), text, strict=True))


def choice(tags: str, text: Said, right: Said, *wrong: Said, why: Said | None = None) -> Sample:
    rows = [{"text": w(right), "fraction": 100.0}, *({"text": w(one), "fraction": 0.0} for one in wrong)]
    return Sample("question.choice", _told({"text": w(text), "options": keyed(rows)}, why), tags)


def several(tags: str, text: Said, right: tuple[Said, ...], wrong: tuple[Said, ...], why: Said | None = None) -> Sample:
    share = round(100 / len(right), 5)
    rows = [
        *({"text": w(one), "fraction": share} for one in right), *({"text": w(one), "fraction": -share} for one in wrong)
    ]  # fmt: skip
    return Sample("question.several", _told({"text": w(text), "options": keyed(rows)}, why), tags)


def truth(tags: str, text: Said, is_true: bool, why: Said) -> Sample:
    return Sample("question.truth", {"text": w(text), "truth": is_true, "feedback": w(why)}, tags)


def short(tags: str, text: Said, *answers: str, why: Said | None = None) -> Sample:
    rows = keyed([{"answer": one, "fraction": 100.0} for one in answers], of="answer")
    return Sample("question.short", _told({"text": w(text), "answers": rows}, why), tags)


def numeric(tags: str, text: Said, value: str, tolerance: str, *units: str, why: Said | None = None) -> Sample:
    rows = keyed([{"answer": value, "tolerance": tolerance, "fraction": 100.0}], of="answer")
    payload = {"text": w(text), "answers": rows, "units": [{"unit": one, "factor": "1"} for one in units]}
    return Sample("question.numeric", _told(payload, why), tags)


def matching(tags: str, text: Said, *pairs: tuple[Said, Said], decoys: tuple[Said, ...] = ()) -> Sample:
    rows = [{"left": w(left), "right": w(right)} for left, right in pairs]
    rows += [{"left": {}, "right": w(one)} for one in decoys]
    return Sample("question.matching", {"text": w(text), "pairs": with_right_keys(rows)}, tags)


def ordering(tags: str, text: Said, *lines: Said) -> Sample:
    return Sample("question.ordering", {"text": w(text), "items": keyed([{"text": w(one)} for one in lines])}, tags)


def gaps(tags: str, text: Said, *gap: tuple[Said, Said | None]) -> Sample:
    rows = [
        {"key": str(n), "right": w(right), **({"others": w(others)} if others else {})} for n, (right, others) in enumerate(gap, start=1)
    ]  # fmt: skip
    return Sample("question.gaps", {"text": w(text), "gaps": rows}, tags)


def sorting(tags: str, text: Said, *groups: tuple[Said, tuple[Said, ...]]) -> Sample:
    made = keyed([{"text": w(group)} for group, _things in groups])
    items = [
        {"text": w(one), "group": row["key"]} for row, (_group, things) in zip(made, groups, strict=True) for one in things
    ]  # fmt: skip
    return Sample("question.sorting", {"text": w(text), "groups": made, "items": keyed(items)}, tags)


def essay(tags: str, text: Said, guide: Said, least: int = 40, most: int = 200) -> Sample:
    return Sample("question.essay", {"text": w(text), "guide": w(guide), "least": least, "most": most}, tags)


def handin(tags: str, text: Said, guide: Said) -> Sample:
    return Sample("question.file", {"text": w(text), "guide": w(guide), "files": 1}, tags)


def hotspot(tags: str, text: Said, alt: Said, *regions: tuple[Said, tuple[int, int, int, int], bool]) -> Sample:
    """Its picture is drawn when the demo is made (drawing.py)."""
    rows = [{"text": w(name), "box": list(box), "right": right} for name, box, right in regions]
    return Sample("question.hotspot", {"text": w(text), "alt": w(alt), "regions": keyed(rows)}, tags)


def _told(payload: dict[str, Any], why: Said | None) -> dict[str, Any]:
    return {**payload, "feedback": w(why)} if why else payload
