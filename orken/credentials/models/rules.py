"""Which document a volume gives, and under which prefix a library numbers its certificates: rows, not code."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orken.kit.history import Dated, DatedQuerySet
from orken.kit.i18n.content import Translated
from orken.network.models import Unit


class Kind(models.TextChoices):
    """The documents of domain.md §1.5."""

    NOTE = "note", _("attendance note")
    PARTICIPANT = "participant", _("participant's certificate")
    DEVELOPMENT = "development", _("certificate of professional development")
    INTERNSHIP = "internship", _("certificate of internship")
    SPEAKING = "speaking", _("speaker's certificate")


# What the volume of a training gives. A speaker's certificate comes from her talk, and no rule gives it.
BY_VOLUME = [choice for choice in Kind.choices if choice[0] != Kind.SPEAKING]


class DocumentRule(Dated):
    """From so many academic hours, for this kind of training, with or without a passed final: this document.

    Of the rules that fit, that of the training's own kind stands before a general one, and the one that asks for
    more hours before one that asks for fewer. Hours lie in [hours_from, hours_below).
    """

    kind = models.CharField(_("document"), max_length=12, choices=BY_VOLUME)
    training = models.CharField(_("kind of training"), max_length=20, blank=True, help_text="Empty: any.")
    hours_from = models.PositiveSmallIntegerField(_("academic hours, from"), default=0)
    hours_below = models.PositiveSmallIntegerField(_("academic hours, below"), null=True, blank=True)
    final = models.BooleanField(_("with a passed final"), default=False)
    title_kk = models.CharField(_("title in Kazakh"), max_length=120)
    title_ru = models.CharField(_("title in Russian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    title = Translated("title")
    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("document_rule"),
            models.CheckConstraint(
                condition=Q(hours_below=None) | Q(hours_below__gt=models.F("hours_from")),
                name="document_rule_hours_in_order",
            ),
            models.CheckConstraint(condition=~Q(kind="speaking"), name="document_rule_gives_by_volume"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.hours_from}–{self.hours_below or '…'}"


class Prefix(models.Model):
    """Under which letters a unit's certificates are numbered, and who issues them.

    A school of the Library has its own prefix (ҰК-КШ, NL-CAT) and the Library as issuer; a region issues under its
    prefix alone (ПВЛ, PVL). What stands below a unit without a prefix goes under that unit's.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="certificate_prefix")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kk = models.CharField(
        _("prefix in Kazakh letters"), max_length=20, unique=True,
        validators=[RegexValidator(r"^[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,6}(-[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,6})?$", _("Use capital letters, for example ҰК-КШ."))],
    )  # fmt: skip
    ascii = models.CharField(
        _("prefix in Latin letters"), max_length=20, unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,6}(-[A-Z]{2,6})?$", _("Use capital Latin letters, for example NL-CAT."))],
    )  # fmt: skip

    def __str__(self) -> str:
        return self.kk
