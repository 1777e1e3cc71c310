"""A few letters of the demo country, told at the frozen moment; nothing of them leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from orken.kit.demo import Stage
from orken.kit.i18n.content import LANGUAGES
from orken.network.models import RoleAssignment
from orken.notices import receivers
from orken.notices.kinds import kinds
from orken.notices.models import Delivery, Notice
from orken.notices.services import word
from orken.people.models import Account, Person

# Who was told of her role, how many days before, and whether she has read it.
TOLD = (
    ("pavlodar", 12, True),
    ("head", 9, False),
    ("national", 20, True),
    ("registrar", 6, False),
    ("mentor", 3, False),
)


def build(stage: Stage) -> None:
    accounts: dict[str, Account] = stage.made.get("accounts", {})
    for login, days, read in TOLD:
        account = accounts.get(login)
        assignment = (
            RoleAssignment.objects.live().filter(person=account.person_id).select_related("unit", "person").first()
            if account is not None
            else None
        )
        if account is None or assignment is None:
            continue
        facts = {
            "role": receivers.role_words(assignment.role), "unit": receivers.name_words(assignment.unit),
            "since": assignment.valid_from, "by": receivers.SYSTEM,
        }  # fmt: skip
        _told(stage, "role.given", account.person, facts, f"demo:{login}", days, read, assignment.unit.path)


def _told(
    stage: Stage, code: str, person: Person, facts: dict[str, Any], key: str, days: int, read: bool, path: str
) -> None:
    """A notice as `services.send` writes it, on a day before the frozen moment and without a letter."""
    kind = kinds[code]
    worded = {language: word(kind.texts[language], facts, person, language) for language in LANGUAGES}
    at = stage.recorded_at - timedelta(days=days)
    notice = Notice.objects.create(
        key=key, kind=code, person=person, language="kk", versions=dict.fromkeys(LANGUAGES, 0), page="/desk/",
        created_at=at, read_at=at + timedelta(hours=5) if read else None, scope_path=path,
        **{f"subject_{language}": text.subject for language, text in worded.items()},
        **{f"body_{language}": text.body for language, text in worded.items()},
    )  # fmt: skip
    Delivery.objects.create(notice=notice, channel=Delivery.Channel.MAIL, state=Delivery.State.NO_ADDRESS, at=at)
