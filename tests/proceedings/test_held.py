"""A meeting that was held: its page shows what stays of it and sells nothing; participants stand where a reader looks for them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils.translation import override

from orken.proceedings.templatetags.proceedings import by_region

Browse = Callable[[str], Client]
PAGE = "/ru/run/PVL-2021-11/"


def test_the_page_of_a_meeting_that_was_held_sells_no_seats(browse: Browse) -> None:
    for login in ("", "village", "pavlodar"):
        text = browse(login).get(PAGE).content.decode()
        assert "Прошло" in text, login
        for sold in ("свободно", "Подать заявку", "data seats", "не выполнен"):
            assert sold not in text, (login, sold)
    stays, talks, programme = text.index("/proceedings/"), text.index("<h2>Доклады</h2>"), text.index("<h2>Программа</h2>")  # fmt: skip
    assert stays < talks < programme


def test_participants_stand_by_region_and_name_in_the_readers_language() -> None:
    def one(region: str, kk: str, ru: str) -> dict[str, object]:
        return {"name": {"kk": kk, "ru": ru}, "region": {"kk": region, "ru": region} if region else {}}

    rows = [one("", "А", "А"), one("Павлодар", "Шығыс", "Восток"), one("Павлодар", "Батыс", "Запад"), one("Абай", "Я", "Я")]  # fmt: skip
    with override("ru"):
        assert [row["name"]["ru"] for row in by_region(rows)] == ["Я", "Восток", "Запад", "А"]
    with override("kk"):
        assert [row["name"]["kk"] for row in by_region(rows)] == ["Я", "Батыс", "Шығыс", "А"]
    assert by_region([{"name": {"kk": "Б"}}, {"name": {"kk": "А"}}])[0]["name"]["kk"] == "А"  # a volume of earlier days
