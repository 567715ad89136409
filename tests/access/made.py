"""Viewers and rows for trials of access: two areas, and rows in both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from lianfang.access.matrix import roles
from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.facts import BulletinReceived, TextOrigin
from lianfang.capabilities.bulletins.rules.judge import judge
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
DAILY = {"public", "grid_worker", "clinic_doctor", "epidemiologist", "duty_officer", "auditor"}
"""From those who see nothing of a person to those who see most: the others' turn is the long run."""


NAMES = {OWN: "五华区", FOREIGN: "麒麟区"}


def received(area: str, *, day: int = 28) -> Fact:
    """A notice of an area as of the end of a day of January 2020."""
    name = NAMES[area]
    text = f"2020年1月{day}日0-24时，{name}报告新增确诊病例1例。截至1月{day}日24时，{name}累计报告确诊病例3例。"
    published = datetime(2020, 1, day, 20, tzinfo=UTC)
    (record,) = judge(text, area=area, published_at=published, gazetteer=Gazetteer.load()).records
    data = BulletinReceived(record=record, text=text, text_origin=TextOrigin.SOURCE)
    return Fact.of(data, id=log.new_id(), subject=uuid4(), area=area, observed_at=published)


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

        request.user, request.viewer, request.hat = AnonymousUser(), who, None
        request.principal = who.principal if who.author else None
        return self.get_response(request)

    signin.SignIn.__call__ = double
    try:
        yield
    finally:
        signin.SignIn.__call__ = before
