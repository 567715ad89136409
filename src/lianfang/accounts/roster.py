"""What those are called of whom facts know the code alone."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from lianfang.accounts import demo
from lianfang.accounts.models import Account, Device


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of accounts and the titles of devices, by code; of a post or the command line there is none."""
    asked = set(codes)
    ids = {code for code in asked if _is_id(code)}
    named = dict(Account.objects.filter(id__in=ids).values_list("id", "display_name"))
    named |= dict(Device.objects.filter(id__in=ids).values_list("id", "title"))
    shown = demo.called() if settings.DEMO else {}
    return {str(id): name for id, name in named.items()} | {code: shown[code] for code in asked & shown.keys()}


def _is_id(code: str) -> bool:
    try:
        UUID(code)
    except ValueError:
        return False
    return True
