"""`orken start`."""

from __future__ import annotations

import argparse

from orken.config import start
from orken.kit import cli


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="pages; live streams take the next one (default 8000)")


@cli.command("start", help="pages, live streams and workers on this machine, until stopped", configure=_configure)
def start_all(options: argparse.Namespace) -> None:
    if not 1024 <= options.port <= 65533:
        raise cli.InputRejected(f"Port {options.port} is not between 1024 and 65533.")
    start.start(options.port)
