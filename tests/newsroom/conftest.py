"""A piece of news of the demo country, composed of one of Pavlodar's runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orken.network.models import Unit
from orken.newsroom import services
from orken.newsroom.models import News
from orken.newsroom.reading import read
from orken.people.models import Account

REFERENCE = Path(__file__).parent / "reference.json"


@pytest.fixture
def story(country: Callable[[str], Unit]) -> News:
    """A draft of the reference story, at Pavlodar's desk."""
    event, _unknown = read(json.loads(REFERENCE.read_text("utf-8")))
    return services.begin(source="test:story", unit=country("KZ-55-LIB"), by=None, event=event)


@pytest.fixture
def out(story: News, account: Callable[[str], Account]) -> News:
    """The same, sent by Pavlodar and let out by the National Library."""
    services.send(news=story, by=account("pavlodar"))
    return services.approve(news=story, by=account("national"))


def form_of(news: News, language: str = "ru", **changes: Any) -> dict[str, Any]:
    """What the desk's form holds for one language, as a browser sends it."""
    news.refresh_from_db()
    assert news.current is not None
    parts = {f"{part}_{language}": news.current.part(part, language) for part in ("title", "lead", "body")}
    return {**parts, "insisted": news.current.insisted, "revision": news.revision} | changes
