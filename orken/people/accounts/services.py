"""The verbs of accounts. Who may call them for whom is decided above, in network.invitations: people know no scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.people import events
from orken.people.accounts import codes, logins, second_steps
from orken.people.models import Account, Invitation, Person

# A slip travels by post to a village and waits for a quiet day; a letter is read within the week.
LASTS = {
    Invitation.Way.SLIP: timedelta(days=30),
    Invitation.Way.MAIL: timedelta(days=7),
    Invitation.Way.MESSENGER: timedelta(days=3),
}


class EmailTaken(Exception):
    """Another account has this address."""


class NotReachable(Exception):
    """There is no address to send the letter to."""


class CodeIsDead(Exception):
    """The code was used, withdrawn or is too old."""


@dataclass(frozen=True)
class Issued:
    """A code in clear, this once: it is shown, printed or sent, and then nobody knows it."""

    invitation: Invitation
    code: str

    @property
    def grouped(self) -> str:
        return codes.grouped(self.code)


@transaction.atomic
def issue(
    *,
    person: Person,
    way: Invitation.Way,
    by: Account | None,
    scope_path: str,
    email: str = "",
    language: str = "",
    clears_second_steps: bool = False,
) -> Issued:
    """Give `person` a one-time code; her account is opened when she has none. An older code dies.

    `email` and `language` are taken over into the account when given. Raises EmailTaken, and
    NotReachable when the way is mail and no address is known.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    account, opened = _account_of(person, email.strip().lower(), language)  # allauth looks for small letters
    if way == Invitation.Way.MAIL and not account.email:
        raise NotReachable
    now = timezone.now()
    Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    first = not account.has_usable_password() and not account.invitations.filter(used_at__isnull=False).exists()
    code = codes.new()
    invitation = Invitation.objects.create(
        account=account, purpose=Invitation.Purpose.FIRST if first else Invitation.Purpose.RENEWAL, way=way,
        code_hash=codes.kept(code), clears_second_steps=clears_second_steps and not first,
        by_id=by.pk if by else None, by_name=str(by)[:300] if by else "", created_at=now, expires_at=now + LASTS[way],
    )  # fmt: skip
    after = {"way": str(way), "until": timezone.localdate(invitation.expires_at).isoformat()}
    if invitation.clears_second_steps:
        after["clears"] = "second steps"
    verb = "account.opened" if opened else "account.invited" if first else "account.code_renewed"
    audit.record(verb, account, by=by, scope_path=scope_path, after=after)
    events.invited.send(sender=Invitation, invitation=invitation, code=code, by=by)
    return Issued(invitation, code)


def _account_of(person: Person, email: str, language: str) -> tuple[Account, bool]:
    account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
    opened = account is None
    if account is None:
        account = Account(person=person, login=logins.suggest(person), language=language)
        account.set_unusable_password()
    if email and email.casefold() != account.email.casefold():
        if Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
            raise EmailTaken
        account.email = email
    if language and not account.has_usable_password():
        account.language = language
    account.save()
    return account, opened


def find(code: str) -> Invitation | None:
    """The open invitation of a code, None when there is none (any more)."""
    found = Invitation.objects.filter(code_hash=codes.kept(code)).select_related("account__person").first()
    return found if found is not None and found.open and found.account.is_active else None


@transaction.atomic
def accept(*, invitation: Invitation, password: str, language: str, now: datetime | None = None) -> Account:
    """Use the code: her own password and language hold from now on. Raises CodeIsDead."""
    moment = now or timezone.now()
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.used_at or invitation.withdrawn_at or invitation.expires_at <= moment:
        raise CodeIsDead
    account = Account.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation.account_id)
    if not account.is_active:
        raise CodeIsDead
    invitation.used_at = moment
    invitation.save(update_fields=["used_at"])
    account.set_password(password)
    account.language = language
    account.save(update_fields=["password", "language"])
    if invitation.clears_second_steps:
        second_steps.clear(account)
    audit.record("account.code_used", account, by=account, after={"purpose": invitation.purpose})
    if invitation.purpose == Invitation.Purpose.RENEWAL:
        events.password_changed.send(sender=Account, account=account, what="code", at=moment)
    return account


@transaction.atomic
def set_language(*, account: Account, language: str) -> None:
    """The language of her letters, and of an address that names none."""
    account.language = language
    account.save(update_fields=["language"])
    audit.record("account.language_set", account, by=account, after={"language": language})


@transaction.atomic
def set_email(*, account: Account, email: str) -> None:
    """Where her letters go; empty: nowhere. Raises EmailTaken."""
    email = email.strip().lower()
    if email and Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
        raise EmailTaken
    account.email = email
    account.save(update_fields=["email"])
    audit.record("account.email_set", account, by=account, note="the address itself is not kept in the trail")


@transaction.atomic
def erase(*, person: Person, by: Account | None, scope_path: str) -> None:
    """Close her account for good: nothing of it tells who she was, nobody signs in by it, every session ends.

    The row stays, since the trail and saved views point to its number.
    """
    account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
    if account is None:
        return
    now = timezone.now()
    Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    second_steps.clear(account)
    for session in UserSession.objects.filter(user_id=account.pk):
        session.end()
    account.login, account.email, account.language, account.is_active = f"erased-{account.pk}", "", "", False
    account.set_unusable_password()
    account.save()
    audit.record("account.erased", account, by=by, scope_path=scope_path)
