"""Who hears what: nobody gets a channel whose words she may not see."""

from __future__ import annotations

from orken.live_room.models import Participant, Room


def door(room: Room) -> str:
    """The state of the room alone: whoever stands before the door hears that it opens."""
    return f"room:{room.pk}:door"


def everybody(room: Room) -> str:
    """What the whole room sees: the stage, visible questions, hands, open polls, results, reactions."""
    return f"room:{room.pk}:all"


def chat(room: Room) -> str:
    """A channel of its own: whoever has a weak line does without it."""
    return f"room:{room.pk}:chat"


def captions(room: Room, language: str) -> str:
    return f"room:{room.pk}:captions:{language}"


def stage(room: Room) -> str:
    """Speakers and moderators among themselves."""
    return f"room:{room.pk}:stage"


def desk(room: Room) -> str:
    """Moderators: who waits, held questions, who asked without her name, what polls come to."""
    return f"room:{room.pk}:desk"


def person(room: Room, key: str | int) -> str:
    """What concerns one alone; `key`: a person or a guest (`who`)."""
    return f"room:{room.pk}:person:{key}"


def subject(room: Room, key: str | int) -> str:
    """Whose signs of life a page gives."""
    return f"room:{room.pk}:{key}"


def subjects(room: Room) -> str:
    return f"room:{room.pk}:"


def of(participant: Participant, room: Room, *, light: bool = False) -> list[str]:
    """The channels of somebody in a room. Whoever waits or was removed hears only what is said to her."""
    own = [door(room), person(room, participant.key)]
    if participant.state != Participant.State.INSIDE:
        return own
    role = participant.role
    if role == Participant.Role.AUDIENCE and room.state in (Room.State.GREEN, Room.State.PLANNED):
        return own
    heard = [*own, everybody(room), *(captions(room, one) for one in ("kk", "ru"))]
    if not light:
        heard.append(chat(room))
    if role != Participant.Role.AUDIENCE:
        heard.append(stage(room))
    if role == Participant.Role.MODERATOR:
        heard.append(desk(room))
    return heard
