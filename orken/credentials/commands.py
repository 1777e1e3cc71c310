"""`orken credential export`, `orken credential verify`, `orken credential rotate-key`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from orken.credentials import checking, numbering
from orken.credentials.badges import baking, judging, keys, status
from orken.credentials.models import Certificate, Prefix
from orken.credentials.paper import keeping
from orken.kit import cli

FORMATS = ("pdf", "obv3", "obv3-jwt", "statuslist")
LARGEST = 2_000_000  # bytes of a file that claims to be a badge


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number in either alphabet")
    parser.add_argument("--format", choices=FORMATS, default="pdf")


@cli.command(
    "credential export", help="an issued certificate as paper, badge or status list", configure=_export_arguments
)
def export(options: argparse.Namespace) -> None:
    found = _certificate(options.number)
    if options.format == "pdf":
        sys.stdout.buffer.write(keeping.content(found))
    elif options.format == "obv3":
        sys.stdout.write(found.badge.linked + "\n")
    elif options.format == "obv3-jwt":
        sys.stdout.write(found.badge.token + "\n")
    else:
        sys.stdout.write(status.current(found.badge.status_list) + "\n")


def _certificate(text: str) -> Certificate:
    try:
        number = numbering.read(text, checking.prefixes())
    except numbering.NotANumber as problem:
        raise cli.InputRejected(f"«{text}» is not a registration number.") from problem
    except numbering.WrongCheck as problem:
        raise cli.InputRejected(
            f"The check character of «{text}» does not fit: a letter or a figure is wrong."
        ) from problem
    rows = Certificate.objects.filter(state__in=Certificate.PUBLIC).select_related("badge__status_list", "pdf")
    found: Certificate | None = rows.filter(number=str(number)).first()
    if found is None:
        raise cli.InputRejected(f"No issued certificate has the number {number}.")
    return found


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a signed badge: JSON-LD, a VC-JWT, or a PNG with a badge in it")


@cli.command("credential verify", help="judge a signed badge", configure=_verify_arguments)
def verify(options: argparse.Namespace) -> int:
    """Exit code 0 when it is good and its certificate holds, 1 otherwise; the verdict is told either way."""
    try:
        content = Path(options.file).read_bytes()
    except OSError as problem:
        raise cli.InputRejected(f"{options.file} cannot be read.") from problem
    try:
        if len(content) > LARGEST:
            raise judging.NotABadge(options.file)
        verdict = judging.judge(baking.taken_out(content) if baking.is_png(content) else content.decode())
    except (judging.NotABadge, UnicodeDecodeError) as problem:
        raise cli.InputRejected(
            f"{options.file} is not a signed badge (JSON-LD with a proof, a VC-JWT, or a baked PNG)."
        ) from problem
    cli.print_json(verdict.as_json())
    return 0 if verdict.valid else 1


def _rotate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--issuer", required=True, metavar="PREFIX", help="a prefix in Latin letters, for example NL-CAT"
    )


@cli.command(
    "credential rotate-key",
    help="a new key signs badges from now on; old badges stay good",
    configure=_rotate_arguments,
)
def rotate(options: argparse.Namespace) -> None:
    prefix = Prefix.objects.filter(ascii=options.issuer).select_related("issuer").first()
    if prefix is None:
        raise cli.InputRejected(f"No certificates are numbered under the prefix {options.issuer}.")
    print(f"signs from now on: {keys.rotate(prefix=prefix, by=None).public}")
