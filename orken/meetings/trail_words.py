"""How the trail calls what is written about programmes, talks, speakers, institutions and guests."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import words
from orken.meetings.models import Look, Slot, Speaker, Talk, TalkFile

VERBS = {
    "meeting.told": _("changed the occasion or the call of a meeting"),
    "meeting.section_added": _("added a section to a programme"),
    "meeting.section_changed": _("changed a section of a programme"),
    "meeting.section_dropped": _("took a section out of a programme"),
    "meeting.placed": _("put something into a programme"),
    "meeting.moved": _("moved something in a programme"),
    "meeting.taken_out": _("took something out of a programme"),
    "meeting.released": _("released a programme"),
    "talk.proposed": _("proposed a talk"),
    "talk.invited": _("put in an invited talk"),
    "talk.changed": _("changed a talk"),
    "talk.looked_at": _("looked at a proposed talk"),
    "talk.accept": _("accepted a talk"),
    "talk.decline": _("declined a talk"),
    "talk.reopen": _("had a talk looked at again"),
    "talk.withdraw": _("withdrew a talk"),
    "talk.file_added": _("added a file to a talk"),
    "talk.file_shown": _("showed a file of a talk to everybody"),
    "talk.file_hidden": _("hid a file of a talk"),
    "talk.file_dropped": _("took a file of a talk back"),
    "speaker.named": _("put somebody into a programme"),
    "speaker.changed": _("changed what a programme says of a speaker"),
    "speaker.read_from_register": _("took a speaker's post from the staff register"),
    "speaker.asked": _("asked a speaker"),
    "speaker.answered": _("noted a speaker's answer"),
    "speaker.claimed": _("took a place in a programme as her own"),
    "speaker.dropped": _("took somebody out of a programme"),
    "institution.listed": _("listed an institution for a meeting"),
    "institution.invited": _("invited an institution to a meeting"),
    "institution.answered": _("noted the answer of an institution"),
    "institution.counted": _("noted how many sat in a room"),
    "institution.changed": _("changed what is kept of an institution"),
    "institution.struck": _("took an institution off the list"),
    "guest.added": _("invited a guest to a meeting"),
    "guest.answered": _("noted a guest's answer"),
    "guest.dropped": _("shut the link of a guest"),
    "guest.reopened": _("gave a guest another link"),
    "guest.forgotten": _("erased the data of a guest"),
}
ABOUT = {
    "meeting": _("Programmes of meetings"),
    "talk": _("Talks"),
    "speaker": _("Speakers"),
    "institution": _("Institutions at meetings"),
    "guest": _("Guests of meetings"),
}
FIELDS = {
    "title": _("Title"),
    "occasion": _("occasion"),
    "call": _("what the call asks for"),
    "abstract": _("abstract"),
    "speaker.surname": _("surname"),
    "speaker.given": _("given name"),
    "speaker.patronymic": _("patronymic"),
    "institution.name": _("name"),
    "institution.city": _("town or village"),
    "occasion_unit": _("whose anniversary"),
    "minutes": _("Minutes"),
    "spoken": _("Language of the talk"),
    "moderators": _("Moderators"),
    "meeting.session": pgettext_lazy("of a meeting", "Session"),
    "meeting.kind": _("What it is"),
    "meeting.places": _("Places in the programme"),
    "meeting.changes": _("Changes"),
    "meeting.released.number": _("Version"),
    "meeting.released.note": _("Note"),
    "verdict": _("Verdict"),
    "sha256": None,
    "talk.kind": _("Kind of file"),
    "anew": _("another link"),
    "consent": _("Recording"),
    "speaker.answer": _("Answer"),
    "speaker.position": pgettext_lazy("of a speaker", "Position"),
    "speaker.institution": _("Institution"),
    "delegation": _("How many people it sends"),
    "headcount": _("How many sat in its room"),
    "guest.institution": _("Institution"),
    "comes": pgettext_lazy("in the trail", "comes"),
}
VALUES = {
    "meeting.kind": Slot.Kind, "talk.kind": TalkFile.Kind, "verdict": Look.Verdict, "spoken": Talk.Spoken, "consent": Speaker.Consent,
    "speaker.answer": Speaker.Answer,
}  # fmt: skip
NAMED = {"meeting.session": words.rows_of("training.Session"), "occasion_unit": words.rows_of("network.Unit", field="code")}  # fmt: skip


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES, named=NAMED)
