"""What is read and noted as lines of devices: kept in the browser, sent when there is a line to the centre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from orken.discussion import services as discussion
from orken.discussion.models import Post, Thread
from orken.discussion.services import LONGEST
from orken.kit.offline import registry
from orken.kit.offline.registry import DONE, REFUSED, SAME, Outcome, Sent
from orken.kit.text.plain import visible
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.study import outline as outlines
from orken.study import services, threads
from orken.study.models import Note, Offering
from orken.study.policy import LEARNING
from orken.study.selectors import offering_of, seen_of
from orken.training.models import Enrolment

SEEN, NOTE, ASK = "study.seen", "study.note", "study.ask"
REASONS = {
    "run": _("You have no seat in this course any more. What you read before stays."),
    "place": _("This block is not in the course of your run."),
}
ASK_REASONS = {
    **REASONS,
    "closed": _("The discussion under this block is closed. Write to the trainer instead; your words stay in this list."),
    "gone": _("What you answered does not stand there any more. Your words stay in this list."),
    "empty": _("There was nothing in the question."),
    "fast": _("Too many questions came at once. This one was not sent; its words stay in this list: ask again a little later."),
}  # fmt: skip


def register() -> None:
    registry.register(SEEN, seen, reasons=REASONS)
    registry.register(NOTE, notes, reasons=REASONS)
    registry.register(ASK, asks, reasons=ASK_REASONS)


def _stands(code: str, by: Account) -> tuple[Offering, Enrolment] | None:
    offering = offering_of(code)
    if offering is None:
        return None
    rows = Enrolment.objects.filter(run=offering.run, person=by.person_id, state__in=LEARNING).select_related("person")
    row = rows.order_by("-pk").first()
    return (offering, row) if row is not None else None


def _key(told: object) -> UUID | None:
    try:
        return UUID(str(told))
    except ValueError:
        return None


def seen(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    """Lines of several courses may come together; those of one are written at once."""
    outcomes: list[Outcome] = []
    for code, group in groupby(batch, key=lambda sent: str(sent.payload.get("run", ""))[:40]):
        lines = list(group)
        stands = _stands(code, by)
        if stands is None:
            outcomes += [Outcome(REFUSED, "run", code) for _line in lines]
            continue
        offering, enrolment = stands
        known = outlines.of(offering.version).lesson_of
        before = seen_of([enrolment.pk])[enrolment.pk]
        blocks: dict[UUID, datetime] = {}
        for line in lines:
            key = _key(line.payload.get("block"))
            if key is None or key not in known:
                outcomes.append(Outcome(REFUSED, "place", code))
                continue
            outcomes.append(Outcome(SAME if key in before or key in blocks else DONE, "", code))
            blocks.setdefault(key, line.made_at)
        if blocks:
            services.see(enrolment=enrolment, blocks=blocks, offering=offering, by=by)
    return outcomes


def notes(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for code, group in groupby(batch, key=lambda sent: str(sent.payload.get("run", ""))[:40]):
        lines = list(group)
        stands = _stands(code, by)
        for line in lines:
            key = _key(line.payload.get("block"))
            if stands is None or key is None or key not in outlines.of(stands[0].version).lesson_of:
                outcomes.append(Outcome(REFUSED, "run" if stands is None else "place", code))
                continue
            offering, enrolment = stands
            base = int(line.base) if line.base.isdecimal() and len(line.base) < 10 else 0
            told = line.payload
            kept = services.Kept(
                key, str(told.get("text") or "")[:4000], told.get("marked") is True, base, line.made_at
            )
            row = services.keep_notes(
                enrolment=enrolment, offering=offering, notes=[_followed(kept, enrolment, line)], by=by
            )[0]
            outcomes.append(Outcome(DONE, "", code, {"note": row.revision if row else 0}))
    return outcomes


def _followed(kept: services.Kept, enrolment: Enrolment, line: Sent) -> services.Kept:
    """A second line over the same note of one device knows the first by its id: it has seen what stands."""
    from orken.kit.offline.models import Operation

    uid = _key(line.base)
    if uid is None:
        return kept
    told = Operation.objects.filter(uid=uid, kind=NOTE).values_list("told", flat=True).first()
    row = Note.objects.filter(enrolment=enrolment, block=kept.block).first()
    seen_revision = int(told.get("note", 0)) if told else (row.revision if row else 0)
    return services.Kept(kept.block, kept.text, kept.marked, seen_revision, kept.at)


def asks(batch: Sequence[Sent], by: Account) -> list[Outcome]:
    """A question under a block, or an answer to a post there («parent»), that was typed without a line.

    The line's own id is the press: it is written once, also when the page had reached the centre with it and only
    the answer was lost.
    """
    return [_asked(line, by) for line in batch]


def _answered(line: Sent, thread: Thread) -> Post | None:
    """The post of this thread that the line answers, if it still stands."""
    told = str(line.payload.get("parent") or "")
    if not told.isdecimal() or len(told) > 18:
        return None
    return thread.posts.filter(pk=int(told), state=Post.State.SHOWN).first()


def _asked(line: Sent, by: Account) -> Outcome:
    code, key = str(line.payload.get("run", ""))[:40], _key(line.payload.get("block"))
    text = "\n".join(visible(one) for one in str(line.payload.get("text") or "")[:LONGEST].splitlines()).strip()
    stands = _stands(code, by)
    outline = outlines.of(stands[0].version) if stands is not None else None
    if stands is None or outline is None or key is None or key not in outline.lesson_of:
        return Outcome(REFUSED, "run" if stands is None else "place", code)
    if not text:
        return Outcome(REFUSED, "empty", code)
    lesson = outline.by_key[outline.lesson_of[key]]
    block = next(one for one in lesson.blocks.all() if one.key == key)
    thread = threads.open_thread(stands[0], lesson, block)
    language, parent = str(line.payload.get("language")), _answered(line, thread)
    if line.payload.get("parent") and parent is None:
        return Outcome(REFUSED, "gone", code)
    try:
        discussion.write(
            thread=thread,
            text=text,
            by=by,
            press=line.uid,
            parent=parent,
            language=language if language in threads.LANGUAGES else "kk",
        )
    except (discussion.CannotWrite, OutOfScope):
        return Outcome(REFUSED, "closed", code)
    except discussion.TooFast:
        return Outcome(REFUSED, "fast", code)
    return Outcome(DONE, "", code)
