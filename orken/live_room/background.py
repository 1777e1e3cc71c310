"""In the background: slides of a file, signs of life into intervals, the floor that nobody took back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from orken.kit.files import services as files
from orken.kit.jobs.registry import job, timetable
from orken.kit.jobs.running import Refused, Run
from orken.kit.media import pages
from orken.kit.media.pictures import PictureRefused
from orken.live_room import services
from orken.live_room.models import Deck, Slide


@job("live_room.slides", lane="heavy", title=_("Slides of a talk"))
def slides(run: Run, *, deck: int) -> dict[str, Any] | None:
    """Every page of the file as pictures of two sizes; done twice it is the same."""
    row = Deck.objects.select_related("source", "room__session__run__host").filter(pk=deck).first()
    if row is None:
        return None
    path = row.room.session.run.host.path
    made = []
    try:
        with files.read(row.source) as file:
            for page in pages.pages(file.read()):
                large, small = files.store_made(
                    [(f"{page.number}.webp", page.large), (f"{page.number}-small.webp", page.small)],
                    media_type="image/webp", purpose="live_room.slide", by_id=None, scope_path=path,
                )  # fmt: skip
                made.append(
                    Slide(
                        deck=row, number=page.number, large=large, small=small, width=page.width, height=page.height, text=page.text
                    )
                )  # fmt: skip
                run.advance(page.number, page.of)
    except PictureRefused as why:
        Deck.objects.filter(pk=deck).update(state=Deck.State.FAILED)
        raise Refused(str(why)) from None
    with transaction.atomic():
        row.slides.all().delete()
        Slide.objects.bulk_create(made)
        Deck.objects.filter(pk=deck).update(state=Deck.State.READY, pages=len(made))
    return {"pages": len(made)}


@timetable("live_room.presence", every=timedelta(minutes=1), at_start=True)
def presence() -> None:
    services.fold_all()
    services.end_overdue()
    services.feed_due()
