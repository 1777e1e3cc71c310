"""Meetings that were held, with what stays of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orken.meetings import services as meetings
from orken.meetings.models import Speaker, Talk
from orken.proceedings import services
from orken.proceedings.demo import tones
from orken.proceedings.models import Recording
from orken.training.models import Run, Session
from tests.meetings.conftest import meet, ready, today

__all__ = ["meet", "ready"]

Held = Callable[..., Run]
Recorded = Callable[..., Recording]


@pytest.fixture
def held(ready: Callable[..., Run]) -> Held:
    """`held(talks=2)` is a meeting of the day before yesterday whose programme is released."""

    def made(code: str = "P-1", talks: int = 2) -> Run:
        run = ready(code, talks=talks)
        meetings.release(run=run, by=None)
        back = timedelta(days=32)
        for row in Session.objects.filter(run=run):
            Session.objects.filter(pk=row.pk).update(starts_at=row.starts_at - back, ends_at=row.ends_at - back)
        for slot in run.meeting.slots.all():
            run.meeting.slots.filter(pk=slot.pk).update(starts_at=slot.starts_at - back)
        day = today() - timedelta(2)
        Run.objects.filter(pk=run.pk).update(state="closed", starts_on=day, ends_on=day, apply_until=day - timedelta(1))
        return Run.objects.select_related("host").get(pk=run.pk)

    return made


def agree(run: Run) -> None:
    from django.utils import timezone

    Speaker.objects.filter(meeting=run.pk).update(consent="yes", consented_at=timezone.now(), consent_by="x")


def first_talk(run: Run) -> Talk:
    return Talk.objects.filter(meeting=run.pk).order_by("pk")[0]


@pytest.fixture
def recorded() -> Recorded:
    """`recorded(run)` is a file of 100 seconds of its first talk, shown to everybody."""

    def made(run: Run, *, show: bool = True, **values: Any) -> Recording:
        given: dict[str, Any] = {
            "title_kk": "Жазба", "title_ru": "Запись", "talk": first_talk(run), "seconds": 100, "spoken": "kk", "audience": "everybody",
        }  # fmt: skip
        upload = None if values.get("address") else SimpleUploadedFile("a.wav", tones())
        row = services.add_recording(run=run, values={**given, **values}, upload=upload, by=None)
        if show:
            agree(run)
            row = services.lead(recording=row, way="show", by=None)
        return row

    return made
