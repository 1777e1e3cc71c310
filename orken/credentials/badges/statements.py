"""The statements of many badges that differ in a few places: their shape is worked out once, the rest is filled in.

Expanding JSON-LD and ordering its statements takes five milliseconds a badge, and the badges of a batch say the same but
for number, hash of the name and place in the list. So the whole work is done by PyLD for the first of them, with a sign
in each of these places; for the others the signs are replaced and the nameless nodes are named anew (RDFC-1.0, 4.4 and
4.6: a node whose hash is its own takes its place among the hashes). What does not fit that way goes the long one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from orken.credentials.badges import linked

# Where badges of one batch differ, as keys and places within the document.
PLACES: tuple[tuple[str | int, ...], ...] = (
    ("id",),
    ("credentialSubject", "identifier", 0, "identityHash"),
    ("credentialSubject", "identifier", 0, "salt"),
    ("credentialSubject", "licenseNumber"),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListIndex"),
)
_PLAIN = re.compile(r"[\w:/.#$*-]+")  # what stands in N-Quads as it is, in an address and in a text
_ADDRESS = re.compile(r"https?://[\w.-]")
_NODE = re.compile(r"_:c14n\d+")


def canonical(document: Mapping[str, Any]) -> str:
    """As `linked.canonical`, letter for letter. Raises linked.UnknownContext."""
    values = [_at(document, place) for place in PLACES]
    if not all(isinstance(one, str) and _fits(one, way) for one, way in zip(values, PLACES, strict=True)):
        return linked.canonical(document)
    lines = _shape(json.dumps(_with_signs(document), ensure_ascii=False, sort_keys=True))
    filled = [_filled(line, values) for line in lines]
    named = _named_anew(filled)
    return linked.canonical(document) if named is None else named


def _fits(value: str, way: tuple[str | int, ...]) -> bool:
    """Only plain signs, and a whole address where an address stands: anything else may mean something else in JSON-LD."""
    return bool(_PLAIN.fullmatch(value)) and (way[-1] != "id" or bool(_ADDRESS.match(value)))


def _sign(place: int) -> str:
    return f"urn:orken:here:{place}:"


_SIGN = re.compile(r"urn:orken:here:(\d+):")


def _at(document: Any, place: tuple[str | int, ...]) -> Any:
    for key in place:
        try:
            document = document[key]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def _with_signs(document: Mapping[str, Any]) -> Any:
    made = json.loads(json.dumps(document))
    for place, way in enumerate(PLACES):
        _at(made, way[:-1])[way[-1]] = _sign(place)
    return made


@lru_cache(maxsize=128)
def _shape(document: str) -> tuple[str, ...]:
    return tuple(linked.canonical(json.loads(document)).splitlines())


def _filled(line: str, values: list[str]) -> str:
    return _SIGN.sub(lambda found: values[int(found[1])], line)


def _named_anew(lines: list[str]) -> str | None:
    """The statements in order, nameless nodes by their hashes; None when two nodes have the same hash."""
    of_node: dict[str, list[str]] = {}
    for line in lines:
        for node in dict.fromkeys(_NODE.findall(_outside_texts(line))):
            of_node.setdefault(node, []).append(line)
    hashes = {node: _hash(node, found) for node, found in of_node.items()}
    if len(set(hashes.values())) < len(hashes):
        return None
    order = sorted(hashes, key=lambda node: hashes[node])
    names = {node: f"_:c14n{place}" for place, node in enumerate(order)}
    return "".join(sorted({_renamed(line, names) + "\n" for line in lines}))


def _outside_texts(line: str) -> str:
    return line.split('"', 1)[0]


def _renamed(line: str, names: Mapping[str, str]) -> str:
    head, quote, text = line.partition('"')
    return _NODE.sub(lambda found: names[found[0]], head) + quote + text


def _hash(node: str, lines: list[str]) -> str:
    """Its statements with itself as «a» and every other nameless node as «z»."""
    told = sorted({_renamed_for(node, line) + "\n" for line in lines})
    return sha256("".join(told).encode()).hexdigest()


def _renamed_for(node: str, line: str) -> str:
    head, quote, text = line.partition('"')
    return _NODE.sub(lambda found: "_:a" if found[0] == node else "_:z", head) + quote + text
