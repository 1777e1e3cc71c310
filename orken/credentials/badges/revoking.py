"""Setting the bits of badges whose certificates hold no more."""

from __future__ import annotations

from collections.abc import Sequence

from orken.credentials.models import Badge, Certificate, StatusList


def end(certificates: Sequence[Certificate]) -> None:
    """In the caller's transaction: the bits are set, the signed lists are made anew when they are next asked for."""
    rows = Badge.objects.filter(certificate__in=[one.pk for one in certificates])
    StatusList.objects.filter(pk__in=rows.values("status_list")).update(signed="", signed_at=None)
    rows.update(ends=True)
