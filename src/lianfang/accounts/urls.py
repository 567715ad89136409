"""Signing in: the routes under ``api/v1/auth/``, at the paths that allauth's browser client has."""

from __future__ import annotations

from functools import wraps

from allauth.headless.account import views as account
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from allauth.headless.socialaccount import views as provider
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import override

from lianfang.accounts import views
from lianfang.accounts.words import language


def _at(route: str, view: type) -> URLPattern:
    served = view.as_api_view(client=Client.BROWSER)  # type: ignore[attr-defined]  # of allauth's views

    @wraps(served)  # what it takes is still told by its class
    def answer(request: HttpRequest) -> HttpResponseBase:
        with override(language(request)):
            answered: HttpResponseBase = served(request)
            return answered

    return path(f"browser/v1/{route}", answer)


urlpatterns = [
    _at("config", ConfigView),
    _at("auth/session", account.SessionView),
    _at("auth/login", account.LoginView),
    _at("auth/reauthenticate", account.ReauthenticateView),
    _at("auth/2fa/authenticate", views.Code),
    _at("auth/2fa/reauthenticate", views.CodeAgain),
    _at("auth/webauthn/authenticate", views.Key),
    _at("auth/webauthn/reauthenticate", views.KeyAgain),
    _at("auth/provider/redirect", views.Provider),
    _at("account/password/change", views.Password),
    _at("account/providers", provider.ManageProvidersView),
    _at("account/authenticators", mfa.AuthenticatorsView),
    _at("account/authenticators/totp", views.App),
    _at("account/authenticators/recovery-codes", mfa.ManageRecoveryCodesView),
    _at("account/authenticators/webauthn", views.Keys),
    path("oidc/<slug:provider_id>/callback", views.callback, name="openid_connect_callback"),
]
