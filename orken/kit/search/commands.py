"""`orken search rebuild`."""

from __future__ import annotations

import argparse

from orken.kit import cli
from orken.kit.search import services


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document of documents by kind")


@cli.command("search rebuild", help="write the search index anew", configure=_configure)
def rebuild(options: argparse.Namespace) -> None:
    found = services.rebuild()
    if options.json:
        cli.print_json(found)
    else:
        for kind, documents in found.items():
            print(f"{documents:>8} {kind}")
