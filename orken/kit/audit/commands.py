"""`orken audit invariants`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from orken.kit import cli
from orken.kit.audit import invariants


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command(
    "audit invariants", help="prove what no constraint can hold; exit 1 if a rule is broken", configure=_configure
)
def prove(options: argparse.Namespace) -> int:
    found = list(invariants.run())
    if options.json:
        cli.print_json([{"rule": rule, "broken": [asdict(row) for row in rows]} for rule, rows in found])
    else:
        for rule, rows in found:
            print(f"{'broken' if rows else 'holds ':6}  {rule}")
            for row in rows:
                print(f"        {row.row}: {row.why}")
    return 1 if any(rows for _, rows in found) else 0
