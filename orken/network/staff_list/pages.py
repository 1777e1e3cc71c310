"""What the pages of a staff list show: rows with their reasons in the reader's language, columns with samples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from orken.kit.tables.tables import Column, Filter, Table, choice
from orken.network import taking_away
from orken.network.models import Appointment, Post, StaffImport, StaffRow, Unit
from orken.network.policy import Scope
from orken.network.staff_list import reasons, report, words
from orken.network.staff_list.judging import texts_of
from orken.network.staff_list.layout import Part
from orken.network.staff_list.lists import opened
from orken.people.models import Person, Traits

TAGS = {"new": "ok", "changed": "wait", "doubtful": "wait", "refused": "stop", "same": ""}
PASSED: dict[str, str | Promise] = {
    "title": _("titles above the list"),
    "heading": _("headings"),
    "numbers": _("numbers of columns"),
    "total": _("totals"),
    "section": _("names of libraries over a part of the list"),
    "signature": _("signatures"),
    "note": _("remarks"),
    "no_list": _("rows of sheets without a list"),
}
FIELD_LABELS: dict[str, str | Promise] = {
    "education": _("Education"), "library_education": _("Library education"), "languages": _("Working languages"),
    "library_since": _("Works in libraries since"), "category": _("Category"), "category_level": _("Level of qualification"),
    "category_on": _("Category given on"), "attested_on": _("Attested on"), "attestation": _("Result of the attestation"),
    "birth_on": _("Date of birth"), "sex": _("Sex"), "phone": _("Telephone"), "email": _("E-mail"), "iin": _("IIN"),
    "post": _("Post"), "unit": _("Library"), "rate": _("Rate"), "name": _("Full name"),
}  # fmt: skip
_CHOICES: dict[str, dict[str, Any]] = {
    "education": dict(Traits.Education.choices), "category": dict(Traits.Category.choices),
    "category_level": dict(Traits.Level.choices), "attestation": dict(Traits.Attestation.choices),
    "sex": dict(Person.Sex.choices), "library_education": {"True": _("yes"), "False": _("no")},
}  # fmt: skip


def sentences(row: StaffRow) -> list[str]:
    """Every reason and remark of a row; the first says why it stands where it stands."""
    return [reasons.text(note) for note in row.notes]


def reason_of(row: StaffRow) -> str:
    return reasons.text(row.notes[0]) if row.notes else ""


def changes(row: StaffRow, posts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Field, what stands, what comes, in the reader's words."""
    found = []
    for name, before, after in row.values.get("changes", ()):
        label = FIELD_LABELS.get(name) or words.label_of(name)
        found.append((str(label), _said(name, before, posts), _said(name, after, posts)))
    return found


def _said(name: str, text: str, posts: dict[str, str]) -> str:
    if name == "post":
        return posts.get(text, text)
    return str(_CHOICES.get(name, {}).get(text, text))


def post_choices() -> list[tuple[str, str]]:
    return [(post.code, post.title) for post in Post.objects.order_by("code")]


def rows_table(table: StaffImport) -> Table:
    """The rows as a list page: refused and doubtful first."""
    posts = dict(post_choices())
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=_units(table))}
    many = len(table.layout) > 1

    def number(row: StaffRow) -> str:
        text = f"{row.sheet + 1}:{row.number}" if many else str(row.number)
        return format_html('<a href="{}">{}</a>', reverse("network:staff_row", args=[table.pk, row.pk]), text)

    def state(row: StaffRow) -> str:
        label = _("left out") if row.decision == "skip" else row.get_state_display()
        return format_html('<span class="tag {}">{}</span>', TAGS[row.state], label)

    def what(row: StaffRow) -> str:
        return format_html(
            "{}{}",
            format_html_join("", "<div>{}</div>", ((text,) for text in sentences(row))),
            format_html_join("", "<div>{}: {} → <b>{}</b></div>", ((a, b or "—", c) for a, b, c in changes(row, posts))),
        )  # fmt: skip

    def plain_what(row: StaffRow) -> str:
        told = [f"{label}: {old or '—'} → {new}" for label, old, new in changes(row, posts)]
        return "; ".join([*sentences(row), *told])

    def held(row: StaffRow) -> str:
        unit = units.get(row.values.get("unit") or 0)
        return unit.name if unit else ""

    return Table(
        "staff-rows",
        columns=[
            Column("row", _("Row"), number, lambda row: row.number, order=("sheet", "number"), width=8),
            Column("name", _("Full name"), lambda row: row.name, order=("name",), width=40),
            Column("unit", _("Library"), held, width=40),
            Column("post", _("Post"), lambda row: ", ".join(posts.get(code, code) for code in row.values.get("posts", ())), width=30),
            Column("state", _("State"), state, lambda row: str(row.get_state_display()), order=("state", "sheet", "number"), width=14),
            Column("what", _("What and why"), what, plain_what, width=80),
        ],
        filters=[
            Filter("q", _("Full name"), _named),
            choice("state", _("State"), StaffRow.State.choices),
        ],
        order="row",
        views=[
            (_("Doubtful"), "state=doubtful"),
            (_("Refused"), "state=refused"),
            (_("New"), "state=new"),
            (_("Changed"), "state=changed"),
            (_("Same"), "state=same"),
        ],
        taken_away=taking_away.of_list(table),
    )  # fmt: skip


def _named(answer: str) -> Q:
    """Names as people write them, since SQLite knows only Latin capitals."""
    forms = {answer, answer.title(), answer.upper(), answer.lower()}
    condition = Q()
    for form in forms:
        condition |= Q(name__contains=form)
    return condition


def _units(table: StaffImport) -> set[int]:
    return {pk for pk in table.rows.values_list("values__unit", flat=True).distinct() if isinstance(pk, int)}


def passed_over(table: StaffImport) -> list[tuple[str, int]]:
    """What was passed over: words and how many rows."""
    found = Counter(why for _sheet, _row, why in table.passed_over)
    return [(str(PASSED.get(why, why)), many) for why, many in found.most_common()]


def columns_of(table: StaffImport) -> list[tuple[str, str]]:
    """Heading and what it was taken for."""
    return [
        (heading, words.label_of(name) if name and name != words.IGNORED else "")
        for part in table.layout
        for heading, name in zip(part["headings"], part["columns"], strict=False)
        if heading
    ]


@dataclass(frozen=True)
class Shown:
    """A column on the page of columns."""

    key: str
    heading: str
    chosen: str
    samples: list[str]


def parts_with_samples(
    table: StaffImport, answered: Mapping[int, Sequence[str]] | None = None
) -> list[tuple[str, list[Shown]]]:
    """Each sheet with its columns and some of what stands in them, numbers and contacts masked.

    `answered` are the fields that she has chosen on the page already, by sheet.
    """
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


def fields_of(table: StaffImport, row: StaffRow) -> list[tuple[str, str, str]]:
    """Field, label and text of a row as it may be mended; a number is shown masked and kept when it is left so."""
    part = Part.from_json(next(one for one in table.layout if one["sheet"] == row.sheet))
    texts = texts_of(part, opened(row.cells)) | {name: opened([text])[0] for name, text in row.corrections.items()}
    names = list(
        dict.fromkeys([*(name for name in part.columns if name and name not in (words.IGNORED, "number")), *texts])
    )
    names = [name for name in names if name != "number"]
    for needed in ("unit", "post"):
        if needed not in names:
            names.append(needed)
    return [
        (name, words.label_of(name), report.masked(name, texts.get(name, "")) if name == "iin" else texts.get(name, ""))
        for name in names
    ]


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a row may mean; outside the reader's scope only the region is told."""

    answer: str
    name: str
    facts: list[str]


def candidates_of(row: StaffRow, scope: Scope) -> list[Candidate]:
    """Whom the row may mean."""
    found = []
    ids = [int(one) for one in row.candidates if one.isdecimal()]
    people = Person.objects.in_bulk(ids)
    held: dict[int, list[Appointment]] = {}
    for one in Appointment.objects.at().filter(scope.q("unit__path"), person__in=ids).select_related("unit", "post"):
        held.setdefault(one.person_id, []).append(one)
    for pk in ids:
        person = people.get(pk)
        if person is None:
            continue
        if pk in held or Appointment.objects.live().filter(scope.q("unit__path"), person=pk).exists():
            facts = [f"{one.post.title} · {one.unit.name}" for one in held.get(pk, ())]
            if person.birth_on:
                facts.insert(0, f"{person.birth_on:%d.%m.%Y}")
            found.append(Candidate(f"same:{pk}", person.full_name(), facts))
        else:
            found.append(Candidate(f"same:{pk}", str(_("Somebody outside your scope")), [row.name]))
    found += [
        Candidate(f"same:{one}", str(_("The person of row %(row)s") % {"row": one.split(":")[2]}), [])
        for one in row.candidates
        if one.startswith("row:")
    ]
    return found


@dataclass(frozen=True)
class Library:
    """A library that a text of the list may mean, with what tells it from its neighbours."""

    code: str
    name: str
    around: str
    chosen: bool


def libraries_of(table: StaffImport, row: StaffRow) -> list[Library]:
    """The libraries offered for the text of a row; the one that stands for it now is chosen."""
    offered = [pk for pk in row.values.get("offered", ()) if isinstance(pk, int)]
    inside = Scope((table.unit.path,))
    found = Unit.objects.filter(inside.q(), exists=True).select_related("parent").in_bulk(offered)
    said = table.libraries.get(words.plain(row.values.get("meant", "")))
    return [
        Library(one.code, one.name, f"{one.parent.name} · {one.code}" if one.parent else one.code, one.code == said)
        for pk in offered
        if (one := found.get(pk)) is not None
    ]  # fmt: skip


def decision(text: str) -> str:
    """A decision as the page sends it; anything else is none."""
    return text if re.fullmatch(r"same:\d+|same:row:\d+:\d+|new|skip", text) else ""


def next_open(table: StaffImport, after: StaffRow) -> StaffRow | None:
    """The next row that waits for a person."""
    waiting = table.rows.filter(state__in=["refused", "doubtful"]).exclude(decision="skip").order_by("sheet", "number")
    return waiting.filter(sheet=after.sheet, number__gt=after.number).first() or waiting.exclude(pk=after.pk).first()
