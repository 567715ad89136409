"""Production in a drill: the makers come back one after the other, and no stage of the project overtakes another."""

from __future__ import annotations

from collections import defaultdict

import orjson

from lianfang.capabilities.drills.rules.works import MAKERS, PARTS, STEPS, Works
from lianfang.capabilities.supplies.facts import OutputReported, PriceReported, ProgressMade, ProjectOpened, WorkStated
from lianfang.capabilities.supplies.rules.projects import out_of_order
from tests.drills.made import drill


def test_makers_come_back_and_no_stage_overtakes_the_one_before_it() -> None:
    works = Works(drill(), "logistics-officer-530100")
    works.write()
    told = [(one.seen, orjson.loads(one.text)) for one in sorted(works.desk.told)]
    kinds = [body["kind"] for _, body in told]
    assert {WorkStated.kind, OutputReported.kind, PriceReported.kind, ProjectOpened.kind} <= set(kinds)
    back = {
        body["subject"] for _, body in told if body["kind"] == WorkStated.kind and body["data"]["working"] == "full"
    }
    assert 0 < len(back) <= len(MAKERS)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for _, body in told:
        if body["kind"] == ProgressMade.kind:
            its = counts[body["subject"]]
            its[body["data"]["step"]] = body["data"]["done"]
            assert out_of_order(PARTS, [code for code, *_ in STEPS], its) is None
    assert set(counts[works.desk.name("project", 0)].values()) == {PARTS}
    assert 0 < counts[works.desk.name("project", 1)]["dispatch"] < PARTS
    ids = [body["id"] for _, body in told]
    assert len(ids) == len(set(ids))
