"""A person: her names in three scripts, birth, contacts, and what holds of her today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import ORDER, current_language
from orken.kit.text.folding import fold_name
from orken.kit.text.latin import in_latin
from orken.kit.text.sorting import sort_key

SCRIPTS = ("kk", "ru", "en")
PARTS = ("surname", "given", "patronymic")
NAME_FIELDS = tuple(
    f"{part}_{script}" for script in SCRIPTS for part in PARTS if (part, script) != ("patronymic", "en")
)


class Traits(models.Model):
    """What a library tells of its specialist: each may be unknown, each is asked once (domain.md §1.1, §1.6).

    The same columns stand on the dated fact (PersonTraits) and, copied, on the person for lists.
    """

    class Education(models.TextChoices):
        HIGHER = "higher", _("higher")
        UNFINISHED = "unfinished", _("unfinished higher")
        SPECIAL = "special", _("technical and vocational")
        SECONDARY = "secondary", _("general secondary")

    class Category(models.TextChoices):
        """The ladder of the Register of posts; «none» is known to have none, empty is not known."""

        HIGHEST = "highest", _("highest category")
        FIRST = "first", _("first category")
        SECOND = "second", _("second category")
        NONE = "none", _("without category")

    class Level(models.TextChoices):
        """Which of the two ladders: specialists of higher and of middle qualification."""

        HIGHER = "higher", _("higher level of qualification")
        MIDDLE = "middle", _("middle level of qualification")

    class Attestation(models.TextChoices):
        FITS = "fits", _("fits the post")
        AGAIN = "again", _("to be attested again")
        UNFIT = "unfit", _("does not fit the post")

    education = models.CharField(_("education"), max_length=12, choices=Education.choices, blank=True)
    library_education = models.BooleanField(_("library education"), null=True, blank=True)
    languages = models.CharField(_("working languages"), max_length=20, blank=True, help_text="kk,ru,en")
    library_since = models.DateField(_("works in libraries since"), null=True, blank=True)
    category = models.CharField(_("qualification category"), max_length=8, choices=Category.choices, blank=True)
    category_level = models.CharField(_("level of qualification"), max_length=8, choices=Level.choices, blank=True)
    category_on = models.DateField(_("category given on"), null=True, blank=True)
    attested_on = models.DateField(_("attested on"), null=True, blank=True)
    attestation = models.CharField(
        _("result of the attestation"), max_length=8, choices=Attestation.choices, blank=True
    )

    class Meta:
        abstract = True


TRAIT_FIELDS = (
    "education", "library_education", "languages", "library_since", "category", "category_level", "category_on",
    "attested_on", "attestation",
)  # fmt: skip


class Person(Traits):
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
    phone = models.CharField(_("telephone"), max_length=20, blank=True, help_text="+77011234567")
    email = models.EmailField(_("e-mail"), blank=True)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )
    blocked_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="Shown to nobody but herself.")
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="The list that brought her was taken back."
    )
    # Derived from the names by `derive`: the order of lists, and the sound by which spellings meet.
    sort_kk = models.CharField(max_length=400, editable=False, db_index=True)
    sort_ru = models.CharField(max_length=400, editable=False, db_index=True)
    sound_kk = models.CharField(max_length=210, editable=False, blank=True, db_index=True)
    sound_ru = models.CharField(max_length=210, editable=False, blank=True, db_index=True)
    sound_en = models.CharField(max_length=210, editable=False, blank=True, db_index=True)
    folded = models.CharField(max_length=1000, editable=False, blank=True, help_text="Every word of every spelling.")
    revision = models.PositiveIntegerField(
        default=1, editable=False, help_text="Grows with every change of the record; guards edits."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(surname_kk="", given_kk="", surname_ru="", given_ru="", surname_en="", given_en=""),
                name="person_has_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(birth_on=None) | models.Q(birth_on__gte=date(1900, 1, 1)),
                name="person_born_in_living_memory",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="person_not_merged_into_herself",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        if not self._state.adding:
            self.revision += 1  # the writer holds the lock of the row
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "revision"}
        super().save(*args, **kwargs)

    def derive(self, others: str = "") -> None:
        """Write the columns that follow from the names; `others` are spellings that stand elsewhere.

        A spelling once known stays findable: words of `folded` are only added.
        """
        self.sort_kk = sort_key(self.full_name("kk"))
        self.sort_ru = sort_key(self.full_name("ru"))
        sounds: list[str] = []
        words = dict.fromkeys(self.folded.split())
        for script in SCRIPTS:
            sound = sound_of(getattr(self, f"surname_{script}"), getattr(self, f"given_{script}"))
            sounds.append("" if sound in sounds else sound)
            words |= dict.fromkeys(sound.split())
            words |= dict.fromkeys(fold_name(getattr(self, f"patronymic_{script}", "")).split())
        self.sound_kk, self.sound_ru, self.sound_en = sounds
        words |= dict.fromkeys(others.split())
        self.folded = " ".join(words)[:1000]

    @property
    def sounds(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.sound_kk, self.sound_ru, self.sound_en)))

    @property
    def names(self) -> dict[str, str]:
        """All names by field."""
        return {field: getattr(self, field) for field in NAME_FIELDS}

    @property
    def language_names(self) -> list[str]:
        """The working languages in the reader's words."""
        return [str(LANGUAGE_NAMES[code]) for code in self.languages.split(",") if code in LANGUAGE_NAMES]

    def full_name(self, language: str | None = None) -> str:
        """Surname, given name, patronymic, in the reader's language or the next that is known.

        English puts the given name first and writes Latin letters also where nobody has written them yet.
        """
        wanted = language or current_language()
        if wanted == "en":
            return self.short_name("en")
        for code in ORDER[wanted]:
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
        wanted = language or current_language()
        for code in ORDER[wanted]:
            parts = (getattr(self, f"given_{code}", ""), getattr(self, f"surname_{code}", ""))
            if any(parts):
                name = " ".join(part for part in parts if part)
                return in_latin(name) if wanted == "en" else name
        return ""


LANGUAGE_NAMES = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}


def sound_of(surname: str, given: str) -> str:
    """How a surname and a given name sound together, whatever the alphabet (domain.md §2.3); empty when a part lacks."""
    first, second = fold_name(surname), sound_words(given)
    return f"{first} {second}"[:210] if first and second else ""


def sound_words(text: str) -> str:
    """The folded words of a given name; the «а» that registry offices add or drop is cut (Гүлнар, Гульнара)."""
    return " ".join(word[:-1] if len(word) >= 6 and word.endswith("а") else word for word in fold_name(text).split())
