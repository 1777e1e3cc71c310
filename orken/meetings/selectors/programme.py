"""Reading a programme: as it is being made, as it was released, and what stands against it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from orken.kit.i18n.content import LANGUAGES, ORDER, current_language
from orken.meetings.models import Meeting, Release, Section, Slot, Speaker, Talk, TalkSpeaker
from orken.training.models import Run, Session

Text = str | Promise
# Where readers of our programmes sit; the country itself comes first.
ZONES: tuple[tuple[str, Text], ...] = (
    ("Asia/Almaty", _("Kazakhstan")),
    ("Asia/Bishkek", _("Bishkek")),
    ("Asia/Tashkent", _("Tashkent")),
    ("Europe/Moscow", _("Moscow, Minsk")),
    ("Asia/Ulaanbaatar", _("Ulaanbaatar")),
    ("Europe/Istanbul", _("Istanbul")),
    ("Europe/Berlin", _("Berlin, Warsaw")),
    ("UTC", _("Universal time (UTC)")),
)
ORDERED = Prefetch("given_by", TalkSpeaker.objects.select_related("speaker").order_by("place", "pk"), to_attr="givers")


def meeting_of(run: Run) -> Meeting:
    """What the run has as a meeting; an empty one, not written yet, when nobody has said anything."""
    found = Meeting.objects.select_related("occasion_unit").filter(run=run).first()
    found = found or Meeting(run=run)
    found.run = run
    return found


def with_latest(run: Run) -> tuple[Meeting, Release | None]:
    """The meeting and its newest version as it is shown, in one query."""
    newest = Release.objects.filter(meeting=OuterRef("pk")).order_by("-number").values("slots")[:1]
    rows = Meeting.objects.select_related("occasion_unit").annotate(shown=Subquery(newest))
    found = rows.filter(run=run).first() or Meeting(run=run)
    found.run = run
    slots = getattr(found, "shown", None)
    return found, Release(meeting=found, slots=slots) if slots is not None else None


@dataclass(frozen=True)
class Problem:
    """What must be settled before the programme is released; `slot` or `session` say where it shows, `talk` or `section` where it is mended."""

    text: Text
    slot: Slot | None = None
    session: Session | None = None
    talk: Talk | None = None
    section: Section | None = None


@dataclass(frozen=True)
class Remark:
    """What should be looked at; it closes nothing."""

    text: Text
    talk: Talk | None = None
    speaker: Speaker | None = None


@dataclass(frozen=True)
class Sat:
    """A session of the timetable with its section and what stands in it."""

    session: Session
    section: Section | None
    slots: list[Slot]


@dataclass(frozen=True)
class Draft:
    """The programme as it is being made."""

    meeting: Meeting
    sittings: list[Sat]
    sections: list[Section]
    waiting: Sequence[Talk]  # accepted, without a place
    problems: list[Problem] = field(default_factory=list)


def slots_of(meeting: Meeting) -> list[Slot]:
    """Places in the order of time, each with its talk and those who give it. Two queries."""
    rows = Slot.objects.filter(meeting=meeting.pk).select_related("talk", "session").order_by("starts_at", "pk")
    return list(rows.prefetch_related(Prefetch("talk__given_by", ORDERED.queryset, to_attr="givers")))


def sections_of(meeting: Meeting) -> list[Section]:
    """Sections with their moderators (`chairs`). Two queries."""
    chairs = Prefetch("moderators", to_attr="chairs")
    return list(Section.objects.filter(meeting=meeting.pk).prefetch_related(chairs).order_by("pk"))


def draft(meeting: Meeting) -> Draft:
    """The whole programme in a constant number of queries (seven); each section with how many sessions it holds (`many`)."""
    sessions = Session.objects.filter(run=meeting.pk, cancelled_at=None).annotate(of=F("sitting__section"))
    slots, sections = slots_of(meeting), {section.pk: section for section in sections_of(meeting)}
    by_session: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_session[slot.session_id].append(slot)
    sat = [Sat(one, sections.get(one.of), by_session.pop(one.pk, [])) for one in sessions.order_by("starts_at", "pk")]
    for section in sections.values():
        section.many = sum(one.section is section for one in sat)  # type: ignore[attr-defined]  # for the page
    # Sessions that were taken out of the timetable while their places are still here.
    sat += [Sat(left[0].session, None, left) for left in by_session.values()]
    placed = {slot.talk_id for slot in slots if slot.talk_id}
    accepted = Talk.objects.filter(meeting=meeting.pk, state=Talk.State.ACCEPTED).exclude(pk__in=placed)
    waiting = list(accepted.prefetch_related(ORDERED).order_by("pk"))
    return Draft(meeting, sat, list(sections.values()), waiting, problems(sat, meeting.run))


def problems(sat: Sequence[Sat], run: Run) -> list[Problem]:
    """What closes the way to a release: places outside their session or on one another, somebody twice at once, nobody to moderate."""
    found: list[Problem] = []
    every = [slot for one in sat for slot in one.slots]
    if not every:
        return [Problem(_("Nothing stands in the programme yet."))]
    for one in sat:
        inside = one.session.cancelled_at is None
        over = one.session.ends_at < timezone.now()  # it may have ended early: nothing is planned anew
        for slot in one.slots:
            if not inside:
                found.append(Problem(_("Its session was taken out of the timetable."), slot, one.session))
            elif not over and (slot.starts_at < one.session.starts_at or slot.ends_at > one.session.ends_at):
                found.append(
                    Problem(
                        _("It stands from %(from)s to %(to)s; its session lasts from %(begins)s to %(ends)s.")
                        % hours_of(slot, one.session),
                        slot,
                        one.session,
                    )
                )
            if slot.talk is not None and not slot.talk.title_kk:
                found.append(Problem(_("The talk has no title in Kazakh."), slot, one.session, talk=slot.talk))
        for before, after in _pairs(one.slots):
            if after.starts_at < before.ends_at:
                found.append(
                    Problem(
                        _("It begins at %(from)s, while the one before it is over at %(ends)s.")
                        % {"from": _hour(after.starts_at), "ends": _hour(before.ends_at)},
                        after,
                        one.session,
                    )
                )
        if one.slots and not (one.section and one.section.chairs):  # type: ignore[attr-defined]  # set by the prefetch
            found.append(Problem(_("Nobody moderates this session."), None, one.session, section=one.section))
    found += [
        Problem(_("%(name)s stands twice at the same time.") % {"name": who}, slot, slot.session)
        for slot, who in _twice(every, sat)
    ]
    return found


def hours_of(slot: Slot, session: Session) -> dict[str, str]:
    return {
        "from": _hour(slot.starts_at), "to": _hour(slot.ends_at), "begins": _hour(session.starts_at), "ends": _hour(session.ends_at),
    }  # fmt: skip


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def problems_at(draft: Draft, slot: int) -> list[Text]:
    """What stands badly with this place, for the line beside its row and the word when it is saved."""
    return [one.text for one in draft.problems if one.slot is not None and one.slot.pk == slot]


def _pairs(slots: Sequence[Slot]) -> Iterable[tuple[Slot, Slot]]:
    ordered = sorted(slots, key=lambda one: one.starts_at)
    return itertools.pairwise(ordered)


def _twice(slots: Sequence[Slot], sat: Sequence[Sat]) -> Iterable[tuple[Slot, Speaker]]:
    """Whoever speaks in two sessions at once, or speaks in one while she moderates another."""
    spoken = [(slot, one) for slot in slots for one in givers(slot)]
    for place, (slot, who) in enumerate(spoken):
        for other, also in spoken[place + 1 :]:
            at_once = slot.starts_at < other.ends_at and other.starts_at < slot.ends_at
            if who.pk == also.pk and slot.session_id != other.session_id and at_once:
                yield other, who
    for one in sat:
        chairs = {chair.pk for chair in one.section.chairs} if one.section else set()  # type: ignore[attr-defined]  # set by the prefetch
        for slot, who in spoken:
            at_once = slot.starts_at < one.session.ends_at and one.session.starts_at < slot.ends_at
            if slot.session_id != one.session.pk and who.pk in chairs and at_once and one.slots:
                yield slot, who


def givers(slot: Slot) -> list[Speaker]:
    """Those who give the talk of a place, in order."""
    return [row.speaker for row in slot.talk.givers] if slot.talk is not None else []  # type: ignore[attr-defined]  # set by the prefetch


def next_start(one: Sat) -> datetime:
    """When the next place of a session may begin: after its last one."""
    return max((slot.ends_at for slot in one.slots), default=one.session.starts_at)


def over(key: str = "pk") -> Q:
    """Runs whose sessions are over; `key`: where a row keeps the id of its run."""
    sittings = Session.objects.filter(run=OuterRef(key), cancelled_at=None)
    return Q(Exists(sittings)) & ~Q(Exists(sittings.filter(ends_at__gt=timezone.now())))


def longest_session(run: Run) -> int:
    """Minutes of the longest session in the timetable; 0 while there is none."""
    rows = Session.objects.filter(run=run, cancelled_at=None).values_list("starts_at", "ends_at")
    return max((int((ends - starts).total_seconds() // 60) for starts, ends in rows), default=0)


def is_over(run: Run) -> bool:
    """Whether it was held; of a run of another day nothing is asked."""
    today = timezone.localdate()
    return run.ends_on < today or (run.starts_on <= today and Run.objects.filter(over(), pk=run.pk).exists())


# --- released ---


def latest(run: Run) -> Release | None:
    return Release.objects.filter(meeting=run.pk).order_by("-number").first()


def releases(run: Run) -> list[Release]:
    return list(Release.objects.filter(meeting=run.pk).select_related("by__person").order_by("-number"))


@dataclass(frozen=True)
class Shown:
    """A place of a released programme in the reader's language and zone."""

    uid: str
    begins: datetime
    ends: datetime
    kind: str
    title: str
    language: str  # in which the title really stands
    talk: int | None
    speakers: list[dict[str, str]]
    spoken: str


@dataclass(frozen=True)
class Block:
    """A session of a released programme: its day, section, moderators and places."""

    on: date
    title: str
    moderators: list[str]
    slots: list[Shown]


def blocks(release: Release, zone: str, language: str | None = None) -> list[Block]:
    """The released programme for one reader; no query."""
    code, tz = language or current_language(), ZoneInfo(zone)
    found: list[Block] = []
    last: tuple[Any, date] | None = None
    for row in release.slots:
        begins = datetime.fromisoformat(row["starts_at"]).astimezone(tz)
        key = (row["session"], begins.date())
        if key != last:
            found.append(Block(begins.date(), said(row["section"], code)[0] or said(row["topic"], code)[0], [said(one, code)[0] for one in row["moderators"]], []))  # fmt: skip
            last = key
        title, stands = said(row["title"], code)
        found[-1].slots.append(
            Shown(
                row["uid"], begins, begins + timedelta(minutes=row["minutes"]), row["kind"], title, stands, row["talk"],
                [{name: said(one[name], code)[0] for name in ("name", "position", "institution")} for one in row["speakers"]],
                row.get("spoken", ""),
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Told:
    """A talk as the released programme tells it, for one reader."""

    title: str
    stands: str  # the language in which the title really stands
    abstract: str | None  # None: a version of earlier days, which froze none
    abstract_stands: str
    begins: datetime
    minutes: int
    speakers: list[dict[str, str]]


def told(slots: Sequence[dict[str, Any]] | None, talk: int, language: str | None = None) -> Told | None:
    """The talk in the places of a release; None when it does not stand there. No query."""
    row = next((one for one in slots or () if one["talk"] == talk), None)
    if row is None:
        return None
    code = language or current_language()
    title, stands = said(row["title"], code)
    abstract, abstract_stands = said(row["abstract"], code) if "abstract" in row else (None, code)
    speakers = [{name: said(one[name], code)[0] for name in ("name", "position", "institution")} for one in row["speakers"]]  # fmt: skip
    return Told(
        title, stands, abstract, abstract_stands, datetime.fromisoformat(row["starts_at"]), row["minutes"], speakers
    )


def said(texts: dict[str, str], language: str) -> tuple[str, str]:
    """A text of a release in a language, or in the next that it has; and which one that is."""
    code = next((one for one in ORDER[language] if texts.get(one)), language)
    return texts.get(code, ""), code


def frozen(sat: Sequence[Sat]) -> list[dict[str, Any]]:
    """The programme as a release keeps it: every text in every language known, moments in UTC."""
    found = []
    for one in sat:
        chairs = one.section.chairs if one.section else []  # type: ignore[attr-defined]  # set by the prefetch
        for slot in one.slots:
            source: Any = slot.talk or slot
            title = texts(source, "title") or kind_words(slot.kind)
            found.append(
                {
                    "uid": str(slot.uid), "session": one.session.pk, "starts_at": slot.starts_at.astimezone(ZoneInfo("UTC")).isoformat(),
                    "minutes": slot.minutes, "kind": slot.kind, "title": title, "talk": slot.talk_id,
                    "spoken": slot.talk.spoken if slot.talk else "", "abstract": texts(slot.talk, "abstract") if slot.talk else {}, "topic": texts(one.session, "title"),
                    "section": texts(one.section, "title") if one.section else {}, "moderators": [names(chair) for chair in chairs],
                    "chairs": [chair.pk for chair in chairs],
                    "speakers": [
                        {"id": who.pk, "name": names(who), "position": texts(who, "position"), "institution": texts(who, "institution")}
                        for who in givers(slot)
                    ],
                }
            )  # fmt: skip
    return sorted(found, key=lambda row: (row["starts_at"], row["session"]))


def kind_words(kind: str) -> dict[str, str]:
    """What a place without a title of its own is called, in every language."""
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = str(Slot.Kind(kind).label).capitalize()
    return found


def texts(row: Any, name: str) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := getattr(row, f"{name}_{code}", ""))}


def names(speaker: Speaker) -> dict[str, str]:
    return {code: speaker.full_name(code) for code in LANGUAGES if getattr(speaker, f"surname_{code}")}


# What a place says beside its hour; a version of earlier days may lack the last of them.
FROZEN = ("minutes", "title", "speakers", "section", "moderators", "kind", "abstract")
ADDED, GONE, MOVED, CHANGED = "added", "gone", "moved", "changed"


def differences(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What of a programme is new, gone, at another time, or says something else; in the order of the new one."""
    before, after = {row["uid"]: row for row in old}, {row["uid"]: row for row in new}
    found: list[dict[str, Any]] = []
    for row in new:
        was = before.get(row["uid"])
        if was is None:
            found.append(_change(ADDED, row))
        elif (was["starts_at"], was["session"]) != (row["starts_at"], row["session"]):
            found.append(_change(MOVED, row, was))
        elif any(was.get(name) != row.get(name) for name in FROZEN if name in was):
            found.append(_change(CHANGED, row, was))
    return found + [_change(GONE, row) for uid, row in before.items() if uid not in after]


def _change(what: str, row: dict[str, Any], was: dict[str, Any] | None = None) -> dict[str, Any]:
    """One line of the change log; `who`: ids of those whom it concerns, then as now."""
    told = {"what": what, "uid": row["uid"], "title": row["title"], "kind": row["kind"], "starts_at": row["starts_at"]}
    told["who"] = sorted({*concerned(row), *(concerned(was) if was is not None else ())})
    return told | ({"before": was["starts_at"]} if was is not None and what == MOVED else {})


def concerned(row: dict[str, Any]) -> set[int]:
    """Who speaks or moderates at a released place."""
    return {*(one["id"] for one in row["speakers"]), *row["chairs"]}


def touched(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> set[int]:
    """Speakers and moderators whose own places came, went, moved or changed."""
    return {pk for change in differences(old, new) for pk in change["who"]}
