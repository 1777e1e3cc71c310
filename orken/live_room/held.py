"""What live rooms hold about a person, as sheets of the file that she takes with her."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.kit.sheets.writing import Column, Table
from orken.live_room.models import Caption, ChatLine, Interval, Opinion, Question
from orken.network import held_file
from orken.people.models import Person

SAID, PRESENCE = gettext_lazy("What I said in live rooms"), gettext_lazy("My presence in live rooms")


def register() -> None:
    held_file.register(SAID, address="training:mine", sheet=said)
    held_file.register(PRESENCE, address="training:mine", sheet=presence)


def said(person: Person) -> Table:
    columns = [Column(_("Meeting"), 60), Column(_("When"), 18), Column(_("What"), 20), Column(_("Text"), 80)]
    rows: list[list[object]] = []
    kinds = (
        (Question, "asked_at", _("question")), (Opinion, "at", _("opinion")), (ChatLine, "at", _("line of the chat")), (Caption, "starts_at", _("caption")),
    )  # fmt: skip
    for model, at, label in kinds:
        whose = {"by": person} if model is Caption else {"person": person}
        found: Any = model.objects.filter(**whose).select_related("room__session__run").order_by("pk")
        rows += [[row.room.session.run.title, getattr(row, at), label, row.text] for row in found]
    return Table(str(SAID), columns, rows)


def presence(person: Person) -> Table:
    columns = [Column(_("Meeting"), 60), Column(_("From"), 18), Column(_("Till"), 18), Column(_("Source"), 36), Column(_("Reason"), 50)]  # fmt: skip
    rows = Interval.objects.filter(person=person).select_related("room__session__run").order_by("begun_at", "pk")
    return Table(str(PRESENCE), columns, ([one.room.session.run.title, one.begun_at, one.ended_at, str(one.get_source_display()), one.reason] for one in rows))  # fmt: skip
