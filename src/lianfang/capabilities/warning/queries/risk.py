"""What counties and communities count as: graded by the rules, or as a person decided, with the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import Scope, require_over, scope
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.rules.first_case import community_of
from lianfang.capabilities.contacts.rules.clustering import rule_on
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.warning.facts.grade import AreaGraded, Scheme
from lianfang.capabilities.warning.models import GradeRow
from lianfang.capabilities.warning.queries.confirmed import (
    READ,
    Known,
    Moment,
    counted_in,
    groups,
    moment,
    staying_in,
)
from lianfang.capabilities.warning.rules import community as communities_rule
from lianfang.capabilities.warning.rules import risk as counties_rule
from lianfang.capabilities.warning.rules.community import Resident
from lianfang.capabilities.warning.rules.grading import (
    CommunityEdition,
    CountyEdition,
    Edition,
    Evidence,
    Graded,
    Turn,
    community_policy,
    county_policy,
    day_of,
    holding,
    in_force,
)
from lianfang.capabilities.warning.rules.risk import Clusters, Confirmed
from lianfang.capabilities.warning.state.grade import Decision, fold
from lianfang.facts import log
from lianfang.facts.facts import Retracted
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.queries import current_gazetteer

COUNTY: Final = 6
"""Digits of a county's code."""
Judge = Callable[[datetime], Graded]


class GradedArea(NamedTuple):
    """An area as it is graded; ``decision`` is the person's that holds."""

    area: str
    graded: Graded
    decision: Decision | None


class Grades(NamedTuple):
    """Areas as they are graded under an edition, None where none is in force. ``unplaced`` are cases of which the
    county or community is not known; ``shown`` the cases that the viewer may be told of one by one."""

    edition: Edition | None
    places: tuple[GradedArea, ...]
    unplaced: int
    at: Moment
    shown: frozenset[UUID]


class History(NamedTuple):
    """One area: as it is graded now, when that turned, and all that persons decided."""

    grades: Grades
    turns: tuple[Turn, ...]
    decisions: tuple[Decision, ...]


class Asked(NamedTuple):
    """What is asked for. ``edition`` is one to try, by default the one in force."""

    area: str
    disease: str
    edition: str = ""
    as_of: datetime | None = None
    known_at: datetime | None = None


class _Place(NamedTuple):
    """One area: how it is judged as of a moment from cases since another, and when each of its cases was confirmed."""

    area: str
    judge: Callable[[datetime, datetime | None], Graded]
    confirmed: tuple[datetime, ...]


def counties(viewer: Viewer, asked: Asked, *, now: datetime) -> Grades:
    """The counties of an area, by code. Raises Forbidden, Refused."""
    at, within = _begun(viewer, asked, now)
    edition = _edition(county_policy().edition, asked, at)
    cases = counted_in(viewer, within, asked.disease, at)
    codes = _county_codes(current_gazetteer(), asked.area)
    of: dict[str, list[Known]] = {code: [] for code in codes}
    unplaced = 0
    for one in cases:
        if one.area[:COUNTY] in of:
            of[one.area[:COUNTY]].append(one)
        else:
            unplaced += 1
    most = edition.cumulative_most if isinstance(edition, CountyEdition) else 0
    tied = groups({one.case for its in of.values() if len(its) > most for one in its}, at)
    of_case = _by_case(tied)
    places = [_county(code, its, _of(of_case, its), edition, asked.disease) for code, its in of.items()]
    return _graded(viewer, Scheme.COUNTY, asked, at, edition, places, unplaced, cases)


def county_history(viewer: Viewer, asked: Asked, *, now: datetime) -> History:
    """When the level of a county turned, as known at one time. Raises Forbidden, Refused."""
    if asked.area not in _county_codes(current_gazetteer(), asked.area):
        zh, en = f"{asked.area}不是县级区划", f"{asked.area} is no county: name one"
        raise Refused([Wrong("area", "no_county", zh, en)])
    grades = counties(viewer, asked, now=now)
    edition, at = grades.edition, grades.at
    told = decisions(viewer, Scheme.COUNTY, asked, at).get(asked.area, ())
    if not isinstance(edition, CountyEdition):
        return History(grades, (), told)
    cases = counted_in(viewer, range_of(asked.area), asked.disease, at)
    tied = groups({one.case for one in cases}, at)
    clusters = Clusters(*rule_on(asked.disease, asked.area, day_of(at.as_of)))
    found = counties_rule.history([_confirmed(one) for one in cases], tied, at.as_of, edition, clusters)
    return History(grades, tuple(found), told)


def communities(viewer: Viewer, asked: Asked, *, now: datetime) -> Grades:
    """The communities of an area in which a case was confirmed, by code: all others have none. Raises Forbidden,
    Refused."""
    at, within = _begun(viewer, asked, now)
    grades = with_cases(viewer, asked, now=now)
    return grades._replace(unplaced=grades.unplaced + _nowhere(viewer, within, asked.disease, at))


def with_cases(viewer: Viewer, asked: Asked, *, now: datetime) -> Grades:
    """The communities as ``communities`` tells them; cases of which nobody knows where they stay are not counted.
    Raises Forbidden, Refused."""
    at, within = _begun(viewer, asked, now)
    edition = _edition(community_policy().edition, asked, at)
    of, cases, unplaced = _residents(viewer, within, asked.disease, at)
    tied = groups({one.case for its in of.values() for one in its}, at)
    of_case = _by_case(tied)
    places = [_community(code, its, _of(of_case, its), edition) for code, its in sorted(of.items())]
    return _graded(viewer, Scheme.COMMUNITY, asked, at, edition, places, unplaced, cases)


def community_history(viewer: Viewer, asked: Asked, *, now: datetime) -> History:
    """When the class of a community turned, as known at one time. Raises Forbidden, Refused."""
    if community_of(asked.area) != asked.area:
        zh, en = f"{asked.area}不是社区（12位代码）", f"{asked.area} is no community: its code has twelve digits"
        raise Refused([Wrong("area", "no_community", zh, en)])
    at, within = _begun(viewer, asked, now)
    edition = _edition(community_policy().edition, asked, at)
    of, cases, unplaced = _residents(viewer, within, asked.disease, at)
    its = of.get(asked.area, [])
    tied = groups({one.case for one in its}, at)
    place = _community(asked.area, its, tied, edition)
    unplaced += _nowhere(viewer, within, asked.disease, at)
    grades = _graded(viewer, Scheme.COMMUNITY, asked, at, edition, [place], unplaced, cases)
    told = decisions(viewer, Scheme.COMMUNITY, asked, at).get(asked.area, ())
    if not isinstance(edition, CommunityEdition):
        return History(grades, (), told)
    return History(grades, tuple(communities_rule.history(_as_residents(its), tied, at.as_of, edition)), told)


def decisions(viewer: Viewer, scheme: Scheme, asked: Asked, at: Moment) -> Mapping[str, tuple[Decision, ...]]:
    """What persons had decided of an area and those in it, by code, as known at a time. Raises Forbidden, Refused."""
    area_from, area_to = range_of(asked.area)
    with seeing(viewer, READ):
        rows = in_range(viewer, GradeRow.objects.filter(scheme=scheme, disease=asked.disease))
        rows = rows.filter(area__bytes_from=area_from, area__bytes_before=area_to, at__lt=at.as_of)
        if not at.past:
            told = [row.decision() for row in rows]
        else:
            facts = defaultdict(list)
            kinds = [AreaGraded.kind, Retracted.kind]
            for entry in log.read(upto=at.seq, kinds=kinds, subjects=list(rows.values_list("subject", flat=True))):
                facts[entry.fact.subject].append(entry.fact)
            told = [one for its in facts.values() for one in fold(its) if one.at < at.as_of]
    found: dict[str, tuple[Decision, ...]] = {}
    for one in sorted(told, key=lambda one: (one.at, one.fact)):
        found[one.area] = (*found.get(one.area, ()), one)
    return found


def _county_codes(gazetteer: Gazetteer, area: str) -> list[str]:
    """The counties of an area by code, itself included where it is one; a prefecture without counties is one."""
    division = gazetteer.division(area)
    if division is None or division.level == "town":
        return []
    below = [one for one in gazetteer.children(area) if one.level != "town"]
    if division.level == "county" or (division.level == "prefecture" and not below):
        return [area]
    return [code for one in below for code in _county_codes(gazetteer, one.code)]


def _begun(viewer: Viewer, asked: Asked, now: datetime) -> tuple[Moment, tuple[str, str]]:
    within = range_of(asked.area)
    require_over(viewer, READ, asked.area)
    return moment(asked.as_of, asked.known_at, now), within


def _edition(editions: Sequence[Edition], asked: Asked, at: Moment) -> Edition | None:
    """The edition that is asked for. Raises Refused for one that there is not."""
    if not asked.edition:
        return in_force(editions, asked.disease, day_of(at.as_of))
    named = next((one for one in editions if one.code == asked.edition and asked.disease in one.diseases), None)
    if named is None:
        there = ", ".join(one.code for one in editions if asked.disease in one.diseases) or "-"
        zh, en = f"没有版本{asked.edition}，可用：{there}", f"there is no edition {asked.edition}; there are: {there}"
        raise Refused([Wrong("edition", "no_edition", zh, en)])
    return named


def _graded(
    viewer: Viewer, scheme: Scheme, asked: Asked, at: Moment, edition: Edition | None, places: Iterable[_Place],
    unplaced: int, cases: Collection[Known],
) -> Grades:  # fmt: skip
    """The areas as the rule or a person grades them; one of which a person decided is told though it has no case."""
    known = {one.area: one for one in places}
    told = decisions(viewer, scheme, asked, at)
    lowest = "low" if scheme is Scheme.COUNTY else "1"
    found = []
    for area in sorted({*known, *told}):
        place = known.get(area) or _community(area, [], [], edition)
        held = holding(told.get(area, ()), place.confirmed, at.as_of, lowest)
        graded = place.judge(at.as_of, held.since)
        if held.decision is not None:
            graded = Graded(held.decision.to, "decided", graded.evidence)
        found.append(GradedArea(area, graded, held.decision))
    return Grades(edition, tuple(found), unplaced, at, shown(viewer, cases))


def sees_cases(viewer: Viewer) -> bool:
    """Whether the viewer is told of cases one by one: who sees sums only is not."""
    return scope(viewer, "cases.read") in (Scope.SUBTREE, Scope.ALL)


def shown(viewer: Viewer, cases: Iterable[Known]) -> frozenset[UUID]:
    """The cases that the viewer sees as rows."""
    if not sees_cases(viewer):
        return frozenset()
    return frozenset(one.case for one in cases if viewer.area_from <= one.area < viewer.area_to)


def _county(
    code: str, cases: Sequence[Known], tied: Sequence[Collection[UUID]], edition: Edition | None, disease: str
) -> _Place:
    confirmed = [_confirmed(one) for one in cases]

    def judge(as_of: datetime, since: datetime | None) -> Graded:
        if not isinstance(edition, CountyEdition):
            return _ungraded(cases)
        clusters = Clusters(*rule_on(disease, code, day_of(as_of)))
        return counties_rule.county(confirmed, tied, as_of, edition, clusters)

    return _Place(code, judge, tuple(one.confirmed_at for one in cases))


def _community(code: str, cases: Sequence[Known], tied: Sequence[Collection[UUID]], edition: Edition | None) -> _Place:
    residents = _as_residents(cases)

    def judge(as_of: datetime, since: datetime | None) -> Graded:
        if not isinstance(edition, CommunityEdition):
            return _ungraded(cases)
        its = [one for one in residents if since is None or one.confirmed_at > since]
        return communities_rule.community(its, tied, as_of, edition)

    return _Place(code, judge, tuple(one.confirmed_at for one in cases))


def _by_case(tied: Iterable[set[UUID]]) -> dict[UUID, set[UUID]]:
    """The group of each case that is in one."""
    return {case: group for group in tied for case in group}


def _of(group_of: Mapping[UUID, set[UUID]], cases: Iterable[Known]) -> list[set[UUID]]:
    """The groups that some cases are in, each once."""
    found = (group_of[one.case] for one in cases if one.case in group_of)
    return list({id(group): group for group in found}.values())


def _ungraded(cases: Sequence[Known]) -> Graded:
    return Graded(None, "", (Evidence("confirmed", len(cases)),), ("no_edition",))


def _residents(
    viewer: Viewer, within: tuple[str, str], disease: str, at: Moment
) -> tuple[dict[str, list[Known]], list[Known], int]:
    """The confirmed cases of each community, all that stay in the area, and how many of these in no community that is
    known."""
    staying = staying_in(viewer, within, disease, at)
    of: dict[str, list[Known]] = defaultdict(list)
    unplaced = 0
    for one in staying:
        if code := community_of(one.stay):
            of[code].append(one)
        else:
            unplaced += 1
    return of, staying, unplaced


def _nowhere(viewer: Viewer, within: tuple[str, str], disease: str, at: Moment) -> int:
    """The confirmed cases that the area counts and of which nobody knows where they stay."""
    return sum(one.stay is None for one in counted_in(viewer, within, disease, at))


def _confirmed(one: Known) -> Confirmed:
    return Confirmed(one.case, one.confirmed_at, one.day)


def _as_residents(cases: Iterable[Known]) -> list[Resident]:
    return [Resident(one.case, one.confirmed_at, one.source == "unknown", one.settles_at) for one in cases]
