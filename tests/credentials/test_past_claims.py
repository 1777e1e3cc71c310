"""A certificate of earlier years that she claims: her methodologist vouches or refuses, both are told, nothing counts twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orken.credentials import selectors, services
from orken.credentials.models import OutsideTraining, PastRecord
from orken.kit.audit.models import AuditEvent
from orken.kit.files.models import StoredFile
from orken.kit.states import WayIsClosed
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Account, DataRequest
from orken.people.services import rights
from tests.credentials.conftest import broken
from tests.credentials.past import line, posts, taken
from tests.credentials.test_pages import PNG

Accounts = Callable[[str], Account]


def claimed(by: Account, **more: Any) -> PastRecord:
    said: dict[str, Any] = {
        "title": "Каталогтау практикумы", "organiser": "Ұлттық кітапхана", "hours_stated": 36, "starts_on": date(2019, 4, 15),
        "ends_on": date(2019, 4, 19), "paper": "№ 77-К", "evidence": SimpleUploadedFile("Жұмабекова.png", PNG),
    }  # fmt: skip
    return services.claim(by=by, **(said | more))


def letters(kind: str, about: PastRecord | OutsideTraining) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind, about_kind=about._meta.label_lower, about_id=str(about.pk)).order_by("pk"))  # fmt: skip


def test_a_claim_waits_is_vouched_for_and_counts_apart(account: Accounts) -> None:
    village, pavlodar = account("village"), account("pavlodar")
    before = selectors.hours_of(village.person)
    claim = claimed(village)
    waits = selectors.hours_of(village.person)
    assert (waits.paper_waits, waits.paper, waits.provisional) == (before.paper_waits + 1620, before.paper, before.provisional)  # fmt: skip
    told = letters("credentials.claim_waits", claim)
    assert [one.person for one in told] == [pavlodar.person]  # the nearest who may vouch, nobody else
    assert "Каталогтау практикумы" in told[0].body_ru and village.person.full_name("ru") in told[0].body_ru
    services.vouch(record=claim, by=pavlodar)
    after = selectors.hours_of(village.person)
    assert (after.paper, after.paper_waits, after.confirmed) == (before.paper + 1620, before.paper_waits, before.confirmed)  # fmt: skip
    assert [one.person for one in letters("credentials.claim_vouched", claim)] == [village.person]
    assert AuditEvent.objects.filter(target_kind="credentials.pastrecord", target_id=str(claim.pk)).count() == 2
    with pytest.raises(WayIsClosed):
        services.refuse(record=claim, reason="Кеш", by=pavlodar)
    services.strike(record=claim, reason="Екі рет жазылған", by=account("national"))
    assert selectors.hours_of(village.person).paper == before.paper and broken() == set()
    assert "Екі рет жазылған" in letters("credentials.past_struck", claim)[0].body_kk


def test_a_claim_is_refused_with_a_reason_and_may_be_made_again(account: Accounts) -> None:
    village = account("village")
    claim = claimed(village)
    with pytest.raises(services.Refused):
        services.refuse(record=claim, reason="  ", by=account("pavlodar"))
    services.refuse(record=claim, reason="Мөр көрінбейді", by=account("pavlodar"))
    told = letters("credentials.claim_refused", claim)
    assert [one.person for one in told] == [village.person] and "Мөр көрінбейді" in told[0].body_kk
    again = claimed(village)
    services.withdraw_claim(record=again, by=village)
    assert selectors.hours_of(village.person).paper_waits == 24 * 45 and broken() == set()  # the demo's own


@pytest.mark.parametrize(
    "twin",
    [{"title": "КАТАЛОГТАУ  практикумы"}, {"title": "Басқаша аталған", "paper": "77 к"}],
    ids=["title", "number"],
)
def test_the_same_training_is_not_claimed_twice(twin: dict[str, str], account: Accounts) -> None:
    claimed(account("village"))
    with pytest.raises(services.Refused):
        claimed(account("village"), **twin)


def test_what_stands_from_a_register_is_not_claimed(account: Accounts) -> None:
    from orken.credentials.past import lists
    from orken.network.models import Appointment

    by, village = account("pavlodar"), account("village")
    post = Appointment.objects.at().select_related("unit", "person").get(person=village.person)
    table = taken([line(post, title="Каталогтау практикумы", days="15–19.04.2019")], by)
    lists.apply(table=table, by=by)
    with pytest.raises(services.Refused):
        claimed(village)


def test_who_may_vouch_and_who_may_not(account: Accounts) -> None:
    claim = claimed(account("village"))
    for login in ("village", "head", "registrar", "trainer", "administrator"):
        with pytest.raises(OutOfScope):
            services.vouch(record=claim, by=account(login))
    own = claimed(account("pavlodar"))
    assert [one.person for one in letters("credentials.claim_waits", own)] == [account("national").person]
    with pytest.raises(OutOfScope):
        services.vouch(record=own, by=account("pavlodar"))  # nobody vouches for herself
    services.vouch(record=own, by=account("national"))
    with pytest.raises(OutOfScope):
        services.withdraw_claim(record=claim, by=account("head"))


def test_training_held_elsewhere_tells_the_same_letters(account: Accounts) -> None:
    village, pavlodar = account("village"), account("pavlodar")
    training = services.send_outside(
        by=village, title="Деректер сауаттылығы", organiser="Университет", hours_stated=8, starts_on=date(2025, 3, 3), ends_on=date(2025, 3, 4),
        evidence=SimpleUploadedFile("c.png", PNG),
    )  # fmt: skip
    assert [one.person for one in letters("credentials.claim_waits", training)] == [pavlodar.person]
    services.decline(training=training, reason="Құжат оқылмайды", by=pavlodar)
    assert "Құжат оқылмайды" in letters("credentials.claim_refused", training)[0].body_kk


def test_an_erasure_leaves_of_claims_what_a_duty_keeps(account: Accounts) -> None:
    """Vouched: her name goes out of the words, the paper stays. Refused or waiting: words and paper go."""
    village, pavlodar = account("village"), account("pavlodar")
    name = village.person.full_name("kk")
    kept = claimed(village, title=f"Практикум: {name}", paper="1")
    services.vouch(record=kept, by=pavlodar)
    refused, waits = claimed(village, title="Екінші", paper="2"), claimed(village, title="Үшінші", paper="3")
    services.refuse(record=refused, reason=f"{name} ол күні сабақта болмаған", by=pavlodar)
    short = f"{village.person.surname_ru} {village.person.given_ru[:1]}."
    table = taken([line(posts(1)[0], name=short)], pavlodar)
    assert village.person_id in table.rows.get().candidates
    papers = [str(refused.evidence_id), str(waits.evidence_id)]
    assert any("Бұрынғы жылдардың жазбалары" in one for one in rights.duties(village.person))

    request = rights.ask(person=village.person, kind=DataRequest.Kind.ERASURE, text="", by=village)
    rights.decide(request=request, grant=True, answer="", by=account("national"), scope_path="")
    for row in (kept, refused, waits):
        row.refresh_from_db()
    assert kept.state == "confirmed" and name not in kept.title and kept.title.startswith("Практикум:")
    assert kept.evidence is not None and "Жұмабекова" not in kept.evidence.name
    assert (refused.state, waits.state, refused.evidence, waits.evidence) == ("refused", "withdrawn", None, None)
    assert "Екінші" not in refused.title and name not in refused.reason
    assert not StoredFile.objects.filter(pk__in=papers).exists() and broken() == set()
    assert not Notice.objects.filter(body_kk__contains=name).exists()
