"""Why a verb of the newsroom is not done."""

from __future__ import annotations


class EditedMeanwhile(Exception):
    """Somebody else changed it since it was read."""


class SamePerson(Exception):
    """Whoever sent news to be looked at does not let them out herself."""


class TooManyPictures(Exception):
    """A piece of news has so many pictures at most."""
