"""The verbs of the stage: which talk, which slide; decks made of a talk's files."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from orken.kit.jobs import services as jobs
from orken.live_room import policy, who
from orken.live_room.models import Deck, Participant, Room, Step
from orken.live_room.selectors import rooms as reading
from orken.live_room.services.common import OutOfScope, Refused, locked, moderated, note, tell_stage
from orken.meetings.models import Slot, Talk, TalkFile
from orken.people.models import Account
from orken.training.models import Session

PDF = "application/pdf"


@transaction.atomic
def put_on(*, session: Session, uid: str, by: Account | None) -> Room:
    """Bring a place of the programme to the stage: its talk, its slides. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    place = next((one for one in reading.programme(room.session) if one.uid == uid), None)
    if place is None:
        raise Refused(_("This place does not stand in the programme of the session any more. Load the page again."))
    room.slot = Slot.objects.filter(uid=uid).first()
    room.deck = Deck.objects.filter(room=room, talk=place.talk, state=Deck.State.READY).order_by("-pk").first() if place.talk else None  # fmt: skip
    room.slide = 1 if room.deck else 0
    return _moved(room, by)


@transaction.atomic
def turn(*, session: Session, to: int, by: who.Comer) -> Room:
    """Show a slide of the deck on stage, by a moderator or by whoever gives the talk; 0 takes the slides away.

    Raises OutOfScope, Refused.
    """
    room = locked(session)
    _require_turning(room, by)
    if room.deck is None:
        raise Refused(_("There are no slides on stage."))
    room.slide = max(0, min(to, room.deck.pages))
    return _moved(room, by)


@transaction.atomic
def take_deck(*, session: Session, deck: int, by: who.Comer) -> Room:
    """Put other slides on stage. Raises OutOfScope, Refused."""
    room = locked(session)
    found = Deck.objects.filter(room=room, pk=deck, state=Deck.State.READY).first()
    if found is None:
        raise Refused(_("These slides are still being prepared."))
    room.deck, room.slide = found, 1
    _require_turning(room, by)
    return _moved(room, by)


def _require_turning(room: Room, by: who.Comer) -> None:
    participant = policy.inside(by, room)
    if participant.role == Participant.Role.MODERATOR:
        return
    if room.deck is not None and Talk.objects.filter(policy.gives(by, room.session), pk=room.deck.talk_id).exists():
        return
    raise OutOfScope(str(room.pk))


def _moved(room: Room, by: who.Comer | None) -> Room:
    room.save(update_fields=["slot", "deck", "slide"])
    Step.objects.create(
        room=room, slot=room.slot, deck=room.deck, slide=room.slide, by=by if isinstance(by, Account) else None
    )
    tell_stage(room)
    return room


@transaction.atomic
def prepare(*, session: Session, by: Account | None) -> int:
    """Have the PDF files of the session's talks made into slides in the background; answers how many were begun.

    A file that was made already is not made again. Raises OutOfScope, and Refused when no talk has a PDF.
    """
    from orken.live_room.background import slides

    room = moderated(session, by)
    talks = [one.talk for one in reading.programme(room.session) if one.talk]
    files = TalkFile.objects.filter(talk__in=talks, kind=TalkFile.Kind.SLIDES, gone_at=None, file__media_type=PDF).select_related("file")  # fmt: skip
    begun = 0
    if not files:
        raise Refused(_("No talk of this session has slides as a PDF. A speaker sends them on the page of her talk, you on the talk's page among the talks."))  # fmt: skip
    for row in files:
        deck, new = Deck.objects.get_or_create(room=room, source=row.file, defaults={"talk_id": row.talk_id})
        if new or deck.state == Deck.State.FAILED:
            Deck.objects.filter(pk=deck.pk).update(state=Deck.State.PREPARING)
            jobs.start(slides, payload={"deck": deck.pk}, by_id=by.pk if by else None, once=f"deck:{deck.pk}")
            begun += 1
    if begun:
        note("live_room.slides", room, room, by, after={"files": begun})
    return begun
