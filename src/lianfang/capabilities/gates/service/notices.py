"""Notices to posts, with receipts; inspections of posts and of the gates of communities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.facts import (
    Inspected,
    InspectionMode,
    NoticeReceived,
    NoticeSent,
    Rechecked,
    Rectified,
    StatementAdded,
    Step,
)
from lianfang.capabilities.gates.models import InspectionRegister, NoticeRegister
from lianfang.capabilities.gates.queries import notices as queries
from lianfang.capabilities.gates.queries.notices import INSPECT
from lianfang.capabilities.gates.queries.posts import MANAGE, RUN, located, mine
from lianfang.capabilities.gates.rules.policy import words
from lianfang.capabilities.gates.service.recording import (
    append,
    fact_of,
    made,
    record,
    refuse_no_area,
    told,
)
from lianfang.facts import log
from lianfang.facts.lock import locked
from lianfang.identity import vault
from lianfang.sealing.box import blind

MOST_POSTS: Final = 1_000
"""Posts that one notice is sent to."""


def send(
    viewer: Viewer, posts: Sequence[UUID], title: str, text: str, *, now: datetime, group: UUID | None = None
) -> list[UUID]:
    """Sends a notice to posts, a copy each; the same ``group`` again reaches those only that have no copy yet. Returns
    the copies. Raises Forbidden, NotThere, Refused."""
    wanted = list(dict.fromkeys(posts))
    if not 0 < len(wanted) <= MOST_POSTS:
        zh, en = f"须选择1至{MOST_POSTS}个卡点", f"a notice goes to 1 to {MOST_POSTS} posts"
        raise Refused([Wrong("posts", "number", zh, en)])
    its = group or log.new_id()
    with seeing(viewer, MANAGE):
        areas = dict(mine(viewer, MANAGE).filter(subject__in=wanted, closed=None).values_list("subject", "area"))
        if len(areas) < len(wanted):
            raise NotThere
        locked(its)
        known = queries.copies(viewer, its)
        facts = [
            fact_of(
                viewer, made(NoticeSent, {"post": post, "group": its, "title": title, "text": text}),
                subject=log.new_id(), area=areas[post], now=now,
            )
            for post in wanted
            if post not in known
        ]  # fmt: skip
        append(viewer, facts)
    return [*known.values(), *(one.subject for one in facts)]


def receive(
    viewer: Viewer, id: UUID, step: Step, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """A post has a notice, has read it, has done what it says; what it said before it may say again. Raises NotThere,
    Forbidden, Refused."""
    with seeing(viewer, RUN):
        locked(id)
        row = queries.notice(viewer, RUN, id)
        if getattr(row, step) is not None:
            return
        history = told(NoticeRegister.kinds, id)
        data = NoticeReceived(step=step)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], state.message)


def place_code(viewer: Viewer, *, post: UUID | None = None, area: str = "") -> str:
    """What the code says that hangs at a post, or at a community's gate: read there, it tells that somebody came.
    Raises NotThere, Forbidden, Refused."""
    if post is not None:
        with seeing(viewer, MANAGE):
            located(viewer, MANAGE, post)
    else:
        require_over(viewer, MANAGE, area)
        refuse_no_area(area=area)
    return _code(post, area)


def _code(post: UUID | None, area: str) -> str:
    where = f"post:{post}" if post is not None else f"area:{area}"
    return f"lianfang:{where}:{blind(vault.index_key(), 'place', where).hex()[:16]}"


def inspect(
    viewer: Viewer, fields: Mapping[str, Any], *, area: str = "", code: str = "", now: datetime,
    at: datetime | None = None, inspection: UUID | None = None, fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records an inspection; on site only with the ``code`` that hangs at the place. Raises NotThere, Forbidden,
    Refused."""
    post = fields.get("post")
    with seeing(viewer, INSPECT):
        where = located(viewer, INSPECT, post).area if post is not None else area
        require_over(viewer, INSPECT, where)
        refuse_no_area(area=where)
        checked_in = code == _code(post, where)
        data = made(Inspected, {**fields, "checked_in": checked_in})
        if data.mode is InspectionMode.ON_SITE and not checked_in:
            zh = "实地检查须扫描现场的二维码；未到现场请登记为电话检查"
            en = "on site means that the code at the place was read: read it, or record an inspection by telephone"
            raise Refused([Wrong("code", "not_there", zh, en)])
        _refuse_unknown(data)
        id = inspection or log.new_id()
        locked(id)
        history = told(InspectionRegister.kinds, id)
        one = fact_of(viewer, data, subject=id, area=where, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], state.inspection)
    return id


def _refuse_unknown(data: Inspected) -> None:
    items = [one.item for one in data.findings]
    if unknown := [one for one in items if one not in words("findings")]:
        its = ", ".join(unknown)
        raise Refused([Wrong("findings", "unknown_word", f"没有这些检查项：{its}", f"are no findings: {its}")])
    if len(set(items)) < len(items):
        raise Refused([Wrong("findings", "twice", "同一检查项重复", "one finding stands there twice: join them")])


def rectify(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> None:  # fmt: skip
    """What was found was put right. Raises NotThere, Forbidden, Refused."""
    _follow(viewer, id, RUN, made(Rectified, fields), now, at, fact)


def recheck(
    viewer: Viewer, id: UUID, item: str, rectified: bool, *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> None:  # fmt: skip
    """Somebody else looked again whether it was. Raises NotThere, Forbidden, Refused."""
    _follow(viewer, id, INSPECT, made(Rechecked, {"item": item, "rectified": rectified}), now, at, fact)


def state_case(
    viewer: Viewer, id: UUID, said: str, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """Those who were inspected add how it was. Raises NotThere, Forbidden, Refused."""
    _follow(viewer, id, RUN, made(StatementAdded, {"said": said}), now, at, fact)


def _follow(
    viewer: Viewer, id: UUID, action: str, data: Rectified | Rechecked | StatementAdded, now: datetime,
    at: datetime | None, fact: UUID | None,
) -> None:  # fmt: skip
    with seeing(viewer, action):
        locked(id)
        row = queries.inspection(viewer, action, id)
        history = told(InspectionRegister.kinds, id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], state.inspection)
