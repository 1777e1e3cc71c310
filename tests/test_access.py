"""The access matrix: every address for every role. What lies outside a scope does not exist."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from orken.network.models import Appointment, RoleAssignment, Unit, UnitImport
from orken.people.models import Account

ROLES = (
    "",
    "village",
    "student",
    "mentor",
    "trainer",
    "head",
    "registrar",
    "director",
    "administrator",
    "pavlodar",
    "national",
)
PAVLODAR, AKMOLA = "KZ-55-LIB", "KZ-11-LIB"
DISTRICT = "KZ-55-D02"

UNIT_VIEW = {"head", "registrar", "director", "administrator", "pavlodar", "national", "trainer"}
EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {""}
EDITORS = {"pavlodar", "national"}
APPOINTERS = {"head", "pavlodar", "national"}
ROLE_GIVERS = {"pavlodar", "national", "administrator"}
CONDITION_EDIT = {"head", "pavlodar", "national", "trainer"}
CONDITION_VIEW = CONDITION_EDIT | {"director"}

# Address name: (arguments, who gets the page). Names with «@» are the same address about another region.
MATRIX: dict[str, tuple[tuple[object, ...], set[str]]] = {
    "portal:home": ((), EVERYBODY),
    "portal:search": ((), EVERYBODY),
    "portal:verify": ((), EVERYBODY),
    "portal:verify_number": (("NL-CAT-2026-000123-7",), EVERYBODY),
    "portal:demo": ((), EVERYBODY),
    "portal:school": (("NL-VIRTUAL",), EVERYBODY),
    "portal:desk": ((), SIGNED_IN),
    "network:region": (("KZ-55",), EVERYBODY),
    "network:roles": ((), SIGNED_IN),
    "network:units": ((), UNIT_VIEW),
    "network:export": ((), UNIT_VIEW),
    "network:unit": ((DISTRICT,), UNIT_VIEW - {"trainer"}),
    "network:unit@": ((AKMOLA,), {"registrar", "director", "administrator", "national"}),
    "network:names": ((DISTRICT,), EDITORS),
    "network:names@": ((AKMOLA,), {"national"}),
    "network:traits": ((DISTRICT,), EDITORS),
    "network:traits@": ((AKMOLA,), {"national"}),
    "network:move": ((DISTRICT,), EDITORS),
    "network:move@": ((AKMOLA,), {"national"}),
    "network:close": ((DISTRICT,), EDITORS),
    "network:close@": ((AKMOLA,), {"national"}),
    "network:open": ((DISTRICT, "kind"), EDITORS),
    "network:open@": ((AKMOLA, "kind"), {"national"}),
    "network:import": ((), EDITORS),
    "network:staff": ((), {"head", "registrar", "director", "pavlodar", "national"}),
    "network:appoint_whom": ((DISTRICT,), APPOINTERS),
    "network:appoint_whom@": ((AKMOLA,), {"national"}),
    "network:role_whom": ((DISTRICT,), ROLE_GIVERS),
    "network:role_whom@": ((AKMOLA,), {"national", "administrator"}),
    "network:trail": ((), {"registrar", "director", "administrator", "pavlodar", "national"}),
    "conservation:hub": ((), SIGNED_IN),
    "conservation:passports": ((), CONDITION_VIEW),
    "conservation:passport_new": ((), CONDITION_EDIT),
    "conservation:rooms": ((), CONDITION_VIEW),
    "conservation:room_new": ((), CONDITION_EDIT),
    "conservation:read_climate": ((), SIGNED_IN),
    "conservation:cases": ((), SIGNED_IN),
    "conservation:rules": ((), SIGNED_IN),
    "conservation:case": (("flood",), SIGNED_IN),
    "conservation:specimens": ((), SIGNED_IN),
    "conservation:cards": ((), SIGNED_IN),
    "conservation:photographs": ((), {"national"}),
    "conservation:add_photograph": ((), {"national"}),
    "ui:kit": ((), EVERYBODY),
    "health": ((), EVERYBODY),
}
# Told by tests of their own: they only answer POST, lead on, or need rows of the moment.
ELSEWHERE = {
    "network:line", "network:undo", "network:semey", "network:judged", "network:apply", "network:person", "network:appoint",
    "network:give_role", "network:dismiss", "network:end_role", "portal:tour_step", "portal:tour_end", "files:download",
    # tests/conservation/test_lab.py and test_experts.py: they need a specimen that is ready
    "conservation:specimen", "conservation:tile", "conservation:preview", "conservation:mark", "conservation:card_picture",
    "conservation:photograph", "conservation:ask_expert", "conservation:decide",
    # tests/conservation/test_passports.py and test_rooms.py: they need a passport or a room
    "conservation:passport", "conservation:passport_by_number", "conservation:passport_item", "conservation:passport_section",
    "conservation:damage_new", "conservation:damage", "conservation:damage_drop", "conservation:passport_picture",
    "conservation:passport_overview", "conservation:passport_paper", "conservation:passport_decide", "conservation:room",
    "conservation:room_edit", "conservation:readings", "conservation:take_back",
}  # fmt: skip


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> set[str]:
    """Every named address of ours; allauth's own are tested by allauth."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            found |= names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name and not pattern.name.startswith("account_"):
            found.add(":".join((*spaces, pattern.name)))
    return found


def test_every_address_stands_in_the_matrix() -> None:
    known = {name.rstrip("@") for name in MATRIX} | ELSEWHERE
    assert names(get_resolver()) == known


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_pages_and_nothing_else(role: str, browse: Callable[[str], Client]) -> None:
    client = browse(role)
    wrong = []
    for name, (arguments, allowed) in MATRIX.items():
        status = client.get(reverse(name.rstrip("@"), args=arguments)).status_code
        if role in allowed:
            good = status in (200, 302) if name == "network:open" else status == 200
        elif role == "":
            good = status == 302  # to the sign-in page
        else:
            good = status == 404
        if not good:
            wrong.append((name, status))
    assert not wrong, f"{role or 'nobody'}: {wrong}"


def _rows(country: Callable[[str], Unit], national: Account) -> dict[str, tuple[object, ...]]:
    ours = Appointment.objects.at().filter(unit__code=DISTRICT).exclude(person__account__login="head").first()
    assert ours is not None
    theirs = Appointment.objects.at().filter(unit__code=AKMOLA).first()
    assert theirs is not None
    role = RoleAssignment.objects.create(
        person=ours.person, role="viewer", unit=country(DISTRICT), valid_from=timezone.localdate()
    )
    return {
        "network:person": (ours.person_id,), "network:person@": (theirs.person_id,),
        "network:dismiss": (ours.pk,), "network:dismiss@": (theirs.pk,),
        "network:appoint": (DISTRICT, theirs.person_id), "network:appoint@": (AKMOLA, ours.person_id),
        "network:give_role": (DISTRICT, ours.person_id), "network:give_role@": (AKMOLA, ours.person_id),
        "network:end_role": (role.pk,),
        "network:judged": (UnitImport.objects.create(by=national, file_name="a.xlsx", rows=[], on=timezone.localdate()).pk,),
    }  # fmt: skip


STAFF_READERS = {"head", "registrar", "director", "pavlodar", "national"}
OF_ROWS = {
    "network:person": STAFF_READERS, "network:person@": {"registrar", "director", "national"},
    "network:dismiss": APPOINTERS, "network:dismiss@": {"national"},
    "network:appoint": APPOINTERS, "network:appoint@": {"national"},
    "network:give_role": ROLE_GIVERS, "network:give_role@": {"national", "administrator"},
    "network:end_role": ROLE_GIVERS,
    "network:judged": {"national"},
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_rows_of_another_scope_do_not_exist(
    role: str, browse: Callable[[str], Client], country: Callable[[str], Unit], account: Callable[[str], Account]
) -> None:
    rows = _rows(country, account("national"))
    client = browse(role)
    found = {name: client.get(reverse(name.rstrip("@"), args=rows[name])).status_code for name in OF_ROWS}
    expected = {name: 200 if role in allowed else 302 if role == "" else 404 for name, allowed in OF_ROWS.items()}
    assert found == expected


@pytest.mark.parametrize("role", [role for role in ROLES if role not in EDITORS])
def test_nobody_else_writes_by_a_forged_post(
    role: str, browse: Callable[[str], Client], country: Callable[[str], Unit]
) -> None:
    client, before = browse(role), country(DISTRICT).revision
    unit = country(DISTRICT)
    posts = {
        reverse("network:names", args=[DISTRICT]): {
            "name_kk": "Х",
            "revision": unit.revision,
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
        },
        reverse("network:line"): {
            "pick": unit.pk,
            "internet": "none",
            "asked": "1",
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
        },
        reverse("network:undo", args=[uuid4()]): {},
        reverse("network:close", args=[DISTRICT]): {
            "revision": unit.revision,
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
        },
    }
    for address, answers in posts.items():
        assert client.post(address, answers).status_code in (302, 404), address
    assert country(DISTRICT).revision == before
