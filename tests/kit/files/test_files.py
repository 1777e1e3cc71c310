"""Files by content: kept once, handed out by a signed address, in a folder or in an S3 store."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from moto.server import ThreadedMotoServer

from orken.courseware.services import assets
from orken.credentials.services import telling
from orken.kit.files import services as files
from orken.kit.files.content import DOCUMENTS, NAMES, PICTURES, media_type
from orken.kit.files.models import StoredFile
from orken.records import services as papers
from orken.training.attendance import paper as sheets
from tests import snapshot
from tests.outside import outside

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def store(content: bytes, name: str = "жолдама.pdf", most: int = files.MB) -> StoredFile:
    return files.store(
        upload=SimpleUploadedFile(name, content),
        purpose="test",
        by_id=None,
        scope_path="1/",
        allowed=DOCUMENTS | PICTURES,
        most=most,
    )


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"), (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"<!DOCTYPE html><p>", "text/html"), (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (b"\xef\xbb\xbf  <html><script>", "text/html"), ("жай мәтін".encode(), "text/plain"), (b"PK\x03\x04????", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(content: bytes, kind: str) -> None:
    assert media_type(io.BytesIO(content)) == kind


@pytest.mark.parametrize(
    "content", [b"", b"<html><script>alert(1)</script>", b"MZ\x90\x00" + b"\0" * 60, PDF + b"x" * files.MB]
)
def test_what_is_not_taken_is_refused_with_a_sentence_and_not_kept(content: bytes, db: None) -> None:
    before = StoredFile.objects.count()
    with pytest.raises(files.FileRefused) as caught:
        store(content, "scan.pdf")
    assert str(caught.value.args[0]).endswith(".")
    assert StoredFile.objects.count() == before


@pytest.mark.parametrize(("language", "word"), [("kk", "фотосурет"), ("ru", "фотографии"), ("en", "photographs")])
def test_a_wrong_kind_is_told_what_is_taken_and_no_media_type(language: str, word: str, db: None) -> None:
    with translation.override(language), pytest.raises(files.FileRefused) as caught:
        upload = SimpleUploadedFile("бет.jpg", b"MZ\x90\x00" + b"\0" * 60)
        files.store(upload=upload, purpose="t", by_id=None, scope_path="", allowed=PICTURES | {"application/pdf"}, most=files.MB)  # fmt: skip
    said = str(caught.value)
    assert f"{word} (JPEG, PNG, WebP, TIFF)" in said and "(PDF)" in said and "/" not in said


def test_every_kind_that_is_taken_anywhere_has_a_name() -> None:
    named = {kind for _group, names in NAMES for kind in names}
    taken = (
        DOCUMENTS
        | PICTURES
        | set().union(*assets.ALLOWED.values())
        | telling.EVIDENCE
        | papers.SCANS
        | sheets.PHOTOGRAPHS
    )
    assert taken <= named


def test_the_same_content_is_kept_once_and_goes_with_its_last_row(
    db: None, django_capture_on_commit_callbacks: object
) -> None:
    first, second = store(PDF), store(PDF, "../../etc/passwd")
    assert first.stored_as == second.stored_as
    assert second.name == "passwd"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's fixture
        files.remove(kept=first)
    assert default_storage.exists(second.stored_as)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # as above
        files.remove(kept=second)
    assert not default_storage.exists(second.stored_as)


def test_a_signed_address_hands_the_file_out_and_a_false_one_does_not(db: None) -> None:
    kept, client = store(PDF), Client()
    answer = client.get(files.address(kept))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file response
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(files.address(kept).rstrip("/") + "x/").status_code == 404
    assert client.get("/files/nothing/").status_code == 404


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A real server that speaks S3, with a bucket."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"{host}:{port}".replace("0.0.0.0", "127.0.0.1")
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{address}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="orken")
    yield f"s3+http://key:secret@{address}/orken"
    server.stop()


def test_an_s3_store_takes_the_files_and_hands_them_out_itself(s3: str, tmp_path: Path) -> None:
    program = """
import django; django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from orken.kit.files import services as files
import urllib.request
kept = files.store(upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7 hello"), purpose="t", by_id=None, scope_path="", allowed={"application/pdf"}, most=1000)
answer = urllib.request.urlopen(files.address(kept))
print(answer.read(), answer.headers["Content-Disposition"].startswith("attachment"))
files.remove(kept=kept)
"""
    environment = outside()
    environment |= {
        "ORKEN_DATA": str(snapshot.site(tmp_path, bare=True)),
        "ORKEN_FILES_URL": s3,
        "DJANGO_SETTINGS_MODULE": "orken.config.settings",
        "ORKEN_ENV": "test",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "b'%PDF-1.7 hello' True", done.stderr[-2000:]
