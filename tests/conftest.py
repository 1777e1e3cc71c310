"""What every test stands on: compiled catalogues, and the demo country made once for each process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, TransactionTestCase, override_settings
from django.utils import timezone, translation

from orken.kit.limits import services as limits
from orken.network.models import Unit
from orken.people.models import Account
from tests import snapshot
from tests.environment import asks_for_database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test finds the demo country; what it changes is rolled back, or the country is laid anew."""
    with django_db_blocker.unblock():
        database = snapshot.begin(os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: setattr(database, "dirty", True))
        yield
    with django_db_blocker.unblock():
        database.end()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Nobody begins over what another has committed. `committed` lays a country of its own (tests/training)."""
    if asks_for_database(item) and "committed" not in getattr(item, "fixturenames", ()):
        snapshot.clean()


@pytest.fixture
def country(db: None) -> Callable[[str], Unit]:
    """`country("KZ-55")` is the unit with that code."""
    return lambda code: Unit.objects.get(code=code)


@pytest.fixture
def account(country: Callable[[str], Unit]) -> Callable[[str], Account]:
    """`account("pavlodar")` is the account of a persona."""
    return lambda login: Account.objects.get(login=login)


@pytest.fixture
def browse(account: Callable[[str], Account]) -> Callable[[str], Client]:
    """`browse("pavlodar")` is a browser in which she is signed in; `browse("")` one of nobody."""

    def opened(login: str) -> Client:
        client = Client(headers={"accept-language": "kk"})
        if login:
            client.force_login(account(login), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


@pytest.fixture(scope="session", autouse=True)
def quick_passwords(django_test_environment: None) -> Iterator[None]:
    """A real hash is slow by intention (tests/test_security.py proves which one it is); a story needs only one that fits."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def own_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test counted in Redis is no concern of the next; tables are rolled back by themselves."""
    monkeypatch.setattr(limits, "SPACE", f"orken:test:{uuid4().hex}")


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock of the site stands, so that a count of tries does not begin anew in the middle of a story."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@pytest.fixture(autouse=True)
def kazakh() -> Any:
    """Tests read Kazakh unless they say otherwise."""
    with translation.override("kk"):
        yield
