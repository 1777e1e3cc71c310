"""Benchmarks: each prints a table; timing never decides a test."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orken.config.settings")
django.setup()
