"""One index over everything that can be found: a row for each object, language and place."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SearchRow(models.Model):
    """What is shown of a find, and who may see it.

    The words are kept beside it in the manner of each database (migration 0002): an FTS5 table on
    SQLite, a tsvector on PostgreSQL, both holding the keys of kit.text.analyser.
    """

    class Audience(models.TextChoices):
        PUBLIC = "public"
        STAFF = "staff"
        SIGNED_IN = "signed_in"

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=400)
    body = models.TextField(blank=True)
    address = models.CharField(max_length=300, help_text="Inside the scope; without the language.")
    public_address = models.CharField(max_length=300, blank=True, help_text="For everybody else.")
    scope_path = models.CharField(max_length=255, db_index=True)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="search_of_object")]

    def __str__(self) -> str:
        return self.title
