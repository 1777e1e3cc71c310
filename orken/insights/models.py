"""What coverage is reckoned from, kept as columns: a copy of its sources, made anew by a command and every night."""

from __future__ import annotations

from django.db import models


class Column(models.Model):
    """One column of one source (posts, places, results, ledger) as packed numbers (decision 0065).

    A copy, never the truth: it holds the rows of the source up to `last_pk`; whatever was added or struck out
    later is read from the source itself with every question, so that no answer is older than its sources.
    """

    source = models.CharField(max_length=20)
    struck = models.BooleanField(
        help_text="Of rows that were struck out; read only when an earlier knowledge is asked."
    )
    name = models.CharField(max_length=20)
    body = models.BinaryField()
    rows = models.PositiveIntegerField()
    last_pk = models.BigIntegerField(help_text="The last row of the source that was looked at.")
    through = models.DateTimeField(help_text="What was struck out later is looked for in the source.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "struck", "name"], name="column_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}.{self.name}"
