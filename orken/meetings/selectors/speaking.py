"""Who spoke, who has a certificate of it, and what stands in the way of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.credentials import names as spelling
from orken.credentials import selectors as credentials
from orken.credentials.models import Certificate
from orken.credentials.services import Spoken
from orken.credentials.speaking import LANGUAGES, PARTS, source_of
from orken.meetings import not_held
from orken.meetings.models import Release, Speaker, Talk, TalkSpeaker
from orken.meetings.selectors.programme import Text, texts
from orken.meetings.selectors.talks import institution_as_of
from orken.training.models import Run, Session


@dataclass(frozen=True)
class Given:
    """A talk as one speaker gave it. `lacks`: why there is no certificate of it, empty when nothing stands in the way."""

    giving: TalkSpeaker
    spoken: Spoken | None
    lacks: Text
    certificate: Certificate | None = None
    revoked: bool = False

    @property
    def waits(self) -> bool:
        """It may be certified and is not."""
        return self.certificate is None and not self.lacks


def given_at(run: Run, only: Iterable[int] | None = None) -> list[Given]:
    """Every accepted or withdrawn talk with each who gives it, in the order of the released programme.

    Six queries, and those of whoever knows what was held.
    """
    rows = TalkSpeaker.objects.filter(talk__meeting=run.pk, talk__state__in=[Talk.State.ACCEPTED, Talk.State.WITHDRAWN])
    if only is not None:
        rows = rows.filter(speaker__in=only)
    found = list(rows.select_related("talk", "speaker__unit", "speaker__person"))
    release = Release.objects.filter(meeting=run.pk).order_by("-number").first()
    places = {row["talk"]: row for row in release.slots if row["talk"]} if release is not None else {}
    sittings = list(Session.objects.filter(run=run).values_list("pk", "ends_at", "cancelled_at"))
    gone = {pk for pk, _ends, cancelled in sittings if cancelled is not None}
    ends = {pk: at for pk, at, _cancelled in sittings}
    fell = not_held.talks_of(run)
    have = credentials.of_source(source_of(one.pk) for one in found)
    organiser = {
        code: text for code in LANGUAGES if (text := institution_as_of(run.host, run.starts_on)[f"institution_{code}"])
    }
    held = []
    for one in sorted(
        found, key=lambda row: (places.get(row.talk_id, {}).get("starts_at", "~"), row.talk_id, row.place, row.pk)
    ):
        place, standing = places.get(one.talk_id), have.get(source_of(one.pk), credentials.Standing())
        spoken = _spoken(one, place, organiser) if place is not None else None
        held.append(
            Given(
                one, spoken, _lacks(run, one, place, spoken, gone, ends, fell), standing.certificate, standing.revoked
            )
        )
    return held


def _spoken(one: TalkSpeaker, place: dict[str, Any], organiser: dict[str, str]) -> Spoken:
    """The talk as it was released; names are those of the programme, for they are of its day."""
    speaker = one.speaker
    name = {
        code: {part: " ".join(getattr(speaker, f"{part}_{code}", "").split()) for part in PARTS} for code in LANGUAGES
    }
    begins = datetime.fromisoformat(place["starts_at"])
    own = {**place["title"]}
    first = own.get(one.talk.spoken) or next(iter(own.values()), "")
    return Spoken(
        name=name, talk={code: own.get(code) or first for code in LANGUAGES}, on=timezone.localdate(begins), organiser=organiser,
        institution=texts(speaker, "institution"),
    )  # fmt: skip


def _lacks(
    run: Run,
    one: TalkSpeaker,
    place: dict[str, Any] | None,
    spoken: Spoken | None,
    gone: set[int],
    ends: Mapping[int, datetime],
    fell: frozenset[int],
) -> Text:
    """Why this talk gives no certificate, in the order in which it is asked."""
    if one.talk.state == Talk.State.WITHDRAWN:
        return _("The talk was withdrawn.")
    if run.state == Run.State.CANCELLED:
        return _("The meeting was called off.")
    if one.speaker.answer == Speaker.Answer.DECLINES:
        return _("She could not speak.")
    if place is None or spoken is None or one.speaker_id not in [who["id"] for who in place["speakers"]]:
        return _("The released programme does not name her with this talk.")
    if place["session"] in gone:
        return _("Its session was taken out of the timetable.")
    told = datetime.fromisoformat(place["starts_at"]) + timedelta(minutes=place["minutes"])
    if min(told, ends.get(place["session"], told)) > timezone.now():  # a session may end before its timetable does
        return _("The talk is not held yet.")
    if one.talk_id in fell:
        return _("By the record of the room it was not on stage. Where the proceedings are prepared the organiser can say that it was held.")  # fmt: skip
    return " ".join(map(str, spelling.problems(spoken.name)))


def certificates_of(speaker: Speaker) -> list[Certificate]:
    """Certificates of her talks that were issued and hold, for the page that her own link opens."""
    sources = [source_of(pk) for pk in speaker.gives.values_list("pk", flat=True)]
    rows = Certificate.objects.filter(source__in=sources, state=Certificate.State.ISSUED)
    return list(rows.select_related("pdf").order_by("pk"))
