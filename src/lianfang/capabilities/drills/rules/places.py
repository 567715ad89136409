"""Where the people of a drill live: the lowest divisions of its area, and how many in each."""

from __future__ import annotations

import numpy as np

from lianfang.capabilities.drills.rules.marginals import Table
from lianfang.capabilities.drills.rules.scenario_form import Reader
from lianfang.epi.simulate.population import Doubles
from lianfang.places.gazetteer import Gazetteer


def lowest(area: str) -> list[str]:
    """The divisions in an area that have none below them, by code; the area itself where it has none."""
    below = Gazetteer.load().children(area)
    return [code for one in below for code in lowest(one.code)] if below else [area]


def shares(reader: Reader, area: str, table: Table) -> tuple[tuple[str, ...], Doubles]:
    """The communities of an area and their weights: a row's people are spread evenly over the lowest divisions in
    it."""
    gazetteer = Gazetteer.load()
    nothing: tuple[tuple[str, ...], Doubles] = ((), np.zeros(0))
    if gazetteer.division(area) is None:
        reader.refuse("area", f"没有代码为{area}的行政区", f"there is no division {area}: give a code, such as 530100")
        return nothing
    communities = lowest(area)
    weight = dict.fromkeys(communities, 0.0)
    above = {area, *gazetteer.ancestors(area)}
    for code, persons in table.areas.items():
        if gazetteer.division(code) is None:
            reader.refuse("marginals", f"area {code}不是行政区代码", f"area {code}: there is no such division")
            continue
        within = communities if code in above else [one for one in lowest(code) if one in weight]
        if code in above and len(set(table.areas) & set(weight)) > 0:
            continue  # rows of what lies within say more
        for one in within:
            weight[one] += persons / len(within)
    if sum(weight.values()) <= 0:
        zh, en = "人口表中没有这个地区的人口", "the table of people has nobody there: give --marginals with rows of it"
        reader.refuse("area", f"{area}:{zh}", f"{area}: {en}")
        return nothing
    return tuple(weight), np.array(list(weight.values()))


def origins(reader: Reader, given: object) -> tuple[tuple[str, ...], list[float]]:
    """Where travellers come from, and the weight of each."""
    codes, weights = [], []
    for name, one in reader.tables(given, "origins"):
        origin = reader.table(one, name, ("area", "weight", "source"))
        code = origin.get("area")
        if not isinstance(code, str) or Gazetteer.load().division(code) is None:
            reader.refuse(f"{name}.area", f"没有代码为{code}的行政区", f"is {code!r}: write the code of a division")
            continue
        codes.append(code)
        weights.append(reader.number(origin.get("weight", 1), f"{name}.weight", {"least": 0.001, "most": 1e9}))
    if not codes:
        reader.refuse("origins", "至少写一个来源地", "write at least one place that travellers come from")
    reader.shown["origins"] = {"value": dict(zip(codes, weights, strict=True))}
    return tuple(codes), weights
