"""The life of a certificate, of training that was held outside, and of a past record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.credentials.models import Certificate, OutsideTraining, PastRecord
from orken.kit.states import States, Text, Way

S, T, P = Certificate.State, OutsideTraining.State, PastRecord.State


def _drawn(row: Certificate) -> Text | None:
    return None if row.pdf_id else _("Its paper is not drawn yet.")


CERTIFICATE = States(
    "certificate",
    S,
    [
        Way("sign", _("Note as signed"), (S.PREPARED,), S.SIGNED, conditions=(_drawn,)),
        Way("issue", _("Issue"), (S.SIGNED,), S.ISSUED),
        Way("spoil", _("Spoil"), (S.PREPARED, S.SIGNED), S.SPOILED, needs_reason=True, grave=True),
        Way("replace", _("Replace"), (S.ISSUED,), S.REPLACED, needs_reason=True),
        Way("revoke", _("Revoke"), (S.ISSUED,), S.REVOKED, needs_reason=True, grave=True),
    ],
    first=S.PREPARED,
)

OUTSIDE = States(
    "outside-training",
    T,
    [
        Way("recognise", _("Recognise"), (T.SENT,), T.RECOGNISED),
        Way("decline", _("Decline"), (T.SENT,), T.DECLINED, needs_reason=True, grave=True),
        Way("withdraw", _("Take back"), (T.SENT,), T.WITHDRAWN),
    ],
    first=T.SENT,
)

PAST = States(
    "past-record",
    P,
    [
        Way("vouch", _("Vouch for it"), (P.SENT,), P.CONFIRMED),
        Way("refuse", pgettext_lazy("a claim", "Refuse"), (P.SENT,), P.REFUSED, needs_reason=True, grave=True),
        Way("withdraw", _("Take back"), (P.SENT,), P.WITHDRAWN),
        Way("strike", _("Strike out"), (P.CONFIRMED,), P.STRUCK, needs_reason=True, grave=True),
        Way("undo", _("Take back with its register"), (P.CONFIRMED,), P.UNDONE),
        Way("reopen", _("Let her claim wait again"), (P.CONFIRMED,), P.SENT),
    ],
    first=P.SENT,
)
