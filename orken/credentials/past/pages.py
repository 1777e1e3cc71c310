"""What the pages of a register of earlier years show: rows with their reasons, whom a row may mean, columns with samples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from orken.credentials.models import PastList, PastRow
from orken.credentials.past import reading, reasons, words
from orken.kit.audit import services as audit
from orken.kit.i18n.dates import date_range, short_date
from orken.kit.tables.tables import Column, Filter, Page, Table, choice
from orken.network import persons
from orken.network.models import Appointment
from orken.network.policy import Scope
from orken.network.staff_list import report
from orken.network.staff_list.layout import Part
from orken.network.staff_list.lists import opened
from orken.network.staff_list.pages import PASSED, Shown
from orken.people.models import Account, Person
from orken.people.models.person import sound_words
from orken.people.services import rights

S = PastRow.State
TAGS = {S.FOUND: "ok", S.DOUBTFUL: "wait", S.UNKNOWN: "wait", S.SAME: "", S.REFUSED: "stop"}
MOST_FOUND = 12


def sentences(row: PastRow) -> list[str]:
    """Every reason and remark of a row; the first says why it stands where it stands."""
    return [reasons.text(note) for note in row.notes]


def training(row: PastRow) -> str:
    """The training as it would be written: title, days, hours."""
    told = row.values
    if not told:
        return ""
    first, last = date.fromisoformat(told["first"]), date.fromisoformat(told["last"])
    days = date_range(first, last)
    return f"{told['title']} · {days} · {told['hours']} {_('academic hours')}"


def numbers(row: PastRow) -> str:
    """The numbers of the journal and of the document, as the register wrote them."""
    return " · ".join(filter(None, (row.values.get("journal", ""), row.values.get("paper", ""))))


def state(row: PastRow) -> str:
    if row.applied_at is not None:
        return format_html('<span class="tag ok">{}</span>', _("entered"))
    label = _("left out") if row.decision == "skip" else row.get_state_display()
    return format_html('<span class="tag {}">{}</span>', TAGS[S(row.state)], label)


def _applied(answer: str) -> Q:
    return Q(applied_at__isnull=answer != "yes")


def rows_table(table: PastList) -> Table:
    """The rows as a list page."""
    many = len(table.layout) > 1

    def number(row: PastRow) -> str:
        text = f"{row.sheet + 1}:{row.number}" if many else str(row.number)
        return format_html('<a href="{}">{}</a>', reverse("credentials:past_row", args=[table.pk, row.pk]), text)

    def what(row: PastRow) -> str:
        return format_html_join("", "<div>{}</div>", ((text,) for text in sentences(row)))

    return Table(
        "past-rows",
        columns=[
            Column("row", _("Row"), number, lambda row: row.number, order=("sheet", "number"), width=8),
            Column("name", _("In the register"), lambda row: row.name, order=("name", "number"), width=36),
            Column("person", _("Who it is"), lambda row: row.person.full_name() if row.person else "", width=36),
            Column("training", _("Training"), training, width=60),
            Column("numbers", _("Numbers on paper"), numbers, width=24),
            Column("state", _("State"), state, lambda row: str(row.get_state_display()), order=("state", "sheet", "number"), width=14),
            Column("what", _("What and why"), what, lambda row: " ".join(sentences(row)), width=70),
        ],
        filters=[
            Filter("q", _("Full name"), _named),
            choice("state", _("State"), S.choices),
            Filter("entered", _("Entered"), _applied, lambda: [("yes", _("yes")), ("no", _("no"))]),
        ],
        order="row",
        views=[
            (_("Doubtful"), "state=doubtful"), (_("Not found"), "state=unknown"), (_("Refused"), "state=refused"),
            (_("Found"), "state=found"), (_("Stands already"), "state=same"),
        ],
        taken_away=_traced(table),
    )  # fmt: skip


def _traced(table: PastList) -> Callable[[Page], None]:
    @transaction.atomic
    def note(page: Page) -> None:
        account = page.request.user
        assert isinstance(account, Account), "registers are for those who signed in"
        people = page.matching.exclude(person=None).order_by().values_list("person_id", flat=True).distinct()
        rights.note_taken(people=list(people), by=account, numbers=False)
        audit.record(
            "past.list_taken_away", table, by=account, scope_path=table.unit.path, after={"people": page.count}
        )

    return note


def _named(answer: str) -> Q:
    """Names as people write them, since SQLite knows only Latin capitals."""
    condition = Q()
    for form in {answer, answer.title(), answer.upper(), answer.lower()}:
        condition |= Q(name__contains=form)
    return condition


def passed_over(table: PastList) -> list[tuple[str, int]]:
    found = Counter(why for _sheet, _row, why in table.passed_over)
    return [(str(PASSED.get(why, why)), many) for why, many in found.most_common()]


def columns_of(table: PastList) -> list[tuple[str, str]]:
    """Heading and what it was taken for."""
    return [
        (heading, words.label_of(name) if name and name != words.IGNORED else "")
        for part in table.layout
        for heading, name in zip(part["headings"], part["columns"], strict=False)
        if heading
    ]


def parts_with_samples(table: PastList, answered: Mapping[int, Sequence[str]] | None = None) -> list[tuple[str, list[Shown]]]:  # fmt: skip
    """Each sheet with its columns and some of what stands in them, numbers of persons masked."""
    found = []
    for part in table.layout:
        rows = [opened(row.cells) for row in table.rows.filter(sheet=part["sheet"]).order_by("number")[:12]]
        fields = (answered or {}).get(part["sheet"], part["columns"])
        shown = []
        for place, (heading, name) in enumerate(zip(part["headings"], fields, strict=False)):
            cells = [row[place] for row in rows if place < len(row) and row[place]]
            if heading or cells:
                samples = [report.masked(name, cell) for cell in dict.fromkeys(cells)][:3]
                shown.append(Shown(f"c-{part['sheet']}-{place}", heading, name, samples))
        found.append((part["name"], shown))
    return found


NEEDED = ("name", "title", "period", "hours", "paper", "journal", "unit")


def fields_of(table: PastList, row: PastRow) -> list[tuple[str, str, str]]:
    """Field, label and text of a row as it may be mended; a number of a person is shown masked and kept when it is left so."""
    part = Part.from_json(next(one for one in table.layout if one["sheet"] == row.sheet))
    texts = reading.texts_of(part, opened(row.cells))
    texts |= {name: opened([text])[0] for name, text in row.corrections.items()}
    passed = (words.IGNORED, "number", "post")
    names = list(dict.fromkeys([*(name for name in part.columns if name and name not in passed), *texts]))
    names = [name for name in names if name not in passed]
    parts = any(name.split("_")[0] in ("surname", "given", "name") for name in names)
    days = any(name in ("starts_on", "ends_on") for name in names)
    skipped = {"name"} if parts else set()
    names += [one for one in NEEDED if one not in names and one not in skipped and not (one == "period" and days)]
    return [(name, words.label_of(name), report.masked(name, texts.get(name, "")) if name == "iin" else texts.get(name, "")) for name in names]  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a row may mean, with what tells her from her namesakes."""

    answer: str
    name: str
    facts: list[str]
    chosen: bool


def candidates_of(table: PastList, row: PastRow, asked: str) -> list[Candidate]:
    """Whom the row may mean, whoever was chosen by hand, and whoever `asked` names in the scope of the register."""
    ids = [pk for pk in row.candidates if isinstance(pk, int)]
    if match := re.fullmatch(r"same:(\d{1,18})", row.decision):
        ids.insert(0, int(match[1]))
    elif row.person_id is not None:
        ids.insert(0, row.person_id)
    people = persons.people_in(Scope((table.within.path,)))
    found = {person.pk: person for person in people.filter(pk__in=ids)}
    chosen = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
    said = sound_words(asked).split()
    if said:
        matching = people.exclude(pk__in=found)
        for word in said:
            matching = matching.filter(folded__contains=word)
        chosen += list(matching.order_by("sort_kk", "pk")[:MOST_FOUND])
    return _told(chosen, row)


def _told(people: Sequence[Person], row: PastRow) -> list[Candidate]:
    posts: dict[int, list[Appointment]] = {}
    for one in Appointment.objects.live().filter(person__in=people).select_related("unit", "post").order_by("-valid_from"):  # fmt: skip
        posts.setdefault(one.person_id, []).append(one)
    meant = f"same:{row.person_id}" if row.person_id else row.decision
    found = []
    for person in people:
        facts = [f"{one.post.title} · {one.unit.name}" for one in posts.get(person.pk, [])[:2]]
        if person.birth_on:
            facts.insert(0, short_date(person.birth_on))
        answer = f"same:{person.pk}"
        found.append(Candidate(answer, person.full_name(), facts, answer == meant))
    return found


def next_open(table: PastList, after: PastRow) -> PastRow | None:
    """The next row that waits for a person."""
    waiting = table.rows.filter(state__in=PastRow.OPEN, applied_at=None).exclude(decision="skip").order_by("sheet", "number")  # fmt: skip
    return waiting.filter(sheet=after.sheet, number__gt=after.number).first() or waiting.exclude(pk=after.pk).first()
