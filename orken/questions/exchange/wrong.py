"""Why one question of a file is not taken."""


class Wrong(Exception):
    """A question that cannot be taken; the text says why."""
