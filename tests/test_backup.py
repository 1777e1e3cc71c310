"""Backup and restore: everything, in one moment, the old state or the new."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from orken.kit.audit import invariants
from orken.kit.files import backup as backups
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.network import services
from orken.network.models import Unit
from orken.people.models import Account, Person
from tests import snapshot
from tests.outside import outside

Country = Callable[[str], Unit]


def test_what_was_changed_after_the_backup_is_put_back(
    country: Country, account: Callable[[str], Account], tmp_path: Path
) -> None:
    kept = files.store(
        upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7 one"),
        purpose="t",
        by_id=1,
        scope_path="1/",
        allowed={"application/pdf"},
        most=1000,
    )
    name, people = country("KZ-55-D01").name_en, Person.objects.count()
    counts = backups.backup(tmp_path / "b.zip")
    assert counts["people.Person"] == people
    services.rename_unit(
        unit=country("KZ-55-D01"), names={"name_en": "Later"}, on=date(2026, 1, 1), by=account("pavlodar")
    )
    default_storage.delete(kept.stored_as)
    assert backups.restore(tmp_path / "b.zip", replace=True) == counts
    assert country("KZ-55-D01").name_en == name
    assert files.read(StoredFile.objects.get(pk=kept.pk)).read() == b"%PDF-1.7 one"
    assert not [rows for _rule, rows in invariants.run() if rows]
    Person.objects.create(surname_kk="Жаңа")  # the sequence of ids goes on where the backup ended


def test_a_database_that_holds_something_is_not_replaced_by_mistake(country: Country, tmp_path: Path) -> None:
    backups.backup(tmp_path / "b.zip")
    with pytest.raises(backups.BackupProblem, match="--replace"):
        backups.restore(tmp_path / "b.zip")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-500])


def _other_version(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps(manifest | {"migrations": ["people.0001_initial"]}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _lost_rows(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["tables/people.Person.jsonl"] = parts["tables/people.Person.jsonl"].rsplit(b"\n", 2)[0] + b"\n"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("harm", [_cut, _other_version, _lost_rows, lambda path: path.write_text("hello")])
def test_a_damaged_backup_changes_nothing(harm: Callable[[Path], None], country: Country, tmp_path: Path) -> None:
    backups.backup(tmp_path / "b.zip")
    harm(tmp_path / "b.zip")
    people = Person.objects.count()
    with pytest.raises(backups.BackupProblem):
        backups.restore(tmp_path / "b.zip", replace=True)
    assert Person.objects.count() == people


def run(data: Path, *words: str) -> subprocess.Popen[str]:
    environment = outside()
    environment |= {"ORKEN_DATA": str(data), "ORKEN_ENV": "development"}
    return subprocess.Popen(
        [sys.executable, "-m", "orken", *words],
        env=environment,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err[-2000:]
    return out


def test_a_restore_that_is_killed_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    snapshot.site(tmp_path)
    said(run(tmp_path, "backup", str(tmp_path / "b.zip")))
    for wait in (0.9, 1.1, 1.3, 1.5):
        process = run(tmp_path, "restore", str(tmp_path / "b.zip"), "--replace")
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert "holds" in said(run(tmp_path, "audit", "invariants"))
        assert json.loads(said(run(tmp_path, "backup", str(tmp_path / "c.zip"), "--json")))["network.Unit"] == 318


def test_a_backup_of_sqlite_is_restored_into_postgresql_and_back(country: Country, tmp_path: Path) -> None:
    """The suite runs on both databases; the file of one has the shape of the other's."""
    backups.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        first = archive.read("tables/network.Unit.jsonl").splitlines()[1].decode()
    assert manifest["vendor"] == connection.vendor
    assert "Қазақстан Республикасы" in first
    said_before = (manifest["rows"], first)
    snapshot.site(tmp_path / "data", bare=True)
    said(run(tmp_path / "data", "restore", str(tmp_path / "b.zip")))
    said(run(tmp_path / "data", "backup", str(tmp_path / "sqlite.zip")))
    with zipfile.ZipFile(tmp_path / "sqlite.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert (manifest["rows"], archive.read("tables/network.Unit.jsonl").splitlines()[1].decode()) == said_before
    assert manifest["vendor"] == "sqlite"
