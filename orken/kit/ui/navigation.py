"""The items of the head: each app registers its own, upward; the head shows what this reader may open.

    navigation.register("desk", label=_("Today"), address="portal:desk", visible=navigation.signed_in, order=10)

An app calls it from `AppConfig.ready()`. `visible` and `count` get the request; a count of None or 0
is not shown. Items are asked once per page, so `count` must cost one cheap query at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Text = str | Promise


def everyone(request: HttpRequest) -> bool:
    return True


def signed_in(request: HttpRequest) -> bool:
    return bool(getattr(request, "user", None) and request.user.is_authenticated)


def signed_out(request: HttpRequest) -> bool:
    return not signed_in(request)


@dataclass(frozen=True)
class Entry:
    """What an app registered."""

    name: str
    label: Text
    address: str | Callable[[], str]
    visible: Callable[[HttpRequest], bool]
    count: Callable[[HttpRequest], int | None] | None
    order: int
    place: str


@dataclass(frozen=True)
class Item:
    """What the head shows: an address, a label, a count, and whether the reader stands here."""

    name: str
    label: Text
    address: str
    count: int | None
    current: bool


_entries: dict[str, Entry] = {}


def register(
    name: str,
    *,
    label: Text,
    address: str | Callable[[], str],
    visible: Callable[[HttpRequest], bool] = everyone,
    count: Callable[[HttpRequest], int | None] | None = None,
    order: int = 100,
    place: str = "head",
) -> None:
    """Add an item; `address` is a URL name or a callable. `place` is «head», «account» or «foot»."""
    _entries[name] = Entry(name, label, address, visible, count, order, place)


def items(request: HttpRequest | None, place: str = "head") -> list[Item]:
    """The items of `place` that this reader may see, in order; none without a request (error pages)."""
    if request is None:
        return []
    shown = [
        (entry, entry.address() if callable(entry.address) else reverse(entry.address))
        for entry in sorted(_entries.values(), key=lambda entry: (entry.order, entry.name))
        if entry.place == place and entry.visible(request)
    ]
    here = _here(request.path, [address for _, address in shown])
    return [
        Item(entry.name, entry.label, address, (entry.count(request) or None) if entry.count else None, address == here)
        for entry, address in shown
    ]


def _here(path: str, addresses: list[str]) -> str | None:
    """The address that the page belongs to: the longest that the path starts with; `/kk/` holds every page, so it counts only for itself."""
    found = [
        address
        for address in addresses
        if path == address or (path.startswith(address) and address.strip("/").count("/") > 0)
    ]
    return max(found, key=len, default=None)
