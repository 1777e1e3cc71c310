"""`orken specimens prepare`, `orken specimens draw`, `orken specimens compose`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orken.conservation.annotations import Read, to_document
from orken.kit import cli

if TYPE_CHECKING:
    from orken.conservation.specimens.drawing import Drawn


def _prepare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--most", type=int, default=1000, help="how many specimens at most")
    parser.add_argument("--cards", type=int, default=0, help="how many pictures of the cards at most")
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("specimens prepare", help="draw the specimens that wait, as the worker does", configure=_prepare)
def prepare(options: argparse.Namespace) -> int:
    from orken.conservation import drawing_jobs
    from orken.conservation.services import specimens

    done: list[int] = []
    while len(done) < options.most and (waiting := drawing_jobs.waiting()) is not None:
        done.append(specimens.prepare(waiting).number)
    cards = [specimens.draw_card(code=c, severity=s) for c, s in drawing_jobs.missing_cards()[: options.cards]]
    if options.json:
        cli.print_json({"prepared": done, "cards": len(cards)})
    else:
        print(f"Prepared: {len(done)} specimens, {len(cards)} pictures of cards.")
    return 0


def _damages(text: str) -> tuple[str, int]:
    code, _colon, severity = text.partition(":")
    if severity not in ("1", "2", "3", "4"):
        raise argparse.ArgumentTypeError(f"«{text}»: write a code and a severity, for example W2:3")
    return code.upper(), int(severity)


def _draw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures, masks and reference.json")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--damage", type=_damages, action="append", default=[], help="W2:3; may repeat")
    parser.add_argument("--script", choices=("arab", "latn", "cyrl"), default="cyrl")
    parser.add_argument("--lang", choices=("kk", "ru"), default="kk")
    parser.add_argument(
        "--layout",
        default="book",
        choices=("book", "title", "columns", "verse", "manuscript", "register", "letter", "cover", "photograph"),
    )
    parser.add_argument(
        "--stock",
        choices=("rag", "wove", "newsprint", "writing", "parchment", "cloth", "leather", "print"),
        default="wove",
    )
    parser.add_argument("--size", type=float, nargs=2, default=(145.0, 210.0), metavar=("WIDTH", "HEIGHT"), help="mm")
    parser.add_argument("--mm-per-px", type=float, default=0.1)
    parser.add_argument("--json", action="store_true", help="one JSON document about the drawing")


@cli.command("specimens draw", help="draw one specimen into a folder", configure=_draw)
def draw(options: argparse.Namespace) -> int:
    from orken.conservation.specimens import drawing
    from orken.conservation.specimens.leaves import Leaf

    if options.script != "cyrl" and options.lang != "kk":
        raise cli.WrongUsage("Russian is written in Cyrillic letters: leave --script out or choose --lang kk.")
    leaf = Leaf(options.size[0], options.size[1], options.script, options.lang, options.layout, options.stock)
    try:
        drawn = drawing.draw(drawing.Recipe(leaf, options.seed, tuple(options.damage)), options.mm_per_px)
    except ValueError as problem:
        raise cli.InputRejected(str(problem)) from problem
    return _written(drawn, options.out, options.json)


def _compose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scan", type=Path, help="a picture of a sound page")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--damage", type=_damages, action="append", required=True, help="W2:3; may repeat")
    parser.add_argument("--mm-per-px", type=float, required=True)
    parser.add_argument("--json", action="store_true", help="one JSON document about the drawing")


@cli.command("specimens compose", help="draw damage on a scan of a sound page", configure=_compose)
def compose(options: argparse.Namespace) -> int:
    import numpy as np
    from PIL import Image

    from orken.conservation.imaging import uploads
    from orken.conservation.specimens import drawing
    from orken.kit.media.pictures import PictureRefused

    if not options.scan.is_file():
        raise cli.InputRejected(f"There is no file {options.scan}.")
    try:
        with options.scan.open("rb") as file:
            uploads.look(file)
            picture = np.asarray(Image.open(file).convert("RGB"))
        drawn = drawing.compose(picture, options.mm_per_px, options.seed, tuple(options.damage))
    except (PictureRefused, ValueError, OSError) as problem:
        raise cli.InputRejected(str(problem)) from problem
    return _written(drawn, options.out, options.json)


def _written(drawn: Drawn, out: Path, as_json: bool) -> int:
    """Four pictures, a mask for each damage, and the reference that `orken regions grade` takes."""
    import cv2

    out.mkdir(parents=True, exist_ok=True)
    for light, picture in drawn.pictures():
        cv2.imwrite(str(out / f"{light}.jpg"), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 90])
    for place, one in enumerate(drawn.sheet.found, start=1):
        whole = drawn.sheet.colour[..., 0] * 0
        whole[one.window.at] = one.mask * 255
        cv2.imwrite(str(out / f"mask-{place:02}-{one.code}.png"), whole)
    document: dict[str, Any] = to_document(Read(drawn.canvas, drawn.regions))
    (out / "reference.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    (out / "manifest.json").write_text(json.dumps(drawn.manifest(), ensure_ascii=False, indent=1), encoding="utf-8")
    told = {"canvas": drawn.canvas.as_dict(), "damages": drawn.manifest()}
    if as_json:
        cli.print_json(told)
    else:
        print(f"{out}: {drawn.canvas.width} × {drawn.canvas.height}, damages: {len(drawn.sheet.found)}")
    return 0
