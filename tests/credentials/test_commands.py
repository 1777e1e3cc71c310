"""`orken credential export` and `verify`: files out, verdicts in JSON, exit codes of the contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from orken.credentials import commands, services
from orken.credentials.models import Certificate
from orken.kit import cli
from tests.credentials.conftest import Accounts

Issued = Callable[..., list[Certificate]]
assert commands.FORMATS  # importing them registers the words of the command line
Streams = pytest.CaptureFixture[bytes]


def exported(number: str, kind: str, streams: Streams) -> bytes:
    assert cli.run(["credential", "export", number, "--format", kind]) == 0
    return streams.readouterr().out


def test_what_is_exported_is_verified(issued: Issued, capfdbinary: Streams, tmp_path: Path) -> None:
    one = issued(1)[0]
    assert exported(one.number, "pdf", capfdbinary).startswith(b"%PDF")
    for kind in ("obv3", "obv3-jwt"):
        file = tmp_path / kind
        file.write_bytes(exported(one.number_kk, kind, capfdbinary))
        assert cli.run(["credential", "verify", str(file)]) == 0
        said = json.loads(capfdbinary.readouterr().out)
        assert (said["valid"], said["status"]) == (True, "issued") and said["why"]
    listed = json.loads(exported(one.number, "statuslist", capfdbinary))
    assert listed["credentialSubject"]["statusPurpose"] == "revocation"


def test_revoked_and_changed_are_refused(
    issued: Issued, account: Accounts, capfdbinary: Streams, tmp_path: Path
) -> None:
    one = issued(1)[0]
    file = tmp_path / "badge"
    file.write_text(one.badge.linked.replace("72.0", "720.0"))
    assert cli.run(["credential", "verify", str(file)]) == 1
    assert json.loads(capfdbinary.readouterr().out)["valid"] is False
    services.revoke(certificate=one, reason="Қате", by=account("registrar"))
    file.write_text(one.badge.token)
    assert cli.run(["credential", "verify", str(file)]) == 1
    assert json.loads(capfdbinary.readouterr().out)["status"] == "revoked"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("nothing", "not a registration number"),
        ("NL-CAT-2026-000123-7", "check character"),
        ("NL-CAT-2026-000123-3", "No issued"),
    ],
)
def test_a_wrong_number_is_told_in_a_sentence(number: str, said: str, capfdbinary: Streams, db: None) -> None:
    Certificate.objects.filter(number=number).delete()
    assert cli.run(["credential", "export", number]) == 1
    assert said in capfdbinary.readouterr().err.decode()


@pytest.mark.parametrize("content", [b"", b"hello", b"{}", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xfe"])
def test_another_file_is_told_in_a_sentence(content: bytes, capfdbinary: Streams, tmp_path: Path, db: None) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)
    assert cli.run(["credential", "verify", str(file)]) == 1
    assert b"is not a signed badge" in capfdbinary.readouterr().err


def test_a_file_that_is_not_there(capfdbinary: Streams, db: None) -> None:
    assert cli.run(["credential", "verify", "/nowhere/x"]) == 1
    assert b"cannot be read" in capfdbinary.readouterr().err


def test_a_new_key_by_command(issued: Issued, capfdbinary: Streams) -> None:
    old = issued(1)[0].badge.key
    assert cli.run(["credential", "rotate-key", "--issuer", "NL-CAT"]) == 0
    assert b"signs from now on" in capfdbinary.readouterr().out
    old.refresh_from_db()
    assert old.retired_at is not None
    assert cli.run(["credential", "rotate-key", "--issuer", "XX"]) == 1
