"""The endpoint of what changes as it changes: it decides who may watch what; the gate keeps the line (``lines``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from lianfang.access.guard import problem
from lianfang.access.viewer import Viewer
from lianfang.accounts.sessions import digest
from lianfang.accounts.words import Told
from lianfang.app.live.topics import Sight, sight
from lianfang.facts.api import Problem

router = Router(tags=["live"])

PATH: Final = "/api/v1/live"
FULL: Final = "lianfang.live.full"
"""In a request as WSGI has it: whether there is a line left for a session; none of it where nobody keeps lines."""
LINES_OF_A_SESSION: Final = 4
LINES: Final = 256
"""Of a process."""
AGAIN_S: Final = 30

Full = Callable[[str], int | None]
"""Of a session's name: the status that refuses one more line, or None."""
_REFUSED: Final = {
    429: Told(
        "此浏览器打开的实时连接过多，页面将每30秒更新一次。",
        "This browser holds too many live lines. The page asks every 30 seconds instead.",
    ),
    503: Told(
        "实时连接已满，页面将每30秒更新一次。",
        "All live lines are taken. The page asks every 30 seconds instead.",
    ),
}


class Watching(HttpResponse):
    """The answer that opens a line: what its viewer is told of, the hat that he or she wears, and the name of the
    session that holds it."""

    def __init__(self, told: Sight, hat: UUID | None, session: str) -> None:
        super().__init__(content_type="text/event-stream; charset=utf-8")
        self["X-Accel-Buffering"] = "no"  # a proxy hands each event on at once
        self.sight, self.hat, self.session = told, (told.viewer.author, hat), session


_EVENT: Final = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "required": ["data"],
}
_STREAM: Final = {
    "responses": {
        200: {
            "description": "Server-sent events: {seq, topics}; the last one is of the type `end`.",
            "content": {"text/event-stream": {"schema": _EVENT}},
        }
    }
}


@router.get("/live", response=dict.fromkeys((401, 403, 429, 503), Problem), openapi_extra=_STREAM, operation_id="live")
def live(request: HttpRequest) -> HttpResponse:
    """Be told at once that something changed that one may read: the number of the last fact, and which capabilities.

    Nothing of what changed is told: whoever wants to know asks. The line ends when the session does, or wears another
    hat.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by SignIn
    session = digest(request.session.session_key) if request.session.session_key else ""
    full: Full | None = request.META.get(FULL)
    if full is not None and (status := full(session)) is not None:
        return problem(status, _REFUSED[status].to(request), **{"Retry-After": str(AGAIN_S)})
    return Watching(sight(viewer), request.hat, session)  # type: ignore[attr-defined]  # set by SignIn
