"""What must hold of questions and exercises, proved by `orken audit invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.questions import content, kinds
from orken.questions.models import Exercise, ExerciseVersion, Question, QuestionVersion, Slot


def register() -> None:
    invariants.register("questions.versions: a published version says what it said when it was published", unchanged)
    invariants.register("questions.pointers: draft and published lead to their own versions, as the story tells", pointers)  # fmt: skip
    invariants.register("questions.slots: a published exercise pins a published version of each of its questions", slots)  # fmt: skip
    invariants.register("questions.kinds: every question is of a kind that is known", known)


def unchanged() -> Iterator[Broken]:
    for version in QuestionVersion.objects.exclude(published_at=None).select_related("question").iterator():
        if content.fingerprint(content.of_question(version)) != version.fingerprint:
            yield Broken(f"question {version.question_id} · {version.number}", "was changed after it was published")
    for exercise in ExerciseVersion.objects.exclude(published_at=None).prefetch_related("slots"):
        if content.fingerprint(content.of_exercise(exercise)) != exercise.fingerprint:
            yield Broken(f"exercise {exercise.exercise_id} · {exercise.number}", "was changed after it was published")


def pointers() -> Iterator[Broken]:
    rows: list[Question | Exercise] = [
        *Question.objects.select_related("draft", "published"), *Exercise.objects.select_related("draft", "published")
    ]  # fmt: skip
    for row in rows:
        name = row._meta.model_name
        for pointer, version, published in (("draft", row.draft, False), ("published", row.published, True)):
            owner = getattr(version, f"{name}_id", None) if version else None
            if version and (owner != row.pk or version.is_published != published):
                yield Broken(f"{name} {row.pk}", f"{pointer} leads to version {version.pk}")
        last = row.publications.order_by("-at", "-pk").first()
        stands = row.published.number if row.published else None
        if (last.number if last else None) != stands:
            yield Broken(f"{name} {row.pk}", "another version stands than the last publication says")


def slots() -> Iterator[Broken]:
    rows = Slot.objects.exclude(version__published_at=None).exclude(question=None).select_related("pinned")
    for slot in rows:
        if slot.pinned is None or slot.pinned.question_id != slot.question_id or not slot.pinned.is_published:
            yield Broken(f"slot {slot.pk}", "pins no published version of its question")


def known() -> Iterator[Broken]:
    for pk, kind in Question.objects.exclude(kind__in=list(kinds.BY_CODE)).values_list("pk", "kind"):
        yield Broken(f"question {pk}", f"is of the kind {kind}, which nobody registered")
