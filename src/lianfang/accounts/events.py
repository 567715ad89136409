"""What follows from what allauth and Django tell: the security log, and which sessions end."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_used
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from lianfang.access.security import log
from lianfang.accounts import clock, sessions
from lianfang.accounts.models import Account, Appointment, Session
from lianfang.facts.log import Principal


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: Account, **rest: Any) -> None:
    """A session begins anew with the sign-in, and takes the only appointment there is."""
    now = clock.now()
    request.session[sessions.BEGAN] = now.isoformat()
    for key in (sessions.APPOINTMENT, sessions.DEVICE, sessions.SUBJECT):
        request.session.pop(key, None)
    held = list(Appointment.objects.held(user, now)[:2])
    if len(held) == 1:
        request.session[sessions.APPOINTMENT] = str(held[0].id)
    _told("sign_in", user)


@receiver(user_logged_out)
def _signed_out(sender: Any, user: Account | None, **rest: Any) -> None:
    if user is not None:
        _told("sign_out", user)


@receiver(user_login_failed)
def _refused(sender: Any, **rest: Any) -> None:
    log("sign_in", outcome="refused")


@receiver(authentication_failed)
def _code_refused(sender: Any, user: Account, **rest: Any) -> None:
    _told("second_factor", user, outcome="refused")


@receiver(authenticator_used)
def _code_taken(sender: Any, user: Account, authenticator: Any, **rest: Any) -> None:
    _told("second_factor", user, kind=authenticator.type)


@receiver(authenticator_added)
def _factor_set(sender: Any, request: HttpRequest, user: Account, authenticator: Any, **rest: Any) -> None:
    """Setting one up shows it. What was signed in elsewhere, without it, ends."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    end_others(request, user)
    _told("second_factor.set", user, kind=authenticator.type)


@receiver(authenticator_removed)
def _factor_removed(sender: Any, request: HttpRequest, user: Account, authenticator: Any, **rest: Any) -> None:
    """Who has taken the last one away has none to show: nothing but setting one up is left."""
    if not Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        shown = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in shown if one["method"] != "mfa"]
        end_others(request, user)
    _told("second_factor.removed", user, kind=authenticator.type)


@receiver(password_changed)
def _password_changed(sender: Any, request: HttpRequest, user: Account, **rest: Any) -> None:
    end_others(request, user)
    _told("password.changed", user)


@receiver(social_account_added)
def _connected(sender: Any, sociallogin: Any, **rest: Any) -> None:
    _told("provider.connected", sociallogin.user, provider=sociallogin.account.provider)


@receiver(social_account_removed)
def _disconnected(sender: Any, socialaccount: Any, **rest: Any) -> None:
    _told("provider.disconnected", socialaccount.user, provider=socialaccount.provider)


def end_others(request: HttpRequest, account: Account) -> None:
    """Ends every session of an account but this request's."""
    own = sessions.digest(request.session.session_key)
    Session.objects.filter(account=account).exclude(digest=own).delete()


def _told(event: str, account: Account, outcome: str = "ok", **codes: Any) -> None:
    log(event, viewer=Principal(str(account.pk), "desk"), outcome=outcome, **codes)
