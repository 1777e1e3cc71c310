"""The verbs of polls: put, opened, answered, closed, shown on stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES
from orken.live_room import states, who
from orken.live_room.models import Poll, PollChoice, PollOption, PollTaken, Room
from orken.live_room.selectors import rows
from orken.live_room.services.common import Refused, entered, moderated, note, tell, tell_desk
from orken.people.models import Account
from orken.training.models import Session

State = Poll.State
MOST = 10  # answers of a poll
Texts = Mapping[str, str]


def told(row: Poll, room: Room) -> None:
    options = list(row.options.order_by("place"))
    seen = row.state == State.OPEN or (row.state == State.CLOSED and row.shown)
    tell(room, "poll", rows.poll(row, options) if seen else {"id": row.pk, "state": State.ARCHIVED}, key=f"poll:{row.pk}")  # fmt: skip
    tell_desk(room, "poll", rows.poll(row, options, desk=True), key=f"poll:{row.pk}")


def equal(options: Sequence[Texts]) -> str:
    """An answer that stands twice in one language, whatever its capitals and spaces; empty when all differ."""
    for code in ("kk", "ru", "en"):
        found: set[str] = set()
        for one in options:
            text = " ".join(one.get(code, "").split())
            if text and text.casefold() in found:
                return text
            found.add(text.casefold())
    return ""


@transaction.atomic
def put(
    *, session: Session, texts: Texts, options: Sequence[Texts], anonymous: bool, many: bool, by: Account | None, poll: int | None = None,
    open_now: bool = False,
) -> Poll:  # fmt: skip
    """Prepare a poll, or change one that is still a draft. `texts` and each option: text by language.

    Raises OutOfScope, Refused.
    """
    room = moderated(session, by)
    asked = [one for one in options if any(one.values())]
    if len(asked) < 2 or len(asked) > MOST:
        raise Refused(_("A poll needs two to ten answers to choose from."))
    if twin := equal(asked):
        raise Refused(_("“%(answer)s” stands twice: votes for equal answers cannot be told apart.") % {"answer": twin})
    if open_now and (standing := _open_already(room, texts, asked)) is not None:
        return standing
    row = Poll.objects.filter(room=room, pk=poll).first() if poll else Poll(room=room, by=by)
    if row is None or row.state != State.DRAFT:
        raise Refused(_("Only a draft is changed: people have answered what they read."))
    for code in ("kk", "ru", "en"):
        setattr(row, f"text_{code}", " ".join(texts.get(code, "").split())[:300])
    row.anonymous, row.many = anonymous, many
    row.save()
    row.options.all().delete()
    PollOption.objects.bulk_create(
        PollOption(poll=row, place=place, **{f"text_{code}": " ".join(one.get(code, "").split())[:200] for code in ("kk", "ru", "en")})
        for place, one in enumerate(asked, start=1)
    )  # fmt: skip
    note("live_poll.put", room, row, by, after={"answers": len(asked), "anonymous": anonymous})
    if open_now:
        _go(room, row, "open", by)
    told(row, room)
    return row


def _open_already(room: Room, texts: Texts, asked: Sequence[Texts]) -> Poll | None:
    """An open poll that asks the same with the same answers: who presses twice opens one, not two."""
    wanted = (_of(texts), [_of(one) for one in asked])
    for row in Poll.objects.filter(room=room, state=State.OPEN).prefetch_related("options"):
        if (_of(_texts(row)), [_of(_texts(one)) for one in row.options.all()]) == wanted:
            return row
    return None


def _of(texts: Texts) -> tuple[str, ...]:
    return tuple(" ".join(texts.get(code, "").split()) for code in LANGUAGES)


def _texts(row: Poll | PollOption) -> Texts:
    return {code: getattr(row, f"text_{code}") for code in LANGUAGES}


@transaction.atomic
def go(*, session: Session, poll: int, way: str, by: Account | None) -> Poll:
    """Open, close or archive it. Raises OutOfScope, Refused, WayIsClosed."""
    room = moderated(session, by)
    row = _poll(room, poll)
    _go(room, row, way, by)
    told(row, room)
    return row


def _go(room: Room, row: Poll, way: str, by: Account | None) -> None:
    target = states.POLL.check(row, way).target
    assert target is not None, "every way of a poll has a target"
    before, row.state = row.state, target
    if way == "open":
        row.opened_at = timezone.now()
    elif way == "close":
        row.closed_at = timezone.now()
    elif way == "archive":
        row.shown = False
    row.save()
    note(f"live_poll.{way}", room, row, by, before={"state": before}, after={"state": row.state})


def close(room: Room, row: Poll, by: Account | None) -> None:
    """An open poll is closed with its room: whoever answers later would be told so in vain."""
    _go(room, row, "close", by)
    told(row, room)


def _poll(room: Room, pk: int) -> Poll:
    row = Poll.objects.select_for_update(of=("self",)).filter(room=room, pk=pk).first()
    if row is None:
        raise Refused(_("There is no such poll in this room."))
    return row


@transaction.atomic
def show(*, session: Session, poll: int, shown: bool, by: Account | None) -> Poll:
    """Bring the result of a closed poll to the stage, or take it away. Raises OutOfScope, Refused."""
    room = moderated(session, by)
    row = _poll(room, poll)
    if row.state != State.CLOSED:
        raise Refused(_("The result is shown once the poll is closed."))
    row.shown = shown
    row.save(update_fields=["shown"])
    note("live_poll.shown" if shown else "live_poll.hidden", room, row, by)
    told(row, room)
    return row


@transaction.atomic
def answer(*, session: Session, poll: int, options: Sequence[int], by: who.Comer) -> None:
    """She answers, once. Of an anonymous poll only the counts grow and the fact that she has answered is kept.

    Whoever presses while the poll is being closed is told so: the row's lock decides which was first. Raises OutOfScope, Refused.
    """
    room, _participant = entered(session, by)
    row = _poll(room, poll)
    if row.state != State.OPEN:
        raise Refused(_("The poll was closed before your answer came. It is not counted; the result is shown by the moderator."))  # fmt: skip
    chosen = list(row.options.filter(pk__in=set(options)).order_by("place"))
    if not chosen:
        raise Refused(_("Choose an answer first."))
    if len(chosen) > 1 and not row.many:
        raise Refused(_("Choose one answer."))
    _taken, new = PollTaken.objects.get_or_create(poll=row, **who.own(by))
    if not new:
        raise Refused(_("You have answered this poll already."))
    PollOption.objects.filter(pk__in=[one.pk for one in chosen]).update(count=F("count") + 1)
    if not row.anonymous:
        PollChoice.objects.bulk_create(PollChoice(option=one, **who.own(by)) for one in chosen)
    Poll.objects.filter(pk=row.pk).update(answered=F("answered") + 1)
    row.refresh_from_db(fields=["answered"])
    tell_desk(room, "taken", {"id": row.pk, "answered": row.answered}, key=f"taken:{row.pk}")
