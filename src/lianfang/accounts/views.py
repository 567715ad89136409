"""The routes of allauth that Lianfang serves, with what it adds to them. All others of allauth are not mounted:
no signing up, no e-mail, no telephone, no resetting by mail, no tokens."""

from __future__ import annotations

from typing import Any

import requests
from allauth.headless.account.views import ChangePasswordView
from allauth.headless.mfa.inputs import ActivateTOTPInput, AuthenticateInput, ReauthenticateInput
from allauth.headless.mfa.views import AuthenticateView, ManageTOTPView, ReauthenticateView
from allauth.headless.socialaccount.views import RedirectToProviderView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from lianfang.access.security import log
from lianfang.accounts import limits
from lianfang.accounts.problems import problem, too_many


class _OnceMixin:
    """A code counts against the account's limit, and an authenticator app's code works once."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        limits.take(str(self.user.pk), "second_factor")
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
        if self.authenticator.type == Authenticator.Type.TOTP:
            spend(self.user.pk, code)
        limits.give_back(str(self.user.pk), "second_factor")
        return code


def spend(account: Any, code: str) -> None:
    """Takes a code of an authenticator app out of use. Raises ValidationError where it was."""
    try:
        limits.take(f"{account} {code}", "code_once")
    except limits.TooMany:
        raise get_adapter().validation_error("incorrect_code") from None


class CodeInput(_OnceMixin, AuthenticateInput):
    pass


class CodeAgainInput(_OnceMixin, ReauthenticateInput):
    pass


class FirstCodeInput(ActivateTOTPInput):
    """The first code of an app is used by showing it."""

    def clean_code(self) -> str:
        limits.take(str(self.user.pk), "second_factor")
        code: str = super().clean_code()
        spend(self.user.pk, code)
        limits.give_back(str(self.user.pk), "second_factor")
        return code


class _Limited:
    """Answers 429 where a limit is used up."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except limits.TooMany as error:
            return too_many(error)
        return answer


class Code(_Limited, AuthenticateView):
    input_class = CodeInput


class CodeAgain(_Limited, ReauthenticateView):
    input_class = CodeAgainInput


class App(_Limited, ManageTOTPView):
    input_class = {"POST": FirstCodeInput}  # noqa: RUF012  # allauth has it so


class Password(_Limited, ChangePasswordView):
    """Changing the password; guessing the old one is limited as a sign-in is."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.method == "POST":
            limits.take(str(request.user.pk), "second_factor")
        answer = super().handle(request, *args, **kwargs)
        if request.user.is_authenticated and answer.status_code < 400:
            limits.give_back(str(request.user.pk), "second_factor")
        return answer


class Provider(_Limited, RedirectToProviderView):
    """Where to go to sign in at a provider, as ``{"location": address}``: the page goes there itself, for the policy
    of what it may load lets no form of it lead to another site."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.take(limits.address(request), "provider")
        try:
            answer = super().post(request, *args, **kwargs)
        except UNREACHABLE as error:
            return _unreachable(error)
        if answer.status_code != 302:
            return problem(400, "Name a provider, a callback_url on this site, and process login or connect.")
        return JsonResponse({"location": answer["Location"]})


UNREACHABLE = (requests.RequestException, KeyError, ValueError)
"""What reading a provider's own description raises where it is down or answers nonsense."""


def _unreachable(error: Exception) -> JsonResponse:
    log("provider", outcome="unreachable", reason=type(error).__name__)
    return problem(
        502,
        "The sign-on provider does not answer. Sign in with the password, or try again later. "
        "统一登录服务没有响应。请用密码登录，或稍后再试。",
    )


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where a provider sends one back to. Its failures lead to the page, which tells them."""
    try:
        answer: HttpResponseBase = openid.callback(request, provider_id)
    except UNREACHABLE as error:
        return _unreachable(error)
    return answer
