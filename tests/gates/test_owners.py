"""What another division sends of a gate changes nothing and is told as a fault; who was on a shift once has no post."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from lianfang.capabilities.gates import facts as kinds
from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.models import EncounterRow, ShiftRow
from lianfang.capabilities.gates.rules.holding import held_for, policy_at
from lianfang.capabilities.gates.state.owners import post_id
from lianfang.facts import fold, log, rebuild
from lianfang.facts.fact import Fact, FactData
from tests.access.made import FOREIGN
from tests.gates.made import CENTRE, NOW, OFFICER, STAFF, STRANGER, WUHUA, Clock, Desk, a_post, meet

EARLIER = NOW - timedelta(days=60)
SPAN: dict[str, Any] = {"begins": NOW, "ends": NOW + timedelta(hours=8)}
NAMED: dict[str, Any] = {"name": "卡点", "kind_of": "point", "place_type": "road_gate", "lead": "街道办"}


def of(data: FactData, subject: UUID, area: str, corrects: UUID | None = None) -> Fact:
    """A fact that claims to be older than all others."""
    return Fact.of(data, id=log.new_id(), subject=subject, area=area, observed_at=EARLIER, corrects=corrects)


def arrive(*facts: Fact) -> None:
    assert {one.status for one in log.append(facts, principal=STRANGER.principal)} == {"appended"}
    rebuild.assert_incremental_equals_refold()


def test_another_county_writes_no_post_nor_its_shifts_counts_and_treatments(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    before, id = desk.seen(f"/posts/{post}"), UUID(post)
    with fold.within(*fold.EVERYWHERE):
        (shift,) = ShiftRow.objects.values_list("fact", flat=True)
    foreign = [
        kinds.PostOpened(**NAMED, town=FOREIGN), kinds.PostClosed(), kinds.ShiftPlanned(**SPAN, staff=("stranger",)),
        kinds.Counted(**SPAN, passed=9999, checked=1),
        kinds.Treated(measure="ventilation", room="all", minutes=5, operator="stranger"),
    ]  # fmt: skip
    sent = [of(one, id, FOREIGN) for one in foreign]
    sent.append(of(kinds.ShiftPlanned(**SPAN, staff=()), id, FOREIGN, corrects=shift))
    arrive(*sent)
    after = desk.seen(f"/posts/{post}")
    assert {(one["fact"], one["reason"]) for one in after["contradictions"]} == {
        (str(one.id), "not_responsible") for one in sent
    }
    assert {**after, "contradictions": []} == before
    desk.done(f"/posts/{post}/close")


def test_who_takes_the_id_of_a_post_first_does_not_have_it(desk: Desk, at: Clock) -> None:
    row = {**NAMED, "town": WUHUA, "number": "P7"}
    id = post_id(kinds.PostOpened(**row))
    met = uuid4()
    shift = of(kinds.ShiftPlanned(**SPAN, staff=("stranger",)), id, FOREIGN)
    arrive(of(kinds.PostOpened(**NAMED, town=FOREIGN), id, FOREIGN), shift)
    arrive(of(kinds.Screened(post=id, temp_c=36.5), met, WUHUA))
    assert UUID(desk.done("/posts", row)["id"]) == id
    assert desk.seen(f"/posts/{id}")["area"] == WUHUA and desk.seen(f"/posts/{id}")["shifts"] == []
    with fold.within(*fold.EVERYWHERE):
        assert EncounterRow.objects.get(subject=met).post == id


def test_another_county_decides_no_hold_and_replaces_no_screening(desk: Desk, at: Clock) -> None:
    met = meet(desk, a_post(desk), temp_c=38.4)
    (before,), id = desk.seen("/holds", CENTRE)["holds"], UUID(met["id"])
    foreign = [
        kinds.HoldTakenUp(), kinds.Transferred(to="nowhere"), kinds.HoldEnded(outcome="left"),
        kinds.Screened(post=UUID(before["post"]), temp_c=36.4),
    ]  # fmt: skip
    sent = [of(one, id, FOREIGN) for one in foreign]
    arrive(*sent)
    assert desk.seen("/holds", CENTRE)["holds"] == [before]
    told = desk.seen(f"/holds/{id}", CENTRE)["contradictions"]
    assert {(one["fact"], one["reason"]) for one in told} == {(str(one.id), "not_responsible") for one in sent}


def test_the_reading_on_which_somebody_is_held_stays(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    met = meet(desk, post, temp_c=38.4, symptoms=["dry_cough"])
    ill = meet(desk, post, temp_c=36.9)
    desk.done(f"/encounters/{ill['id']}/hold", {}, STAFF)
    for one, temp_c in ((met, 38.4), (ill, 36.9)):
        card = desk.seen(f"/holds/{one['id']}", CENTRE)
        plain, mended = (
            of(kinds.Screened(post=UUID(post), temp_c=36.1), UUID(one["id"]), WUHUA, corrects)
            for corrects in (None, UUID(one["fact"]))
        )
        arrive(plain, mended)
        after = desk.seen(f"/holds/{one['id']}", CENTRE)
        assert after["temp_c"] == temp_c and after["report"] == card["report"]
        told = {(each["fact"], each["reason"]) for each in after["contradictions"]}
        assert told == {(str(plain.id), "again"), (str(mended.id), "reading")}


def test_an_encounter_names_a_post_of_its_own_division(desk: Desk, at: Clock) -> None:
    post, met = a_post(desk), uuid4()
    arrive(of(kinds.Screened(post=UUID(post), temp_c=38.4), met, FOREIGN))
    with fold.within(*fold.EVERYWHERE):
        row = EncounterRow.objects.get(subject=met)
    assert (row.post, row.temp_c, row.hold_reason) == (None, 38.4, "temperature")
    assert [(field, reason) for _, field, reason in row.faults] == [("post", "other_post")]


def test_stops_notices_and_inspections_are_their_divisions_own() -> None:
    post, id = uuid4(), uuid4()
    finding = kinds.Finding(item="unstaffed")
    begun: list[tuple[Any, FactData, FactData]] = [
        (state.vehicle, kinds.VehicleStopped(post=post, vehicle_type="car", occupants=2), kinds.VehiclePassed()),
        (state.message, kinds.NoticeSent(post=post, group=id, title="t", text="t"), kinds.NoticeReceived(step="read")),
        (
            state.inspection, kinds.Inspected(post=post, mode="phone", checked_in=False, findings=(finding,)),
            kinds.Rectified(item="unstaffed"),
        ),
    ]  # fmt: skip
    for one, first, then in begun:
        own, *foreign = of(first, id, WUHUA), of(first, id, FOREIGN), of(then, id, FOREIGN)
        found = one([own, *foreign])
        assert {(fault.fact, fault.reason) for fault in found.faults} == {
            (fact.id, "not_responsible") for fact in foreign
        }
        assert (found.area, found.data) == (WUHUA, first) and one([own]).faults == ()


def test_what_was_corrected_before_the_hold_is_the_reading() -> None:
    post, id = uuid4(), uuid4()
    first = of(kinds.Screened(post=post, temp_c=36.4), id, WUHUA)
    second = of(kinds.Screened(post=post, temp_c=38.4), id, WUHUA, corrects=first.id)
    found = state.encounter([first, second], held_for, lambda _: WUHUA)
    assert found.data is not None and (found.data.temp_c, found.faults) == (38.4, ())


def test_who_was_on_a_shift_once_has_the_post_no_more(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    hours = policy_at(NOW).hand_over_h
    at.on(8 + hours)
    assert desk.seen(f"/posts/{post}", STAFF)["id"] == post
    at.on(0.1)
    assert desk.get(f"/posts/{post}", STAFF).status_code == 404
    again = {"begins": at.now + timedelta(hours=hours + 1), "ends": at.now + timedelta(hours=hours + 9)}
    desk.done(f"/posts/{post}/shifts", {**again, "staff": ["staff"]}, OFFICER)
    assert desk.seen("/posts", STAFF)["total"] == 0
    at.on(1)
    assert desk.seen("/posts", STAFF)["total"] == 1
