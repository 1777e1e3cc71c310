"""The live room: what is said, shown, asked and counted while a session is held, and who was there."""

from orken.live_room.models.peers import Peer
from orken.live_room.models.polls import Poll, PollChoice, PollOption, PollTaken
from orken.live_room.models.presence import Appeal, Interval, LineCheck, Prompt, PromptAnswer
from orken.live_room.models.room import Participant, Room
from orken.live_room.models.said import Caption, ChatLine, Hand, Opinion, Question, QuestionVote, ReactionCount
from orken.live_room.models.slides import Deck, Slide, Step

__all__ = [
    "Appeal",
    "Caption",
    "ChatLine",
    "Deck",
    "Hand",
    "Interval",
    "LineCheck",
    "Opinion",
    "Participant",
    "Peer",
    "Poll",
    "PollChoice",
    "PollOption",
    "PollTaken",
    "Prompt",
    "PromptAnswer",
    "Question",
    "QuestionVote",
    "ReactionCount",
    "Room",
    "Slide",
    "Step",
]
