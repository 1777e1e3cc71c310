"""Editions of the framework: a draft is copied, written, published whole, and can be gone back from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from orken.competencies import checks, policy
from orken.competencies.content import fingerprint
from orken.competencies.models import (
    CompetencyText,
    Domain,
    DomainText,
    EvidencePolicy,
    Framework,
    FrameworkVersion,
    Level,
    Published,
    Target,
)  # fmt: skip
from orken.competencies.reference.load import CODE
from orken.kit import history
from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people.models import Account


class NotReady(Exception):
    """The draft cannot be published; `problems` say why, in words."""

    def __init__(self, problems: list[checks.Problem]) -> None:
        super().__init__(len(problems))
        self.problems = problems


class EditedMeanwhile(Exception):
    """Somebody changed the draft since it was shown."""

    def __init__(self, version: FrameworkVersion) -> None:
        super().__init__(version.revision)
        self.version = version


@transaction.atomic
def start_draft(*, by: Account) -> FrameworkVersion:
    """Begin the next edition as a copy of the published one; the draft that stands when there is one."""
    framework = _locked(by)
    if framework.draft is not None:
        return framework.draft
    assert framework.published is not None, "set-up publishes the first edition"
    last = framework.versions.order_by("-number").first()
    draft = FrameworkVersion.objects.create(framework=framework, number=last.number + 1 if last else 1, created_by=by)
    _copy(framework.published, draft)
    framework.draft = draft
    framework.save(update_fields=["draft"])
    audit.record("framework.draft_started", draft, by=by, scope_path=_country())
    return draft


@transaction.atomic
def drop_draft(*, by: Account) -> None:
    """Throw the draft away; nobody ever worked by it."""
    framework = _locked(by)
    draft = framework.draft
    if draft is None:
        return
    framework.draft = None
    framework.save(update_fields=["draft"])
    audit.record("framework.draft_dropped", draft, by=by, scope_path=_country())
    draft.delete()


@transaction.atomic
def set_domain(*, version: FrameworkVersion, code: str, texts: Mapping[str, str], by: Account, revision: int) -> None:
    """Give a domain its names in the draft."""
    draft = _draft(version, by, revision)
    _state(DomainText.objects.get(version=draft, domain__code=code), texts, by)


@transaction.atomic
def set_competency(
    *, version: FrameworkVersion, code: str, texts: Mapping[str, str], by: Account, revision: int
) -> None:
    """Give a competency its names and what it covers in the draft."""
    draft = _draft(version, by, revision)
    _state(CompetencyText.objects.get(version=draft, competency__code=code), texts, by)


@transaction.atomic
def set_anchor(
    *, version: FrameworkVersion, level: int, domain: str = "", texts: Mapping[str, str], by: Account, revision: int
) -> None:
    """Give a level its name and anchor in the draft; with a domain, what it looks like there."""
    draft = _draft(version, by, revision)
    row = (
        Level.objects.get(version=draft, domain__code=domain, level=level)
        if domain
        else Level.objects.get(version=draft, domain=None, level=level)
    )
    _state(row, texts, by)


@transaction.atomic
def set_target(
    *, version: FrameworkVersion, group: str, levels: Mapping[str, int | None], unit_code: str = "", by: Account,
    revision: int,
) -> None:  # fmt: skip
    """State what a post group needs by domain; None takes the line away (the group's own then holds for a unit)."""
    draft = _draft(version, by, revision)
    domains = {row.code: row for row in Domain.objects.filter(code__in=levels)}
    for code, level in levels.items():
        rows = Target.objects.filter(version=draft, group=group, unit_code=unit_code, domain=domains[code])
        if level is None:
            rows.delete()
        else:
            rows.update_or_create(
                version=draft, group=group, unit_code=unit_code, domain=domains[code], defaults={"level": level}
            )
    audit.record(
        "framework.target_set", draft, by=by, scope_path=_country(),
        after={"group": group, "unit": unit_code, **dict(levels.items())},
    )  # fmt: skip


@transaction.atomic
def publish(*, version: FrameworkVersion, note: str, by: Account, revision: int) -> FrameworkVersion:
    """Make the draft the edition that holds. Raises NotReady with every reason."""
    draft = _draft(version, by, revision)
    problems = checks.problems(draft)
    if problems:
        raise NotReady(problems)
    framework = draft.framework
    draft.note, draft.published_at, draft.published_by = note, timezone.now(), by
    draft.fingerprint = fingerprint(draft)
    draft.save()
    before = framework.published
    framework.draft, framework.published = None, draft
    framework.save()
    audit.record(
        "framework.published", draft, by=by, scope_path=_country(), note=note,
        before={"number": before.number if before else None}, after={"number": draft.number},
    )  # fmt: skip
    return draft


@transaction.atomic
def return_to(*, version: FrameworkVersion, reason: str, by: Account) -> Framework:
    """Let an earlier published edition hold again; the later one stays readable."""
    framework = _locked(by)
    version = framework.versions.get(pk=version.pk)
    if version.published_at is None:
        raise ValueError("only a published edition can hold")
    before = framework.published
    framework.published = version
    framework.save(update_fields=["published"])
    audit.record(
        "framework.returned", version, by=by, scope_path=_country(), note=reason,
        before={"number": before.number if before else None}, after={"number": version.number},
    )  # fmt: skip
    return framework


@transaction.atomic
def set_years(*, years: int, basis: str, on: date, by: Account) -> EvidencePolicy:
    """State for how many years evidence counts, from the day `on`."""
    _locked(by)
    row: EvidencePolicy | None = history.state(
        EvidencePolicy.objects.all(), subject={}, values={"years": years, "basis": basis}, valid_from=on
    )
    assert row is not None
    audit.record("framework.years_set", row, by=by, scope_path=_country(), after={"years": years, "on": str(on)}, note=basis)  # fmt: skip
    return row


def _locked(by: Account) -> Framework:
    policy.require_edit(by)
    return Framework.objects.select_for_update(of=("self",)).get(code=CODE)


def _draft(version: FrameworkVersion, by: Account, revision: int) -> FrameworkVersion:
    """The draft, locked; refused when it is published already or was changed since `revision` was shown."""
    policy.require_edit(by)
    draft = FrameworkVersion.objects.select_for_update(of=("self",)).select_related("framework").get(pk=version.pk)
    if draft.published_at is not None:
        raise Published(str(draft))
    if draft.revision != revision:
        raise EditedMeanwhile(draft)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    return draft


def _state(row: DomainText | CompetencyText | Level, texts: Mapping[str, str], by: Account) -> None:
    before = {name: getattr(row, name) for name in texts}
    for name, text in texts.items():
        setattr(row, name, text)
    row.save(update_fields=list(texts))
    changed = {name: text for name, text in texts.items() if before[name] != text}
    audit.record(
        "framework.text_set", row, by=by, scope_path=_country(),
        before={name: before[name] for name in changed}, after=changed,
    )  # fmt: skip


def _copy(source: FrameworkVersion, target: FrameworkVersion) -> None:
    domains, competencies = list(source.domains.all()), list(source.competencies.all())
    levels, targets = list(source.levels.all()), list(source.targets.all())
    for row in (*domains, *competencies, *levels, *targets):
        row.pk, row.version = None, target
    DomainText.objects.bulk_create(domains)
    CompetencyText.objects.bulk_create(competencies)
    Level.objects.bulk_create(levels)
    Target.objects.bulk_create(targets)


def _country() -> str:
    root = Unit.objects.filter(kind=Unit.Kind.COUNTRY).values_list("path", flat=True).first()
    return root or ""
