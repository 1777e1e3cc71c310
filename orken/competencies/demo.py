"""Evidence of the demo: how the staff of a few libraries see themselves, and what others have shown of them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from orken.competencies import selectors
from orken.competencies.models import Evidence, EvidencePolicy
from orken.competencies.reference.load import load
from orken.kit.demo import SEED, Stage
from orken.network.models import Appointment
from orken.people.models import Account

LAST_AUTUMN = date(2025, 10, 6)  # needs are asked about in September and October


def build(stage: Stage) -> None:
    """Self-assessments of last autumn over Pavlodar region, judgements and certificates of some."""
    if not EvidencePolicy.objects.exists():
        load()
    chance = random.Random(SEED)  # of its own, so that the parts after it are drawn as before
    edition = selectors.edition()
    personas = {"village", "head", "pavlodar", "mentor", "trainer", "curator", "national"}
    people = list(
        Appointment.objects.at(date(2026, 9, 1))
        .filter(unit__code__startswith="KZ-55", employment="main")
        .select_related("post", "unit", "person")
        .order_by("pk")
    )
    accounts: dict[str, Account] = stage.made.get("accounts", {})
    known = {row.person_id for row in people}
    people += list(
        Appointment.objects.at(date(2026, 9, 1))
        .filter(person__account__login__in=personas)
        .exclude(person__in=known)
        .select_related("post", "unit", "person")
        .order_by("pk")
    )
    head = accounts.get("head")
    rows: list[Evidence] = []
    for place, appointment in enumerate(people):
        need = edition.needed(appointment.post.group, appointment.unit.code)
        for part in edition.parts:
            for text in part.competencies:
                level = min(4, max(0, need.get(part.code, 1) + chance.choice((-1, -1, 0, 0, 0, 1))))
                common = {"person": appointment.person, "competency": text.competency, "version": edition.version}
                when = LAST_AUTUMN + timedelta(days=place % 20)
                rows.append(Evidence(kind="self", level=level, shown_on=when, recorded_at=stage.recorded_at, **common))
                judged = head is not None and appointment.unit.code.startswith("KZ-55-D02") and chance.random() < 0.15
                if judged and appointment.person_id != head.person_id:  # type: ignore[union-attr]  # asked just above
                    rows.append(
                        Evidence(
                            kind="head", level=max(0, level - chance.choice((0, 0, 1))), verified_by=head,
                            shown_on=when + timedelta(days=30), recorded_at=stage.recorded_at, **common,
                        )
                    )  # fmt: skip
                elif chance.random() < 0.03:
                    rows.append(
                        Evidence(
                            kind="certificate", level=max(1, level), source_label="Облыстық оқу, 2023 / Областная учёба, 2023",
                            shown_on=date(2023, 4, 14), recorded_at=stage.recorded_at, **common,
                        )
                    )  # fmt: skip
    Evidence.objects.bulk_create(rows, batch_size=500)
