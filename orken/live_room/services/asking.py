"""The verbs of questions and opinions: asked, voted for, moderated, joined, answered live or in writing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import current_language
from orken.live_room import policy, states, who
from orken.live_room.models import Opinion, Question, QuestionVote, Room
from orken.live_room.selectors import rows
from orken.live_room.services.common import (
    OutOfScope,
    Refused,
    clean,
    entered,
    locked,
    note,
    often,
    tell,
    tell_desk,
    tell_person,
    tell_stage,
)
from orken.meetings.models import Talk
from orken.people.models import Account
from orken.training.models import Session

State = Question.State
LONGEST, LONGEST_OPINION, LONGEST_ANSWER = 1000, 2000, 3000


def told(row: Question, room: Room) -> None:
    """Everybody hears what may be seen; the desk hears all; whoever asked hears what became of her question."""
    full = Question.objects.select_related("person", "guest", "talk", "answered_by").get(pk=row.pk)
    if full.state in Question.SHOWN:
        tell(room, "question", rows.question(full), key=f"question:{row.pk}")
    else:
        tell(room, "question", {"id": row.pk, "state": State.ARCHIVED}, key=f"question:{row.pk}")
    tell_desk(room, "question", rows.question(full, desk=True), key=f"question:{row.pk}")
    tell_person(room, full.key, "mine", rows.question(full), key=f"question:{row.pk}")


@transaction.atomic
def ask(*, session: Session, text: str, anonymous: bool, by: who.Comer, press: UUID | None = None) -> Question:
    """She asks; shown at once, or once a moderator has looked. Pressed twice it is one. Raises OutOfScope, Refused."""
    room, _participant = entered(session, by)
    text = clean(text, LONGEST)
    if press is not None and (standing := Question.objects.filter(press=press, **who.own(by)).first()) is not None:  # fmt: skip
        return standing
    often(f"ask:{room.pk}:{who.key(by)}", 5, 300, _("You have asked five questions in five minutes. Vote for those of others meanwhile, and ask again later."))  # fmt: skip
    row = Question.objects.create(
        room=room, number=_next_number(room), slot=room.slot, talk_id=room.slot.talk_id if room.slot else None, text=text, anonymous=anonymous, **who.own(by),
        language=current_language(), state=State.SUBMITTED if room.holds_questions else State.VISIBLE, press=press or uuid4(),
    )  # fmt: skip
    told(row, room)
    return row


def _next_number(room: Room) -> int:
    """The number after the last one; whoever asks at the same moment comes second."""
    Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    return (Question.objects.filter(room=room).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def vote(*, session: Session, question: int, wants: bool, by: who.Comer) -> int:
    """She wants it answered, or no longer: one vote a person, also pressed twice. Answers how many there are. Raises OutOfScope, Refused."""
    room, _participant = entered(session, by)
    often(f"vote:{room.pk}:{who.key(by)}", 60, 60, _("Not so fast: each person's vote counts once."))
    row = Question.objects.filter(room=room, pk=question, state__in=(State.VISIBLE, State.STAGE)).first()
    if row is None:
        raise Refused(_("This question is not voted for any more."))
    if wants:
        _vote, new = QuestionVote.objects.get_or_create(question=row, **who.own(by))
        change = 1 if new else 0
    else:
        change = -QuestionVote.objects.filter(question=row, **who.own(by)).delete()[0]
    if change:
        Question.objects.filter(pk=row.pk).update(votes=F("votes") + change)
        row.refresh_from_db(fields=["votes"])
        tell(room, "votes", {"id": row.pk, "votes": row.votes}, key=f"votes:{row.pk}")
    return row.votes


@transaction.atomic
def moderate(*, session: Session, question: int, way: str, by: Account) -> Question:
    """Show, hold, bring to the stage, take off it, note as answered live, archive, take up again.

    One question stands on stage: the one before goes back among the visible. Raises OutOfScope, Refused, WayIsClosed.
    """
    room = locked(session)
    policy.require_moderating(by, room)
    row = _question(room, question)
    target = states.QUESTION.check(row, way).target
    assert target is not None, "every way of a question has a target"
    if target == State.STAGE:
        for other in Question.objects.filter(room=room, state=State.STAGE):
            other.state = State.VISIBLE
            other.save(update_fields=["state"])
            told(other, room)
    before, row.state = row.state, target
    if target == State.LIVE:
        row.answered_at = timezone.now()
    row.save(update_fields=["state", "answered_at"])
    note(f"live_question.{way}", room, row, by, before={"state": before}, after={"state": row.state})
    told(row, room)
    if State.STAGE in (before, row.state):
        tell_stage(room)
    return row


def _question(room: Room, pk: int) -> Question:
    row = Question.objects.select_for_update(of=("self",)).filter(room=room, pk=pk).first()
    if row is None:
        raise Refused(_("There is no such question in this room."))
    return row


@transaction.atomic
def merge(*, session: Session, question: int, into: int, by: Account) -> Question:
    """Two questions ask the same: the first goes into the second with its votes, whoever voted for both counts once.

    Raises OutOfScope, Refused.
    """
    room = locked(session)
    policy.require_moderating(by, room)
    row, kept = _question(room, question), _question(room, into)
    if row.pk == kept.pk or State.ARCHIVED in (row.state, kept.state):
        raise Refused(_("Choose another question, one that is not archived."))
    mine = {one.key for one in kept.voters.all()}
    # Whoever asked wants it answered too.
    more = {row.key, *(one.key for one in row.voters.all())} - mine - {kept.key}
    QuestionVote.objects.bulk_create([QuestionVote(question=kept, **who.columns(one)) for one in sorted(more)])
    kept.votes = kept.voters.count()
    kept.save(update_fields=["votes"])
    Question.objects.filter(merged_into=row).update(merged_into=kept)
    was_on_stage = row.state == State.STAGE
    row.merged_into, row.state = kept, State.ARCHIVED
    row.save(update_fields=["merged_into", "state"])
    note("live_question.merged", room, row, by, after={"into": kept.number})
    told(row, room)
    told(kept, room)
    if was_on_stage:
        tell_stage(room)
    return kept


@transaction.atomic
def withdraw(*, session: Session, question: int, by: who.Comer) -> None:
    """Whoever asked takes her question back while nobody sees it yet. Raises OutOfScope, Refused."""
    room = locked(session)
    policy.inside(by, room)
    row = _question(room, question)
    if row.key != who.key(by):
        raise OutOfScope(str(row.pk))
    if row.state not in (State.SUBMITTED, State.HELD):
        raise Refused(_("The room sees it already. Ask a moderator to take it away."))
    row.state = State.ARCHIVED
    row.save(update_fields=["state"])
    told(row, room)


@transaction.atomic
def answer(*, session: Session, question: int, text: str, by: Account) -> Question:
    """Answer in writing, during the meeting or after it: whoever gives the talk, or a moderator. Said again it takes the place of what was said.

    Raises OutOfScope, Refused, WayIsClosed.
    """
    room = locked(session)
    row = _question(room, question)
    if not policy.moderates(by, room.session) and not _hers(by, room, row):
        raise OutOfScope(str(row.pk))
    before = row.answer
    row.answer = clean(text, LONGEST_ANSWER)
    target = states.QUESTION.check(row, "write").target
    was_on_stage = row.state == State.STAGE
    row.state, row.answered_by, row.answer_language = target or row.state, by.person, current_language()
    row.answered_at = timezone.now()
    row.save()
    note("live_question.answered", room, row, by, after={"again": bool(before)})
    told(row, room)
    if was_on_stage:
        tell_stage(room)
    return row


def _hers(by: Account, room: Room, row: Question) -> bool:
    talks = Talk.objects.filter(policy.gives(by, room.session))
    return talks.filter(pk=row.talk_id).exists() if row.talk_id else talks.exists()


# --- opinions ---


@transaction.atomic
def opine(*, session: Session, text: str, by: who.Comer, press: UUID | None = None) -> Opinion:
    """Her opinion goes into the minutes as she wrote it, by name. Raises OutOfScope, Refused."""
    room, _participant = entered(session, by)
    text = clean(text, LONGEST_OPINION)
    if press is not None and (standing := Opinion.objects.filter(press=press, **who.own(by)).first()) is not None:
        return standing
    often(
        f"opine:{room.pk}:{who.key(by)}", 5, 600, _("Five opinions in ten minutes are noted. Add the next one later.")
    )
    try:
        row = Opinion.objects.create(
            room=room, slot=room.slot, talk_id=room.slot.talk_id if room.slot else None, text=text, **who.own(by),
            language=current_language(), press=press or uuid4(),
        )  # fmt: skip
    except IntegrityError:  # somebody else's press
        raise Refused(_("Load the page again and send it once more.")) from None
    tell(room, "opinion", rows.opinion(row), key=f"opinion:{row.pk}")
    return row


@transaction.atomic
def hide_opinion(*, session: Session, opinion: int, reason: str, by: Account) -> None:
    """Take an opinion out of the minutes, with a reason that stays. Raises OutOfScope, Refused."""
    room = locked(session)
    policy.require_moderating(by, room)
    row = Opinion.objects.filter(room=room, pk=opinion, hidden_at=None).first()
    reason = " ".join(reason.split())[:300]
    if row is None or not reason:
        raise Refused(_("Say why it is taken out of the minutes."))
    row.hidden_at, row.reason = timezone.now(), reason
    row.save(update_fields=["hidden_at", "reason"])
    note("live_opinion.hidden", room, row, by, note=reason)
    tell(room, "opinion", {"id": row.pk, "gone": True}, key=f"opinion:{row.pk}")
