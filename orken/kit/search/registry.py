"""What can be found: each app registers its kinds.

    registry.register("unit", label=_("library"), documents=unit_documents)

`documents(ids)` yields the documents of the objects with these ids; of all objects when `ids` is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Document:
    """One object in one language at one place of the tree. Addresses carry no language («/network/unit/NL/»).

    `sounds` are names that are also found as they sound, in any alphabet: Қасымова by «Kasymova».
    """

    object_id: str
    language: str
    title: str
    body: str
    address: str
    scope_path: str
    audience: str = "staff"
    public_address: str = ""
    sounds: str = ""


Documents = Callable[[Iterable[int] | None], Iterable[Document]]


@dataclass(frozen=True)
class Kind:
    name: str
    label: str | Promise
    documents: Documents
    right: str = ""  # who finds its staff rows: whoever has this right over the place; empty: nobody, it has none


_kinds: dict[str, Kind] = {}


def register(name: str, *, label: str | Promise, documents: Documents, right: str = "") -> None:
    _kinds[name] = Kind(name, label, documents, right)


def kinds() -> dict[str, Kind]:
    return dict(_kinds)
