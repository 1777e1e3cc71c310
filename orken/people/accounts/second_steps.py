"""The second step of sign-in: an app with figures, a passkey, a security key."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from orken.people import sealing
from orken.people.models import Account

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes stand in for one of these


def has_one(account: Account) -> bool:
    """Whether a second step is set up; asked once per request (kept on the account object)."""
    found: bool | None = getattr(account, "_second_step", None)
    if found is None:
        found = Authenticator.objects.filter(user_id=account.pk, type__in=STEPS).exists()
        account._second_step = found  # type: ignore[attr-defined]  # a memo for one request
    return found


def came_by_the_demo_door(account: Account) -> bool:
    """A persona of the demo: she has no password, so one click on the demo page is her only way in (decision 0011)."""
    return bool(settings.DEMO) and not account.has_usable_password()


def clear(account: Account) -> int:
    """Remove every second step, because the telephone or key is lost; answers how many."""
    gone: int = Authenticator.objects.filter(user_id=account.pk).delete()[0]
    return gone


SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@transaction.atomic
def reseal() -> int:
    """Seal every secret of a second step by the newest key; answers how many were sealed anew."""
    changed = 0
    for step in Authenticator.objects.select_for_update().filter(type__in=SEALED).order_by("pk"):
        field = SEALED[step.type]
        token = step.data.get(field, "")
        if token and not sealing.sealed_now(token):
            step.data[field] = sealing.seal(sealing.unseal(token))
            step.save(update_fields=["data"])
            changed += 1
    return changed
