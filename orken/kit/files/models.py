"""Files that people sent: what they are, whose, where in the tree; the bytes lie in a folder or an S3 store."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone


class StoredFile(models.Model):
    """One file. Its name in the store is made of its content; the name that the person gave is only shown."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=200)
    purpose = models.CharField(max_length=60)
    by_id = models.BigIntegerField(null=True)
    scope_path = models.CharField(max_length=255, blank=True, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty")]
        indexes = [models.Index(fields=["sha256"], name="stored_file_by_content")]

    def __str__(self) -> str:
        return self.name
