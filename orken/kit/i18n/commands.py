"""`orken translations update | check | compile`."""

from __future__ import annotations

import argparse
import sys

from orken.kit import cli
from orken.kit.i18n import catalogue, compiling, hardcoded


@cli.command("translations update", help="write the catalogues anew from the code, keeping translations")
def update(options: argparse.Namespace) -> None:
    missing = catalogue.update()
    print(f"{missing} messages wait for a translation." if missing else "Every message is translated.")


@cli.command("translations check", help="fail on anything untranslated, stale or hard-coded")
def check(options: argparse.Namespace) -> int:
    faults = [*catalogue.check(), *hardcoded.check()]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults." if faults else "The catalogues are complete.", file=sys.stderr)
    return 1 if faults else 0


@cli.command("translations compile", help="compile the catalogues that changed")
def compile_catalogues(options: argparse.Namespace) -> None:
    print(f"{compiling.compile_all()} compiled.")
