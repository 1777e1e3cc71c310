"""`orken units import`, `orken units export`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from django.utils import timezone

from orken.kit import cli
from orken.kit.sheets.reading import SheetRefused, read
from orken.network import services, unit_list
from orken.network.models import UnitImport
from orken.network.policy import Scope


def _everything() -> Scope:
    return Scope(("",))


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="xlsx, ods or csv")
    parser.add_argument(
        "--apply", action="store_true", help="write what is new and changed; without it nothing is written"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("units import", help="look a table of units through, and apply it", configure=_import)
def import_units(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise cli.InputRejected(f"There is no file {options.file}.")
    try:
        with options.file.open("rb") as file:
            rows = unit_list.rows_of(read(file))
    except (SheetRefused, unit_list.ListRefused) as refusal:
        raise cli.InputRejected(str(refusal.args[0])) from refusal
    if options.apply:
        table = UnitImport.objects.create(file_name=options.file.name[:200], rows=rows, on=timezone.localdate())
        try:
            lines = unit_list.apply(table_id=table.pk, by=None, scope=_everything())
        except unit_list.NothingToApply:
            lines = unit_list.judge(rows, _everything(), on=table.on)
        except services.Meanwhile as refusal:
            raise cli.InputRejected(str(refusal.sentence)) from refusal
    else:
        lines = unit_list.judge(rows, _everything())
    found: dict[str, object] = {"rows": len(lines), **unit_list.counts(lines)}
    refused = [
        {"row": line.row, "column": line.column, "reason": str(line.reason)}
        for line in lines
        if line.state == "refused"
    ]
    if options.json:
        cli.print_json({**found, "rejected": refused})
    else:
        print(", ".join(f"{name}: {number}" for name, number in found.items()))
        for one in refused:
            print(f"row {one['row']}, {one['column']}: {one['reason']}")
    return 1 if refused else 0


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the xlsx file to write")


@cli.command("units export", help="the list of units as a table that can be imported again", configure=_export)
def export_units(options: argparse.Namespace) -> None:
    with unit_list.export(_everything()) as found, options.file.open("wb") as target:
        shutil.copyfileobj(found, target)
