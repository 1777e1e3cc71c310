"""The exercises of treatment and reading a chart: the kind, and the «try it» pages."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from orken.conservation.kinds.climate import ReadClimate
from orken.conservation.kinds.treatment import PlanTreatment
from orken.conservation.treatment import CASES
from orken.curriculum import kinds
from orken.curriculum.kinds import AnswerRefused

Browse = Callable[[str], Client]


def test_the_kinds_are_registered() -> None:
    codes = {kind.code for kind in kinds.registered()}
    assert {"conservation.treatment", "conservation.climate"} <= codes


@pytest.mark.parametrize("code", sorted(CASES))
def test_no_plan_and_no_rule_is_in_the_public_payload(code: str) -> None:
    kind = PlanTreatment()
    public = json.dumps(kind.public_payload({"case": code}), ensure_ascii=False)
    assert "R-0" not in public and "expert" not in public and "least" not in public
    assert CASES[code].title.kk in public


@pytest.mark.django_db
def test_the_grade_has_reasons_and_caps() -> None:
    kind = PlanTreatment()
    good = kind.grade({"case": "quiet-newspaper"}, kind.parse({"steps": list(CASES["quiet-newspaper"].least)}))
    assert good.score == 100 and good.passed and not good.reasons and not good.caps
    bad = kind.grade({"case": "mouldy-ledger"}, kind.parse({"steps": ["T10"]}))
    assert not bad.passed and bad.caps and {one.part for one in bad.reasons} >= {"R-004", "R-024"}
    assert bad.details["rules"]


@pytest.mark.django_db
def test_an_author_may_write_a_case_of_his_own() -> None:
    kind = PlanTreatment()
    payload = {"title": {"kk": "Х", "ru": "Х", "en": "X"}, "facts": {"insects": "live"}, "pass": 99}
    answer = kind.parse({"steps": ["T04", "T01", "T02", "T07", "T40", "T44"]})
    assert kind.grade(payload, answer).score == 100


def test_fingerprints_tell_orders_apart_and_spellings_not() -> None:
    kind = PlanTreatment()
    one, same, other = (
        kind.parse({"steps": steps})
        for steps in (["T01", "T02"], [{"id": "T01"}, {"id": "T02", "material": ""}], ["T02", "T01"])
    )
    assert kind.fingerprint(one) == kind.fingerprint(same) != kind.fingerprint(other)
    climate = ReadClimate()
    assert climate.fingerprint(
        climate.parse({"alarms": {"gap": "2026-02-03", "mould": "2026-02-05"}})
    ) == climate.fingerprint(climate.parse({"alarms": {"mould": "2026-02-05", "gap": "2026-02-03"}}))
    with pytest.raises(AnswerRefused):
        kind.parse({"steps": ["T98"]})


def test_a_plan_is_checked_on_its_page_without_a_script(browse: Browse) -> None:
    client = browse("student")
    address = reverse("conservation:case", args=["quiet-newspaper"])
    answer = client.post(address, {"n_T01": "1", "n_T02": "2", "n_T40": "3", "m_T40": "permanent-board", "n_T44": "4"})
    assert answer.context["verdict"].score == 100
    wrong = client.post(address, {"n_T25": "1", "n_T01": "2", "n_T02": "x"})
    page = wrong.content.decode()
    assert "R-057" in page and wrong.context["verdict"].score <= 40
    assert 'value="1"' in page, "what was typed stays"
    assert client.post(address, {"n_T40": "1", "m_T40": "gold"}).status_code == 422
    assert client.get(reverse("conservation:case", args=["nowhere"])).status_code == 404


def test_a_chart_is_read_on_its_page(browse: Browse) -> None:
    client = browse("student")
    address = f"{reverse('conservation:read_climate')}?seed=7"
    kind = ReadClimate()
    truth = kind.judge(kind.draw({}, 7))
    page = client.get(address)
    assert 'class="alarm"' not in page.content.decode(), "alarms are not marked before the answer"
    answers = {f"a_{alarm.kind.value}": alarm.since.date().isoformat() for alarm in reversed(truth.alarms)}
    answer = client.post(
        address, {**answers, "action": truth.action, "mean": f"{truth.mean_humidity:.1f}".replace(".", ",")}
    )
    assert answer.context["grade"].score == 100
    assert client.post(address, {"action": "pray"}).status_code == 422
    assert client.post(address, {"mean": "abc"}).status_code == 422


def test_every_rule_stands_on_its_page_in_three_languages(browse: Browse) -> None:
    for language in ("kk", "ru", "en"):
        page = browse("student").get(f"/{language}/conservation/treatment/rules/").content.decode()
        assert page.count("R-0") >= 60 and "R-101" in page
