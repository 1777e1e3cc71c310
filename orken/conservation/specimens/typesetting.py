"""Setting a leaf of text: typst shapes the letters (Arabic joins, Kazakh letters), we get its cover by ink."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import typst
from django.conf import settings
from PIL import Image

from orken.conservation.specimens import writing
from orken.conservation.specimens.fields import Rng
from orken.conservation.specimens.sheet import U8

TEMPLATES = Path(__file__).parent / "templates"
TYPES = settings.BASE_DIR / "build" / "types"


@dataclass(frozen=True)
class Manner:
    """How a leaf is written: its letters, the size in points, and whether by a hand."""

    fonts: tuple[str, ...]
    size: float
    leading: float = 0.65
    hand: bool = False


CYRILLIC = ("latin", "cyrillic", "cyrillic-ext")
PRINT = Manner(tuple(f"old-standard-tt {part}" for part in CYRILLIC), 12)
LATIN = Manner(("noto-serif latin", "noto-serif latin-ext", "noto-serif cyrillic"), 10.5, 0.72)
NASKH = Manner(("amiri arabic", "amiri latin"), 15, 0.75)
PEN_ARABIC = Manner(("scheherazade-new arabic", "scheherazade-new latin"), 17, 0.62, hand=True)
PEN_KAZAKH = Manner(("bad-script cyrillic", "bad-script cyrillic-ext", "bad-script latin"), 14, 0.62, hand=True)
PEN_RUSSIAN = Manner(("marck-script cyrillic", "marck-script latin"), 15.5, 0.6, hand=True)

PRINTED = ("book", "title", "columns", "verse")
WRITTEN = ("manuscript", "register", "letter")


def manner(script: str, lang: str, layout: str) -> Manner:
    """What a leaf of this kind was written with."""
    if layout in WRITTEN:
        return PEN_ARABIC if script == "arab" else PEN_RUSSIAN if lang == "ru" else PEN_KAZAKH
    return {"arab": NASKH, "latn": LATIN}.get(script, PRINT)


def leaf(rng: Rng, *, width: float, height: float, script: str, lang: str, layout: str, mm_per_px: float) -> U8:
    """Cover by ink (0 to 255) of a leaf of `width` × `height` mm."""
    how = manner(script, lang, layout)

    def said(text: str) -> str:
        return writing.written(text, script) if lang == "kk" else text

    source = list(writing.KAZAKH if lang == "kk" else writing.RUSSIAN)
    rng.shuffle(source)
    scale = min(width / 150, 1.35)
    titles = writing.TITLES[lang]
    title, head = titles[int(rng.integers(len(titles)))], titles[int(rng.integers(len(titles)))]
    # The years in which these letters were in use.
    first, last = {"arab": (1912, 1928), "latn": (1930, 1939)}.get(
        script, (1922, 1939) if lang == "ru" else (1941, 1958)
    )
    year = int(rng.integers(first, last))
    verses = list(writing.VERSES)
    rng.shuffle(verses)
    verses = (verses * 4)[: int(height / 19)]
    wide_gutter = rng.random() < 0.5
    margins = (
        [0.16, 0.13, 0.13, 0.15] if layout in ("book", "verse", "letter") else [0.1, 0.1, 0.1, 0.1]
    )  # left, top, right, bottom by the width
    if layout == "manuscript":
        margins = [0.24, 0.16, 0.16, 0.2] if wide_gutter else [0.2, 0.16, 0.2, 0.2]
    if layout == "register":
        margins = [0.08, 0.17, 0.08, 0.09]
    names = list(writing.NAMES)
    rng.shuffle(names)
    rows = [
        [
            str(i + 1),
            said(name) if lang == "kk" else _russian(name),
            str(int(rng.integers(2, 60))),
            str(int(rng.integers(1, 9))),
        ]
        for i, name in enumerate((names * 2)[: max(6, int(height / 14))])
    ]
    heads = {"kk": ["Рет", "Аты-жөні", "Мал", "Кітап"], "ru": ["№", "Имя и прозвание", "Скота", "Книг"]}[lang]
    place = {"kk": "Ауыл баспаханасы", "ru": "Уездная типография"}[lang]
    data: dict[str, Any] = {
        "width": width, "height": height, "layout": layout, "script": script, "lang": lang, "fonts": list(how.fonts),
        "size": how.size * scale, "leading": how.leading, "hand": how.hand, "margins": [one * width for one in margins],
        "paras": [said(one) for one in (source * 5)[: 40 if layout == "columns" else 24]],
        "title": said(title), "subtitle": said({"kk": "бастауыш мектепке арналған", "ru": "для начального чтения"}[lang]),
        "over": said({"kk": "Оқу үйінің басылымы", "ru": "Издание читальни"}[lang]), "imprint": said(place),
        "year": _digits(str(year), script), "folio": _digits(str(int(rng.integers(3, 180))), script),
        "chapter": said(head) if rng.random() < 0.5 else "", "heads": [said(one) for one in heads],
        "columns": 3 if width > 190 else 2, "verses": [[said(a), said(b)] for a, b in verses],
        "catchword": said("біз осы"), "margin_note": said({"kk": "бұл сөз атадан қалған", "ru": "слово это от деда"}[lang]),
        "rows": rows if script != "arab" else [list(reversed([_digits(c, script) for c in row])) for row in rows],
        "col_widths": [0.12, 0.54, 0.18, 0.16],
    }  # fmt: skip
    if layout == "columns":
        data["heads"] = [said(one) for one in titles]
    if script == "arab":
        data["col_widths"] = data["col_widths"][::-1]
        if layout == "register":
            data["heads"] = data["heads"][::-1]
    ink = np.uint8(255) - _set(TEMPLATES / "leaf.typ", data, mm_per_px, grey=True)
    if layout in ("book", "manuscript", "letter"):
        left, _top, right, bottom = (int(one / mm_per_px) for one in data["margins"])
        _whole_lines(ink[:, left : ink.shape[1] - right], ink.shape[0] - bottom)
    return ink


def _whole_lines(block: U8, bottom: int) -> None:
    """Take away the line that the end of the block at row `bottom` has cut in two: from the emptiest row above it."""
    rows = block[:bottom].sum(axis=1, dtype=np.int64)
    if not rows[-3:].any():
        return
    last = rows[-max(12, bottom // 14) : -2]
    low = last.min() + rows.max() // 200
    block[bottom - len(last) - 2 + int(np.flatnonzero(last <= low)[-1]) : bottom + 2] = 0


def stand(length: int, height: float, mm_per_px: float) -> U8:
    """The ruler and the grey card, in colour."""
    return _set(
        TEMPLATES / "stand.typ", {"width": length + 64, "height": height, "length": length}, mm_per_px, grey=False
    )


def _digits(text: str, script: str) -> str:
    return text.translate(writing.EASTERN) if script == "arab" else text


def _russian(name: str) -> str:
    """Kazakh letters as a Russian clerk of the time wrote them."""
    return name.translate(str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуГгИи"))


def _set(template: Path, data: Mapping[str, Any], mm_per_px: float, *, grey: bool) -> U8:
    png = typst.compile(
        template, root=TEMPLATES, font_paths=_fonts(), format="png", ppi=25.4 / mm_per_px,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )  # fmt: skip
    assert isinstance(png, bytes), "a leaf is one page"
    return np.asarray(Image.open(io.BytesIO(png)).convert("L" if grey else "RGB"))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(TYPES)])
