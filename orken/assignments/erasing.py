"""What becomes of works when a person is erased: marks and figures stay, her own words and files go."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from orken.assignments.models import Flag, Part, Remark, Review, Saving, Work
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.people import events
from orken.people.models import Person

GONE = "•••"


def connect() -> None:
    events.erasing.connect(erasing, dispatch_uid="assignments.erasing")


def erasing(sender: Any, person: Person, **more: Any) -> None:
    """A work keeps that it came, when, and what it was worth; what she wrote as a learner of others' works goes too."""
    works = Work.objects.filter(person=person)
    kept = set(Part.objects.filter(work__in=works).exclude(file=None).values_list("file", flat=True))
    Part.objects.filter(work__in=works).update(file=None, name=GONE, look="")
    for one in StoredFile.objects.filter(pk__in=kept):
        files.remove(kept=one)
    Saving.objects.filter(work__in=works).delete()
    works.exclude(text="").update(text=GONE)
    works.update(prints=[])
    Remark.objects.filter(review__work__in=works).exclude(quote="").update(quote=GONE)
    Remark.objects.filter(review__work__in=works).update(words=GONE)
    Review.objects.filter(work__in=works).exclude(words="").update(words=GONE)
    Review.objects.filter(work__in=works).exclude(reason="").update(reason=GONE)
    Flag.objects.filter(Q(one__in=works) | Q(other__in=works)).exclude(settled_at=None).update(reason=GONE)
    hers = Review.objects.filter(reviewer=person, role=Review.Role.PEER)
    hers.exclude(words="").update(words=GONE)
    Remark.objects.filter(review__in=hers).update(words=GONE)
