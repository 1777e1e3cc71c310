"""Papers to try the register on: a kind of the test's own, about nothing but itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from orken.network.models import Unit
from orken.records import kinds, services
from orken.records.kinds import Built, Line, PaperKind, Words, point
from orken.records.models import Paper

Country = Callable[[str], Unit]
Made = Callable[..., Paper]
LINE = Line("trial", "С", "Сынақ")


def build(paper: Paper) -> Built:
    said = str(paper.answers.get("text", "мәтін"))
    problems = ["Мәтін жоқ."] if said == "жоқ" else []
    return Built(
        Words(f"{said} туралы", f"О {said}"), [{"type": "points", "items": [point(said, said)]}], problems=problems
    )


@pytest.fixture(autouse=True)
def trial() -> Iterator[None]:
    """The kinds «trial», and those that amend and cancel; gone after the test."""
    made = [
        PaperKind("trial", "Сынақ", Words("Сынақ", "Проба"), LINE, build),
        PaperKind("trial.amend", "Өзгеріс", Words("Сынақ", "Проба"), LINE, build, changes="amend"),
        PaperKind("trial.cancel", "Жою", Words("Сынақ", "Проба"), LINE, build, changes="cancel"),
    ]
    for kind in made:
        kinds.register(kind)
    yield
    for kind in made:
        kinds.forget(kind.code)


@pytest.fixture
def draft(country: Country) -> Made:
    """`draft(text="…")` is a draft of the National Library."""

    def made(unit: str = "NL", kind: str = "trial", by: Any = None, changes: Any = (), **answers: Any) -> Paper:
        return services.prepare(
            kind=kind, unit=country(unit), source="", address="", answers=answers, by=by, changes=changes
        )

    return made


@pytest.fixture
def registered(draft: Made) -> Made:
    def made(by: Any = None, **values: Any) -> Paper:
        return services.register(paper=draft(**values), on=timezone.localdate(), by=by)

    return made


def scan(content: bytes = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", name: str = "scan.pdf") -> SimpleUploadedFile:  # fmt: skip
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def signed(registered: Made) -> Made:
    def made(by: Any = None, **values: Any) -> Paper:
        return services.sign_by_hand(
            paper=registered(by=by, **values), scan=scan(), signatory=("Директор, Қ. М.", "Директор, К. М."),
            on=timezone.localdate(), by=by,
        )  # fmt: skip

    return made
