"""Who spoke has a certificate of it: asked for on the meeting's page, signed, issued, taken by a guest by her link, checked by a stranger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site, Visitor, shell
from tests.journeys.test_cataloguing import worker_at_work
from tests.journeys.test_credentials import over

pytestmark = pytest.mark.journey
CODE = "SPOKEN-1"
PREPARE = f"""
from datetime import datetime, timedelta
from django.utils import timezone
from orken.meetings import keys, services as meetings
from orken.meetings.demo import words
from orken.meetings.models import Release
from orken.network.models import Unit
from orken.training import services as training
from orken.training.models import Run, Session

first = timezone.localdate() + timedelta(30)
run = training.open_run(
    code="{CODE}", kind="meeting", host=Unit.objects.get(code="KZ-55-LIB"), capacity=100, form="live", languages=["kk", "ru"], starts_on=first,
    ends_on=first, apply_until=first - timedelta(1), deciding="at_once", by=None, **words.texts("title", words.TITLE),
)
begins = timezone.make_aware(datetime.combine(first, datetime.min.time())) + timedelta(hours=10)
session = training.add_session(run=run, by=None, starts_at=begins, ends_at=begins + timedelta(hours=1), **words.texts("title", words.SESSION))
told = words.SPOKEN[2]
speaker = meetings.name_speaker(run=run, values=told.values, by=None)
meetings.put_section(run=run, titles=words.texts("title", words.SECTION), moderators=[speaker], sessions=[session], by=None)
talk = meetings.invite_talk(run=run, values={{**words.texts("title", told.title), "spoken": "ru", "minutes": 15}}, speakers=[speaker], by=None)
meetings.place(run=run, session=session, starts_at=begins, minutes=15, talk=talk, by=None)
meetings.release(run=run, by=None)
# The day has come and gone.
gone = timedelta(40)
for release in Release.objects.filter(meeting=run.pk):
    for place in release.slots:
        place["starts_at"] = (datetime.fromisoformat(place["starts_at"]) - gone).isoformat()
    release.save()
Session.objects.filter(pk=session.pk).update(starts_at=begins - gone, ends_at=begins - gone + timedelta(hours=1))
Run.objects.filter(pk=run.pk).update(state="closed", starts_on=first - gone, ends_on=first - gone, apply_until=first - gone)
print(f"/speaker/{{keys.of_speaker(speaker)}}/")
"""
SIGNER = {
    "name_kk_1": "Ш. Б. Шахметова",
    "name_ru_1": "Ш. Б. Шахметова",
    "post_kk_1": "Директор",
    "post_ru_1": "Директор",
}


@pytest.mark.parametrize("visitor", [("kk", "narrow")], indirect=True)
def test_a_guest_who_spoke_takes_her_certificate_by_her_link(visitor: Visitor, site: Site) -> None:
    link = shell(site, PREPARE)[0]
    visitor.sign_in("pavlodar")
    page = visitor.page
    visitor.open(f"/training/{CODE}/certificates/")
    page.locator(f"main a[href$='/training/{CODE}/speakers/certificates/']").click()
    visitor.look()
    for name, text in SIGNER.items():
        page.locator(f"input[name={name}]").fill(text)
    page.locator("main form.split button.main").click()
    page.wait_for_url(re.compile("/certificates/batches/"))
    batch = page.url
    with worker_at_work(site):
        for _attempt in range(60):
            page.goto(batch)
            if page.locator("button[name=sign]").count():
                break
            page.wait_for_timeout(2000)
        page.locator("button[name=sign]").click()
        page.locator("button[formaction$='/issue/']").click()
        over(page)
    page.goto(batch)
    visitor.look()
    number = page.locator("main table a.num").first.inner_text()
    page.locator("main table a.num").first.click()
    visitor.look()
    page.context.clear_cookies()
    visitor.open(link)
    expect(page.locator("main")).to_contain_text(number)
    visitor.look()
    with page.expect_download() as download:
        page.locator("main a[href$='.pdf']").click()
    assert download.value.suggested_filename.endswith(".pdf")
    visitor.open(f"/verify/?number={number}")
    expect(page.locator("main .note.ok")).to_be_visible()
    expect(page.locator("main dl")).to_contain_text(re.compile("Стратегия непрерывного|үздіксіз білім алу"))
    visitor.look()
