"""What is held about a person as a file that she takes with her: a sheet for each kind, in her language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network import transfers
from orken.network.models import Appointment, RoleAssignment
from orken.network.staff_list.pages import FIELD_LABELS
from orken.people.models import TRAIT_FIELDS, Consent, DataRequest, Look, Person, PreviousName, ProtectedId

WIDE, NARROW = 40, 16
_added: list[Added] = []


@dataclass(frozen=True)
class Added:
    """What an app above holds about a person: a sheet of the file, and the page where she reads it."""

    title: str | Promise
    address: str
    sheet: Callable[[Person], Table]


def register(title: str | Promise, *, address: str, sheet: Callable[[Person], Table]) -> None:
    """`address` is the name of a page of her own."""
    _added.append(Added(title, address, sheet))


def elsewhere() -> list[Added]:
    """Pages of apps above that hold something about her."""
    return list(_added)


def of(person: Person) -> IO[bytes]:
    """An open xlsx: facts, names, posts and roles, who looked, what she asked, consents, transfers. Her number stands masked."""
    posts = Appointment.objects.live().filter(person=person).select_related("unit", "post").order_by("valid_from")
    roles = RoleAssignment.objects.live().filter(person=person).select_related("unit").order_by("valid_from")
    names = PreviousName.objects.live().filter(person=person).order_by("valid_from")
    looks = Look.objects.filter(person=person).order_by("-at")
    asked = DataRequest.objects.filter(person=person).order_by("sent_at")
    consents = Consent.objects.filter(person=person).order_by("given_at")
    return write_xlsx(
        [
            _sheet(_("Names and facts"), [(_("What"), WIDE), (_("State"), WIDE)], _facts(person)),
            _sheet(
                _("Earlier names"), [(_("Full name"), WIDE), (_("Since"), NARROW), (_("Until"), NARROW)],
                ([str(row), row.valid_from, row.valid_to] for row in names),
            ),
            _sheet(
                _("Posts"), [(_("Post"), WIDE), (_("Library"), WIDE), (_("Rate"), NARROW), (_("Since"), NARROW), (_("Until"), NARROW)],
                ([row.post.title, row.unit.name, row.rate, row.valid_from, row.valid_to] for row in posts),
            ),
            _sheet(
                _("Roles"), [(_("Role"), WIDE), (_("Where"), WIDE), (_("Since"), NARROW), (_("Until"), NARROW)],
                ([str(row.get_role_display()), row.unit.name, row.valid_from, row.valid_to] for row in roles),
            ),
            _sheet(
                _("Who looked"), [(_("Who"), WIDE), (_("What"), WIDE), (_("When"), NARROW)],
                ([row.by_name, str(row.get_what_display()), row.at] for row in looks.iterator(chunk_size=1000)),
            ),
            _sheet(
                _("What I asked for"), [(_("What"), WIDE), (_("In your words"), WIDE), (_("State"), NARROW), (pgettext("heading", "Answer"), WIDE), (_("When"), NARROW)],
                ([str(row.get_kind_display()), row.text, str(row.get_state_display()), row.answer, row.sent_at] for row in asked),
            ),
            _sheet(
                _("My consent"), [(_("Version of the text"), NARROW), (_("When"), NARROW), (_("Taken back"), NARROW), (_("How"), NARROW)],
                ([row.version, row.given_at, row.withdrawn_at, str(row.get_way_display())] for row in consents),
            ),
            _sheet(
                _("Who asks to employ me"), [(_("Library"), WIDE), (_("Post"), WIDE), (_("State"), NARROW), (_("Reason"), WIDE), (pgettext("heading", "Answer"), WIDE)],
                ([row.unit.name, row.post.title, str(row.get_state_display()), row.reason, row.answer] for row in transfers.of_person(person)),
            ),
            *(one.sheet(person) for one in _added),
        ]
    )  # fmt: skip


def _sheet(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> Table:
    return Table(name, [Column(heading, width) for heading, width in columns], rows)


def _facts(person: Person) -> list[list[Any]]:
    """What is known, a line each; what is not known has none."""
    kept = ProtectedId.objects.filter(person=person).first()
    told: dict[str, Any] = {
        _("In Kazakh"): person.full_name("kk"), _("In Russian"): person.full_name("ru"), _("In Latin letters"): person.full_name("en"),
        _("Date of birth"): person.birth_on, _("Sex"): str(person.get_sex_display()), _("IIN"): kept.masked if kept else "",
        _("Telephone"): person.phone, _("E-mail"): person.email,
    }  # fmt: skip
    for name in TRAIT_FIELDS:
        display = getattr(person, f"get_{name}_display", None)
        value = display() if display is not None and getattr(person, name) else getattr(person, name)
        if name == "languages":
            value = ", ".join(str(one) for one in person.language_names)
        if isinstance(value, bool):
            value = _("yes") if value else _("no")
        told[str(FIELD_LABELS[name])] = str(value) if name not in _DAYS and value is not None else value
    return [[label, value] for label, value in told.items() if value not in ("", None)]


_DAYS = ("library_since", "category_on", "attested_on")
