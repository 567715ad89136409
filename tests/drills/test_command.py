"""Command in a drill: measures of which some are done with evidence, notices read and late, tickets open and closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from uuid import UUID

from lianfang.app.demo import command as demonstration
from lianfang.capabilities.command.facts import MeasureIssued, measures
from lianfang.capabilities.command.state.gatherings import gathering
from lianfang.capabilities.command.state.instructions import deliveries, instruction, receipts
from lianfang.capabilities.command.state.measures import measure, progress, until
from lianfang.capabilities.command.state.tickets import closed, ticket
from lianfang.capabilities.command.state.venues import venue
from lianfang.capabilities.drills.rules.command import Command
from lianfang.facts.fact import Fact
from lianfang.facts.kinds import registry
from tests.drills.made import drill

FOLDS = {
    "measure": measure, "instruction": instruction, "ticket": ticket, "gathering": gathering, "venue": venue,
}  # fmt: skip


def test_what_command_records_contradicts_nothing_and_leaves_something_to_do() -> None:
    command = Command(drill())
    command.write()
    facts = [registry().read(one.text.encode()) for one in command.desk.told]
    assert len({fact.id for fact in facts}) == len(facts)
    told = _held(facts)
    end = drill().at(drill().days * 24 * 60)
    done = Counter(progress(one) for one in told["measure"])
    assert sum(done.values()) == 20 and 0 < done[measures.MeasureProgress.DONE] < 20
    assert any(until(one) <= end for one in told["measure"]) and any(until(one) > end for one in told["measure"])
    read = [its.read is not None for one in told["instruction"] for its in receipts(one)]
    assert 0.5 < sum(read) / len(read) < 1
    assert {way.taken for one in told["instruction"] for way in deliveries(one)} == {True, False}
    assert {closed(one) is None for one in told["ticket"]} == {True, False}
    assert told["gathering"] and told["venue"]


def test_the_demonstration_has_the_same_before_its_morning() -> None:
    facts = [fact for *_, its in demonstration.facts() for fact in its]
    assert len({fact.id for fact in facts}) == len(facts)
    told = _held(facts)
    assert sum(isinstance(one.data, MeasureIssued) for one in told["measure"]) == 20
    assert {closed(one) is None for one in told["ticket"]} == {True, False}


def _held(facts: list[Fact]) -> dict[str, list]:  # type: ignore[type-arg]  # of each kind its own
    """What is held of each subject, by the first word of its kinds."""
    subjects: dict[tuple[str, UUID], list[Fact]] = defaultdict(list)
    for fact in facts:
        subjects[fact.kind.split(".")[0], fact.subject].append(fact)
    found = defaultdict(list)
    for (name, _), its in subjects.items():
        if name in FOLDS:
            one = FOLDS[name](its)
            assert one.data is not None and not one.faults, (its[0].kind, one.faults)
            found[name].append(one)
    return found
