"""Whoever is appointed, dismissed or answered is told; wishes are asked only about letters that can come to her."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.network import persons, services
from orken.network.models import Appointment, Post, Unit
from orken.notices.models import Notice
from orken.people.models import Account, DataRequest, Person
from orken.people.services import rights

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]


def test_an_appointment_and_its_end_are_told_in_three_languages(
    account: Accounts, country: Callable[[str], Unit]
) -> None:
    village, by = account("village").person, account("pavlodar")
    post = Post.objects.get(code="bibliographer")
    row = services.appoint(
        person=village, unit=country("KZ-55-D02"), post=post, on=timezone.localdate(), by=by, employment="combined"
    )
    notice = Notice.objects.get(kind="staff.appointed", person=village)
    assert post.title_ru in notice.subject_ru and post.title_kk in notice.subject_kk
    assert country("KZ-55-D02").name_ru in notice.body_ru and by.person.short_name("ru") in notice.body_ru
    services.dismiss(appointment=row, on=timezone.localdate() + timedelta(days=5), by=by)
    ended = Notice.objects.get(kind="staff.dismissed", person=village)
    assert post.title_kk in ended.subject_kk and ended.by_id == by.pk


@pytest.mark.parametrize("grant", [True, False])
def test_a_decision_on_her_request_is_told(account: Accounts, grant: bool) -> None:
    village = account("village")
    request = rights.ask(person=village.person, kind="correction", text="", by=village)
    persons.decide(request=request, grant=grant, answer="Аты түзетілді", by=account("pavlodar"))
    notice = Notice.objects.get(kind="person.request_decided", person=village.person)
    state = DataRequest.State.GRANTED if grant else DataRequest.State.DECLINED
    assert "Аты түзетілді" in notice.body_kk and str(state.label) in notice.body_kk
    assert "correction" not in notice.body_ru and state.value not in notice.body_kk


def test_nobody_writes_to_an_erased_person(account: Accounts) -> None:
    village = account("village")
    request = rights.ask(person=village.person, kind="erasure", text="", by=village)
    persons.decide(request=request, grant=True, answer="Өшірілді", by=account("pavlodar"))
    assert not Notice.objects.filter(person=village.person).exists()


def test_a_librarian_is_asked_about_no_letters_of_others(browse: Browse, account: Accounts) -> None:
    def asked(login: str) -> set[str]:
        form = browse(login).get(reverse("notices:preferences")).context["form"]
        return {kind.code for kind in form.asked.values()}

    hers, trainers, methodologists = asked("village"), asked("trainer"), asked("pavlodar")
    assert {"staff.appointed", "training.accepted"} <= hers
    assert not {"staff.list_applied", "training.asked_to_teach", "role.given", "role.ended"} & hers
    assert "training.asked_to_teach" in trainers and "staff.list_applied" not in trainers
    assert {"staff.list_applied", "role.given"} <= methodologists


def test_a_birth_after_a_post_began_and_a_strange_name_are_refused(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    first = Appointment.objects.live().filter(person=village).order_by("valid_from")[0]
    born = first.valid_from + timedelta(days=1)
    day = {"birth_on_day": born.day, "birth_on_month": born.month, "birth_on_year": born.year}
    on = {"revision": village.revision, "on_day": "1", "on_month": "11", "on_year": "2026"}
    client = browse("pavlodar")
    answer = client.post(reverse("network:person_facts", args=[village.pk]), {**day, **on})
    assert answer.status_code == 422 and "birth_on" in answer.context["form"].errors
    names = {"surname_kk": "<script>", "given_kk": "Айгүл", "reason": "document", **on}
    answer = client.post(reverse("network:person_names", args=[village.pk]), names)
    assert answer.status_code == 422 and "surname_kk" in answer.context["form"].errors
    somebody = Person.objects.create(surname_kk="Жасова", given_kk="Жас", birth_on=date(2020, 1, 1))
    with pytest.raises(services.BornLater):
        services.appoint(person=somebody, unit=first.unit, post=first.post, on=date(2019, 1, 1), by=account("pavlodar"))


def test_an_end_in_2099_is_refused_and_a_rate_is_read_with_comma_and_dot(browse: Browse, account: Accounts) -> None:
    village = account("village").person
    row = Appointment.objects.at().filter(person=village)[0]
    client, end = browse("pavlodar"), reverse("network:dismiss", args=[row.pk])
    late = client.post(end, {"on_day": "1", "on_month": "1", "on_year": "2099"})
    assert late.status_code == 422 and "on" in late.context["form"].errors
    client.get(reverse("network:appoint_whom", args=["KZ-55-D02"]), {"q": village.full_name()})
    address = reverse("network:appoint", args=["KZ-55-D02", village.pk])
    on = {"on_day": "1", "on_month": "11", "on_year": "2026"}
    for rate, post in (("0.5", "bibliographer"), ("0,5", "methodist")):
        found = Post.objects.filter(code=post).first() or Post.objects.exclude(code="bibliographer")[0]
        data = {"post": found.code, "employment": "combined", "rate": rate, **on}
        assert (
            client.post(address, {**data, "until_day": "1", "until_month": "1", "until_year": "2099"}).status_code
            == 422
        )
        assert client.post(address, data).status_code == 302, rate
    assert Appointment.objects.live().filter(person=village, rate="0.5").count() == 2
    page = client.get(reverse("network:person", args=[village.pk])).content.decode()
    assert " 0,5 " in page and "0.50" not in page and "0,50" not in page
    for language in ("kk", "ru"):
        form = client.get(address.replace("/kk/", f"/{language}/")).context["form"]
        assert form["rate"].value() == "1"


def test_an_erased_persona_of_the_demo_gets_a_sentence(browse: Browse, account: Accounts) -> None:
    rights.erase(person=account("village").person, by=None, scope_path="")
    client = browse("")
    answer = client.post(reverse("portal:demo"), {"login": "village"}, follow=True)
    assert answer.status_code == 200 and "өшірілген" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("portal:demo"), {"login": "nobody"}).status_code == 404


def test_borrowed_russian_words_are_spelt_as_ours(browse: Browse) -> None:
    from django.utils import translation

    with translation.override("ru"):
        assert translation.gettext("Two-Factor Authentication") == "Второй шаг входа"
        assert "учётной" in translation.gettext("Your account has no verified email address.")
