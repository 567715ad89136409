"""What allauth asks of us: our limits and locks, no signing up, no mail."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from lianfang.access.security import log
from lianfang.accounts import limits, sealed
from lianfang.accounts.models import Account
from lianfang.accounts.problems import too_many
from lianfang.facts.log import Principal

SECOND_FACTOR = "second factor"
ISSUER = "Lianfang 联防"


class AccountAdapter(DefaultAccountAdapter):
    """Passwords: counted by where they come from, never by the account alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account whose password this is. A disabled one is told as a wrong password is."""
        where = limits.address(request)
        both = f"{where} {str(credentials.get('username', '')).lower()}"
        counted = ((both, "sign_in_account_from_address"), (where, "sign_in_address"))
        try:
            for who, name in counted:
                limits.take(who, name)
        except limits.TooMany as error:
            raise ImmediateHttpResponse(too_many(request, error)) from None
        account: Account | None = super().authenticate(request, **credentials)
        if account is None:
            return None
        if not account.is_active:
            log("sign_in", viewer=Principal(str(account.pk), "desk"), outcome="refused", reason="disabled")
            return None
        for who, name in counted:
            limits.give_back(who, name)
        return account

    def set_password(self, user: Account, password: str) -> None:  # type: ignore[override]  # our own user
        """Changes the password and nothing else: the account may have been disabled meanwhile."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the last proof, the sign-in's own counted, is too old for changing how one signs in."""
        shown = [one["at"] for one in get_authentication_records(self.request, self.request.user)]
        return time.time() - max(shown, default=0) >= app_settings.REAUTHENTICATION_TIMEOUT

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """There is no mail: notices stand on the page and in the security log."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Likewise."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page has its own words."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors, sealed; without an account's key of this installation a copied database gives none of them."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(sealed.shut(text.encode(), SECOND_FACTOR)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        found = sealed.open_or_none(base64.b64decode(encrypted_text), SECOND_FACTOR)
        if found is None:
            raise self.validation_error("incorrect_code")
        return found.decode()

    def _get_site_name(self) -> str:
        return ISSUER


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Providers open accounts that are connected to them already; they make none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Nothing of what a provider says of somebody is taken over."""
        return sociallogin.user

    def get_requests_session(self) -> Any:
        """For asking a provider: at its own address, wherever it would send one on to."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """The providers of the operator's file alone, not of a table."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]


class PageAdapter(DefaultHeadlessAdapter):
    """What the page learns of who signs in."""

    def serialize_user(self, user: Account) -> dict[str, Any]:
        return {"id": str(user.pk), "username": user.username, "display": user.display_name}
