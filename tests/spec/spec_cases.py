"""The rules of cases: stories of a case, and what they come to.

Print as a page of the rulebook: ``python -m tests.spec.spec_cases``.
"""

# ruff: noqa: E501  # a story stands in one line
from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.cases.rules.counting import Tally, count
from lianfang.capabilities.cases.rules.definitions import propose
from lianfang.capabilities.cases.rules.intervals import intervals
from lianfang.capabilities.cases.rules.obligations import obligations, of_state
from lianfang.capabilities.cases.rules.risk import risk
from lianfang.capabilities.cases.state import State, fold
from lianfang.facts.fact import Days, Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.profiles.disease import profile

NOON = datetime(2020, 1, 24, 4, tzinfo=UTC)
"""Hour 0 of every story: noon in China."""
AREA, NEIGHBOUR, ELSEWHERE = "530102", "530103", "530302"
_NAMES = UUID(int=11)


class Spec(NamedTuple):
    """``table``: a story a row, then what it comes to. A story is acts with ``;`` between: a kind, the hour, and fields
    as ``name=value``. Every story of a case begins with a report; ``area`` is who recorded an act."""

    title: str
    source: str
    table: str
    judge: Callable[[str], str]


def called(name: str) -> UUID:
    """The id of what a story calls by a name."""
    return uuid5(_NAMES, name)


def facts_of(story: str) -> list[Fact]:
    """The facts of a story, in its order; the ``n``-th is called ``n``, a sample also by its ``name``."""
    return [_fact(number, part.split()) for number, part in enumerate(filter(str.strip, story.split(";")), 1)]


def _fact(number: int, words: list[str]) -> Fact:
    kind, hour, told = words[0], float(words[1]), dict(word.split("=", 1) for word in words[2:])
    area, corrects, name = told.pop("area", AREA), told.pop("corrects", None), told.pop("name", str(number))
    return Fact.of(
        _data(kind, told), id=called(name), subject=called("case"), area=area,
        observed_at=NOON + timedelta(hours=hour), corrects=called(corrects) if corrects else None,
    )  # fmt: skip


def _about(told: dict[str, str]) -> kinds.About:
    """``onset=2020-01-20`` or ``onset=2020-01-20/2020-01-22``; ``history``, ``clinical`` with ``+``, ``-`` for none met;
    ``stay=420100/2020-01-10/2020-01-14``."""
    fields: dict[str, Any] = {}
    for name in ("onset", "infected"):
        if name in told:
            first, _, last = told.pop(name).partition("/")
            fields[name] = Days(earliest=date.fromisoformat(first), latest=date.fromisoformat(last or first))
    for name in ("history", "clinical"):
        if name in told:
            value = told.pop(name)
            fields[name] = () if value == "-" else tuple(value.split("+"))
    if "stay" in told:
        area, first, last = told.pop("stay").split("/")
        days = [Days.exactly(date.fromisoformat(one)) for one in (first, last)]
        fields["stays"] = (kinds.Stay(area=area, first=days[0], last=days[1]),)
    if "no_symptoms" in told:
        fields["no_symptoms"] = told.pop("no_symptoms") == "yes"
    if "visit" in told:
        fields["first_visit"] = NOON + timedelta(hours=float(told.pop("visit")))
    return kinds.About(**fields)


_PLAIN: dict[str, type[FactData]] = {
    "severity": kinds.SeverityAssessed, "source": kinds.SourceDetermined, "isolated": kinds.Isolated,
    "treated": kinds.Treated, "discharged": kinds.Discharged, "ended": kinds.Ended, "handed": kinds.HandedOver,
    "reviewed": kinds.Reviewed,
}  # fmt: skip


def _data(kind: str, told: dict[str, str]) -> FactData:
    sample = {"sample": called(told.pop("sample"))} if "sample" in told else {}
    match kind:
        case "reported":
            edition, about = told.pop("edition", "ncov-2020-v2"), _about(told)
            return kinds.Reported(
                person=called("person"), disease=told.pop("disease", "ncov-2020"), edition=edition,
                as_class=told.pop("as", "suspected"), about=about, **told,
            )  # fmt: skip
        case "described":
            return kinds.Described(about=_about(told))
        case "investigated":
            return kinds.Investigated(about=_about(told), **told)
        case "classified":
            return kinds.Classified(**{"edition": "ncov-2020-v2", "basis": "expert", **sample, **told})
        case "admitted":
            return kinds.Admitted(**{"hospital": "h-1", "designated": "yes", **told})
        case "sampled":
            return kinds.Sampled(material="throat_swab")
        case "received":
            return kinds.SampleReceived(laboratory="lab-1", **sample, **told)
        case "tested":
            return kinds.Tested(**{"sample": None, "test": "pcr", **sample, **told})
        case "retracted":
            return Retracted(why=Why.MISTAKEN)
    return _PLAIN[kind](**told)


def state_of(story: str) -> State:
    found = fold(facts_of(story))
    assert found is not None, story
    return found


def stands(story: str) -> str:
    """What the case is, where it is reported from, and what was not applied."""
    case = fold(facts_of(story))
    if case is None:
        return "none"
    words = [case.to.value, *filter(None, (case.severity, case.outcome)), f"in {case.area}"]
    return " ".join(words) + "".join(f"; {one.field} {one.code}" for one in sorted(case.faults, key=lambda f: f.code))


def may_become(was: str) -> str:
    """Each class that may follow, with how: always, under another edition only, or by revision only."""
    found = []
    for to in Class:
        for how, told in (
            ("", "basis=clinical"), ("*", "basis=clinical edition=ncov-2020-v5"), ("†", "basis=other_diagnosis")
        ):  # fmt: skip
            start = "reported 0 as=" + ("suspected; classified 1 to=excluded" if was == "excluded" else was)
            if not state_of(f"{start}; classified 2 to={to} {told}").faults:
                found.append(f"{to}{how}")
                break
    return " ".join(found)


def tallies(cases: Iterable[State], since: float, until: float, within: str) -> list[Tally]:
    """The changes of cases as an area counts them: flows from ``since`` to ``until``, stocks until then."""
    start, end = NOON + timedelta(hours=since), NOON + timedelta(hours=until)
    found = []
    for case in cases:
        for one in case.changes:
            if one.area.startswith(within):
                across = bool(one.other) and not one.other.startswith(within)
                source = case.source or InfectionSource.UNKNOWN
                found.append(
                    Tally(one.before, one.after, source, bool(one.other), across, one.at < end, start <= one.at < end)
                )
    return found


def counted(story: str) -> str:
    """Stocks at hour 48 and flows of hours 24 to 48 that are not zero, in the county that reported."""
    return _told(story, AREA)


def counted_above(story: str) -> str:
    """As ``counted``, in the prefecture."""
    return _told(story, "5301")


_SHOWN = (
    "suspected", "suspected_excluded_cum", "confirmed_cum", "confirmed_existing", "severe", "cured_cum", "deaths_cum",
    "asymptomatic_obs", "hospitalised", "not_in_hospital",
)  # fmt: skip


def _told(story: str, within: str) -> str:
    counts = count(tallies([state_of(one) for one in story.split("/")], 24, 48, within))
    stocks = [f"{name} {counts.stocks[name]}" for name in _SHOWN if counts.stocks[name]]
    flows = [f"{name} {n:+d}" for name, n in counts.flows.items() if n]
    return " ".join([*stocks, *flows]) or "0"


def would_be(story: str) -> str:
    """What the case would be ``under`` an edition, by default its own, and the items that it rests on."""
    acts, _, edition = story.partition(" under=")
    case = state_of(acts)
    found = propose(case, profile(case.disease).edition(edition or case.edition))
    items = "+".join((*found.history, *found.clinical))
    return f"{found.would_be or 'unknown'}{items and f' ({items})'}"


def steps(story: str) -> str:
    """Hours of each step that are known, from at least to at most; ! where late. The report came in at hour 3."""
    case = state_of(story)
    its = profile(case.disease)
    told = []
    for one in intervals(case, NOON + timedelta(hours=3), its, its.edition(case.edition)):
        if one.low_h is not None and one.high_h is not None:
            span = f"{one.low_h:g}" if one.low_h == one.high_h else f"{one.low_h:g}–{one.high_h:g}"
            told.append(f"{one.name} {span}{'!' if one.late else ''}")
    return ", ".join(told)


def to_do(story: str) -> str:
    """Each thing to do: the hour by which, and ✓ where it was done."""
    case = state_of(story)
    edition = profile(case.disease).edition(case.edition)
    return ", ".join(
        f"{one.rule.removeprefix('case.')} {(one.due - NOON) / timedelta(hours=1):g}{'✓' if one.done_at else ''}"
        for one in obligations(of_state(case), edition)
    )


def graded(story: str) -> str:
    likelihood, consequence = story.split()
    return risk().level(likelihood, consequence)


SUSPECTED = "reported 0 onset=2020-01-20"
V2 = "the case surveillance plan, second edition, 22 January 2020"

SPECS = (
    Spec(
        "What may follow what (* under another edition, † by revision)",
        "新型冠状病毒感染的肺炎诊疗方案, editions 2 to 7; revision (核减): practice; opening an excluded case: working definition",
        """
        reported | suspected clinical probable confirmed asymptomatic excluded
        suspected | suspected* clinical probable confirmed excluded
        clinical | suspected* clinical* probable* confirmed excluded
        probable | suspected* clinical* probable* confirmed excluded
        confirmed | confirmed* excluded†
        asymptomatic | confirmed asymptomatic* excluded†
        excluded | suspected excluded*
        """,
        may_become,
    ),
    Spec(
        "How a case stands, and which dates cannot be",
        "working definition",
        """
        described 0 | none
        reported 0 | suspected in 530102
        reported 0; classified 5 to=confirmed basis=laboratory | confirmed in 530102
        reported 0; classified 5 to=excluded; classified 9 to=confirmed | excluded in 530102; to move
        reported 0; classified 5 to=excluded; classified 9 to=suspected; classified 11 to=confirmed | confirmed in 530102
        reported 0; classified 5 to=suspected | suspected in 530102; to already
        reported 4; classified 2 to=confirmed | suspected in 530102; observed_at before_report
        reported 0; reported 1 | suspected in 530102; id reported_twice
        reported 0 as=asymptomatic severity=mild | asymptomatic in 530102; severity no_severity
        reported 0 as=confirmed; severity 2 severity=severe; severity 9 severity=ordinary | confirmed ordinary in 530102
        reported 0; ended 5 outcome=recovered | suspected in 530102; outcome no_end
        reported 0; ended 5 outcome=died | suspected died in 530102
        reported 0; ended 5 outcome=died; classified 9 to=confirmed basis=laboratory | confirmed died in 530102
        reported 9 as=confirmed; ended 5 outcome=died | confirmed died in 530102
        reported 0 as=confirmed; ended 5 outcome=died; severity 9 severity=severe | confirmed died in 530102; observed_at ended
        reported 0 as=confirmed; ended 5 outcome=recovered; ended 9 outcome=died | confirmed recovered in 530102; observed_at ended
        reported 0 as=confirmed; ended 5 outcome=recovered; isolated 6 where=station | confirmed recovered in 530102
        reported 0; classified 1 to=excluded; admitted 5 | excluded in 530102; observed_at excluded
        reported 0 as=confirmed; admitted 2; ended 50 outcome=recovered; admitted 60 | confirmed recovered in 530102; observed_at ended
        reported 0 as=confirmed; discharged 5 reason=moved | confirmed in 530102; observed_at not_in_hospital
        reported 0 as=confirmed; ended 5 outcome=died; described 9 onset=2020-01-26 | confirmed died in 530102; about.onset onset_after_told
        reported 0 as=confirmed; ended 5 outcome=died; described 72 onset=2020-01-26 | confirmed died in 530102; about.onset onset_after_end
        reported 0 as=confirmed onset=2020-01-24; ended -30 outcome=died | confirmed died in 530102; about.onset onset_after_end
        reported 0 as=confirmed; described 2 onset=2020-01-24; ended -30 outcome=died | confirmed died in 530102; about.onset onset_after_end
        reported 0 onset=2020-01-20 infected=2020-01-21/2020-01-22 | suspected in 530102; about.infected infected_after_onset
        reported 0 onset=2020-01-20/2020-01-22 infected=2020-01-21 | suspected in 530102
        reported 0 stay=420100/2020-01-14/2020-01-10 | suspected in 530102; about.stays stay_order
        reported 0 visit=1 | suspected in 530102; about.first_visit visit_after_told
        """,
        stands,
    ),
    Spec(
        "Samples and results",
        "working definition",
        """
        reported 0; sampled 1 name=s; tested 5 sample=s result=positive; classified 6 to=confirmed basis=laboratory sample=s | confirmed in 530102
        reported 0; sampled 1 name=s; tested 5 sample=s result=negative; classified 6 to=confirmed basis=laboratory sample=s | suspected in 530102; sample no_positive
        reported 0; sampled 1 name=s; classified 3 to=confirmed basis=laboratory sample=s; tested 5 sample=s result=positive | suspected in 530102; sample no_positive
        reported 0; classified 3 to=confirmed basis=laboratory sample=t | suspected in 530102; sample no_sample
        reported 0; sampled 4 name=s; tested 3 sample=s result=positive | suspected in 530102; observed_at before_sampled
        reported 0; sampled 4 name=s; received 2 sample=s | suspected in 530102; observed_at before_sampled
        reported 0; tested 3 sample=t result=positive | suspected in 530102; sample no_sample
        reported 0; sampled 1 name=s; received 2 sample=s fit=no; tested 3 sample=s result=negative | suspected in 530102; sample unfit
        reported 0; sampled 1 name=s; sampled 2 name=t corrects=s; tested 5 sample=s result=positive; classified 6 to=confirmed sample=t | confirmed in 530102
        """,
        stands,
    ),
    Spec(
        "Whose case it is: one division reports it",
        "working definition, after reports of one case by two districts",
        """
        reported 0; handed 5 to=530302 | suspected in 530302
        reported 0; handed 5 to=530302; classified 9 to=confirmed area=530302 | confirmed in 530302
        reported 0; classified 9 to=confirmed area=530302 | suspected in 530102; area not_responsible
        reported 0; classified 9 to=confirmed area=530100 | confirmed in 530102
        reported 0; classified 9 to=confirmed area=530102001 | confirmed in 530102
        reported 0; handed 5 to=530102 | suspected in 530102; to same_area
        reported 0; handed 5 to=999999 | suspected in 530102; to unknown_area
        reported 0; handed 5 to=530302003001 | suspected in 530302003001
        reported 0; handed 5 to=530302; handed 6 to=999999 corrects=2 | suspected in 530302; to unknown_area
        reported 0; handed 5 to=530302 area=530302 | suspected in 530102; area not_responsible
        reported 0; handed 5 to=530302; handed 8 to=530102 area=530302 | suspected in 530102
        reported 0; reported 2 corrects=1 area=530302 | suspected in 530102; area not_responsible
        reported 0; retracted 2 corrects=1 area=530302 | suspected in 530102; area not_responsible
        """,
        stands,
    ),
    Spec(
        "Corrections and what was taken back",
        "the record's law",
        """
        reported 0; classified 5 to=excluded; retracted 9 corrects=2 | suspected in 530102
        reported 0; classified 5 to=excluded; retracted 9 corrects=2; retracted 10 corrects=3 | excluded in 530102
        reported 0; classified 5 to=excluded; classified 5 to=confirmed corrects=2 | confirmed in 530102
        reported 0; ended 30 outcome=died; retracted 40 corrects=2 | suspected in 530102
        reported 0; described 3 onset=2020-01-20 corrects=1 | suspected in 530102; corrects corrects_other_kind
        reported 0; retracted 3 corrects=1 | none
        """,
        stands,
    ),
    Spec(
        "Cumulative counts fall by revision only: what would take a counted class back is not applied",
        "核减; CAS-03",
        """
        reported 0; classified 5 to=confirmed; retracted 9 corrects=2 | confirmed in 530102; fact counted
        reported 0; classified 5 to=clinical; retracted 9 corrects=2 | clinical in 530102; fact counted
        reported 0; classified 5 to=confirmed; retracted 9 corrects=2; retracted 10 corrects=3 | confirmed in 530102
        reported 0; classified 5 to=confirmed; classified 9 to=excluded corrects=2 | confirmed in 530102; corrects counted
        reported 0; classified 5 to=confirmed; classified 9 to=excluded corrects=2; classified 9 to=confirmed corrects=3 | confirmed in 530102; corrects counted; corrects counted
        reported 0; classified 5 to=confirmed; classified 6 to=confirmed corrects=2 | confirmed in 530102
        reported 0; classified 5 to=confirmed; ended 30 outcome=recovered; retracted 40 corrects=2 | confirmed recovered in 530102; fact counted
        reported 0 as=confirmed; reported 0 as=suspected corrects=1 | confirmed in 530102; corrects counted
        reported 0 as=asymptomatic; reported 0 as=confirmed corrects=1 | asymptomatic in 530102; corrects counted
        reported 0; reported 0 as=confirmed corrects=1; retracted 9 corrects=2 | confirmed in 530102; fact counted
        reported 0; reported 1 as=confirmed corrects=1; reported 2 as=suspected corrects=1 | confirmed in 530102; corrects counted
        reported 0; classified 5 to=confirmed; reported 6 corrects=1 | confirmed in 530102; corrects counted
        reported 0; classified 4 to=excluded; classified 5 to=suspected; classified 6 to=confirmed; retracted 9 corrects=3 | confirmed in 530102; fact counted
        reported 0; sampled 1 name=x; tested 3 sample=x result=positive; classified 5 to=confirmed sample=x; retracted 9 corrects=3 | confirmed in 530102; fact counted
        reported 0; classified 5 to=confirmed; classified 9 to=excluded; retracted 10 corrects=3 | confirmed in 530102
        reported 0; classified 5 to=confirmed; classified 9 to=excluded; classified 10 to=suspected; retracted 11 corrects=2 | suspected in 530102; fact counted
        """,
        stands,
    ),
    Spec(
        "What is counted: stocks at hour 48, flows of hours 24 to 48; a window holds its beginning and not its end",
        "the arithmetic of notices: 确诊 = 前日 + 新增 − 核减; 疑似 = 前日 + 新增 − 排除 − 转确诊",
        """
        reported 0 | suspected 1
        reported 24 | suspected 1 suspected_new +1
        reported 48 | 0
        reported 30; classified 40 to=confirmed | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_new +1 suspected_new +1 suspected_to_confirmed +1 unknown_new +1
        reported 0; classified 30 to=confirmed | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_new +1 suspected_to_confirmed +1 unknown_new +1
        reported 0; classified 30 to=excluded | suspected_excluded_cum 1 suspected_excluded +1
        reported 0 as=confirmed; source 60 source=imported | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1
        reported 30 as=confirmed; source 60 source=imported | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_new +1 imported_new +1
        reported 0 as=confirmed; admitted 1; severity 30 severity=severe | confirmed_cum 1 confirmed_existing 1 severe 1 hospitalised 1 severe_new +1 severe_delta +1
        reported 0 as=confirmed severity=severe; severity 30 severity=critical | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 critical_new +1 severe_delta -1
        reported 0 as=confirmed severity=severe; admitted 1; ended 30 outcome=died | confirmed_cum 1 deaths_cum 1 deaths_new +1 severe_delta -1
        reported 0 as=confirmed; ended 30 outcome=recovered | confirmed_cum 1 cured_cum 1 cured_new +1
        reported 0 as=confirmed; classified 30 to=excluded basis=other_diagnosis | revised_minus +1
        reported 0; ended 30 outcome=died | suspected_died +1
        reported 0; ended 2 outcome=died; classified 30 to=confirmed | confirmed_cum 1 deaths_cum 1 confirmed_new +1 deaths_new +1 unknown_new +1
        reported 30 as=confirmed; ended 20 outcome=died | confirmed_cum 1 deaths_cum 1 confirmed_new +1 deaths_new +1 unknown_new +1
        reported 0 as=asymptomatic; classified 30 to=confirmed | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_new +1 asymptomatic_to_confirmed +1 unknown_new +1
        reported 0 as=asymptomatic; ended 30 outcome=recovered | asymptomatic_released +1
        reported 0 as=confirmed; handed 30 to=530103 | confirmed_handed_out +1
        reported 0 area=530103 as=confirmed; handed 30 to=530102 area=530103 | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_handed_in +1
        reported 0 / reported 30 / reported 30 as=confirmed | suspected 2 confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_new +1 suspected_new +1 unknown_new +1
        """,
        counted,
    ),
    Spec(
        "Within the prefecture a hand-over between its counties changes nothing",
        "working definition",
        """
        reported 0 as=confirmed; handed 30 to=530103 | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1
        reported 30 as=confirmed; handed 31 to=530103 | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_new +1 unknown_new +1
        reported 0 as=confirmed severity=severe; handed 30 to=530302 | severe_delta -1 confirmed_handed_out +1
        reported 0; handed 30 to=530103; classified 40 to=confirmed area=530103 | confirmed_cum 1 confirmed_existing 1 not_in_hospital 1 confirmed_new +1 suspected_to_confirmed +1 unknown_new +1
        """,
        counted_above,
    ),
    Spec(
        "What a case would be under an edition (its own, or the one named)",
        "the editions: docs/profiles.md",
        """
        reported 0 history=infected clinical=fever+imaging | reported (infected+fever+imaging)
        reported 0 history=infected clinical=fever+imaging under=ncov-2020-v3 | suspected (infected+fever+imaging)
        reported 0 history=- clinical=fever+imaging+blood_count under=ncov-2020-v3 | reported (fever+imaging+blood_count)
        reported 0 edition=ncov-2020-v5 history=- clinical=fever_respiratory+imaging+blood_count | suspected (fever_respiratory+imaging+blood_count)
        reported 0 history=- clinical=fever+imaging+blood_count under=ncov-2020-v5 | suspected (fever_respiratory+imaging+blood_count)
        reported 0 history=- clinical=imaging+blood_count under=ncov-2020-v5 | unknown (imaging+blood_count)
        reported 0 edition=ncov-2020-v5 history=infected clinical=imaging under=ncov-2020-v2 | reported (infected+imaging)
        reported 0 edition=ncov-2020-v5 history=infected clinical=fever_respiratory+imaging+blood_count under=ncov-2020-v2 | unknown (infected+imaging+blood_count)
        reported 0 history=infected | unknown (infected)
        reported 0 clinical=fever+imaging+blood_count | unknown (fever+imaging+blood_count)
        reported 0 history=- clinical=- | reported
        reported 0 edition=ncov-2020-d5 history=- clinical=fever_respiratory+blood_count+imaging under=ncov-2020-d5-hubei | clinical (fever_respiratory+imaging+blood_count)
        reported 0 edition=ncov-2020-d5 history=- clinical=fever_respiratory+blood_count under=ncov-2020-d5-hubei | suspected (fever_respiratory+blood_count)
        reported 0 history=infected clinical=fever+imaging+blood_count; tested 5 result=positive | confirmed (infected+fever+imaging+blood_count)
        reported 0; tested 5 result=positive | confirmed
        reported 0 as=reported history=- clinical=-; tested 5 result=positive | reported
        reported 0 as=confirmed history=- clinical=- | unknown
        reported 0 as=confirmed history=- clinical=-; tested 1 result=negative; tested 30 result=negative | reported
        reported 0 as=reported no_symptoms=yes; tested 5 result=positive under=ncov-2020-v3 | asymptomatic
        """,
        would_be,
    ),
    Spec(
        "Two negative samples 24 hours apart exclude; since March 2020 with antibodies absent 7 days after the onset",
        "Cochrane CD013652, table of the Chinese case definitions",
        """
        reported 0 history=- clinical=-; sampled 1 name=a; sampled 25 name=b; tested 5 sample=a result=negative; tested 30 sample=b result=negative | excluded
        reported 0 history=- clinical=-; sampled 1 name=a; sampled 24 name=b; tested 5 sample=a result=negative; tested 30 sample=b result=negative | reported
        reported 0 history=- clinical=-; sampled 1 name=a; tested 5 sample=a result=negative; tested 30 sample=a result=negative | reported
        reported 0 history=- clinical=-; tested 1 result=negative; tested 30 result=inconclusive; tested 60 result=negative | reported
        reported 0 edition=ncov-2020-v6 history=- clinical=- onset=2020-01-20; tested 1 result=negative; tested 30 result=negative | reported
        reported 0 edition=ncov-2020-v6 history=- clinical=- onset=2020-01-20; tested 1 result=negative; tested 30 result=negative; tested 90 test=igm result=negative | excluded
        reported 0 edition=ncov-2020-v6 history=- clinical=- onset=2020-01-20; tested 1 result=negative; tested 30 result=negative; tested 2 test=igm result=negative | reported
        """,
        would_be,
    ),
    Spec(
        "A stay is history where its area was listed on a day of it within 14 days before the onset",
        "EPI-08; the editions' history items; the dated list of areas: docs/profiles.md",
        """
        reported 0 onset=2020-01-20 clinical=fever+imaging+blood_count history=- stay=420100/2020-01-10/2020-01-14 | suspected (stay+fever+imaging+blood_count)
        reported 0 onset=2020-01-20 clinical=fever+imaging+blood_count stay=420100/2020-01-06/2020-01-06 | suspected (stay+fever+imaging+blood_count)
        reported 0 onset=2020-01-20 clinical=fever+imaging+blood_count history=stay stay=420100/2020-01-01/2020-01-05 | reported (fever+imaging+blood_count)
        reported 0 onset=2020-01-20 clinical=fever+imaging+blood_count history=stay stay=530302/2020-01-10/2020-01-14 | reported (fever+imaging+blood_count)
        reported 0 onset=2020-01-20 clinical=fever+imaging+blood_count history=stay+infected stay=530302/2020-01-10/2020-01-14 | suspected (infected+fever+imaging+blood_count)
        reported 0 onset=2020-01-20/2020-01-22 clinical=fever+imaging+blood_count stay=420100/2020-01-01/2020-01-06 | suspected (stay+fever+imaging+blood_count)
        """,
        would_be,
    ),
    Spec(
        "Hours of each step; the report came in 3 hours after the diagnosis",
        "CAS-11; 四早: State Council, January 2020; report within 2 hours: " + V2,
        """
        reported 0 onset=2020-01-23 visit=-4 | onset_found 8–32, onset_report 15–39, diagnosis_report 3!
        reported 2 onset=2020-01-23/2020-01-24; isolated 4 where=hospital; treated 5 | onset_report 0–39, onset_isolation 0–40, onset_treatment 0–41, diagnosis_report 1
        reported 2 onset=2020-01-23; isolated -300 where=station; treated -9999 | onset_report 15–39, onset_isolation 0, onset_treatment 0, diagnosis_report 1
        reported 0; classified 10 to=confirmed; admitted 30 | diagnosis_report 3!, confirmed_admitted 20
        reported 0 as=confirmed; admitted -9 | diagnosis_report 3!, confirmed_admitted 0
        """,
        steps,
    ),
    Spec(
        "What is to be done by when (hours)",
        "verified within 2 hours, investigated within 24: "
        + V2
        + "; a bed from the suspicion on, and the others: policy/cases.toml",
        """
        reported 0 | verify 2, investigate 24, sample 12, admit 2
        reported 0; investigated 9 | verify 2✓, investigate 24✓, sample 12, admit 2
        reported 0; sampled 1; classified 10 to=confirmed | verify 2✓, investigate 24, sample 12✓, admit 2, trace_source 82
        reported 0 as=confirmed; admitted 1 designated=no | verify 2, investigate 24, admit 2✓, designate 25, trace_source 72
        reported 0 as=confirmed; admitted 1; source 5 source=unknown | verify 2, investigate 24, admit 2✓, trace_source 72
        reported 0 as=confirmed; admitted 1; source 5 source=local | verify 2, investigate 24, admit 2✓, trace_source 72✓
        reported 0; classified 5 to=excluded | verify 2✓
        reported 0 as=confirmed; ended 5 outcome=died | trace_source 72
        """,
        to_do,
    ),
    Spec(
        "How a risk is graded: likelihood, consequence",
        "World Health Organization, Rapid Risk Assessment of Acute Public Health Events, 2012; the cells: working definition",
        """
        very_unlikely minimal | low
        likely moderate | moderate
        almost_certain severe | very_high
        """,
        graded,
    ),
)


def rows(spec: Spec) -> list[tuple[str, str]]:
    """Story and result of each row."""
    found = []
    for line in spec.table.strip().splitlines():
        story, _, result = line.rpartition(" | ")
        found.append((story.strip(), result.strip()))
    return found


def page() -> str:
    """The specification as a page of the rulebook."""
    parts = ["# Cases"]
    for spec in SPECS:
        lines = [f"| {story} | {result} |" for story, result in rows(spec)]
        told = [spec.judge.__doc__ or "", "| story | comes to |", "|---|---|", *lines]
        parts.append("\n".join([f"## {spec.title}", f"Source: {spec.source}.", *told]))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    print(page())
