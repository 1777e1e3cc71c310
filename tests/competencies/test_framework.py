"""The framework: loaded whole, edited as a draft, immutable once published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from orken.competencies import checks, selectors, services
from orken.competencies.content import content, fingerprint
from orken.competencies.models import CompetencyText, DomainText, Framework, FrameworkVersion, Level, Published, Target
from orken.competencies.reference.load import load
from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.network.models import Post, Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account

Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]


def unbroken() -> None:
    assert not {rule: rows for rule, rows in invariants.run() if rows}


@pytest.fixture
def draft(country: Country, account: Accounts) -> FrameworkVersion:
    return services.start_draft(by=account("national"))


def test_the_framework_is_eight_by_five_with_five_levels_in_three_languages(country: Country) -> None:
    edition = selectors.edition()
    assert [part.code for part in edition.parts] == list("ABCDEFGH")
    assert [len(part.competencies) for part in edition.parts] == [5] * 8
    assert sorted(edition.levels) == [0, 1, 2, 3, 4]
    for part in edition.parts:
        assert sorted(part.anchors) == [1, 2, 3, 4]
        for row in (*part.competencies, part.text, *part.anchors.values(), *edition.levels.values()):
            field = "anchor" if isinstance(row, Level) else "name"
            assert all(getattr(row, f"{field}_{language}") for language in ("kk", "ru", "en")), row
    assert checks.problems(edition.version) == []
    unbroken()


@pytest.mark.parametrize(
    ("group", "unit", "expected"),
    [
        ("rural", "", "22132211"), ("cataloguer", "", "22412311"), ("methodologist", "", "32233324"),
        ("trainer", "", "32323323"), ("trainer", "NL-CATALOGUER", "32423323"), ("trainer", "NL-CONSERVATION", "32323343"),
        ("other", "", ""),
    ],
)  # fmt: skip
def test_target_profiles_are_those_of_the_sources(group: str, unit: str, expected: str, country: Country) -> None:
    needed = selectors.edition().needed(group, unit)
    assert "".join(str(needed[code]) for code in sorted(needed)) == expected


def test_every_post_group_that_works_with_readers_has_a_target(country: Country) -> None:
    groups = {group for group, unit in selectors.edition().targets if not unit}
    assert groups == set(Post.Group.values) - {Post.Group.OTHER}


@pytest.mark.django_db(transaction=True)
def test_an_emptied_register_gets_its_framework_back(country: Country) -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert Framework.objects.get().published is not None
    assert load() is None


def test_reading_an_edition_takes_the_same_queries_at_any_size(country: Country, django_assert_max_num_queries: Callable[..., object]) -> None:  # fmt: skip
    with django_assert_max_num_queries(6):  # type: ignore[attr-defined]  # a context of pytest-django
        selectors.edition()


def test_a_draft_is_a_copy_that_nobody_is_judged_by(draft: FrameworkVersion, account: Accounts) -> None:
    holds = selectors.framework().published
    assert holds is not None and content(draft) == content(holds) and draft.number == 2
    services.set_competency(version=draft, code="C1", texts={"name_kk": "Өзгерді"}, by=account("national"), revision=1)
    services.set_domain(version=draft, code="C", texts={"name_en": "Changed"}, by=account("national"), revision=2)
    services.set_anchor(
        version=draft, level=2, domain="C", texts={"anchor_kk": "Х"}, by=account("national"), revision=3
    )
    services.set_target(version=draft, group="rural", levels={"F": 3}, by=account("national"), revision=4)
    text = selectors.edition().text("C1")
    assert text is not None and text.name_kk != "Өзгерді"
    services.publish(version=draft, note="Жаңа", by=account("national"), revision=5)
    edition = selectors.edition()
    text = edition.text("C1")
    assert text is not None and text.name_kk == "Өзгерді"
    assert edition.needed("rural")["F"] == 3
    assert AuditEvent.objects.filter(verb="framework.published").exists()
    unbroken()


def test_a_name_that_lacks_a_language_stops_publishing_with_words(draft: FrameworkVersion, account: Accounts) -> None:
    services.set_competency(version=draft, code="D3", texts={"name_ru": ""}, by=account("national"), revision=1)
    with pytest.raises(services.NotReady) as refusal:
        services.publish(version=draft, note="x", by=account("national"), revision=2)
    assert [(one.what, str(one.why)) for one in refusal.value.problems] == [("D3", "орысша атауы жоқ")]


def test_a_published_edition_cannot_be_written(country: Country, account: Accounts) -> None:
    version = selectors.framework().published
    assert version is not None
    with pytest.raises(Published):
        services.set_domain(version=version, code="A", texts={"name_kk": "Х"}, by=account("national"), revision=version.revision)  # fmt: skip
    for rows in (version.domains, version.competencies, version.levels, version.targets):
        row = rows.first()
        assert isinstance(row, (DomainText, CompetencyText, Level, Target))
        for refused in (row.save, row.delete):
            with pytest.raises(Published):
                refused()
    CompetencyText.objects.filter(version=version, competency__code="A1").update(name_en="Forged")
    broken = {rule.split(":")[0] for rule, rows in invariants.run() if rows}
    assert broken == {"competencies.editions"}


def test_who_saw_an_older_draft_is_told_so(draft: FrameworkVersion, account: Accounts) -> None:
    services.set_domain(version=draft, code="A", texts={"name_en": "One"}, by=account("national"), revision=1)
    with pytest.raises(services.EditedMeanwhile):
        services.set_domain(version=draft, code="A", texts={"name_en": "Two"}, by=account("national"), revision=1)


def test_an_earlier_edition_can_hold_again(draft: FrameworkVersion, account: Accounts) -> None:
    first = selectors.framework().published
    assert first is not None
    services.publish(version=draft, note="x", by=account("national"), revision=1)
    services.return_to(version=first, reason="Қате", by=account("national"))
    assert selectors.framework().published == first
    again = services.start_draft(by=account("national"))
    assert again.number == 3
    services.drop_draft(by=account("national"))
    assert selectors.framework().draft is None
    assert fingerprint(draft) == FrameworkVersion.objects.get(pk=draft.pk).fingerprint
    unbroken()


@pytest.mark.parametrize("login", ["pavlodar", "curator", "director", "village"])
def test_only_the_centre_edits_the_framework(login: str, country: Country, account: Accounts) -> None:
    with pytest.raises(OutOfScope):
        services.start_draft(by=account(login))


def test_levels_outside_0_to_4_do_not_exist(draft: FrameworkVersion) -> None:
    for rows, values in ((draft.targets, {"level": 5}), (draft.levels, {"level": 7})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_the_centre_edits_and_publishes_on_the_pages(browse: Callable[[str], Client], country: Country) -> None:
    client = browse("national")
    client.post("/kk/competencies/draft/start/")
    answers = {"name_kk": "Х", "name_ru": "Х", "name_en": "", "revision": 1}
    assert client.post("/kk/competencies/draft/domain/C/", answers).status_code == 302
    assert client.post("/kk/competencies/draft/domain/C/", answers).status_code == 422  # drawn from an older draft
    response = client.post("/kk/competencies/draft/", {"revision": 2, "note": "x"})
    assert response.status_code == 422 and "ағылшынша атауы жоқ" in response.content.decode()
    assert (
        client.post("/kk/competencies/draft/domain/C/", {**answers, "name_en": "X", "revision": 2}).status_code == 302
    )
    levels = dict.fromkeys("ABCDEFGH", "2")
    assert client.post("/kk/competencies/draft/target/rural/", {**levels, "revision": 3}).status_code == 302
    special = {"G": "4", "revision": 4}
    assert client.post("/kk/competencies/draft/target/trainer/NL-VIRTUAL/", special).status_code == 302
    assert client.post("/kk/competencies/draft/level/0/", {"name_kk": "Х", "anchor_kk": "Х", "anchor_ru": "Х", "revision": 5}).status_code == 302  # fmt: skip
    assert client.post("/kk/competencies/draft/", {"revision": 6, "note": "Екінші"}).status_code == 302
    edition = selectors.edition()
    assert edition.version.number == 2 and edition.needed("trainer", "NL-VIRTUAL")["G"] == 4
    assert edition.needed("rural") == dict.fromkeys("ABCDEFGH", 2)
    assert client.post("/kk/competencies/edition/1/return/", {"reason": "x"}).status_code == 302
    assert selectors.edition().version.number == 1
    assert client.get("/kk/competencies/edition/2/").status_code == 200


def test_the_draft_of_the_framework_is_thrown_away_only_after_it_was_asked(
    browse: Callable[[str], Client], country: Country
) -> None:
    client = browse("national")
    client.post("/kk/competencies/draft/start/")
    page = client.get("/ru/competencies/draft/drop/")
    assert "не вернуть" in page.content.decode() and selectors.framework().draft is not None
    client.post("/ru/competencies/draft/drop/")
    assert selectors.framework().draft is None


@pytest.mark.parametrize("tail", ["domain/C/", "competency/C1/", "level/2/", "target/rural/"])
def test_whoever_comes_to_a_draft_that_went_meanwhile_is_told_so(
    tail: str, country: Country, browse: Callable[[str], Client]
) -> None:
    for method in ("get", "post"):
        answer = getattr(browse("national"), method)(f"/kk/competencies/draft/{tail}", {"revision": 1}, follow=True)
        assert answer.status_code == 200 and "жоба жарияланып немесе жойылып кеткен" in answer.content.decode()


@pytest.mark.parametrize("login", ["pavlodar", "curator", "director", "village", ""])
def test_nobody_else_reaches_the_draft(
    login: str, draft: FrameworkVersion, browse: Callable[[str], Client], account: Accounts
) -> None:
    client, expected = browse(login), 404 if login else 302
    pages = [
        "",
        "domain/C/",
        "competency/C1/",
        "level/2/",
        "level/2/C/",
        "target/rural/",
        "target/trainer/NL-CATALOGUER/",
    ]
    for tail in pages:
        address = f"/kk/competencies/draft/{tail}"
        assert client.get(address).status_code == expected, address
        assert client.post(address, {"revision": 1, "name_kk": "Х", "note": "x"}).status_code == expected, address
    for address in (
        "/kk/competencies/draft/start/",
        "/kk/competencies/draft/drop/",
        "/kk/competencies/edition/1/return/",
    ):
        assert client.post(address, {"reason": "x"}).status_code == expected, address
    fresh = FrameworkVersion.objects.get(pk=draft.pk)
    assert fresh.revision == 1 and fresh.published_at is None
