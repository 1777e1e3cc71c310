"""The environment variables that move Orken from one machine to many.

Everything is read once, judged whole, and refused with a sentence: a misspelt variable that is
silently ignored is how a production server ends up on a demo database.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

KNOWN = {
    "ORKEN_ENV": "development (default), test or production",
    "ORKEN_DATA": "folder of the embedded database, files and keys (default var/)",
    "ORKEN_DATABASE_URL": "postgres://… or sqlite:///…; default: SQLite in ORKEN_DATA",
    "ORKEN_REDIS_URL": "redis://…; default: live events, cache and limits in the database",
    "ORKEN_FILES_URL": "s3://KEY:SECRET@HOST/BUCKET?…; default: a folder in ORKEN_DATA",
    "ORKEN_SITE_URL": "public address of the pages, for letters and feeds; default: https and the first host, in development http://localhost and the port",
    "ORKEN_LIVE_URL": "public address of the live streams; default: same host, port + 1",
    "ORKEN_CONTENT_URL": "public address of package content; default: same host, port + 2",
    "ORKEN_SECRET_KEY": "50 or more random characters; compulsory in production",
    "ORKEN_OLD_SECRET_KEYS": "space-separated keys of before, until `orken people reseal` has run",
    "ORKEN_HOSTS": "comma-separated host names; compulsory in production",
    "ORKEN_MAIL_URL": "smtp://USER:PASSWORD@HOST:PORT?tls=1&from=…; default: letters stay in the outbox",
    "ORKEN_SIGNING_ROOTS": "a file of PEM certificates to which electronic signatures must lead; default: not checked",
    "ORKEN_SIGN_ON": "oidc+https://CLIENT:SECRET@HOST/PATH?name=… or saml+https://…; default: nobody but ourselves signs people in",
    "ORKEN_HSTS": "production: host (default), subdomains or preload: for whom browsers remember that we speak only HTTPS",
    "ORKEN_DID": "key (default) or web: how badges name their issuer; web needs ORKEN_SITE_URL with https",
    "ORKEN_ROOM_TURN": "turn:HOST:PORT or turns:HOST:PORT, several with spaces: the relay of live rooms; default: none, said plainly",
    "ORKEN_ROOM_TURN_ONLY": "1: pictures go through the relay alone, so that nobody learns the address of another; default: the straight way first",
    "ORKEN_ROOM_TURN_SECRET": "the secret that the relay shares with us (coturn: static-auth-secret); compulsory with ORKEN_ROOM_TURN",
    "ORKEN_DEMO": "1 shows the demo sign-in page; default 1 in development; refused in production",
}
DIDS = ("key", "web")
STRICTNESS = ("host", "subdomains", "preload")
ENVIRONMENTS = ("development", "test", "production")


class EnvironmentProblem(Exception):
    """The environment cannot be used; the text is a sentence for the operator."""


@dataclass(frozen=True)
class Environment:
    """A judged environment: every field is usable as it stands."""

    name: str
    data: Path
    database_url: str
    redis_url: str
    files_url: str
    site_url: str
    live_url: str
    content_url: str
    secret_key: str
    old_secret_keys: tuple[str, ...]
    hosts: tuple[str, ...]
    mail_url: str
    sign_on: str
    did: str
    signing_roots: Path | None
    demo: bool
    hsts: str
    room_turn: str
    room_turn_secret: str
    room_turn_only: bool

    @property
    def production(self) -> bool:
        return self.name == "production"


def read(variables: Mapping[str, str], root: Path) -> Environment:
    """Judge `variables`; `root` is the folder that a relative ORKEN_DATA starts from.

    Raises EnvironmentProblem with a sentence that names the variable and the way out.
    """
    for key in sorted(variables):
        if key.startswith("ORKEN_") and key not in KNOWN:
            raise EnvironmentProblem(f"{key} is not a variable of Orken. Known are: {', '.join(sorted(KNOWN))}.")
    name = _one_of(variables, "ORKEN_ENV", ENVIRONMENTS)
    production = name == "production"
    data = _folder(variables, root)
    demo = _flag(variables, "ORKEN_DEMO", default=not production)
    if production and demo:
        raise EnvironmentProblem("ORKEN_DEMO=1 is refused in production: anybody could sign in as anybody.")
    database_url = _address(variables, "ORKEN_DATABASE_URL", ("postgres", "postgresql", "sqlite"))
    hosts = tuple(host.strip() for host in variables.get("ORKEN_HOSTS", "").split(",") if host.strip())
    for host in hosts:
        if not re.fullmatch(r"\.?[A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]|\*", host):
            raise EnvironmentProblem(
                f"ORKEN_HOSTS: «{host}» is not the name of a host. Write orken.kz, not an address."
            )
    secret_key = variables.get("ORKEN_SECRET_KEY", "")
    if production:
        if len(secret_key) < 50 or len(set(secret_key)) < 10:
            raise EnvironmentProblem(
                "ORKEN_SECRET_KEY must be set in production to 50 or more random characters. "
                'python3 -c "import secrets; print(secrets.token_urlsafe(50))" makes one.'
            )
        if not hosts or "*" in hosts:
            raise EnvironmentProblem(
                "ORKEN_HOSTS must name the hosts of this server in production, for example orken.kz."
            )
        if not database_url:
            raise EnvironmentProblem(
                "ORKEN_DATABASE_URL must be set in production, for example postgres://orken@db/orken."
            )
    return Environment(
        name=name,
        data=data,
        database_url=database_url or f"sqlite:///{data / 'orken.sqlite3'}",
        redis_url=_address(variables, "ORKEN_REDIS_URL", ("redis", "rediss", "unix")),
        files_url=_address(variables, "ORKEN_FILES_URL", ("s3", "s3+http", "file")),
        site_url=_address(variables, "ORKEN_SITE_URL", ("http", "https")).rstrip("/")
        or (f"https://{hosts[0]}" if production else "http://localhost:8000"),
        live_url=_address(variables, "ORKEN_LIVE_URL", ("http", "https")),
        content_url=_address(variables, "ORKEN_CONTENT_URL", ("http", "https")),
        secret_key=secret_key or _kept_key(data),
        old_secret_keys=tuple(variables.get("ORKEN_OLD_SECRET_KEYS", "").split()),
        hosts=hosts or ("localhost", "127.0.0.1", "[::1]"),
        mail_url=_address(variables, "ORKEN_MAIL_URL", ("smtp", "smtps")),
        sign_on=_sign_on(variables, production),
        did=_did(variables, production),
        signing_roots=_certificates(variables),
        demo=demo,
        hsts=_one_of(variables, "ORKEN_HSTS", STRICTNESS),
        room_turn=_turn(variables),
        room_turn_secret=variables.get("ORKEN_ROOM_TURN_SECRET", ""),
        room_turn_only=_turn_only(variables),
    )


def _turn(variables: Mapping[str, str]) -> str:
    """Addresses of the relay of live rooms; without its secret nobody could be let through."""
    value = " ".join(variables.get("ORKEN_ROOM_TURN", "").split())
    for address in value.split():
        if not re.fullmatch(r"turns?:[A-Za-z0-9._-]+(:\d{1,5})?(\?transport=(udp|tcp))?", address):
            raise EnvironmentProblem("ORKEN_ROOM_TURN must name relays as turn:HOST:PORT or turns:HOST:PORT.")
    if value and not variables.get("ORKEN_ROOM_TURN_SECRET"):
        raise EnvironmentProblem(
            "ORKEN_ROOM_TURN needs ORKEN_ROOM_TURN_SECRET, the secret that the relay shares with us."
        )
    return value


def _turn_only(variables: Mapping[str, str]) -> bool:
    """Whether pictures go through the relay alone; without a relay there would be none."""
    only = _flag(variables, "ORKEN_ROOM_TURN_ONLY", default=False)
    if only and not variables.get("ORKEN_ROOM_TURN"):
        raise EnvironmentProblem("ORKEN_ROOM_TURN_ONLY=1 needs ORKEN_ROOM_TURN: without a relay no picture would come.")
    return only


def _certificates(variables: Mapping[str, str]) -> Path | None:
    """The file of trusted certificates; None when there is none."""
    value = variables.get("ORKEN_SIGNING_ROOTS", "")
    if not value:
        return None
    path = Path(value)
    if not path.is_file() or b"-----BEGIN CERTIFICATE-----" not in path.read_bytes():
        raise EnvironmentProblem(f"ORKEN_SIGNING_ROOTS: «{value}» is not a file of PEM certificates.")
    return path


def _one_of(variables: Mapping[str, str], key: str, words: tuple[str, ...]) -> str:
    """The word of `key`, the first of `words` when absent."""
    value = variables.get(key, words[0])
    if value not in words:
        raise EnvironmentProblem(f"{key} is «{value}», but must be one of: {', '.join(words)}.")
    return value


def _did(variables: Mapping[str, str], production: bool) -> str:
    """A did:web leads to a page of ours over https, so it needs the public address of the pages."""
    found = _one_of(variables, "ORKEN_DID", DIDS)
    site = variables.get("ORKEN_SITE_URL", "")
    if found == "web" and not site.startswith("https://") and (site or not production):
        raise EnvironmentProblem("ORKEN_DID=web needs the public address of the pages: ORKEN_SITE_URL=https://orken.kz")
    return found


def _flag(variables: Mapping[str, str], key: str, *, default: bool) -> bool:
    value = variables.get(key, "")
    if value == "":
        return default
    if value not in ("0", "1"):
        raise EnvironmentProblem(f"{key} is «{value}», but must be 0 or 1.")
    return value == "1"


def _address(variables: Mapping[str, str], key: str, schemes: tuple[str, ...]) -> str:
    """The value of `key`, empty when absent; the value itself is never shown, it may hold a password."""
    value = variables.get(key, "")
    if not value:
        return value
    try:
        parts = urlsplit(value)
        scheme, port = parts.scheme, parts.port  # a port that is none raises here
    except ValueError:
        raise EnvironmentProblem(f"{key} holds an address that cannot be read: look at its host and port.") from None
    if scheme not in schemes:
        raise EnvironmentProblem(
            f"{key} must be an address that starts with {' or '.join(s + '://' for s in schemes)}."
        )
    if port == 0:
        raise EnvironmentProblem(f"{key} holds the port 0.")
    return value


def _folder(variables: Mapping[str, str], root: Path) -> Path:
    """The folder of data: never the project itself, never a file."""
    value = variables.get("ORKEN_DATA", "var").strip()
    if not value:
        raise EnvironmentProblem("ORKEN_DATA is empty. Name a folder, or leave the variable out to use var/.")
    folder = root / value
    if folder.exists() and not folder.is_dir():
        raise EnvironmentProblem(f"ORKEN_DATA must be a folder, but {folder} is a file.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(f"ORKEN_DATA: {folder} cannot be made: {problem.strerror}.") from None
    return folder


def _sign_on(variables: Mapping[str, str], production: bool) -> str:
    """The address of an outside identity provider; plain http only for trying out."""
    plain = () if production else ("oidc+http", "saml+http")
    address = _address(variables, "ORKEN_SIGN_ON", ("oidc+https", "saml+https", *plain))
    if address.startswith("oidc") and not urlsplit(address).username:
        raise EnvironmentProblem("ORKEN_SIGN_ON must hold the client and its secret: oidc+https://CLIENT:SECRET@HOST/…")
    return address


def _kept_key(data: Path) -> str:
    """A key for development, made once and kept readable by its owner only."""
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "x", opener=_private) as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:  # another process of the same start was first
            pass
    return path.read_text()


def _private(path: str, flags: int) -> int:
    import os

    return os.open(path, flags, 0o600)
