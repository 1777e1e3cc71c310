"""What the sheet does when the rows below announce something."""

from __future__ import annotations

from typing import Any

from orken.kit.audit import services as audit
from orken.kit.offline import services as offline
from orken.kit.text.naming import without_names
from orken.notices.unnaming import borne_by_her_alone
from orken.people import events
from orken.people.models import Person
from orken.people.services.erasing import ERASED_NAMES
from orken.training.attendance.refusals import MARK, POINTS, WALK_IN
from orken.training.models import WalkIn

INSTEAD = ERASED_NAMES["surname_kk"]  # a sheet has one text of a name


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="training.attendance.erasing")


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """Who walked in is known by her name alone: a name that only she bears goes, of the sheet, its trail and the lines of devices.

    That somebody was there, how long and from which library stays.
    """
    hers = borne_by_her_alone(person, names)
    guests = [one for one in WalkIn.objects.all() if without_names(one.name, hers, INSTEAD) != one.name]
    for guest in guests:
        guest.name = without_names(guest.name, hers, INSTEAD)
    known = WalkIn.objects.filter(joins__person=person).exclude(pk__in=[guest.pk for guest in guests]).distinct()
    for guest in known:  # as she was called at the door, in whatever spelling
        audit.mask_words("training.walkin", [guest.pk], [guest.name])
        offline.unname(kinds=(MARK, WALK_IN, POINTS), names=[guest.name], instead=INSTEAD)
        guest.name = INSTEAD
        guests.append(guest)
    WalkIn.objects.bulk_update(guests, ["name"], batch_size=200)
    audit.mask_words("training.walkin", [guest.pk for guest in guests], hers)
    offline.unname(kinds=(MARK, WALK_IN, POINTS), names=hers, instead=INSTEAD)
