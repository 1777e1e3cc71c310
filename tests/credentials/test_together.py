"""Two at once: workers on one batch, registrars with the same people, batches under one prefix. No twin, no gap, nobody twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orken.credentials import services
from orken.credentials.models import Badge, Batch, Certificate, LedgerRow
from orken.kit import demo
from tests.credentials.conftest import DATED, broken, row, some
from tests.network.test_together import TOGETHER, at_once

Asked = Callable[..., Batch]


@pytest.fixture
def committed(transactional_db: None) -> None:
    demo.make()


def whole(batch: Batch) -> list[int]:
    return list(batch.certificates.order_by("taken__sequence").values_list("taken__sequence", flat=True))


def test_many_at_once(committed: None, asked: Asked) -> None:
    """One story, for the country is made anew before each: workers meet on a batch, then registrars over the same people."""
    batch = asked(8)
    assert (
        at_once(
            lambda n: services.prepare(
                batch=Batch.objects.select_related("prefix__issuer", "prefix__unit").get(pk=batch.pk)
            )
        )
        == []
    )
    numbers = whole(batch)
    assert len(numbers) == 8 and numbers == list(range(numbers[0], numbers[0] + 8))

    services.draw(batch=batch)
    services.sign(batch=batch, on=DATED, by=None)
    assert (
        at_once(
            lambda n: services.issue(batch=Batch.objects.select_related("prefix__issuer").get(pk=batch.pk), by=None)
        )
        == []
    )
    assert (
        Badge.objects.filter(certificate__batch=batch).count()
        == 8
        == LedgerRow.objects.filter(certificate__batch=batch).count()
    )

    people = [row(post) for post in some(5, "KZ-11")]
    batches = [asked(people) for _n in range(TOGETHER)]
    unfit = []

    def prepared(number: int) -> None:
        found = Batch.objects.select_related("prefix__issuer", "prefix__unit").get(pk=batches[number].pk)
        unfit.extend(services.prepare(batch=found))

    assert at_once(prepared) == []
    made = Certificate.objects.filter(source__in=[one.source for one in people])
    assert made.count() == 5 and len(unfit) == 5 * (TOGETHER - 1)

    one = batch.certificates.all()[0]
    refused = at_once(lambda n: services.revoke(certificate=one, reason=f"{n}", by=None))
    assert len(refused) == TOGETHER - 1 and one.steps.filter(verb="revoke").count() == 1
    assert (
        at_once(lambda n: services.duplicate(certificate=batch.certificates.all()[1], reason="Жоғалды", by=None)) == []
    )
    assert list(batch.certificates.all()[1].copies.values_list("number", flat=True)) == list(range(1, TOGETHER + 1))
    assert broken() == set()
