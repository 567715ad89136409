"""A forecast is internal until a duty officer signs off the figures that were shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import zone
from lianfang.capabilities.warning.facts import ForecastSignedOff, SignOffWithdrawn
from lianfang.capabilities.warning.queries.pack import pack
from lianfang.capabilities.warning.rules.pack.contents import quoting
from lianfang.capabilities.warning.rules.pack.words import Words
from lianfang.capabilities.warning.rules.sign_off import digest
from lianfang.capabilities.warning.state.sign_off import fold
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.cases.desk import Desk
from tests.cases.made import DISEASE, KUNMING, QILIN, START, WUHUA, hours, onset, reported, viewer

FIRST = date(2020, 1, 18)
AS_OF = "2020-01-29"


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a county in which cases fell ill on ten days; the record's clock is the desk's too."""
    made = Desk(monkeypatch, "county_duty_officer")
    monkeypatch.setattr("lianfang.facts.clock.now", lambda: made.now)
    for day in range(10):
        reported(Class.CONFIRMED, about=onset(str(FIRST + timedelta(day))))
    made.now = hours(48)
    return made


def sign(desk: Desk, status: int = 200, **but: Any) -> Any:
    shown = desk.get("warning/estimates", area=WUHUA)
    body = {"area": WUHUA, "as_of": shown["as_of"], "digest": shown["digest"], "reason": "与流调组核对过", **but}
    return desk.post("warning/forecasts/sign-off", body, status)


def signed(desk: Desk, **query: Any) -> Any:
    return desk.get("warning/estimates", area=WUHUA, **query)["signed"]


def withdraw(desk: Desk, id: str, reason: str = "口径有误") -> int:
    answer = desk.asked(
        "post", f"warning/forecasts/{id}/withdraw", data={"reason": reason}, content_type="application/json"
    )
    assert_incremental_equals_refold()
    return int(answer.status_code)


def printed(desk: Desk) -> str:
    """What the pack says below each page."""
    given = pack(desk.who, WUHUA, disease=DISEASE, as_of=None, known_at=None, now=desk.now)
    return quoting(given.signed, Words("en", zone()))


def test_what_was_shown_is_signed_off_once_and_taken_back(desk: Desk) -> None:
    assert signed(desk) is None
    id = str(uuid4())
    assert sign(desk, id=id) == sign(desk, id=id) == {"id": id}
    its = signed(desk)
    assert (its["id"], its["role"], its["reason"]) == (id, "county_duty_officer", "与流调组核对过")
    assert its["until"] == desk.get("warning/estimates", area=WUHUA)["forecast"]["days"][-1]["day"]
    assert "may be quoted until" in printed(desk)
    assert [one["reason"] for one in sign(desk, 422)["errors"]] == ["signed_off"]
    assert withdraw(desk, id, " ") == 422
    assert (withdraw(desk, id), withdraw(desk, id), withdraw(desk, str(uuid4()))) == (204, 422, 404)
    assert signed(desk) is None and "may not be quoted" in printed(desk)
    again = sign(desk)["id"]
    assert again != id and signed(desk)["id"] == again


def test_another_day_area_and_other_figures_are_internal(desk: Desk) -> None:
    shown = desk.get("warning/estimates", area=WUHUA)["digest"]
    assert sign(desk) and signed(desk, as_of="2020-01-28") is None
    reported(Class.CONFIRMED, area=QILIN, now=desk.now)  # the record goes on, and says nothing new of the county
    assert signed(desk) is not None
    desk.who = viewer("duty_officer", KUNMING)
    above = desk.get("warning/estimates", area=KUNMING)  # the same cases
    assert (above["digest"], above["signed"]) == (shown, None)
    desk.now = hours(72)  # a day later more is known of the same day
    assert signed(desk) is None and signed(desk, as_of=AS_OF) is None
    assert "changed" in sign(desk, 409, as_of=AS_OF, digest=shown)["detail"]
    assert signed(desk, as_of=AS_OF, known_at=hours(48).isoformat()) is not None


def test_what_is_no_forecast_of_the_area_is_refused(desk: Desk) -> None:
    assert [one["reason"] for one in sign(desk, 422, reason=" ")["errors"]] == ["empty"]
    assert [one["reason"] for one in sign(desk, 422, as_of="2020-01-30")["errors"]] == ["not_over"]
    (few,) = sign(desk, 422, as_of="2020-01-20")["errors"]
    assert few["reason"] == "no_forecast" and "fewer than 10 days" in str(few)
    sign(desk, 403, area=QILIN)
    desk.who = viewer("epidemiologist")  # who prepares a forecast does not sign it off
    sign(desk, 403)
    desk.who = viewer("duty_officer", KUNMING)
    above = sign(desk)["id"]
    desk.who = viewer("duty_officer", QILIN)
    assert withdraw(desk, above) == 404


def test_the_fold_is_of_what_stands() -> None:
    subject = uuid4()
    data = ForecastSignedOff(
        disease=DISEASE, as_of=FIRST, known_at=None, seq=1, edition="1", digest="d", reason="核对",
        role="duty_officer", until=FIRST,
    )  # fmt: skip
    made = Fact.of(data, id=subject, subject=subject, area=WUHUA, observed_at=START)
    taken = SignOffWithdrawn(reason="有误", role="duty_officer")
    off = Fact.of(taken, id=uuid4(), subject=subject, area=WUHUA, observed_at=hours(1))
    back = Fact.of(Retracted(why=Why.MISTAKEN), id=uuid4(), subject=subject, area=WUHUA, observed_at=hours(2))
    back = back.model_copy(update={"corrects": off.id})
    standing = [fold(facts) for facts in ([made], [off, made], [back, made, off], [off])]
    assert [one and one.withdrawn_at for one in standing] == [None, hours(1), None, None]
    assert standing[-1] is None and standing[0] is not None


def test_the_digest_is_of_figures_and_terms() -> None:
    told = {"version": "1", "forecast": {"refused": None, "levels": [0.5], "days": [{"day": "2020-01-30", "q": [1.0]}]}}
    other = {**told, "version": "2"}
    none = {**told, "forecast": {"refused": {"code": "few"}, "levels": [0.5], "days": []}}
    assert digest(told) == digest({**told, "readings": []}) != digest(other) and digest(none) is None
