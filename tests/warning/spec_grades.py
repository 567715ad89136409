"""The rules by which counties and communities are graded: stories of their cases, and what they come to.

Print as a page of the rulebook: ``python -m tests.warning.spec_grades``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from lianfang.capabilities.warning.rules import community, risk
from lianfang.capabilities.warning.rules.community import Resident
from lianfang.capabilities.warning.rules.grading import CST, Graded, community_policy, county_policy, day_of
from lianfang.capabilities.warning.rules.risk import Clusters, Confirmed
from lianfang.profiles.disease import profile

AS_OF = datetime(2020, 3, 1, tzinfo=CST)
"""Midnight: the moment asked about where a story does not say ``noon``."""
_NAMES = UUID(int=19)
_COUNTY = re.compile(r"(\d+)@(\d+)(?::(\w+))?")
_RESIDENT = re.compile(r"(\w+)@(\d+)([?~]?)")


class Spec(NamedTuple):
    """``table``: a story a row, then what it comes to."""

    title: str
    source: str
    table: str
    judge: Callable[[str], str]


def called(name: str) -> UUID:
    """The id of what a story calls by a name."""
    return uuid5(_NAMES, name)


def _as_of(words: Iterable[str]) -> datetime:
    return AS_OF + timedelta(hours=12) if "noon" in words else AS_OF


def county_of(story: str, *, edition: str = "ncov-2020-v5") -> Graded:
    """``3@5`` are three cases confirmed at 8 in the morning of the fifth day before; ``3@5:a`` belong together."""
    cases, groups = list[Confirmed](), defaultdict[str, list[UUID]](list)
    for number, days, name in _COUNTY.findall(story):
        at = AS_OF - timedelta(days=int(days)) + timedelta(hours=8)
        for n in range(int(number)):
            one = Confirmed(called(f"{days} {name} {n}"), at, day_of(at))
            cases.append(one)
            if name:
                groups[name].append(one.case)
    rule = profile("ncov-2020").edition(edition).cluster
    return risk.county(
        cases, list(groups.values()), _as_of(story.split()), county_policy().edition[0], Clusters(rule, edition)
    )


def community_of(story: str) -> Graded:
    """``a@5`` is a case of known source confirmed on the fifth day before, ``a@5?`` one of unknown source, ``a@5~`` one
    whose source is still sought; ``a-b`` says that two belong together."""
    words, cases, groups = story.split(), list[Resident](), list[set[UUID]]()
    for word in words:
        if told := _RESIDENT.fullmatch(word):
            name, days, source = told.groups()
            at = AS_OF - timedelta(days=int(days)) + timedelta(hours=8)
            settles = AS_OF + timedelta(days=1) if source == "~" else at
            cases.append(Resident(called(name), at, bool(source), settles))
        elif "-" in word:
            groups.append({called(name) for name in word.split("-")})
    return community.community(cases, groups, _as_of(words), community_policy().edition[0])


def _words(graded: Graded) -> str:
    return " ".join([graded.to or "no level", f"({graded.step})", *(f"ask:{one}" for one in graded.asks)])


def county(story: str) -> str:
    return _words(county_of(story))


def community_(story: str) -> str:
    return _words(community_of(story))


SPECS = [
    Spec(
        "The risk of a county, in the order of its steps",
        "Yunnan's headquarters, notice No. 10, 19 February 2020; standard wording of the three grades",
        """
        nothing                | low (none_ever)
        1@15                   | low (none_lately)
        500@15                 | low (none_lately)
        1@3                    | medium (few)
        50@3                   | medium (few)
        50@3:a                 | medium (few)
        51@3                   | medium (no_cluster)
        51@3:a                 | high (cluster)
        49@20 2@3:a            | high (cluster)
        48@20 2@3:a            | medium (few)
        51@20 1@3              | medium (no_cluster)
        """,
        county,
    ),
    Spec(
        "Fourteen days: the last whole days before the moment asked about, and what has run of its own day",
        "Yunnan's headquarters, notice No. 10, 19 February 2020; which days these are: working definition",
        """
        1@14                   | medium (few)
        1@15                   | low (none_lately)
        1@14 noon              | medium (few)
        1@15 noon              | low (none_lately)
        1@0                    | low (none_ever)
        1@0 noon               | medium (few)
        """,
        county,
    ),
    Spec(
        "A cluster within fourteen days, by the edition of the cases' definitions: 14 days, two cases",
        "Surveillance plan, third edition, 28 January 2020",
        """
        50@20 1@14:a 1@1:a     | high (cluster)
        50@20 1@15:a 1@1:a     | medium (no_cluster)
        50@20 2@16:a 1@3:a     | high (cluster)
        50@20 2@17:a 1@3       | medium (no_cluster)
        50@20 1@3:a 1@3:b      | medium (no_cluster)
        """,
        county,
    ),
    Spec(
        "What a community counts as",
        "肺炎机制发〔2020〕5号, 25 January 2020",
        """
        nothing                | 1 (none)
        a@3                    | 2a (case)
        a@3?                   | 2a (case)
        a@3 b@2 a-b            | 2b (outbreak)
        a@3? b@2 a-b           | 2b (outbreak)
        a@3? b@2?              | 3 (unknown_twice)
        a@14? b@1?             | 3 (unknown_twice)
        a@14? b@0? noon        | 2a (case) ask:separate
        a@14 b@1 a-b           | 2b (outbreak)
        a@14 b@0 a-b noon      | 2a (case) ask:separate
        a@3 b@2 a-b c@1? d@1?  | 3 (unknown_twice)
        a@3? b@3? a-b c@1?     | 2b (outbreak)
        """,
        community_,
    ),
    Spec(
        "What the text leaves open is asked of a person",
        "肺炎机制发〔2020〕5号, 25 January 2020, does not say; which class holds meanwhile: working definition",
        """
        a@3 b@2                | 2a (case) ask:separate
        a@3 b@2?               | 2a (case) ask:separate
        a@3? b@2~              | 2a (case) ask:undetermined
        a@3~ b@2~              | 2a (case) ask:undetermined
        a@3 b@2 a-b c@1~ d@1~  | 2b (outbreak) ask:undetermined
        a@9 b@8 a-b c@3 d@2 c-d | 2b (outbreak) ask:many
        a@15                   | 2a (case) ask:quiet
        a@14                   | 2a (case)
        a@20? b@19?            | 3 (unknown_twice) ask:quiet
        a@20 b@19 a-b          | 2b (outbreak) ask:quiet
        """,
        community_,
    ),
]


def rows(spec: Spec) -> list[tuple[str, str]]:
    """The stories of a specification, each with what it comes to."""
    told = (line.rpartition("|") for line in spec.table.strip().splitlines())
    return [(story.strip(), result.strip()) for story, _, result in told]


def page() -> str:
    """The specification as a page of the rulebook."""
    parts = ["# How counties and communities are graded\n"]
    for spec in SPECS:
        parts.append(f"\n## {spec.title}\n\n{spec.source}.\n\n| story | comes to |\n|---|---|\n")
        parts.extend(f"| {story} | {result} |\n" for story, result in rows(spec))
    return "".join(parts)


if __name__ == "__main__":
    print(page())
