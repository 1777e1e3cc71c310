"""Letters as they are read: her own, and what was sent to people of a scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.mail.models import Letter
from orken.network import policy
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.notices.models import Delivery, Notice
from orken.people.models import Account


def inbox(account: Account) -> QuerySet[Notice]:
    """Everything that was told to her, the newest first."""
    return Notice.objects.filter(person=account.person_id).order_by("-created_at", "-pk")


def unread(account: Account) -> int:
    """How many she has not opened; asked once per request (kept on the account object)."""
    found: int | None = getattr(account, "_unread", None)
    if found is None:
        found = Notice.objects.filter(person=account.person_id, read_at=None).count()
        account._unread = found  # type: ignore[attr-defined]  # a memo for one request
    return found


def sent(account: Account) -> QuerySet[Notice]:
    """What was sent to people of her scope, and what she sent herself, with how the letter by mail stands."""
    by_mail = Delivery.objects.filter(notice=OuterRef("pk"), channel=Delivery.Channel.MAIL)
    by_hand = Delivery.objects.filter(notice=OuterRef("pk")).exclude(channel=Delivery.Channel.MAIL)
    letter = Letter.objects.filter(key=OuterRef("letter_key"))
    return (
        Notice.objects.filter(_in(policy.scope(account, Permission.NOTICE_VIEW)) | Q(by_id=account.pk))
        .select_related("person")
        .annotate(
            mail_state=Subquery(by_mail.values("state")[:1]),
            letter_key=Subquery(by_mail.values("letter_key")[:1]),
            by_hand=Subquery(by_hand.values("channel")[:1]),
        )
        .annotate(letter_state=Subquery(letter.values("state")[:1]))
    )


def may_see_sent(account: Account) -> bool:
    """Whether there is anything for her to look at: a scope, or a letter that she caused."""
    return bool(policy.scope(account, Permission.NOTICE_VIEW)) or Notice.objects.filter(by_id=account.pk).exists()


def _in(scope: Scope) -> Q:
    condition = Q(pk__in=[])
    for path in scope.paths:
        condition |= Q(scope_path__gte=path, scope_path__lt=path[:-1] + "0")
    return condition


# How a notice stands, told by its mail: what the sender has to know first.
STANDING: dict[str, tuple[str, str | Promise]] = {
    "read": ("ok", _("read")),
    "sent": ("info", _("sent")),
    "waiting": ("wait", _("in the outbox")),
    "held": ("wait", _("waits for its hour")),
    "failed": ("stop", _("the mail was refused")),
    "unwanted": ("", _("only on her page")),
    "no_address": ("wait", _("no address")),
    "by_hand": ("ok", _("handed over")),
}


def standing(notice: Notice) -> str:
    """One word of STANDING for a row of `sent`."""
    if notice.read_at is not None:
        return "read"
    if notice.by_hand:  # type: ignore[attr-defined]  # annotated by `sent`
        return "by_hand"
    state = notice.mail_state  # type: ignore[attr-defined]  # as above
    if state == Delivery.State.POSTED:
        return str(notice.letter_state or "waiting")  # type: ignore[attr-defined]  # as above
    return str(state or "no_address")


def stands(word: str) -> Q:
    """The same as a condition on rows of `sent`."""
    fresh, plain = Q(read_at=None), Q(read_at=None, by_hand=None)
    match word:
        case "read":
            return ~fresh
        case "by_hand":
            return fresh & ~Q(by_hand=None)
        case "waiting":
            return plain & Q(mail_state="posted") & (Q(letter_state="waiting") | Q(letter_state=None))
        case "sent" | "failed":
            return plain & Q(mail_state="posted", letter_state=word)
        case "no_address":
            return plain & (Q(mail_state="no_address") | Q(mail_state=None))
    return plain & Q(mail_state=word)


@dataclass(frozen=True)
class Stop:
    """One moment on the way of a notice."""

    at: datetime | None
    what: str | Promise
    tone: str
    why: str | Promise = ""


# What the mail server said, in words; the name of the fault stays for the operator in the outbox itself.
REASONS: dict[str, str | Promise] = {
    "": "",
    "SMTPRecipientsRefused": _("there is no such address"),
    "SMTPSenderRefused": _("our own address was refused"),
    "SMTPAuthenticationError": _("the mail server did not let us in"),
    "ConnectionRefusedError": _("the mail server does not answer"),
    "TimeoutError": _("the mail server does not answer"),
    "gaierror": _("the mail server does not answer"),
}


def _reason(letter: Letter) -> str | Promise:
    return REASONS.get(letter.reason, _("the mail server did not take it"))


def way_of(notice: Notice) -> list[Stop]:
    """Everything that happened to a notice, in order."""
    found = [Stop(notice.created_at, _("written"), "")]
    keys = [row.letter_key for row in notice.deliveries.all() if row.letter_key]
    letters = {letter.key: letter for letter in Letter.objects.filter(key__in=keys)}
    for row in notice.deliveries.all():
        letter = letters.get(row.letter_key)
        if row.state == Delivery.State.HELD:
            found.append(Stop(row.due_at, _("goes by mail"), "wait"))
        elif letter is None:
            found.append(Stop(row.at, f"{row.get_channel_display()}: {row.get_state_display()}", ""))
        elif letter.state == Letter.State.SENT:
            found.append(Stop(letter.sent_at, _("sent by mail"), "info"))
        elif letter.state == Letter.State.FAILED:
            found.append(Stop(letter.created_at, _("the mail was refused"), "stop", _reason(letter)))
        else:
            found.append(Stop(letter.created_at, _("in the outbox"), "wait", _reason(letter)))
    if notice.read_at is not None:
        found.append(Stop(notice.read_at, _("read on the page"), "ok"))
    return sorted(found, key=lambda stop: (stop.at is None, stop.at))
