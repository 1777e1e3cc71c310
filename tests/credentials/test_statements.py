"""Statements that were filled into a shape are those that PyLD works out, letter for letter."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orken.credentials.badges import linked, statements

DOCUMENT: dict[str, Any] = {
    "@context": [linked.VC, linked.OB], "id": "https://orken.example.kz/verify/NL-2026-000001-V/", "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Сертификат «А \\ Б» \"_:c14n0\"", "issuer": {"id": "did:key:z6Mk", "type": ["Profile"], "name": "Кітапхана", "url": "https://orken.example.kz/"},
    "validFrom": "2026-08-14T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "hashed": True, "identityHash": "sha256$00", "identityType": "name", "salt": "ab"}],
        "activityStartDate": "2026-08-03T00:00:00Z", "activityEndDate": "2026-08-14T00:00:00Z", "creditsEarned": 72.0, "licenseNumber": "ҰК-2026-000001-V",
        "achievement": {
            "id": "urn:uuid:e8c7c91f-c29b-5cf2-8a39-a044a5a77429", "type": ["Achievement"], "achievementType": "Certificate", "name": "Каталогтау",
            "description": "72 сағат\nчаса", "criteria": {"narrative": "күндізгі / очная"},
        },
    },
    "credentialStatus": {
        "id": "https://orken.example.kz/issuers/NL/status/1#17", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "17", "statusListCredential": "https://orken.example.kz/issuers/NL/status/1",
    },
}  # fmt: skip
SIGNS = st.text('ҰКҚРҒabcxyzAZ0189-_.:/#$* "\\\n\t%\u00a0\u2028', max_size=12)
VALUES = st.one_of(
    SIGNS,
    SIGNS.map("https://orken.example.kz/".__add__),
    st.sampled_from(["_:c14n1", "_:b0", "urn:orken:here:1:", "1", "#"]),
)


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(VALUES, min_size=len(statements.PLACES), max_size=len(statements.PLACES)),
    hours=st.sampled_from([8.0, 13.5]),
)
def test_whatever_stands_in_the_places_the_statements_are_the_same(values: list[str], hours: float) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["credentialSubject"]["creditsEarned"] = hours
    for value, way in zip(values, statements.PLACES, strict=True):
        place: Any = document
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = value
    assert statements.canonical(document) == linked.canonical(document)


@settings(max_examples=30, deadline=None)
@given(
    number=st.integers(1, 999_999),
    place=st.integers(0, 131_071),
    salt=st.text("0123456789abcdef", min_size=16, max_size=16),
)
def test_badges_of_one_batch_go_the_short_way(number: int, place: int, salt: str) -> None:
    """What a badge really says: its shape is worked out once, and nothing of it differs from the long way."""
    document = copy.deepcopy(DOCUMENT)
    document["id"] = f"https://orken.example.kz/verify/NL-CAT-2026-{number:06d}-*/"
    subject = document["credentialSubject"]
    subject["licenseNumber"] = f"ҰК-КШ-2026-{number:06d}-*"
    subject["identifier"][0] |= {"salt": salt, "identityHash": f"sha256${salt * 4}"}
    document["credentialStatus"] |= {
        "id": f"https://orken.example.kz/issuers/KZ-55-LIB/status/1#{place}",
        "statusListIndex": str(place),
    }
    before = statements._shape.cache_info().misses
    assert statements.canonical(document) == linked.canonical(document)
    assert statements._shape.cache_info().misses <= before + 1
    assert statements.canonical(copy.deepcopy(document)) and statements._shape.cache_info().misses <= before + 1


def test_a_document_that_lacks_a_place_goes_the_long_way() -> None:
    document = {name: value for name, value in DOCUMENT.items() if name != "credentialStatus"}
    assert statements.canonical(document) == linked.canonical(document)
