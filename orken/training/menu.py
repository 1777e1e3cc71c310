"""What training puts into the head of every page."""


def register() -> None:
    """Filled in with the pages."""
