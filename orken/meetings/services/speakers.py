"""The verbs of a speaker: named, asked, claimed, her answer and her consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from orken.credentials import services as credentials
from orken.credentials.speaking import source_of
from orken.kit.audit import services as audit
from orken.meetings import events, policy, selectors, states
from orken.meetings.models import Guest, Meeting, Speaker
from orken.meetings.services.common import EditedMeanwhile, locked, managed, trail_of, write
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.training.models import Run

NAMES = (
    "surname_kk", "given_kk", "patronymic_kk", "surname_ru", "given_ru", "patronymic_ru", "surname_en", "given_en", "sex",
)  # fmt: skip
FIELDS = (
    *NAMES, "position_kk", "position_ru", "position_en", "unit", "institution_kk", "institution_ru", "institution_en", "email",
)  # fmt: skip


class TakenAlready(Exception):
    """The link was claimed by somebody else, or she stands in this programme already."""


def known(meeting: Meeting, person: Person, *, answer: str = Speaker.Answer.ASKED, by: Account | None = None) -> Speaker:  # fmt: skip
    """The speaker that `person` is at the meeting, made from the staff register of its day when she stands nowhere yet.

    Inside the lock of the meeting.
    """
    found = Speaker.objects.filter(meeting=meeting, person=person).first()
    if found is not None:
        return found
    standing = selectors.as_of(person, meeting.run.starts_on)
    speaker = Speaker(meeting=meeting, person=person, unit=standing.unit, answer=answer)
    if answer != Speaker.Answer.ASKED:
        speaker.answered_at = timezone.now()
    write(speaker, standing.values, FIELDS)
    speaker.save(force_insert=True)
    audit.record("speaker.named", speaker, by=by, scope_path=meeting.run.host.path)
    return speaker


@transaction.atomic
def name_person(*, run: Run, person: Person, by: Account) -> Speaker:
    """Put somebody whom the staff register knows among the speakers."""
    return known(managed(run, by, "name_speaker"), person, by=by)


@transaction.atomic
def name_speaker(*, run: Run, values: Mapping[str, Any], by: Account | None) -> Speaker:
    """Put somebody among the speakers whom the register does not know: the organiser keeps her row until she claims it."""
    meeting = managed(run, by, "name_speaker")
    speaker = Speaker(meeting=meeting)
    _fill(speaker, values)
    speaker.save(force_insert=True)
    audit.record("speaker.named", speaker, by=by, scope_path=meeting.run.host.path)
    return speaker


@transaction.atomic
def change_speaker(*, speaker: Speaker, values: Mapping[str, Any], by: Account) -> Speaker:
    """Put her names, position or institution right, as of the meeting's day.

    Once the meeting is over what was heard stands: only a name that is lacking is still written, for her certificate needs
    it in both languages. Raises WayIsClosed.
    """
    meeting = locked(speaker.meeting.run)
    policy.require_managing(by, meeting.run)
    speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk)
    before = {name: getattr(speaker, name) for name in FIELDS if name != "unit"}
    unit = speaker.unit_id
    _fill(speaker, values)
    changed = [name for name, was in before.items() if getattr(speaker, name) != was]
    if speaker.unit_id != unit or any(before[name] or name not in NAMES for name in changed):
        states.check_live(meeting, "change_speaker")
    speaker.save()
    told = trail_of({name: [before[name], getattr(speaker, name)] for name in changed})
    audit.record(
        "speaker.changed", speaker, by=by, scope_path=meeting.run.host.path,
        before=told["before"], after=told["after"],
    )  # fmt: skip
    return speaker


def _fill(speaker: Speaker, values: Mapping[str, Any]) -> None:
    """Write her row; a library of the network lends its name of the day where none was written."""
    unit: Unit | None = values.get("unit", speaker.unit)
    written = dict(values)
    if unit is not None and not any(written.get(f"institution_{code}") for code in ("kk", "ru", "en")):
        written |= selectors.institution_as_of(unit, speaker.meeting.run.starts_on)
    write(speaker, written, FIELDS)


@transaction.atomic
def read_register(*, speaker: Speaker, by: Account) -> Speaker:
    """Take position and institution from the staff register of the meeting's day anew."""
    meeting = managed(speaker.meeting.run, by, "read_register")
    speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk)
    if speaker.person is None:
        return speaker
    standing = selectors.as_of(speaker.person, meeting.run.starts_on)
    before = {"position": speaker.position_kk, "institution": speaker.institution_kk}
    speaker.unit = standing.unit or speaker.unit
    write(speaker, standing.values, FIELDS)
    speaker.save()
    audit.record(
        "speaker.read_from_register", speaker, by=by, scope_path=meeting.run.host.path, before=before,
        after={"position": speaker.position_kk, "institution": speaker.institution_kk},
    )  # fmt: skip
    return speaker


@transaction.atomic
def drop_speaker(*, speaker: Speaker, by: Account) -> bool:
    """Take somebody out who gives no talk and moderates nothing; answers whether she went."""
    meeting = managed(speaker.meeting.run, by, "drop_speaker")
    if speaker.gives.exists() or speaker.moderated.exists():
        return False
    audit.record("speaker.dropped", speaker, by=by, scope_path=meeting.run.host.path)
    speaker.delete()
    return True


@transaction.atomic
def ask(*, speaker: Speaker, by: Account, anew: bool = False) -> Speaker:
    """Invite her to confirm: by a letter to whoever has an account, by a link to everybody else.

    `anew` gives another link and shuts the one before.
    """
    meeting = managed(speaker.meeting.run, by, "ask_speaker")
    speaker = Speaker.objects.select_for_update(of=("self",)).select_related("person").get(pk=speaker.pk)
    speaker.asked_at = timezone.now()
    if anew:
        speaker.key_number += 1
    speaker.save(update_fields=["asked_at", "key_number"])
    speaker.meeting = meeting
    if anew and (guest := Guest.objects.filter(speaker=speaker).first()) is not None:
        events.guest_link_shut.send(Guest, guest=guest, by=by)
    audit.record("speaker.asked", speaker, by=by, scope_path=meeting.run.host.path, after={"anew": anew})
    events.speaker_asked.send(Speaker, speaker=speaker, by=by)
    return speaker


@transaction.atomic
def answer(*, speaker: Speaker, comes: bool | None, consent: str | None, by: Account | None) -> Speaker:
    """She says whether she speaks and whether she may be recorded; `by` None: by her own link, `comes` None: her answer stands.

    The organiser may note what she said by telephone. Her word about the recording may be changed at any
    time, also after the meeting. Raises OutOfScope.
    """
    speaker = Speaker.objects.select_for_update(of=("self",)).select_related("meeting__run__host").get(pk=speaker.pk)
    run = speaker.meeting.run
    if by is not None and by.person_id != speaker.person_id:
        policy.require_managing(by, run)
    state = speaker.answer if comes is None else Speaker.Answer.COMES if comes else Speaker.Answer.DECLINES
    before = {"answer": speaker.answer, "consent": speaker.consent}
    if run.is_live and state != speaker.answer:
        speaker.answer, speaker.answered_at = state, timezone.now()
    if consent is not None and consent != speaker.consent:
        speaker.consent = Speaker.Consent(consent)
        speaker.consented_at = timezone.now() if consent else None
        speaker.consent_by = (str(by) if by is not None else speaker.full_name("kk"))[:300] if consent else ""
    speaker.save()
    after = {"answer": speaker.answer, "consent": speaker.consent}
    if after != before:
        audit.record("speaker.answered", speaker, by=by, scope_path=run.host.path, before=before, after=after)
    return speaker


@transaction.atomic
def claim(*, speaker: Speaker, by: Account) -> Speaker:
    """Whoever came by the link and signed in makes the row her own: from now on it stands on her page.

    Raises TakenAlready. The names of the programme stay as the organiser wrote them.
    """
    speaker = Speaker.objects.select_for_update(of=("self",)).select_related("meeting__run__host").get(pk=speaker.pk)
    if speaker.person_id == by.person_id:
        return speaker
    if speaker.person_id is not None or Speaker.objects.filter(meeting=speaker.meeting, person=by.person_id).exists():
        raise TakenAlready(str(speaker.pk))
    states.check_live(speaker.meeting, "claim")
    speaker.person_id = by.person_id
    speaker.save(update_fields=["person"])
    if by.person is not None:
        given = [source_of(pk) for pk in speaker.gives.values_list("pk", flat=True)]
        credentials.belongs_to(sources=given, person=by.person, by=by)
    audit.record("speaker.claimed", speaker, by=by, scope_path=speaker.meeting.run.host.path)
    return speaker


__all__ = [
    "EditedMeanwhile", "TakenAlready", "answer", "ask", "change_speaker", "claim", "drop_speaker", "known", "name_person",
    "name_speaker", "read_register",
]  # fmt: skip
