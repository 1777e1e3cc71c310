"""What is known of a person and since when: dated facts, her number, her consent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.history import Dated, DatedQuerySet
from orken.kit.i18n.content import ORDER, current_language
from orken.people.models.person import Person, Traits


class PersonTraits(Traits, Dated):
    """What held of a person on these days; what holds today is copied to her (`services.refresh_current`)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="traits")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("person_traits"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(superseded_at=None, valid_to=None), name="person_traits_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.education} {self.category}"


class PreviousName(Dated):
    """What a person was called before, or how somebody spelt her: papers of those days say it so.

    The name of today stands on the person; here stand the names that ended.
    """

    class Reason(models.TextChoices):
        MARRIAGE = "marriage", _("marriage or divorce")
        WISH = "wish", _("changed by her own wish")
        MISTAKE = "mistake", _("a mistake was corrected")
        SPELLING = "spelling", _("another spelling of the same name")
        UNTOLD = "untold", _("the reason was not told")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="previous_names")
    surname_kk = models.CharField(_("surname"), max_length=100, blank=True)
    given_kk = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic_kk = models.CharField(_("patronymic"), max_length=100, blank=True)
    surname_ru = models.CharField(_("surname"), max_length=100, blank=True)
    given_ru = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic_ru = models.CharField(_("patronymic"), max_length=100, blank=True)
    surname_en = models.CharField(_("surname"), max_length=100, blank=True)
    given_en = models.CharField(_("given name"), max_length=100, blank=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    sound = models.CharField(max_length=210, editable=False, blank=True, db_index=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [*Dated.constraints("previous_name")]

    def __str__(self) -> str:
        for code in ORDER[current_language()]:
            parts = [getattr(self, f"{part}_{code}", "") for part in ("surname", "given", "patronymic")]
            if any(parts):
                return " ".join(filter(None, parts))
        return ""


class ProtectedId(models.Model):
    """The number by which the state knows a person: sealed, found by a keyed hash, shown masked (domain.md §2.3).

    A foreign trainee has no IIN; the number of her own document stands in its place.
    """

    class Kind(models.TextChoices):
        IIN = "iin", _("IIN")
        FOREIGN = "foreign", _("document of another state")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="protected_id")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.IIN)
    sealed = models.CharField(max_length=300)
    blind = models.CharField(max_length=64, unique=True)
    masked = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.masked


class Consent(models.Model):
    """She agreed to the text of this version, on paper or by a click; she may take it back."""

    class Way(models.TextChoices):
        CLICK = "click", _("on her own page")
        PAPER = "paper", _("on paper, kept at the library")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    way = models.CharField(max_length=8, choices=Way.choices)
    kept_at = models.CharField(
        _("where the paper is kept"), max_length=300, blank=True, help_text="Folder and shelf, for a consent on paper."
    )
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="paper") | ~Q(kept_at=""), name="consent_on_paper_says_where_it_is_kept"
            ),
            models.UniqueConstraint(
                fields=["person", "version"], condition=Q(withdrawn_at=None), name="consent_once_for_a_version"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.version}"
