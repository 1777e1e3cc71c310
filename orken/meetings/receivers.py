"""Who is told of what at a meeting: announcements become letters inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from orken.discussion.models import Post
from orken.kit.i18n.content import LANGUAGES
from orken.kit.i18n.dates import short_date
from orken.kit.jobs import services as jobs
from orken.kit.mail import services as mail
from orken.kit.search import services as search
from orken.kit.text.quotes import quoted
from orken.meetings import background, events, keys, threads
from orken.meetings.letters import to_outsider
from orken.meetings.models import Guest, Institution, Release, Speaker, Talk
from orken.meetings.selectors.programme import ADDED, CHANGED, GONE, MOVED, concerned, said
from orken.network import policy as network
from orken.network.roles import Permission
from orken.notices import services as notices
from orken.people.models import Account, Person
from orken.training import events as training_events
from orken.training import policy
from orken.training.models import Enrolment, Run

Texts = dict[str, str]


def title(row: Run | Talk) -> Texts:
    return {code: text_in(row, "title", code) for code in LANGUAGES}


def text_in(row: Any, name: str, language: str) -> str:
    return str(getattr(row, f"{name}_{language}", "") or "")


def host(run: Run) -> Texts:
    return {code: text_in(run.host, "name", code) for code in LANGUAGES}


@receiver(events.talk_proposed)
def tell_organisers(sender: type[Talk], talk: Talk, by: Account, **rest: Any) -> None:
    """Whoever organises the meeting hears of a proposal, but for the one who made it."""
    who = {code: by.person.short_name(code) for code in LANGUAGES}
    run = talk.meeting.run
    for account in policy.organisers(run):
        if account.pk != by.pk:
            notices.send(
                kind="meetings.talk_proposed", to=account.person, about=talk, by=None, page=f"/training/{run.code}/talks/{talk.pk}/",
                facts={"meeting": title(run), "talk": title(talk), "who": who},
            )  # fmt: skip


@receiver(events.talk_decided)
def tell_speakers(sender: type[Talk], talk: Talk, before: str, by: Account, **rest: Any) -> None:
    """Those who give the talk hear what was decided, but for whoever decided it herself."""
    kind = {Talk.State.ACCEPTED: "meetings.talk_accepted", Talk.State.DECLINED: "meetings.talk_declined"}.get(Talk.State(talk.state))  # fmt: skip
    if kind is None:
        return
    run = talk.meeting.run
    facts: dict[str, Any] = {"meeting": title(run), "talk": title(talk)}
    facts |= {"reason": talk.reason} if kind == "meetings.talk_declined" else {"first": run.starts_on}
    for person in Person.objects.filter(spoke__talks=talk).exclude(pk=by.person_id).order_by("pk"):
        notices.send(
            kind=kind, to=person, facts=facts, about=talk, by=by, page=f"/talks/{talk.pk}/", key=f"{kind}:{talk.pk}:{talk.revision}:{person.pk}"
        )  # fmt: skip


@receiver(events.speaker_asked)
def ask_speaker(sender: type[Speaker], speaker: Speaker, by: Account, **rest: Any) -> None:
    """Whom the house knows is asked on her own page and by letter; whom it does not, by her address with a link."""
    run, moment = speaker.meeting.run, speaker.asked_at or timezone.now()
    if speaker.person is not None:
        notices.send(
            kind="meetings.speaker_asked", to=speaker.person, about=speaker, by=by, page="/talks/",
            facts={"meeting": title(run), "host": host(run), "first": run.starts_on},
            key=f"meetings.speaker_asked:{speaker.pk}:{moment.isoformat()}",
        )  # fmt: skip
    elif speaker.email:
        names = {code: f"{text_in(speaker, 'given', code)} {text_in(speaker, 'surname', code)}".strip() or speaker.full_name(code) for code in LANGUAGES}  # fmt: skip
        outside("speaker", speaker.email, run, names, f"/kk/speaker/{keys.of_speaker(speaker)}/", f"{speaker.pk}:{moment.isoformat()}")  # fmt: skip


@receiver(events.guest_added)
def invite_guest(sender: type[Guest], guest: Guest, by: Account, **rest: Any) -> None:
    """A guest with an address gets her link by letter."""
    run = guest.meeting.run
    if guest.email:
        names = dict.fromkeys(LANGUAGES, guest.name)
        outside(
            "guest", guest.email, run, names, f"/kk/guest/{keys.of_guest(guest)}/", f"{guest.pk}:{guest.key_number}"
        )


def outside(what: str, to: str, run: Run, names: Texts, path: str, key: str) -> None:
    """A letter to somebody without an account; its text is wiped once it is sent, for it holds her link."""
    subject, text = to_outsider(what, run, names, f"{settings.SITE_ADDRESS}{path}")
    mail.post(key=f"meetings.{what}:{key}", to=to, language="kk", subject=subject, text=text, secret=True)


@receiver(events.programme_released)
def tell_of_programme(
    sender: type[Release], release: Release, touched: Iterable[int], first: bool, by: Account | None, **rest: Any
) -> None:  # fmt: skip
    """The first version tells whoever holds a seat that it is out; every version tells each speaker and moderator of her own place alone."""
    run = release.meeting.run
    speakers = Speaker.objects.filter(pk__in=list(touched), person__isnull=False).select_related("person")
    told: set[int] = set()
    for speaker in speakers.order_by("pk"):
        assert speaker.person is not None, "asked for with a person"
        told.add(speaker.person.pk)
        what = {code: "\n".join(lines(release, speaker.pk, code)) for code in LANGUAGES}
        notices.send(
            kind="meetings.place_told", to=speaker.person, about=release, by=by, page=f"/run/{run.code}/programme/",
            facts={"meeting": title(run), "what": what}, key=f"meetings.place_told:{release.pk}:{speaker.pk}",
        )  # fmt: skip
    if first and by is None:
        write_to_seats(release, told, None)  # the demo: nobody waits for a page
    elif first:
        jobs.start(background.seats, payload={"release": release.pk, "told": sorted(told)}, by_id=by.pk if by else None, once=f"meetings.seats:{release.pk}")  # fmt: skip


def write_to_seats(release: Release, told: Iterable[int], by: Account | None) -> int:
    """Whoever holds a seat and was not written to as a speaker; answers how many. Done twice it is the same."""
    run = release.meeting.run
    seats = Enrolment.objects.filter(run=run, state__in=Enrolment.LIVE).exclude(person__in=list(told))
    found = list(Person.objects.filter(enrolments__in=seats).distinct().order_by("pk"))
    for person in found:
        notices.send(
            kind="meetings.programme_released", to=person, about=release, by=by, page=f"/run/{run.code}/programme/",
            facts={"meeting": title(run), "first": run.starts_on}, key=f"meetings.programme_released:{run.pk}:{person.pk}",
        )  # fmt: skip
    return len(found)


WORDS = {
    "kk": {ADDED: "{title}: {at}", MOVED: "{title}: енді {at}", CHANGED: "{title}: мәліметі өзгерді, уақыты {at}", GONE: "{title}: бағдарламадан алынды"},
    "ru": {ADDED: "{title}: {at}", MOVED: "{title}: теперь {at}", CHANGED: "{title}: изменены сведения, время {at}", GONE: "{title}: убрано из программы"},
    "en": {ADDED: "{title}: {at}", MOVED: "{title}: now {at}", CHANGED: "{title}: its details have changed, at {at}", GONE: "{title}: taken out of the programme"},
}  # fmt: skip


def lines(release: Release, speaker: int, language: str) -> list[str]:
    """What of the programme concerns a speaker: her changed places, or all of hers in the first version."""
    changes = release.changes or [{**row, "what": ADDED, "who": concerned(row)} for row in release.slots]
    found = []
    for change in changes:
        if speaker in change["who"]:
            local = timezone.localtime(datetime.fromisoformat(change["starts_at"]))
            at = f"{short_date(local, language)}, {local:%H:%M}"
            heading = quoted(said(change["title"], language)[0], language)
            found.append(WORDS[language][change["what"]].format(title=heading, at=at))
    return found


@receiver(events.institution_invited)
def invite_library(sender: type[Institution], institution: Institution, by: Account, **rest: Any) -> None:
    """Whoever sends that library's people, nearest to it, gets the invitation."""
    if institution.unit is None:
        return
    run = institution.meeting.run
    moment = institution.invited_at.isoformat() if institution.invited_at else ""
    facts = {
        "meeting": title(run), "host": host(run), "first": run.starts_on, "library": {code: text_in(institution, "name", code) for code in LANGUAGES},
    }  # fmt: skip
    for account in network.nearest(Permission.APPLICATION_SEND, institution.unit.path):
        notices.send(
            kind="meetings.institution_invited", to=account.person, facts=facts, about=institution, by=by,
            page=f"/invitations/{institution.pk}/", key=f"meetings.institution_invited:{institution.pk}:{moment}:{account.pk}",
        )  # fmt: skip


@receiver(training_events.run_changed)
def follow_archive(sender: type[Run], run: Run, before: str, by: Account | None, **rest: Any) -> None:
    """What is put into the archive leaves the search, with what was said of it."""
    if run.state == Run.State.ARCHIVED:
        talks = list(Talk.objects.filter(meeting=run.pk).values_list("pk", flat=True))
        search.index("talk", talks)
        sources = [threads.of_meeting(run), *(threads.of_talk(pk) for pk in talks)]
        search.index("post", list(Post.objects.filter(thread__source__in=sources).values_list("pk", flat=True)))
