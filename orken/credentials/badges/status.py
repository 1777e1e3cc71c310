"""Bitstring Status List: which badges hold no more, as one signed list that tells nothing about whose they are."""

from __future__ import annotations

import base64
import gzip
import json
import math
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orken.credentials.badges import keys, linked
from orken.credentials.models import Badge, StatusList
from orken.network.models import Unit

PURPOSE = "revocation"


def address(listed: StatusList, issuer: Unit) -> str:
    return f"{settings.ENVIRONMENT.site_url}/issuers/{issuer.code}/status/{listed.number}"


@transaction.atomic
def take(issuer: Unit, count: int) -> list[tuple[StatusList, int]]:
    """So many places, each given once; a place that was taken and never used stays unused."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)
    found: list[tuple[StatusList, int]] = []
    listed = StatusList.objects.filter(issuer=issuer).order_by("-number").first()
    while len(found) < count:
        if listed is None or listed.given >= StatusList.SIZE:
            number = listed.number + 1 if listed else 1
            factor = secrets.randbelow(StatusList.SIZE // 2) * 2 + 1
            listed = StatusList.objects.create(
                issuer=issuer, number=number, factor=factor, start=secrets.randbelow(StatusList.SIZE)
            )
        now = min(count - len(found), StatusList.SIZE - listed.given)
        found += [(listed, place_of(listed, listed.given + one)) for one in range(now)]
        listed.given += now
        listed.save(update_fields=["given"])
    return found


def place_of(listed: StatusList, given: int) -> int:
    assert math.gcd(listed.factor, StatusList.SIZE) == 1, "an odd factor visits every place once"
    return (listed.factor * given + listed.start) % StatusList.SIZE


def packed(places: Iterable[int]) -> str:
    """The bits, the first of them leftmost, packed as the standard says: gzip, base64url, «u» before it."""
    bits = bytearray(StatusList.SIZE // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> (place % 8)
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    body = text.removeprefix("u")
    return gzip.decompress(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def is_set(bits: bytes, place: int) -> bool:
    return bool(bits[place // 8] & (0x80 >> (place % 8)))


@transaction.atomic
def current(listed: StatusList) -> str:
    """The signed list as it stands now; it is signed anew when a bit was set since."""
    listed = StatusList.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=listed.pk)
    if not listed.signed:
        places = Badge.objects.filter(status_list=listed, ends=True).values_list("place", flat=True)
        signer, now = keys.signer(listed.issuer), timezone.now()
        where = address(listed, listed.issuer)
        document = {
            "@context": [linked.VC],
            "id": where,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": signer.did,
            "validFrom": linked.moment(now),
            "credentialSubject": {"id": f"{where}#list", "type": "BitstringStatusList", "statusPurpose": PURPOSE, "encodedList": packed(places)},
        }  # fmt: skip
        done = linked.sign(document, key=signer.key, method=signer.method, created=linked.moment(now))
        listed.signed, listed.signed_at = json.dumps(done, ensure_ascii=False), now
        listed.save(update_fields=["signed", "signed_at"])
    text: str = listed.signed
    return text
