"""What becomes of the rows of this app when two persons are joined."""

from __future__ import annotations

from orken.people.services import merging
from orken.people.services.merging import OneAccount, OneConsent, OneNumber, Stay, TraitsOfBoth, WaitingRequests


def register() -> None:
    merging.register("people.Account", "person", OneAccount())
    merging.register("people.PersonTraits", "person", TraitsOfBoth())
    merging.register("people.PreviousName", "person")
    merging.register("people.ProtectedId", "person", OneNumber())
    merging.register("people.Consent", "person", OneConsent())
    merging.register("people.DataRequest", "person", WaitingRequests())
    merging.register("people.Look", "person")
    merging.register("people.Person", "merged_into")
    for field in ("one", "other"):
        merging.register("people.Apart", field, Stay("what was said of the two rows is true of these rows only"))
    for field in ("kept", "gone"):
        merging.register("people.Merge", field, Stay("a merge tells of the two rows that it joined"))
