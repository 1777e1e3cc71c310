"""The damages that can be drawn: code → drawing. Each answers the damage it noted, or None when it found no place.

Every drawing was judged by five questions at full zoom: form, edge, colour, place, relation to the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from orken.conservation.specimens.damages import edges, heat, inks, living, media, objects, splits, stains, wear
from orken.conservation.specimens.fields import Rng
from orken.conservation.specimens.sheet import Damage, Sheet

Draw = Callable[[Rng, Sheet, int], "Damage | None"]

DRAWN: dict[str, Draw] = {
    "C2": edges.browning,
    "C7": heat.mat_burn,
    "S1": edges.grime,
    "W2": stains.tideline,
    "W1": stains.liquid,
    "C1": stains.foxing,
    "S2": stains.grease,
    "C8": stains.rust,
    "C10": media.offset,
    "B2": living.dead_mould,
    "B1": living.live_mould,
    "B5": heat.specks,
    "C6": inks.fading,
    "C4": inks.corrosion,
    "C5": media.copper,
    "W4": media.bleeding,
    "S4": media.flaking,
    "S3": inks.stamp,
    "K4": objects.red_rot,
    "P2": objects.silvered,
    "P1": objects.gelatinised,
    "W3": heat.cockling,
    "M3": splits.crease,
    "M4": wear.abrasion,
    "R2": wear.patch,
    "R1": stains.tape,
    "W5": heat.blocking,
    "B3": living.insects,
    "M5": wear.cut,
    "C3": wear.brittle,
    "M6": wear.frayed,
    "K5": objects.corners,
    "K3": objects.joint,
    "K1": objects.spine,
    "K2": objects.sewing,
    "M1": splits.tear,
    "C9": heat.burn,
    "B4": wear.gnawed,
    "M2": splits.loss,
}
"""In the order in which they come upon a leaf: age, water, life, use; what takes paper away comes last."""

CUTTING = frozenset({"M1", "M2", "M5", "M6", "B3", "B4", "C3", "C4", "C5", "C9", "K1", "K2", "K3", "K5", "P1"})
"""Those whose own mask reaches over paper that they took away."""

ON = {"K1": ("cloth", "cover"), "K3": ("cloth", "cover"), "K4": ("leather", "cover"), "K5": ("cloth", "cover"), "P1": ("parchment", "manuscript"), "P2": ("print", "photograph"), "C4": ("writing", "letter"), "C6": ("rag", "manuscript"), "W4": ("writing", "letter"), "C5": ("rag", "manuscript"), "S4": ("rag", "manuscript")}  # fmt: skip
"""What a damage is shown on (paper and layout), where a printed leaf of a book is not the thing."""

ON_PAPER = tuple(code for code in DRAWN if code[0] not in "KP")
"""Those that can be drawn on the scan of a leaf."""


def misplaced(codes: Iterable[str], stock: str, layout: str) -> list[str]:
    """Those of `codes` that this object cannot have: a joint needs a cover, gelatine a photograph, shrinkage a skin."""

    def fits(code: str) -> bool:
        if code in ("K1", "K3", "K5"):
            return layout == "cover"
        if code == "K4":
            return layout == "cover" and stock == "leather"
        if code == "P1":
            return stock == "parchment"
        return code != "P2" or layout == "photograph"

    return sorted({code for code in codes if not fits(code)})
