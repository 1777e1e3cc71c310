"""Makes the template of PostgreSQL beside the first run, so that nobody waits for it in the second; holds it until told to go.

Run by tests.run; ends when its input ends. A run that finds no template makes one itself.
"""

from __future__ import annotations

import os
import sys

import django

from tests import environment  # noqa: F401  # compiled catalogues, before Django asks for words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orken.config.settings")
django.setup()

from tests import snapshot  # noqa: E402  # its models need Django


def main() -> None:
    template = snapshot.Template("before")
    template.prepare()
    sys.stdin.read()
    template.end()


if __name__ == "__main__":
    main()
