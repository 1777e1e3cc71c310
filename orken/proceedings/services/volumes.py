"""The verbs of proceedings: the summary is written, words are left out, a volume is published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.search import services as search
from orken.meetings.services.common import EditedMeanwhile, trail_of, write
from orken.people.models import Account
from orken.proceedings import gathering, happened, policy, printed
from orken.proceedings.models import Proceedings, Volume
from orken.training.models import Run

FIELDS = ("summary_kk", "summary_ru", "summary_en")


class NothingToPublish(Exception):
    """A volume cannot be without what `lacks` names: «programme», «over», «goes_on», «note»."""

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = list(lacks)


def _locked(run: Run, by: Account | None) -> Proceedings:
    if by is not None:
        policy.require_managing(by, run)
    Proceedings.objects.get_or_create(run=run)
    found = Proceedings.objects.select_for_update(of=("self",)).get(pk=run.pk)
    found.run = run
    return found


@transaction.atomic
def change_summary(*, run: Run, values: Mapping[str, Any], left_out: Sequence[str], by: Account | None, revision: int | None = None) -> Proceedings:  # fmt: skip
    """What was asked and answered, in the organiser's words, and which words do not go in. Raises EditedMeanwhile, OutOfScope."""
    row = _locked(run, by)
    if revision is not None and revision != row.revision:
        raise EditedMeanwhile(run.code)
    known = {one.mark for one in gathering.words_of(run)}
    changed = write(row, values, FIELDS)
    row.left_out = [mark for mark in dict.fromkeys(left_out) if mark in known]
    row.revision += 1
    row.save()
    told = trail_of(changed)
    audit.record(
        "proceedings.prepared", row, by=by, scope_path=run.host.path, before=told["before"], after=told["after"]
    )
    return row


@transaction.atomic
def say_held(*, run: Run, held: Collection[str], by: Account | None, revision: int | None = None) -> Proceedings:
    """Which talks and exchanges of opinions were held, whatever the stage of the room saw: a moderator may have forgotten it.

    Kept is only what differs from the record, so that a later programme is judged by its own. Raises EditedMeanwhile, OutOfScope.
    """
    row = _locked(run, by)
    if revision is not None and revision != row.revision:
        raise EditedMeanwhile(run.code)
    before = dict(row.said_held)
    row.said_held = {}
    known = happened.of_run(run, row).places
    row.said_held = {one.uid: one.uid in held for one in known if (one.uid in held) != one.held}
    row.revision += 1
    row.save(update_fields=["said_held", "revision"])
    audit.record(
        "proceedings.said_held",
        row,
        by=by,
        scope_path=run.host.path,
        before=_said(known, before),
        after=_said(known, row.said_held),
    )
    return row


def _said(places: Sequence[happened.Place], said: Mapping[str, bool]) -> dict[str, Any]:
    """Titles of what the organiser says otherwise, for the trail."""
    titles = {one.uid: one.title.get("kk") or next(iter(one.title.values()), "") for one in places}
    return {
        "said_held": [titles[uid] for uid, held in said.items() if held and uid in titles],
        "said_not_held": [titles[uid] for uid, held in said.items() if not held and uid in titles],
    }


@transaction.atomic
def publish(*, run: Run, by: Account | None, note: str = "", at: Any = None) -> Volume:
    """The proceedings as everybody reads them: frozen, with their PDF. The next volume says what it corrects.

    Raises NothingToPublish, OutOfScope.
    """
    row = _locked(run, by)
    gathered = gathering.gather(run, row)
    before = Volume.objects.filter(run=run).order_by("-number").first()
    note = " ".join(note.split())[:300]
    lacks = gathered.lacks + (["note"] if before is not None and not note else [])
    if lacks:
        raise NothingToPublish(lacks)
    at = (at or timezone.now()).astimezone(UTC).replace(microsecond=0)
    number = before.number + 1 if before is not None else 1
    content = printed.drawn(gathered.data, number=number, at=at)
    (kept,) = files.store_made(
        [(f"{run.code}-proceedings-{number}.pdf", content)], media_type="application/pdf", purpose="proceedings",
        by_id=by.pk if by else None, scope_path=run.host.path,
    )  # fmt: skip
    volume = Volume.objects.create(run=run, number=number, data=dict(gathered.data), file=kept, note=note, by=by, at=at)
    search.index("proceedings", [run.pk])
    audit.record("proceedings.published", row, by=by, scope_path=run.host.path, after={"number": number, "note": note})
    return volume
