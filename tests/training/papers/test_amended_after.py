"""An order that was amended after its certificates were issued: they keep what they rest on, and the order says by what it was changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from orken.credentials import services as credentials
from orken.credentials.models import Certificate
from orken.kit.audit import invariants
from orken.network.models import Unit
from orken.people.models import Account
from orken.records.models import Paper
from orken.training.models import Run
from tests.credentials.conftest import common, lead, row, some
from tests.training.papers.test_orders import confirmed, signed

Accounts = Callable[[str], Account]
Held = Callable[..., Run]


@pytest.fixture
def issued(held: Held, account: Accounts, minutes: dict[int, int], country: Callable[[str], Unit]) -> Callable[[], tuple[Run, Paper]]:  # fmt: skip
    """A run of the Library whose order to complete is in force, and a certificate that was issued on that order."""

    def made() -> tuple[Run, Paper]:
        run = held(2)
        Run.objects.filter(pk=run.pk).update(host=country("NL"))
        run = Run.objects.get(pk=run.pk)
        confirmed(run, account("national"), minutes)
        order = signed(run, "order.complete")
        batch = credentials.issue_batch(
            unit=country("NL"), source=f"training.run:{run.code}", source_address="", title={"kk": run.title_kk, "ru": run.title_kk},
            common=common(order=order.code, ordered_on=order.on), rows=[row(some(1)[0])], by=None,
        )  # fmt: skip
        lead(batch)
        return run, order

    return made


@pytest.mark.parametrize(
    ("kind", "state"), [("order.amend", Paper.State.AMENDED), ("order.cancel", Paper.State.CANCELLED)]
)
def test_certificates_keep_the_order_they_rest_on(issued: Callable[[], tuple[Run, Paper]], kind: str, state: str, browse: Callable[[str], Client]) -> None:  # fmt: skip
    run, order = issued()

    one = Certificate.objects.get(data__order=order.code)
    before = (one.data, one.digest, one.state)
    other = signed(run, kind, papers=[str(order.pk)], text_kk="2-тармақ өзгертілсін", text_ru="Изменить пункт 2")
    order.refresh_from_db()
    one.refresh_from_db()
    assert order.state == state and (one.data, one.digest, one.state) == before
    told = browse("registrar").get(order.get_absolute_url()).content.decode()
    assert other.code in told, "whoever looks the order up is led to what changed it"
    assert order.code in browse("registrar").get(one.get_absolute_url()).content.decode()
    assert [rule for rule, found in invariants.run("records", "credentials") if found] == []
