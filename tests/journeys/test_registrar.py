"""A registrar's day: a large batch whose worker is killed, the list to be signed, a corrected name, a revocation; whoever has
such a paper in her hands checks it on any keyboard, by its code, or a whole table of them."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from orken.kit.sheets.reading import Limits, read
from orken.kit.sheets.writing import Column, Table, write_xlsx
from tests.journeys.conftest import PATIENCE, Visitor, shell, worker
from tests.journeys.test_cataloguing import worker_at_work
from tests.journeys.test_chain import KEPT, WORK, _scanned, _until_there
from tests.journeys.test_training import _become, _press

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)
RUNS = {"kk": "NL-2026-01", "ru": "NL-2026-06"}  # webinars of ninety people
SIGNS = {"name_kk": "Қ. Мұратбеков", "name_ru": "К. Муратбеков", "post_kk": "Директор", "post_ru": "Директор"}

STANDS = """
from orken.credentials.models import Batch, Certificate
batches = Batch.objects.filter(source="training.run:{code}")
print(batches.count(), Certificate.objects.filter(batch__in=batches).count())
"""
# Nobody has heard of the worker for two minutes.
SILENT = """
from datetime import timedelta
from django.db.models import F
from orken.kit.jobs.models import Work
Work.objects.filter(state="running").update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=2))
"""
# Whoever keeps her record has corrected the name.
CORRECTED = """
from django.utils import timezone
from orken.credentials.models import Certificate
from orken.people.models import PreviousName
from orken.people.services import record
one = Certificate.objects.select_related("person").get(number_kk="{number}")
record.rename(
    person=one.person, names={{"surname_kk": "Түзетілгенова", "surname_ru": "Исправленова"}}, on=timezone.localdate(),
    reason=PreviousName.Reason.SPELLING, by=None, scope_path="",
)
"""
SURNAMES = """
from orken.credentials.models import Certificate
for number in {numbers}:
    print(Certificate.objects.get(number_kk=number).surname_ru)
"""


def _killed_in_the_middle(visitor: Visitor, code: str) -> None:
    """A worker takes the batch up and is killed as soon as the first numbers stand; whatever it had begun is lost."""
    until, working = time.monotonic() + WORK, worker(visitor.site, once=False)
    while shell(visitor.site, STANDS.format(code=code))[0] == "1 0":
        assert time.monotonic() < until, "no number was taken"
        time.sleep(0.05)
    working.kill()
    working.wait(timeout=60)
    shell(visitor.site, SILENT)


def _signed_and_issued(page: Page, batch: str) -> None:
    _until_there(page, batch, "button[name=sign]")
    _press(page, page.locator("button[name=sign]"))
    _press(page, page.locator("button[formaction$='/issue/']"))
    _until_there(page, batch, "button[name=hand]")
    until = time.monotonic() + WORK
    while page.locator("main .note.wait", has=page.locator("a[href*='/progress/']")).count():
        assert time.monotonic() < until, "it was not issued"
        page.wait_for_timeout(1000)
        page.goto(batch)


def _checked(visitor: Visitor, typed: str, kind: str) -> None:
    """A stranger types a number and reads what became of it."""
    visitor.open("/verify/")
    visitor.page.locator("input[name=number]").fill(typed)
    _press(visitor.page, visitor.page.locator("main form button.main"))
    expect(visitor.page.locator(f"main .note.{kind}").first).to_be_visible()
    visitor.look()


@BOTH
def test_a_batch_survives_its_worker_and_a_stranger_checks_what_became_of_each(
    visitor: Visitor, tmp_path: Path
) -> None:
    page, site, code = visitor.page, visitor.site, RUNS[visitor.language]
    visitor.sign_in("registrar")
    visitor.open(f"/training/{code}/certificates/")
    for name, text in SIGNS.items():
        page.locator(f"input[name={name}_1]").fill(text)
    visitor.look()
    page.locator("main form.split button.main").dblclick()  # impatient
    page.wait_for_url(re.compile("/certificates/batches/"), timeout=PATIENCE)
    batch = page.url
    assert shell(site, STANDS.format(code=code))[0].startswith("1 "), "pressed twice, asked once"
    _killed_in_the_middle(visitor, code)
    with worker_at_work(site):
        _signed_and_issued(page, batch)
        visitor.look()
        numbers = page.locator("main table a.num").all_inner_texts()
        assert len(numbers) == len(set(numbers)) > 60
        for link in ("list.pdf", "papers.zip"):
            expect(page.locator(f"main a[href$='/{link}']")).to_be_visible()
            assert page.request.get(batch + link).ok
        wrong, revoked, held = numbers[0], numbers[1], numbers[2]

        # One name was misspelt: her record is corrected, the certificate is replaced under a new number.
        surnames = [one for one in shell(site, SURNAMES.format(numbers=[wrong, revoked, held])) if one]
        shell(site, CORRECTED.format(number=wrong))
        _press(page, page.locator("main table a.num", has_text=wrong))
        _press(page, page.locator("main a[href$='/replace/']"))
        expect(page.locator("main .note")).to_contain_text("Түзетілгенова")
        visitor.look()
        page.locator("textarea[name=reason]").fill("Тегінде қате")
        _press(page, page.locator("main form button.main"))
        _signed_and_issued(page, page.url)
        new = page.locator("main table a.num").first.inner_text()
        assert new != wrong and new not in numbers
    page.goto(batch)
    _press(page, page.locator("main table a.num", has_text=revoked))
    _press(page, page.locator("main a[href$='/revoke/']"))
    visitor.look()
    page.locator("textarea[name=reason]").fill("Нәтиже түзетілді")
    _press(page, page.locator("main form button.grave"))
    expect(page.locator("main .note.stop")).to_be_visible()
    visitor.open("/certificates/")
    page.locator("main details.drop summary").first.click()
    visitor.look()
    page.goto(batch)
    _press(page, page.locator("main table a.num", has_text=held))
    with page.expect_download() as download:
        page.locator("main a[href$='paper.pdf']").click()
    address = _scanned(download.value.path())

    page.context.clear_cookies()  # strangers with papers in their hands
    _checked(visitor, held.replace("Ұ", "У").lower(), "ok")  # a Russian keyboard
    _checked(visitor, f"№ {wrong.replace('-', ' ')}", "wait")
    expect(page.locator("main .note.wait a")).to_have_text(new)
    _checked(visitor, revoked, "stop")
    page.goto(site.address + address[address.index("/", len("https://")) :])
    expect(page.locator("main .note.ok")).to_be_visible()

    # A commission of the personnel department sends its table.
    rows = [[held.replace("Ұ", "У"), surnames[2]], [wrong, surnames[0]], [revoked, surnames[1]], [held, "Бөтенов"], ["123", "Иванова"]]  # fmt: skip
    sent = tmp_path / "комиссия.xlsx"
    sent.write_bytes(write_xlsx([Table("1", [Column("Номер сертификата"), Column("Фамилия")], rows)]).read())
    visitor.open("/verify/table/")
    page.locator("input[type=file]").set_input_files(sent)
    with page.expect_download() as answered:
        page.locator("main form button.main").click()
    with Path(answered.value.path()).open("rb") as file:
        head, *answers = read(file, Limits(rows=20, columns=20)).sheets[0].rows
    assert len(head) == 7 and [bool(row[3]) for row in answers] == [True, True, True, False, False]
    assert new in str(answers[1][2])
    _become(visitor, "registrar")
    assert [line for line in shell(site, KEPT) if line] == []
