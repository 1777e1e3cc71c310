"""The rooms of the demo: the meeting of November 2021 as it was held, and the one that is coming."""

from orken.kit.demo import Stage


def build(stage: Stage) -> None:
    from orken.live_room.demo import coming, story

    story.build(stage)
    coming.build(stage)
