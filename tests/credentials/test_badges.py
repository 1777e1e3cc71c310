"""Badges are good to verifiers that others wrote, in two languages; tampered, revoked, expired ones are good to nobody."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier
from PIL import Image

from orken.credentials import services
from orken.credentials.badges import baking, judging, keys, linked, making, multibase, status, token
from orken.credentials.models import Badge, Certificate, Prefix, SigningKey, StatusList
from tests.credentials.conftest import Accounts, broken

Issued = Callable[..., list[Certificate]]
HERE = Path(__file__).parent / "verifiers"


@lru_cache(maxsize=1)
def verifiers() -> Path:
    """The verifiers of others, fetched by npm into build/ at the first asking; nothing of them is committed."""
    place = settings.BASE_DIR / "build" / "verifiers"
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "verify.mjs"):
        shutil.copy(HERE / name, place / name)
    stamp, lock = place / ".lock-done", (HERE / "package-lock.json").read_text()
    if not stamp.exists() or stamp.read_text() != lock:
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=place, check=True, capture_output=True
        )
        stamp.write_text(lock)
    return place


needs_node = pytest.mark.skipif(
    not (shutil.which("node") and shutil.which("npm")), reason="Node and npm: apt-get install npm"
)


def outside(**asked: Any) -> dict[str, Any]:
    """What @digitalbazaar/vc and jose say."""
    done = subprocess.run(
        ["node", "verify.mjs"], cwd=verifiers(), input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def jwk(badge: Badge) -> dict[str, str]:
    raw = multibase.decode(badge.key.public)[2:]
    return {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).decode().rstrip("=")}


def pem(badge: Badge) -> bytes:
    return keys.public_key(badge.key.public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@needs_node
def test_verifiers_in_javascript_accept_what_is_good_and_refuse_the_rest(issued: Issued, account: Accounts) -> None:
    good, revoked = (one.badge for one in issued(2))
    services.revoke(certificate=revoked.certificate, reason="Қате", by=account("registrar"))
    listed = json.loads(status.current(good.status_list))
    said = outside(linked=json.loads(good.linked), token=good.token, jwk=jwk(good), list=listed)
    assert said["linked"]["verified"] and said["linked"]["status"]["verified"], said
    assert (
        [one["status"] for one in said["linked"]["status"]["results"]] == [False]
        if "results" in said["linked"]["status"]
        else True
    )
    assert said["token"] == {"verified": True, "id": json.loads(good.linked)["id"], "key": good.key.public, "why": ""}
    ended = outside(linked=json.loads(revoked.linked), list=listed)
    assert (
        "true" in json.dumps(ended["linked"]["status"]).lower()
        and said["linked"]["status"] != ended["linked"]["status"]
    )
    changed = json.loads(good.linked)
    changed["credentialSubject"]["creditsEarned"] = 720.0
    head, body, tail = good.token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["credentialSubject"]["creditsEarned"] = 720.0
    forged = ".".join([head, base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("="), tail])
    said = outside(linked=changed, token=forged, jwk=jwk(good), list=listed)
    assert not said["linked"]["verified"] and not said["token"]["verified"]


@needs_node
def test_verifiers_in_javascript_refuse_what_is_over(issued: Issued) -> None:
    badge = issued(1)[0].badge
    old = resigned(badge, validUntil=linked.moment(timezone.now() - timedelta(days=1)))
    said = outside(linked=old[0], token=old[1], jwk=jwk(badge), list=json.loads(status.current(badge.status_list)))
    assert not said["linked"]["verified"] and said["token"] == {"verified": False, "why": "ERR_JWT_EXPIRED"}


def resigned(badge: Badge, **more: Any) -> tuple[dict[str, Any], str]:
    """The same badge with other words, signed by the issuer's own key."""
    document = json.loads(badge.linked)
    method = document.pop("proof")["verificationMethod"]
    document |= more
    signer = keys.Signer(badge.key, method.partition("#")[0])
    done = linked.sign(document, key=signer.key, method=method, created=linked.moment(timezone.now()))
    return done, token.sign(document, key=signer.key, method=method)


def test_a_verifier_in_python_accepts_both_forms_and_refuses_a_change(issued: Issued) -> None:
    badge = issued(1)[0].badge
    OB3LdpVerifier(pem(badge)).verify(badge.linked)
    OB3Verifier(pem(badge)).verify(badge.token)
    changed = json.loads(badge.linked) | {"name": "Басқа"}
    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(pem(badge)).verify(changed)
    with pytest.raises(OB3VerificationError):
        OB3Verifier(pem(badge)).verify(badge.token[:-8] + "AAAAAAAA")


def test_our_own_judge(issued: Issued, account: Accounts) -> None:
    one, other = issued(2)
    assert [judging.judge(text).as_json()["valid"] for text in (one.badge.linked, one.badge.token)] == [True, True]
    changed = json.loads(one.badge.linked) | {"name": "Басқа"}
    assert judging.judge(json.dumps(changed)).valid is False
    old, old_token = resigned(one.badge, validUntil=linked.moment(timezone.now() - timedelta(days=1)))
    assert [judging.judge(text).valid for text in (json.dumps(old), old_token)] == [False, False]
    services.revoke(certificate=other, reason="Қате", by=account("registrar"))
    verdict = judging.judge(other.badge.token)
    assert (verdict.valid, verdict.status) == (False, "revoked") and "Қате" in verdict.why
    for text in ("", "{}", "a.b.c", "[]", '{"proof": 1}'):
        with pytest.raises(judging.NotABadge):
            judging.judge(text)


def test_a_key_of_somebody_else_is_refused(issued: Issued) -> None:
    badge = issued(1)[0].badge
    theirs = keys.Signer(SigningKey(public="", sealed=""), "")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    public = multibase.encode(multibase.ED25519 + key.public_key().public_bytes_raw())
    document = {
        **json.loads(badge.linked),
        "issuer": {"id": f"did:key:{public}", "type": ["Profile"], "name": "Ұлттық кітапхана"},
    }
    document.pop("proof")
    forged = linked.sign(document, key=key, method=f"did:key:{public}#{public}", created=linked.moment(timezone.now()))
    assert judging.judge(json.dumps(forged)).as_json()["valid"] is False and theirs.did == ""


def test_after_a_new_key_old_badges_stay_good_and_new_ones_are_signed_by_it(issued: Issued) -> None:
    before = issued(1)[0].badge
    after_key = keys.rotate(prefix=Prefix.objects.get(ascii="NL-CAT"), by=None)
    after = issued(1)[0].badge
    assert after.key == after_key and before.key_id != after.key_id
    assert judging.judge(before.linked).valid and judging.judge(after.token).valid
    OB3LdpVerifier(pem(before)).verify(before.linked)
    assert broken() == set()


def test_secret_halves_lie_sealed(issued: Issued) -> None:
    row = issued(1)[0].badge.key
    secret = keys.Signer(row, "").key.private_bytes_raw()
    assert secret.hex() not in row.sealed and base64.b64encode(secret).decode() not in row.sealed
    assert keys.reseal() == 0


def test_public_under_a_name_of_its_own(issued: Issued, settings: Any, client: Any) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, did="web", site_url="https://orken.example")
    badge = issued(1)[0].badge
    document = json.loads(badge.linked)
    assert document["issuer"]["id"] == "did:web:orken.example:issuers:NL"
    told = client.get("/issuers/NL/did.json").json()
    assert told["id"] == document["issuer"]["id"] and document["proof"]["verificationMethod"] in told["assertionMethod"]
    assert judging.judge(badge.linked).valid
    where = document["credentialStatus"]["statusListCredential"].removeprefix("https://orken.example")
    assert json.loads(client.get(where).content)["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]


def test_a_name_is_in_the_badge_only_as_a_hash_that_the_name_proves(issued: Issued) -> None:
    one = issued(1)[0]
    name = one.data["name"]["kk"]
    identity = json.loads(one.badge.linked)["credentialSubject"]["identifier"][0]
    assert name["surname"] not in one.badge.linked
    full = " ".join(filter(None, (name["surname"], name["given"], name["patronymic"])))
    assert identity["identityHash"] == "sha256$" + hashlib.sha256((full + identity["salt"]).encode()).hexdigest()


def test_every_word_of_a_badge_has_its_meaning(issued: Issued) -> None:
    """PyLD leaves out what the contexts do not know, silently: nothing of ours may be left out of the signature."""
    document = json.loads(issued(1)[0].badge.linked)
    for path in walked(document["credentialSubject"]):
        changed = json.loads(json.dumps(document))
        place = changed["credentialSubject"]
        for step in path[:-1]:
            place = place[step]
        value = place[path[-1]]
        place[path[-1]] = (
            not value
            if isinstance(value, bool)
            else value + 1
            if isinstance(value, float)
            else other(str(value), str(path[-1]))
        )
        body = {name: one for name, one in changed.items() if name != "proof"}
        unchanged = {name: one for name, one in document.items() if name != "proof"}
        assert linked.canonical(body) != linked.canonical(unchanged), path


def other(value: str, key: str) -> str:
    return value.replace("2026", "2025") if key.endswith("Date") else "Certificate2" if key == "type" else f"{value}x"


def walked(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, one in value.items() if key != "type" for found in walked(one, (*path, key))]
    if isinstance(value, list):
        return [found for place, one in enumerate(value) for found in walked(one, (*path, place))]
    return [path]


def test_baked_into_a_picture_and_taken_out_again(issued: Issued) -> None:
    one = issued(1)[0]
    picture = baking.baked(one.badge.linked, hours="72", number=one.number_kk)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (600, 600)
    assert judging.judge(baking.taken_out(picture)).valid
    with pytest.raises(judging.NotABadge):
        baking.taken_out(baking.MAGIC + b"broken")


@given(st.sets(st.integers(0, StatusList.SIZE - 1), max_size=8))
def test_bits_are_those_that_were_set(places: set[int]) -> None:
    bits = status.unpacked(status.packed(places))
    assert len(bits) * 8 == StatusList.SIZE and all(status.is_set(bits, place) for place in places)
    assert sum(byte.bit_count() for byte in bits) == len(places)


@given(
    st.integers(0, StatusList.SIZE // 2 - 1),
    st.integers(0, StatusList.SIZE - 1),
    st.sets(st.integers(0, StatusList.SIZE - 1), min_size=2, max_size=50),
)
def test_no_place_is_given_twice(half: int, start: int, given_: set[int]) -> None:
    listed = StatusList(factor=half * 2 + 1, start=start)
    assert len({status.place_of(listed, one) for one in given_}) == len(given_)


@given(st.binary(max_size=64))
def test_multibase_reads_what_it_wrote(content: bytes) -> None:
    assert multibase.decode(multibase.encode(content)) == content


def test_the_address_of_a_badge_is_the_page_where_it_is_checked(issued: Issued) -> None:
    one = issued(1)[0]
    assert json.loads(one.badge.linked)["id"] == making.address(one.number)
