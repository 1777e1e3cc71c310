"""An exercise inside a lesson: its code; who shows it and who has passed it is told by whoever owns exercises (`embeds`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from orken.courseware import embeds
from orken.courseware.blocks.base import Kind, Lack, Question, Shown, register
from orken.kit.i18n.content import text_of


def offers() -> list[tuple[str, str]]:
    """Published exercises and assignments with their titles in the reader's language."""
    owner = embeds.owner()
    return [(one.code, text_of(one, "title").value) for one in owner.offered()] if owner is not None else []


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
        shared=(Question("code", _("Exercise, test or assignment"), "line", _("Type a part of its title or its code and choose from the list. One that is not published yet is named by its code."), 340, needed=True, offers=offers),),
        said=(Question("intro", _("What she is to do"), "line", "", 300),),
    )
)  # fmt: skip
