"""Signing a forecast off, so that it may be quoted: the figures that somebody has seen, and no others."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, Refused, Wrong
from lianfang.capabilities.cases.service.recording import append
from lianfang.capabilities.warning.facts.sign_off import ForecastSignedOff, SignOffWithdrawn
from lianfang.capabilities.warning.queries.series import estimates
from lianfang.capabilities.warning.queries.sign_offs import held, signed
from lianfang.capabilities.warning.rules import sign_off as rules
from lianfang.capabilities.warning.rules.series_told import told
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked

ACTION: Final = "forecasts.sign_off"


def sign_off(
    viewer: Viewer, area: str, *, disease: str, as_of: date, known_at: datetime | None, digest: str, reason: str,
    now: datetime, id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Signs off the forecast of an area as of a day whose figures have the digest; the sign-off's id. The same ``id``
    again changes nothing. Raises Forbidden, Changed where the figures are others by now, and Refused where there is no
    forecast, or it was signed off."""
    require_over(viewer, ACTION, area)
    why = _reason(reason)
    found, at = estimates(viewer, area, disease=disease, as_of=as_of, known_at=known_at, now=now)
    its = told(found, 0)
    if refused := its["forecast"]["refused"]:
        zh, en = f"没有可签发的预测：{refused['zh']}", f"there is no forecast to sign off: {refused['en']}"
        raise Refused([Wrong("as_of", "no_forecast", zh, en)])
    if rules.digest(its) != digest:
        raise Changed("预测的数字已有变化，请重新查看后再签发", "the forecast has changed: look at it again")
    data = ForecastSignedOff(
        disease=disease, as_of=as_of, known_at=known_at, seq=at.seq, edition=its["version"], digest=digest, reason=why,
        role=viewer.role, until=rules.last_day(its),
    )  # fmt: skip
    subject = id or log.new_id()
    with seeing(viewer, ACTION):
        locked(rules.forecast_id(area, disease, as_of))
        before = signed(viewer, area, disease, as_of, digest)
        if before is None:
            append(viewer, [Fact.of(data, id=subject, subject=subject, area=area, observed_at=now)])
        elif before.subject != id:
            raise Refused([Wrong("as_of", "signed_off", "这份预测已经签发，请刷新", "is signed off: look at it again")])
    return subject


def withdraw(viewer: Viewer, id: UUID, reason: str, *, now: datetime) -> None:
    """Takes a sign-off back. Raises Forbidden, NotThere, and Refused where it was taken back."""
    with seeing(viewer, ACTION):
        locked(id)
        one = held(viewer, ACTION, id)
        if one.withdrawn_at is not None:
            raise Refused([Wrong("id", "withdrawn", "签发已经撤回，请刷新", "was withdrawn already: look at it again")])
        data = SignOffWithdrawn(reason=_reason(reason), role=viewer.role)
        append(viewer, [Fact.of(data, id=log.new_id(), subject=id, area=one.area, observed_at=now)])


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused([Wrong("reason", "empty", "请写明理由", "say why")])
    return reason.strip()
