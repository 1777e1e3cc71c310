"""`orken marc check`, `orken marc convert`, `orken marc card`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orken.cataloguing import cards, checker, codecs, profiles, selectors
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
        self.named: Profile | None = selectors.profile(options.profile) if options.profile else None
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
