"""`orken marc check`, `orken marc report`, `orken marc convert`, `orken marc card`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError
from django.utils import translation

from orken.cataloguing import cards, checker, checking, codecs, profiles, selectors
from orken.cataloguing.profiles import LANGUAGES, Profile
from orken.kit import cli


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="ISO 2709 (.mrc, .iso), MARCXML, MARC-in-JSON or .mrk")
    parser.add_argument(
        "--encoding", help=f"of the file, when it is not the detected one: {', '.join(codecs.ENCODINGS)}"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="kk", help="language of the messages")


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--profile", choices=profiles.CODES, help="the format, when it is not the one that each record shows"
    )
    parser.add_argument(
        "--profile-file", type=Path, metavar="JSON", help="a fuller description of the format, over --profile"
    )


def _encoding(name: str | None, option: str = "--encoding") -> str | None:
    if name is None:
        return None
    try:
        return codecs.canonical(name)
    except KeyError:
        raise cli.WrongUsage(f"{option} {name}: choose one of {', '.join(codecs.ENCODINGS)}.") from None


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[codecs.Opened]:
    """The file, its format and encoding told on standard error when they had to be guessed."""
    encoding = _encoding(options.encoding)
    if not options.file.is_file():
        raise cli.InputRejected(f"There is no file {options.file}.")
    with options.file.open("rb") as stream:
        try:
            opened = codecs.open_file(stream, encoding=encoding)
            guess = opened.guess
            if encoding is None and guess.encoding != "utf-8" and not guess.plain:
                name = codecs.ENCODINGS[guess.encoding]
                print(
                    f"orken: read as {name} (certainty {guess.certainty:.0%}); confirm or change it by --encoding.",
                    file=sys.stderr,
                )
            yield opened
        except codecs.FileRefused as refusal:
            raise cli.InputRejected(refusal.texts[options.lang]) from refusal


class _Formats:
    """The profile of each record: the one that was named, or the one the record shows."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.named: Profile | None = _named(options.profile) if options.profile else None
        if options.profile_file is not None:
            if self.named is None:
                raise cli.WrongUsage("--profile-file describes one format: name it by --profile.")
            try:
                self.named = profiles.from_file(options.profile_file, self.named)
            except profiles.ProfileFileRefused as refusal:
                raise cli.InputRejected(str(refusal)) from refusal

    def of(self, item: codecs.Item) -> Profile:
        if self.named is not None:
            return self.named
        return profiles.get(profiles.detect(item.record) if item.record is not None else "marc21")


def _named(code: str) -> Profile:
    """The profile with the rows of its day; without a database KAZMARC is what it is built on."""
    try:
        return selectors.profile(code)
    except DatabaseError:
        print("orken: the database is not set up, so the rows of KAZMARC are left out.", file=sys.stderr)
        return profiles.get(code)


def _check(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _format(parser)
    parser.add_argument("--json", action="store_true", help="a JSON document per record")


_UNREADABLE = frozenset({"structure.truncated", "structure.no-record", "structure.notation", "structure.no-fields"})


@cli.command("marc check", help="check the records of a file against the rules of their format", configure=_check)
def check(options: argparse.Namespace) -> int:
    """Findings are the result of the work; only records that could not be read make the input bad."""
    formats = _Formats(options)
    records = unread = 0
    with _opened(options) as opened:
        for item in opened.items:
            records += 1
            profile = formats.of(item)
            findings = checker.check_item(item, profile)
            name = item.record.identifier if item.record is not None else ""
            broken = next((one for one in findings if one.rule in _UNREADABLE), None)
            if item.record is None or broken is not None:
                unread += 1
                why = broken.what(options.lang) if broken is not None else ""
                print(f"orken: record {item.number}: {why}", file=sys.stderr)
            if options.json:
                issues = [one.as_json() for one in findings]
                cli.print_json({"record": item.number, "id": name, "profile": profile.code, "issues": issues})
                continue
            counts = [sum(one.severity == severity for one in findings) for severity in checker.SEVERITIES]
            told = ", ".join(
                f"{severity} {count}" for severity, count in zip(checker.SEVERITIES, counts, strict=True) if count
            )
            print(f"{item.number}  {name or '—'}  {profile.name.en}: {told or 'clean'}")
            for one in findings:
                print(f"    {one.severity:5}  {one.rule}  {one.message(options.lang)} ({one.source})")
    if not records:
        raise cli.InputRejected(f"{options.file.name} holds no record.")
    return 1 if unread else 0


def _report(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _format(parser)
    parser.add_argument(
        "--compare", type=Path, metavar="FILE", help="a second file, for example of records made after the training"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command(
    "marc report", help="errors of a file by rule and by cataloguer, or the error rates of two files", configure=_report
)
def report(options: argparse.Namespace) -> int:
    """Errors are fatal, major and minor findings, as on the pages; their rate is per hundred records."""
    formats = _Formats(options)
    first = _counted(options, formats)
    second = None
    if options.compare is not None:
        options.file = options.compare
        second = _counted(options, formats)
    with translation.override(options.lang):
        if options.json:
            cli.print_json(_as_json(first, second))
        elif second is None:
            _print_report(first)
        else:
            _print_rates(checking.rates_of(first, second))
    return 0


def _counted(options: argparse.Namespace, formats: _Formats) -> checking.Report:
    tally = checking.Tally()
    with _opened(options) as opened:
        for item in opened.items:
            profile = formats.of(item)
            who = checking.cataloguer(item.record) if item.record is not None else ""
            tally.add(profile.code, who, checker.check_item(item, profile))
    if not tally.records:
        raise cli.InputRejected(f"{options.file.name} holds no record.")
    return checking.Report(tally.as_json())


def _as_json(first: checking.Report, second: checking.Report | None) -> dict[str, object]:
    told: dict[str, object] = {
        "records": first.records,
        "faulty": first.faulty,
        "errors": first.errors,
        "rate": round(first.rate, 1),
        "rules": [
            {"rule": line.rule, "severity": line.severity, "records": line.records, "times": line.times}
            for line in first.rules
        ],
        "cataloguers": [
            {
                "name": one.name,
                "records": one.records,
                "faulty": one.faulty,
                "errors": one.errors,
                "rate": round(one.rate, 1),
            }
            for one in first.cataloguers
        ],
    }
    if second is None:
        return told
    rates = checking.rates_of(first, second)
    return {
        "first": told,
        "second": _as_json(second, None),
        "change": round(rates.change, 1),
        "rules": [
            {
                "rule": line.rule,
                "first": round(line.first, 1),
                "second": round(line.second, 1),
                "change": round(line.change, 1),
            }
            for line in rates.rules
        ],
    }


def _print_report(found: checking.Report) -> None:
    print(
        f"records {found.records}, with errors {found.faulty}, errors {found.errors}, in 100 records {found.rate:.1f}"
    )
    for line in found.rules:
        print(f"    {line.severity:5}  {line.records:6}  {line.rule:28} {line.title}")
    for one in found.cataloguers:
        print(
            f"    {one.name or '—'}: records {one.records}, with errors {one.faulty}, errors {one.errors}, in 100 records {one.rate:.1f}"
        )


def _print_rates(rates: checking.Rates) -> None:
    print(f"errors in 100 records: {rates.first:.1f} → {rates.second:.1f} ({rates.change:+.1f})")
    for line in rates.rules:
        print(f"    {line.first:6.1f} → {line.second:6.1f} ({line.change:+.1f})  {line.rule:28} {line.title}")


def _convert(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument("--to", required=True, choices=codecs.FORMATS, help="the format to write")
    parser.add_argument(
        "--to-encoding", metavar="ENC", help="encoding of ISO 2709 and .mrk (utf-8); XML and JSON are UTF-8"
    )


@cli.command(
    "marc convert", help="write the records of a file in another format or encoding, without loss", configure=_convert
)
def convert(options: argparse.Namespace) -> int:
    """A record that cannot be kept without loss is named with its reason and left out; then the exit code is 1."""
    target = _encoding(options.to_encoding, "--to-encoding") or "utf-8"
    if options.to in ("marcxml", "json") and target != "utf-8":
        raise cli.WrongUsage(f"--to {options.to} is always UTF-8: leave --to-encoding out.")
    if options.to == "mrk" and target == "marc-8":
        raise cli.WrongUsage("--to mrk cannot be MARC-8: choose another encoding.")
    refused = declared = written = 0
    out = sys.stdout.buffer
    with _opened(options) as opened:
        for step in codecs.write(opened.items, options.to, target):
            if step.refused is not None:
                refused += 1
                print(f"orken: record {step.number}: {step.refused[options.lang]}", file=sys.stderr)
            declared += step.declared
            written += bool(step.number)
            out.write(step.data)
    out.flush()
    if declared:
        print(f"orken: LDR/09 now declares {codecs.ENCODINGS[target]} in {declared} records.", file=sys.stderr)
    if not written:
        raise cli.InputRejected(f"{options.file.name} holds no record.")
    return 1 if refused else 0


def _card(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _format(parser)
    parser.add_argument(
        "--style", choices=cards.STYLES, default="gost71", help="ГОСТ 7.1-2003, ГОСТ Р 7.0.100-2018 or ISBD areas"
    )
    parser.add_argument("--json", action="store_true", help="a JSON document per record")


@cli.command("marc card", help="the catalogue card of each record as text", configure=_card)
def card(options: argparse.Namespace) -> int:
    formats = _Formats(options)
    unread = records = 0
    with _opened(options) as opened:
        for item in opened.items:
            records += 1
            if item.record is None:
                unread += 1
                why = checker.check_item(item)[0].what(options.lang)
                print(f"orken: record {item.number}: {why}", file=sys.stderr)
                continue
            text = cards.card(item.record, formats.of(item), style=options.style)
            if options.json:
                cli.print_json({"record": item.number, "id": item.record.identifier, "card": text})
            else:
                print(text)
    if not records:
        raise cli.InputRejected(f"{options.file.name} holds no record.")
    return 1 if unread else 0
