"""The own work of a device is its post's, and at a checkpoint its shift's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import UUID, uuid4

import pytest

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.models import Device
from lianfang.accounts.posts import shift_began
from lianfang.app.database import Database
from lianfang.identity import queries, service
from tests.access.made import OWN, viewer

# Hours are local: UTC+8.
MORNING, EVENING, NIGHT, NEXT = (datetime(2020, 1, d, h, tzinfo=UTC) for d, h in ((28, 1), (28, 11), (28, 18), (29, 1)))


def device(role: str, post: str, hours: tuple[int, int] | None = None, area: str = OWN) -> Viewer:
    """A device that is signed in."""
    made = Device.objects.create(
        title="kiosk",
        role=role,
        area=area,
        post=post,
        shift_from=time(hours[0]) if hours else None,
        shift_to=time(hours[1]) if hours else None,
        made_at=MORNING,
        made_by="administrator-1",
    )
    return replace(viewer(role, area, author=str(made.id)), device=str(made.id), post=post)


def entered(by: Viewer, data_class: str, at: datetime) -> UUID:
    id = uuid4()
    sent = {"id": str(id), "name": "过路人", "area": OWN, "data_class": data_class, "since": "2020-01-27"}
    assert service.enter(by, [(1, sent)], now=at).entered == 1
    return id


def seen(by: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch) -> set[UUID]:
    monkeypatch.setattr(clock, "now", lambda: at)
    return {one.id for one in queries.page(by, purpose="screening", now=at).people}


def test_a_post_hands_over_within_a_shift_and_to_nobody_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = (8, 20)
    first, second = (device("checkpoint_staff", "north-gate", day) for _ in range(2))
    night = device("checkpoint_staff", "north-gate", (20, 8))
    elsewhere = device("checkpoint_staff", "south-gate", day)
    person = viewer("checkpoint_staff")
    id = entered(first, "checkpoint", MORNING)
    assert seen(first, EVENING, monkeypatch) == seen(second, EVENING, monkeypatch) == {id}
    assert seen(elsewhere, EVENING, monkeypatch) == seen(person, EVENING, monkeypatch) == set()
    assert seen(night, NIGHT, monkeypatch) == set()
    assert seen(first, NEXT, monkeypatch) == seen(second, NEXT, monkeypatch) == set()
    with pytest.raises(service.NoPerson):
        monkeypatch.setattr(clock, "now", lambda: NEXT)
        queries.card(second, id, purpose="screening", now=NEXT)


def test_a_station_keeps_those_whom_it_has_taken_in(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (device("station_staff", "hotel-1", (8, 20)) for _ in range(2))
    id = entered(first, "isolation", MORNING)
    assert seen(second, NEXT, monkeypatch) == {id}
    assert seen(device("station_staff", "hotel-2"), NEXT, monkeypatch) == set()


def test_a_post_of_the_same_name_elsewhere_is_another(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    entered(device("station_staff", "hotel-1"), "isolation", MORNING)
    assert seen(device("station_staff", "hotel-1", area="530100"), NEXT, monkeypatch) == set()


@pytest.mark.parametrize(
    ("hours", "now", "began"),
    [
        ((8, 20), EVENING, datetime(2020, 1, 28, 0, tzinfo=UTC)),
        ((20, 8), NEXT.replace(hour=0), datetime(2020, 1, 28, 12, tzinfo=UTC)),  # 08:00, past its end: the last shift
        ((20, 8), NIGHT, datetime(2020, 1, 28, 12, tzinfo=UTC)),
        (None, EVENING, None),
    ],
)
def test_when_a_shift_began(hours: tuple[int, int] | None, now: datetime, began: datetime | None) -> None:
    its = Device(shift_from=time(hours[0]) if hours else None, shift_to=time(hours[1]) if hours else None)
    assert shift_began(its, now) == began
