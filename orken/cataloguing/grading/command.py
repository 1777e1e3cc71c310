"""`orken marc grade`: a record against experts' records, in any of the formats."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.db import DatabaseError
from django.utils import translation

from orken.cataloguing import codecs, marking, profiles, selectors
from orken.cataloguing.grading import PASS, ExpertUnusable, Marked, Terms
from orken.cataloguing.record import Record
from orken.kit.cli import InputRejected, WrongUsage, command, print_json


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--answer", required=True, type=Path, metavar="FILE", help="the record to grade")
    parser.add_argument(
        "--expert", required=True, type=Path, action="append", metavar="FILE", help="an expert's record; may repeat"
    )
    parser.add_argument(
        "--profile", choices=profiles.CODES, help="format of the answer; recognised when it is not given"
    )
    parser.add_argument("--expert-profile", choices=profiles.CODES, help="format of the experts' records")
    parser.add_argument("--encoding", help="encoding of ISO 2709 and text files; recognised when it is not given")
    parser.add_argument(
        "--pass", dest="pass_mark", type=float, default=PASS, metavar="N", help="mark to pass, 0 to 100 (70)"
    )
    parser.add_argument("--lang", choices=("kk", "ru", "en"), default="kk", help="language of the reasons")
    parser.add_argument("--json", action="store_true", help="one JSON document")


@command("marc grade", help="grade a record against experts' records", configure=_arguments)
def grade(options: argparse.Namespace) -> int:
    if not 0 <= options.pass_mark <= 100:
        raise WrongUsage("--pass takes a number from 0 to 100")
    answer = _record(options.answer, options.encoding)
    experts = []
    for path in options.expert:
        record = _record(path, options.encoding)
        experts.append(marking.expert(record, _profile(options.expert_profile or profiles.detect(record))))
    profile = _profile(options.profile or profiles.detect(answer))
    with translation.override(options.lang):
        try:
            marked = marking.mark(answer, profile, experts, Terms(pass_mark=options.pass_mark))
        except ExpertUnusable:
            raise InputRejected("an expert's record has no title field, or several; it cannot be graded by") from None
        if options.json:
            print_json(marked.as_json())
        else:
            _print(marked)
    return 0


def _profile(code: str) -> profiles.Profile:
    """The profile with the rows of its day; without a database KAZMARC is what it is built on, and it is said."""
    try:
        return selectors.profile(code)
    except DatabaseError:
        print("orken: the database is not set up, so the rows of KAZMARC are left out.", file=sys.stderr)
        return profiles.get(code)


def _record(path: Path, encoding: str | None) -> Record:
    """The only record of the file. Raises InputRejected."""
    if not path.is_file():
        raise InputRejected(f"{path} is no file")
    try:
        known = codecs.canonical(encoding) if encoding else None
    except KeyError:
        raise WrongUsage(f"--encoding {encoding}: choose one of {', '.join(codecs.ENCODINGS)}") from None
    with path.open("rb") as stream:
        try:
            items = codecs.read(stream, encoding=known)
            first = next(items, None)
            second = next(items, None)
        except codecs.FileRefused as refusal:
            raise InputRejected(f"{path}: {refusal.texts['en']}") from None
    if first is None or first.record is None:
        raise InputRejected(f"{path}: record 1 cannot be read")
    if second is not None:
        raise InputRejected(f"{path}: there is more than one record; grading takes one")
    return first.record


def _print(marked: Marked) -> None:
    print(f"{marked.score:g} / 100, {'passed' if marked.passed else 'not passed'} ({marked.pass_mark:g})")
    for label, share in marked.area_lines():
        print(f"  {share:5.1f}  {label}")
    for cap in marked.caps:
        print(f"  ≤ {cap.limit}  {cap.reason}")
    for one in marked.elements:
        if one.points > 0.05:
            said = [] if one.state == "same" else [str(one.reason)]
            print(
                f"  −{one.points:4.1f}  {one.element.label}: {' '.join([*said, *(text for _rule, text in one.rule_lines)])}"
            )
    for penalty in marked.penalties:
        print(f"  −{penalty.points:4.1f}  {penalty.tag} {penalty.reason}")
    for reason in marked.review:
        print(f"  !  {reason}")
