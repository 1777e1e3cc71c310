"""Links for those who have no account: signed, good until another number shuts them, kept nowhere.

The link names a row and the number of its key; who gives a new link raises the number, and the old one
says nothing any more. Nothing in the database opens the page of a speaker or of a guest.
"""

from __future__ import annotations

from django.core import signing

from orken.meetings.models import Guest, Speaker

SPEAKER, GUEST = "orken.meetings.speaker", "orken.meetings.guest"


def of_speaker(speaker: Speaker) -> str:
    return signing.dumps([speaker.pk, speaker.key_number], salt=SPEAKER)


def of_guest(guest: Guest) -> str:
    return signing.dumps([guest.pk, guest.key_number], salt=GUEST)


def speaker_of(word: str) -> Speaker | None:
    """Whom the link names; None when it is false or was shut."""
    pk, number = _read(word, SPEAKER)
    return Speaker.objects.filter(pk=pk, key_number=number).select_related("meeting__run__host", "person").first()


def guest_of(word: str) -> Guest | None:
    pk, number = _read(word, GUEST)
    rows = Guest.objects.filter(pk=pk, key_number=number, gone_at=None)
    return rows.select_related("meeting__run__host").first()


def shut_guest_of(word: str) -> Guest | None:
    """Whom a link once named that the organiser has shut since; of one whose data are erased nothing is said."""
    pk, number = _read(word, GUEST)
    found = Guest.objects.filter(pk=pk, erased_at=None).select_related("meeting__run__host").first()
    return found if found is not None and (found.gone_at is not None or found.key_number != number) else None


def _read(word: str, salt: str) -> tuple[int, int]:
    try:
        pk, number = signing.loads(word, salt=salt)
    except signing.BadSignature:
        return 0, 0
    return int(pk), int(number)
