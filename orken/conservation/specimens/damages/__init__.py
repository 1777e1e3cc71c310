"""The damages that can be drawn: code → drawing. Each answers the damage it noted, or None when it found no place.

Every drawing was judged by five questions at full zoom: form, edge, colour, place, relation to the paper.
"""

from __future__ import annotations

from collections.abc import Callable

from orken.conservation.specimens.damages import edges, inks, living, splits, stains
from orken.conservation.specimens.fields import Rng
from orken.conservation.specimens.sheet import Damage, Sheet

Draw = Callable[[Rng, Sheet, int], "Damage | None"]

DRAWN: dict[str, Draw] = {
    "C2": edges.browning,
    "S1": edges.grime,
    "W2": stains.tideline,
    "W1": stains.liquid,
    "C1": stains.foxing,
    "S2": stains.grease,
    "C8": stains.rust,
    "B2": living.dead_mould,
    "B1": living.live_mould,
    "C6": inks.fading,
    "C4": inks.corrosion,
    "S3": inks.stamp,
    "M3": splits.crease,
    "R1": stains.tape,
    "B3": living.insects,
    "M1": splits.tear,
    "M2": splits.loss,
}
"""In the order in which they come upon a leaf: age, water, life, use; what takes paper away comes last."""
