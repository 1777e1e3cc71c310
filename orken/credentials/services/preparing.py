"""Preparing certificates: a batch is asked for, numbers are taken together with what bears them, papers are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.credentials import chain, names, numbering, policy, rules, speaking
from orken.credentials.models import Activity, Batch, Certificate, DocumentRule, Prefix
from orken.credentials.paper import drawing
from orken.credentials.paper.words import LEADS
from orken.credentials.services import steps
from orken.credentials.services.refusals import Refused
from orken.credentials.speaking import Spoken
from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.jobs import services as jobs
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.records import numbers

AHEAD = timedelta(days=31)  # papers may be made for the day on which they are handed over
CHUNK = 200  # certificates that are numbered, or whose papers are kept, in one transaction
FOR_KIND = "certificate"
ENDED = (Certificate.State.REPLACED, Certificate.State.REVOKED, Certificate.State.SPOILED)
Progress = Callable[[int], None]


class NoPrefix(Refused):
    """Neither the unit nor anything above it has a prefix of numbers."""


class NothingToIssue(Refused):
    """Nobody stands in the batch."""


class BeingPrepared(Refused):
    """Somebody, or the same button pressed twice, has asked for them already: `batch` is on its way."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(_("They are being prepared already."))
        self.batch = batch


@dataclass(frozen=True)
class Row:
    """Of whom: plain data of whoever asks (a run's frozen result), never changed afterwards.

    `minutes` by activity; their sum is what the paper says. `sheet_name` is her name in the result sheet, `shows` the
    outcomes of the programme: {"competency": code, "level": 1–4}. `spoken`: a talk, which has no minutes, and whose speaker
    need be no person of the register.
    """

    source: str
    person: int | None
    unit: int | None
    minutes: dict[str, int] = field(default_factory=dict)
    final: bool = False
    domain: str = ""
    sheet_name: dict[str, str] = field(default_factory=dict)
    shows: list[dict[str, Any]] = field(default_factory=list)
    spoken: Spoken | None = None


@dataclass(frozen=True)
class Common:
    """What all papers of a batch say alike. Texts by language; `norm`: minutes of an academic hour."""

    training: str
    programme: dict[str, str]
    form: dict[str, str]
    starts_on: date
    ends_on: date
    dated_on: date
    place: dict[str, str]
    norm: int = 45
    order: str = ""
    ordered_on: date | None = None
    latin: bool = False
    signed: list[dict[str, dict[str, str]]] = field(default_factory=list)


def prefix_for(unit: Unit) -> Prefix:
    """The prefix of the unit, or of the nearest unit above it. Raises NoPrefix."""
    ids = [int(part) for part in unit.path.strip("/").split("/")]
    found = {one.unit_id: one for one in Prefix.objects.filter(unit__in=ids).select_related("issuer", "unit")}
    for pk in reversed(ids):
        if pk in found:
            return found[pk]
    raise NoPrefix(_("%(unit)s has no prefix of certificate numbers yet. The registrar sets it on the page of prefixes.") % {"unit": unit.name})  # fmt: skip


@transaction.atomic
def issue_batch(
    *, unit: Unit, source: str, source_address: str, title: dict[str, str], common: Common, rows: Sequence[Row], by: Account | None
) -> Batch:  # fmt: skip
    """Ask for certificates: the batch stands, its numbers are taken by `prepare`. Raises OutOfScope, NoPrefix, Refused."""
    prefix = prefix_for(unit)
    policy.require_issuing(by, prefix)
    Prefix.objects.select_for_update(of=("self",)).get(pk=prefix.pk)  # of two who ask at once one comes second
    if not rows:
        raise NothingToIssue(_("There is nobody to issue a certificate to."))
    if not common.signed:
        raise Refused(_("Name whoever signs."))
    if not title.get("kk") or not common.programme.get("kk") or not common.programme.get("ru"):
        raise Refused(_("The title is needed in Kazakh and in Russian: the paper has both."))
    if common.dated_on < common.ends_on:
        raise Refused(_("A certificate is not dated before the last day of the training."))
    if common.dated_on > timezone.localdate() + AHEAD:
        raise Refused(_("This date is more than a month ahead. Check the year."))
    sources = [row.source for row in rows]
    if len(set(sources)) != len(sources):
        raise Refused(_("Somebody stands twice in the batch."))
    standing = (*Certificate.ON_THE_WAY, Certificate.State.ISSUED)
    if taken := set(
        Certificate.objects.filter(source__in=sources, state__in=standing).values_list("source", flat=True)
    ):
        raise Refused(_("%(n)s of them have a certificate already.") % {"n": len(taken)})
    if waiting := _on_its_way(source, set(sources)):
        raise BeingPrepared(waiting)
    for row in rows:
        if row.spoken is None and (row.person is None or row.unit is None):
            raise Refused(_("A certificate of learning is of a person of the register."))
        if (not row.minutes and row.spoken is None) or any(
            one <= 0 or kind not in Activity.values for kind, one in row.minutes.items()
        ):
            raise Refused(_("Every certificate has its hours."))
    batch = Batch.objects.create(
        source=source, source_address=source_address, prefix=prefix, by=by, size=len(rows), common=_plain(asdict(common)),
        rows=[_plain(asdict(row)) for row in rows], **{f"title_{code}": title.get(code, "") for code in names.LANGUAGES},
    )  # fmt: skip
    audit.record("certificate.batch_asked", batch, by=by, scope_path=prefix.issuer.path, after={"people": len(rows), "source": source})  # fmt: skip
    return batch


def _on_its_way(source: str, rows: set[str]) -> Batch | None:
    """The batch that the background has still to number, if it names one of these."""
    batches = list(Batch.objects.filter(source=source).exclude(work=None))
    busy = jobs.at_work(one.work for one in batches if one.work)
    return next((one for one in batches if one.work in busy and rows & {row["source"] for row in one.rows}), None)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Unfit:
    """A row that has no certificate: of whom, and why."""

    name: str
    reason: str


def prepare(*, batch: Batch, progress: Progress = lambda done: None) -> list[Unfit]:
    """Take numbers and freeze certificates for every row that has none, a chunk a transaction; answers who could not get one.

    Run again after a crash it goes on where it stopped: a chunk is there with its numbers, or neither is.
    """
    unfit: list[Unfit] = []
    standing = rules.standing(date.fromisoformat(batch.common["dated_on"]))
    for place in range(0, len(batch.rows), CHUNK):
        unfit += _chunk(batch, batch.rows[place : place + CHUNK], standing)
        progress(min(place + CHUNK, len(batch.rows)))
    return unfit


@transaction.atomic
def _chunk(batch: Batch, rows: Sequence[dict[str, Any]], standing: Sequence[DocumentRule]) -> list[Unfit]:
    # Whoever prepares under this prefix comes one after another: of two batches for the same people one finds them taken.
    Prefix.objects.select_for_update(of=("self",)).get(pk=batch.prefix_id)
    there = Certificate.objects.filter(batch=batch, source__in=[row["source"] for row in rows])
    have = set(there.values_list("source", flat=True))
    left = [row for row in rows if row["source"] not in have]
    sources = [row["source"] for row in left]
    others = Certificate.objects.filter(
        source__in=sources, state__in=(*Certificate.ON_THE_WAY, Certificate.State.ISSUED)
    )
    elsewhere = dict(others.values_list("source", "number_kk"))
    people = _standing_people(row["person"] for row in left)
    units = Unit.objects.in_bulk({row["unit"] for row in left if row["unit"] is not None})
    unfit, fitting = [], []
    for row in left:
        person, spelt = people.get(row["person"]), _spelt(row, people)
        if reason := _unfit(person, spelt, elsewhere.get(row["source"])):
            unfit.append(Unfit(_called(person, spelt), reason))
        elif (said := _said(batch, row, spelt, units.get(row["unit"]), standing)) is None:
            unfit.append(Unfit(_called(person, spelt), _("No document is given for so many hours.")))
        else:
            fitting.append((row, person, said))
    make(batch, fitting)
    return unfit


def _spelt(row: Mapping[str, Any], people: Mapping[int | None, Person]) -> dict[str, dict[str, str]]:
    """Her names for the paper: of a talk those of its programme, else those of her record today."""
    return row["spoken"]["name"] if row.get("spoken") else names.of(people[row["person"]])


def _called(person: Person | None, spelt: dict[str, dict[str, str]]) -> str:
    """How a list of those left out names her."""
    if person is None:
        return next(filter(None, (names.full(spelt[code]) for code in names.LANGUAGES)), "—")
    return person.full_name() if person.erased_at is None else str(person)


def _unfit(person: Person | None, spelt: dict[str, dict[str, str]], number: str | None) -> str:
    """What keeps her from a certificate; empty when nothing does."""
    if person is not None and person.erased_at is not None:
        return _("Her data were erased.")
    if number is not None:
        return _("She has the certificate %(number)s already.") % {"number": number}
    return " ".join(map(str, names.problems(spelt)))


LEFT_OUT = 50  # people whom the page of a batch names


def left_out(batch: Batch) -> list[Unfit]:
    """Whoever stands in the batch and has no certificate of it, with the reason as it is today."""
    have = Certificate.objects.filter(batch=batch).values_list("source", flat=True)
    if len(have) >= batch.size:
        return []
    there = set(have)
    left = [row for row in batch.rows if row["source"] not in there][:LEFT_OUT]
    others = Certificate.objects.filter(source__in=[row["source"] for row in left]).exclude(state__in=ENDED)
    elsewhere, people = dict(others.values_list("source", "number_kk")), _standing_people(row["person"] for row in left)
    found = []
    for row in left:
        person, spelt = people.get(row["person"]), _spelt(row, people)
        reason = _unfit(person, spelt, elsewhere.get(row["source"]))
        found.append(Unfit(_called(person, spelt), reason or _("Nothing stands in the way now.")))
    return found


def make(
    batch: Batch,
    fitting: Sequence[tuple[dict[str, Any], Person | None, dict[str, Any]]],
    replaces: Certificate | None = None,
) -> list[Certificate]:
    """Numbers and certificates that bear them, in the caller's transaction."""
    if not fitting:
        return []
    prefix, dated = batch.prefix, date.fromisoformat(batch.common["dated_on"])
    taken = numbers.take_many(count=len(fitting), issuer=prefix.issuer, series=prefix.ascii, year=dated.year, by=batch.by, for_kind=FOR_KIND)  # fmt: skip
    now, made = timezone.now(), []
    for (row, person, said), number in zip(fitting, taken, strict=True):
        check = numbering.check_of(prefix.ascii, dated.year, number.sequence)
        ascii_, kazakh = (
            numbering.written(letters, dated.year, number.sequence, check) for letters in (prefix.ascii, prefix.kk)
        )
        said |= {"number": kazakh, "ascii": ascii_}
        made.append(
            Certificate(
                number=ascii_, number_kk=kazakh, taken=number, prefix=prefix, batch=batch, source=row["source"], kind=said["kind"],
                person=person, unit_id=row["unit"], surname_kk=said["name"]["kk"]["surname"], surname_ru=said["name"]["ru"]["surname"],
                sort_kk=sort_key(names.full(said["name"]["kk"])), sort_ru=sort_key(names.full(said["name"]["ru"])),
                minutes=sum(row["minutes"].values()), starts_on=date.fromisoformat(said["starts_on"]),
                ends_on=date.fromisoformat(said["ends_on"]), dated_on=dated, data=said, digest=chain.digest_of(said), replaces=replaces,
                created_at=now,
            )
        )  # fmt: skip
    bulk.insert(Certificate, made)
    steps.write(made, "prepare", at=now, by=batch.by, facts={one.pk: {"digest": one.digest} for one in made})
    audit.record_all(
        [audit.event("certificate.prepared", one, by=batch.by, scope_path=prefix.issuer.path, batch=batch.pk, after={"kind": one.kind}) for one in made]
    )  # fmt: skip
    return made


def _standing_people(ids: Iterable[int | None]) -> dict[int | None, Person]:
    """Each by the id that was given; whoever was joined into another row meanwhile is that one."""
    asked = Person.objects.in_bulk({pk for pk in ids if pk is not None})
    found: dict[int | None, Person] = {}
    for pk, person in asked.items():
        while person.merged_into is not None:
            person = person.merged_into
        found[pk] = person
    return found


def _said(
    batch: Batch, row: dict[str, Any], spelt: dict[str, dict[str, str]], unit: Unit | None, standing: Sequence[DocumentRule]
) -> dict[str, Any] | None:  # fmt: skip
    """Everything that the paper says; None when no rule gives a document."""
    common, minutes, spoken = batch.common, sum(row["minutes"].values()), row.get("spoken")
    if spoken:
        document: dict[str, Any] | None = speaking.document()
    else:
        document = document_of(standing, training=common["training"], minutes=minutes, norm=common["norm"], final=row["final"])  # fmt: skip
    if document is None:
        return None
    issuer, school = batch.prefix.issuer, batch.prefix.unit
    said = {
        **document, "name": spelt, "sheet_name": row["sheet_name"], "hours": hours_of(minutes, common["norm"]), "minutes": minutes, "final": row["final"],
        "by_activity": row["minutes"], "domain": row["domain"], "shows": row.get("shows", []), "issuer": _by(issuer, "name"),
        "school": _by(school, "name") if school.kind == Unit.Kind.SCHOOL else {}, "unit": _by(unit, "name") if unit is not None else {},
        **{key: common[key] for key in ("programme", "form", "starts_on", "ends_on", "dated_on", "place", "norm", "order", "ordered_on", "signed", "training", "latin")},
    }  # fmt: skip
    return said | speaking.said(spoken) if spoken else said


def document_of(
    standing: Sequence[DocumentRule], *, training: str, minutes: int, norm: int, final: bool
) -> dict[str, Any] | None:
    """What a paper says of its kind: the document that these minutes give by the rules; None when they give none."""
    hours = Decimal(hours_of(minutes, norm).replace(",", "."))
    rule = rules.choose(standing, training=training, hours=hours, final=final)
    return None if rule is None else {"kind": rule.kind, "lead": LEADS[rule.kind], "title": _by(rule, "title")}


def hours_of(minutes: int, norm: int) -> str:
    """Academic hours as a paper writes them: whole, or with one place after the comma, half up."""
    tenths = (minutes * 20 + norm) // (2 * norm)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}" if rest else str(whole)


def _by(row: object, name: str) -> dict[str, str]:
    return {code: getattr(row, f"{name}_{code}") or getattr(row, f"{name}_kk") for code in names.LANGUAGES}


def draw(*, batch: Batch, progress: Progress = lambda done: None) -> int:
    """Draw the papers that are not drawn yet and keep them, a chunk a transaction; answers how many."""
    done = 0
    while True:
        rows = list(
            Certificate.objects.filter(batch=batch, pdf=None)
            .exclude(state=Certificate.State.SPOILED)
            .order_by("pk")[:CHUNK]
        )
        if not rows:
            return done
        papers = drawing.papers(rows)
        with transaction.atomic():
            kept = files.store_made(
                [(f"{one.number}.pdf", paper) for one, paper in zip(rows, papers, strict=True)], media_type="application/pdf",
                purpose="certificate", by_id=batch.by_id, scope_path=batch.prefix.issuer.path,
            )  # fmt: skip
            for one, file in zip(rows, kept, strict=True):
                one.pdf = file
            Certificate.objects.bulk_update(rows, ["pdf"], batch_size=CHUNK)
        done += len(rows)
        progress(done)
