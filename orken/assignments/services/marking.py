"""Looking at a work: take it, remark on places, give the mark. A mark that is given stays; who thinks again gives another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from orken.assignments import places, policy, rubrics, turns
from orken.assignments.models import FrozenRubric, Part, Remark, Review, Work
from orken.assignments.services import deciding
from orken.assignments.services.handing import locked
from orken.assignments.services.refusals import Refused
from orken.kit.audit import services as audit
from orken.people.models import Account

Role, RState, State = Review.Role, Review.State, Work.State
MOST_REMARKS = 50


@dataclass(frozen=True)
class Place:
    """Where a remark stands, as a form tells it; which fields count follows from `kind`."""

    kind: str = Remark.Kind.WHOLE
    quote: str = ""
    near: int = 0
    part: int | None = None
    x: int | None = None
    y: int | None = None
    wide: int = 0
    high: int = 0
    page: int | None = None


def _open(row: Work, by: Account, now: datetime) -> Review:
    """Her review that is begun, begun if need be; the caller holds the work. Raises OutOfScope, Refused."""
    peer = policy.reviews(by, row)
    if peer is not None:
        if peer.state == RState.GIVEN or row.state != State.MARKING or (peer.due_at and peer.due_at < now):
            raise Refused("given")
        if peer.state == RState.ASKED:
            peer.state, peer.begun_until, peer.by = RState.BEGUN, peer.due_at or now + turns.LEASE, by
            peer.save(update_fields=["state", "begun_until", "by"])
        return peer
    policy.require_marking(by, row)
    if row.is_closed and Work.objects.filter(person=row.person_id, assignment=row.assignment_id, context=row.context, number__gt=row.number).exclude(state=State.VOID).exists():  # fmt: skip
        raise Refused("later")
    known = list(Review.objects.filter(work=row))
    role, why = turns.role_for(row, known, by.person_id, now)
    if why:
        raise Refused(why)
    found = next((one for one in known if one.state == RState.BEGUN and one.reviewer_id == by.person_id), None)
    if found is None:
        found = Review(work=row, reviewer_id=by.person_id, by=by)
    found.role, found.state, found.begun_until = role, RState.BEGUN, now + turns.LEASE
    found.save()
    if row.state == State.HANDED_IN:
        row.state = State.MARKING
        row.save(update_fields=["state"])
    return found


@transaction.atomic
def take(*, work: Work, by: Account) -> Review:
    """She begins to look: for eight hours nobody else takes the same place. Taken again the time begins anew."""
    return _open(locked(work.uid), by, timezone.now())


@transaction.atomic
def keep(*, work: Work, levels: Mapping[str, int], words: str, by: Account) -> Review:
    """What she has chosen so far, so that nothing is lost when she goes on later. Raises OutOfScope, Refused."""
    row = locked(work.uid)
    review = _open(row, by, timezone.now())
    known = {one.key: len(one.levels) for one in rubrics.read(row.version.rubric)}
    review.levels = {key: level for key, level in levels.items() if 0 <= level < known.get(key, 0)}
    review.words = words.strip()[:5000]
    review.save(update_fields=["levels", "words"])
    return review


@transaction.atomic
def remark(*, work: Work, place: Place, words: str, by: Account) -> Remark:
    """A word about a place; it is seen by others when the mark is given. Raises OutOfScope, Refused."""
    row = locked(work.uid)
    return _add(row, _open(row, by, timezone.now()), place, words)


def _add(row: Work, review: Review, place: Place, words: str) -> Remark:
    told = words.strip()[:2000]
    if not told:
        raise Refused("words")
    standing = review.remarks.aggregate(last=Max("number"))["last"] or 0
    if review.remarks.count() >= MOST_REMARKS:
        raise Refused("many_remarks")
    return Remark.objects.create(review=review, number=standing + 1, words=told, **_where(row, place))


def _where(row: Work, place: Place) -> dict[str, object]:
    if place.kind == Remark.Kind.WHOLE:
        return {"kind": place.kind}
    if place.kind == Remark.Kind.TEXT:
        found = places.locate(row.text, place.quote, place.near)
        if found is None:
            raise Refused("quote")
        return {"kind": place.kind, "begins": found[0], "ends": found[1], "quote": row.text[found[0] : found[1]][: places.LONGEST]}  # fmt: skip
    part = row.parts.filter(pk=place.part or 0, kind=place.kind).first()
    if part is None:
        raise Refused("place")
    if part.kind == Part.Kind.FILE:
        return {"kind": place.kind, "part": part, "page": place.page}
    if place.x is None or place.y is None or not (0 <= place.x <= 1000 and 0 <= place.y <= 1000):
        raise Refused("place")
    wide, high = (max(0, min(size, 1000 - start)) for size, start in ((place.wide, place.x), (place.high, place.y)))
    return {"kind": place.kind, "part": part, "x": place.x, "y": place.y, "wide": wide, "high": high}


@transaction.atomic
def drop_remark(*, work: Work, number: int, by: Account) -> None:
    """Take a remark back before the mark is given."""
    row = locked(work.uid)
    found = Remark.objects.filter(review__work=row, review__reviewer=by.person_id, review__state=RState.BEGUN, number=number).first()  # fmt: skip
    if found is None:
        raise policy.OutOfScope(str(number))
    found.delete()


def freeze(data: rubrics.Data) -> FrozenRubric:
    """The row of these words: one for ever."""
    found, _made = FrozenRubric.objects.get_or_create(fingerprint=rubrics.fingerprint(data), defaults={"criteria": data})  # fmt: skip
    return found


@transaction.atomic
def give(*, work: Work, levels: Mapping[str, int], words: str, by: Account, again: bool = False, reason: str = "", pending: tuple[Place, str] | None = None) -> Work:  # fmt: skip
    """The mark, by the rubric of the version that the work was made for, which is frozen with it.

    `again`: it is to be done again although it passes. `pending`: a remark that is written and not yet added goes in with
    the mark, or neither does. Raises OutOfScope, Refused.
    """
    row = locked(work.uid)
    now = timezone.now()
    review = _open(row, by, now)
    criteria = rubrics.read(row.version.rubric)
    if not rubrics.complete(criteria, levels):
        raise Refused("levels")
    peer = review.role == Role.PEER
    if not peer and turns.needs_reason(row) and not reason.strip():
        raise Refused("reason")
    if pending is not None:
        _add(row, review, *pending)
    review.rubric, review.levels, review.score = freeze(row.version.rubric), dict(levels), rubrics.score(criteria, levels)  # fmt: skip
    review.words, review.reason = words.strip()[:5000], "" if peer else reason.strip()[:300]
    review.state, review.given_at, review.begun_until, review.by = RState.GIVEN, now, None, by
    review.save()
    audit.record("work.reviewed", row, by=by, scope_path=row.assignment.unit.path, after={"role": review.role, "score": float(review.score)})  # fmt: skip
    deciding.decide(row, by, again=again and not peer)
    return row


@transaction.atomic
def agree(*, work: Work, reason: str, by: Account) -> Work:
    """Two marks differ: one of the two markers agrees to the other's after a talk. Both marks stay. Raises OutOfScope, Refused."""
    row = locked(work.uid)
    policy.require_marking(by, row)
    if row.state != State.DISPUTED:
        raise Refused("peace")
    two = list(Review.objects.filter(work=row, state=RState.GIVEN, role__in=[Role.FIRST, Role.SECOND]))
    hers = next((one for one in two if one.reviewer_id == by.person_id), None)
    other = next((one for one in two if one.reviewer_id != by.person_id), None)
    if hers is None or other is None:
        raise policy.OutOfScope(str(row.uid))
    if not reason.strip():
        raise Refused("reason")
    hers.reason = reason.strip()[:300]
    hers.save(update_fields=["reason"])
    deciding.agree_on(row, other, by)
    return row
