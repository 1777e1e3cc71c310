"""`orken demo`."""

from __future__ import annotations

import argparse
import sys

from django.conf import settings

from orken.kit import cli, demo
from orken.network.models import Unit
from orken.people.models import Person


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document of counts")
    parser.add_argument("--if-empty", action="store_true", help="do nothing when the database holds a network already")


@cli.command("demo", help="empty the database and make the demo country afresh", configure=_configure)
def make_demo(options: argparse.Namespace) -> None:
    if not settings.DEMO:
        raise cli.InputRejected(
            "The demo is switched off here (production, or ORKEN_DEMO=0): it would empty the database."
        )
    if options.if_empty and Unit.objects.exists():
        return
    print("Making the demo country: a few minutes, once.", file=sys.stderr, flush=True)
    demo.make(lambda line: print(f"  {line}", file=sys.stderr, flush=True))
    counts = {"units": Unit.objects.count(), "people": Person.objects.count()}
    if options.json:
        cli.print_json(counts)
    else:
        print(f"The demo country is ready: {counts['units']} units, {counts['people']} people.")
