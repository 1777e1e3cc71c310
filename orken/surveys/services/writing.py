"""Writing a questionnaire: a draft in small steps, then a version that nobody changes any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people.models import Account
from orken.surveys import policy, questions
from orken.surveys.content import TEXTS, fingerprint
from orken.surveys.models import Questionnaire, Version
from orken.surveys.questions import Problem, Question

UP, DOWN = "up", "down"


class EditedMeanwhile(Exception):
    """Somebody changed the draft since it was read; carries the draft as it stands."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(str(version))


class NotReady(Exception):
    """The draft cannot be published; carries why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.text for problem in problems))


@transaction.atomic
def create(*, code: str, unit: Unit, purpose: str, titles: Mapping[str, str], by: Account | None) -> Questionnaire:
    """A questionnaire with its first, empty draft. Raises OutOfScope."""
    if by is not None:
        policy.require_asking(by, unit)
    made = Questionnaire.objects.create(code=code, unit=unit, purpose=purpose)
    made.draft = Version.objects.create(questionnaire=made, number=1, **titles)
    made.save(update_fields=["draft"])
    audit.record("questionnaire.created", made, by=by, scope_path=unit.path, after={"code": code, "purpose": purpose})
    return made


@transaction.atomic
def start_draft(*, questionnaire: Questionnaire, by: Account) -> Version:
    """A draft that begins as a copy of what is published; the standing one when there is one."""
    locked = (
        Questionnaire.objects.select_for_update(of=("self",))
        .select_related("unit", "draft", "published")
        .get(pk=questionnaire.pk)
    )
    policy.require_writing(by, locked)
    if locked.draft is not None:
        return locked.draft
    old = locked.published
    assert old is not None, "a questionnaire has a draft or a published version"
    number = 1 + max(locked.versions.values_list("number", flat=True), default=0)
    draft = Version.objects.create(
        questionnaire=locked, number=number, document=old.document, keys_given=old.keys_given,
        **{name: getattr(old, name) for name in TEXTS},
    )  # fmt: skip
    locked.draft = draft
    locked.save(update_fields=["draft"])
    audit.record("questionnaire.draft_started", locked, by=by, scope_path=locked.unit.path, after={"number": number})
    return draft


@transaction.atomic
def drop_draft(*, questionnaire: Questionnaire, by: Account) -> None:
    """Throw the draft away; a questionnaire that was never published goes with it."""
    locked = (
        Questionnaire.objects.select_for_update(of=("self",)).select_related("unit", "draft").get(pk=questionnaire.pk)
    )
    policy.require_writing(by, locked)
    draft = locked.draft
    if draft is None:
        return
    audit.record(
        "questionnaire.draft_dropped", locked, by=by, scope_path=locked.unit.path, after={"number": draft.number}
    )
    locked.draft = None
    locked.save(update_fields=["draft"])
    draft.delete()
    if locked.published_id is None:
        locked.delete()


def _draft(version: Version, by: Account, revision: int) -> Version:
    """The draft under lock. Raises OutOfScope and EditedMeanwhile; a published version is never a draft."""
    locked = Version.objects.select_for_update(of=("self",)).select_related("questionnaire__unit").get(pk=version.pk)
    policy.require_writing(by, locked.questionnaire)
    if locked.published_at is not None or locked.revision != revision:
        raise EditedMeanwhile(locked)
    return locked


def _write(version: Version, fields: Sequence[str], by: Account, verb: str, **facts: Any) -> Version:
    version.revision += 1
    version.save(update_fields=[*fields, "revision"])
    owner = version.questionnaire
    audit.record(verb, owner, by=by, scope_path=owner.unit.path, **facts)
    return version


@transaction.atomic
def write(*, version: Version, fields: Mapping[str, str], by: Account, revision: int) -> Version:
    """Titles and the words above the questions."""
    draft = _draft(version, by, revision)
    wrong = set(fields) - set(TEXTS)
    assert not wrong, f"not a text of a version: {wrong}"
    before = {name: getattr(draft, name) for name in fields}
    for name, text in fields.items():
        setattr(draft, name, text)
    return _write(draft, list(fields), by, "questionnaire.written", before=before, after=dict(fields))


@transaction.atomic
def put_question(*, version: Version, question: Question, by: Account, revision: int) -> Question:
    """Put a question in the place of the one with its key; one without a key comes to the end and gets one."""
    draft = _draft(version, by, revision)
    standing = draft.questions
    if question.key:
        places = [one.key for one in standing]
        if question.key not in places:
            raise EditedMeanwhile(draft)
        standing[places.index(question.key)] = question
    else:
        if len(standing) >= questions.MOST:
            raise NotReady([Problem("", str(questions.TOO_MANY) % {"n": questions.MOST})])
        question = replace(question, key=questions.new_key(draft.keys_given, "q"))
        draft.keys_given = [*draft.keys_given, question.key]
        standing.append(question)
    draft.document = questions.kept(standing)
    _write(
        draft, ["document", "keys_given"], by, "questionnaire.question_put", after={"question": question.text.kept()}
    )
    return question


@transaction.atomic
def move_question(*, version: Version, key: str, way: str, by: Account, revision: int) -> None:
    """One place up or down; at the edge nothing happens."""
    draft = _draft(version, by, revision)
    standing = draft.questions
    place = next((n for n, one in enumerate(standing) if one.key == key), None)
    if place is None:
        raise EditedMeanwhile(draft)
    other = place - 1 if way == UP else place + 1
    if not 0 <= other < len(standing):
        return
    standing[place], standing[other] = standing[other], standing[place]
    draft.document = questions.kept(standing)
    _write(draft, ["document"], by, "questionnaire.question_moved", after={"question": standing[other].text.kept()})


@transaction.atomic
def remove_question(*, version: Version, key: str, by: Account, revision: int) -> Question:
    """Take a question out; answers what it was, so that it can be put back."""
    draft = _draft(version, by, revision)
    gone = next((one for one in draft.questions if one.key == key), None)
    if gone is None:
        raise EditedMeanwhile(draft)
    draft.document = questions.kept([one for one in draft.questions if one.key != key])
    _write(draft, ["document"], by, "questionnaire.question_removed", before={"question": gone.text.kept()})
    return gone


@transaction.atomic
def publish(*, version: Version, by: Account | None, revision: int | None = None) -> Version:
    """From now on surveys ask with this version. Raises NotReady with every reason, EditedMeanwhile, OutOfScope."""
    draft = Version.objects.select_for_update(of=("self",)).select_related("questionnaire__unit").get(pk=version.pk)
    owner = draft.questionnaire
    if by is not None:
        policy.require_writing(by, owner)
    if draft.published_at is not None or (revision is not None and draft.revision != revision):
        raise EditedMeanwhile(draft)
    wrong = list(problems_of(draft))
    if wrong:
        raise NotReady(wrong)
    draft.published_at, draft.published_by, draft.fingerprint = timezone.now(), by, fingerprint(draft)
    draft.revision += 1
    draft.save(update_fields=["published_at", "published_by", "fingerprint", "revision"])
    owner.published, owner.draft = draft, None
    owner.save(update_fields=["published", "draft"])
    audit.record("questionnaire.published", owner, by=by, scope_path=owner.unit.path, after={"number": draft.number})
    return draft


def problems_of(version: Version) -> list[Problem]:
    """What stops this version from being published."""
    names = {"kk": questions.IN_KAZAKH, "ru": questions.IN_RUSSIAN}
    found = [
        Problem("", str(questions.TITLE_WANTING) % {"language": names[language]})
        for language in questions.NEEDED
        if not getattr(version, f"title_{language}")
    ]
    return [*found, *questions.problems(version.questions)]
