"""Reading banks, questions and exercises. Stable for upper apps: `published_exercise`, `exercise_choices`, `drawn`."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from orken.curriculum import kinds
from orken.curriculum.kinds import Offer
from orken.kit.i18n.content import current_language
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.questions import kinds as own
from orken.questions.models import Bank, Exercise, ExerciseVersion, Publication, Question, QuestionVersion, Slot


def published_exercise(code: str) -> ExerciseVersion | None:
    """The version of exercise `code` with which somebody begins today; None when there is none."""
    row = Exercise.objects.filter(code=code).select_related("published__exercise__unit").first()
    return row.published if row else None


def exercise_choices(owner: Unit | None = None) -> list[tuple[str, str]]:
    """Published exercises as (code, title), for whoever embeds one; of a unit with all that stand under it, or all."""
    rows = Exercise.objects.exclude(published=None).select_related("published")
    if owner is not None:
        rows = rows.filter(unit__path__startswith=owner.path)
    return [(row.code, f"{row.code} · {row.published.title}" if row.published else row.code) for row in rows.order_by("code")]  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """One item of a sitting: what is asked, out of which slot, worth what."""

    slot: Slot
    question: QuestionVersion | None
    kind: str
    payload: dict[str, Any]
    mark: Decimal


def drawn(version: ExerciseVersion, seed: int) -> list[Drawn]:
    """What somebody with this seed gets: the same for ever as long as pools stay as they are; at most three queries.

    Who holds a question already does not draw it from a pool a second time.
    """
    slots = list(version.slots.select_related("pinned__question", "question__published"))
    pools = pooled((slot.pool_id, slot.tag) for slot in slots if slot.pool_id)
    dice = random.Random(f"{seed}:draw")
    taken = {slot.question_id for slot in slots if slot.question_id}
    found: list[Drawn] = []
    for slot in slots:
        if slot.kind:
            found.append(Drawn(slot, None, slot.kind, slot.payload, slot.mark))
        elif slot.question is not None:
            standing = slot.pinned or slot.question.published or slot.question.draft
            if standing is not None:
                found.append(Drawn(slot, standing, slot.question.kind, standing.payload, slot.mark))
        else:
            waiting = [one for one in pools.get((slot.pool_id, slot.tag), []) if one.question_id not in taken]
            dice.shuffle(waiting)
            for one in waiting[: slot.many]:
                taken.add(one.question_id)
                found.append(Drawn(slot, one, one.question.kind, one.payload, slot.mark))
    if version.shuffle:
        dice.shuffle(found)
    return found


def pooled(wanted: Iterable[tuple[int | None, str]]) -> dict[tuple[int | None, str], list[QuestionVersion]]:
    """Published questions of each (bank, tag), in one order for ever."""
    asked = set(wanted)
    condition = Q(pk__in=[])
    for bank, tag in asked:
        condition |= Q(bank=bank, tags__name=tag)
    if not asked:
        return {}
    rows = (
        Question.objects.filter(condition).exclude(published=None).annotate(of_tag=F("tags__name"))
        .select_related("published").order_by("pk")
    )  # fmt: skip
    found: dict[tuple[int | None, str], list[QuestionVersion]] = {}
    for row in rows:
        if (row.bank_id, row.of_tag) in asked and row.published is not None:
            row.published.question = row
            found.setdefault((row.bank_id, row.of_tag), []).append(row.published)
    return found


def total(items: Iterable[Drawn]) -> Decimal:
    return sum((one.mark for one in items), Decimal(0))


def banks(scope: Scope) -> QuerySet[Bank]:
    return Bank.objects.filter(scope.q("unit__path")).select_related("unit").annotate(many=Count("questions")).order_by("code")  # fmt: skip


def questions(scope: Scope) -> QuerySet[Question]:
    """Questions of the banks of a scope, with the words of their latest version."""
    latest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
    fields = ("label_kk", "label_ru", "label_en", "sort_kk", "sort_ru")
    return (
        Question.objects.filter(scope.q("bank__unit__path")).select_related("bank__unit", "draft", "published", "category")
        .annotate(**{name: Subquery(latest.values(name)[:1]) for name in fields}, newest=Subquery(latest.values("number")[:1]))
    )  # fmt: skip


def exercises(scope: Scope) -> QuerySet[Exercise]:
    rows = Exercise.objects.filter(scope.q("unit__path")).select_related("unit", "draft", "published")
    title = "ru" if current_language() == "ru" else "kk"
    return rows.annotate(
        title=Coalesce(f"draft__title_{title}", f"published__title_{title}"), slots=Count("draft__slots", distinct=True)
    ).order_by("code")


def whole(version: ExerciseVersion) -> list[Slot]:
    """The slots with all that a page says of them, in one query and one for the pools."""
    slots = list(version.slots.select_related("question__bank", "question__published", "question__draft", "pinned", "pool"))  # fmt: skip
    pools = pooled((slot.pool_id, slot.tag) for slot in slots if slot.pool_id)
    tasks = {kind: _tasks(kind) for kind in {slot.kind for slot in slots if slot.kind}}
    for slot in slots:
        slot.stock = len(pools.get((slot.pool_id, slot.tag), [])) if slot.pool_id else 0  # type: ignore[attr-defined]  # for the page
        slot.called = called(slot, tasks.get(slot.kind))  # type: ignore[attr-defined]
    return slots


def _tasks(kind: str) -> list[Offer]:
    """The tasks that a school's kind offers, by which those that are set are called."""
    found = kinds.get(kind)
    return found.offers() if isinstance(found, kinds.Offered) else []


def called(slot: Slot, tasks: Sequence[Offer] | None = None) -> str:
    """How a slot is called on a page; of a school's task its own name too, where the `tasks` of its kind are given."""
    if slot.question is not None:
        standing = slot.pinned or slot.question.published or slot.question.draft
        return standing.label if standing else str(slot.question)
    if slot.kind:
        label = str(kinds.get(slot.kind).label)
        task = next((one.label for one in tasks or () if one.payload == slot.payload), "")
        return f"{label} · {task}" if task else label
    return slot.tag


def used_in(question: Question) -> list[ExerciseVersion]:
    """Exercises that hold it, the newest version of each first."""
    tags = list(question.tags.values_list("name", flat=True))
    condition = Q(slots__question=question) | Q(slots__pool=question.bank_id, slots__tag__in=tags)
    rows = ExerciseVersion.objects.filter(condition).select_related("exercise").distinct().order_by("exercise__code", "-number")  # fmt: skip
    seen: set[int] = set()
    return [row for row in rows if not (row.exercise_id in seen or seen.add(row.exercise_id))]  # type: ignore[func-returns-value]  # «seen» remembers


def story(row: Question | Exercise) -> list[Publication]:
    return list(row.publications.select_related("by__person").order_by("-at", "-pk"))


def kind_choices() -> list[tuple[str, str]]:
    return own.choices()


def other_kinds() -> list[tuple[str, str]]:
    """Kinds of the schools' instruments, which stand in a slot by themselves."""
    return [(one.code, str(one.label)) for one in kinds.registered() if one.code not in own.BY_CODE]


def offers() -> dict[str, dict[str, kinds.Offer]]:
    """The tasks of the schools that stand ready, by the code of their kind and their own key."""
    found = (one for one in kinds.registered() if isinstance(one, kinds.Offered))
    return {one.code: {offer.key: offer for offer in one.offers()} for one in found}


def issuers(scope: Scope) -> QuerySet[Unit]:
    """Units of the scope that may own a bank or an exercise."""
    from orken.questions.policy import ISSUERS

    return Unit.objects.filter(scope.q(), exists=True, kind__in=ISSUERS).order_by("kind", "sort_kk")
