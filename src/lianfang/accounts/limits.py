"""How often one may try. Counters in PostgreSQL, one row a key, moved by one statement.

Each limit is a bucket that refills steadily (the generic cell rate algorithm of ITU-T I.371): ``most`` uses at once,
and after that one for each ``within_s / most`` seconds. Keys are hashes: the table tells no address and no account.
"""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from lianfang.access.security import log
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock, sealed
from lianfang.accounts.models import Limit
from lianfang.accounts.policies import table
from lianfang.accounts.words import Told

_TAKE = """
INSERT INTO accounts_limit (key, free_at) VALUES (%(key)s, %(now)s + %(step)s)
ON CONFLICT (key) DO UPDATE SET free_at = greatest(accounts_limit.free_at, %(now)s) + %(step)s
WHERE accounts_limit.free_at <= %(latest)s
RETURNING free_at
"""


class TooMany(Told):
    """A limit is used up. ``retry_after`` is in seconds."""

    def __init__(self, limit: str, retry_after: int) -> None:
        super().__init__(
            f"尝试次数过多，请在{retry_after}秒后再试。", f"Too many attempts. Try again in {retry_after} seconds."
        )
        self.limit, self.retry_after = limit, retry_after


@dataclass(frozen=True)
class Rate:
    """``most`` uses within ``within``."""

    most: int
    within: timedelta

    @property
    def step(self) -> timedelta:
        return self.within / self.most


def rate(name: str) -> Rate:
    """A limit of ``policy/limits.toml``."""
    row = table("limits")[name]
    return Rate(row["most"], timedelta(seconds=row["within_s"]))


def take(who: Viewer | str, name: str) -> None:
    """Uses the limit ``name`` once for a viewer, an address or another key. Raises TooMany where it is used up.

    Call it outside of a transaction that may be undone: the count is undone with it.
    """
    of, now = rate(name), clock.now()
    key = _key(who, name)
    latest = now + of.within - of.step
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": key, "now": now, "step": of.step, "latest": latest})
        if cursor.fetchone():
            return
    free_at = Limit.objects.filter(key=key).values_list("free_at", flat=True).first() or now
    wait = max(1, math.ceil((free_at - latest).total_seconds()))
    log("limit.reached", viewer=who if isinstance(who, Viewer) else None, outcome="refused", limit=name)
    raise TooMany(name, wait)


def give_back(who: Viewer | str, name: str) -> None:
    """Undoes one ``take``: what was tried was right."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_limit SET free_at = free_at - %s WHERE key = %s", [rate(name).step, _key(who, name)]
        )


def address(request: HttpRequest) -> str:
    """Where a request comes from: past the operator's own proxies, and of IPv6 the network."""
    sent = str(request.META.get("REMOTE_ADDR") or "")
    if settings.PROXIES:
        passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        sent = passed[-settings.PROXIES] if len(passed) >= settings.PROXIES else sent
    try:
        found = ipaddress.ip_address(sent)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def forget_old(now: datetime) -> int:
    """Deletes the counters that are unused again; how many."""
    return Limit.objects.filter(free_at__lt=now).delete()[0]


def _key(who: Viewer | str, name: str) -> str:
    return sealed.keyed(f"limit {name}", who.author if isinstance(who, Viewer) else who)
