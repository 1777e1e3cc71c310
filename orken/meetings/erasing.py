"""What becomes of speakers and contacts when a person is erased."""

from __future__ import annotations

from typing import Any

from orken.kit.audit import services as audit
from orken.kit.text.naming import without_names
from orken.meetings.models import Institution, Speaker
from orken.notices.unnaming import borne_by_her_alone
from orken.people import events
from orken.people.models import Person
from orken.people.services.erasing import ERASED_NAMES

OTHERS = ("given_kk", "given_ru", "given_en", "patronymic_kk", "patronymic_ru")


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="meetings.erasing")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """A released programme goes on naming whoever spoke (a duty); of a programme that never came out her names go.

    Her address goes in any case, and as a contact of an institution she goes by every name that only she bears.
    """
    rows = Speaker.objects.filter(person=person)
    rows.update(email="", consent_by="")
    private = list(rows.filter(meeting__releases=None).values_list("pk", flat=True))
    Speaker.objects.filter(pk__in=private).update(**ERASED_NAMES, **dict.fromkeys(OTHERS, ""))
    audit.mask_words("meetings.speaker", private, names)
    hers = borne_by_her_alone(person, names)
    told = [
        one for one in Institution.objects.exclude(contact="") if without_names(one.contact, hers, "") != one.contact
    ]
    for one in told:
        one.contact, one.reach = without_names(one.contact, hers, "").strip(), ""
    Institution.objects.bulk_update(told, ["contact", "reach"], batch_size=200)
    audit.mask_words("meetings.institution", [one.pk for one in told], hers)
