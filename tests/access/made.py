"""Viewers and rows for trials of access: two areas, and rows in both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from lianfang.access.matrix import roles
from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.facts import BulletinReceived, BulletinRecord, TextOrigin
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.spans import span

OWN, FOREIGN = "530102", "530302"
"""The division of the viewers of trials, and another that is neither above nor below it."""
MISSING = "530199"
NOON = datetime(2020, 1, 28, 4, tzinfo=UTC)


def viewer(role: str, area: str = OWN, *, author: str = "author-1", subject: UUID | None = None) -> Viewer:
    """Somebody in a role over an area; the public and residents have none."""
    if role == "public":
        return Viewer("", "", "public")
    if role == "resident":
        return Viewer("own-page", "own-page", role, subject=subject or UUID(int=1))
    return Viewer(author, "device-1", role, area, *span(Gazetteer.load(), area))


ROLES = [name for name, role in roles().items() if name != "operator"]
"""Every role that comes by a request."""


def received(area: str, *, as_of: datetime = NOON) -> Fact:
    """A notice of an area, without figures."""
    record = BulletinRecord(bulletin_id=f"{area}-{as_of:%d%H}", area_code=area, disease="ncov-2020", as_of=as_of)
    data = BulletinReceived(record=record, text=f"{area}无新增病例。", text_origin=TextOrigin.SOURCE)
    return Fact.of(data, id=log.new_id(), subject=uuid4(), area=area, observed_at=as_of)


def two_notices() -> None:
    """One notice of the viewers' own division, one of another."""
    outcomes = log.append([received(OWN), received(FOREIGN)], principal=viewer("duty_officer").principal)
    assert [outcome.status for outcome in outcomes] == ["appended", "appended"], outcomes


@contextmanager
def signed_in(who: Viewer) -> Iterator[None]:
    """Requests come from this viewer: the double stands in for reading the session, and for nothing else."""
    from lianfang.accounts import signin

    before = signin.SignIn.__call__

    def double(self: signin.SignIn, request: object) -> object:
        from django.contrib.auth.models import AnonymousUser

        request.user, request.viewer = AnonymousUser(), who
        request.principal = who.principal if who.author else None
        return self.get_response(request)

    signin.SignIn.__call__ = double
    try:
        yield
    finally:
        signin.SignIn.__call__ = before
