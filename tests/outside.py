"""What a process started by a test is given of this one's environment."""

from __future__ import annotations

import os


def outside() -> dict[str, str]:
    """This process's environment without Orken's settings and without what a worker with a browser allows itself.

    `DJANGO_ALLOW_ASYNC_UNSAFE` stands here once a browser runs in this worker (journeys/conftest); production rightly
    refuses to start with it.
    """
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("ORKEN_") and key != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }
