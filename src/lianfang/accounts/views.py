"""The routes of allauth that Lianfang serves, with what it adds to them. All others of allauth are not mounted:
no signing up, no e-mail, no telephone, no resetting by mail, no tokens."""

from __future__ import annotations

from typing import Any

import requests
from allauth.core.internal.httpkit import add_query_params
from allauth.headless.account.views import ChangePasswordView
from allauth.headless.internal.restkit.response import ErrorResponse
from allauth.headless.mfa.inputs import ActivateTOTPInput, AuthenticateInput, ReauthenticateInput
from allauth.headless.mfa.views import (
    AuthenticateView,
    AuthenticateWebAuthnView,
    ManageTOTPView,
    ManageWebAuthnView,
    ReauthenticateView,
    ReauthenticateWebAuthnView,
)
from allauth.headless.socialaccount.forms import RedirectToProviderForm
from allauth.headless.socialaccount.views import RedirectToProviderView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.utils.timezone import localtime
from django.utils.translation import get_language

from lianfang.access.security import log
from lianfang.accounts import clock, limits
from lianfang.accounts.idtoken import Checked
from lianfang.accounts.problems import problem, too_many
from lianfang.accounts.words import Told

SECOND_FACTOR = "second_factor"
UNREACHABLE = (requests.RequestException, KeyError, ValueError, TypeError, AttributeError)
"""What reading a provider's own description raises where it is down or answers nonsense."""


class _OnceMixin:
    """A code counts against the account's limit, and an authenticator app's code works once."""

    user: Any

    def clean_code(self) -> str:
        limits.take(str(self.user.pk), SECOND_FACTOR)
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
        except ValidationError as error:
            raise wrong_code() if error.code == "incorrect_code" else error from None
        authenticator: Authenticator | None = getattr(self, "authenticator", None)
        if authenticator is None or authenticator.type == Authenticator.Type.TOTP:
            _spend(self.user.pk, code)
        limits.give_back(str(self.user.pk), SECOND_FACTOR)
        return code


def _spend(account: Any, code: str) -> None:
    """Takes a code of an authenticator app out of use. Raises ValidationError where it was."""
    try:
        limits.take(f"{account} {code}", "code_once")
    except limits.TooMany:
        raise wrong_code() from None


def wrong_code() -> ValidationError:
    """Says that it may be the phone's clock, and what the time is here."""
    now = f"{localtime(clock.now()):%H:%M:%S}"
    zh = f"验证码不正确或已用过。如果与应用当前显示的一致，请检查手机时间：服务器现在是{now}。"
    en = f"The code is wrong or was used. If the app shows it now, check the phone's clock: it is {now} on the server."
    return ValidationError(en if get_language() == "en" else zh, code="incorrect_code")


class CodeInput(_OnceMixin, AuthenticateInput):
    pass


class CodeAgainInput(_OnceMixin, ReauthenticateInput):
    pass


class FirstCodeInput(_OnceMixin, ActivateTOTPInput):
    pass


class _Limited:
    """Answers 429 where a limit is used up."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except limits.TooMany as error:
            return too_many(request, error)
        return answer


class Code(_Limited, AuthenticateView):
    input_class = CodeInput


class CodeAgain(_Limited, ReauthenticateView):
    input_class = CodeAgainInput


class App(_Limited, ManageTOTPView):
    input_class = {"POST": FirstCodeInput}  # noqa: RUF012  # allauth has it so


class _Key:
    """A security key's answer that is none, or is wrongly signed, is a wrong answer and no failure of ours."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().handle(request, *args, **kwargs)  # type: ignore[misc]
        except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature):
            return ErrorResponse(request, exception=get_adapter().validation_error("incorrect_code"))
        return answer


class Key(_Key, AuthenticateWebAuthnView):
    pass


class KeyAgain(_Key, ReauthenticateWebAuthnView):
    pass


class Keys(_Key, ManageWebAuthnView):
    pass


class Password(_Limited, ChangePasswordView):
    """Changing the password; guessing the old one is limited as codes are."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated or request.method != "POST":
            return super().handle(request, *args, **kwargs)
        limits.take(str(request.user.pk), SECOND_FACTOR)
        answer = super().handle(request, *args, **kwargs)
        if answer.status_code < 400:
            limits.give_back(str(request.user.pk), SECOND_FACTOR)
        return answer


class Provider(_Limited, RedirectToProviderView):
    """Where to go to sign in at a provider, as ``{"location": address}``: the page goes there itself, for no form of it
    may lead to another site."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.take(limits.address(request), "provider")
        if not RedirectToProviderForm(request.POST).is_valid():
            return problem(400, NO_PROVIDER.to(request))
        try:
            answer = super().post(request, *args, **kwargs)
        except UNREACHABLE as error:
            _log_unreachable(error)
            return problem(502, DOWN.to(request))
        return JsonResponse({"location": answer["Location"]})


NO_PROVIDER = Told(
    "请给出provider、本站的callback_url，以及process（login或connect）。",
    "Name a provider, a callback_url on this site, and process login or connect.",
)
DOWN = Told(
    "统一登录服务没有响应。请用密码登录，或稍后再试。",
    "The sign-on provider does not answer. Sign in with the password, or try again later.",
)


def _log_unreachable(error: Exception) -> None:
    log("provider", outcome="unreachable", reason=type(error).__name__)


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where a provider sends one back to. Its failures lead to the page, which tells them."""
    try:
        answer: HttpResponseBase = OAuth2CallbackView.adapter_view(Checked(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except UNREACHABLE as error:
        _log_unreachable(error)
        page = settings.HEADLESS_FRONTEND_URLS["socialaccount_login_error"]
        return HttpResponseRedirect(add_query_params(page, {"error": "unreachable", "error_process": "login"}))
    return answer
