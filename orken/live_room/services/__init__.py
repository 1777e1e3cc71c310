"""The verbs of the live room, by subject."""

from orken.live_room.services.asking import answer, ask, hide_opinion, merge, moderate, opine, vote, withdraw
from orken.live_room.services.common import Refused, WayIsClosed
from orken.live_room.services.doors import admit, arrange, come, go, knock, let_caption, remove
from orken.live_room.services.feeding import feed, feed_due
from orken.live_room.services.peering import join as join_peer
from orken.live_room.services.peering import leave as leave_peer
from orken.live_room.services.peering import mute, signal
from orken.live_room.services.peering import stay as stay_peer
from orken.live_room.services.peering import voice as voice_peer
from orken.live_room.services.polling import answer as answer_poll
from orken.live_room.services.polling import go as go_poll
from orken.live_room.services.polling import put as put_poll
from orken.live_room.services.polling import show as show_poll
from orken.live_room.services.presence import (
    add as add_presence,
)
from orken.live_room.services.presence import (
    appeal,
    check,
    confirm,
    fold,
    fold_all,
    looked,
    prompt,
)
from orken.live_room.services.presence import (
    decide as decide_appeal,
)
from orken.live_room.services.speaking import (
    caption,
    end_floor,
    end_overdue,
    give_floor,
    hide_line,
    lower_hand,
    raise_hand,
    react,
    say,
    silence,
)
from orken.live_room.services.stage import prepare, put_on, take_deck, turn

__all__ = [
    "Refused",
    "WayIsClosed",
    "add_presence",
    "admit",
    "answer",
    "answer_poll",
    "appeal",
    "arrange",
    "ask",
    "caption",
    "check",
    "come",
    "confirm",
    "decide_appeal",
    "end_floor",
    "end_overdue",
    "feed",
    "feed_due",
    "fold",
    "fold_all",
    "give_floor",
    "go",
    "go_poll",
    "hide_line",
    "hide_opinion",
    "join_peer",
    "knock",
    "leave_peer",
    "let_caption",
    "looked",
    "lower_hand",
    "merge",
    "moderate",
    "mute",
    "opine",
    "prepare",
    "prompt",
    "put_on",
    "put_poll",
    "raise_hand",
    "react",
    "remove",
    "say",
    "show_poll",
    "signal",
    "silence",
    "stay_peer",
    "take_deck",
    "turn",
    "voice_peer",
    "vote",
    "withdraw",
]
