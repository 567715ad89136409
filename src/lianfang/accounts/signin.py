"""Who asks: puts ``viewer`` and ``principal`` on every request, from the session alone.

Nothing that a request says of itself (a header, a body, a query) names a role, an area or an account. A page may say
which hat it shows (``HAT``): where another is worn by now, in another window, nothing is done.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from lianfang.access.matrix import PUBLIC
from lianfang.access.security import log
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock, demo, drills
from lianfang.accounts.models import Device, Session
from lianfang.accounts.policies import span
from lianfang.accounts.problems import problem
from lianfang.accounts.words import Told
from lianfang.places.gazetteer import COUNTRY
from lianfang.places.queries import subtree_range
from lianfang.places.spans import EVERYWHERE, Scattered

VISITOR: Final = Viewer(author="", device="", role=PUBLIC)
DESK: Final = "desk"
"""The device that facts of one who signs in by hand carry."""
OWN_PAGE: Final = "own-page"
RANGE_KEPT_S: Final = 30  # for so long a process may use the codes of an area as they were before an import

HAT: Final = "HTTP_X_PAGE_APPOINTMENT"
"""The appointment that the page shows which sends the request."""
UNATTENDED: Final = "HTTP_X_UNATTENDED"
"""Said of a request that the page sends by itself: it does not count as use of the session."""

NO_DATABASE: Final = Told(
    "暂时无法连接数据库，请稍后再试。", "The database cannot be reached now. Try again in a moment."
)

OTHER_HAT: Final = Told(
    "您已在另一窗口改用其他任职，本页面仍是原来的任职，未保存任何内容。",
    "Another appointment was chosen in another window, and this page shows the one before. Nothing was saved.",
)


class SignIn:
    """Reads the session, ends it where it is over, and says who asks. One query; none where there is no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.DRILL:
            drills.keep_time(settings.DRILL)
        try:
            row = self._session(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
            _put(request, row)
        except (OperationalError, InterfaceError) as error:
            connection.close_if_unusable_or_obsolete()
            logging.getLogger(__name__).error("no database to read a session from: %s", type(error).__name__)
            return problem(503, NO_DATABASE.to(request))
        shown = request.META.get(HAT)
        if shown is not None and request.viewer.author and shown != str(request.hat):  # type: ignore[attr-defined]  # set by _put
            return problem(412, OTHER_HAT.to(request))
        return self.get_response(request)

    def _session(self, request: HttpRequest) -> Session | None:
        row: Session | None = request.session.row  # type: ignore[attr-defined]
        if row is None:
            return None
        now = clock.now()
        if reason := over(row, now):
            log("session.ended", viewer=viewer_of(row), reason=reason)
            request.session.flush()
            return None
        if now - row.seen_at >= span("seen", "every") and UNATTENDED not in request.META:
            Session.objects.filter(digest=row.digest).update(seen_at=now)
        return row


def renew(request: HttpRequest) -> None:
    """Says anew who asks, after the session has changed within the request."""
    session = request.session
    if not session.is_empty():
        session.save()
    request.session = type(session)(session.session_key)
    request.session.modified = bool(session.session_key)  # so that the browser is given its key
    _put(request, request.session.row)  # type: ignore[attr-defined]  # of our own session engine


def _put(request: HttpRequest, row: Session | None) -> None:
    request.user = row.account if row and row.account else AnonymousUser()
    by_hand = settings.DEMO and not (row and (row.subject or row.device))
    viewer = demo.viewer(request) if by_hand else viewer_of(row)
    request.viewer = viewer  # type: ignore[attr-defined]  # set here, read by every route
    hat = demo.chosen(request) if settings.DEMO else (row.appointment_id or row.device_id) if row else None
    request.hat = hat  # type: ignore[attr-defined]  # likewise
    request.principal = viewer.principal if viewer.author else None  # type: ignore[attr-defined]


def over(row: Session, now: datetime) -> str | None:
    """Why a session is over, as a code; None while it is not. In a drill, whose hours pass in seconds, none ends for
    its age."""
    if not settings.DRILL and row.expires_at <= now:
        return "absolute"
    if not settings.DRILL and row.seen_at + span(_kind(row), "idle") <= now:
        return "idle"
    if row.account and not row.account.is_active:
        return "disabled"
    if row.appointment and row.appointment.until and row.appointment.until <= now:
        return "appointment_ended"
    if row.device and row.device.revoked_at:
        return "revoked"
    if row.device and row.device.until and row.device.until <= now:
        return "grant_ended"
    if row.device and not in_shift(row.device, now):
        return "shift_over"
    return None


def in_shift(device: Device, now: datetime) -> bool:
    """Whether a device may be used at this moment; a shift may pass over midnight."""
    begin, end = device.shift_from, device.shift_to
    if begin is None or end is None:
        return True
    at = localtime(now).time()
    return begin <= at < end if begin < end else at >= begin or at < end


def viewer_of(row: Session | None) -> Viewer:
    """Who asks. One who has not shown a second factor, or not chosen an appointment, is the public still."""
    if row is None:
        return VISITOR
    if row.subject:
        return Viewer(OWN_PAGE, OWN_PAGE, "resident", subject=row.subject)
    if row.device:
        return _over_area(str(row.device.id), str(row.device.id), row.device.role, row.device.area, row.device.post)
    if row.account and row.second_factor and row.appointment:
        return _over_area(str(row.account.id), DESK, row.appointment.role, row.appointment.area)
    return VISITOR


def _over_area(author: str, device: str, role: str, area: str, post: str = "") -> Viewer:
    first, after = area_range(area)
    return Viewer(author, device, role, area, first, after, post=post)


def area_range(area: str) -> tuple[str, str]:
    """The codes of a division and of all below it, half-open."""
    if area == COUNTRY:
        return EVERYWHERE
    return _range(area, int(time.monotonic() / RANGE_KEPT_S))


@lru_cache(maxsize=4096)
def _range(area: str, _period: int) -> tuple[str, str]:
    try:
        return subtree_range(area)
    except (LookupError, Scattered) as error:  # after an import of another hierarchy
        log("area.lost", outcome="refused", area=area, reason=type(error).__name__)
        return "", ""


def _kind(row: Session) -> str:
    if row.subject:
        return "own_page"
    if row.device:
        return "device"
    return "account" if row.account else "pending"
