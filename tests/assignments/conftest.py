"""A course with an assignment, learners who hand in, and trainers who mark."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from orken.assignments import services
from orken.assignments.models import Assignment, Work
from orken.people.models import Account
from orken.study.models import Offering
from orken.training import services as training
from orken.training.models import Trainer
from tests.study.conftest import Accounts, Learn, learn

__all__ = ["Accounts", "Class", "Learn", "Set", "learn"]

CODE = "SAFE-PLAN"
BEST, MIDDLE, LEAST = (dict.fromkeys(("c1", "c2", "c3", "c4"), level) for level in (3, 2, 0))
Set = Callable[..., Assignment]


class Class:
    """A run of the course of digital safety: `account(n)` of the nth learner, `markers` who teach it."""

    def __init__(self, offering: Offering, learners: list[Account], markers: list[Account]) -> None:
        self.offering, self.learners, self.markers = offering, learners, markers

    @property
    def context(self) -> str:
        return f"study.run:{self.offering.run_id}"

    def begin(self, n: int = 0) -> Work:
        by = self.learners[n]
        return services.begin(assignment=Assignment.objects.get(code=CODE), person=by.person, context=self.context, by=by)  # fmt: skip

    def hand_in(self, n: int = 0, text: str = "Экран қабырғаға қарайды, оны тек оқырман көреді.") -> Work:
        work = self.begin(n)
        work = services.save(work=work, text=text, revision=work.revision, by=self.learners[n])
        return services.hand_in(work=work, by=self.learners[n])

    def give(self, work: Work, levels: Mapping[str, int] = BEST, marker: int = 0, **more: Any) -> Work:
        return services.give(work=work, levels=levels, words="Рақмет", by=self.markers[marker], **more)


def account_of(person: Any) -> Account:
    return Account.objects.filter(person=person).first() or Account.objects.create(person=person, login=f"learner-{person.pk}")  # fmt: skip


@pytest.fixture
def course(learn: Learn, account: Accounts) -> Callable[..., Class]:
    """`course(3)`: so many learners, the village librarian first; three people mark."""

    def made(people: int = 1, code: str = "WORKS-1") -> Class:
        offering, seats = learn(code, people=people, course="SAFE")
        markers = [account("national")]
        for login in ("trainer", "curator"):
            teaches = training.invite_trainer(run=offering.run, person=account(login).person, by=None)
            training.answer_invitation(trainer=teaches, state=Trainer.State.ACCEPTED, by=account(login))
            markers.append(account(login))
        return Class(offering, [account_of(seat.person) for seat in seats], markers)

    return made


@pytest.fixture
def rules(account: Accounts) -> Set:
    """`rules(marking="one")`: the assignment of the course is published anew with other rules."""

    def changed(**fields: Any) -> Assignment:
        found, by = Assignment.objects.get(code=CODE), account("national")
        draft = services.start_draft(assignment=found, by=by)
        services.write(version=draft, fields=fields, by=by, revision=draft.revision)
        services.publish(assignment=found, by=None, revision=draft.revision + 1)
        return Assignment.objects.select_related("published").get(code=CODE)

    return changed


def photo(name: str = "орын.jpg", shade: int = 40, shape: str = "table") -> SimpleUploadedFile:
    """A photograph as a phone sends it."""
    picture = Image.new("RGB", (900, 600), (240, 236, 220))
    draw = ImageDraw.Draw(picture)
    if shape == "table":
        draw.rectangle((100, 80, 420, 300), fill=(shade, 60, 120))
        draw.ellipse((560, 300, 800, 540), fill=(90, shade, 60))
    else:
        draw.polygon([(450, 40), (860, 560), (40, 560)], fill=(shade, shade, 90))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")
