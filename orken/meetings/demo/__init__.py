"""The meetings of the demo: the reference story of November 2021 as it was held, and one that calls for talks."""

from orken.kit.demo import Stage
from orken.meetings.demo import coming, story


def build(stage: Stage) -> None:
    story.build(stage)
    coming.build(stage)
