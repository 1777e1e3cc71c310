"""Reading talks and speakers: who proposed what, what is lacking, what the staff register says of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES
from orken.meetings import policy, states, talk_parts
from orken.meetings.models import Look, Meeting, Release, Speaker, Talk, TalkFile
from orken.meetings.selectors.programme import ORDERED, Remark, is_over, over
from orken.network.models import Appointment, Unit, UnitName, UnitTraits
from orken.people.models import Account, Person
from orken.training.models import Run

FILES = Prefetch("files", TalkFile.objects.filter(gone_at=None).select_related("file").order_by("pk"), to_attr="kept")
LOOKS = Prefetch("looks", Look.objects.select_related("by__person").order_by("at", "pk"))


def talks_of(meeting: Meeting) -> Sequence[Talk]:
    """Every talk of a meeting with those who give it, looks and files; four queries."""
    rows = Talk.objects.filter(meeting=meeting.pk).select_related("slot", "by__person").order_by("state", "pk")
    found = list(rows.prefetch_related(ORDERED, FILES, LOOKS))
    for talk in found:
        talk.meeting = meeting
    return found


def talk_for(account: Account | None, talk: int) -> Talk | None:
    """A talk that the reader may read: accepted and released, or her own, or one that she organises or looks at.

    `places`: those of the newest version of its programme, None before the first; and whether the parts of its page are there.
    """
    newest = Release.objects.filter(meeting=OuterRef("meeting")).order_by("-number").values("slots")[:1]
    rows = Talk.objects.annotate(places=Subquery(newest), **talk_parts.conditions()).select_related("meeting__run__host", "slot__session", "by__person").prefetch_related(ORDERED, FILES)  # fmt: skip
    shown = Q(state=Talk.State.ACCEPTED, slot__isnull=False, meeting__releases__isnull=False)
    shown &= ~Q(meeting__run__state=Run.State.ARCHIVED)
    if account is not None:
        shown |= policy.hers(account) | Q(meeting__run__in=Run.objects.filter(policy.looked_at(account)))
    return rows.filter(shown, pk=talk).distinct().first()


def mine(account: Account) -> list[Talk]:
    """Talks that she proposed or gives, the newest first."""
    rows = Talk.objects.filter(policy.hers(account)).select_related("meeting__run__host", "slot__session")
    return list(rows.prefetch_related(ORDERED, FILES).distinct().order_by("-created_at", "-pk"))


def asked(account: Account) -> list[Speaker]:
    """Meetings still to be held at which she is asked to speak and has not answered."""
    rows = Speaker.objects.filter(person=account.person_id, answer=Speaker.Answer.ASKED, asked_at__isnull=False)
    rows = rows.exclude(Q(meeting__run__ends_on__lt=timezone.localdate()) | over("meeting"))
    return list(rows.select_related("meeting__run__host").order_by("meeting__run__starts_on", "pk"))


def waiting_for_her_look(account: Account) -> QuerySet[Any]:
    """Proposals that she may look at and has not yet."""
    rows = Talk.objects.filter(state__in=Talk.OPEN, meeting__run__in=Run.objects.filter(policy.looked_at(account)))
    rows = rows.exclude(policy.hers(account)).exclude(looks__by=account)
    return rows.annotate(seen=Count("looks", distinct=True)).select_related("meeting__run").order_by("created_at", "pk")


def speakers_of(meeting: Meeting) -> list[Speaker]:
    """Everybody who stands in the programme, with her talks (`given`) and the sections that she moderates (`chaired`); three queries."""
    talks = Prefetch("talks", Talk.objects.order_by("pk"), to_attr="given")
    rows = Speaker.objects.filter(meeting=meeting.pk).select_related("person").order_by("pk")
    return list(rows.prefetch_related(talks, Prefetch("moderated", to_attr="chaired")))


# --- the register of a day ---


@dataclass(frozen=True)
class Standing:
    """What the staff register says of a person on a day: her post and library, as they were called then."""

    unit: Unit | None
    values: dict[str, str]


def as_of(person: Person, on: date) -> Standing:
    """Names, position and institution of `person` on the day `on`; what is not known stays empty.

    A coming day is read as the register knows it today.
    """
    values = {name: getattr(person, name) for name in NAMES if hasattr(person, name)} | {"sex": person.sex}
    post = (
        Appointment.objects.at(on).filter(person=person).select_related("unit", "post").order_by("-employment", "valid_from").first()
    )  # fmt: skip
    if post is None:
        return Standing(None, values)
    for code in LANGUAGES:
        values[f"position_{code}"] = getattr(post.post, f"title_{code}", "")
    return Standing(post.unit, values | institution_as_of(post.unit, on))


NAMES = tuple(f"{part}_{code}" for code in LANGUAGES for part in ("surname", "given", "patronymic"))


def institution_as_of(unit: Unit, on: date) -> dict[str, str]:
    """The unit's name on a day, in every language; today's when the register knows none of that day."""
    row = UnitName.objects.at(on).filter(unit=unit).first() or unit
    return {f"institution_{code}": getattr(row, f"name_{code}") for code in LANGUAGES}


def city_as_of(unit: Unit, on: date) -> dict[str, str]:
    row = UnitTraits.objects.at(on).filter(unit=unit).first() or unit
    return {f"city_{code}": getattr(row, f"city_{code}") for code in LANGUAGES}


# --- what is lacking ---


def remarks(meeting: Meeting, talks: Sequence[Talk], speakers: list[Speaker]) -> list[Remark]:
    """What an organiser looks after before the day: answers, slides, consent, posts that have changed; after it, consent alone. One query a changed post is not asked twice."""
    if not meeting.run.is_live:
        return []
    found: list[Remark] = []
    if is_over(meeting.run):  # slides and answers are asked for no more; a recording still waits for her word
        return [
            Remark(_("It is not known whether she may be recorded."), speaker=one)
            for one in speakers
            if not one.consent and one.answer != Speaker.Answer.DECLINES
        ]
    for talk in talks:
        if talk.state != Talk.State.ACCEPTED:
            continue
        if getattr(talk, "slot", None) is None:
            found.append(Remark(_("It has no place in the programme yet."), talk=talk))
        if not any(one.kind == TalkFile.Kind.SLIDES for one in talk.kept):  # type: ignore[attr-defined]  # prefetched
            found.append(Remark(_("No slides have come yet."), talk=talk))
    for speaker in speakers:
        if speaker.answer == Speaker.Answer.ASKED:
            found.append(Remark(_("She has not answered yet."), speaker=speaker))
        elif speaker.answer == Speaker.Answer.DECLINES:
            found.append(Remark(_("She cannot speak. Take her talk out, or ask somebody else."), speaker=speaker))
        if not speaker.consent:
            found.append(Remark(_("It is not known whether she may be recorded."), speaker=speaker))
    found += [Remark(_("The staff register names another post or library for this day."), speaker=one) for one in _moved(meeting, speakers)]  # fmt: skip
    return found


def _moved(meeting: Meeting, speakers: list[Speaker]) -> list[Speaker]:
    """Speakers from the register whose unit of the meeting's day is another than the programme says; one query."""
    if timezone.localdate() > meeting.run.ends_on:
        return []  # what was held names what was
    known = [one for one in speakers if one.person_id and one.unit_id]
    rows = Appointment.objects.at(meeting.run.starts_on).filter(person__in=[one.person_id for one in known])
    units: dict[int, set[int]] = {}
    for person, unit in rows.values_list("person", "unit"):
        units.setdefault(person, set()).add(unit)
    return [one for one in known if one.person_id in units and one.unit_id not in units[one.person_id]]


def decidable(talk: Talk) -> list[Any]:
    """The ways of a talk that an organiser takes by a button."""
    return [open_way for open_way in states.TALK.from_here(talk) if open_way.way.name != "look"]
