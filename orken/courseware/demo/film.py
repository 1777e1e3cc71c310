"""The film of the demo: one day at the door of a village library, drawn. No words in it: captions say it in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from orken.courseware.demo.drawing import BLUE, GREEN, INK, PAPER, TINT, WARM, Pen
from orken.kit.media import film
from orken.kit.pdf.rendering import FONTS

SIZE = (640, 360)
DOOR, FLOOR = (60, 70, 170, 290), 290
BEGINS, EACH, MOVING, ENDS = 4000, 6000, 250, 8000  # milliseconds; the captions of the course keep to them
STEPS = 5  # pictures of somebody walking in


@dataclass(frozen=True)
class Scene:
    """What happens: who comes, and what it adds to visits, new users and loans."""

    people: tuple[str, ...] = ()
    adds: tuple[int, int, int] = (0, 0, 0)
    books: int = 0
    telephone: bool = False
    parcel: bool = False


DAY = (
    Scene((GREEN,), (1, 1, 3), books=3),
    Scene((BLUE,), (1, 0, 0)),
    Scene((GREEN,), (1, 0, 1), books=1),
    Scene((), telephone=True),
    Scene((WARM,) * 5, (19, 0, 0)),
    Scene((INK,), parcel=True),
)


def day_at_the_door() -> bytes:
    """Three counters and six things that happen: what each of them adds, and what it does not."""
    frames: list[tuple[bytes, int]] = [(film.key_frame(_picture((0, 0, 0))), BEGINS)]
    stand = (0, 0, 0)
    for scene in DAY:
        moving = list(_walk(scene, stand))
        frames += [(film.key_frame(one), MOVING) for one in moving]
        stand = (stand[0] + scene.adds[0], stand[1] + scene.adds[1], stand[2] + scene.adds[2])
        frames.append((film.key_frame(_picture(stand, scene, 1.0, lit=scene.adds)), EACH - MOVING * len(moving)))
    frames.append((film.key_frame(_picture(stand, lit=stand)), ENDS))
    return film.webm(frames, SIZE)


def _walk(scene: Scene, stand: tuple[int, int, int]) -> Iterator[Image.Image]:
    for step in range(STEPS):
        yield _picture(stand, scene, step / STEPS)


def _picture(
    stand: tuple[int, int, int], scene: Scene | None = None, way: float = 0.0, lit: tuple[int, int, int] = (0, 0, 0)
) -> Image.Image:
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, FLOOR, 400, FLOOR + 6), fill=INK)
    pen.rectangle(DOOR, fill=TINT, outline=INK, width=5)
    pen.polygon(((170, 70), (206, 90), (206, 306), (170, 290)), fill=WARM, outline=INK)
    if scene is not None:
        for place, colour in enumerate(scene.people):
            _person(pen, int(90 + way * (190 + place * 22)) - (0 if way else place * 4), colour)
        if scene.telephone:
            _telephone(pen, way)
        if scene.parcel:
            x = int(120 + way * 190)
            pen.rectangle((x, 226, x + 44, 262), fill=WARM, outline=INK, width=3)
        if way == 1.0:
            for n in range(scene.books):
                pen.rounded_rectangle((310, 262 - n * 16, 372, 274 - n * 16), 4, fill=BLUE if n % 2 else GREEN)
    for place, (count, more) in enumerate(zip(stand, lit, strict=True)):
        _counter(pen, place, count, more > 0)
    return image


def _person(pen: Pen, x: int, colour: str) -> None:
    pen.ellipse((x - 15, 178, x + 15, 208), fill=colour, outline=PAPER, width=2)
    pen.rounded_rectangle((x - 23, 212, x + 23, FLOOR), 16, fill=colour, outline=PAPER, width=2)


def _telephone(pen: Pen, way: float) -> None:
    pen.rounded_rectangle((270, 150, 330, 262), 10, fill=INK)
    pen.rectangle((277, 164, 323, 240), fill=TINT)
    for n in range(int(way * 3) + 1):
        pen.arc((330 - n * 12, 120 - n * 12, 362 + n * 12, 152 + n * 12), 270, 360, fill=GREEN, width=5)


def _counter(pen: Pen, place: int, count: int, lit: bool) -> None:
    """A panel with its sign (a stroke of the tally, a person, a book) and its number."""
    top = 10 + place * 96
    pen.rounded_rectangle((424, top, 616, top + 84), 14, fill=TINT if not lit else "#fdf1dc", outline=WARM if lit else INK, width=6 if lit else 3)  # fmt: skip
    x, y = 464, top + 42
    if place == 0:
        for n in range(4):
            pen.line((x - 18 + n * 12, y - 24, x - 18 + n * 12, y + 24), fill=INK, width=5)
        pen.line((x - 26, y + 18, x + 26, y - 18), fill=WARM, width=5)
    elif place == 1:
        pen.ellipse((x - 12, y - 28, x + 12, y - 4), fill=INK)
        pen.rounded_rectangle((x - 19, y, x + 19, y + 28), 12, fill=INK)
    else:
        pen.rounded_rectangle((x - 24, y - 20, x + 24, y + 20), 5, fill=BLUE)
        pen.line((x, y - 20, x, y + 20), fill=PAPER, width=3)
    pen.text((588, y), str(count), font=_digits(), fill=INK, anchor="rm")


def _digits() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "golos-600.ttf", 52)
