"""Telling people of their certificates: queued with the change itself, written by a worker.

A batch of ten thousand certificates puts one row of work for each chunk into its transaction, no letter; a letter is
told once for its certificate, so a worker that died goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from orken.credentials import speaking
from orken.credentials.models import Certificate, Copy, HandOver
from orken.kit.i18n.content import LANGUAGES
from orken.kit.jobs import services as jobs
from orken.kit.jobs.registry import job
from orken.kit.jobs.running import Run
from orken.notices import services as notices
from orken.people.models import Account

STEP = 50  # letters between two signs of life
S = Certificate.State


def queue(what: str, ids: Sequence[int], *, by: Account | None) -> None:
    """Have these told, in the caller's transaction: «issued», «replaced» (the successors), «revoked», «duplicate» (copies)."""
    if ids:
        payload = {"what": what, "ids": list(ids), "by": by.pk if by else None}
        jobs.start(tell, payload=payload, by_id=by.pk if by else None, total=len(ids))


@job("credentials.letters", lane="quick", title=gettext_lazy("Letters about certificates"))
def tell(run: Run, *, what: str, ids: list[int], by: int | None) -> dict[str, Any]:
    """Write the letters; what was told already is told no second time."""
    account = Account.objects.get(pk=by) if by is not None else None
    told = 0
    for done, pk in enumerate(ids, start=1):
        told += _TELL[what](pk, account)
        if done % STEP == 0 or done == len(ids):
            run.advance(done, len(ids))
    return {"told": told}


def _certificates() -> Any:
    return Certificate.objects.select_related("person", "replaces")


def _send(kind: str, one: Certificate, by: Account | None, more: Mapping[str, Any], key: str = "") -> bool:
    if one.person is None or one.person.erased_at is not None:
        return False
    facts = {"programme": one.data.get("talk") or one.data["programme"], "number": _alike(one.number_kk), **more}
    notices.send(kind=kind, to=one.person, facts=facts, about=one, by=by, page=f"/certificates/{one.number}/", key=key)
    return True


def _alike(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


def _issued(pk: int, by: Account | None) -> bool:
    one = _certificates().filter(pk=pk, state=S.ISSUED).first()  # not one that was ended before its letter went
    if one is None:
        return False
    if speaking.is_one(one):
        return _send("credentials.spoke", one, by, {"meeting": one.data["programme"]})
    return _send("credentials.issued", one, by, {"hours": _alike(one.academic_hours)})


def _replaced(pk: int, by: Account | None) -> bool:
    one = _certificates().filter(pk=pk, state=S.ISSUED).first()
    if one is None or one.replaces is None:
        return False
    more = {"before": _alike(one.replaces.number_kk), "reason": _alike(one.replaces.reason)}
    return _send("credentials.replaced", one, by, more)


def _revoked(pk: int, by: Account | None) -> bool:
    one = _certificates().filter(pk=pk, state=S.REVOKED).first()
    kind = "credentials.spoke_revoked" if one is not None and speaking.is_one(one) else "credentials.revoked"
    return one is not None and _send(kind, one, by, {"reason": _alike(one.reason)})


def _duplicate(pk: int, by: Account | None) -> bool:
    copy = Copy.objects.select_related("certificate__person").filter(pk=pk).first()
    line = HandOver.objects.filter(copy=pk, superseded_at=None).first()
    if copy is None or line is None:
        return False
    way = {}
    for language in LANGUAGES:
        with translation.override(language):
            way[language] = str(line.get_way_display())
    key = f"credentials.duplicate:{line.pk}"
    return _send("credentials.duplicate", copy.certificate, by, {"copy": copy.number, "way": way, "on": line.on}, key)


_TELL: dict[str, Callable[[int, Account | None], bool]] = {
    "issued": _issued, "replaced": _replaced, "revoked": _revoked, "duplicate": _duplicate,
}  # fmt: skip
