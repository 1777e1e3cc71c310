"""The console script `orken`: the commands of every app over the same services as the pages."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys

import django

from orken.kit.i18n import compiling


def main() -> None:
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Run one command line; the first word `django` passes the rest to Django's own commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orken.config.settings")
    if arguments[:1] == ["django"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["orken django", *arguments[1:]])
        return 0
    if arguments[:1] == ["start"]:
        _tell_addresses(arguments[1:])
    # Before Django: setting up already asks for words, and a catalogue once read is kept for the life of the process.
    compiling.compile_all()
    django.setup()
    from django.apps import apps

    from orken.kit import cli

    for app in apps.get_app_configs():
        name = f"{app.name}.commands"
        if app.name.startswith("orken.") and importlib.util.find_spec(name):
            importlib.import_module(name)
    importlib.import_module("orken.config.commands")
    importlib.import_module("orken.config.state_diagrams")
    return cli.run(arguments)


def _tell_addresses(arguments: list[str]) -> None:
    """Pages name the live streams in their policy and letters name the pages, so both are settled before the settings are read."""
    wanted = re.search(r"--port[ =](\d{2,5})\b", " ".join(arguments))
    port = int(wanted.group(1)) if wanted else 8000
    os.environ.setdefault("ORKEN_LIVE_URL", f"http://localhost:{port + 1}")
    if os.environ.get("ORKEN_ENV") != "production":
        os.environ.setdefault("ORKEN_SITE_URL", f"http://localhost:{port}")
