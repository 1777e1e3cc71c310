"""What certificates show of competencies: written when they are issued, taken back when they hold no more."""

from __future__ import annotations

from collections.abc import Sequence

from orken.competencies import services as competencies
from orken.competencies.models import Competency, Evidence
from orken.credentials.models import Certificate, Kind
from orken.people.models import Account


def source_of(certificate: Certificate) -> str:
    """Where its evidence leads to; without a language, the reader's own is put before it."""
    return f"/certificates/{certificate.number}/"


def of_certificates(certificates: Sequence[Certificate], *, by: Account | None) -> None:
    """The outcomes of their programme, frozen in what each says. A note of attendance shows that she was there, no more."""
    telling = [one for one in certificates if one.kind != Kind.NOTE and one.data.get("shows")]
    codes = {shown["competency"] for one in telling for shown in one.data["shows"]}
    known = {one.code: one for one in Competency.objects.filter(code__in=codes)} if codes else {}
    competencies.testify_all(
        kind=Evidence.Kind.CERTIFICATE,
        shown=[
            competencies.Shown(
                one.person, known[shown["competency"]], shown["level"], one.ends_on,
                f"{one.number_kk} · {one.data['programme']['kk']}", source_of(one),
            )
            for one in telling
            for shown in one.data["shows"]
            if one.person is not None and shown["competency"] in known
        ],
        by=by,
    )  # fmt: skip


def end(certificates: Sequence[Certificate], *, by: Account | None) -> None:
    """What those showed counts no more; the reason is theirs."""
    for one in certificates:
        because = f"{one.number_kk}: {one.reason}"
        competencies.take_back(kind=Evidence.Kind.CERTIFICATE, sources=[source_of(one)], because=because, by=by)
