"""Opening, renaming, moving, closing, reopening and undoing in any order and on any days leave a tree on every day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from orken.kit.audit import invariants
from orken.network import services
from orken.network.models import Unit, UnitName, UnitPlace
from orken.people.models import Account

FIRST = date(2026, 9, 1)
# A few days before and after today's, so that pasts and futures meet.
days = st.integers(min_value=0, max_value=400).map(lambda number: FIRST + timedelta(days=number))
RULES = ("network.circles", "network.parents", "network.kinds", "network.copies", "network.paths", "network.days")


class Tree(RuleBasedStateMachine):
    """Institutions of other departments, which may stand under one another, below one region."""

    units = Bundle("units")
    batches = Bundle("batches")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.number = 0
        self.by = Account.objects.get(login="national")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def do(self, verb: Any, **given: Any) -> Any:
        """The verb with a batch of its own; refused is as good as done, as long as nothing is left of it."""
        batch = uuid4()
        with suppress(services.Refusal):
            verb(by=self.by, batch=batch, **given)
            return batch
        return None

    @initialize(target=units)
    def region(self) -> str:
        return "KZ-55"

    @rule(target=units, parent=units, on=days)
    def open(self, parent: str, on: date) -> Any:
        self.number += 1
        code = f"OTH-{self.number}"
        done = self.do(services.open_unit, code=code, kind="other", parent=unit(parent), names={"name_kk": code}, on=on)
        return code if done else multiple()

    @rule(target=batches, code=units, on=days, word=st.sampled_from("абвгд"), onward=st.booleans())
    def rename(self, code: str, on: date, word: str, onward: bool) -> Any:
        if code == "KZ-55":
            return multiple()
        return self.do(
            services.rename_unit, unit=unit(code), names={"name_kk": f"{code} {word}"}, on=on, onward=onward
        ) or multiple()  # fmt: skip

    @rule(target=batches, code=units, parent=units, on=days, onward=st.booleans())
    def move(self, code: str, parent: str, on: date, onward: bool) -> Any:
        return self.do(services.move_unit, unit=unit(code), parent=unit(parent), on=on, onward=onward) or multiple()

    @rule(target=batches, code=units, on=days)
    def close(self, code: str, on: date) -> Any:
        return self.do(services.close_unit, unit=unit(code), on=on) or multiple()

    @rule(target=batches, code=units, parent=units, on=days)
    def reopen(self, code: str, parent: str, on: date) -> Any:
        return self.do(services.reopen_unit, unit=unit(code), parent=unit(parent), on=on) or multiple()

    @rule(batch=consumes(batches))
    def undo(self, batch: UUID) -> None:
        with suppress(services.Refusal, services.CannotUndo):
            services.undo(batch=batch, by=self.by)

    @rule(code=units, on=days)
    def a_day_comes(self, code: str, on: date) -> None:
        services.bring_up_to_today()

    @invariant()
    def it_is_a_tree_on_every_day(self) -> None:
        broken = {name: rows for name, rows in invariants.run(*RULES) if rows}
        assert not broken, broken
        # Asked once more in the plainest way, day by day, beside the structure that the verbs use.
        places = list(UnitPlace.objects.live().filter(unit__code__startswith="OTH-"))
        ends = {row.valid_from for row in places} | {row.valid_to for row in places if row.valid_to}
        for day in ends:
            standing = {row.unit_id: row.parent_id for row in UnitPlace.objects.at(day)}
            for row in places:
                if row.holds(day):
                    way, seek = [], row.unit_id
                    while seek is not None:
                        assert seek not in way, "a circle"
                        assert seek in standing, "a parent that is not there"
                        way.append(seek)
                        seek = standing[seek]

    @invariant()
    def every_unit_has_a_name_on_every_day_of_its_life(self) -> None:
        for place in UnitPlace.objects.live().filter(unit__code__startswith="OTH-"):
            for day in (place.valid_from, place.valid_to or FIRST + timedelta(days=999)):
                assert UnitName.objects.at(day).filter(unit=place.unit_id).count() == 1 or day == place.valid_to


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


@pytest.mark.usefixtures("country")
def test_any_order_of_changes_leaves_a_tree_on_every_day() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Tree,
        settings=settings(
            max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
