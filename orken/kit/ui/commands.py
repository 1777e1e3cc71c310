"""`orken assets`."""

from __future__ import annotations

import argparse
import sys

from django.conf import settings

from orken.kit import cli
from orken.kit.ui import assets as builder


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document of bytes by file")


@cli.command("assets", help="build the style sheet and the fonts of the pages", configure=_configure)
def assets(options: argparse.Namespace) -> int:
    root = settings.BASE_DIR
    try:
        sizes = builder.build(root, root / "build" / "assets")
    except builder.AssetsProblem as problem:
        raise cli.InputRejected(str(problem)) from problem
    if options.json:
        cli.print_json(sizes)
    else:
        for name, size in sizes.items():
            sys.stdout.write(f"{size:>8} {name}\n")
    return 0
