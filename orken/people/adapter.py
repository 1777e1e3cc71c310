"""How allauth's pages behave here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by herself: accounts come by invitation from her library's region."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
