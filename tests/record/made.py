"""Facts made for trials."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
from hypothesis import strategies as st

from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.record.trial.facts import Closed, Visited, VisitedFirst

WHO = Principal("worker-1", "phone-1")
OTHER = Principal("worker-2", "phone-2")
NOON = datetime(2020, 1, 28, 4, tzinfo=UTC)


def visited(
    *, id: UUID | None = None, subject: UUID | None = None, at: datetime = NOON, data: FactData | None = None
) -> Fact:
    """A visit; each another, of another household, unless told otherwise."""
    return Fact.of(
        data or Visited(temp_c=36.5, persons=3),
        id=id or log.new_id(),
        subject=subject or uuid4(),
        area="530102",
        observed_at=at,
    )


def as_sent(fact: Fact, **changes: Any) -> dict[str, Any]:
    """A fact as a device sends it, with some fields changed."""
    sent = orjson.loads(fact.model_dump_json(exclude={"author", "device"}))
    return {**sent, **changes}


def in_parallel(times: int, act: Callable[[int], Any]) -> list[Any]:
    """The results of ``act(0)`` to ``act(times - 1)``, run at once, each in a thread with a connection of its own."""
    from django.db import connection

    results: list[Any] = [None] * times
    gate = threading.Barrier(times)

    def one(index: int) -> None:
        gate.wait()
        try:
            results[index] = act(index)
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


_subjects = st.sampled_from([UUID(int=n) for n in range(1, 5)])
_times = st.integers(0, 10).map(lambda n: NOON + timedelta(minutes=n))
_data = st.one_of(
    st.builds(Visited, temp_c=st.sampled_from([36.0, 36.5, 38.4]), persons=st.integers(0, 5)),
    st.builds(VisitedFirst, temp_tenths_c=st.integers(350, 400)),
    st.builds(Closed, at=_times),
)
facts = st.builds(
    lambda id, subject, at, data, device, offset: visited(id=id, subject=subject, at=at, data=data).model_copy(
        update={"device": device, "clock_offset": offset}
    ),
    st.uuids(),
    _subjects,
    _times,
    _data,
    st.sampled_from(["phone-1", "phone-2"]),
    st.none() | st.integers(-5, 5).map(lambda n: timedelta(minutes=n)),
)
