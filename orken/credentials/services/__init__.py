"""The verbs of certificates and hours: keyword-only, one transaction, one audit row."""

from orken.credentials.services.ending import duplicate, replace, revoke, spoil
from orken.credentials.services.handing import hand_over, note_printed, strike_hand_over
from orken.credentials.services.issuing import issue, issue_now, sign
from orken.credentials.services.observing import Sight, observe
from orken.credentials.services.outside import decline, recognise, send_outside, withdraw
from orken.credentials.services.past import claim, refuse, strike, vouch, withdraw_claim
from orken.credentials.services.preparing import (
    BeingPrepared,
    Common,
    NoPrefix,
    NothingToIssue,
    Row,
    draw,
    issue_batch,
    left_out,
    prepare,
)
from orken.credentials.services.refusals import Refused
from orken.credentials.services.ruling import end_rule, state_rule
from orken.credentials.services.speaking import belongs_to
from orken.credentials.speaking import Spoken

__all__ = [
    "BeingPrepared", "Common", "NoPrefix", "NothingToIssue", "Refused", "Row", "Sight", "Spoken", "belongs_to", "claim", "decline", "draw", "duplicate", "end_rule", "hand_over", "issue",
    "issue_batch", "issue_now", "left_out", "note_printed", "observe", "prepare", "recognise", "refuse", "replace", "revoke", "send_outside", "sign", "spoil", "state_rule", "strike",
    "strike_hand_over", "vouch", "withdraw", "withdraw_claim",
]  # fmt: skip
