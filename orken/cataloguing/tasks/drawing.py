"""The pages of an invented book, drawn as SVG by our own code: a typeset page with one line ornament.

Every size is an attribute, so a strict content policy lets the page show it; the text is also given beside
the picture, for those who do not see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from orken.cataloguing.tasks.books import Book

WIDTH, HEIGHT, MARGIN = 320, 448, 28
# Style: size, weight, width of a letter in parts of the size, space before, place («centre» or «left»).
STYLES: dict[str, tuple[float, int, float, float, str]] = {
    "author": (15, 400, 0.54, 10, "centre"),
    "title": (21, 600, 0.78, 30, "centre"),
    "sub": (13.5, 400, 0.53, 14, "centre"),
    "note": (12, 400, 0.53, 16, "centre"),
    "imprint": (13, 400, 0.54, 6, "centre"),
    "class": (12, 400, 0.54, 3, "left"),
    "body": (12.5, 400, 0.52, 11, "left"),
    "small": (11, 400, 0.53, 8, "left"),
    "name": (13, 600, 0.6, 10, "left"),
}
PAGES = ("front", "verso", "colophon")
# Three quiet papers; the book's code chooses, so a book always looks the same.
PAPERS = (("#efe3c8", "#5c4a2a"), ("#ece7da", "#40506b"), ("#f1e6d8", "#7a3d1e"))


@dataclass(frozen=True)
class Line:
    x: float
    y: float
    size: float
    weight: int
    anchor: str
    text: str


def wrap(text: str, size: float, width: float, letter: float) -> list[str]:
    """Words in lines that fit; the width of a letter is a mean of the serif face."""
    room = max(6, int(width / (size * letter)))
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


def lines(page: tuple[tuple[str, str], ...], *, title_page: bool) -> list[Line]:
    """The page set from the top; on a title page the imprint stands at the foot."""
    found: list[Line] = []
    foot = [(style, text) for style, text in page if style == "imprint"] if title_page else []
    y = 64.0 if title_page else 48.0
    for style, text in page:
        if (style, text) in foot:
            continue
        y = _set(found, style, text, y)
    if foot:
        depth = sum(len(wrap(text, 13, WIDTH - 2 * MARGIN, 0.54)) * 18 + 2 for _style, text in foot)
        y = max(y + 10, HEIGHT - 34 - depth)
        for style, text in foot:
            y = _set(found, style, text, y)
    return found


def _set(found: list[Line], style: str, text: str, y: float) -> float:
    size, weight, letter, before, place = STYLES[style]
    longest = max((len(word) for word in text.split()), default=1)
    size = round(
        min(size, (WIDTH - 2 * MARGIN) / (longest * letter)), 1
    )  # a long word makes the line smaller, never cut
    y += before if found else 0
    for line in wrap(text, size, WIDTH - 2 * MARGIN, letter):
        y += size * 1.28
        centred = place == "centre"
        found.append(
            Line(WIDTH / 2 if centred else MARGIN, round(y, 1), size, weight, "middle" if centred else "start", line)
        )
    return y


def svg(one: Book, page: str, title: str) -> str:
    """One page; `title` is its name for those who do not see it."""
    content = getattr(one, page)
    if page != "front":  # behind the title page, titles and authors are lines of the imprint
        content = tuple(("name" if style in ("title", "author") else style, text) for style, text in content)
    drawn = lines(content, title_page=page == "front")
    height = max(HEIGHT, int((drawn[-1].y if drawn else 0) + 30))
    paper, ink = PAPERS[sum(map(ord, one.code)) % len(PAPERS)]
    parts = [
        f'<svg class="leaf" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title, quote=True)}" xmlns="http://www.w3.org/2000/svg">',
        f'<path fill="{paper}" d="M0 0h{WIDTH}v{height}H0z"/>',
    ]
    if page == "front":
        parts.append(f'<path fill="none" stroke="{ink}" stroke-width="1" d="M12 12h{WIDTH - 24}v{height - 24}H12z"/>')
        parts.append(_ornament(ink, height, drawn))
    parts.append('<g class="serif" fill="#17233a">')
    for line in drawn:
        weight = f' font-weight="{line.weight}"' if line.weight != 400 else ""
        parts.append(
            f'<text x="{line.x:g}" y="{line.y:g}" font-size="{line.size:g}"{weight} text-anchor="{line.anchor}">{escape(line.text)}</text>'
        )
    parts.append("</g></svg>")
    return "".join(parts)


def _ornament(ink: str, height: int, drawn: list[Line]) -> str:
    """A sprout of one line in the widest gap of the page; none where the page is full."""
    edges = [30.0, *(line.y for line in drawn)]
    gaps = [(below - above, above) for above, below in pairwise(edges)]
    gap, above = max(gaps, default=(0.0, 0.0))
    if gap < 92:
        return ""
    x, y = WIDTH / 2, above + gap / 2 + 4
    curl = "m0 16V0c0-10 5-17 12-17a7 7 0 0 1 0 14 4.6 4.6 0 0 1 0-9"
    return (
        f'<g fill="none" stroke="{ink}" stroke-width="1.3" stroke-linecap="round">'
        f'<path transform="translate({x:g} {y:g})" d="{curl}"/><path transform="matrix(-1 0 0 1 {x:g} {y:g})" d="{curl}"/></g>'
    )
