"""Those who come from an outside identity provider: only people who have an account here already.

An account is found by an address that the provider has verified. Nobody signs up this way: accounts
come by invitation from the library's region, as ever.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False
