"""`orken backup`, `orken restore`."""

from __future__ import annotations

import argparse
from pathlib import Path

from orken.kit import cli
from orken.kit.files import backup as backups


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the zip file to write")
    parser.add_argument("--json", action="store_true", help="one JSON document of rows by table")


@cli.command("backup", help="one consistent file of database and files, while in use", configure=_backup)
def backup(options: argparse.Namespace) -> None:
    if options.file.is_dir():
        raise cli.InputRejected(
            f"{options.file} is a folder. Name the file to write, for example {options.file}/orken.zip."
        )
    if not options.file.absolute().parent.is_dir():
        raise cli.InputRejected(f"There is no folder {options.file.absolute().parent}. Make it first.")
    counts = backups.backup(options.file)
    if options.json:
        cli.print_json(counts)
    else:
        print(f"{sum(counts.values())} rows of {len(counts)} tables are in {options.file}.")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that `orken backup` wrote")
    parser.add_argument("--replace", action="store_true", help="put it in the place of what the database holds")
    parser.add_argument("--json", action="store_true", help="one JSON document of rows by table")


@cli.command("restore", help="put database and files back to a backup", configure=_restore)
def restore(options: argparse.Namespace) -> None:
    if not options.file.is_file():
        raise cli.InputRejected(f"There is no file {options.file}.")
    try:
        counts = backups.restore(options.file, replace=options.replace)
    except backups.BackupProblem as problem:
        raise cli.InputRejected(str(problem)) from problem
    if options.json:
        cli.print_json(counts)
    else:
        print(f"{sum(counts.values())} rows of {len(counts)} tables are restored.")
