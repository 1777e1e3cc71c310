"""Whoever has a result is told, inside the transaction of the sheet."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import override

from orken.notices import services as notices
from orken.people.models import Account
from orken.training import events
from orken.training.models import Outcome, Result, ResultSheet
from orken.training.results import selectors

LANGUAGES = ("kk", "ru", "en")


@receiver(events.results_confirmed)
def tell(sender: type[ResultSheet], sheet: ResultSheet, results: list[Result], by: Account | None, **rest: Any) -> None:
    """Passed, or what is lacking line by line in each language."""
    run = sheet.run
    for result in results:
        person = result.enrolment.person
        if person.erased_at is not None:
            continue
        facts: dict[str, Any] = {"run": {code: getattr(run, f"title_{code}") for code in LANGUAGES}}
        passed = result.outcome == Outcome.PASSED
        if not passed:
            facts["why"] = {code: lacking(result, code) for code in LANGUAGES}
        notices.send(
            kind="training.result_passed" if passed else "training.result_not_passed", to=person, facts=facts, about=run,
            by=by, page="/results/", key=f"training.result:{result.pk}",
        )  # fmt: skip


def lacking(result: Result, language: str) -> str:
    with override(language):
        return "\n".join(f"• {line.text}" for line in selectors.lines_of(result) if not line.holds)
