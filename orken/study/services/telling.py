"""A trainer writes to some of her group: those who are stuck, those who have not begun, all."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from orken.kit.audit import services as audit
from orken.kit.i18n.content import current_language
from orken.notices import services as notices
from orken.people.models import Account
from orken.study import policy
from orken.study.models import Message
from orken.training.models import Enrolment, Run

LANGUAGES = ("kk", "ru", "en")


class NobodyChosen(Exception):
    """A message needs somebody to read it."""


@transaction.atomic
def message(*, run: Run, to: Collection[int], text: str, by: Account, press: UUID) -> Message:
    """Tell learners of this run something; each is told once, however often she is named or it is pressed. Raises OutOfScope, NobodyChosen."""
    policy.require_teaching(by, run)
    standing = Message.objects.filter(press=press).first()
    if standing is not None:
        return standing
    rows = list(Enrolment.objects.filter(run=run, pk__in=to, state__in=policy.LEARNING).select_related("person"))
    if not rows:
        raise NobodyChosen(run.code)
    made = Message.objects.create(run=run, text=text.strip()[:1500], language=current_language(), by=by, press=press)
    made.to.set(rows)
    title = {code: getattr(run, f"title_{code}") for code in LANGUAGES}
    for row in rows:
        notices.send(
            kind="study.message", to=row.person, facts={"run": title, "who": {code: by.person.full_name(code) for code in LANGUAGES}, "text": made.text},
            about=run, by=by, page=f"/study/{run.code}/", key=f"study.message:{made.pk}:{row.pk}",
        )  # fmt: skip
    audit.record("study.told", run, by=by, scope_path=run.host.path, after={"people": len(rows)})
    return made
