"""When the class of a community turns. What it is, is in the specification of grades."""

from __future__ import annotations

from datetime import timedelta

from lianfang.capabilities.warning.rules.community import Resident, history
from lianfang.capabilities.warning.rules.grading import community_policy
from tests.warning.spec_grades import AS_OF, called, community_of

DAY = timedelta(days=1)


def _case(name: str, day: int, *, unknown: bool = False) -> Resident:
    at = AS_OF + day * DAY + timedelta(hours=8)
    return Resident(called(name), at, unknown, at + 3 * DAY)


def test_a_community_turns_when_its_contact_falls_ill_and_asks_when_it_is_quiet() -> None:
    cases = [_case("a", 0), _case("b", 4)]
    told = history(cases, [{called("a"), called("b")}], AS_OF + 30 * DAY, community_policy().edition[0])
    assert [(turn.graded.to, turn.graded.asks) for turn in told] == [("2a", ()), ("2b", ()), ("2b", ("quiet",))]
    assert told[1].at - cases[1].confirmed_at == timedelta(microseconds=1)
    assert told[2].at == AS_OF + 19 * DAY  # the last case was confirmed on day 4, the 14 whole days are 5 to 18


def test_sources_that_stay_unknown_make_it_spread_when_the_time_to_find_them_is_over() -> None:
    cases = [_case("a", 0, unknown=True), _case("b", 1, unknown=True)]
    told = history(cases, [], AS_OF + 10 * DAY, community_policy().edition[0])
    assert [(turn.graded.to, turn.graded.asks) for turn in told] == [
        ("2a", ()), ("2a", ("undetermined",)), ("3", ()),
    ]  # fmt: skip
    assert told[-1].at == cases[1].settles_at


def test_evidence_names_the_cases() -> None:
    told = {one.code: one for one in community_of("a@3 b@2 a-b c@1?").evidence}
    assert told["largest_outbreak"].cases == (called("a"), called("b"))
    assert told["unknown"].cases == (called("c"),)
    assert (told["confirmed"].value, told["outbreaks"].value, told["undetermined"].value) == (3, 1, 0)
