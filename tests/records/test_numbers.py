"""Numbers of papers: no gap and no twin, whatever happens at once, is undone or dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from orken.kit import demo
from orken.kit.audit.models import AuditEvent
from orken.network.models import Unit
from orken.people.models import Account
from orken.records import invariants, numbers
from orken.records.models import Number, Series

Country = Callable[[str], Unit]
ORDER: dict[str, Any] = {"series": "test-order", "year": 2026, "by": None, "for_kind": "order.test"}


def sequence(unit: Unit, code: str = "test-order") -> list[int]:
    return list(Number.objects.filter(series__issuer=unit, series__code=code).values_list("sequence", flat=True))


def test_numbers_count_up_from_one_apart_for_each_issuer_series_and_year(country: Country) -> None:
    library, region = country("NL"), country("KZ-55")
    taken = [numbers.take(issuer=library, **ORDER) for _ in range(3)]
    assert [one.sequence for one in taken] == [1, 2, 3]
    assert numbers.take(issuer=region, **ORDER).sequence == 1
    assert numbers.take(issuer=library, **ORDER | {"year": 2027}).sequence == 1
    assert numbers.take(issuer=library, **ORDER | {"series": "test-sheet"}).sequence == 1
    assert taken[0].year == 2026


def test_many_numbers_are_taken_in_a_row_with_the_same_few_queries(
    country: Country, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    library = country("NL")
    numbers.take(issuer=library, **ORDER)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        taken = numbers.take_many(count=500, issuer=library, **ORDER)
    assert [one.sequence for one in taken] == list(range(2, 502))
    assert {one.pk for one in taken} <= set(Number.objects.values_list("pk", flat=True))
    assert numbers.take_many(count=0, issuer=library, **ORDER) == []


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_only_together_with_what_bears_it() -> None:
    demo.make()
    library = Unit.objects.get(code="NL")
    with pytest.raises(numbers.OutsideTransaction):
        numbers.take(issuer=library, **ORDER)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        numbers.take(issuer=library, **ORDER)
        1 / 0  # noqa: B018  # the paper could not be written
    with transaction.atomic():
        assert numbers.take(issuer=library, **ORDER).sequence == 1, "what was rolled back left no gap"


def test_a_spoiled_number_stays_with_its_reason_and_is_not_given_again(
    country: Country, account: Callable[[str], Account]
) -> None:
    library, by = country("NL"), account("registrar")
    spoiled = numbers.spoil(number=numbers.take(issuer=library, **ORDER), reason="  бланк   жыртылды ", by=by)
    assert (spoiled.state, spoiled.reason) == ("spoiled", "бланк жыртылды")
    assert numbers.take(issuer=library, **ORDER).sequence == 2
    row = AuditEvent.objects.get(verb="number.spoiled", target_id=str(spoiled.pk))
    assert row.after["reason"] == "бланк жыртылды" and row.scope_path == library.path
    with pytest.raises(numbers.CannotSpoil):
        numbers.spoil(number=spoiled, reason="тағы", by=by)
    with pytest.raises(numbers.CannotSpoil):
        numbers.skip(issuer=library, reason=" ", **ORDER)


def test_the_database_itself_refuses_a_twin_and_a_spoiled_number_without_a_reason(country: Country) -> None:
    number = numbers.take(issuer=country("NL"), **ORDER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Number.objects.create(series=number.series, sequence=number.sequence, for_kind="order.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Number.objects.filter(pk=number.pk).update(state="spoiled")


def test_the_audit_finds_a_gap_and_a_number_that_nobody_bears(country: Country) -> None:
    first, second = (numbers.take(issuer=country("NL"), **ORDER) for _ in range(2))
    borne = "was taken, no paper bears it, and nobody says why"
    assert [one.why for one in invariants.all_borne()] == [borne, borne]
    assert list(invariants.no_gaps()) == []
    numbers.spoil(number=first, reason="жыртылды", by=None)
    assert [one.row.split(" of ")[0] for one in invariants.all_borne()] == [str(second)]
    numbers.register_holder("test", lambda: Number.objects.filter(for_kind="order.test", state="taken"))
    numbers.register_holder("twin", lambda: Number.objects.filter(pk=second.pk))
    try:
        assert [one.why for one in invariants.all_borne()] == ["stands on 2 papers"]
    finally:
        for name in ("test", "twin"):
            numbers.forget_holder(name)
    Number.objects.filter(pk=first.pk).delete()
    assert [one.why for one in invariants.no_gaps()] == ["1 numbers, the last is 2"]


@pytest.mark.django_db
@hypothesis(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["take", "many", "spoil", "fail", "skip"]), st.sampled_from(["a", "b"]), st.integers(1, 7)),
        max_size=25,
    )
)  # fmt: skip
def test_any_order_of_steps_leaves_a_row_without_gap_or_twin(
    country: Country, steps: list[tuple[str, str, int]]
) -> None:
    library = country("NL")
    with transaction.atomic():
        for step, code, many in steps:
            line: dict[str, Any] = {**ORDER, "series": f"any-{code}"}
            if step == "take":
                numbers.take(issuer=library, **line)
            elif step == "many":
                numbers.take_many(count=many, issuer=library, **line)
            elif step == "skip":
                numbers.skip(issuer=library, reason="жыртылды", **line)
            elif step == "spoil":
                live = Number.objects.filter(series__code=f"any-{code}", state="taken").first()
                if live is not None:
                    numbers.spoil(number=live, reason="жыртылды", by=None)
            else:
                with pytest.raises(ZeroDivisionError), transaction.atomic():
                    numbers.take_many(count=many, issuer=library, **line)
                    1 / 0  # noqa: B018
        for series in Series.objects.filter(code__startswith="any-"):
            found = sequence(library, series.code)
            assert found == list(range(1, series.last + 1))
        assert list(invariants.no_gaps()) == []
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_registrars_at_once_get_numbers_without_gap_or_twin() -> None:
    """Each writes down four, every third of them comes to nothing; also the first of a year is begun by several at once."""
    demo.make()
    library = Unit.objects.get(code="NL")
    gate = threading.Barrier(6)
    refusals: list[Exception] = []

    def registrar(place: int) -> None:
        try:
            gate.wait()
            for one in range(4):
                try:
                    with transaction.atomic():
                        numbers.take(issuer=library, **ORDER)
                        if (place + one) % 3 == 0:
                            raise InterruptedError
                except InterruptedError:
                    pass
        except Exception as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=registrar, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals == []
    found = sequence(library)
    assert len(found) == 16 and all(after - before == 1 for before, after in pairwise([0, *found]))
    assert list(invariants.no_gaps()) == []


DYING = """
import django; django.setup()
from django.db import transaction
from orken.network.models import Unit
from orken.records import numbers
with transaction.atomic():
    numbers.take_many(count=5, issuer=Unit.objects.get(code="NL"), series="test-order", year=2026, by=None, for_kind="order.test")
    print("taken", flush=True)
    import time; time.sleep(60)
"""


@pytest.mark.django_db(transaction=True)
def test_who_is_killed_in_the_middle_leaves_no_gap() -> None:
    demo.make()
    library = Unit.objects.get(code="NL")
    with transaction.atomic():
        numbers.take(issuer=library, **ORDER)
    own = settings.DATABASES["default"]
    name = str(connection.settings_dict["NAME"])
    address = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"postgres://{own['USER']}:{own.get('PASSWORD') or ''}@{own['HOST']}:{own['PORT']}/{name}"  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", DYING], stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "orken.config.settings", "ORKEN_DATABASE_URL": address},
    )  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "taken\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    with transaction.atomic():
        assert numbers.take(issuer=library, **ORDER).sequence == 2
    assert sequence(library) == [1, 2]
