"""`orken worker`."""

from __future__ import annotations

import argparse

from orken.kit import cli
from orken.kit.jobs import worker
from orken.kit.jobs.registry import LANES


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lane", action="append", choices=LANES, help="may repeat; both by default")
    parser.add_argument("--once", action="store_true", help="do what waits, then end")


@cli.command("worker", help="do background work until stopped", configure=_configure)
def run_worker(options: argparse.Namespace) -> None:
    worker.work(options.lane or list(LANES), once=options.once)
