"""Truths of the log that no constraint can hold."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Max
from django.db.models.functions import Coalesce

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.kit.offline.models import Device


def register() -> None:
    invariants.register("offline.log: the lines of a device stand in the log without a gap", no_gap)


def no_gap() -> Iterator[Broken]:
    """The device's sequence is that of its last line, and as many lines stand in the log."""
    counted = Device.objects.annotate(lines=Count("operations"), last=Coalesce(Max("operations__sequence"), 0))
    for device in counted.exclude(lines=F("sequence"), last=F("sequence")).order_by("pk"):
        yield Broken(
            f"device {device.pk}", f"stands at {device.sequence}, its log holds {device.lines} to {device.last}"
        )
