"""A run of training as facts: every number can be counted again in the rows."""

from __future__ import annotations

import pytest

from orken.credentials.models import HandOver
from orken.kit.i18n.content import LANGUAGES
from orken.newsroom.compose import compose
from orken.newsroom.runs import CAME, HELD, Handovers, Runs
from orken.training.models import Run, Trainer

pytestmark = pytest.mark.django_db


def test_facts_are_those_of_the_rows() -> None:
    runs = Run.objects.filter(state__in=HELD, code__in=[row.code for row in Runs().rows()[:12]]).select_related(
        "version"
    )
    assert len(runs) == 12
    for run in runs:
        event = Runs().facts(run.code)
        people = run.enrolments.filter(state__in=CAME)
        assert event.figures.participants == (people.values("person").distinct().count() or None)
        assert event.figures.units == (people.values("unit").distinct().count() or None)
        assert event.title.kk == run.title_kk and event.on == run.starts_on
        assert len(event.talks) == run.trainers.exclude(state=Trainer.State.DECLINED).count()
        for language in LANGUAGES:
            assert not compose(event, language).unused


def test_a_hand_over_is_of_what_was_given_into_hands() -> None:
    assert not Handovers().rows().exists()  # in the demo country all went through libraries and by post
    line = (
        HandOver.objects.filter(copy=None, superseded_at=None, certificate__batch__source__startswith="training.run:")
        .select_related("certificate__batch")
        .first()
    )
    assert line is not None
    same_day = HandOver.objects.filter(
        certificate__batch=line.certificate.batch, copy=None, superseded_at=None, on=line.on
    )
    n = same_day.update(way=HandOver.Way.HANDS)
    code = line.certificate.batch.source.partition(":")[2]
    event = Handovers().facts(code)
    assert event.on == line.on and event.figures.certificates == n and event.kind == "handover"
    assert str(n) in compose(event, "ru").text and "вручен" in compose(event, "ru").text.lower()


def test_an_unknown_mark_has_no_offer() -> None:
    assert Runs().offer("none") is None and Handovers().offer("none") is None
