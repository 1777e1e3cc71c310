"""Which document a training gives is a dated row that the registrar states on a page; what was given stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orken.credentials import rules, selectors, services
from orken.credentials.models import Batch, DocumentRule
from orken.kit.audit.models import AuditEvent
from orken.network.policy import OutOfScope
from tests.credentials.conftest import DATED, Accounts, row, some
from tests.credentials.test_pages import day

Browse = Callable[[str], Client]
SEMINAR: dict[str, Any] = {
    "training": "seminar", "hours_from": "16", "hours_below": "36", "kind": "participant", "title_kk": "Семинар куәлігі", "title_ru": "Свидетельство о семинаре",
    "title_en": "Certificate of a seminar", "basis": "№ 7, 2026-05-01",
}  # fmt: skip


def given(training: str, hours: int, final: bool, on: date) -> str:
    found = selectors.given(training=training, hours=Decimal(hours), final=final, on=on)
    return found.title_en if found else ""


def test_a_rule_holds_from_its_day_and_the_days_before_keep_theirs(browse: Browse, asked: Callable[..., Batch]) -> None:
    earlier = asked([row(some(1)[0], minutes=45 * 20, final=False)], training="seminar")
    assert services.prepare(batch=earlier) == []
    client = browse("registrar")
    assert client.post("/kk/certificates/rules/state/", SEMINAR | day("on", DATED + timedelta(1))).status_code == 302
    assert given("seminar", 20, False, DATED) == "Certificate of participation"
    assert given("seminar", 20, False, DATED + timedelta(1)) == "Certificate of a seminar"
    assert given("course", 20, False, DATED + timedelta(1)) == "Certificate of participation"
    assert given("seminar", 36, True, DATED + timedelta(1)) == "Certificate of professional development"
    later = asked([row(some(2)[1], minutes=45 * 20, final=False)], training="seminar", dated_on=DATED + timedelta(1))
    services.prepare(batch=later)
    titles = [batch.certificates.get().data["title"]["en"] for batch in (earlier, later)]
    assert titles == ["Certificate of participation", "Certificate of a seminar"]
    told = AuditEvent.objects.filter(verb="certificate.rule_stated").latest("pk")
    assert told.note == "№ 7, 2026-05-01" and told.after["training"] == "seminar"


def test_the_same_rule_stated_again_takes_the_place_of_the_one_before(browse: Browse) -> None:
    client = browse("registrar")
    for title, on in (("First", date(2026, 3, 1)), ("Second", date(2026, 6, 1))):
        assert client.post("/kk/certificates/rules/state/", SEMINAR | {"title_en": title} | day("on", on)).status_code == 302  # fmt: skip
    assert [given("seminar", 20, False, on) for on in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 1))] == ["Certificate of participation", "First", "Second"]  # fmt: skip
    live = DocumentRule.objects.live().filter(training="seminar")
    assert sorted((one.title_en, one.valid_to) for one in live) == [("First", date(2026, 6, 1)), ("Second", None)]


def test_a_rule_ends_on_a_day_and_only_once(browse: Browse) -> None:
    client = browse("registrar")
    client.post("/kk/certificates/rules/state/", SEMINAR | day("on", date(2026, 3, 1)))
    rule = DocumentRule.objects.live().get(training="seminar")
    address = f"/kk/certificates/rules/{rule.pk}/end/"
    early = client.post(address, {"basis": "№ 8", **day("on", date(2026, 2, 1))})
    assert early.status_code == 422 and "2026 жылғы 1 наурыз" in early.content.decode().replace("\xa0", " ")
    assert client.post(address, {"basis": "№ 8", **day("on", date(2026, 9, 1))}).status_code == 302
    assert [given("seminar", 20, False, on) for on in (date(2026, 8, 31), date(2026, 9, 1))] == ["Certificate of a seminar", "Certificate of participation"]  # fmt: skip
    assert client.post(address, {"basis": "№ 8", **day("on", date(2026, 9, 1))}).status_code == 404
    with pytest.raises(services.Refused):
        services.end_rule(rule=rule, on=date(2026, 9, 1), basis="№ 8", by=None)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"hours_below": "16"}, "Жоғарғы шек төменгісінен үлкен болады."),
        (day("on", date(2019, 12, 31)), "Алғашқы ережелер"),
        ({"title_kk": ""}, "title_kk"),
        ({"training": "dance"}, "training"),
        ({"hours_from": "-1"}, "hours_from"),
    ],
)
def test_what_cannot_be_a_rule_is_told_beside_its_field(answers: dict[str, str], said: str, browse: Browse) -> None:
    before = DocumentRule.objects.count()
    answer = browse("registrar").post("/kk/certificates/rules/state/", SEMINAR | day("on", date(2026, 3, 1)) | answers)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert DocumentRule.objects.count() == before


def test_whoever_reads_certificates_reads_the_rules_and_only_the_country_states_them(browse: Browse, account: Accounts) -> None:  # fmt: skip
    for login, sees, states in (("registrar", 200, 200), ("pavlodar", 200, 404), ("village", 404, 404)):
        client = browse(login)
        assert (client.get("/kk/certificates/rules/").status_code, client.get("/kk/certificates/rules/state/").status_code) == (sees, states)  # fmt: skip
    assert "/certificates/rules/state/" not in browse("pavlodar").get("/kk/certificates/rules/").content.decode()
    with pytest.raises(OutOfScope):
        services.end_rule(
            rule=DocumentRule.objects.live()[0], on=timezone.localdate(), basis="", by=account("pavlodar")
        )


def test_what_a_training_would_give_is_answered_on_the_page(browse: Browse) -> None:
    client = browse("registrar")
    asked = {"training": "course", "hours": "72", "final": "on", **day("on", DATED)}
    assert "Біліктілікті арттыру сертификаты" in _told(client, asked)
    assert "Тағылымдама куәлігі" in _told(client, asked | {"training": "internship"})
    assert "берілмейді" in _told(client, asked | day("on", date(2019, 1, 1)))
    with CaptureQueriesContext(connection) as queries:
        client.get("/kk/certificates/rules/", asked)
    assert len(queries) <= 15


def _told(client: Client, asked: dict[str, str]) -> str:
    """What the answer says, without the table beside it."""
    text = client.get("/kk/certificates/rules/", asked).content.decode()
    return text.split('role="status"')[1].split("</div>")[0]


def test_the_first_rules_are_those_of_the_norms(db: None) -> None:
    """domain.md §1.5."""
    standing = rules.standing(rules.RULED_SINCE)
    found = [rules.choose(standing, training=training, hours=Decimal(hours), final=final) for training, hours, final in (("course", 7, True), ("course", 8, False), ("course", 35, True), ("course", 36, False), ("course", 36, True), ("internship", 240, True))]  # fmt: skip
    assert [one.kind if one else "" for one in found] == ["note", "participant", "participant", "participant", "development", "internship"]  # fmt: skip
