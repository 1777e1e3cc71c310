"""Numbers of coverage as a page and a spreadsheet show them: the same names, the same order, what is hidden said so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.insights.coverage import PEOPLE, Coverage, Line
from orken.kit.i18n.numbers import number, percent
from orken.network.country_map import PLACES, letters
from orken.network.models import Unit

Text = str | Promise
PERIODS: dict[int, Text] = {1: _("1 year"), 3: _("3 years"), 5: _("5 years")}
HEADS: dict[str, Text] = {
    PEOPLE: _("Specialists"),
    "in-1": _("Trained in 1 year"),
    "in-3": _("Trained in 3 years"),
    "in-5": _("Trained in 5 years"),
    "earlier": pgettext_lazy("people", "Trained earlier"),
    "paper": pgettext_lazy("people", "Only by old papers"),
    "never": pgettext_lazy("people", "Never trained"),
    "participations": _("Participations"),
    "certificates": _("Certificates"),
    "hours": _("Person-hours"),
}
MEASURES = ("participations", "certificates", "hours")
RARE = ("earlier", "paper")  # classes whose column a page leaves out when nobody is in them
# Five shades by the share of the people who were trained: the words stand beside the colour.
STEPS = (20, 40, 60, 80)
# What a page and a spreadsheet say of themselves.
COUNTED = _(
    "Counted is everybody who holds a specialist's post on the day, once, by the main post. Percents are of them."
)
TRAINED = _("Trained is whoever passed by a confirmed result sheet, holds a certificate or has confirmed hours whose last day lies in the period. Papers of earlier years are counted apart; never trained is whoever has nothing at all.")  # fmt: skip
APART = _(
    "People, participations, certificates and person-hours are four measures: they are never added to one another."
)
HIDDEN = _("Hidden is what counts fewer than five people, and what would give such a number away.")


@dataclass(frozen=True)
class Figure:
    """One number of a line: None is hidden; `share` is its percent of the people; an address opens its rows."""

    name: str
    label: Text
    value: int | None
    share: int | None = None
    address: str = ""
    where: str = ""

    @property
    def html(self) -> SafeString:
        """The number as a page shows it. Put together here: a table has hundreds, and templates would take most of its time."""
        if self.value is None:
            return format_html('<span class="muted">{}</span>', _("hidden"))
        said: str = number(self.value)
        if self.address:
            said = format_html(
                '<a href="{}" aria-label="{}, {}: {}">{}</a>', self.address, self.label, self.where, said, said
            )
        return (
            format_html("{} <small>{}</small>", said, percent(self.share))
            if self.share is not None
            else format_html("{}", said)
        )


def figures(line: Line, years: int, address: Callable[[str], str] | None = None) -> list[Figure]:
    """Every number of a line; `address` gives where the rows of one stand, for whoever may see them."""
    people = line.people
    values: dict[str, int | None] = {
        PEOPLE: people,
        **{f"in-{one}": line.within(one) for one in PERIODS},
        **{name: line.of_class(name) for name in ("earlier", "paper", "never")},
        **{name: line.measure(name, years) for name in MEASURES},
    }
    return [
        Figure(
            name, HEADS[name], value,
            round(100 * value / people) if value and people and name not in (PEOPLE, *MEASURES) else None,
            address(name) if address and value else "", line.name,
        )
        for name, value in values.items()
    ]  # fmt: skip


def rows_address(line: Line, query: str) -> Callable[[str], str]:
    """Where the rows behind a number of this line stand, with what is asked."""

    def address(name: str) -> str:
        said = "&".join(part for part in ("own=1" if line.own else "", query) if part)
        return reverse("insights:rows", args=[line.code, name]) + (f"?{said}" if said else "")

    return address


def shade(share: int | None) -> int:
    """1 to 5; 0 where there is no share to show."""
    return 0 if share is None else 1 + sum(share >= step for step in STEPS)


@dataclass(frozen=True)
class Tile:
    """A region on the map of the country."""

    unit: Unit
    line: Line
    years: int
    address: str

    @property
    def row(self) -> int:
        return PLACES[self.unit.code][0]

    @property
    def column(self) -> int:
        return PLACES[self.unit.code][1]

    @property
    def name(self) -> str:
        return self.unit.short or self.unit.name

    @property
    def short(self) -> str:
        return letters(self.name)

    @property
    def full(self) -> str:
        return self.unit.name

    @property
    def shade(self) -> int:
        return shade(self.line.share(self.years))

    @property
    def value(self) -> str:
        share = self.line.share(self.years)
        return "—" if share is None else percent(share)


def tiles(answer: Coverage, address: Callable[[str], str]) -> list[Tile]:
    """The regions of the country in their places; each leads to its own page."""
    return [
        Tile(answer.units[line.unit], line, answer.question.years, address(line.code))
        for line in answer.lines
        if line.code in PLACES and not line.own
    ]


def legend() -> list[tuple[int, str]]:
    """What the shades mean, the grey one first."""
    between = [f"{low}–{percent(high - 1)}" for low, high in pairwise(STEPS)]
    first, last = (
        _("under %(share)s") % {"share": percent(STEPS[0])},
        _("%(share)s and more") % {"share": percent(STEPS[-1])},
    )
    return list(enumerate([str(_("nobody on the staff, or hidden")), first, *between, last]))
