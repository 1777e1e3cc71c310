"""Programmes: drafts, checks, immutable versions, pointers, two people at one draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.competencies.models import Competency
from orken.curriculum import checks, comparing, content, hours, selectors, services
from orken.curriculum.content import fingerprint
from orken.curriculum.hours import DEFAULT
from orken.curriculum.models import Form, Module, Outcome, Programme, ProgrammeVersion, Publication, Published
from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account

Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]


def unbroken() -> None:
    assert not {rule: rows for rule, rows in invariants.run() if rows}


def programme(code: str) -> Programme:
    return Programme.objects.select_related("draft", "published", "unit").get(code=code)


@pytest.fixture
def draft(country: Country, account: Accounts) -> ProgrammeVersion:
    """A draft of the cataloguer's 72 hours."""
    return services.start_draft(programme=programme("CAT-72"), by=account("curator"))


def write(draft: ProgrammeVersion, by: Account, **fields: Any) -> ProgrammeVersion:
    fresh = ProgrammeVersion.objects.get(pk=draft.pk)
    return services.write(version=fresh, fields=fields, by=by, revision=fresh.revision)


def publish(code: str, by: Account, note: str = "") -> ProgrammeVersion:
    found = programme(code)
    assert found.draft is not None
    return services.publish(programme=found, note=note, by=by, revision=found.draft.revision)


# --- the demo ---


def test_the_programmes_of_the_demo_are_those_of_the_sources(country: Country) -> None:
    found = {row.code: row.published.stated_hours for row in selectors.catalogue() if row.published}
    assert found == {
        "VL-01": 8, "VL-02": 16, "VL-03": 16, "VL-04": 16, "VL-05": 8, "VL-06": 24, "VL-07": 16, "VL-08": 16,
        "VL-09": 36, "VL-10": 8, "VL-11": 72, "CAT-72": 72, "CON-80": 80, "CON-240": 240, "PVL-01": 16,
    }  # fmt: skip


def test_every_published_programme_of_the_demo_could_be_published_today(country: Country) -> None:
    for row in selectors.catalogue():
        assert row.published is not None
        assert [problem.code for problem in selectors.whole(row.published).stopping] == [], row.code
        assert row.published.title_kk and row.published.title_ru and row.published.title_en
        for module in row.published.modules.all():
            assert module.title_kk and module.title_ru and module.content_kk and module.content_ru
    unbroken()


def test_a_run_finds_the_version_by_code(country: Country) -> None:
    version = selectors.published("CAT-72")
    assert version is not None
    assert (version.total_minutes, version.programme.unit.code) == (3240, "NL-CATALOGUER")
    assert selectors.published("VL-12") is None
    assert selectors.published("NO-00") is None


# --- drafts ---


def test_a_draft_is_a_copy_and_the_catalogue_does_not_change(draft: ProgrammeVersion, account: Accounts) -> None:
    standing = programme("CAT-72").published
    assert standing is not None
    assert draft.number == 3 and draft.based_on == standing
    assert content.content(draft) == content.content(standing)
    write(draft, account("curator"), title_kk="Жаңа атау")
    assert selectors.published("CAT-72") == standing
    unbroken()


def test_there_is_one_draft_however_often_it_is_begun(draft: ProgrammeVersion, account: Accounts) -> None:
    again = services.start_draft(programme=programme("CAT-72"), by=account("national"))
    assert again == draft
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeVersion.objects.create(programme=draft.programme, number=9)


def test_the_sum_follows_the_modules(draft: ProgrammeVersion, account: Accounts) -> None:
    by = account("curator")
    module = services.add_module(version=draft, fields={"title_kk": "Х", "lecture": 90}, by=by, revision=1)
    assert ProgrammeVersion.objects.get(pk=draft.pk).total_minutes == 3330
    services.change_module(module=module, fields={"lecture": 45}, by=by, revision=2)
    assert ProgrammeVersion.objects.get(pk=draft.pk).total_minutes == 3285
    services.remove_module(module=module, by=by, revision=3)
    assert ProgrammeVersion.objects.get(pk=draft.pk).total_minutes == 3240
    unbroken()


def test_who_saw_an_older_draft_is_told_so(draft: ProgrammeVersion, account: Accounts) -> None:
    services.write(version=draft, fields={"title_en": "One"}, by=account("curator"), revision=1)
    with pytest.raises(services.EditedMeanwhile):
        services.write(version=draft, fields={"title_en": "Two"}, by=account("national"), revision=1)
    assert ProgrammeVersion.objects.get(pk=draft.pk).title_en == "One"


def test_only_what_an_author_writes_can_be_written(draft: ProgrammeVersion, account: Accounts) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        write(draft, account("curator"), fingerprint="0")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 7), st.sampled_from([services.UP, services.DOWN])), max_size=12))
def test_moves_only_change_the_order(moves: list[tuple[int, str]], draft: ProgrammeVersion, account: Accounts) -> None:
    by = account("curator")
    expected = [module.key for module in draft.modules.all()]
    with transaction.atomic():
        for place, way in moves:
            fresh = ProgrammeVersion.objects.get(pk=draft.pk)
            module = list(fresh.modules.all())[place]
            assert module.key == expected[place]
            done = services.move_module(module=module, way=way, by=by, revision=fresh.revision)
            other = place - 1 if way == services.UP else place + 1
            assert done == (0 <= other < len(expected))
            if done:
                expected[place], expected[other] = expected[other], expected[place]
        assert [module.key for module in draft.modules.all()] == expected
        transaction.set_rollback(True)


def test_a_dropped_draft_leaves_the_catalogue_and_the_only_version_is_kept(
    draft: ProgrammeVersion, account: Accounts
) -> None:
    services.drop_draft(programme=programme("CAT-72"), by=account("curator"))
    assert programme("CAT-72").draft is None and programme("CAT-72").published is not None
    services.drop_draft(programme=programme("VL-12"), by=account("national"))
    assert programme("VL-12").draft is not None
    unbroken()


# --- publishing ---


def test_a_draft_without_a_title_in_kazakh_is_refused_with_words(draft: ProgrammeVersion, account: Accounts) -> None:
    write(draft, account("curator"), title_kk="")
    with pytest.raises(services.NotReady) as refusal:
        publish("CAT-72", account("curator"))
    assert [str(problem.why) for problem in refusal.value.problems] == [
        "Қазақша атауы бос: онсыз бағдарлама жарияланбайды."
    ]
    assert programme("CAT-72").draft == draft


Change = Callable[[ProgrammeVersion, list[Module], list[Outcome]], object]
WRONG: dict[str, Change] = {
    "title_kk": lambda version, modules, outcomes: setattr(version, "title_kk", ""),
    "title_ru": lambda version, modules, outcomes: setattr(version, "title_ru", ""),
    "summary_kk": lambda version, modules, outcomes: setattr(version, "summary_kk", ""),
    "audience_kk": lambda version, modules, outcomes: setattr(version, "audience_kk", ""),
    "approval": lambda version, modules, outcomes: setattr(version, "approval_number", ""),
    "outcomes": lambda version, modules, outcomes: outcomes.clear(),
    "hours": lambda version, modules, outcomes: setattr(version, "stated_hours", 73),
    "day": lambda version, modules, outcomes: setattr(version, "days", 7),
    "assessment": lambda version, modules, outcomes: modules[-1].__dict__.update(assessment=0, practice=180),
    "modules": lambda version, modules, outcomes: modules.clear(),
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_each_mistake_stops_publishing_by_its_own_reason(code: str, draft: ProgrammeVersion) -> None:
    modules, outcomes = list(draft.modules.all()), list(draft.outcomes.select_related("competency"))
    WRONG[code](draft, modules, outcomes)
    assert [problem.code for problem in checks.stopping(checks.problems(draft, modules, outcomes, DEFAULT))] == [code]


def test_eight_academic_hours_a_day_are_counted_by_the_norm(draft: ProgrammeVersion) -> None:
    modules = list(draft.modules.all())
    contact = checks.contact_minutes(modules)
    assert hours.academic(contact, DEFAULT) == 61
    for days, fits in ((7, False), (8, True)):
        draft.days = days
        found = [problem.code for problem in checks.problems(draft, modules, [], DEFAULT)]
        assert ("day" not in found) == fits
    draft.days, draft.form = 1, Form.OWN_PACE
    assert "day" not in [problem.code for problem in checks.problems(draft, modules, [], DEFAULT)]


def test_advice_does_not_stop(country: Country) -> None:
    whole = selectors.whole(programme("CON-80").published or pytest.fail("it stands in the demo"))
    assert [problem.code for problem in whole.advice] == ["week"] and not whole.stopping


def test_publishing_moves_the_pointer_and_tells_the_story(draft: ProgrammeVersion, account: Accounts) -> None:
    write(draft, account("curator"), title_en="Cataloguer")
    version = publish("CAT-72", account("curator"), "English title")
    found = programme("CAT-72")
    assert (found.draft, found.published) == (None, version)
    assert version.fingerprint == fingerprint(version)
    last = Publication.objects.filter(programme=found).latest("at")
    assert (last.kind, last.version, last.reason) == ("published", version, "English title")
    assert AuditEvent.objects.filter(verb="programme.published", target_id=str(found.pk)).exists()
    unbroken()


def test_a_published_version_cannot_be_written(country: Country, account: Accounts) -> None:
    version = programme("CAT-72").published
    assert version is not None
    with pytest.raises(Published):
        services.write(version=version, fields={"title_kk": "Х"}, by=account("curator"), revision=version.revision)
    version.title_kk = "Х"
    module, outcome = version.modules.first(), version.outcomes.first()
    assert module is not None and outcome is not None
    for refused in (version.save, version.delete, module.save, module.delete, outcome.save, outcome.delete):
        with pytest.raises(Published):
            refused()
    with pytest.raises(Published):
        Module(version=version, position=99, title_kk="Х").save()


def test_what_goes_past_the_models_is_found_by_the_audit(country: Country) -> None:
    version = programme("CAT-72").published
    assert version is not None
    ProgrammeVersion.objects.filter(pk=version.pk).update(title_ru="Подделка")
    Module.objects.filter(version__programme__code="VL-01", position=1).update(lecture=1)
    Programme.objects.filter(code="CON-80").update(published=programme("CON-240").published)
    broken = {rule.split(":")[0] for rule, rows in invariants.run() if rows}
    assert broken == {"curriculum.versions", "curriculum.minutes", "curriculum.pointers"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_kk": ""}, {"total_minutes": 0}, {"fingerprint": ""}, {"approval_number": ""}, {"approved_on": None},
        {"in_kk": False, "in_ru": False, "in_en": False}, {"days": 0}, {"number": 1},
    ],
)  # fmt: skip
def test_the_database_refuses_a_version_that_cannot_be(country: Country, wrong: dict[str, object]) -> None:
    version = programme("CAT-72").published
    assert version is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeVersion.objects.filter(pk=version.pk).update(**wrong)


def test_returning_and_taking_out_move_the_pointer_alone(country: Country, account: Accounts) -> None:
    found, by = programme("CAT-72"), account("curator")
    first, second = found.versions.get(number=1), found.versions.get(number=2)
    before = timezone.now()
    services.return_to(version=first, reason="Қате", by=by)
    assert selectors.published("CAT-72") == first
    services.withdraw(programme=found, reason="Енді оқытылмайды", by=by)
    assert selectors.published("CAT-72") is None
    services.return_to(version=second, reason="Қайта", by=by)
    assert selectors.published("CAT-72") == second
    assert [row.kind for row in selectors.story(found)][:3] == ["reverted", "withdrawn", "reverted"]
    assert selectors.on_day(found, before) == second
    assert selectors.on_day(found, datetime(2025, 1, 1, tzinfo=timezone.get_current_timezone())) == first
    assert selectors.on_day(found, datetime(2023, 1, 1, tzinfo=timezone.get_current_timezone())) is None
    unbroken()


def test_going_back_needs_a_reason_in_the_database_too(country: Country) -> None:
    found = programme("CAT-72")
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(programme=found, kind="reverted", version=found.published)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(programme=found, kind="withdrawn", version=found.published, reason="x")


def test_taking_over_an_older_version_begins_the_draft_anew(draft: ProgrammeVersion, account: Accounts) -> None:
    first = programme("CAT-72").versions.get(number=1)
    taken = services.take_over(version=first, by=account("curator"))
    assert taken.based_on == first and content.content(taken) == content.content(first)
    assert not ProgrammeVersion.objects.filter(pk=draft.pk).exclude(number=taken.number).exists()
    unbroken()


def test_a_comparison_names_everything_that_differs_and_nothing_else(country: Country, account: Accounts) -> None:
    found, by = programme("CAT-72"), account("curator")
    assert found.published is not None
    assert comparing.differences(found.published, found.published, DEFAULT) == []
    draft = services.start_draft(programme=found, by=by)
    write(draft, by, days=12)
    modules = list(draft.modules.all())
    services.move_module(module=modules[0], way=services.DOWN, by=by, revision=2)
    services.remove_module(module=modules[6], by=by, revision=3)
    services.change_module(module=modules[7], fields={"assessment": 270}, by=by, revision=4)
    lines = comparing.differences(found.published, ProgrammeVersion.objects.get(pk=draft.pk), DEFAULT)
    assert [(str(line.what), line.before is None, line.after is None) for line in lines] == [
        ("сабақ болатын күндер", False, False), ("Модуль", False, True), ("Модуль", False, False),
        ("Модульдердің реті", False, False),
    ]  # fmt: skip
    assert "бағалау 6" in str(lines[2].after)


# --- who may ---


def test_scopes_decide_who_writes_and_publishes(country: Country, account: Accounts) -> None:
    catalogue, pavlodar = programme("CAT-72"), programme("PVL-01")
    for login, found in (
        ("pavlodar", catalogue), ("curator", pavlodar), ("registrar", catalogue), ("trainer", catalogue), ("head", pavlodar),
    ):  # fmt: skip
        with pytest.raises(OutOfScope):
            services.start_draft(programme=found, by=account(login))
        with pytest.raises(OutOfScope):
            services.withdraw(programme=found, reason="x", by=account(login))
    services.start_draft(programme=pavlodar, by=account("pavlodar"))
    publish("PVL-01", account("pavlodar"))
    services.withdraw(programme=catalogue, reason="x", by=account("national"))


def test_a_region_begins_its_own_programme_and_not_another_s(country: Country, account: Accounts) -> None:
    made = services.create(code="PVL-02", unit=country("KZ-55-LIB"), fields={"title_kk": "Х"}, by=account("pavlodar"))
    assert made.draft is not None and made.draft.number == 1
    with pytest.raises(services.CodeTaken):
        services.create(code="PVL-02", unit=country("KZ-55-LIB"), fields={}, by=account("pavlodar"))
    with pytest.raises(OutOfScope):
        services.create(code="AKM-01", unit=country("KZ-11-LIB"), fields={}, by=account("pavlodar"))


def test_an_outcome_is_tied_to_a_competency_and_a_level_from_1_to_4(draft: ProgrammeVersion, account: Accounts) -> None:
    competency = Competency.objects.get(code="C3")
    outcome = services.add_outcome(
        version=draft, fields={"text_kk": "Х", "level": 2}, competency=competency, by=account("curator"), revision=1
    )
    changed = services.change_outcome(
        outcome=outcome, fields={"level": 3}, competency=Competency.objects.get(code="C4"), by=account("curator"), revision=2
    )  # fmt: skip
    assert (changed.competency.code, changed.level) == ("C4", 3)
    assert services.move_outcome(outcome=changed, way=services.UP, by=account("curator"), revision=3)
    services.remove_outcome(outcome=changed, by=account("curator"), revision=4)
    for level in (0, 5):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outcome.objects.create(version=draft, position=50, text_kk="Х", competency=competency, level=level)


def test_a_published_version_keeps_its_hours_when_the_norm_changes(country: Country, account: Accounts) -> None:
    version = programme("CAT-72").published
    assert version is not None
    services.set_norm(minutes=40, hours_a_day=8, hours_a_week=36, basis="№ 7", on=date(2026, 3, 1), by=account("national"))  # fmt: skip
    assert selectors.whole(version).hours.total == 72
    assert selectors.whole(version, on=date(2026, 3, 1)).hours.total == 81
