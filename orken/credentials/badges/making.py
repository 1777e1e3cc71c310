"""Certificate → badge: the document, signed in both forms."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import timezone

from orken.credentials import names
from orken.credentials.badges import keys, linked, statements, status, token
from orken.credentials.models import Badge, Certificate, StatusList
from orken.network.models import Unit


def address(number: str) -> str:
    """Where anybody checks it, in whatever language."""
    return f"{settings.ENVIRONMENT.site_url}/verify/{number}/"


def made(certificates: Sequence[Certificate]) -> list[Badge]:
    """The badges of these certificates, signed and not yet written; all by the key of today."""
    found: list[Badge] = []
    groups: dict[int, list[Certificate]] = {}
    for one in certificates:
        groups.setdefault(one.prefix.issuer_id, []).append(one)
    now = timezone.now()
    for rows in groups.values():
        issuer = rows[0].prefix.issuer
        signer, places = keys.signer(issuer), status.take(issuer, len(rows))
        for one, (listed, place) in zip(rows, places, strict=True):
            found.append(badge_of(one, signer, listed, place, at=now, salt=secrets.token_hex(8)))
    return found


def badge_of(
    certificate: Certificate, signer: keys.Signer, listed: StatusList, place: int, *, at: datetime, salt: str
) -> Badge:  # fmt: skip
    """One badge in both forms, not yet written."""
    said = document(
        certificate, did=signer.did, listed=listed, place=place, issuer=certificate.prefix.issuer, salt=salt
    )
    signed = linked.sign(
        said, key=signer.key, method=signer.method, created=linked.moment(at), statements=statements.canonical(said)
    )
    return Badge(
        certificate=certificate, key=signer.row, status_list=listed, place=place, made_at=at,
        linked=json.dumps(signed, ensure_ascii=False), token=token.sign(said, key=signer.key, method=signer.method),
    )  # fmt: skip


def document(
    certificate: Certificate, *, did: str, listed: StatusList, place: int, issuer: Unit, salt: str
) -> dict[str, Any]:  # fmt: skip
    """What the badge says. Her name stands in it only as a salted hash: whoever is shown the name can prove it."""
    data = certificate.data
    where = status.address(listed, issuer)
    name = names.full(data["name"]["kk"])
    programme = _all(data["programme"])
    spoken, credit = (
        data.get("talk"),
        {} if "talk" in data else {"creditsEarned": float(data["hours"].replace(",", "."))},
    )
    if spoken:
        about, narrative = f"{_all(data['title'])}. {_all(spoken)}. {programme}", f"{programme}. {data['starts_on']}"
    else:
        about = f"{_all(data['title'])}. {programme}. {data['hours']} академиялық сағат / академических часов / academic hours"
        narrative = f"{_all(data['form'])}. {data['starts_on']} – {data['ends_on']}"
    return {
        "@context": [linked.VC, linked.OB],
        "id": address(certificate.number),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _all(data["title"]),
        "issuer": {"id": did, "type": ["Profile"], "name": _all(data["issuer"]), "url": f"{settings.ENVIRONMENT.site_url}/"},
        "validFrom": _day(data["dated_on"]),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": True, "identityHash": hashed(name, salt), "identityType": "name", "salt": salt}],
            "activityStartDate": _day(data["starts_on"]),
            "activityEndDate": _day(data["ends_on"]),
            **credit,
            "licenseNumber": data["number"],
            "achievement": {
                "id": f"urn:uuid:{uuid5(NAMESPACE_URL, '|'.join((settings.ENVIRONMENT.site_url, (spoken or data['programme'])['kk'], data['hours'])))}",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": _all(spoken) if spoken else programme,
                "description": about,
                "criteria": {"narrative": narrative},
            },
        },
        "credentialStatus": {
            "id": f"{where}#{place}", "type": "BitstringStatusListEntry", "statusPurpose": status.PURPOSE,
            "statusListIndex": str(place), "statusListCredential": where,
        },
    }  # fmt: skip


def hashed(name: str, salt: str) -> str:
    return f"sha256${hashlib.sha256((name + salt).encode()).hexdigest()}"


def _all(texts: dict[str, str]) -> str:
    """The text in every language that has one of its own, Kazakh first."""
    return " / ".join(dict.fromkeys(filter(None, (texts.get(code, "") for code in names.LANGUAGES))))


def _day(text: str) -> str:
    return linked.moment(datetime.combine(date.fromisoformat(text), time(0), UTC))
