"""A person, what is known of her and since when, her account. This app has no pages of its own: network shows people, within scope."""

from orken.people.models.account import Account
from orken.people.models.person import Person

__all__ = ["Account", "Person"]
