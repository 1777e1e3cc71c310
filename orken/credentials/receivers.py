"""Who is told of a claim and of what was decided; what becomes of claims and registers when a person is erased."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from orken.credentials import events
from orken.credentials.models import OutsideTraining, PastRecord, PastRow, Told
from orken.credentials.services import forgetting
from orken.kit.i18n.content import LANGUAGES
from orken.network import policy as network
from orken.network.roles import Permission
from orken.notices import services as notices
from orken.people import events as people
from orken.people.models import Account, Person

SYSTEM = {"kk": "жүйе", "ru": "система", "en": "the system"}
KINDS: dict[str, str] = {
    OutsideTraining.State.RECOGNISED: "credentials.claim_vouched", OutsideTraining.State.DECLINED: "credentials.claim_refused",
    PastRecord.State.CONFIRMED: "credentials.claim_vouched", PastRecord.State.REFUSED: "credentials.claim_refused",
    PastRecord.State.STRUCK: "credentials.past_struck",
}  # fmt: skip


def connect() -> None:
    events.claimed.connect(claimed, dispatch_uid="credentials.claimed")
    events.decided.connect(decided, dispatch_uid="credentials.decided")
    people.erasing.connect(erasing, dispatch_uid="credentials.erasing")


def _page(claim: Told) -> str:
    return f"/past-records/{claim.pk}/" if isinstance(claim, PastRecord) else f"/outside-training/{claim.pk}/"


def _alike(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


def claimed(sender: Any, claim: Any, by: Account, **more: Any) -> None:
    """The nearest who may vouch for it: the methodologist of her region, and where there is none the National Library's."""
    facts = {
        "who": {code: claim.person.full_name(code) for code in LANGUAGES}, "title": _alike(claim.title),
        "unit": {code: getattr(claim.unit, f"name_{code}") or claim.unit.name_kk for code in LANGUAGES},
    }  # fmt: skip
    for account in network.nearest(Permission.CREDENTIAL_VOUCH, claim.unit.path, besides=claim.person_id):
        notices.send(
            kind="credentials.claim_waits", to=account.person, facts=facts, about=claim, by=None, page=_page(claim)
        )  # by nobody: whoever writes letters sees what became of them, and a claim is no letter of hers


def decided(sender: Any, claim: Any, by: Account, **more: Any) -> None:
    """She hears who decided and, when it does not count, why."""
    kind = KINDS[claim.state]
    facts: dict[str, Any] = {
        "title": _alike(claim.title),
        "by": {code: by.person.short_name(code) for code in LANGUAGES},
    }
    facts |= {"hours": _alike(str(claim.hours))} if kind == "credentials.claim_vouched" else {"reason": _alike(claim.reason)}  # fmt: skip
    notices.send(kind=kind, to=claim.person, facts=facts, about=claim, by=by, page="/my/record/")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """Her words and papers go where no duty keeps them; rows of registers that call her by her name forget it."""
    forgetting.forget(person=person, names=names)
    for row in PastRow.objects.filter(Q(person=person) | Q(person=None, name__in=names)):
        if row.person_id == person.pk or person.pk in row.candidates:
            forgetting.wipe_row(row)
