"""What meetings put on somebody's desk: talks that wait for her look, answers that her meeting waits for, her library's invitation."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.meetings import selectors
from orken.meetings import services as meetings
from orken.meetings.models import Institution, Talk
from orken.training.models import Run
from tests.meetings.conftest import Accounts, Country, Meet, call
from tests.meetings.test_talks import TALK

Browse = Callable[[str], Client]


def desk(client: Client) -> str:
    return client.get("/kk/desk/").content.decode()


def test_what_waits_for_an_organiser_stands_on_her_desk_until_it_is_done(
    meet: Meet, browse: Browse, account: Accounts, country: Country
) -> None:
    run = meet("M-DESK")
    call(run)
    waiting = selectors.waiting_for_her_look(account("pavlodar")).count()
    meetings.propose(run=run, values=TALK, by=account("village"))
    assert f"Ұсынылған баяндамалар қарауыңызды күтіп тұр: {waiting + 1}" in desk(browse("pavlodar"))
    talk = Talk.objects.get(meeting=run.pk)
    meetings.look_at(talk=talk, verdict="take", by=account("pavlodar"))
    assert selectors.waiting_for_her_look(account("pavlodar")).count() == waiting
    assert "Ұсынылған баяндамалар" not in desk(browse("village"))  # her own proposal is no business of hers
    (row,) = meetings.list_units(run=run, units=[country("KZ-55-D02")], by=None)
    speaker = meetings.name_person(run=run, person=account("head").person, by=account("pavlodar"))
    meetings.ask_speaker(speaker=speaker, by=account("pavlodar"))
    meetings.invite_institution(institution=row, by=account("pavlodar"))
    found = next(one for one in selectors.unanswered(account("pavlodar")) if one.run == run)
    assert (found.libraries, found.speakers) == (1, 1)
    assert not selectors.unanswered(account("village"))
    assert reverse("meetings:invitation", args=[row.pk]) in desk(browse("head"))
    meetings.answer_for_institution(institution=row, comes=True, delegation=3, by=account("head"))
    meetings.answer_as_speaker(speaker=speaker, comes=True, consent=None, by=account("head"))
    assert run not in [one.run for one in selectors.unanswered(account("pavlodar"))]
    assert reverse("meetings:invitation", args=[row.pk]) not in desk(browse("head"))


def test_the_desk_costs_the_same_however_much_waits(meet: Meet, browse: Browse, account: Accounts, country: Country) -> None:  # fmt: skip
    client = browse("pavlodar")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk(client)
        return len(asked)

    queries()
    few = queries()
    for n in range(4):
        run: Run = meet(f"M-DESK-{n}")
        rows = meetings.list_units(run=run, units=[country(code) for code in ("KZ-55-D01", "KZ-55-D02")], by=None)
        Institution.objects.filter(pk__in=[row.pk for row in rows]).update(state="invited")
    assert queries() == few
