"""A person: her names in three scripts, birth, contacts, and what holds of her today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import ORDER, current_language
from orken.kit.text.sorting import sort_key


class Person(models.Model):
    """A human being, known once however many posts, accounts and spellings she has.

    Kazakh, Russian and Latin names are kept apart: none is a transliteration of another, and a
    paper needs each as her documents have it.
    """

    class Sex(models.TextChoices):
        FEMALE = "f", _("female")
        MALE = "m", _("male")

    surname_kk = models.CharField(_("surname"), max_length=100, blank=True)
    given_kk = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic_kk = models.CharField(_("patronymic"), max_length=100, blank=True)
    surname_ru = models.CharField(_("surname"), max_length=100, blank=True)
    given_ru = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic_ru = models.CharField(_("patronymic"), max_length=100, blank=True)
    surname_en = models.CharField(_("surname"), max_length=100, blank=True)
    given_en = models.CharField(_("given name"), max_length=100, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    sort_kk = models.CharField(max_length=400, editable=False, db_index=True)
    sort_ru = models.CharField(max_length=400, editable=False, db_index=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(surname_kk="", given_kk="", surname_ru="", given_ru=""),
                name="person_has_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(birth_on=None) | models.Q(birth_on__gte=date(1900, 1, 1)),
                name="person_born_in_living_memory",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_kk = sort_key(self.full_name("kk"))
        self.sort_ru = sort_key(self.full_name("ru"))
        super().save(*args, **kwargs)

    def full_name(self, language: str | None = None) -> str:
        """Surname, given name, patronymic, in the reader's language or the next that is known."""
        for code in ORDER[language or current_language()]:
            parts = (
                getattr(self, f"surname_{code}", ""),
                getattr(self, f"given_{code}", ""),
                getattr(self, f"patronymic_{code}", ""),
            )
            if any(parts):
                return " ".join(part for part in parts if part)
        return ""

    def short_name(self, language: str | None = None) -> str:
        """Given name and surname, as she is greeted."""
        for code in ORDER[language or current_language()]:
            parts = (getattr(self, f"given_{code}", ""), getattr(self, f"surname_{code}", ""))
            if any(parts):
                return " ".join(part for part in parts if part)
        return ""
