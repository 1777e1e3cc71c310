"""What a worker prepares: one specimen at a time, then the next, so that other heavy work comes in between."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orken.conservation.models import CardPicture, Specimen
from orken.conservation.services import specimens
from orken.kit.jobs import services as jobs
from orken.kit.jobs.models import Work
from orken.kit.jobs.registry import job, timetable
from orken.kit.jobs.running import Run

CARD_SEVERITIES = (1, 2, 3, 4)


def waiting() -> Specimen | None:
    """The next specimen to prepare: photographs first, since somebody waits for them."""
    return (
        Specimen.objects.filter(state=Specimen.State.PREPARING)
        .order_by("-origin", "number")
        .select_related("unit")
        .first()
    )


def missing_cards() -> list[tuple[str, int]]:
    from orken.conservation.specimens.damages import DRAWN
    from orken.conservation.specimens.drawing import VERSION

    made = set(CardPicture.objects.filter(generator=VERSION).values_list("code", "severity"))
    return [(code, severity) for severity in (2, 3, 1, 4) for code in DRAWN if (code, severity) not in made]


@job(
    "conservation.prepare_specimens",
    lane="heavy",
    title=_("Preparing pictures of the school of conservation"),
    retries=2,
)
def prepare_specimens(run: Run) -> dict[str, Any]:
    """Prepare one specimen (or, when none waits, eight card pictures) and leave the rest to the next in the queue."""
    import cv2

    cv2.setNumThreads(1)  # pages are served by the same machine
    specimen = waiting()
    if specimen is not None:
        done = specimens.prepare(specimen)
        _go_on()
        return {"specimen": specimen.number, "state": done.state}
    cards = missing_cards()
    made = 0
    for place, (code, severity) in enumerate(cards[:8], start=1):
        made += specimens.draw_card(code=code, severity=severity) is not None
        run.advance(place, min(8, len(cards)))
    if made and len(cards) > 8:  # a card that no seed shows must not keep the lane busy for ever
        _go_on()
    return {"cards": made}


def _go_on() -> None:
    jobs.start(prepare_specimens)


def begin() -> None:
    """Start the preparing unless it is under way."""
    alive = Q(state=Work.State.WAITING) | Q(state=Work.State.RUNNING)
    if not Work.objects.filter(alive, kind=prepare_specimens.name).exists():
        jobs.start(prepare_specimens)


@timetable("conservation.prepare", every=timedelta(seconds=20))
def take_up() -> None:
    """Whatever waits to be prepared is taken up: after the start, after a killed worker, after a restored backup."""
    if Specimen.objects.filter(state=Specimen.State.PREPARING).exists():
        begin()


@timetable("conservation.cards", daily_at=time(4, 0))
def draw_missing_cards() -> None:
    """Cards whose pictures are lacking, or were drawn by an older generator."""
    begin()
