"""Marks that wait for a person: sent by the learner, decided by whoever teaches, taken back by who sent them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from orken.cataloguing import hinting, marking, policy, selectors
from orken.cataloguing.grading import Marked
from orken.cataloguing.kinds import DescribeBook
from orken.cataloguing.models import HeldMark
from orken.cataloguing.record import Record
from orken.cataloguing.services import NotAllowed, school_path
from orken.cataloguing.states import HELD_MARK
from orken.cataloguing.tasks import material
from orken.kit.audit import services as audit
from orken.kit.i18n.content import LANGUAGES
from orken.kit.i18n.numbers import short_number
from orken.kit.states import WayIsClosed
from orken.notices import services as notices
from orken.people.models import Account

__all__ = [
    "NothingToHold",
    "WaitsAlready",
    "WayIsClosed",
    "confirm",
    "give",
    "marked_of",
    "record_of",
    "send",
    "withdraw",
]

Cause, State = HeldMark.Cause, HeldMark.State


class WaitsAlready(Exception):
    """A mark of this book and format waits already: one at a time."""


class NothingToHold(Exception):
    """The mark is neither held by the grader nor failed: a person has nothing to decide."""


def record_of(held: HeldMark) -> Record:
    """The record as it was sent."""
    return DescribeBook().parse(held.text)


def marked_of(held: HeldMark) -> Marked:
    """The record graded again, as it was sent."""
    return marking.mark(record_of(held), selectors.profile(held.format), marking.experts_of(held.book, held.format))


@transaction.atomic
def send(
    *, book: str, format: str, text: str, words: str = "", taken: Sequence[hinting.Taken] = (), by: Account
) -> HeldMark:
    """Keep a record with its mark until a person has looked. Raises AnswerRefused, NothingToHold, WaitsAlready."""
    kind = DescribeBook()
    answer = kind.parse(text)
    kind.grade({"book": book, "format": format}, answer)  # refuses another format
    marked = marking.mark(answer, selectors.profile(format), marking.experts_of(book, format))
    left = hinting.paid(marked, taken)
    if not marked.review and left.passed:
        raise NothingToHold
    try:
        with transaction.atomic():
            held = HeldMark.objects.create(
                by=by, book=book, format=format, text=text, words=words.strip()[:1000], score=Decimal(str(left.score)),
                hints=Decimal(str(round(min(hinting.cost(taken), 100), 1))), cause=Cause.REVIEW if marked.review else Cause.APPEAL,
            )  # fmt: skip
    except IntegrityError as clash:
        raise WaitsAlready from clash
    after = {"book": book, "format": format, "score": left.score, "cause": held.cause}
    audit.record("held_mark.sent", held, by=by, scope_path=school_path(), after=after)
    return held


@transaction.atomic
def confirm(*, held: HeldMark, answer: str = "", by: Account) -> HeldMark:
    """The mark stands."""
    return _decide(held, "confirm", None, answer, by)


@transaction.atomic
def give(*, held: HeldMark, final: Decimal, answer: str, by: Account) -> HeldMark:
    """Another mark, with the reason."""
    return _decide(held, "change", final, answer, by)


def _decide(held: HeldMark, way: str, final: Decimal | None, answer: str, by: Account) -> HeldMark:
    if not policy.may_decide(by, held):
        raise NotAllowed
    standing = HeldMark.objects.select_for_update().get(pk=held.pk)
    found = HELD_MARK.check(standing, way)
    if found.needs_reason and not answer.strip():
        raise WayIsClosed(way, [])
    standing.state = found.target or standing.state
    standing.final = standing.score if final is None else final
    standing.answer = answer.strip()[:1000]
    standing.decided_by, standing.decided_at = by, timezone.now()
    standing.save(update_fields=["state", "final", "answer", "decided_by", "decided_at"])
    audit.record(
        f"held_mark.{standing.state}", standing, by=by, scope_path=school_path(), note=standing.answer,
        before={"score": float(standing.score)}, after={"final": float(standing.final)},
    )  # fmt: skip
    title = material.book(standing.book).experts[0].title
    notices.send(
        kind="cataloguing.mark_decided", to=standing.by.person, about=standing, by=by, page=f"/cataloguing/held/{standing.pk}/",
        facts={"book": title, "score": _said(standing.score), "final": _said(standing.final), "reason": standing.answer or "—"},
    )  # fmt: skip
    return standing


def _said(mark: Decimal) -> dict[str, str]:
    """A mark as each language writes it: 61,5 or 61.5."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = short_number(mark)
    return found


@transaction.atomic
def withdraw(*, held: HeldMark, by: Account) -> HeldMark:
    """Who sent it takes it back before anybody has decided."""
    if held.by_id != by.pk:
        raise NotAllowed
    standing = HeldMark.objects.select_for_update().get(pk=held.pk)
    standing.state = HELD_MARK.check(standing, "withdraw").target or standing.state
    standing.save(update_fields=["state"])
    audit.record("held_mark.withdrawn", standing, by=by, scope_path=school_path())
    return standing


def forget_words(rows: QuerySet[HeldMark]) -> int:
    """What a learner wrote in her own words, and what she was answered, goes with her data; the marks stay."""
    return rows.update(words="", answer="—")
