"""Where picture and sound come from. Everything else of a room is ours, whatever is chosen here.

    providers.of(room).join(room, participant)     # what the page needs to show it

A provider is an object that stands here by its name: `text` (no picture), `external-link` (any service's address),
`peer` (browser to browser through our signalling). The seat of `janus` is left: whoever writes it registers an object
with the same verbs, and neither the room nor its pages change. What a provider cannot do it says in `capabilities`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from orken.live_room.models import Participant, Room

Text = str | Promise


@dataclass(frozen=True)
class Capabilities:
    """What a provider does by itself. `stage` and `watching`: so many send and so many see; None is without a bound of ours."""

    picture: bool = False
    stage: int | None = 0
    watching: int | None = 0
    floor: bool = False  # the floor is given and taken by the server, not by good manners
    mute: bool = False
    remove: bool = False
    recording: bool = False
    presence: bool = False


@dataclass(frozen=True)
class Joining:
    """What the page of one participant is given: a template of the picture's place, and what its script needs."""

    template: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Health:
    """Whether it can be used now; `says` tells an organiser what is lacking or limited."""

    good: bool
    says: tuple[Text, ...] = ()


class NotOffered(Exception):
    """The provider does not do this; its capabilities said so."""


class Provider(Protocol):
    """The one interface (decision 0088)."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> Text: ...

    @property
    def hint(self) -> Text: ...

    def capabilities(self) -> Capabilities: ...

    def lacks(self, room: Room) -> Text | None:
        """Why the doors cannot be opened with it yet."""
        ...

    def create(self, room: Room) -> None: ...

    def join(self, room: Room, participant: Participant) -> Joining: ...

    def grant_floor(self, room: Room, person: str) -> None: ...

    def revoke_floor(self, room: Room, person: str) -> None: ...

    def mute(self, room: Room, person: str) -> None: ...

    def remove(self, room: Room, person: str) -> None: ...

    def start_recording(self, room: Room) -> None: ...

    def stop_recording(self, room: Room) -> None: ...

    def recordings(self, room: Room) -> list[str]: ...

    def presence_events(self, room: Room) -> list[tuple[int, Any, Any]]: ...

    def end(self, room: Room) -> None: ...

    def health(self) -> Health: ...


class Plain:
    """What most providers do not do: the room goes on without it, a recording is refused by a word."""

    def lacks(self, room: Room) -> Text | None:
        return None

    def create(self, room: Room) -> None:
        """Nothing has to be made elsewhere."""

    def grant_floor(self, room: Room, person: str) -> None:
        """The floor is shown by the room; the service elsewhere knows nothing of it."""

    def revoke_floor(self, room: Room, person: str) -> None:
        """As above."""

    def mute(self, room: Room, person: str) -> None:
        raise NotOffered("mute")

    def remove(self, room: Room, person: str) -> None:
        """She loses the room's own page; nothing is known elsewhere."""

    def start_recording(self, room: Room) -> None:
        raise NotOffered("recording")

    def stop_recording(self, room: Room) -> None:
        raise NotOffered("recording")

    def recordings(self, room: Room) -> list[str]:
        return []

    def presence_events(self, room: Room) -> list[tuple[int, Any, Any]]:
        return []

    def end(self, room: Room) -> None:
        """Nothing has to be ended elsewhere."""

    def health(self) -> Health:
        return Health(good=True)


_known: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    _known[provider.name] = provider


def named(name: str) -> Provider | None:
    _load()
    return _known.get(name)


def all_of() -> list[Provider]:
    _load()
    return list(_known.values())


def of(room: Room) -> Provider:
    """The provider of a room; of one that is not here any more the text layer goes on alone."""
    _load()
    return _known.get(room.provider) or _known["text"]


def _load() -> None:
    if not _known:
        from orken.live_room.providers import external_link, peer, text

        register(peer.PeerToPeer())
        register(text.Text())
        register(external_link.ExternalLink())
