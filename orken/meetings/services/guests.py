"""The verbs of guests from outside: invited, their answer, their link shut, their minutes, their data erased (decisions 0083, 0105)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.meetings import events, policy, states
from orken.meetings.models import Guest, Speaker
from orken.meetings.services.common import WayIsClosed, locked, managed
from orken.people.models import Account
from orken.people.services.erasing import ERASED_NAMES
from orken.training.models import Run


@transaction.atomic
def add_guest(*, run: Run, name: str, institution: str, email: str, by: Account) -> Guest:
    """Somebody from outside gets a link of her own."""
    meeting = managed(run, by, "add_guest")
    guest = Guest.objects.create(meeting=meeting, name=" ".join(name.split())[:200], institution=institution, email=email, by=by)  # fmt: skip
    audit.record("guest.added", guest, by=by, scope_path=meeting.run.host.path, after={"institution": institution})
    events.guest_added.send(Guest, guest=guest, by=by)
    return guest


@transaction.atomic
def guest_of_speaker(*, speaker: Speaker) -> Guest:
    """The row by which a speaker without an account stands in live rooms, named as the programme names her. By her own link.

    Raises WayIsClosed for one who has an account: she comes with it.
    """
    speaker = Speaker.objects.select_for_update(of=("self",)).select_related("meeting__run__host").get(pk=speaker.pk)
    if speaker.person_id is not None:
        raise WayIsClosed("guest_of_speaker", [str(speaker)])
    named = {"name": speaker.short_name("kk")[:200], "institution": speaker.institution[:300]}
    guest, _new = Guest.objects.get_or_create(
        speaker=speaker, defaults={"meeting": speaker.meeting, "comes": True, **named}
    )
    if not _new and (guest.name, guest.institution) != (named["name"], named["institution"]):
        guest.name, guest.institution = named["name"], named["institution"]
        guest.save(update_fields=["name", "institution"])
    return guest


@transaction.atomic
def guest_answers(*, guest: Guest, comes: bool) -> Guest:
    """By her link she says whether she comes."""
    guest = Guest.objects.select_for_update(of=("self",)).select_related("meeting__run__host").get(pk=guest.pk)
    states.check_live(guest.meeting, "guest_answers")
    guest.comes, guest.answered_at = comes, timezone.now()
    guest.save(update_fields=["comes", "answered_at"])
    audit.record("guest.answered", guest, by=None, scope_path=guest.meeting.run.host.path, after={"comes": comes})
    return guest


@transaction.atomic
def drop_guest(*, guest: Guest, by: Account) -> None:
    """Shut her link; whoever sits in a room by it leaves at once."""
    meeting = managed(guest.meeting.run, by, "drop_guest")
    guest.gone_at = timezone.now()
    guest.save(update_fields=["gone_at"])
    audit.record("guest.dropped", guest, by=by, scope_path=meeting.run.host.path)
    events.guest_link_shut.send(Guest, guest=guest, by=by)


@transaction.atomic
def reopen_guest(*, guest: Guest, by: Account) -> Guest:
    """Another link for somebody whose link was shut; the old one stays shut. Raises OutOfScope, WayIsClosed."""
    meeting = managed(guest.meeting.run, by, "reopen_guest")
    guest = Guest.objects.select_for_update(of=("self",)).select_related("meeting__run__host").get(pk=guest.pk)
    if guest.gone_at is None or guest.erased_at is not None:
        return guest
    guest.gone_at, guest.key_number = None, guest.key_number + 1
    guest.save(update_fields=["gone_at", "key_number"])
    audit.record("guest.reopened", guest, by=by, scope_path=meeting.run.host.path)
    events.guest_added.send(Guest, guest=guest, by=by)
    events.guest_link_given.send(Guest, guest=guest, by=by)
    return guest


@transaction.atomic
def forget_guest(*, guest: Guest, by: Account) -> Guest:
    """Erase who she was, at her wish: name, institution and address go, here, in the trail and in what was said; her link is shut.

    Counts and minutes stay without a name. Also after the meeting: a wish to be erased asks for no state. Raises OutOfScope.
    """
    meeting = locked(guest.meeting.run)
    policy.require_managing(by, meeting.run)
    guest = Guest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    name, names = guest.name, names_of(guest)
    shuts = guest.gone_at is None
    guest.name, guest.institution, guest.email = ERASED_NAMES["surname_kk"], "", ""
    guest.gone_at, guest.erased_at = guest.gone_at or timezone.now(), timezone.now()
    guest.save(update_fields=["name", "institution", "email", "gone_at", "erased_at"])
    audit.mask_words("meetings.guest", [guest.pk], names)
    audit.record("guest.forgotten", guest, by=by, scope_path=meeting.run.host.path)
    if shuts:
        events.guest_link_shut.send(Guest, guest=guest, by=by)
    events.guest_forgotten.send(Guest, guest=guest, name=name, names=names, by=by)
    return guest


def names_of(guest: Guest) -> list[str]:
    """What she was called, the longest first: the whole name, each word of it, the body she came from."""
    words = {guest.name, guest.institution, *(word for word in guest.name.split() if len(word) > 2)} - {""}
    return sorted(words, key=lambda word: (-len(word), word))


@transaction.atomic
def note_minutes(*, run: Run, minutes: Mapping[int, int], by: Account | None = None) -> int:
    """How many minutes each guest was in the live rooms of the run, told by the room when it is over; answers how many rows changed."""
    changed = []
    for guest in Guest.objects.filter(meeting=run.pk, pk__in=minutes):
        if guest.minutes != minutes[guest.pk]:
            guest.minutes = minutes[guest.pk]
            changed.append(guest)
    Guest.objects.bulk_update(changed, ["minutes"])
    return len(changed)


__all__ = ["add_guest", "drop_guest", "forget_guest", "guest_answers", "guest_of_speaker", "note_minutes"]
