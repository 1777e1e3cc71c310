"""The bytes of a certificate's paper: what was kept when it was drawn; one that nobody has drawn yet is drawn now."""

from __future__ import annotations

from django.db import transaction

from orken.credentials.models import Certificate
from orken.credentials.paper import drawing
from orken.kit.files import services as files


def content(certificate: Certificate) -> bytes:
    if certificate.pdf is not None:
        with files.read(certificate.pdf) as kept:
            return kept.read()
    drawn = drawing.paper(certificate)
    with transaction.atomic():
        row = (
            Certificate.objects.select_for_update(of=("self",)).select_related("prefix__issuer").get(pk=certificate.pk)
        )
        if row.pdf_id is None:
            row.pdf = files.store_made([(f"{row.number}.pdf", drawn)], media_type="application/pdf", purpose="certificate", by_id=None, scope_path=row.prefix.issuer.path)[0]  # fmt: skip
            row.save(update_fields=["pdf"])
    return drawn
