"""Banks and questions: a draft is written, published, returned to, taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from orken.competencies.models import Competency
from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.media import pictures
from orken.network.models import Unit
from orken.people.models import Account
from orken.questions import content, kinds, policy
from orken.questions.models import (
    Bank,
    Category,
    Picture,
    Publication,
    Published,
    Question,
    QuestionOutcome,
    QuestionTag,
    QuestionVersion,
)  # fmt: skip

PICTURE_WIDTHS = (960,)


class CodeTaken(Exception):
    """A bank or an exercise with this code stands already."""


class EditedMeanwhile(Exception):
    """Somebody changed the draft since it was shown."""

    def __init__(self, version: Any) -> None:
        super().__init__(version.revision)
        self.version = version


class NotReady(Exception):
    """It cannot be published; `problems` say why, in words."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


@transaction.atomic
def create_bank(
    *, code: str, unit: Unit, titles: Mapping[str, str], by: Account | None, school: Unit | None = None, synthetic: bool = False
) -> Bank:  # fmt: skip
    """Begin a bank of `unit`. `by` is None only for set-up and demo data. Raises CodeTaken, OutOfScope."""
    if by is not None:
        policy.require_edit(by, unit)
    if Bank.objects.filter(code=code).exists():
        raise CodeTaken(code)
    bank = Bank.objects.create(code=code, unit=unit, school=school, synthetic=synthetic, **titles)
    audit.record("bank.created", bank, by=by, scope_path=unit.path, after={"code": code, **titles})
    return bank


@transaction.atomic
def create_question(
    *, bank: Bank, kind: str, payload: Mapping[str, Any], by: Account | None, tags: Iterable[str] = (), category: str = "",
    outcomes: Iterable[Competency] = (), copied_from: Question | None = None,
) -> Question:  # fmt: skip
    """A question with its first draft. Raises OutOfScope; KeyError for a kind that no bank holds."""
    kinds.of(kind)
    if by is not None:
        policy.require_edit(by, bank.unit)
    shelf = Category.objects.get_or_create(bank=bank, name=category[:200])[0] if category else None
    question = Question.objects.create(bank=bank, kind=kind, category=shelf, copied_from=copied_from)
    question.draft = QuestionVersion.objects.create(question=question, number=1, payload=dict(payload), created_by=by)
    question.save(update_fields=["draft"])
    QuestionTag.objects.bulk_create(QuestionTag(question=question, name=name) for name in _tags(tags))
    QuestionOutcome.objects.bulk_create(QuestionOutcome(question=question, competency=one) for one in outcomes)
    _record("question.created", question, by, after={"kind": kind})
    return question


def _tags(names: Iterable[str]) -> list[str]:
    return sorted({" ".join(name.split()).casefold()[:60] for name in names} - {""})


@transaction.atomic
def tag(*, question: Question, tags: Iterable[str], category: str, outcomes: Iterable[Competency], by: Account) -> Question:  # fmt: skip
    """Where it stands in the bank: tags, shelf, competencies. Nothing of what is asked changes."""
    question = locked(question, by)
    before = sorted(question.tags.values_list("name", flat=True))
    wanted = _tags(tags)
    question.tags.all().delete()
    QuestionTag.objects.bulk_create(QuestionTag(question=question, name=name) for name in wanted)
    question.outcomes.all().delete()
    QuestionOutcome.objects.bulk_create(QuestionOutcome(question=question, competency=one) for one in outcomes)
    question.category = Category.objects.get_or_create(bank=question.bank, name=category[:200])[0] if category else None
    question.save(update_fields=["category"])
    _record("question.tagged", question, by, before={"tags": ", ".join(before)}, after={"tags": ", ".join(wanted)})
    return question


@transaction.atomic
def start_draft(*, question: Question, by: Account, source: QuestionVersion | None = None) -> QuestionVersion:
    """The draft: the one that stands, else a copy of `source`, or of what is published."""
    question = locked(question, by)
    if question.draft is not None:
        if source is None:
            return question.draft
        draft = question.draft
        draft.payload, draft.based_on, draft.revision = source.payload, source, draft.revision + 1
        draft.save()
        _record("question.taken_over", question, by, after={"based_on": source.number})
        return draft
    source = source or question.published or question.versions.order_by("-number").first()
    assert source is not None, "a question begins with a draft"
    last: int = question.versions.aggregate(last=Max("number"))["last"] or 0
    question.draft = QuestionVersion.objects.create(
        question=question, number=last + 1, payload=source.payload, based_on=source, created_by=by
    )
    question.save(update_fields=["draft"])
    _record("question.draft_started", question, by, after={"number": last + 1, "based_on": source.number})
    return question.draft


@transaction.atomic
def write_question(*, version: QuestionVersion, payload: Mapping[str, Any], by: Account, revision: int) -> QuestionVersion:  # fmt: skip
    """Write the draft. Raises OutOfScope, Published, EditedMeanwhile."""
    draft = QuestionVersion.objects.select_for_update(of=("self",)).select_related("question__bank__unit").get(pk=version.pk)  # fmt: skip
    policy.require_edit(by, draft.question.bank.unit)
    if draft.is_published:
        raise Published(str(draft.pk))
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    draft.payload, draft.revision = dict(payload), revision + 1
    draft.save()
    _record("question.written", draft.question, by, after={"number": draft.number})
    return draft


def question_problems(version: QuestionVersion) -> list[str]:
    """Why this draft cannot be published, in words."""
    return list(kinds.of(version.question.kind).problems(version.payload))


@transaction.atomic
def publish_question(*, question: Question, by: Account | None, revision: int, note: str = "") -> QuestionVersion:
    """The draft becomes what exercises draw. Exercises that are published already keep the version they pinned.

    Raises NotReady, EditedMeanwhile, OutOfScope.
    """
    question = locked(question, by, publishing=True)
    draft = question.draft
    if draft is None:
        raise NotReady([])
    draft.question = question
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    if problems := question_problems(draft):
        raise NotReady(problems)
    draft.note, draft.published_at, draft.published_by = note[:300], timezone.now(), by
    draft.fingerprint = content.fingerprint(content.of_question(draft))
    draft.save()
    question.draft = None
    _point(question, draft, Publication.Kind.PUBLISHED, by, note)
    return draft


@transaction.atomic
def return_question(*, version: QuestionVersion, reason: str, by: Account) -> Question:
    """Let an earlier published version stand again."""
    question = locked(version.question, by, publishing=True)
    version = question.versions.exclude(published_at=None).get(pk=version.pk)
    if question.published_id != version.pk:
        _point(question, version, Publication.Kind.REVERTED, by, reason)
    return question


@transaction.atomic
def withdraw_question(*, question: Question, reason: str, by: Account) -> Question:
    """Nobody draws it any more; exercises that pinned a version keep it."""
    question = locked(question, by, publishing=True)
    if question.published is not None:
        _point(question, None, Publication.Kind.WITHDRAWN, by, reason)
    return question


def _point(question: Question, version: QuestionVersion | None, kind: str, by: Account | None, reason: str) -> None:
    before = question.published
    question.published = version
    question.save(update_fields=["published", "draft"])
    number = version.number if version else None
    Publication.objects.create(question=question, kind=kind, number=number, by=by, reason=reason[:300])
    _record(f"question.{kind}", question, by, before={"number": before.number if before else None}, after={"number": number}, note=reason)  # fmt: skip


@transaction.atomic
def drop_draft(*, question: Question, by: Account) -> bool:
    """Throw the draft away; one that was never published goes with its question. False: it stands in an exercise."""
    question = locked(question, by)
    draft = question.draft
    if draft is None:
        return True
    alone = not question.versions.exclude(pk=draft.pk).exists()
    if alone and question.slots.exists():
        return False
    _record("question.draft_dropped", question, by, before={"number": draft.number})
    question.draft = None
    question.save(update_fields=["draft"])
    draft.delete()
    if alone:
        question.delete()
    return True


@transaction.atomic
def drop_drafts(*, questions: Iterable[Question], by: Account) -> int:
    """Throw several drafts away, all or none by right; answers how many went (one in an exercise stays)."""
    return sum(drop_draft(question=question, by=by) for question in questions)


@transaction.atomic
def copy_question(*, question: Question, bank: Bank, by: Account) -> Question:
    """A question of its own in another bank, with what stands here; both go their own way from then on."""
    standing = question.published or question.draft
    assert standing is not None, "a question that can be read has a version"
    policy.require_edit(by, question.bank.unit)
    return create_question(
        bank=bank, kind=question.kind, payload=standing.payload, by=by, tags=question.tags.values_list("name", flat=True),
        category=question.category.name if question.category else "", copied_from=question,
        outcomes=[row.competency for row in question.outcomes.select_related("competency")],
    )  # fmt: skip


@transaction.atomic
def add_picture(*, bank: Bank, file: IO[bytes], by: Account | None) -> Picture:
    """A picture, recoded: nothing of the file itself is kept. Raises pictures.PictureRefused."""
    if by is not None:
        policy.require_edit(by, bank.unit)
    made = next(one for one in pictures.variants(file, PICTURE_WIDTHS) if one.media_type == "image/webp")
    kept = files.store_made([("picture.webp", made.content)], media_type=made.media_type, purpose="question", by_id=by.pk if by else None, scope_path=bank.unit.path)  # fmt: skip
    return Picture.objects.create(bank=bank, file=kept[0], width=made.width, height=made.height)


def locked(question: Question, by: Account | None, *, publishing: bool = False) -> Question:
    """The question, locked, when `by` may act on it."""
    row = Question.objects.select_for_update(of=("self",)).select_related("bank__unit", "draft", "published", "category").get(pk=question.pk)  # fmt: skip
    if by is not None:
        (policy.require_publish if publishing else policy.require_edit)(by, row.bank.unit)
    return row


def _record(verb: str, question: Question, by: Account | None, **facts: Any) -> None:
    audit.record(verb, question, by=by, scope_path=question.bank.unit.path, **facts)
