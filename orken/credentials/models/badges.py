"""Badges of certificates (Open Badges 3.0), the keys that sign them, the lists that say which hold no more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from orken.credentials.models.certificates import Certificate
from orken.network.models import Unit


class SigningKey(models.Model):
    """A key of an issuer (Ed25519). A newer one signs from now on; what an older one signed still verifies.

    The secret half is sealed as numbers of persons are (`people.sealing`); the public half is the name of the key.
    """

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="signing_keys")
    public = models.CharField(max_length=80, unique=True, help_text="Multibase; did:key is made of it.")
    sealed = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer"], condition=Q(retired_at=None), name="signing_key_one_signs")
        ]

    def __str__(self) -> str:
        return self.public


class StatusList(models.Model):
    """A list of 131,072 bits (Bitstring Status List): a bit is set when its badge holds no more.

    Places are given in an order that nobody outside can follow: place = (factor × given + start) mod size.
    """

    SIZE = 131_072

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField()
    factor = models.PositiveIntegerField(help_text="Odd, so that every place is given once.")
    start = models.PositiveIntegerField()
    given = models.PositiveIntegerField(default=0)
    signed = models.TextField(blank=True, help_text="The list as a signed credential, as it was made last.")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="status_list_number_once"),
            models.CheckConstraint(condition=Q(given__lte=131_072), name="status_list_holds_its_places"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer_id}/{self.number}"


class Badge(models.Model):
    """The certificate as a signed credential, in both forms; made once, when it is issued."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="badge")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="badges")
    place = models.PositiveIntegerField()
    ends = models.BooleanField(default=False, help_text="Its bit is set: the certificate was replaced or revoked.")
    linked = models.TextField(help_text="JSON-LD with an eddsa-rdfc-2022 proof.")
    token = models.TextField(help_text="The same as a VC-JWT.")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["status_list", "place"], name="badge_place_once")]

    def __str__(self) -> str:
        return f"{self.status_list_id}#{self.place}"
