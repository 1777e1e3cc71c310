"""An exercise inside a lesson: its code; who shows it and who has passed it is told by whoever owns exercises (`embeds`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from orken.courseware import embeds
from orken.courseware.blocks.base import Kind, Lack, Question, Shown, register


@dataclass(frozen=True)
class Exercise(Kind):
    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        owner = embeds.owner()
        code = str(block.shared.get("code", ""))
        if owner is not None and code and not owner.stands([code]).get(code):
            yield Lack(_("No published exercise has this code."), stops=True)


EXERCISE = register(
    Exercise(
        "exercise", _("Exercise"), _("A published exercise, test or assignment"), outward=True,
        shared=(Question("code", _("Code of the exercise"), "line", _("It stands on the page of the exercise or assignment, for example SRDGOB-TEST."), 40, needed=True),),
        said=(Question("intro", _("What she is to do"), "line", "", 300),),
    )
)  # fmt: skip
