"""`orken questions import`, `orken questions export`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from orken.kit import cli
from orken.questions import exchange
from orken.questions.exchange import taking
from orken.questions.models import Bank


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file of questions: Moodle XML, GIFT or Aiken")
    parser.add_argument("--bank", metavar="CODE", required=True, help="code of the bank that takes them")
    parser.add_argument("--format", choices=["gift", "moodlexml", "aiken", "qti"], default="", help="recognised by itself where it is left out")  # fmt: skip
    parser.add_argument("--language", choices=["kk", "ru", "en"], default="kk", help="of the texts, where the file says none")  # fmt: skip
    parser.add_argument("--apply", action="store_true", help="write them as drafts; without it nothing is written")
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("questions import", help="take questions out of a file into a bank", configure=_import_arguments)
def take_in(options: argparse.Namespace) -> int:
    """Exit 1 where the file as a whole cannot be read or nothing of it came in."""
    if options.format == "qti":
        raise cli.WrongUsage("QTI files are not read yet. Export Moodle XML from the other system, or GIFT.")
    bank = Bank.objects.select_related("unit").filter(code=options.bank).first()
    if bank is None:
        raise cli.InputRejected(f"there is no bank {options.bank}: begin it on the page «Questions and exercises»")
    path = Path(options.file)
    if not path.is_file():
        raise cli.InputRejected(f"there is no file {options.file}")
    if path.stat().st_size > exchange.LARGEST:
        raise cli.InputRejected("the file is larger than 20 MB: divide it into several")
    try:
        found = exchange.read(path.read_bytes(), name=path.name, format=options.format, language=options.language)
    except exchange.NotBuilt as problem:
        raise cli.WrongUsage(str(problem)) from problem
    except exchange.Unreadable as problem:
        raise cli.InputRejected(str(problem)) from problem
    report = taking.write(outcome=found, bank=bank, by=None) if options.apply else taking.told(taking.judged(found))
    if options.json:
        cli.print_json(report.as_json())
    else:
        _say(report, written=options.apply)
    return 0 if report.imported else 1


def _say(report: taking.Report, *, written: bool) -> None:
    print(
        f"{report.imported} questions {'were written as drafts' if written else 'can be taken in'} ({report.format})."
    )
    for label, many in report.kinds:
        print(f"  {many:5}  {label}")
    for one in report.not_imported:
        print(f"not taken in · {one.where}: {one.reason}")
    for remark in report.remarks:
        print(remark, file=sys.stderr)


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="code of the bank")
    parser.add_argument("--format", choices=list(exchange.OUT), default="moodlexml")
    parser.add_argument("--language", choices=["kk", "ru", "en"], default="kk", help="where the format knows one language")  # fmt: skip


@cli.command("questions export", help="the published questions of a bank as a file", configure=_export_arguments)
def export(options: argparse.Namespace) -> None:
    bank = Bank.objects.filter(code=options.code).first()
    if bank is None:
        raise cli.InputRejected(f"there is no bank {options.code}")
    made = taking.export(bank=bank, format=options.format, language=options.language)
    sys.stdout.buffer.write(made.content)
    for one in made.left_out:
        print(f"left out · {one.where}: {one.reason}", file=sys.stderr)
