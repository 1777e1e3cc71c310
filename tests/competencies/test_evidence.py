"""Evidence: what counts on a day, as it was known at a moment; who may write and read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from orken.competencies import selectors, services
from orken.competencies.models import Competency, Evidence
from orken.kit.audit.models import AuditEvent
from orken.network.models import Appointment, Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account

Accounts = Callable[[str], Account]
Country = Callable[[str], Unit]
TODAY = date(2026, 9, 1)

rows = st.lists(
    st.builds(
        Evidence,
        kind=st.sampled_from(["self", "head", "test", "work", "certificate", "mentor"]),
        level=st.integers(0, 4),
        shown_on=st.dates(date(2018, 1, 1), date(2027, 1, 1)),
        recorded_at=st.datetimes(timezones=st.just(timezone.get_default_timezone())),
    ),
    max_size=8,
)


@given(rows, st.integers(1, 10))
def test_the_newest_verified_row_speaks_and_nothing_too_old(found: list[Evidence], years: int) -> None:
    speaks = selectors.weightiest(found, TODAY, years)
    fresh = [row for row in found if selectors.too_old(TODAY, years) < row.shown_on <= TODAY]
    if not fresh:
        assert speaks is None
        return
    assert speaks in fresh
    verified = [row for row in fresh if row.kind != "self"]
    assert speaks.shown_on == max(row.shown_on for row in (verified or fresh))
    assert (speaks.kind != "self") == bool(verified)


def test_five_years_to_the_day_also_from_the_29th_of_february() -> None:
    assert selectors.too_old(date(2026, 9, 1), 5) == date(2021, 9, 1)
    assert selectors.too_old(date(2028, 2, 29), 5) == date(2023, 2, 28)


@pytest.fixture
def her(account: Accounts) -> Account:
    """The librarian of the village, with nothing known of her."""
    found = account("village")
    Evidence.objects.filter(person=found.person).delete()
    return found


def have(account: Account, code: str, on: date | None = None, known_at: Any = None) -> int | None:
    row = selectors.standings([account.person_id], on, known_at).get(account.person_id, {}).get(code)
    return row.level if row else None


def competency(code: str) -> Competency:
    return Competency.objects.get(code=code)


def test_her_head_s_judgement_outranks_her_own_however_new(her: Account, account: Accounts) -> None:
    today = timezone.localdate()
    services.judge(
        person=her.person, competency=competency("C1"), level=1, on=today - timedelta(days=30), by=account("head")
    )
    services.assess_self(person=her.person, levels={"C1": 3, "D1": 2}, by=her)
    assert (have(her, "C1"), have(her, "D1"), have(her, "C2")) == (1, 2, None)
    services.testify(
        person=her.person, competency=competency("C1"), kind="test", level=2, on=today, source_label="Тест", by=None
    )
    assert have(her, "C1") == 2


def test_evidence_ages_out_and_then_her_own_opinion_speaks_again(her: Account, account: Accounts) -> None:
    today = timezone.localdate()
    old = today.replace(year=today.year - 5, day=min(today.day, 28))
    services.judge(person=her.person, competency=competency("C1"), level=3, on=old, by=account("head"))
    services.assess_self(person=her.person, levels={"C1": 1}, by=her, on=today - timedelta(days=1))
    assert have(her, "C1", old + timedelta(days=1)) == 3
    assert have(her, "C1", today + timedelta(days=1)) == 1
    services.set_years(years=10, basis="№ 9", on=today - timedelta(days=3), by=account("national"))
    assert have(her, "C1", today + timedelta(days=1)) == 3
    assert have(her, "C1", today + timedelta(days=1), known_at=None) == 3


def test_what_is_struck_out_no_longer_speaks_but_an_old_report_knows_it(her: Account, account: Accounts) -> None:
    today = timezone.localdate()
    wrong = services.judge(person=her.person, competency=competency("E1"), level=4, on=today, by=account("head"))
    before = timezone.now()
    services.strike_out(evidence=wrong, because="Басқа адам", by=account("head"))
    assert have(her, "E1") is None
    assert have(her, "E1", today, known_at=before) == 4
    struck = Evidence.objects.get(pk=wrong.pk)
    assert struck.struck_out_because == "Басқа адам" and struck.level == 4
    assert AuditEvent.objects.filter(verb="competency.struck_out", target_id=str(wrong.pk)).exists()


def test_evidence_keeps_the_edition_by_which_it_was_judged(her: Account, account: Accounts) -> None:
    services.assess_self(person=her.person, levels={"A1": 1}, by=her)
    draft = services.start_draft(by=account("national"))
    services.publish(version=draft, note="x", by=account("national"), revision=1)
    services.assess_self(person=her.person, levels={"A1": 2}, by=her)
    assert [row.version.number for row in Evidence.objects.filter(person=her.person).order_by("pk")] == [1, 2]
    assert have(her, "A1") == 2


def test_a_profile_compares_with_the_post_of_the_day(her: Account) -> None:
    services.assess_self(person=her.person, levels={"D1": 1, "D2": 3}, by=her)
    profile = selectors.profile(her.person)
    lines = {line.code: (line.have, line.need, line.gap) for part in profile.parts for line in part.lines}
    assert (lines["D1"], lines["D2"], lines["C1"]) == ((1, 3, 2), (3, 3, 0), (0, 1, 1))
    assert profile.widest[0].gap == 3 and profile.shown == 2
    before_her = selectors.profile(her.person, date(2010, 1, 1))
    assert before_her.appointment is None and before_her.gap == 0


def test_a_trainer_of_a_school_needs_four_in_its_own_domain(account: Accounts) -> None:
    parts = {part.part.code: part.need for part in selectors.profile(account("curator").person).parts}
    assert (parts["C"], parts["G"]) == (4, 2)


def test_profiles_of_many_take_the_queries_of_one(country: Country) -> None:
    people = list(Appointment.objects.at().filter(unit__code__startswith="KZ-55").values_list("person", flat=True)[:40])
    counts = []
    for some in (people[:1], people[:3], people):
        with CaptureQueriesContext(connection) as seen:
            selectors.standings(some)
        counts.append(len(seen))
    assert counts == [2, 2, 2]
    with CaptureQueriesContext(connection) as seen:
        selectors.profile(
            Appointment.objects.at().select_related("person").get(person__account__login="village").person
        )
    assert len(seen) <= 10


def test_only_she_assesses_herself_and_nobody_judges_herself(her: Account, account: Accounts) -> None:
    with pytest.raises(OutOfScope):
        services.assess_self(person=her.person, levels={"A1": 1}, by=account("head"))
    head = account("head")
    for by, person in ((head, head.person), (account("curator"), her.person), (her, head.person)):
        with pytest.raises(OutOfScope):
            services.judge(person=person, competency=competency("A1"), level=1, on=timezone.localdate(), by=by)
    with pytest.raises(services.NothingGiven):
        services.assess_self(person=her.person, levels={}, by=her)
    with pytest.raises(ValueError, match="verb of its own"):
        services.testify(person=her.person, competency=competency("A1"), kind="self", level=1, on=TODAY, source_label="x", by=None)  # fmt: skip


def test_a_stranger_cannot_strike_out(her: Account, account: Accounts) -> None:
    row = services.judge(person=her.person, competency=competency("A1"), level=1, on=timezone.localdate(), by=account("head"))  # fmt: skip
    for login in ("village", "curator", "registrar"):
        with pytest.raises(OutOfScope):
            services.strike_out(evidence=row, because="x", by=account(login))
    services.strike_out(evidence=row, because="x", by=account("pavlodar"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "self", "verified_by": "national"}, {"kind": "head"}, {"kind": "mentor"}, {"kind": "test"}, {"kind": "work"},
        {"kind": "certificate"}, {"kind": "self", "level": 5}, {"kind": "self", "struck_out_because": "x"},
        {"kind": "self", "superseded_at": timezone.now()},
    ],
)  # fmt: skip
def test_the_database_refuses_evidence_that_cannot_be(wrong: dict[str, Any], her: Account, account: Accounts) -> None:
    values = {"person": her.person, "competency": competency("A1"), "version": selectors.framework().published, "level": 1, "shown_on": TODAY} | wrong  # fmt: skip
    if "verified_by" in values:
        values["verified_by"] = account(values["verified_by"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(**values)


# --- pages ---


def test_who_reads_a_profile(browse: Callable[[str], Client], account: Accounts) -> None:
    pk = account("village").person_id
    expected = {"village": 200, "head": 200, "pavlodar": 200, "national": 200, "curator": 404, "registrar": 404, "director": 404, "student": 404, "": 302}  # fmt: skip
    found = {login: browse(login).get(f"/kk/competencies/person/{pk}/").status_code for login in expected}
    assert found == expected
    judges = {login: browse(login).get(f"/kk/competencies/person/{pk}/judge/A1/").status_code for login in expected}
    assert judges == {
        login: 200 if login in ("head", "pavlodar", "national") else 302 if not login else 404 for login in expected
    }
    row = Evidence.objects.filter(person=pk).first()
    assert row is not None
    strikes = {
        login: browse(login).get(f"/kk/competencies/evidence/{row.pk}/strike/").status_code for login in expected
    }
    assert strikes == expected


def test_she_assesses_herself_a_domain_a_page_and_nothing_is_written_before_the_end(
    browse: Callable[[str], Client], her: Account
) -> None:
    client = browse("village")
    for place, code in enumerate("ABCDEFGH"):
        response = client.post(
            f"/kk/competencies/mine/assess/{code}/", {"A1": "2"} if place == 0 else {f"{code}2": "1"}
        )
        assert response.status_code == 302
    assert not Evidence.objects.filter(person=her.person).exists()
    assert client.get("/kk/competencies/mine/assess/check/").status_code == 200
    assert client.post("/kk/competencies/mine/assess/check/").status_code == 302
    assert have(her, "A1") == 2 and have(her, "C2") == 1
    assert Evidence.objects.filter(person=her.person).count() == 8


def test_a_head_judges_and_strikes_out_on_the_pages(
    browse: Callable[[str], Client], her: Account, account: Accounts
) -> None:
    client, today = browse("head"), timezone.localdate()
    address = f"/kk/competencies/person/{her.person_id}/judge/C1/"
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    assert client.post(address, {"level": "9", **day}).status_code == 422
    assert client.post(address, {"level": "2", **day, "on_year": today.year + 1}).status_code == 422
    assert client.post(address, {"level": "2", "note": "Он жазба", **day}).status_code == 302
    row = Evidence.objects.get(person=her.person)
    assert (row.kind, row.level, row.verified_by, row.note) == ("head", 2, account("head"), "Он жазба")
    assert browse("village").post(f"/kk/competencies/evidence/{row.pk}/strike/", {"because": "x"}).status_code == 422
    assert client.post(f"/kk/competencies/evidence/{row.pk}/strike/", {"because": "Қате"}).status_code == 302
    assert have(her, "C1") is None
    assert "Қате" in client.get(f"/kk/competencies/person/{her.person_id}/").content.decode()
