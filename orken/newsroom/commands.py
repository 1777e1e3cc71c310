"""`orken news compose`: the article about an event file, by the same functions as the desk."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from orken.kit import cli
from orken.kit.i18n.content import LANGUAGES
from orken.newsroom.compose import compose
from orken.newsroom.facts import Event, Names, Words
from orken.newsroom.reading import BadFacts, read

LARGEST = 5_000_000  # bytes of a file


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="EVENT.json", help="the facts (docs/newsroom.md); «-» reads standard input")
    parser.add_argument("--lang", required=True, choices=LANGUAGES, help="language of the article")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def load(name: str) -> tuple[Event, list[tuple[str, Any]]]:
    """The event of a file. Raises InputRejected with a sentence that tells the place."""
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
    except FileNotFoundError as problem:
        raise cli.InputRejected(f"There is no file «{name}».") from problem
    except OSError as problem:
        raise cli.InputRejected(f"«{name}» cannot be read: {problem.strerror or problem}.") from problem
    if len(raw) > LARGEST:
        raise cli.InputRejected(f"«{name}» is larger than {LARGEST // 1_000_000} MB; an event file is some kilobytes.")
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise cli.InputRejected(
            f"«{name}» is not in UTF-8: byte {problem.start + 1} is none of its letters."
        ) from problem
    except json.JSONDecodeError as problem:
        raise cli.InputRejected(
            f"«{name}» is not JSON: line {problem.lineno}, column {problem.colno}: {problem.msg}."
        ) from problem
    except RecursionError as problem:
        raise cli.InputRejected(f"«{name}» is nested too deep to be an event.") from problem
    except ValueError as problem:
        raise cli.InputRejected(f"«{name}» holds a number too long to be read.") from problem
    try:
        return read(document)
    except BadFacts as problem:
        raise cli.InputRejected(str(problem)) from problem


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def said(value: object, language: str) -> object:
    """A fact as the article has it: its text in the language, a day, a number."""
    if isinstance(value, Words):
        return value.of(language)
    if isinstance(value, Names):
        return value.best(language)[0].full
    return value if isinstance(value, (int, str)) else str(value)


@cli.command("news compose", help="write the news of an event from its facts", configure=_arguments)
def news_compose(options: argparse.Namespace) -> None:
    event, unknown = load(options.file)
    article = compose(event, options.lang)
    given = event.given()
    used = [{"fact": path, "value": said(given[path], options.lang)} for path in article.used]
    unused = [{"fact": path, "value": said(given[path], options.lang)} for path in article.unused]
    unused += [{"fact": path, "value": value} for path, value in unknown]
    for path, _value in unknown:
        print(f"orken: «{path}» is no fact of an event and was left out.", file=sys.stderr)
    if options.json:
        cli.print_json(
            {
                "title": article.title,
                "lead": article.lead,
                "body": article.body,
                "facts_used": used,
                "facts_unused": unused,
            }
        )
        return
    print(article.text)
    if article.unused:
        print(f"orken: left out: {', '.join(article.unused)}.", file=sys.stderr)
