"""Those who spoke on 24 November 2021 have their certificates: numbered, signed, issued and sent as files."""

from __future__ import annotations

from datetime import timedelta

from orken.credentials import services as credentials
from orken.credentials.demo import sign_as_always
from orken.credentials.services.preparing import prefix_for
from orken.kit.demo import Stage
from orken.meetings import selectors
from orken.meetings import services as meetings
from orken.meetings.demo.story import CODE, DAY
from orken.people.models import Account
from orken.training.models import Run

SIGNED = [
    {
        "name": {"kk": "Ш. Б. Шахметова", "ru": "Ш. Б. Шахметова"},
        "post": {"kk": "С. Торайғыров атындағы ОӘҒК директоры", "ru": "Директор ОУНБ им. С. Торайгырова"},
    }
]


def build(stage: Stage) -> None:
    registrar: Account | None = stage.made.get("accounts", {}).get("registrar")
    run = Run.objects.filter(code=CODE).select_related("host", "place").first()
    if registrar is None or run is None:
        return
    sign_as_always(prefix_for(run.host).issuer)
    given = [one.giving.pk for one in selectors.given_at(run) if one.waits]
    batch = meetings.certify_speakers(run=run, given=given, dated_on=DAY, signed=SIGNED, by=registrar, start=False)
    credentials.prepare(batch=batch)
    credentials.draw(batch=batch)
    credentials.sign(batch=batch, on=DAY + timedelta(1), by=registrar)
    credentials.issue(batch=batch, by=registrar)
    held = list(batch.certificates.values_list("pk", flat=True))
    credentials.hand_over(
        batch=batch, certificates=held, way="electronic", on=DAY + timedelta(2), signed=False, by=registrar
    )
