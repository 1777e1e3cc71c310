"""The verbs of the programme: occasion and call, sections, places, releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.audit import words
from orken.kit.search import services as search
from orken.meetings import events, selectors, threads
from orken.meetings.models import Meeting, Release, Section, Sitting, Slot, Speaker, Talk
from orken.meetings.selectors.programme import Problem, differences, frozen, touched
from orken.meetings.services.common import EditedMeanwhile, managed, trail_of, write
from orken.people.models import Account
from orken.training.models import Run, Session

ABOUT = (
    "occasion_kk", "occasion_ru", "occasion_en", "occasion_unit", "occasion_years", "call_until", "call_kk", "call_ru",
    "call_en",
)  # fmt: skip
TITLES = ("title_kk", "title_ru", "title_en")


class SectionStands(Exception):
    """The meeting has a section of this title."""


class NotReady(Exception):
    """The programme cannot be released; `problems` say what is to be settled first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = list(problems)


class NothingChanged(Exception):
    """The programme says what its last version said."""


class NotAccepted(Exception):
    """Only an accepted talk has a place in the programme."""


class WrongSession(Exception):
    """The session is of another run, or was taken out of the timetable."""


@transaction.atomic
def tell_of(*, run: Run, values: Mapping[str, Any], by: Account | None, revision: int | None = None) -> Meeting:
    """Say on which occasion it is held and what talks are called for. Raises EditedMeanwhile, WayIsClosed, OutOfScope."""
    meeting = managed(run, by, "tell_of")
    if revision is not None and revision != meeting.revision:
        raise EditedMeanwhile(run.code)
    changed = write(meeting, values, ABOUT)
    meeting.revision += 1
    meeting.save()
    told = trail_of(changed)
    audit.record(
        "meeting.told", meeting, by=by, scope_path=meeting.run.host.path,
        before=told["before"], after=told["after"],
    )  # fmt: skip
    return meeting


# --- sections ---


@transaction.atomic
def put_section(
    *, run: Run, titles: Mapping[str, str], moderators: Sequence[Speaker], sessions: Sequence[Session], by: Account | None, section: Section | None = None,
) -> Section:  # fmt: skip
    """Add a section, or change one: its title, who moderates it, which sessions are its own.

    A session belongs to one section: named here it leaves the other. Raises SectionStands, OutOfScope.
    """
    meeting = managed(run, by, "put_section")
    before = _told(section) if section is not None else {}
    found = section or Section(meeting=meeting)
    write(found, titles, TITLES)
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise SectionStands(found.title_kk) from None
    found.moderators.set([one for one in moderators if one.meeting_id == meeting.pk])
    own = [one for one in sessions if one.run_id == run.pk]
    Sitting.objects.filter(section=found).exclude(session__in=own).delete()
    for session in own:
        Sitting.objects.update_or_create(session=session, defaults={"section": found})
    verb = "meeting.section_changed" if section is not None else "meeting.section_added"
    audit.record(verb, found, by=by, scope_path=meeting.run.host.path, before=before, after=_told(found))
    return found


@transaction.atomic
def drop_section(*, section: Section, by: Account) -> None:
    """Take a section out; its sessions and their places stay."""
    meeting = managed(section.meeting.run, by, "drop_section")
    audit.record("meeting.section_dropped", section, by=by, scope_path=meeting.run.host.path, before=_told(section))
    section.delete()


def _told(section: Section) -> dict[str, Any]:
    chairs = list(section.moderators.order_by("pk"))
    return {"title": words.in_languages(section, "title"), "moderators": [one.full_name("kk") for one in chairs]}


# --- places ---


@transaction.atomic
def place(
    *, run: Run, session: Session, starts_at: datetime, minutes: int, by: Account | None, talk: Talk | None = None, kind: str = Slot.Kind.TALK,
    titles: Mapping[str, str] | None = None, slot: Slot | None = None,
) -> Slot:  # fmt: skip
    """Give a talk, or what the programme says by itself, its place; with `slot` the place is moved or changed.

    A talk has one place: placed again it leaves the other. What stands badly (over another, outside its
    session) is shown as a problem and closes only the release: an arrangement passes through such states.
    Raises NotAccepted, WrongSession, OutOfScope, WayIsClosed.
    """
    meeting = managed(run, by, "place")
    if session.run_id != run.pk or session.cancelled_at is not None:
        raise WrongSession(str(session.pk))
    if talk is not None:
        talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk, meeting=meeting)
        if talk.state != Talk.State.ACCEPTED:
            raise NotAccepted(str(talk.pk))
        slot = slot or Slot.objects.filter(talk=talk).first()
    before = _where(slot) if slot is not None else {}
    found = slot or Slot(meeting=meeting)
    found.session, found.starts_at, found.minutes, found.talk = session, starts_at, minutes, talk
    found.kind = Slot.Kind.TALK if talk is not None else kind
    write(found, titles or {}, TITLES)
    found.save()
    verb = "meeting.moved" if before else "meeting.placed"
    audit.record(verb, found, by=by, scope_path=meeting.run.host.path, before=before, after=_where(found))
    return found


@transaction.atomic
def take_out(*, slot: Slot, by: Account | None) -> None:
    """Take a place out of the programme; its talk stays accepted and waits for another."""
    meeting = managed(slot.meeting.run, by, "take_out")
    audit.record("meeting.taken_out", slot, by=by, scope_path=meeting.run.host.path, before=_where(slot))
    slot.delete()


def _where(slot: Slot) -> dict[str, Any]:
    source: Any = slot.talk or slot
    return {
        "topic": words.in_languages(source, "title"), "session": slot.session_id, "starts_at": slot.starts_at.isoformat(),
        "minutes": slot.minutes, "kind": slot.kind,
    }  # fmt: skip


# --- versions ---


@transaction.atomic
def release(*, run: Run, by: Account | None, note: str = "", at: datetime | None = None) -> Release:
    """Let everybody read the programme as it stands now: the next version, frozen, with what differs from the one before.

    Raises NotReady while something is to be settled, NothingChanged, OutOfScope, WayIsClosed.
    """
    meeting = managed(run, by, "release")
    draft = selectors.draft(meeting)
    if draft.problems:
        raise NotReady(draft.problems)
    last = selectors.latest(run)
    old, new = (last.slots if last else []), frozen(draft.sittings)
    changes = differences(old, new) if last else []
    if last is not None and not changes:
        raise NothingChanged(run.code)
    made = Release.objects.create(
        meeting=meeting, number=last.number + 1 if last else 1, slots=new, changes=changes, note=" ".join(note.split())[:300],
        by=by, at=at or timezone.now(),
    )  # fmt: skip
    shown = [slot.talk_id for one in draft.sittings for slot in one.slots if slot.talk_id]
    gone = [row["talk"] for row in old if row["talk"]]
    threads.open_all(meeting, [slot.talk for one in draft.sittings for slot in one.slots if slot.talk is not None])
    search.index("talk", sorted({*shown, *gone}))
    audit.record(
        "meeting.released", made, by=by, scope_path=meeting.run.host.path,
        after={"number": made.number, "places": len(new), "changes": len(changes), "note": made.note},
    )  # fmt: skip
    events.programme_released.send(Release, release=made, touched=touched(old, new), first=last is None, by=by)
    return made
