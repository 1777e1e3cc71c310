"""What certificates of the demo stand on: rules of documents, prefixes of numbers. The certificates come with their runs."""

from __future__ import annotations

from orken.credentials import prefixes, rules
from orken.credentials.services import letters
from orken.kit.demo import Stage
from orken.kit.jobs import services as jobs


def build(stage: Stage) -> None:
    rules.load()
    prefixes.load()


def let_letters_be() -> None:
    """Certificates of the demo were issued long ago: no letter about them waits for a worker."""
    jobs.forget_waiting(letters.tell.name)
