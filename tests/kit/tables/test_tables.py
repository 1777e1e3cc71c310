"""Lists: the same few queries for any number of rows, every view an address, any address an answer."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orken.kit.sheets.reading import read
from orken.kit.tables import tables
from orken.kit.tables.models import SavedView
from orken.network import services
from orken.network.models import Unit
from orken.people.models import Account

Browse = Callable[[str], Client]
# The trail asks once for each kind of thing that it names: one kind here.
LISTS = {"network:units": "", "network:staff": "", "network:trail": "?about=unit"}


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_same_for_one_row_and_for_many(
    name: str,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
    account: Callable[[str], Account],
    country: Callable[[str], Unit],
) -> None:
    for number in range(4):
        services.rename_unit(
            unit=country("KZ-55-D01"), names={"name_en": str(number)}, on=timezone.localdate(), by=account("national")
        )
    client, counts = browse("national"), []
    for rows in (1, 3, 50):
        monkeypatch.setattr(tables, "PER_PAGE", rows)
        counts.append(queries(client, reverse(name) + LISTS[name]))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 15


@pytest.mark.parametrize("name", ["portal:home", "portal:desk"])
def test_the_other_pages_are_modest_too(name: str, browse: Browse) -> None:
    assert queries(browse("national"), reverse(name)) <= 15


def page(client: Client, query: str = "", name: str = "network:units") -> tables.Page:
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    found = answer.context["table"]
    assert isinstance(found, tables.Page)
    return found


def test_filters_narrow_and_an_empty_list_says_what_to_do(browse: Browse) -> None:
    client = browse("national")
    rural = page(client, "?locality=rural&region=KZ-55&kind=branch")
    assert {(unit.locality, unit.kind) for unit in rural.shown} == {("rural", "branch")}
    assert 0 < rural.count < page(client).count
    nothing = page(client, "?q=жоқ-нәрсе")
    assert nothing.count == 0
    assert "Сәйкес келетін ештеңе жоқ" in client.get(reverse("network:units") + "?q=жоқ-нәрсе").content.decode()


def test_one_line_tells_what_is_chosen_and_the_filters_stand_behind_it(browse: Browse) -> None:
    client = browse("national")
    assert page(client).chosen == []
    assert "<summary>Іздеу және сүзгілер</summary>" in client.get(reverse("network:units")).content.decode()
    asked = "?q=кітапхана&locality=rural&kind=нет-такого"
    assert [str(one) for one in page(client, asked).chosen] == [
        "«кітапхана»",
        "ауыл",
    ]  # a kind that is none filters nothing
    shown = client.get(reverse("network:units") + asked).content.decode()
    assert "<summary>Іздеу және сүзгілер: «кітапхана» · ауыл</summary>" in shown


def test_the_name_is_found_case_blind_in_any_alphabet(browse: Browse) -> None:
    client = browse("national")
    assert page(client, "?q=ТОРАЙҒЫРОВ").count == page(client, "?q=торайғыров").count == 1


def test_staff_none_finds_libraries_without_anybody(browse: Browse) -> None:
    found = page(browse("national"), "?staff=none&kind=branch")
    assert found.count > 0
    assert {unit.staff for unit in found.shown} == {0}


def test_order_goes_both_ways_and_is_told(browse: Browse) -> None:
    client = browse("national")
    up, down = page(client, "?sort=staff"), page(client, "?sort=-staff")
    assert [unit.staff for unit in up.shown] == sorted(unit.staff for unit in up.shown)
    assert [unit.staff for unit in down.shown] == sorted((unit.staff for unit in down.shown), reverse=True)
    assert 'aria-sort="descending"' in client.get(reverse("network:units") + "?sort=-staff").content.decode()


def test_kazakh_names_stand_in_kazakh_order(browse: Browse) -> None:
    names = [unit.name_kk for unit in page(browse("pavlodar")).shown]
    assert names.index("Қарасу ауылдық кітапханасы") > names.index("Достық ауылдық кітапханасы")
    assert names.index("Өркен ауылдық кітапханасы") < names.index("Павлодар облысы")


def test_columns_are_chosen_and_the_first_always_stays(browse: Browse) -> None:
    shown = [column.name for column in page(browse("national"), "?columns=code&columns=staff").columns]
    assert shown == ["name", "staff", "code"]


@pytest.mark.parametrize(
    "query",
    ["?page=0", "?page=-1", "?page=999999", "?page=x", "?page=²", "?sort=nothing", "?sort=--name", "?columns=,,", "?kind=x", "?q=" + "я" * 5000, "?locality=rural&locality=urban"],
)  # fmt: skip
def test_a_mistyped_address_shows_a_list(query: str, browse: Browse) -> None:
    assert page(browse("national"), query).pages >= 1


def test_a_view_is_kept_found_and_forgotten_by_its_owner_alone(browse: Browse) -> None:
    client, other = browse("pavlodar"), browse("national")
    address = reverse("network:units") + "?internet=none&sort=-staff"
    client.post(address, {"name": "  Желісіз   алдымен "})
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Желісіз алдымен", "internet=none&sort=-staff")
    assert any(one.pk == view.pk and one.current for one in page(client, "?internet=none&sort=-staff").views)
    assert not any(one.pk == view.pk for one in page(other).views)
    other.post(reverse("network:units"), {"forget": str(view.pk)})
    assert SavedView.objects.exists()
    client.post(reverse("network:units"), {"forget": str(view.pk)})
    assert not SavedView.objects.exists()


def test_twenty_views_are_enough(browse: Browse) -> None:
    client = browse("pavlodar")
    for number in range(22):
        client.post(reverse("network:units"), {"name": f"Көрініс {number}"})
    client.post(reverse("network:units"), {"name": ""})
    assert SavedView.objects.count() == 20


def test_the_spreadsheet_holds_every_matching_row_and_the_chosen_columns(browse: Browse) -> None:
    client = browse("national")
    answer = client.get(reverse("network:units") + "?kind=branch&columns=code&format=xlsx")
    rows = read(io.BytesIO(b"".join(answer.streaming_content))).sheets[0].rows  # type: ignore[attr-defined]  # a file response
    assert rows[0] == ["Атауы", "Коды"]
    assert len(rows) - 1 == page(client, "?kind=branch").count > tables.PER_PAGE


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_handed_out(name: str, browse: Browse) -> None:
    answer = browse("national").get(reverse(name) + "?format=xlsx")
    assert read(io.BytesIO(b"".join(answer.streaming_content))).sheets[0].rows  # type: ignore[attr-defined]  # a file response


def test_empty_cells_stand_last_in_both_directions(browse: Browse, account: Callable[[str], Account]) -> None:
    for asked in ("attested", "-attested"):
        shown = page(browse("national"), f"?sort={asked}&columns=name&columns=attested", "network:staff").matching
        days = list(shown.values_list("person__attested_on", flat=True))
        held = [day for day in days if day]
        assert held and days[: len(held)] == sorted(held, reverse=asked.startswith("-")), asked


def test_what_can_not_be_empty_is_read_in_the_order_of_its_index(browse: Browse) -> None:
    """SQLite sorts all rows of the country for «NULLS LAST», and reads fifty without it."""
    assert "NULLS" not in str(page(browse("national"), name="network:staff").matching.query)
    assert "NULLS LAST" in str(page(browse("national"), "?sort=attested", "network:staff").matching.query)
    assert "NULLS LAST" in str(page(browse("national"), "?sort=parent").matching.query), (
        "the country stands under nothing"
    )
