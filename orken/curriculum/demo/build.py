"""Writing the programmes of the demo: published versions, one earlier edition, one draft that still lacks something."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from orken.competencies.models import Competency
from orken.curriculum import reference
from orken.curriculum.content import MINUTES, fingerprint
from orken.curriculum.demo import schools, virtual
from orken.curriculum.demo.texts import Sample, Texts
from orken.curriculum.hours import DEFAULT
from orken.curriculum.models import Module, Outcome, Programme, ProgrammeVersion, Publication
from orken.kit.demo import Stage
from orken.kit.i18n.content import LANGUAGES
from orken.network.models import Unit
from orken.people.models import Account

FIRST = datetime(2024, 2, 5, 5, 0, tzinfo=UTC)
NOW_HOLDS = datetime(2026, 2, 10, 5, 0, tzinfo=UTC)
DRAFT_AT = datetime(2026, 8, 20, 5, 0, tzinfo=UTC)


def build(stage: Stage) -> None:
    """Everything of domain.md §4. CAT-72 has two editions to compare, VL-12 is a draft that cannot be published yet."""
    reference.load()
    accounts: dict[str, Account] = stage.made.get("accounts", {})
    codes = {row.code: row for row in Competency.objects.all()}
    for sample in (*virtual.PROGRAMMES, schools.CATALOGUER, *schools.CONSERVATION, schools.PAVLODAR):
        unit: Unit = stage.made["units"][sample.unit]
        by = accounts.get({"NL-CATALOGUER": "curator", "KZ-55-LIB": "pavlodar"}.get(sample.unit, "national"))
        programme = Programme.objects.create(code=sample.code, unit=unit, synthetic=True, created_at=FIRST)
        number = 1
        if sample is schools.CATALOGUER:
            publish(programme, schools.CATALOGUER_2024, codes, number=1, at=FIRST, by=by, note="")
            number = 2
        publish(
            programme, sample, codes, number=number, at=NOW_HOLDS, by=by,
            note="Жиынтық каталогтар қосылды / Добавлены сводные каталоги" if number > 1 else "",
        )  # fmt: skip
    _unfinished(stage, accounts.get("national"))


def publish(
    programme: Programme, sample: Sample, codes: dict[str, Competency], *, number: int, at: datetime, by: Account | None,
    note: str,
) -> ProgrammeVersion:  # fmt: skip
    """A version with its modules and outcomes, published at that moment."""
    version = ProgrammeVersion(
        programme=programme, number=number, kind=sample.kind, form=sample.form, release=sample.release, final=sample.final,
        work_sample=sample.work, days=sample.days, stated_hours=sample.hours, approval_number=sample.approval, approved_on=sample.approved_on,
        total_minutes=sum(sum(part.hours) for part in sample.parts) * DEFAULT.minutes,
        created_at=at, created_by=by, note=note,
        **{f"in_{language}": language in sample.languages.split() for language in LANGUAGES},
        **three("title", sample.title), **three("summary", sample.summary), **three("audience", sample.audience), **three("entry", sample.entry),
        **three("sample", sample.shows),
    )  # fmt: skip
    version.save()
    Module.objects.bulk_create(
        Module(
            version=version, key=key(sample.code, part.title[1]), position=place,
            **three("title", part.title), **three("content", part.topics),
            **{kind: hours * DEFAULT.minutes for kind, hours in zip(MINUTES, part.hours, strict=True)},
        )
        for place, part in enumerate(sample.parts, start=1)
    )  # fmt: skip
    Outcome.objects.bulk_create(
        Outcome(version=version, position=place, competency=codes[result.competency], level=result.level, **three("text", result.text))
        for place, result in enumerate(sample.results, start=1)
    )  # fmt: skip
    before = programme.published
    version.published_at, version.published_by, version.fingerprint = at, by, fingerprint(version)
    version.save()
    programme.published = version
    programme.save(update_fields=["published"])
    Publication.objects.create(programme=programme, kind="published", version=version, previous=before, by=by, at=at, reason=note)  # fmt: skip
    return version


def _unfinished(stage: Stage, by: Account | None) -> None:
    """A programme that is being written: the page of its draft says what is lacking."""
    programme = Programme.objects.create(
        code="VL-12", unit=stage.made["units"]["NL-VIRTUAL"], synthetic=True, created_at=DRAFT_AT
    )
    draft = ProgrammeVersion(
        programme=programme, number=1, created_at=DRAFT_AT, created_by=by, form="own_pace", days=2, stated_hours=8,
        in_ru=True, title_kk="Оқырман клубын құру және жүргізу", title_ru="Как создать и вести читательский клуб",
    )  # fmt: skip
    draft.total_minutes = 4 * DEFAULT.minutes
    draft.save()
    Module.objects.create(
        version=draft, key=key("VL-12", "1"), position=1, title_kk="Клуб неден басталады", title_ru="С чего начинается клуб",
        lecture=90, practice=90,
    )  # fmt: skip
    programme.draft = draft
    programme.save(update_fields=["draft"])


def key(code: str, title: str) -> UUID:
    """The same module in every edition, and in every run of the demo."""
    return uuid5(NAMESPACE_URL, f"orken:{code}:{title}")


def three(field: str, texts: Texts) -> dict[str, str]:
    return {f"{field}_{language}": text for language, text in zip(LANGUAGES, texts, strict=True)}
