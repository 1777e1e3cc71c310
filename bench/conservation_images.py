"""How fast pictures are: `python -m bench.conservation_images`.

Prints a table of figures against the promises: a specimen of 12 megapixels under 10 s and 1 GB, a photograph of 100
megapixels ready under 10 s, a tile under 20 ms (median), the scripts of the lab under 160 KB packed, 300 regions on
the screen under half a second. Wall time depends on the machine and its load, so processor seconds stand beside it.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def apart(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run `work` in a fresh process: its memory is its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (work,))


def _measured(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    began, busy = time.perf_counter(), time.process_time()
    found = work()
    return {
        **found, "seconds": time.perf_counter() - began, "cpu": time.process_time() - busy,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def specimen() -> dict[str, Any]:
    """A leaf of 12 megapixels with ten damages, in four lights, and its pyramids."""
    import cv2

    from orken.conservation.imaging import pyramids
    from orken.conservation.specimens import drawing
    from orken.conservation.specimens.leaves import Leaf

    cv2.setNumThreads(1)
    damages = (
        ("C2", 2),
        ("W2", 3),
        ("C1", 3),
        ("B1", 2),
        ("M1", 3),
        ("M2", 2),
        ("M3", 2),
        ("R1", 2),
        ("S1", 2),
        ("B3", 2),
    )
    drawn = drawing.draw(drawing.Recipe(Leaf(212, 282, "latn", "kk", "book", "wove"), 7, damages), 0.0785)
    with tempfile.TemporaryDirectory() as folder:
        for light, picture in drawn.pictures():
            pyramids.write(picture, Path(folder) / f"{light}.tif")
    return {"megapixels": drawn.canvas.width * drawn.canvas.height / 1e6, "regions": len(drawn.regions)}


def photograph() -> dict[str, Any]:
    """A JPEG of 100 megapixels becomes a pyramid."""
    from orken.conservation.imaging import pyramids, uploads

    source = Path(tempfile.gettempdir()) / "orken-bench-100.jpg"
    began = time.perf_counter()
    with source.open("rb") as file:
        wide, high, _dpi = uploads.look(file)
    pyramids.convert(source, source.with_suffix(".tif"))
    pyramids.preview(source.with_suffix(".tif"))
    return {"megapixels": wide * high / 1e6, "ready": time.perf_counter() - began}


def hundred() -> dict[str, Any]:
    """The photograph to be converted: noise and gradients, so that JPEG has something to do."""
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:11_600, 0:8700]
    grain = np.kron(rng.integers(0, 60, (1160, 870), dtype=np.uint8), np.ones((10, 10), np.uint8))
    pixels = np.stack([(x // 40 + grain) % 256, (y // 50 + grain) % 256, grain + 90], axis=2).astype(np.uint8)
    Image.fromarray(pixels).save(Path(tempfile.gettempdir()) / "orken-bench-100.jpg", quality=90)
    return {}


def tiles(count: int = 300) -> list[float]:
    """Milliseconds of random tiles of the 100 megapixels, at random levels."""
    from orken.conservation.imaging import pyramids

    path = Path(tempfile.gettempdir()) / "orken-bench-100.tif"
    wide, high = 8700, 11_600
    top = pyramids.levels(wide, high)
    dice = random.Random(3)
    spent = []
    for _ in range(count):
        level = dice.choice((top, top, top, top - 1, top - 2, top - 3))
        scale = 2 ** (top - level)
        x, y = dice.randrange(wide // scale // 256), dice.randrange(high // scale // 256)
        began = time.perf_counter()
        assert pyramids.tile(path, wide, high, level=level, x=x, y=y)
        spent.append(1000 * (time.perf_counter() - began))
    return spent


def bundle() -> dict[str, int]:
    """Packed bytes of what only pages with the lab load."""
    static = ROOT / "orken" / "conservation" / "static" / "conservation"
    files = [
        ROOT / "build" / "assets" / "vendor" / "openseadragon.js",
        static / "lab.css",
        *sorted((static / "js").glob("*.js")),
    ]
    names = {path.name for path in files}
    modules = {
        "lab.js",
        "camera.js",
        "grid.js",
        "keys.js",
        "marks.js",
        "overlay.js",
        "panel.js",
        "shapes.js",
        "tools.js",
    }
    wanted = modules | {"openseadragon.js", "lab.css"}
    assert wanted <= names, wanted - names
    return {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in files if path.name in wanted}


def on_screen(address: str) -> float | None:
    """Milliseconds from 300 regions in memory to 300 regions painted, on a running site with a ready specimen."""
    import shutil

    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/kk/demo/")
        page.locator("button[value='village']").click()
        page.goto(f"{address}/kk/conservation/specimens/")
        page.locator(".leaves h2 a").first.click()
        page.wait_for_selector("[data-stage][data-open=deep]")
        found: float = page.evaluate(
            """async () => {
                const { lab } = document.querySelector("[data-lab]");
                const ring = (x, y) => Array.from({ length: 40 }, (_, i) =>
                    [x + 25 * Math.cos(i / 40 * 2 * Math.PI), y + 25 * Math.sin(i / 40 * 2 * Math.PI)]);
                const marks = Array.from({ length: 300 }, (_, i) => ({ id: `x${i}`, kind: "area",
                    rings: [ring(60 + (i % 20) * 60, 60 + Math.floor(i / 20) * 60)], code: "C1", severity: 1 }));
                const began = performance.now();
                lab.marks.all = marks;
                lab.marks.tell();
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                return performance.now() - began;
            }"""
        )
        browser.close()
        return found


def main() -> None:
    import sys

    made = apart(specimen)
    apart(hundred)
    ready = apart(photograph)
    spent = sorted(tiles())
    packed = bundle()
    rows = [
        ("specimen, megapixels", f"{made['megapixels']:.1f}", "≥ 12"),
        ("specimen with four lights and pyramids, s", f"{made['seconds']:.1f} (processor {made['cpu']:.1f})", "< 10"),
        ("specimen, peak memory, MB", f"{made['mb']:.0f}", "< 1024"),
        ("specimen, regions", str(made["regions"]), ""),
        ("photograph, megapixels", f"{ready['megapixels']:.1f}", "≥ 100"),
        ("photograph ready, s", f"{ready['ready']:.1f} (processor {ready['cpu']:.1f})", "< 10"),
        ("photograph, peak memory, MB", f"{ready['mb']:.0f}", ""),
        ("tile, median, ms", f"{statistics.median(spent):.1f}", "< 20"),
        ("tile, 95th of a hundred, ms", f"{spent[int(len(spent) * 0.95)]:.1f}", ""),
        ("scripts and styles of the lab, KB packed", f"{sum(packed.values()) / 1024:.0f}", "≤ 160"),
    ]
    if len(sys.argv) > 1:
        shown = on_screen(sys.argv[1])
        rows.append(("300 regions on the screen, ms", f"{shown:.0f}" if shown is not None else "no Chromium", "< 500"))
    width = max(len(name) for name, _found, _promise in rows)
    for name, found, promise in rows:
        print(f"{name:<{width}}  {found:>24}  {promise}")
    print(json.dumps({"scripts": packed}))


if __name__ == "__main__":
    main()
