"""Pictures of the demo's lessons, drawn with lines and shapes alone: no words in them, so that one serves every language."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (960, 520)
PAPER, INK, BLUE, TINT, WARM, GREEN = "#ffffff", "#1d2a3d", "#1f4b8f", "#dbe6f5", "#c8871a", "#2c7a4b"
Pen = ImageDraw.ImageDraw
_drawn: dict[str, Callable[[Pen], None]] = {}


def drawn(name: str) -> Callable[[Callable[[Pen], None]], Callable[[Pen], None]]:
    def add(draw: Callable[[Pen], None]) -> Callable[[Pen], None]:
        _drawn[name] = draw
        return draw

    return add


def picture(name: str) -> io.BytesIO:
    """The picture as PNG; the courseware writes it anew in its widths."""
    image = Image.new("RGB", SIZE, PAPER)
    _drawn[name](ImageDraw.Draw(image))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    out.seek(0)
    return out


def _person(pen: Pen, x: int, y: int, colour: str = BLUE) -> None:
    pen.ellipse((x - 24, y - 24, x + 24, y + 24), fill=colour)
    pen.rounded_rectangle((x - 38, y + 34, x + 38, y + 160), 30, fill=colour)


def _book(pen: Pen, x: int, y: int, width: int = 120, colour: str = BLUE) -> None:
    pen.rounded_rectangle((x, y, x + width, y + 30), 6, fill=colour)
    pen.line((x + 12, y + 15, x + width - 12, y + 15), fill=PAPER, width=3)


def _screen(pen: Pen, x: int, y: int) -> None:
    pen.rounded_rectangle((x, y, x + 300, y + 200), 14, fill=INK)
    pen.rectangle((x + 16, y + 16, x + 284, y + 184), fill=PAPER)
    pen.rectangle((x + 130, y + 200, x + 170, y + 236), fill=INK)
    pen.rounded_rectangle((x + 80, y + 232, x + 220, y + 250), 8, fill=INK)


@drawn("door")
def door(pen: Pen) -> None:
    pen.rectangle((600, 90, 820, 470), fill=TINT, outline=INK, width=6)
    pen.polygon(((820, 90), (900, 130), (900, 500), (820, 470)), fill=WARM, outline=INK)
    for place in range(3):
        _person(pen, 150 + place * 140, 260, BLUE if place != 1 else GREEN)
    for place in range(4):
        pen.line((200 + place * 40, 90, 200 + place * 40, 170), fill=INK, width=8)
    pen.line((180, 165, 345, 95), fill=WARM, width=8)


@drawn("bars")
def bars(pen: Pen) -> None:
    heights = (210, 230, 260, 240, 180, 110, 90, 120, 320, 340, 290, 220)
    pen.line((80, 460, 900, 460), fill=INK, width=5)
    for place, height in enumerate(heights):
        x = 100 + place * 66
        pen.rectangle((x, 460 - height, x + 44, 458), fill=WARM if place in (8, 9) else BLUE)


@drawn("balance")
def balance(pen: Pen) -> None:
    pen.line((480, 110, 480, 450), fill=INK, width=10)
    pen.polygon(((400, 470), (560, 470), (480, 420)), fill=INK)
    pen.line((180, 150, 780, 150), fill=INK, width=10)
    for side in (220, 740):
        pen.line((side, 150, side - 110, 350), fill=INK, width=4)
        pen.line((side, 150, side + 110, 350), fill=INK, width=4)
        pen.rounded_rectangle((side - 120, 350, side + 120, 372), 10, fill=INK)
        for place in range(3):
            _book(pen, side - 60, 318 - place * 34, colour=(BLUE, GREEN, WARM)[place])
    pen.line((300, 230, 340, 230), fill=GREEN, width=10)
    pen.line((320, 210, 320, 250), fill=GREEN, width=10)


@drawn("drawer")
def drawer(pen: Pen) -> None:
    for row in range(3):
        for column in range(2):
            x, y = 80 + column * 170, 90 + row * 120
            pen.rectangle((x, y, x + 160, y + 110), fill=WARM, outline=INK, width=4)
            pen.rounded_rectangle((x + 50, y + 40, x + 110, y + 66), 8, fill=PAPER, outline=INK, width=3)
    pen.line((470, 260, 560, 260), fill=INK, width=10)
    pen.polygon(((555, 235), (600, 260), (555, 285)), fill=INK)
    _screen(pen, 620, 130)
    for place in range(5):
        pen.line((660, 170 + place * 28, 880 - place % 2 * 60, 170 + place * 28), fill=BLUE, width=8)


@drawn("record")
def record(pen: Pen) -> None:
    pen.rounded_rectangle((140, 50, 820, 480), 16, fill=TINT, outline=INK, width=5)
    for place in range(7):
        y = 90 + place * 55
        pen.rounded_rectangle((180, y, 260, y + 34), 6, fill=BLUE if place % 3 else WARM)
        pen.line((290, y + 17, 740 - (place * 97) % 240, y + 17), fill=INK, width=9)


@drawn("union")
def union(pen: Pen) -> None:
    centre = (480, 260)
    for x, y in ((160, 110), (160, 410), (800, 110), (800, 410), (480, 60)):
        pen.line((x, y, *centre), fill=INK, width=5)
        pen.rectangle((x - 55, y - 25, x + 55, y + 45), fill=TINT, outline=INK, width=4)
        pen.polygon(((x - 70, y - 25), (x + 70, y - 25), (x, y - 70)), fill=WARM, outline=INK)
    pen.ellipse((390, 170, 570, 350), fill=BLUE, outline=INK, width=5)
    for place in range(3):
        _book(pen, 420, 215 + place * 36, colour=PAPER)


@drawn("lock")
def lock(pen: Pen) -> None:
    pen.arc((380, 70, 580, 330), 180, 360, fill=INK, width=34)
    pen.rounded_rectangle((330, 220, 630, 460), 26, fill=BLUE, outline=INK, width=5)
    pen.ellipse((452, 290, 508, 346), fill=PAPER)
    pen.polygon(((466, 330), (494, 330), (504, 410), (456, 410)), fill=PAPER)
    for place in range(6):
        pen.ellipse((90 + place * 36, 250, 112 + place * 36, 272), fill=WARM)
        pen.ellipse((680 + place * 36, 250, 702 + place * 36, 272), fill=GREEN)


@drawn("hook")
def hook(pen: Pen) -> None:
    pen.line((560, 0, 560, 220), fill=INK, width=8)
    pen.arc((460, 150, 660, 420), 330, 200, fill=INK, width=12)
    pen.rectangle((240, 230, 540, 430), fill=TINT, outline=INK, width=5)
    pen.line((240, 230, 390, 345, 540, 230), fill=INK, width=5)
    pen.ellipse((505, 200, 575, 270), fill=WARM, outline=INK, width=4)
    pen.line((540, 215, 540, 242), fill=PAPER, width=8)
    pen.ellipse((535, 250, 545, 260), fill=PAPER)


@drawn("copies")
def copies(pen: Pen) -> None:
    for place, x in enumerate((90, 300, 510)):
        pen.rounded_rectangle((x, 170, x + 160, 390), 14, fill=(BLUE, BLUE, GREEN)[place], outline=INK, width=5)
        pen.ellipse((x + 60, 310, x + 100, 350), fill=PAPER)
        pen.line((x + 30, 215, x + 130, 215), fill=PAPER, width=8)
        pen.line((x + 30, 250, x + 110, 250), fill=PAPER, width=8)
    pen.rectangle((740, 210, 900, 390), fill=TINT, outline=INK, width=5)
    pen.polygon(((720, 210), (920, 210), (820, 130)), fill=WARM, outline=INK)
    pen.line((680, 280, 725, 280), fill=INK, width=8)
    pen.polygon(((718, 264), (744, 280), (718, 296)), fill=INK)


def _leaf(pen: Pen) -> None:
    """One leaf of a book, upright in the middle of the picture."""
    pen.rectangle((300, 20, 660, 500), fill="#fbf8f0", outline=INK, width=4)


def _type(pen: Pen, y: int, width: int, height: int, colour: str = INK) -> None:
    """A line of type in the middle of the leaf."""
    pen.rounded_rectangle((480 - width // 2, y, 480 + width // 2, y + height), 3, fill=colour)


@drawn("cover")
def cover(pen: Pen) -> None:
    pen.rectangle((300, 20, 660, 500), fill=BLUE, outline=INK, width=4)
    pen.rectangle((300, 20, 326, 500), fill=INK)
    _type(pen, 80, 230, 40, PAPER)
    pen.ellipse((400, 190, 560, 350), fill=WARM)
    pen.polygon(((340, 420), (440, 270), (520, 380), (580, 310), (640, 420)), fill=GREEN)


@drawn("title-leaf")
def title_leaf(pen: Pen) -> None:
    _leaf(pen)
    _type(pen, 60, 170, 14, BLUE)
    _type(pen, 170, 280, 34)
    _type(pen, 220, 220, 34)
    _type(pen, 280, 180, 12, WARM)
    pen.ellipse((462, 345, 498, 381), outline=INK, width=4)
    _type(pen, 430, 120, 12, GREEN)
    _type(pen, 455, 200, 12, GREEN)


@drawn("back-of-title")
def back_of_title(pen: Pen) -> None:
    _leaf(pen)
    for n, width in enumerate((90, 110, 100)):
        pen.rectangle((330, 60 + n * 24, 330 + width, 70 + n * 24), fill=BLUE)
    for n in range(6):
        pen.rectangle((330, 170 + n * 22, 620 - (n * 53) % 90, 178 + n * 22), fill=INK)
    pen.arc((330, 340, 370, 380), 0, 360, fill=WARM, width=5)
    pen.arc((341, 351, 359, 369), 40, 320, fill=WARM, width=4)
    pen.rectangle((385, 356, 540, 366), fill=WARM)
    for n in range(26):
        if (n * 7) % 5 != 1:
            pen.rectangle((330 + n * 8, 410, 333 + n * 8 + n % 3, 462), fill=GREEN)
