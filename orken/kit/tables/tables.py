"""A list page described once: columns, filters, order, bulk actions, saved views, export.

    UNITS = Table("units", columns=[…], filters=[…], order="name")
    page = UNITS.page(request, rows)      # `rows` is a query set already inside the reader's scope

Every address of a list is a plain link, so a view can be bookmarked, sent and saved. The number of
queries does not depend on the number of rows: one for the rows, one for the count, one for the views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict
from django.utils.formats import localize
from django.utils.functional import Promise, cached_property
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import current_language
from orken.kit.tables.models import SavedView
from orken.kit.text.quotes import quoted

Text = str | Promise
PER_PAGE = 50
NOTHING = _("Nothing matches. Take a filter away.")
KEPT = ("sort", "columns", "page", "format", "view")  # keys of the address that are not filters


@dataclass(frozen=True)
class Column:
    """One column: `cell` gives what the page shows, `plain` what a spreadsheet gets (by default the same).

    `order` are the fields that sort by this column, or a function that gives them for the reader's
    language; without them it cannot be sorted by. A column
    that is not `shown` waits in the column choice. `width` is in letters, for the spreadsheet.
    """

    name: str
    label: Text
    cell: Callable[[Any], Any]
    plain: Callable[[Any], Any] | None = None
    order: tuple[str, ...] | Callable[[], tuple[str, ...]] = ()
    number: bool = False
    shown: bool = True
    width: int = 20

    @property
    def fields(self) -> tuple[str, ...]:
        return self.order() if callable(self.order) else self.order

    def value(self, row: Any) -> Any:
        found = (self.plain or self.cell)(row)
        return found if isinstance(found, (int, float)) or found is None or hasattr(found, "year") else str(found)


@dataclass(frozen=True)
class Filter:
    """One question of the filter line. `apply` gets the answer and gives a condition; no answer, no condition.

    A `rare` one waits under «More filters», which stands open when one of them is answered.
    """

    name: str
    label: Text
    apply: Callable[[str], Q]
    choices: Callable[[], Sequence[tuple[str, Text]]] | None = None
    rare: bool = False

    def condition(self, answer: str) -> Q:
        if not answer:
            return Q()
        if self.choices is not None and answer not in {str(value) for value, _label in self.choices()}:
            return Q()  # an old or mistyped address shows the list without this filter
        return self.apply(answer)


def choice(
    name: str, label: Text, pairs: Sequence[tuple[str, Text]], lookup: str = "", *, rare: bool = False
) -> Filter:
    """A filter by a field with choices; the answer «unknown» stands for an empty field when it is offered."""

    def apply(answer: str) -> Q:
        return Q(**{lookup or name: "" if answer == "unknown" else answer})

    return Filter(name, label, apply, lambda: pairs, rare)


@dataclass(frozen=True)
class Action:
    """A verb over the chosen rows; `run` gets them and the request and answers with the address to go to."""

    name: str
    label: Text
    address: str
    grave: bool = False


@dataclass(frozen=True)
class Question:
    """A filter as the page asks it."""

    name: str
    label: Text
    answer: str
    options: list[tuple[str, Text, bool]] | None


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    column: Column
    address: str
    sorted: str  # ascending, descending or empty


@dataclass(frozen=True)
class View:
    """A tab over the list."""

    name: Text
    address: str
    current: bool
    pk: int | None = None


@dataclass(frozen=True)
class Table:
    """A list page; see the module."""

    name: str
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    order: str = ""
    tie: str = "pk"
    actions: Sequence[Action] = ()
    views: Sequence[tuple[Text, str]] = ()
    label: Callable[[Any], str] = str
    empty: Text = NOTHING
    ready: Callable[[list[Any]], None] | None = None  # looks up what the cells of these rows need, at once for all
    # Called in the transaction in which the list leaves as a file: whoever holds personal data leaves a trace.
    taken_away: Callable[[Page], None] | None = None
    carried: Sequence[str] = ()  # keys of the address that say which list this is: no filter, and never lost

    def page(self, request: HttpRequest, rows: QuerySet[Any]) -> Page:
        return Page(self, request, rows)


@dataclass
class Page:
    """One page of a list for one reader; everything is read from the address."""

    table: Table
    request: HttpRequest
    rows: QuerySet[Any]
    actions: Sequence[Action] = field(init=False)

    def __post_init__(self) -> None:
        self.actions = self.table.actions

    @cached_property
    def query(self) -> QueryDict:
        return self.request.GET

    @cached_property
    def answers(self) -> dict[str, str]:
        return {one.name: self.query.get(one.name, "").strip()[:200] for one in self.table.filters}

    @cached_property
    def columns(self) -> list[Column]:
        wanted = set(",".join(self.query.getlist("columns")).split(",")) - {""}
        if wanted:
            found = [column for column in self.table.columns if column.name in wanted]
            if found:
                first = self.table.columns[0]
                return found if first in found else [first, *found]
        return [column for column in self.table.columns if column.shown]

    @cached_property
    def sort(self) -> tuple[Column | None, bool]:
        """The column sorted by, and whether from the end."""
        asked = self.query.get("sort", "") or self.table.order
        column = next((one for one in self.table.columns if one.name == asked.lstrip("-") and one.order), None)
        if column is None and self.table.order:
            column = next(one for one in self.table.columns if one.name == self.table.order.lstrip("-"))
            asked = self.table.order
        return column, asked.startswith("-")

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """All rows that the filters let through, in order."""
        condition = Q()
        for one in self.table.filters:
            condition &= one.condition(self.answers[one.name])
        column, back = self.sort
        order: list[Any] = []
        if column:
            order = [self._in_order(name, back) for name in column.fields]
        return self.rows.filter(condition).order_by(*order, self.table.tie)

    def _in_order(self, name: str, back: bool) -> OrderBy:
        """Empty cells stand last. Said only where there may be such: SQLite takes no index for an order that says it."""
        last = True if _may_be_empty(self.rows.model, name) else None
        return F(name).desc(nulls_last=last) if back else F(name).asc(nulls_last=last)

    @cached_property
    def count(self) -> int:
        return self.matching.order_by().count()

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.count // PER_PAGE))

    @cached_property
    def number(self) -> int:
        asked = self.query.get("page", "1")
        return min(max(int(asked), 1), self.pages) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1

    @cached_property
    def shown(self) -> list[Any]:
        """The rows of this page: first their keys in order, then only these rows whole.

        So what a row counts (staff of a library) is counted for fifty rows, not for all that sort before them.
        """
        if not self.count:
            return []
        start = (self.number - 1) * PER_PAGE
        keys = list(self.matching.values_list("pk", flat=True)[start : start + PER_PAGE])
        found = {row.pk: row for row in self.rows.filter(pk__in=keys)}
        return self._ready([found[key] for key in keys if key in found])

    def whole(self) -> Iterator[Any]:
        """Every matching row, a thousand at a time."""
        waiting = self.matching.iterator(chunk_size=1000)
        while rows := list(islice(waiting, 1000)):
            yield from self._ready(rows)

    def _ready(self, rows: list[Any]) -> list[Any]:
        if self.table.ready is not None and rows:
            self.table.ready(rows)
        return rows

    @cached_property
    def lines(self) -> list[tuple[Any, list[tuple[Column, Any]]]]:
        """Each shown row with its cells."""
        return [(row, [(column, column.cell(row)) for column in self.columns]) for row in self.shown]

    @property
    def body(self) -> SafeString:
        """The rows as HTML. Put together here, not by the template: fifty rows are most of the page's time."""
        choose = conditional_escape(gettext("Choose"))
        marks = [
            ("", "") if place == 0 else (' class="n"' if column.number else "", conditional_escape(str(column.label)))
            for place, column in enumerate(self.columns)
        ]
        return mark_safe("".join(self._row(row, cells, marks, choose) for row, cells in self.lines))

    def _row(self, row: Any, cells: list[tuple[Column, Any]], marks: list[tuple[str, str]], choose: str) -> str:
        parts = ['\n<tr role="row">']
        if self.actions:
            parts.append(
                f'<td class="pickcell" role="cell"><label class="check"><input type="checkbox" name="pick" value="{row.pk:d}"'
                f' form="bulk"><span class="vh">{choose}: {conditional_escape(self.table.label(row))}</span></label></td>'
            )
        for place, (_column, cell) in enumerate(cells):
            shown = "—" if cell is None else conditional_escape(localize(cell))
            if place == 0:
                parts.append(f'<th scope="row" role="rowheader">{shown}</th>')
            else:
                number, label = marks[place]
                parts.append(f'<td role="cell"{number} data-l="{label}">{shown}</td>')
        return "".join([*parts, "</tr>"])

    @property
    def filtered(self) -> bool:
        return any(self.answers.values())

    @property
    def chosen(self) -> list[Text]:
        """What was answered, in the words of the answers: a phone shows this line and the filters behind it."""
        found: list[Text] = []
        for one in self._asked.values():
            if one.answer:
                options = one.options
                found += (
                    [quoted(str(one.answer), current_language())]
                    if options is None
                    else [label for _value, label, here in options if here]
                )
        return found

    @property
    def first(self) -> int:
        return (self.number - 1) * PER_PAGE + 1 if self.count else 0

    @property
    def last(self) -> int:
        return min(self.number * PER_PAGE, self.count)

    def address(self, **changes: str) -> str:
        """The address of this list with `changes`; an empty value takes the key out."""
        query = self.query.copy()
        query.pop("page", None)
        for key, value in changes.items():
            query[key] = value
        return _join(self.request.path, urlencode([(key, one) for key in query for one in query.getlist(key) if one]))

    @property
    def heads(self) -> Iterator[Head]:
        column, back = self.sort
        for one in self.columns:
            here = one is column
            following = f"-{one.name}" if here and not back else one.name
            state = ("descending" if back else "ascending") if here else ""
            yield Head(one, self.address(sort=following) if one.order else "", state)

    @property
    def questions(self) -> list[Question]:
        return [self._asked[one.name] for one in self.table.filters if not one.rare]

    @property
    def rare_questions(self) -> list[Question]:
        return [self._asked[one.name] for one in self.table.filters if one.rare]

    @property
    def rare_answered(self) -> bool:
        return any(self.answers[one.name] for one in self.table.filters if one.rare)

    @cached_property
    def _asked(self) -> dict[str, Question]:
        """Every filter as a question, by name; a list of answers is looked up once however often the page names it."""
        found = {}
        for one in self.table.filters:
            answer = self.answers[one.name]
            options = None
            if one.choices is not None:
                options = [(value, label, str(value) == answer) for value, label in one.choices()]
            found[one.name] = Question(one.name, one.label, answer, options)
        return found

    @property
    def choosable(self) -> list[tuple[Column, bool]]:
        """Every column but the first, with whether it is shown."""
        return [(column, column in self.columns) for column in self.table.columns[1:]]

    @property
    def hidden(self) -> dict[str, str]:
        """What a filter form carries along: order and columns."""
        return {key: self.query.get(key, "") for key in (*self.table.carried, "sort", "columns") if self.query.get(key)}

    @property
    def hidden_filters(self) -> dict[str, str]:
        """What the column form carries along: filters and order."""
        return {key: str(value) for key, value in self.query.items() if key not in ("columns", "page") and value}

    @property
    def bare(self) -> str:
        """The address of the whole list."""
        kept = [(key, one) for key in self.table.carried for one in self.query.getlist(key) if one]
        return _join(self.request.path, urlencode(kept))

    @cached_property
    def _saved(self) -> list[SavedView]:
        account = getattr(self.request, "user", None)
        if account is None or not account.is_authenticated:
            return []
        return list(SavedView.objects.filter(account_id=account.pk, table=self.table.name).order_by("pk"))

    @property
    def views(self) -> list[View]:
        """«All», the views that come with the list, and her own."""
        here = {key: value for key, value in _state(self.query).items() if key not in self.table.carried}
        fixed = [(_("All"), ""), *self.table.views]
        found = [View(name, _join(self.bare, query), _state(QueryDict(query)) == here) for name, query in fixed]
        found += [
            View(view.name, _join(self.request.path, view.query), _state(QueryDict(view.query)) == here, view.pk)
            for view in self._saved
        ]
        return found

    @property
    def current_view(self) -> View | None:
        return next((view for view in self.views if view.current), None)

    @property
    def around(self) -> list[int | None]:
        """Page numbers to show: first, last, and those around this one; None is a gap."""
        wanted = sorted({1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)})
        found: list[int | None] = []
        for number in wanted:
            if found and found[-1] is not None and number - found[-1] > 1:
                found.append(None)
            found.append(number)
        return found


def _may_be_empty(model: type[Model], name: str) -> bool:
    """Whether this column may hold nothing on its way: a nullable field, a relation that may lead nowhere, a reckoned one."""
    for part in name.split("__"):
        try:
            here = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if here.null:
            return True
        if isinstance(here.related_model, type):
            model = here.related_model
    return False


def _join(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def _state(query: Mapping[str, Any]) -> dict[str, str]:
    """What makes two addresses the same view."""
    return {key: query[key] for key in query if key not in ("page", "format") and query[key]}
