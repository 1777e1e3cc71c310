"""The mail server out of one address: smtp://USER:PASSWORD@HOST:PORT?tls=1&from=…"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Mail:
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    start_tls: bool = False
    sender: str = "orken@localhost"


def settings(address: str) -> Mail:
    """`smtps` encrypts from the first byte, `?tls=1` after the greeting."""
    if not address:
        return Mail()
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    tls = parts.scheme == "smtps"
    return Mail(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if tls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        start_tls=not tls and query.get("tls", ["0"])[0] == "1",
        sender=query.get("from", ["orken@localhost"])[0],
    )
