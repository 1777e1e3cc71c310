"""What papers and certificates say of a person is hers to read and to take along."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from orken.credentials import services as credentials
from orken.credentials.models import Batch
from orken.network.models import Appointment
from orken.people.models import Account
from orken.records.models import Named
from tests.credentials.conftest import asked, lead, row  # noqa: F401 - a fixture
from tests.records.conftest import Made

Browse = Callable[[str], Client]


def sheets(client: Client) -> dict[str, Any]:
    content = b"".join(client.get("/kk/about-me/file/").streaming_content)  # type: ignore[attr-defined]  # a file
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_she_reads_which_papers_name_her_and_takes_the_list_along(registered: Made, browse: Browse, account: Callable[[str], Account]) -> None:  # fmt: skip
    paper, person = registered(), account("village").person
    Named.objects.create(paper=paper, person=person, place=99, name_kk="Бұрынғы Есімі", name_ru="Прежнее Имя")
    client = browse("village")
    page = client.get("/kk/my/papers/").content.decode()
    assert paper.code in page and "Бұрынғы Есімі" in page and f"/papers/{paper.pk}/" not in page
    assert "/kk/my/papers/" in client.get("/kk/about-me/").content.decode()
    (line,) = [one for one in sheets(client)["Менің атым аталған құжаттар"][1:] if one[0] == paper.code]
    assert line[4] == "Бұрынғы Есімі"
    assert paper.code not in browse("student").get("/kk/my/papers/").content.decode()
    Named.objects.create(paper=registered(), person=person, place=99, name_kk="Есімі", name_ru="Имя")
    with CaptureQueriesContext(connection) as queries:
        client.get("/kk/my/papers/")
    assert len(queries) <= 15


def test_her_certificates_stand_in_the_file_with_what_became_of_them(asked: Callable[..., Batch], browse: Browse, account: Callable[[str], Account]) -> None:  # noqa: F811 # fmt: skip
    person = account("village").person
    post = Appointment.objects.at().get(person=person, employment="main")
    (made,) = lead(asked([row(post)]))
    credentials.revoke(certificate=made, reason="Қате сағат", by=account("registrar"))
    (line,) = [one for one in sheets(browse("village"))["Сертификаттар"][1:] if one[0] == made.number_kk]
    assert line[6] == "Қате сағат" and line[3] in ("72", 72)
