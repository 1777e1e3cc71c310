"""Publishing: the draft becomes immutable and the pointer moves; going back and taking out move the pointer alone."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from orken.curriculum import checks, selectors
from orken.curriculum.content import fingerprint
from orken.curriculum.models import Programme, ProgrammeVersion, Publication
from orken.curriculum.services.drafts import EditedMeanwhile, locked
from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.people.models import Account


class NotReady(Exception):
    """The draft cannot be published; `problems` say why, in words."""

    def __init__(self, problems: list[checks.Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


@transaction.atomic
def publish(*, programme: Programme, note: str, by: Account, revision: int) -> ProgrammeVersion:
    """Put the draft into the catalogue. Raises NotReady with every reason, EditedMeanwhile when it was changed."""
    programme = locked(programme, by, publishing=True)
    if programme.draft_id is None:
        raise NotReady([])
    draft = ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=programme.draft_id)
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    reasons = selectors.whole(draft).stopping
    if reasons:
        raise NotReady(reasons)
    before = programme.published
    draft.note, draft.published_at, draft.published_by = note, timezone.now(), by
    draft.fingerprint = fingerprint(draft)
    draft.save()
    programme.draft = None
    _point(programme, draft, Publication.Kind.PUBLISHED, before, by, note)
    return draft


@transaction.atomic
def return_to(*, version: ProgrammeVersion, reason: str, by: Account) -> Programme:
    """Let an earlier published version stand in the catalogue again. Runs keep the version that they were opened with."""
    programme = locked(version.programme, by, publishing=True)
    version = programme.versions.exclude(published_at=None).get(pk=version.pk)
    if programme.published_id != version.pk:
        _point(programme, version, Publication.Kind.REVERTED, programme.published, by, reason)
    return programme


@transaction.atomic
def withdraw(*, programme: Programme, reason: str, by: Account) -> Programme:
    """Take the programme out of the catalogue; its versions and its runs stay."""
    programme = locked(programme, by, publishing=True)
    if programme.published is not None:
        _point(programme, None, Publication.Kind.WITHDRAWN, programme.published, by, reason)
    return programme


def _point(
    programme: Programme, version: ProgrammeVersion | None, kind: str, before: ProgrammeVersion | None, by: Account,
    reason: str,
) -> None:  # fmt: skip
    programme.published = version
    programme.save(update_fields=["published", "draft"])
    Publication.objects.create(
        programme=programme, kind=kind, version=version, previous=before, by=by, reason=reason[:300]
    )
    audit.record(
        f"programme.{kind}", programme, by=by, scope_path=programme.unit.path, note=reason,
        before={"number": before.number if before else None}, after={"number": version.number if version else None},
    )  # fmt: skip
    search.index("programme", [programme.pk])
