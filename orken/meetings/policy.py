"""Who may do what at a meeting: who organises or teaches its run, who speaks, who answers for an institution."""

from __future__ import annotations

from django.db.models import Q

from orken.meetings.models import Institution, Meeting, Speaker, Talk
from orken.network import policy as network
from orken.network.policy import OutOfScope
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training import policy as training
from orken.training.models import Run, Trainer

require_managing = training.require_managing


def has_programme(run: Run) -> bool:
    """Whether people speak at a run of this kind."""
    return run.kind in Meeting.KINDS


def looks_at(account: Account, run: Run) -> bool:
    """Proposals are looked at by whoever organises the run or was asked to teach at it."""
    return training.manages(account, run) or training.teaches(account, run)


def gives(account: Account, talk: Talk) -> bool:
    """The same of a talk whose speakers (`givers`) were read along; no query."""
    own = talk.by_id == account.pk and not talk.invited
    return own or any(row.speaker.person_id == account.person_id for row in talk.givers)  # type: ignore[attr-defined]  # set by the prefetch


def looked_at(account: Account) -> Q:
    """Runs whose proposals the account looks at, as a condition."""
    declined = Trainer.State.DECLINED
    teaching = Trainer.objects.filter(person=account.person_id).exclude(state=declined).values("run")
    return training.managed(account) | Q(pk__in=teaching)


def is_hers(account: Account, talk: Talk) -> bool:
    """She proposed it, or she stands among those who give it."""
    if talk.by_id == account.pk and not talk.invited:
        return True
    return talk.speakers.filter(person=account.person_id).exists()


def require_looking(account: Account, talk: Talk) -> None:
    """Nobody looks at her own talk. Raises OutOfScope."""
    if not looks_at(account, talk.meeting.run) or is_hers(account, talk):
        raise OutOfScope(str(talk.pk))


def hers(account: Account) -> Q:
    """Talks that she proposed or gives, as a condition."""
    given = Speaker.objects.filter(person=account.person_id, talks__isnull=False).values(
        "talks"
    )  # a moderator gives none
    return Q(by=account, invited=False) | Q(pk__in=given)


def require_own_or_managing(account: Account, talk: Talk) -> None:
    if not is_hers(account, talk):
        training.require_managing(account, talk.meeting.run)


def answers_for(account: Account) -> Q:
    """Institutions for which she answers: libraries whose people she may send."""
    return network.scope(account, Permission.APPLICATION_SEND).q("unit__path")


def require_answering(account: Account, institution: Institution) -> None:
    """Her own library's answer, or the organiser who notes what was said by telephone. Raises OutOfScope."""
    unit = institution.unit
    if unit is not None and network.scope(account, Permission.APPLICATION_SEND).contains(unit.path):
        return
    training.require_managing(account, institution.meeting.run)
