"""The demo is made over whatever stands in the database."""

from __future__ import annotations

import pytest

from orken.kit import demo
from orken.kit.search.models import SearchRow


@pytest.mark.django_db
def test_it_is_made_anew_over_an_older_one() -> None:
    before = SearchRow.objects.count()
    told: list[str] = []
    demo.make(told.append)
    assert SearchRow.objects.count() == before > 0
    assert sum("study" in line for line in told) == 1 and len(told) > 10, "each part is named before it is made"
