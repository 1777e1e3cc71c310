"""How the trail calls what is done in live rooms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words
from orken.live_room.models import Participant, Poll, Question, Room

VERBS = {
    "live_room.arranged": _("changed how a live room works"),
    "live_room.green": _("opened a green room"),
    "live_room.open": _("opened the doors of a live room"),
    "live_room.end": _("ended a meeting in a live room"),
    "live_room.reopen": _("opened a live room again"),
    "live_room.admitted": _("let somebody into a live room"),
    "live_room.removed": _("showed somebody out of a live room"),
    "live_room.captioner": _("said who types captions"),
    "live_room.slides": _("had slides prepared"),
    "live_room.floor_given": _("gave the floor"),
    "live_room.floor_ended": _("took the floor back"),
    "live_room.line_hidden": _("hid a line of the chat"),
    "live_room.silenced": _("asked somebody to be silent in the chat"),
    "live_room.muted": _("muted somebody on stage"),
    "live_room.prompted": _("asked everybody to confirm that they are here"),
    "live_room.presence_added": _("added presence by hand"),
    "live_room.appealed": _("wrote “I was there”"),
    "live_room.appeal_decided": _("answered “I was there”"),
    "live_room.fed": _("wrote minutes of a live room into the attendance sheet"),
    "live_question.show": _("showed a question"),
    "live_question.hold": _("held a question"),
    "live_question.stage": _("brought a question to the stage"),
    "live_question.leave": _("took a question off the stage"),
    "live_question.live": _("noted that a question was answered live"),
    "live_question.archive": _("archived a question"),
    "live_question.reopen": _("took a question up again"),
    "live_question.merged": _("joined two questions"),
    "live_question.answered": _("answered a question in writing"),
    "live_opinion.hidden": _("took an opinion out of the minutes"),
    "live_poll.put": _("prepared a poll"),
    "live_poll.open": _("opened a poll"),
    "live_poll.close": _("closed a poll"),
    "live_poll.archive": _("archived a poll"),
    "live_poll.shown": _("showed the result of a poll"),
    "live_poll.hidden": _("took the result of a poll off the stage"),
}
FIELDS = {
    "provider": _("picture and sound"), "address": _("address of the meeting elsewhere"), "lobby": _("everybody waits to be let in"),
    "holds_questions": _("a moderator looks at questions first"), "chat_open": _("the chat is open"),
    "slow_seconds": _("seconds between two lines of one person"), "person": _("person"), "minutes": _("minutes"), "writes": _("types the captions"),
    "files": _("files"), "line": _("line"), "from": _("from"), "till": _("till"), "granted": _("granted"), "into": _("joined with"),
    "again": _("once more"), "answers": _("answers"), "anonymous": _("anonymous"), "done": _("written"), "same": _("stood already"),
    "differs": _("differs"), "refused": _("refused"),
}  # fmt: skip
ABOUT = {
    "live_room": _("Live rooms"),
    "live_question": _("Questions in live rooms"),
    "live_opinion": _("Opinions in the minutes"),
    "live_poll": _("Polls in live rooms"),
}
VALUES = {
    "live_room.state": Room.State, "live_question.state": Question.State, "live_poll.state": Poll.State, "role": Participant.Role,
}  # fmt: skip


def register() -> None:
    fields = {f"{about}.{name}": text for about in ABOUT for name, text in FIELDS.items()}
    words.register(about=ABOUT, verbs=VERBS, fields=fields, values=VALUES)
