"""What an answer is worth, as a step keeps it. Words for people are made anew when somebody reads, in her language."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

from orken.attempts.algebra import penalised
from orken.attempts.models import AttemptItem
from orken.curriculum import kinds
from orken.curriculum.kinds import AnswerRefused
from orken.questions import kinds as own
from orken.questions.models import Behaviour, ExerciseVersion, QuestionVersion
from orken.questions.showing import needs_person


def judged(item: AttemptItem, answer: Any, version: ExerciseVersion, *, question: QuestionVersion | None = None) -> dict[str, Any]:  # fmt: skip
    """{"share"} or {"waits": True}: by the rules of the kind, or, where every answer is marked by a person, by her.

    `question` is the version by which it is marked anew; by default the one that was drawn.
    """
    if answer is None:
        return {"waits": True} if _lost(item) else {"share": 0.0}
    if version.behaviour == Behaviour.MANUAL:
        return {"waits": True}
    payload = question.payload if question is not None else item.asked
    try:
        kind = kinds.get(item.kind)
        with nullcontext() if item.kind in own.BY_CODE else kinds.guarded(item.kind):
            grade = kind.grade(kind.draw(payload, item.seed), kind.parse(answer))
    except AnswerRefused:
        return {"share": 0.0, "refused": True}
    except (KeyError, kinds.Away):  # neither the kind nor its task is known here any more: a person decides
        return {"waits": True}
    return {"waits": True} if needs_person(grade) else {"share": round(grade.score / 100, 6)}


def _lost(item: AttemptItem) -> bool:
    """Its school took the task away: she could not answer it, and a person decides how it counts."""
    if item.kind in own.BY_CODE:
        return False
    try:
        return bool(kinds.problems(item.kind, item.asked))
    except KeyError:
        return True


def checked(item: AttemptItem, answer: Any, version: ExerciseVersion) -> dict[str, Any]:
    """The same for one question that is checked at once: a further try costs, and `again` says that one is left."""
    found = judged(item, answer, version)
    if "share" not in found or version.behaviour != Behaviour.RETRY:
        return found
    share = found["share"]
    again = share < 0.9999 and item.tries + 1 < version.tries
    return {**found, "share": round(penalised(share, item.tries, version.penalty), 6), **({"again": True} if again else {})}  # fmt: skip


def final(item: AttemptItem, version: ExerciseVersion) -> dict[str, Any]:
    """What stands when the attempt ends: of several tries the best, each further one with its penalty."""
    found = judged(item, item.answer, version)
    if not item.tries or "share" not in found:
        return found
    share = penalised(found["share"], item.tries, version.penalty)
    return {**found, "share": round(max(item.share or 0.0, share), 6)}


def readable(item: AttemptItem, answer: Any) -> str:
    """Why an answer cannot be read yet, in words; empty when it can. It is kept all the same."""
    if answer is None:
        return ""
    try:
        kinds.get(item.kind).parse(answer)
    except AnswerRefused as refused:
        return str(refused)
    except KeyError:
        return ""
    return ""


def alike(item: AttemptItem, one: Any, other: Any) -> bool:
    """Whether two answers are the same work."""
    if one is None or other is None:
        return one is other
    try:
        kind = kinds.get(item.kind)
        return kind.fingerprint(kind.parse(one)) == kind.fingerprint(kind.parse(other))
    except (AnswerRefused, KeyError):
        return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
