"""The fact itself: one byte string for each, and old versions read as the newest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from lianfang.facts import kinds
from lianfang.facts.fact import Fact, FactData, canonical, folding_order
from lianfang.facts.kinds import KindError, Registry
from tests.record import made
from tests.record.trial.facts import Closed, Visited, VisitedFirst

CHINA = timezone(timedelta(hours=8))


class Counted(FactData, kind="trial.counted", version=1):
    value: int


class Loose(FactData, kind="trial.loose", version=1):
    """Fields that JSON may not be able to hold."""

    value: Any


def test_the_same_moment_is_the_same_bytes_in_any_zone() -> None:
    closed = Closed(at=datetime(2020, 1, 28, 12, tzinfo=CHINA))
    fact = made.visited(data=closed, at=datetime(2020, 1, 28, 9, tzinfo=CHINA))
    utc = fact.model_copy(
        update={
            "data": Closed(at=datetime(2020, 1, 28, 4, tzinfo=UTC)),
            "observed_at": datetime(2020, 1, 28, 1, tzinfo=UTC),
        }
    )
    assert canonical(fact) == canonical(utc)
    assert b'"at":"2020-01-28T04:00:00Z"' in canonical(fact)


@given(made.facts)
def test_bytes_read_back_to_the_fact_and_to_the_same_bytes(fact: Fact) -> None:
    read = kinds.registry().one.validate_json(canonical(fact))
    assert (read.data, read.observed_at, read.clock_offset) == (fact.data, fact.observed_at, fact.clock_offset)
    assert canonical(read) == canonical(fact)


@pytest.mark.parametrize(
    "value",
    [float("nan"), [float("inf")], {"a": (float("-inf"),)}, 2**64, datetime(2020, 1, 28), {1, 2}],  # noqa: DTZ001  # naive on purpose
)
def test_what_json_cannot_hold_has_no_bytes(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(made.visited(data=Loose(value=value)))


def test_an_old_version_is_read_as_the_newest() -> None:
    body = canonical(made.visited(data=VisitedFirst(temp_tenths_c=384)))
    read = kinds.registry().read(body)
    assert (read.version, read.data) == (2, Visited(temp_c=38.4, persons=1))


def test_a_registry_refuses_contradictions() -> None:
    class Again(FactData, kind="trial.loose", version=1):
        pass

    class Newer(FactData, kind="trial.loose", version=2):
        pass

    with pytest.raises(KindError, match="declared twice"):
        Registry([Loose, Again])
    with pytest.raises(KindError, match="no upcast"):
        Registry([Loose, Newer])
    with pytest.raises(KindError, match=r"trial.loose 1: data.value is Any"):
        Registry([Loose])
    with kinds.also(Counted) as registry:
        assert registry.read(canonical(made.visited(data=Counted(value=1)))).data == Counted(value=1)


def test_unknown_fields_and_zoneless_times_are_refused() -> None:
    sent = made.as_sent(made.visited())
    for changes in ({"extra": 1}, {"observed_at": "2020-01-28T09:00:00"}, {"area": "a b"}, {"version": 3}):
        with pytest.raises(ValidationError):
            kinds.registry().one.validate_python({**sent, **changes})


def test_facts_fold_by_the_corrected_time() -> None:
    fast = made.visited(at=made.NOON + timedelta(minutes=3)).model_copy(update={"clock_offset": timedelta(minutes=5)})
    right = made.visited(at=made.NOON)
    assert sorted([right, fast], key=folding_order) == [fast, right]
