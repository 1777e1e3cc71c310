"""Checking a whole file in the background: one pass in constant memory, figures by rule and by cataloguer."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.cataloguing import checker, codecs, profiles, selectors
from orken.cataloguing.display import SEVERITIES, TONES
from orken.cataloguing.models import CatalogueFile, Finding
from orken.cataloguing.record import Record
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import current_language
from orken.kit.jobs.registry import job
from orken.kit.jobs.running import Run
from orken.kit.sheets.writing import Column, Table, write_xlsx

KEPT = 20_000  # messages kept for the list; the figures count all
STEP = 250  # records between two words about the progress
ERRORS = ("fatal", "major", "minor")


@contextmanager
def opened(file: CatalogueFile) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked as they are read."""
    assert file.file_id is not None, "a file under check has its bytes"
    kept = StoredFile.objects.get(pk=file.file_id)
    with files.read(kept) as packed, gzip.GzipFile(fileobj=packed, mode="rb") as content:
        yield cast("IO[bytes]", content)


_SIGNS = {"iso2709": b"\x1d", "mrk": b"=LDR", "marcxml": b"</record>", "json": b'"leader"'}


def count_records(file: CatalogueFile) -> int:
    """About how many records there are, by the sign that ends each: for the progress only."""
    with opened(file) as content:
        head = content.read(1 << 16)
        sign = _SIGNS.get(codecs.open_file(io.BytesIO(head)).format, b"\x1d")
        if sign == b"</record>" and b":record" in head:
            sign = b":record>"
        found = head.count(sign)
        last = head[-len(sign) + 1 :] if len(sign) > 1 else b""
        while chunk := content.read(1 << 20):
            found += (last + chunk).count(sign)
            last = chunk[-len(sign) + 1 :] if len(sign) > 1 else b""
    return found // 2 if sign == b":record>" else found


@job("cataloguing.check", lane="heavy", title=gettext_lazy("Checking a file of a catalogue"), retries=1)
def check_file(run: Run, *, file: str) -> dict[str, Any]:
    """Read the file record by record, keep messages and figures. A file that cannot be read says why in its report."""
    found = CatalogueFile.objects.filter(pk=file).first()
    if found is None:  # forgotten meanwhile
        return {}
    Finding.objects.filter(file=found).delete()
    try:
        run.advance(0, count_records(found))
        counts = _pass(run, found)
    except codecs.FileRefused as refusal:
        counts = {"records": 0, "refused": dict(refusal.texts)}
    with transaction.atomic():
        found.counts, found.checked_at = counts, timezone.now()
        found.save(update_fields=["counts", "checked_at"])
    return {"records": counts["records"]}


def _pass(run: Run, file: CatalogueFile) -> dict[str, Any]:
    tally = Tally()
    waiting: list[Finding] = []
    kept = 0
    loaded = {code: selectors.profile(code) for code in profiles.CODES}
    with opened(file) as content:
        source = codecs.open_file(content, encoding=file.encoding or None)  # type: ignore[arg-type]  # IO[bytes] is what it reads
        for item in source.items:
            code = file.profile or (profiles.detect(item.record) if item.record else "marc21")
            findings = checker.check_item(item, loaded[code])
            who = cataloguer(item.record) if item.record else ""
            tally.add(code, who, findings)
            for one in findings:
                if kept < KEPT:
                    kept += 1
                    waiting.append(_row(file, item, who, one))
            if len(waiting) >= 1000:
                Finding.objects.bulk_create(waiting)
                waiting = []
            if tally.records % STEP == 0:
                run.advance(tally.records)
    Finding.objects.bulk_create(waiting)
    run.advance(tally.records, tally.records)
    return {**tally.as_json(), "kept": kept, "encoding": source.encoding, "format": source.format}


def _row(file: CatalogueFile, item: codecs.Item, who: str, one: checker.Finding) -> Finding:
    texts = {
        language: " ".join((one.what(language), one.why(language), one.how(language)))[:500]
        for language in ("kk", "ru", "en")
    }
    return Finding(
        file=file, record=item.number, identifier=(item.record.identifier if item.record else "")[:60], cataloguer=who[:100],
        rule=one.rule, severity=one.severity, field=one.field[:3], occurrence=min(one.occurrence, 32767), subfield=one.subfield[:2],
        message_kk=texts["kk"], message_ru=texts["ru"], message_en=texts["en"],
    )  # fmt: skip


def cataloguer(record: Record) -> str:
    """Who made the record: the last agency that changed it (040 $d, 801 _2 $b), else the one that made it."""
    if "245" in record or "040" in record:
        changed = record.values("040", "d")
        return (changed[-1] if changed else record.value("040", "a")).strip()
    fields = record.data("801")
    changed = [field.text("b") for field in fields if field.ind2 == "2" and field.text("b")]
    return (changed[-1] if changed else record.value("801", "b")).strip()


class Tally:
    """Figures that grow record by record."""

    def __init__(self) -> None:
        self.records = self.flagged = self.faulty = 0
        self.severities: Counter[str] = Counter()
        self.rules: dict[str, list[Any]] = {}
        self.people: dict[str, list[int]] = {}
        self.profiles: Counter[str] = Counter()

    def add(self, profile: str, who: str, findings: list[checker.Finding]) -> None:
        self.records += 1
        self.profiles[profile] += 1
        errors = [one for one in findings if one.severity in ERRORS]
        self.flagged += bool(findings)
        self.faulty += bool(errors)
        self.severities.update(one.severity for one in findings)
        for rule in {one.rule: one for one in findings}.values():
            line = self.rules.setdefault(rule.rule, [rule.severity, 0, 0])
            line[1] += 1
        for one in findings:
            self.rules[one.rule][2] += 1
        person = self.people.setdefault(who, [0, 0, 0])
        person[0] += 1
        person[1] += bool(errors)
        person[2] += len(errors)

    def as_json(self) -> dict[str, Any]:
        return {
            "records": self.records, "flagged": self.flagged, "faulty": self.faulty, "severities": dict(self.severities),
            "rules": self.rules, "people": self.people, "profiles": dict(self.profiles),
        }  # fmt: skip


# --- the report that the page and the spreadsheet read ---


@dataclass(frozen=True)
class RuleLine:
    rule: str
    severity: str
    records: int
    times: int

    @property
    def title(self) -> str:
        return rule_title(self.rule)

    @property
    def word(self) -> Any:
        return SEVERITIES[self.severity]

    @property
    def tone(self) -> str:
        return TONES[self.severity]


@dataclass(frozen=True)
class Person:
    name: str
    records: int
    faulty: int
    errors: int

    @property
    def rate(self) -> float:
        return 100.0 * self.errors / self.records if self.records else 0.0


def rule_title(code: str) -> str:
    try:
        return checker.rules.get(code).title.text(current_language())
    except KeyError:  # a rule of an older edition of the checker
        return code


@dataclass(frozen=True)
class Report:
    """The figures of one file; errors are fatal, serious and minor messages."""

    counts: Mapping[str, Any]

    @property
    def records(self) -> int:
        return int(self.counts.get("records", 0))

    @property
    def faulty(self) -> int:
        return int(self.counts.get("faulty", 0))

    @property
    def faulty_share(self) -> float:
        """In hundredths."""
        return 100.0 * self.faulty / self.records if self.records else 0.0

    @property
    def errors(self) -> int:
        return sum(self.counts.get("severities", {}).get(severity, 0) for severity in ERRORS)

    @property
    def rate(self) -> float:
        """Errors in a hundred records."""
        return 100.0 * self.errors / self.records if self.records else 0.0

    @property
    def profiles(self) -> str:
        return ", ".join(profiles.get(code).name.en for code in self.counts.get("profiles", {})) or "—"

    @property
    def encoding(self) -> str:
        return str(codecs.ENCODINGS.get(self.counts.get("encoding", ""), self.counts.get("encoding", "—")))

    @property
    def kept(self) -> int:
        return int(self.counts.get("kept", 0))

    @property
    def cut(self) -> bool:
        return bool(sum(self.counts.get("severities", {}).values()) > self.kept)

    @property
    def rules(self) -> list[RuleLine]:
        lines = [
            RuleLine(code, severity, records, times)
            for code, (severity, records, times) in self.counts.get("rules", {}).items()
        ]
        return sorted(lines, key=lambda line: (-line.records, line.rule))

    @property
    def cataloguers(self) -> list[Person]:
        people = [Person(name, *figures) for name, figures in self.counts.get("people", {}).items()]
        return sorted(people, key=lambda one: (-one.rate, one.name))


def report_sheet(file: CatalogueFile) -> IO[bytes]:
    """The report as a spreadsheet: figures, by rule, by cataloguer."""
    report = Report(file.counts)
    figures = [
        (_("File"), file.name), (_("Checked"), file.checked_at), (_("Records"), report.records), (_("With errors"), report.faulty),
        (_("Errors"), report.errors), (_("Errors in 100 records"), round(report.rate, 1)), (_("Format"), report.profiles),
        (_("Encoding"), report.encoding),
    ]  # fmt: skip
    rules = [(line.rule, line.title, str(line.word), line.records, line.times) for line in report.rules]
    people = [(one.name, one.records, one.faulty, one.errors, round(one.rate, 1)) for one in report.cataloguers]
    return write_xlsx(
        [
            Table(_("Figures"), [Column(_("Measure"), 30), Column(_("How much"), 40)], figures),
            Table(
                _("By rule"),
                [
                    Column(_("Code of the rule"), 30),
                    Column(_("Rule"), 50),
                    Column(_("Severity"), 16),
                    Column(_("Records"), 12),
                    Column(_("Number of messages"), 12),
                ],
                rules,
            ),
            Table(
                _("By cataloguer"),
                [
                    Column(_("Cataloguer"), 30),
                    Column(_("Records"), 12),
                    Column(_("With errors"), 12),
                    Column(_("Errors"), 12),
                    Column(_("Errors in 100 records"), 14),
                ],
                people,
            ),
        ]
    )


@dataclass(frozen=True)
class RateLine:
    rule: str
    first: float
    second: float

    @property
    def title(self) -> str:
        return rule_title(self.rule)

    @property
    def change(self) -> float:
        return self.second - self.first


@dataclass(frozen=True)
class Rates:
    """Two files: errors in a hundred records, and by rule the records with the error in each hundred."""

    first: float
    second: float
    rules: tuple[RateLine, ...]

    @property
    def change(self) -> float:
        return self.second - self.first

    @property
    def better(self) -> bool:
        return self.change < 0


def rates(first: CatalogueFile, second: CatalogueFile) -> Rates:
    return rates_of(Report(first.counts), Report(second.counts))


def rates_of(one: Report, other: Report) -> Rates:
    """The error rates of two reports, the rule that changed most first."""
    shares = [
        {
            line.rule: 100.0 * line.records / report.records
            for line in report.rules
            if report.records and line.severity in ERRORS
        }
        for report in (one, other)
    ]
    lines = [RateLine(rule, shares[0].get(rule, 0.0), shares[1].get(rule, 0.0)) for rule in {**shares[0], **shares[1]}]
    return Rates(one.rate, other.rate, tuple(sorted(lines, key=lambda line: (-abs(line.change), line.rule))))


def item_of(file: CatalogueFile, number: int) -> codecs.Item | None:
    """Record `number` of the file as it stands, with what its reader saw; None when there is none or the bytes are forgotten."""
    if file.file_id is None or not StoredFile.objects.filter(pk=file.file_id).exists():
        return None
    with opened(file) as content:
        try:
            for item in codecs.read(content, encoding=file.encoding or None):  # type: ignore[arg-type]  # IO[bytes] is what it reads
                if item.number == number:
                    return item if item.record is not None else None
        except codecs.FileRefused:
            return None
    return None
