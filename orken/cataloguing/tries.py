"""A learner's try at a book: hints taken and times graded, kept in her session until she begins anew. The record itself is not kept."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from orken.cataloguing.hinting import SHARES, Taken

LAST = 3  # different records that are graded before the experts are shown
MOST = 60  # tries kept in one session
_KEY = "cataloguing.tries"


class Try:
    """One book, in whatever format: a hint taken in one format tells what the record in the other needs."""

    def __init__(self, session: MutableMapping[str, Any], book: str) -> None:
        self._session, self._name = session, book
        kept = session.get(_KEY, {}).get(self._name, {})
        self._graded: list[str] = list(kept.get("graded", ()))
        self.taken: tuple[Taken, ...] = tuple(
            Taken(element, step, float(price)) for element, step, price in kept.get("hints", ()) if step in SHARES
        )

    @property
    def graded(self) -> int:
        return len(self._graded)

    @property
    def left(self) -> int:
        return max(0, LAST - self.graded)

    def grade(self, fingerprint: str) -> None:
        """Count a record that was graded; the same work again is no further try."""
        if fingerprint not in self._graded:
            self._graded.append(fingerprint)
            self._keep()

    def take(self, hint: Taken) -> None:
        self.taken = (*self.taken, hint)
        self._keep()

    def begin_anew(self) -> None:
        self._graded, self.taken = [], ()
        self._session[_KEY] = {name: kept for name, kept in self._session.get(_KEY, {}).items() if name != self._name}

    def _keep(self) -> None:
        others = {name: kept for name, kept in self._session.get(_KEY, {}).items() if name != self._name}
        last = dict(list(others.items())[-(MOST - 1) :])
        own = {
            "graded": [one[:16] for one in self._graded][-LAST:],
            "hints": [[one.element, one.step, one.price] for one in self.taken],
        }
        self._session[_KEY] = {**last, self._name: own}
