"""Writing an assignment: a draft of one, published by another person, never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.assignments import content, policy, rubrics
from orken.assignments.models import Assignment, AssignmentVersion, Marking, Published
from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people.models import Account
from orken.questions.services import CodeTaken, EditedMeanwhile, NotReady

UP, DOWN = "up", "down"


@transaction.atomic
def create(*, code: str, unit: Unit, fields: Mapping[str, Any], by: Account | None, synthetic: bool = False) -> Assignment:  # fmt: skip
    """Begin an assignment with an empty draft. `by` is None only for the demo. Raises CodeTaken, OutOfScope."""
    if by is not None:
        policy.require_edit(by, unit)
    if Assignment.objects.filter(code=code).exists():
        raise CodeTaken(code)
    made = Assignment.objects.create(code=code, unit=unit, synthetic=synthetic)
    made.draft = AssignmentVersion.objects.create(assignment=made, number=1, created_by=by, **_allowed(fields))
    made.save(update_fields=["draft"])
    if by is not None:
        made.draft.authors.add(by)
    _record("assignment.created", made, by, after={"code": code})
    return made


@transaction.atomic
def start_draft(*, assignment: Assignment, by: Account) -> AssignmentVersion:
    """The draft: the one that stands, else a copy of what was published last."""
    row = _locked(assignment, by)
    if row.draft is not None:
        return row.draft
    source = row.published or row.versions.order_by("-number").first()
    assert source is not None, "an assignment begins with a draft"
    last: int = row.versions.aggregate(last=Max("number"))["last"] or 0
    draft = AssignmentVersion(assignment=row, number=last + 1, based_on=source, created_by=by, rubric=source.rubric)
    for name in content.FIELDS:
        setattr(draft, name, getattr(source, name))
    draft.save()
    draft.authors.add(by)
    row.draft = draft
    row.save(update_fields=["draft"])
    _record("assignment.draft_started", row, by, after={"number": draft.number})
    return draft


@transaction.atomic
def write(*, version: AssignmentVersion, fields: Mapping[str, Any], by: Account, revision: int) -> AssignmentVersion:
    """Write texts and rules of the draft. Raises EditedMeanwhile, Published, OutOfScope."""
    draft = _draft(version, by, revision)
    given = _allowed(fields)
    changed = [name for name in given if getattr(draft, name) != given[name]]
    for name, value in given.items():
        setattr(draft, name, value)
    draft.save()
    _record("assignment.written", draft.assignment, by, after={"fields": ", ".join(changed)})
    return draft


@transaction.atomic
def write_criterion(*, version: AssignmentVersion, key: str, criterion: Mapping[str, Any], by: Account, revision: int) -> str:  # fmt: skip
    """A criterion with its levels, new when `key` is empty. Raises NotReady when there are enough; EditedMeanwhile."""
    draft = _draft(version, by, revision)
    data = [dict(one) for one in draft.rubric]
    place = next((n for n, one in enumerate(data) if one["key"] == key), None)
    if place is None and len(data) >= rubrics.MOST_CRITERIA:
        raise NotReady([_("A rubric has at most %(n)s criteria.") % {"n": rubrics.MOST_CRITERIA}])
    told = {**criterion, "key": key if place is not None else rubrics.new_key(data)}
    if place is None:
        data.append(told)
    else:
        data[place] = told
    draft.rubric = data
    draft.save()
    _record("assignment.rubric_written", draft.assignment, by, after={"criteria": len(data)})
    return str(told["key"])


@transaction.atomic
def remove_criterion(*, version: AssignmentVersion, key: str, by: Account, revision: int) -> None:
    draft = _draft(version, by, revision)
    draft.rubric = [one for one in draft.rubric if one["key"] != key]
    draft.save()
    _record("assignment.rubric_written", draft.assignment, by, after={"criteria": len(draft.rubric)})


@transaction.atomic
def move_criterion(*, version: AssignmentVersion, key: str, way: str, by: Account, revision: int) -> None:
    """Change places with the one before or after."""
    draft = _draft(version, by, revision)
    data = list(draft.rubric)
    place = next((n for n, one in enumerate(data) if one["key"] == key), None)
    other = None if place is None else place - 1 if way == UP else place + 1
    if place is not None and other is not None and 0 <= other < len(data):
        data[place], data[other] = data[other], data[place]
        draft.rubric = data
        draft.save()
    _record("assignment.rubric_written", draft.assignment, by, after={"criteria": len(data)})


def problems(version: AssignmentVersion) -> list[str]:
    """Why this draft cannot be published, in words."""
    found = []
    if not version.title_kk:
        found.append(_("The title in Kazakh is empty."))
    if not version.brief_kk:
        found.append(_("What is to be done is not said in Kazakh."))
    if not any(version.asks):
        found.append(_("Nothing is to be handed in: allow a text, files or photographs."))
    if version.marking == Marking.PEERS and version.due_days is None:
        found.append(_("Learners review one another when the day has come: set the days after the lesson opens."))
    return [*found, *rubrics.problems(version.rubric)]


@transaction.atomic
def publish(*, assignment: Assignment, by: Account | None, revision: int, note: str = "") -> AssignmentVersion:
    """By a person who did not write in it; works that were begun go on with the version that they were begun with.

    Raises NotReady, EditedMeanwhile, OutOfScope.
    """
    row = _locked(assignment, by, publishing=True)
    draft = row.draft
    if draft is None:
        raise NotReady([])
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    found = problems(draft)
    if by is not None and policy.has_written(by, draft):
        found.append(_("You have written in this draft: another person reads it and publishes it."))
    if found:
        raise NotReady(found)
    draft.note, draft.published_at, draft.published_by = note[:300], timezone.now(), by
    draft.fingerprint = content.fingerprint(content.of_version(draft))
    draft.save()
    before, row.draft, row.published = row.published, None, draft
    row.save(update_fields=["draft", "published"])
    _record("assignment.published", row, by, before={"number": before.number if before else None}, after={"number": draft.number}, note=note)  # fmt: skip
    return draft


@transaction.atomic
def withdraw(*, assignment: Assignment, reason: str, by: Account) -> Assignment:
    """Nobody begins it any more; works that are begun go on."""
    row = _locked(assignment, by, publishing=True)
    if row.published is not None:
        number, row.published = row.published.number, None
        row.save(update_fields=["published"])
        _record("assignment.withdrawn", row, by, before={"number": number}, note=reason[:300])
    return row


@transaction.atomic
def drop_draft(*, assignment: Assignment, by: Account) -> bool:
    """Throw the draft away; the only version of an assignment stays: False."""
    row = _locked(assignment, by)
    draft = row.draft
    if draft is None:
        return True
    if not row.versions.exclude(pk=draft.pk).exists():
        return False
    row.draft = None
    row.save(update_fields=["draft"])
    draft.authors.clear()
    draft.delete()
    _record("assignment.draft_dropped", row, by, before={"number": draft.number})
    return True


def _locked(assignment: Assignment, by: Account | None, *, publishing: bool = False) -> Assignment:
    row = Assignment.objects.select_for_update(of=("self",)).select_related("unit", "draft", "published").get(pk=assignment.pk)  # fmt: skip
    if by is not None:
        (policy.require_publish if publishing else policy.require_edit)(by, row.unit)
    return row


def _draft(version: AssignmentVersion, by: Account, revision: int) -> AssignmentVersion:
    """The draft, locked; refused when it is published already or was changed since `revision` was shown."""
    draft = AssignmentVersion.objects.select_for_update(of=("self",)).select_related("assignment__unit").get(pk=version.pk)  # fmt: skip
    policy.require_edit(by, draft.assignment.unit)
    if draft.is_published:
        raise Published(str(draft.pk))
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    draft.authors.add(by)
    return draft


def _allowed(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(content.FIELDS)
    if unknown:
        raise ValueError(f"not written by an author: {', '.join(sorted(unknown))}")
    return dict(fields)


def _record(verb: str, assignment: Assignment, by: Account | None, **facts: Any) -> None:
    audit.record(verb, assignment, by=by, scope_path=assignment.unit.path, **facts)
