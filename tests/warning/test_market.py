"""Markets: what their facts come to."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

import pytest

from lianfang.capabilities.warning.facts import market as kinds
from lianfang.capabilities.warning.rules.grading import CST
from lianfang.capabilities.warning.state.market import Market, fold
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from tests.warning.spec_grades import called

START = datetime(2020, 1, 27, 9, tzinfo=CST)
KINDS: dict[str, type[FactData]] = {
    "registered": kinds.MarketRegistered, "inspected": kinds.MarketInspected, "sampled": kinds.MarketSampled,
    "tested": kinds.MarketTested, "sequenced": kinds.MarketSequenced, "handled": kinds.MarketHandled,
}  # fmt: skip
DEFAULTS: dict[str, dict[str, Any]] = {
    "registered": {"name": "市场", "market_kind": "farmers_market"},
    "sampled": {"disease": "ncov-2020", "point": "board"},
    "tested": {"test": "pcr", "result": "positive"},
    "sequenced": {"accession": "EPI_1", "archive": "gisaid"},
}


def facts(story: str) -> list[Fact]:
    """``act hour field=value``, with ``;`` between; the n-th act is called n, and ``sample=2`` is the second's."""
    found = []
    for number, part in enumerate(story.split(";"), 1):
        name, hour, *fields = part.split()
        told: dict[str, Any] = dict(one.split("=") for one in fields)
        corrects = told.pop("corrects", None)
        if "sample" in told:
            told["sample"] = called(told["sample"])
        if "measures" in told:
            told["measures"] = told["measures"].split("+")
        if name == "inspected":
            told = {"findings": [{"item": item, "met": met == "yes"} for item, met in told.items()]}
        data = Retracted(why=Why.MISTAKEN) if name == "retracted" else KINDS[name](**{**DEFAULTS.get(name, {}), **told})
        found.append(
            Fact.of(data, id=called(str(number)), subject=uuid5(called("m"), "m"), area="530102",
                    observed_at=START + timedelta(hours=int(hour)),
                    corrects=called(corrects) if corrects else None)
        )  # fmt: skip
    return found


def told(its: Market) -> str:
    return " ".join(
        [
            "closed" if its.closed else "open" if its.data else "unknown",
            *(f"unmet:{one}" for one in its.unmet),
            *(f"{one.result or 'waiting'}{':' + one.accession if one.accession else ''}" for one in its.samples),
            f"unhandled:{len(its.unhandled)}",
            *(f"fault:{one.field}:{one.reason}" for one in its.faults),
        ]
    )


STORIES = {
    "registered 0": "open unhandled:0",
    "inspected 0 disinfection=yes": "unknown unhandled:0 fault:market:not_registered",
    "registered 0; inspected 1 disinfection=no waste=no; inspected 2 waste=yes": "open unmet:disinfection unhandled:0",
    "registered 0; sampled 1": "open waiting unhandled:0",
    "registered 0; sampled 1; tested 5 sample=2": "open positive unhandled:1",
    "registered 0; sampled 1; tested 5 sample=2 result=negative": "open negative unhandled:0",
    "registered 0; sampled 1; tested 5 sample=2; handled 6 measures=closed+disinfected": "closed positive unhandled:0",
    "registered 0; handled 4 measures=disinfected; sampled 1; tested 5 sample=3": "open positive unhandled:1",
    "registered 0; handled 1 measures=closed; handled 9 measures=reopened": "open unhandled:0",
    "registered 0; handled 9 measures=reopened": "open unhandled:0 fault:measures:not_closed",
    "registered 0; sampled 4; tested 3 sample=2": "open waiting unhandled:0 fault:sample:no_sample",
    "registered 0; sampled 4; tested 5 sample=1": "open waiting unhandled:0 fault:sample:no_sample",
    "registered 0; sampled 1; tested 5 sample=2; sequenced 8 sample=2": "open positive:EPI_1 unhandled:1",
    "registered 0; sampled 1; sequenced 8 sample=2": "open waiting unhandled:0 fault:sample:not_positive",
    "registered 0; sampled 1; tested 5 sample=2; retracted 6 corrects=3": "open waiting unhandled:0",
}


@pytest.mark.parametrize(("story", "result"), STORIES.items(), ids=list(STORIES))
def test_story(story: str, result: str) -> None:
    its = facts(story)
    assert told(fold(its)) == result
    for seed in range(3):
        assert fold(random.Random(seed).sample(its, len(its))) == fold(its)
