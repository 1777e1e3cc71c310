"""Writing answers: a step for each change, in the order in which they come, none twice, none lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from orken.attempts import algebra, policy
from orken.attempts.algebra import OVER, Event, Summary
from orken.attempts.models import Attempt, AttemptItem, Step
from orken.attempts.services import grading
from orken.kit.files import services as files
from orken.kit.files.content import DOCUMENTS, PICTURES
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.questions.models import Behaviour

MOST_ANSWER = 60_000  # characters of an answer as JSON
GRACE = timedelta(seconds=20)  # for what was on its way when the time was up
LATE = timedelta(days=7)  # in which a line that was written in time may still come
MOST_BRANCHES = 20  # of one question: more are one device gone wild, and the log of lines keeps them
DONE, SAME, DIFFERS, REFUSED = "done", "same", "differs", "refused"


@dataclass(frozen=True)
class Line:
    """One change of one answer. `base` is what stood when it was written: a number of a step, or the uid of a line."""

    op: UUID
    item: int  # its position
    base: str
    answer: Any
    made_at: datetime | None = None  # by a clock put right; None: now
    check: bool = False  # to be checked at once, where the exercise does so


@dataclass(frozen=True)
class Written:
    """What became of a line. `says`: a sentence about an answer that is kept but cannot be read yet."""

    outcome: str
    reason: str = ""
    seq: int = 0
    says: str = ""
    state: str = ""


@dataclass
class _Sheet:
    """An attempt under its lock, with what of it is written now."""

    attempt: Attempt
    items: dict[int, AttemptItem]
    ops: dict[UUID, Step]
    now: datetime
    steps: list[Step] = field(default_factory=list)
    touched: dict[int, AttemptItem] = field(default_factory=dict)
    late: bool = False


@transaction.atomic
def write(*, attempt: Attempt | UUID, lines: Sequence[Line], by: Account) -> list[Written]:
    """Take lines in, each answered. Raises OutOfScope.

    What is answered with an outcome is written when this returns. The attempt's row is the lock: two devices of one
    person meet in it, and nobody else does.
    """
    uid = attempt if isinstance(attempt, UUID) else attempt.uid
    row = Attempt.objects.select_for_update(of=("self",)).select_related("version").filter(uid=uid).first()
    if row is None:
        raise OutOfScope(str(uid))
    policy.require_own(by, row)
    sheet = _Sheet(row, _items(row, lines), _known(row, lines), timezone.now())
    if row.state == Attempt.State.OPEN and row.deadline_at and sheet.now > row.deadline_at + GRACE:
        from orken.attempts.services.closing import close  # the clock has not looked yet

        close(row, Attempt.End.TIME, None, row.deadline_at)
        sheet.items = _items(row, lines)
    found = [_take(sheet, line, by) for line in lines]
    _store(sheet)
    if sheet.late:
        from orken.attempts.services.closing import reckon_anew

        reckon_anew(row, by)
    return found


def _items(attempt: Attempt, lines: Iterable[Line]) -> dict[int, AttemptItem]:
    positions = {line.item for line in lines if 0 < line.item < 1000}
    # What is asked is read only where an answer is graded: a plain save, the most frequent of all, does not need it.
    return {row.position: row for row in AttemptItem.objects.filter(attempt=attempt, position__in=positions)}


def _known(attempt: Attempt, lines: Iterable[Line]) -> dict[UUID, Step]:
    """Steps that these lines are, or are written over, by their uid."""
    wanted = {line.op for line in lines} | {uid for line in lines if (uid := _uid(line.base))}
    return {step.client_op_id: step for step in Step.objects.filter(client_op_id__in=wanted).select_related("item")}


def _uid(base: str) -> UUID | None:
    if len(base) < 30:
        return None
    try:
        return UUID(base)
    except ValueError:
        return None


def _take(sheet: _Sheet, line: Line, by: Account) -> Written:
    item = sheet.items.get(line.item)
    if item is None:
        return Written(REFUSED, "item")
    if (known := sheet.ops.get(line.op)) is not None:
        if known.item_id != item.pk:
            return Written(REFUSED, "foreign")
        return _answered(known, item)
    if line.answer is not None and (not isinstance(line.answer, dict) or len(json.dumps(line.answer, ensure_ascii=False)) > MOST_ANSWER):  # fmt: skip
        return Written(REFUSED, "large" if isinstance(line.answer, dict) else "unreadable")
    made = min(line.made_at or sheet.now, sheet.now)
    counts = _counts(sheet, made)
    if counts == REFUSED:
        return Written(REFUSED, "late")
    if item.state in OVER and sheet.attempt.state == Attempt.State.OPEN:
        counts = "branch"  # it was checked, and a checked answer stands
    parent, beside = _over(sheet, item, line.base)
    if beside or parent != item.head or counts == "branch":
        return _beside(sheet, item, line, parent, made, by)
    return _onward(sheet, item, line, parent, made, by, counts)


def _answered(step: Step, item: AttemptItem) -> Written:
    """The same line again gets the same answer."""
    outcome = DIFFERS if step.branch and not step.payload.get("same") else SAME if step.payload.get("same") else DONE
    return Written(outcome, "", step.seq, state=item.state)


def _counts(sheet: _Sheet, made: datetime) -> str:
    """Whether a line written at `made` counts: «yes», «late» (it changes what was closed), «branch» or «refused»."""
    attempt = sheet.attempt
    if attempt.state == Attempt.State.OPEN:
        return "yes"
    if attempt.state == Attempt.State.VOID or attempt.closed_at is None or sheet.now - attempt.closed_at > LATE:
        return REFUSED
    limit = attempt.deadline_at if attempt.ended == Attempt.End.TIME and attempt.deadline_at else attempt.closed_at
    if made > limit:
        return REFUSED
    # The clock closed it while her line was broken: what she wrote in time counts. What she handed in herself stands.
    return "late" if attempt.ended == Attempt.End.TIME else "branch"


def _over(sheet: _Sheet, item: AttemptItem, base: str) -> tuple[int, bool]:
    """The step that a line was written over, and whether that one stands beside already."""
    if base.isdecimal() and len(base) < 9:
        return int(base), False
    uid = _uid(base)
    if uid is None:
        return (0, False) if not base else (-1, True)
    step = sheet.ops.get(uid)
    if step is None or step.item_id != item.pk:
        return -1, True
    # A line that said what stood already is as good as what stood.
    if step.payload.get("same"):
        return step.payload["same"], False
    return step.seq, step.branch


def _beside(sheet: _Sheet, item: AttemptItem, line: Line, parent: int, made: datetime, by: Account) -> Written:
    told: dict[str, Any] = {"answer": line.answer}
    if grading.alike(item, line.answer, item.answer):
        told["same"] = item.head
    elif parent in item.branches:
        told["over"] = parent
    elif len(item.branches) >= MOST_BRANCHES:
        return Written(REFUSED, "many")
    step = _add(sheet, item, line.op, max(0, parent), Step.Kind.SAVE, told, made, by, branch=True)
    return Written(SAME if "same" in told else DIFFERS, "", step.seq, state=item.state)


def _onward(sheet: _Sheet, item: AttemptItem, line: Line, parent: int, made: datetime, by: Account, counts: str) -> Written:  # fmt: skip
    told: dict[str, Any] = {"answer": line.answer}
    says = grading.readable(item, line.answer)
    if says:
        told["invalid"] = True
    version = sheet.attempt.version
    check = line.check and version.behaviour in (Behaviour.IMMEDIATE, Behaviour.RETRY) and counts == "yes"
    if check and line.answer is not None and not says:
        told |= grading.checked(item, line.answer, version)
        step = _add(sheet, item, line.op, parent, Step.Kind.SUBMIT, told, made, by)
    else:
        step = _add(sheet, item, line.op, parent, Step.Kind.SAVE, told, made, by)
    if counts == "late":
        mark = {**grading.final(item, version), "late": True}
        _add(sheet, item, uuid4(), step.seq, Step.Kind.REGRADE, mark, sheet.now, None)
        sheet.late = True
    return Written(DONE, "", step.seq, says, item.state)


def _add(
    sheet: _Sheet, item: AttemptItem, op: UUID, base: int, kind: str, told: dict[str, Any], made: datetime, by: Account | None, *,
    branch: bool = False,
) -> Step:  # fmt: skip
    step = add(item, op, base, kind, told, made, by, sheet.now, branch=branch)
    sheet.steps.append(step)
    sheet.ops[op] = step
    sheet.touched[item.pk] = item
    return step


def add(
    item: AttemptItem, op: UUID, base: int, kind: str, told: dict[str, Any], made: datetime, by: Account | None, now: datetime, *,
    branch: bool = False,
) -> Step:  # fmt: skip
    """The next step of an item, not written yet; the item's own row is brought to what it comes to."""
    step = Step(
        item=item, seq=item.last + 1, client_op_id=op, base_seq=min(base, item.last), kind=kind, branch=branch, payload=told,
        client_time=min(made, now), server_time=now, actor=by,
    )  # fmt: skip
    put(item, algebra.after(summary_of(item), Event(step.seq, kind, told, branch)))
    return step


def summary_of(item: AttemptItem) -> Summary:
    return Summary(item.state, item.answer, item.head, item.last, item.share, item.tries, item.by_hand, item.comment, tuple(item.branches))  # fmt: skip


def put(item: AttemptItem, found: Summary) -> None:
    item.state, item.answer, item.head, item.last = found.state, found.answer, found.head, found.last
    item.share, item.tries, item.by_hand, item.comment = found.share, found.tries, found.by_hand, found.comment
    item.branches = list(found.branches)


FIELDS = ["state", "answer", "head", "last", "share", "tries", "by_hand", "comment", "branches"]


def _store(sheet: _Sheet) -> None:
    store(sheet.steps, list(sheet.touched.values()))


def store(steps: Sequence[Step], items: Sequence[AttemptItem]) -> None:
    """Write new steps and what their items come to, inside the caller's transaction."""
    if not steps:
        return
    if len(steps) == 1:
        steps[0].save(force_insert=True)
    else:
        Step.objects.bulk_create(steps)
    if len(items) == 1:
        items[0].save(update_fields=FIELDS)
    else:
        AttemptItem.objects.bulk_update(items, FIELDS)


@transaction.atomic
def choose(*, attempt: Attempt, position: int, take: int, by: Account) -> None:
    """She says which of the answers that stand beside one another holds: step `take`, or 0 for the one that stands.

    Raises OutOfScope. In a closed attempt nothing is chosen any more: whoever marks sees both.
    """
    row = Attempt.objects.select_for_update(of=("self",)).select_related("version").get(pk=attempt.pk)
    policy.require_own(by, row)
    item = row.items.select_related("question").filter(position=position).first()
    if item is None or row.state != Attempt.State.OPEN or (take and take not in item.branches) or item.state in OVER:
        raise OutOfScope(str(row.uid))
    answer = item.steps.get(seq=take).payload.get("answer") if take else item.answer
    told: dict[str, Any] = {"answer": answer, "settles": True, "from": take}
    if grading.readable(item, answer):
        told["invalid"] = True
    now = timezone.now()
    store([add(item, uuid4(), item.head, Step.Kind.SAVE, told, now, by, now)], [item])


settle = choose


@transaction.atomic
def hand_in_files(*, attempt: Attempt, position: int, uploads: Sequence[UploadedFile[Any]], by: Account) -> Written:
    """Keep files as the answer of a question that asks for them; they take the place of those that stood.

    Raises OutOfScope, files.FileRefused.
    """
    policy.require_own(by, attempt)
    item = attempt.items.select_related("question").filter(position=position, kind="question.file").first()
    if item is None:
        raise OutOfScope(str(attempt.uid))
    most = int((item.question.payload if item.question else {}).get("files") or 1)
    kept = [
        files.store(upload=one, purpose="attempt", by_id=by.pk, scope_path=attempt.exercise.unit.path, allowed=DOCUMENTS | PICTURES, most=10 * files.MB)
        for one in uploads[:most]
    ]  # fmt: skip
    answer = {"files": [{"id": str(one.pk), "name": one.name} for one in kept]}
    return write(attempt=attempt, lines=[Line(uuid4(), position, str(item.head), answer)], by=by)[0]
