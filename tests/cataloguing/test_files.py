"""Files of a catalogue: sent, checked in the background, reported, compared, forgotten; seen by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.cataloguing import checking, codecs, examples, selectors, services
from orken.cataloguing.models import CatalogueFile, Finding
from orken.cataloguing.record import Record
from orken.cataloguing.tasks import material
from orken.kit.audit.models import AuditEvent
from orken.kit.files.models import StoredFile
from orken.kit.files.services import FileRefused
from orken.kit.jobs import running
from orken.kit.jobs.models import Work
from orken.kit.sheets.reading import read
from orken.people.models import Account

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]


def work() -> None:
    """Do what waits in the heavy lane, with the worker's own function and in this transaction."""
    for waiting in Work.objects.filter(lane="heavy", state=Work.State.WAITING):
        running.run.call(str(waiting.pk))


def clean(count: int = 12, format: str = "rusmarc") -> list[Record]:
    return [material.experts(book.code, format)[0] for book in material.books()][:count]


def packed(records: list[Record], kind: str = "iso2709", encoding: str = "utf-8") -> bytes:
    if kind == "marcxml":
        return b"".join(
            [
                b"<collection>",
                *(
                    codecs.dumps(one, kind).split(b"<collection", 1)[1].split(b">", 1)[1].rsplit(b"</collection>", 1)[0]
                    for one in records
                ),
                b"</collection>",
            ]
        )
    return b"".join(codecs.dumps(one, kind, encoding) for one in records)


def _received(answer: Any) -> BytesIO:
    """The bytes of a file that a page hands out."""
    return BytesIO(b"".join(answer.streaming_content))


def sent(client: Client, content: bytes, name: str = "каталог.mrc", **answers: str) -> CatalogueFile:
    answer = client.post(reverse("cataloguing:files"), {"file": SimpleUploadedFile(name, content), **answers})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return CatalogueFile.objects.order_by("-created_at")[0]


@pytest.mark.parametrize(("kind", "encoding"), [("iso2709", "utf-8"), ("mrk", "utf-8"), ("marcxml", "utf-8")])
def test_a_file_is_sent_checked_and_reported(kind: str, encoding: str, browse: Browse) -> None:
    client = browse("mentor")
    draft = examples.get("draft-rusmarc")
    assert draft is not None
    file = sent(client, packed([*clean(9), draft.record], kind, encoding))
    page = client.get(file.get_absolute_url())
    assert "progress" in page.content.decode()
    assert client.get(reverse("cataloguing:file_progress", args=[file.pk])).json()["state"] == "waiting"
    work()
    file.refresh_from_db()
    report = checking.Report(file.counts)
    assert (report.records, report.faulty) == (10, 1)
    assert {line.rule for line in report.rules} >= {"charset.lookalike", "id.isbn-check", "complete.field"} or len(
        report.rules
    ) >= 3
    assert report.rate == 100.0 * report.errors / 10
    answer = client.get(file.get_absolute_url())
    assert answer.status_code == 200
    assert "ORK-R-kk-novel-1" in answer.content.decode()
    progress = client.get(reverse("cataloguing:file_progress", args=[file.pk])).json()
    assert progress["over"] and progress["total"] == 10


def test_the_report_goes_along_as_a_spreadsheet(browse: Browse) -> None:
    client = browse("mentor")
    draft = examples.get("draft-marc21")
    assert draft is not None
    file = sent(client, packed([draft.record, *clean(3, "marc21")]))
    assert client.get(reverse("cataloguing:file_report", args=[file.pk])).status_code == 404  # not checked yet
    work()
    answer = client.get(reverse("cataloguing:file_report", args=[file.pk]))
    book = read(_received(answer))
    figures, rules, people = book.sheets
    assert 4 in [row[1] for row in figures.rows]
    assert any(row[0] == "cross.date" for row in rules.rows)
    assert [row[0] for row in people.rows[1:]] == ["ORKEN"]
    listed = client.get(file.get_absolute_url(), {"format": "xlsx"})
    rows = read(_received(listed)).sheets[0].rows
    assert len(rows) == 1 + Finding.objects.filter(file=file).count()


def test_by_cataloguer_each_is_counted_apart(browse: Browse) -> None:
    good = clean(4)
    other = []
    for record in clean(4):
        source = record.data("801")[0]
        parts = tuple(part._replace(value="ALA") if part.code == "b" else part for part in source.subfields)
        renamed = replace(source, subfields=parts)
        language = record.data("101")[0]
        other.append(record.replacing(source, renamed).replacing(language, replace(language, ind1="9")))
    file = sent(browse("mentor"), packed([*good, *other]))
    work()
    file.refresh_from_db()
    people = {one.name: one for one in checking.Report(file.counts).cataloguers}
    assert people["ORKEN"].errors == 0
    assert people["ALA"].errors >= 4
    assert people["ALA"].records == people["ORKEN"].records == 4


def test_broken_records_are_messages_and_the_rest_is_read(browse: Browse) -> None:
    content = packed(clean(3))
    cut = content[: len(content) // 2] + b"\x1d" + packed(clean(2))
    file = sent(browse("mentor"), cut)
    work()
    file.refresh_from_db()
    assert checking.Report(file.counts).records >= 3
    assert Finding.objects.filter(file=file, rule__startswith="structure.").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"not a catalogue at all, only a letter to the director",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"\x00\x01\x02" * 50,
    ],
)
def test_what_is_no_catalogue_says_so_in_its_report(content: bytes, browse: Browse) -> None:
    client = browse("mentor")
    file = sent(client, content)
    work()
    file.refresh_from_db()
    assert file.checked_at is not None
    done = selectors.work_of(file)
    assert done is not None
    assert done.state == Work.State.DONE
    page = client.get(file.get_absolute_url())
    assert page.status_code == 200
    assert (
        file.counts.get("refused")
        or checking.Report(file.counts).records == 0
        or Finding.objects.filter(file=file).exists()
    )
    if file.counts.get("refused"):
        assert "facts grid" not in page.content.decode(), "what was not read has no figures"
        compared = client.get(reverse("cataloguing:files_compare"))
        assert file not in compared.context["done"]


def _in_cp1251(record: Record) -> bool:
    try:
        codecs.dumps(record, "iso2709", "cp1251")
    except codecs.NotWritable:
        return False
    return True


def test_an_old_encoding_is_recognised(browse: Browse) -> None:
    records = [record for record in clean(22) if record.identifier.split("-")[2] == "ru" and _in_cp1251(record)]
    assert len(records) >= 4
    file = sent(browse("mentor"), packed(records, encoding="cp1251"))
    work()
    file.refresh_from_db()
    report = checking.Report(file.counts)
    assert file.counts["encoding"] == "cp1251"
    assert report.records == len(records)


def test_an_empty_and_a_huge_file_are_refused(browse: Browse, account: Accounts) -> None:
    client = browse("mentor")
    assert client.post(reverse("cataloguing:files"), {"file": SimpleUploadedFile("a.mrc", b"")}).status_code == 422
    assert client.post(reverse("cataloguing:files"), {}).status_code == 422
    huge = SimpleUploadedFile("a.mrc", b"x")
    huge.size = services.MOST_FILE + 1
    with pytest.raises(FileRefused):
        services.start_check(upload=huge, profile="", encoding="", by=account("mentor"))
    assert not CatalogueFile.objects.exists()


def test_ten_records_before_and_ten_after_are_compared(browse: Browse) -> None:
    client = browse("mentor")
    worse = sent(client, packed([record.without("801", "102") for record in clean(10)]), "до.mrc")
    better = sent(client, packed(clean(10)), "после.mrc")
    work()
    worse.refresh_from_db()
    better.refresh_from_db()
    found = checking.rates(worse, better)
    assert found.better and found.second == 0 < found.first
    assert {line.rule for line in found.rules} and all(line.change <= 0 for line in found.rules)
    page = client.get(reverse("cataloguing:files_compare"), {"first": str(worse.pk), "second": str(better.pk)})
    assert "до.mrc" in page.content.decode()
    assert client.get(reverse("cataloguing:files_compare"), {"first": "nothing"}).status_code == 200


def test_one_record_of_the_file_is_opened(browse: Browse) -> None:
    client = browse("mentor")
    file = sent(client, packed(clean(3)))
    work()
    page = client.get(reverse("cataloguing:file_record", args=[file.pk, 2])).content.decode()
    assert "ORK-R-ru-essays-1" in page
    assert client.get(reverse("cataloguing:file_record", args=[file.pk, 99])).status_code == 404


def test_nobody_else_sees_the_file(browse: Browse) -> None:
    file = sent(browse("mentor"), packed(clean(2)))
    work()
    for login in ("national", "administrator", "head", "pavlodar"):
        client = browse(login)
        for name, more in (("file", []), ("file_progress", []), ("file_report", []), ("file_record", [1])):
            assert client.get(reverse(f"cataloguing:{name}", args=[file.pk, *more])).status_code == 404
        assert client.post(reverse("cataloguing:file_forget", args=[file.pk])).status_code == 404
    assert browse("village").get(reverse("cataloguing:files")).status_code == 404


def test_a_file_is_forgotten_with_its_bytes_and_its_messages(
    browse: Browse, django_capture_on_commit_callbacks: object
) -> None:
    client = browse("mentor")
    file = sent(client, packed([record.without("801") for record in clean(2)]))
    work()
    assert StoredFile.objects.filter(purpose="catalogue").count() == 1
    assert client.post(reverse("cataloguing:file_forget", args=[file.pk])).status_code == 302
    assert not CatalogueFile.objects.exists()
    assert not Finding.objects.exists()
    assert not StoredFile.objects.filter(purpose="catalogue").exists()
    assert list(
        AuditEvent.objects.filter(verb__startswith="catalogue_file").order_by("pk").values_list("verb", flat=True)
    ) == [
        "catalogue_file.sent",
        "catalogue_file.forgotten",
    ]


def test_a_check_that_waits_is_stopped_when_its_file_is_forgotten(browse: Browse) -> None:
    client = browse("mentor")
    file = sent(client, packed(clean(2)))
    client.post(reverse("cataloguing:file_forget", args=[file.pk]))
    stopped = Work.objects.get(payload__file=str(file.pk))
    assert stopped.state == Work.State.CANCELLED
    work()
    assert not Finding.objects.exists()


def test_the_list_of_messages_costs_the_same_for_one_record_and_for_many(browse: Browse) -> None:
    client = browse("mentor")
    costs = []
    for count in (1, 12):
        file = sent(client, packed([record.without("801", "102") for record in clean(count)]))
        work()
        client.get(file.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(file.get_absolute_url())
        costs.append(len(queries))
    assert costs[0] == costs[1]
