"""A person, what is known of her and since when, her account. This app has no pages of its own: network shows people, within scope."""

from orken.people.models.account import Account
from orken.people.models.invitation import Invitation
from orken.people.models.joining import Apart, Merge
from orken.people.models.person import NAME_FIELDS, TRAIT_FIELDS, Person, Traits
from orken.people.models.record import Consent, PersonTraits, PreviousName, ProtectedId
from orken.people.models.rights import DataRequest, Look

__all__ = [
    "NAME_FIELDS",
    "TRAIT_FIELDS",
    "Account",
    "Apart",
    "Consent",
    "DataRequest",
    "Invitation",
    "Look",
    "Merge",
    "Person",
    "PersonTraits",
    "PreviousName",
    "ProtectedId",
    "Traits",
]
