"""Reading the newsroom: what is out, what the desk has, how a text stands to its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES
from orken.kit.i18n.dates import long_date
from orken.network.models import Unit, UnitTraits
from orken.newsroom import policy, sources
from orken.newsroom.checking import Remark, check
from orken.newsroom.facts import Event, Names, Words
from orken.newsroom.models import News, Picture, Version
from orken.newsroom.reading import read
from orken.people.models import Account

PER_PAGE = 12


def public() -> QuerySet[News]:
    """What readers may open, the newest first."""
    pictures = Prefetch("pictures", Picture.objects.order_by("place"))
    return (
        News.objects.filter(state=News.State.PUBLISHED)
        .select_related("unit", "shown")
        .prefetch_related(pictures)
        .order_by("-published_at", "-pk")
    )


def at_the_desk(account: Account) -> QuerySet[News]:
    return (
        News.objects.filter(policy.at_the_desk(account))
        .select_related("unit", "current", "shown", "sent_by__person")
        .order_by("-created_at", "-pk")
    )


def corrections(news: News) -> QuerySet[Version]:
    """What was corrected since it appeared, the newest first."""
    return news.versions.filter(shown_at__isnull=False).exclude(note_kk="").order_by("-number")


@dataclass(frozen=True)
class Contacts:
    """How the institution of a piece of news is reached today."""

    unit: Unit
    phone: str
    email: str
    address: str

    @property
    def dial(self) -> str:
        return "".join(letter for letter in self.phone if letter.isdigit() or letter == "+")


def contacts(unit: Unit) -> Contacts:
    """Of the institution itself; a school or a branch without a telephone is reached by the one above it."""
    above = [int(part) for part in unit.path.split("/") if part]
    rows = {row.unit_id: row for row in UnitTraits.objects.at().filter(unit__in=above).select_related("unit")}
    for pk in reversed(above):
        row = rows.get(pk)
        if row is not None and (row.phone or row.email):
            return Contacts(row.unit, row.phone, row.email, row.address)
    return Contacts(unit, "", "", "")


# The facts beside the text

LABELS: dict[str, Promise] = {
    "title": _("Name of the event"), "organiser.name": _("Organiser"), "organiser.city": _("Town of the organiser"), "place.name": _("Place"),
    "place.city": _("Town"), "occasion": _("Occasion"), "date": _("First day"), "end_date": _("Last day"), "form": _("Form"),
    "others": _("Others who took part"), "discussion": _("Subject of the discussion"), "figures.participants": _("How many people"),
    "figures.units": _("Institutions"), "figures.regions": _("Regions"), "figures.hours": _("Academic hours"),
    "figures.certificates": _("Certificates"), "unit": _("Institution"), "city": _("Town"), "people": _("People from there"),
    "speaker": _("Speaker"), "position": _("Post held"), "talk": _("Title of the talk"),
    "talk.unit": _("Institution of the speaker"),
}  # fmt: skip
FORM_LABELS = {"online": _("online"), "onsite": _("in person"), "mixed": _("online and in person")}


def label_of(path: str) -> str:
    """What a fact is called: «Speaker 2», «Institution 1»."""
    if path in LABELS:
        return str(LABELS[path])
    row, _dot, name = path.partition(".")
    number = int(row[row.index("[") + 1 : -1]) + 1
    key = "talk" if name == "title" else "talk.unit" if name == "unit" and row.startswith("talks") else name
    return f"{LABELS[key]} {number}"


def value_of(value: object, language: str) -> str:
    if isinstance(value, Words):
        return value.of(language)
    if isinstance(value, Names):
        return value.best(language)[0].full
    if isinstance(value, date):
        return long_date(value)
    return str(FORM_LABELS[value]) if isinstance(value, str) and value in FORM_LABELS else str(value)


def made_of(event: Event) -> str:
    """How the number of people was made, where two countings were added: people by name, and people counted in rooms."""
    named, counted = event.figures.named, event.figures.counted
    if not named or not counted:
        return ""
    return " " + gettext("= %(named)s by name + %(counted)s counted in rooms") % {"named": named, "counted": counted}


@dataclass(frozen=True)
class Fact:
    """A line of the list of facts: told in the text or left out."""

    path: str
    label: str
    value: str
    told: bool


@dataclass(frozen=True)
class Piece:
    """A piece of the text between two remarks, or the words that a remark marks."""

    text: str
    remark: Remark | None = None


@dataclass(frozen=True)
class Held:
    """One language of a version held against its facts."""

    language: str
    paragraphs: list[list[Piece]]
    facts: list[Fact]
    remarks: list[tuple[Remark, str]]
    planned: list[str] = field(default_factory=list)

    @property
    def contradictions(self) -> int:
        return sum(remark.grave for remark, _label in self.remarks)

    @property
    def left_out(self) -> int:
        return sum(not fact.told for fact in self.facts)


def event_of(version: Version) -> Event | None:
    return read(version.facts)[0] if version.facts else None


def held(version: Version, language: str) -> Held | None:
    """The text of one language beside its facts; None without facts."""
    event = event_of(version)
    if event is None:
        return None
    text = version.text(language)
    report = check(text, event, language)
    told = set(report.told)
    one_day = event.until is None or event.until == event.on
    facts = [
        Fact(
            path,
            str(_("Day")) if one_day and path == "date" else label_of(path),
            value_of(value, language) + (made_of(event) if path == "figures.participants" else ""),
            path in told,
        )
        for path, value in event.given().items()
    ]
    remarks = [(one, label_of(one.fact) if one.fact else "") for one in report.remarks]
    planned = [
        " — ".join(part for part in (one.speaker.best(language)[0].full, one.title.of(language)) if part)
        for one in event.planned
    ]
    return Held(language, _paragraphs(text, report.remarks), facts, remarks, planned)


def held_in_all(version: Version) -> dict[str, Held | None]:
    return {language: held(version, language) for language in LANGUAGES}


def _paragraphs(text: str, remarks: list[Remark]) -> list[list[Piece]]:
    """The text in paragraphs, each in pieces, so that a page can mark what a remark speaks of."""
    pieces: list[list[Piece]] = []
    start = 0
    for part in text.split("\n\n"):
        end = start + len(part)
        row: list[Piece] = []
        here = start
        for remark in remarks:
            if remark.start < here or remark.end > end:
                continue
            if remark.start > here:
                row.append(Piece(text[here : remark.start]))
            row.append(Piece(text[remark.start : remark.end], remark))
            here = remark.end
        if here < end:
            row.append(Piece(text[here:end]))
        if row:
            pieces.append(row)
        start = end + 2
    return pieces


def offers(account: Account, query: str) -> list[tuple[Any, list[Any]]]:
    """What she can write news of, owner by owner, without what has its news already."""
    scope = policy.writing(account)
    found = []
    for owner in sources.registered():
        rows = list(owner.offers(scope, query))
        taken = set(
            News.objects.filter(source__in=[f"{owner.name}:{row.mark}" for row in rows]).values_list(
                "source", flat=True
            )
        )
        found.append((owner, [row for row in rows if f"{owner.name}:{row.mark}" not in taken]))
    return found
