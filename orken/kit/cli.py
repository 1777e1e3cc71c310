"""What every `orken …` command shares: how it registers, answers and fails.

Exit codes are a contract: 0 the work was done, 1 the input was judged bad (one plain sentence on
standard error), 2 wrong usage. Results go to standard output, messages to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Run = Callable[[argparse.Namespace], "int | None"]
Configure = Callable[[argparse.ArgumentParser], None]


class InputRejected(Exception):
    """The input was judged bad; the text is a sentence with a row or line number where there is one."""


class WrongUsage(Exception):
    """The words of the call are off; the text says what to call instead."""


@dataclass(frozen=True)
class Command:
    """One command: its words («staff import»), what it does, its arguments and its work."""

    words: str
    help: str
    run: Run
    configure: Configure


_commands: dict[str, Command] = {}


def command(words: str, *, help: str, configure: Configure = lambda parser: None) -> Callable[[Run], Run]:
    """Register the decorated function as the command `words`."""

    def register(run: Run) -> Run:
        _commands[words] = Command(words, help, run, configure)
        return run

    return register


def registered() -> Iterable[Command]:
    return [_commands[words] for words in sorted(_commands)]


def parser() -> argparse.ArgumentParser:
    """The whole command line, two levels deep (`orken staff import`)."""
    top = argparse.ArgumentParser(prog="orken", description="Orken: professional development of librarians.")
    groups = top.add_subparsers(dest="word", metavar="COMMAND", required=True)
    nested: dict[str, Any] = {}
    for found in registered():
        first, _, second = found.words.partition(" ")
        if second:
            if first not in nested:
                words = [one.words.partition(" ")[2] for one in registered() if one.words.startswith(f"{first} ")]
                group = groups.add_parser(first, help=", ".join(words))
                nested[first] = group.add_subparsers(dest="second", metavar="WORD", required=True)
            sub = nested[first].add_parser(second, help=found.help, description=found.help)
        else:
            sub = groups.add_parser(first, help=found.help, description=found.help)
        found.configure(sub)
        sub.set_defaults(command=found)
    return top


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    options = parser().parse_args(arguments)
    return judged(lambda: options.command.run(options))


def judged(work: Callable[[], int | None]) -> int:
    """Do the work and answer its exit code; what was refused is said in one sentence, without a traceback."""
    from django.db.utils import OperationalError, ProgrammingError

    try:
        return work() or 0
    except InputRejected as problem:
        print(f"orken: {problem}", file=sys.stderr)
        return 1
    except WrongUsage as problem:
        print(f"orken: {problem}", file=sys.stderr)
        return 2
    except (OperationalError, ProgrammingError) as problem:
        # The operator's own mistakes, said without a traceback; the address is never shown, it may hold a password.
        print(f"orken: {_of_database(str(problem))}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130  # what a shell says of a command that was interrupted


def _of_database(said: str) -> str:
    if "no such table" in said or "does not exist" in said:
        return "The database is empty. `orken start` makes it ready, or `orken django migrate`."
    if "locked" in said:
        return "The database is busy with a long change. Try again in a minute."
    return "The database does not answer. Look at ORKEN_DATABASE_URL and whether the server runs."


def print_json(value: Any) -> None:
    """One JSON document on one line of standard output, letters as they are."""
    json.dump(value, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
