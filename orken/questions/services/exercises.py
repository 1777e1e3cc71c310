"""Exercises: rules and slots in a draft, published with what they pin."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.curriculum import kinds
from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people.models import Account
from orken.questions import content, policy, selectors
from orken.questions.models import Bank, Exercise, ExerciseVersion, Publication, Published, Question, Slot
from orken.questions.services.writing import CodeTaken, EditedMeanwhile, NotReady

UP, DOWN = "up", "down"
MOST_SLOTS = 100


@transaction.atomic
def create_exercise(
    *, code: str, unit: Unit, fields: Mapping[str, Any], by: Account | None, synthetic: bool = False
) -> Exercise:
    """Begin an exercise with an empty draft. Raises CodeTaken, OutOfScope."""
    if by is not None:
        policy.require_edit(by, unit)
    if Exercise.objects.filter(code=code).exists():
        raise CodeTaken(code)
    exercise = Exercise.objects.create(code=code, unit=unit, synthetic=synthetic)
    exercise.draft = ExerciseVersion.objects.create(exercise=exercise, number=1, created_by=by, **_allowed(fields))
    exercise.save(update_fields=["draft"])
    _record("exercise.created", exercise, by, after={"code": code})
    return exercise


@transaction.atomic
def start_exercise_draft(*, exercise: Exercise, by: Account | None, source: ExerciseVersion | None = None) -> ExerciseVersion:  # fmt: skip
    """The draft: the one that stands, else a copy of `source` or of what is published."""
    exercise = _locked(exercise, by)
    if exercise.draft is not None:
        return exercise.draft
    source = source or exercise.published or exercise.versions.order_by("-number").first()
    assert source is not None, "an exercise begins with a draft"
    last: int = exercise.versions.aggregate(last=Max("number"))["last"] or 0
    draft = ExerciseVersion(exercise=exercise, number=last + 1, based_on=source, created_by=by)
    for name in content.FIELDS:
        setattr(draft, name, getattr(source, name))
    draft.save()
    slots = list(source.slots.all())
    for slot in slots:
        slot.pk, slot.version, slot.pinned = None, draft, None
    Slot.objects.bulk_create(slots)
    exercise.draft = draft
    exercise.save(update_fields=["draft"])
    _record("exercise.draft_started", exercise, by, after={"number": draft.number, "based_on": source.number})
    return draft


@transaction.atomic
def write_exercise(*, version: ExerciseVersion, fields: Mapping[str, Any], by: Account, revision: int) -> ExerciseVersion:  # fmt: skip
    """Write texts and rules of the draft. Raises EditedMeanwhile, Published, OutOfScope."""
    draft = _draft(version, by, revision)
    given = _allowed(fields)
    before = {name: getattr(draft, name) for name in given}
    for name, value in given.items():
        setattr(draft, name, value)
    draft.save()
    changed = [name for name in given if before[name] != given[name]]
    _record("exercise.written", draft.exercise, by, before={n: before[n] for n in changed}, after={n: given[n] for n in changed})  # fmt: skip
    return draft


@transaction.atomic
def add_slot(
    *, version: ExerciseVersion, by: Account | None, revision: int, mark: Decimal | int = 1, question: Question | None = None,
    pool: Bank | None = None, tag: str = "", many: int = 1, kind: str = "", payload: Mapping[str, Any] | None = None,
) -> Slot:  # fmt: skip
    """A place at the end: a question, so many of a pool, or another app's kind. Raises EditedMeanwhile, NotReady."""
    draft = _draft(version, by, revision)
    if draft.slots.count() >= MOST_SLOTS:
        raise NotReady([_("An exercise has at most %(n)s places.") % {"n": MOST_SLOTS}])
    if by is not None:
        for bank in (pool, question.bank if question else None):
            if bank is not None:
                policy.require_edit(by, bank.unit)
    if kind and (lacks := _lacks(kind, payload or {})):
        raise NotReady(lacks)
    last: int = draft.slots.aggregate(last=Max("position"))["last"] or 0
    slot = Slot.objects.create(
        version=draft, position=last + 1, mark=mark, question=question, pool=pool, tag=tag, many=many, kind=kind, payload=dict(payload or {})
    )  # fmt: skip
    _record("exercise.slot_added", draft.exercise, by, after={"position": slot.position, "mark": float(mark)})
    return slot


def _lacks(kind: str, payload: Mapping[str, Any]) -> list[str]:
    """Why a task of another app's kind cannot be set."""
    try:
        return kinds.problems(kind, payload)
    except KeyError:
        return [_("This kind of exercise is not known here any more.")]


@transaction.atomic
def remove_slot(*, slot: Slot, by: Account, revision: int) -> None:
    draft = _draft(slot.version, by, revision)
    draft.slots.get(pk=slot.pk).delete()
    _record("exercise.slot_removed", draft.exercise, by, before={"position": slot.position})


@transaction.atomic
def move_slot(*, slot: Slot, way: str, by: Account, revision: int) -> bool:
    """Change places with the one before or after; False when there is none."""
    draft = _draft(slot.version, by, revision)
    slots = list(draft.slots.all())
    place = next(n for n, one in enumerate(slots) if one.pk == slot.pk)
    other = place - 1 if way == UP else place + 1
    if not 0 <= other < len(slots):
        return False
    mine, theirs = slots[place], slots[other]
    here, there = mine.position, theirs.position
    last = slots[-1].position + 1
    for one, position in ((mine, last), (theirs, here), (mine, there)):  # never two in one place
        one.position = position
        one.save(update_fields=["position"])
    _record("exercise.slot_moved", draft.exercise, by, before={"position": here}, after={"position": there})
    return True


def exercise_problems(version: ExerciseVersion) -> list[str]:
    """Why this draft cannot be published, in words."""
    found = []
    if not version.title_kk:
        found.append(_("The title in Kazakh is empty."))
    slots = selectors.whole(version)
    if not slots:
        found.append(_("There is no question yet."))
    for place, slot in enumerate(slots, start=1):
        if slot.question is not None and slot.question.published is None:
            found.append(_("Place %(n)s: the question is not published.") % {"n": place})
        stock = getattr(slot, "stock", 0)
        if slot.pool_id and stock < slot.many:
            found.append(_("Place %(n)s: the pool “%(tag)s” has %(stock)s questions, %(many)s are asked.") % {"n": place, "tag": slot.tag, "stock": stock, "many": slot.many})  # fmt: skip
        if slot.kind:
            found += [_("Place %(n)s: %(why)s") % {"n": place, "why": why} for why in _lacks(slot.kind, slot.payload)]
    asked = [slot.question_id for slot in slots if slot.question_id]
    if len(asked) != len(set(asked)):
        found.append(_("A question stands in it twice."))
    return found


@transaction.atomic
def publish_exercise(*, exercise: Exercise, by: Account | None, revision: int, note: str = "") -> ExerciseVersion:
    """Each question is pinned as it stands published now; whoever began before goes on with the version she began.

    Raises NotReady, EditedMeanwhile, OutOfScope.
    """
    exercise = _locked(exercise, by, publishing=True)
    draft = exercise.draft
    if draft is None:
        raise NotReady([])
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    if problems := exercise_problems(draft):
        raise NotReady(problems)
    for slot in draft.slots.select_related("question"):
        if slot.question is not None:
            slot.pinned_id = slot.question.published_id
            slot.save(update_fields=["pinned"])
    draft.note, draft.published_at, draft.published_by = note[:300], timezone.now(), by
    draft.fingerprint = content.fingerprint(content.of_exercise(draft))
    draft.save()
    exercise.draft = None
    _point(exercise, draft, Publication.Kind.PUBLISHED, by, note)
    return draft


@transaction.atomic
def return_exercise(*, version: ExerciseVersion, reason: str, by: Account) -> Exercise:
    """Let an earlier published version stand again."""
    exercise = _locked(version.exercise, by, publishing=True)
    version = exercise.versions.exclude(published_at=None).get(pk=version.pk)
    if exercise.published_id != version.pk:
        _point(exercise, version, Publication.Kind.REVERTED, by, reason)
    return exercise


@transaction.atomic
def withdraw_exercise(*, exercise: Exercise, reason: str, by: Account) -> Exercise:
    """Nobody begins it any more; attempts that are open go on."""
    exercise = _locked(exercise, by, publishing=True)
    if exercise.published is not None:
        _point(exercise, None, Publication.Kind.WITHDRAWN, by, reason)
    return exercise


@transaction.atomic
def drop_exercise_draft(*, exercise: Exercise, by: Account) -> bool:
    """Throw the draft away; the only version of an exercise stays: False."""
    exercise = _locked(exercise, by)
    draft = exercise.draft
    if draft is None:
        return True
    if not exercise.versions.exclude(pk=draft.pk).exists():
        return False
    exercise.draft = None
    exercise.save(update_fields=["draft"])
    draft.delete()
    _record("exercise.draft_dropped", exercise, by, before={"number": draft.number})
    return True


def _point(exercise: Exercise, version: ExerciseVersion | None, kind: str, by: Account | None, reason: str) -> None:
    before = exercise.published
    exercise.published = version
    exercise.save(update_fields=["published", "draft"])
    number = version.number if version else None
    Publication.objects.create(exercise=exercise, kind=kind, number=number, by=by, reason=reason[:300])
    _record(f"exercise.{kind}", exercise, by, before={"number": before.number if before else None}, after={"number": number}, note=reason)  # fmt: skip


def _locked(exercise: Exercise, by: Account | None, *, publishing: bool = False) -> Exercise:
    row = Exercise.objects.select_for_update(of=("self",)).select_related("unit", "draft", "published").get(pk=exercise.pk)  # fmt: skip
    if by is not None:
        (policy.require_publish if publishing else policy.require_edit)(by, row.unit)
    return row


def _draft(version: ExerciseVersion, by: Account | None, revision: int) -> ExerciseVersion:
    """The draft, locked; refused when it is published already or was changed since `revision` was shown."""
    draft = ExerciseVersion.objects.select_for_update(of=("self",)).select_related("exercise__unit").get(pk=version.pk)
    if by is not None:
        policy.require_edit(by, draft.exercise.unit)
    if draft.is_published:
        raise Published(str(draft.pk))
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    return draft


def _allowed(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(content.FIELDS)
    if unknown:
        raise ValueError(f"not written by an author: {', '.join(sorted(unknown))}")
    return dict(fields)


def _record(verb: str, exercise: Exercise, by: Account | None, **facts: Any) -> None:
    audit.record(verb, exercise, by=by, scope_path=exercise.unit.path, **facts)
