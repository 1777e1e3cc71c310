"""Loading the framework into an empty register: at set-up, and when the demo empties the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime

from orken.competencies.content import fingerprint
from orken.competencies.models import (
    Competency,
    CompetencyText,
    Domain,
    DomainText,
    EvidencePolicy,
    Framework,
    FrameworkVersion,
    Level,
    Target,
)  # fmt: skip
from orken.competencies.reference.domains import DOMAINS, Texts
from orken.competencies.reference.levels import ANCHORS, LEVELS, OWN_DOMAIN, PROFILES
from orken.kit.i18n.content import LANGUAGES

CODE = "KZ-LIB"
EDITION = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)  # the first edition bears one date in every installation


def load() -> FrameworkVersion | None:
    """Write the first edition when there is none; what the centre edited since is never touched."""
    if not EvidencePolicy.objects.exists():
        EvidencePolicy.objects.create(
            years=5, basis="Proposal of the framework: evidence ages out after 5 years", valid_from=date(2000, 1, 1),
            recorded_at=EDITION,
        )  # fmt: skip
    if Framework.objects.filter(code=CODE).exists():
        return None
    framework = Framework.objects.create(code=CODE)
    version = FrameworkVersion.objects.create(framework=framework, number=1, created_at=EDITION)
    domains = {code: Domain(code=code) for code in DOMAINS}
    Domain.objects.bulk_create(domains.values())
    DomainText.objects.bulk_create(
        DomainText(version=version, domain=domains[code], **_three("name", name)) for code, (name, _) in DOMAINS.items()
    )
    competencies = {
        code: Competency(code=code, domain=domains[letter])
        for letter, (_, inside) in DOMAINS.items()
        for code in inside
    }
    Competency.objects.bulk_create(competencies.values())
    CompetencyText.objects.bulk_create(
        CompetencyText(
            version=version, competency=competencies[code], **_three("name", name), **_three("covers", covers)
        )
        for _, inside in DOMAINS.values()
        for code, (name, covers) in inside.items()
    )
    _levels(version, domains)
    Target.objects.bulk_create(
        [
            Target(version=version, group=group, domain=domains[letter], level=int(level))
            for group, levels in PROFILES.items()
            for letter, level in zip(DOMAINS, levels, strict=True)
        ]
        + [
            Target(version=version, group="trainer", unit_code=unit, domain=domains[letter], level=4)
            for unit, letter in OWN_DOMAIN.items()
        ]
    )
    version.published_at, version.fingerprint = EDITION, fingerprint(version)
    version.save()
    framework.published = version
    framework.save()
    return version


def _levels(version: FrameworkVersion, domains: dict[str, Domain]) -> None:
    Level.objects.bulk_create(
        [
            Level(version=version, level=level, **_three("name", name), **_three("anchor", anchor))
            for level, (name, anchor) in enumerate(LEVELS)
        ]
        + [
            Level(version=version, domain=domains[letter], level=level, **_three("anchor", anchor))
            for letter, anchors in ANCHORS.items()
            for level, anchor in enumerate(anchors, start=1)
        ]
    )


def _three(field: str, texts: Texts) -> dict[str, str]:
    return {f"{field}_{language}": text for language, text in zip(LANGUAGES, texts, strict=True)}
