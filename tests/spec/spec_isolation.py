"""The rules of isolation: stories of an order, a station, a need, and what they come to.

Print as a page of the rulebook: ``python -m tests.spec.spec_isolation``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from lianfang.capabilities.isolation import facts as kinds
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.rules import due
from lianfang.capabilities.isolation.rules.allocate import Person, Places, allocate
from lianfang.capabilities.isolation.rules.ground import in_official_words
from lianfang.capabilities.isolation.rules.policy import in_force
from lianfang.capabilities.isolation.rules.watch import Presence, Round, gaps
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why

NOON = datetime(2020, 1, 24, 4, tzinfo=UTC)
"""Hour 0 of every story: noon in China."""
END_H = 252
"""Hours until the order's end, 24:00 of 3 February in China: 14 days after an exposure on 20 January."""
FIT_HOME = "mode=home suitable=yes community=530102001 clinician=d"
"""What ``fit_home`` stands for."""
_NAMES = UUID(int=7)


class Spec(NamedTuple):
    """``table``: a story a row, then what it comes to. A story is acts with ``;`` between: a kind, the hour, and fields
    as ``name=value``; ``by`` is who recorded it."""

    title: str
    source: str
    table: str
    judge: Callable[[str], str]


def called(name: str) -> UUID:
    """The id of what a story calls by a name."""
    return uuid5(_NAMES, name)


class Act(NamedTuple):
    kind: str
    hour: float
    fields: dict[str, str]


def acts(story: str) -> list[Act]:
    found = []
    for part in story.replace("fit_home", FIT_HOME).split(";"):
        words = part.split()
        if words:
            found.append(Act(words[0], float(words[1]), dict(word.split("=", 1) for word in words[2:])))
    return found


def fact(number: int, act: Act, subject: str) -> Fact:
    """The fact of an act; the ``number``-th of its story is called by it."""
    told = dict(act.fields)
    by, corrects = told.pop("by", "keeper"), told.pop("corrects", None)
    return Fact.of(
        _data(act, told), id=called(f"fact {number}"), subject=called(subject), area="530102",
        observed_at=NOON + timedelta(hours=act.hour), corrects=called(f"fact {corrects}") if corrects else None,
    ).model_copy(update={"author": by})  # fmt: skip


def _data(act: Act, told: dict[str, str]) -> FactData:
    order: dict[str, Any] = {"order": called(told.pop("order", "o"))}
    station = {"station": called(told.pop("station"))} if "station" in told else {}
    span = {"start": NOON, "end": NOON + timedelta(hours=float(told.pop("end", END_H)))}
    law = {"basis": "infectious_disease", "approver": "officer"}
    match act.kind:
        case "ordered":
            whole = {
                "order_class": "close_contact", "of": called(told.pop("of", "contact")), "disease": "ncov-2020",
                "edition": "ncov-2020-v2", "mode": "central", **told,
            }  # fmt: skip
            return kinds.Ordered(**order, **station, **span, **law, **whole)
        case "received":
            return kinds.OrderReceived(**order)
        case "executed":
            return kinds.OrderExecuted(**order, **station, **told)
        case "verified":
            return kinds.OrderVerified(**order, as_ordered=told.get("as_ordered", "yes"))
        case "changed":
            return kinds.ModeChanged(**order, **station, **span, **law, reason="by_decision", **told)
        case "extended":
            return kinds.Extended(**order, **span, **law, reason="new_exposure")
        case "lifted":
            return kinds.Lifted(**order, reason=told.get("reason", "completed"))
        case "retracted":
            return Retracted(why=Why.MISTAKEN)
        case "opened":
            duties = dict.fromkeys(("lead", "clinician", "disinfection", "logistics"), "somebody")
            return kinds.StationOpened(name="s", town="530102", **{"capacity": 10, **duties, **told})
        case "ward":
            return kinds.WardOpened(**{"ward": "w", "beds": 5, "temporary": True, "first": "2020-01-24", **told})
        case "logged":
            return kinds.StationLogged(**{"on_duty": 4, "residents": 9, **told})
        case "round":
            return kinds.RoundMade(residents=2)
        case "closed":
            return kinds.StationClosed()
        case "asked":
            return kinds.NeedAsked(person=called("person"), order=None, **{"category": "food", **told})
        case "acknowledged":
            return kinds.NeedAcknowledged()
        case "met":
            return kinds.NeedMet(outcome=told.get("outcome", "given"))
    raise ValueError(act.kind)


def facts_of(story: str, subject: str = "person") -> list[Fact]:
    """The facts of a story, in its order."""
    return [fact(number, act, subject) for number, act in enumerate(acts(story), 1)]


def grounds_of(facts: Sequence[Fact]) -> set[state.Ground]:
    """What the record has of the reasons of a story's orders; of ``nobody`` it has nothing."""
    told = [one.data for one in facts if isinstance(one.data, kinds.Ordered) and one.data.of != called("nobody")]
    return {state.Ground(data.of, called("person"), data.order_class) for data in told}


def orders_of(story: str) -> state.Orders:
    facts = facts_of(story)
    return state.orders(facts, grounds_of(facts))


def _told(found: Sequence[state.Fault]) -> str:
    return "".join(f"; {one.field} {one.reason}" for one in found)


def order_of(story: str) -> str:
    """The stage of the last order, and what was not applied."""
    folded = orders_of(story)
    stage = folded.orders[-1].stage if folded.orders else "none"
    return f"{stage}{_told(folded.faults)}"


def places_of(story: str) -> str:
    """Where each place was held, from hour to hour."""
    folded = orders_of(story)
    names = {called(name): name for name in ("a", "b")}
    told = []
    for stay in folded.orders[-1].stays:
        left = "" if stay.left is None else f"{(stay.left - NOON) / timedelta(hours=1):g}"
        told.append(f"{names.get(stay.station, stay.mode)} {(stay.since - NOON) / timedelta(hours=1):g}–{left}")
    return ", ".join(told) + _told(folded.faults)


def due_of(story: str) -> str:
    """Each thing to do: the hour by which, and ✓ where it was done."""
    order = orders_of(story).orders[-1]
    return ", ".join(
        f"{one.rule.removeprefix('isolation.')}{one.slot and '#' + one.slot} "
        f"{(one.due - NOON) / timedelta(hours=1):g}{'✓' if one.done_at else ''}"
        for one in due.of_order(order, in_force(date(2020, 1, 24)))
    )


def station_of(story: str) -> str:
    """Permanent and temporary places on 24 January, 1 February and 11 February."""
    folded = state.station(facts_of(story, "station"))
    days = [date(2020, 1, 24), date(2020, 2, 1), date(2020, 2, 11)]
    held = ", ".join(f"{folded.permanent(day)}+{folded.temporary(day)}" for day in days)
    return f"{'closed' if folded.closed else 'open' if folded.data else 'none'} {held}{_told(folded.faults)}"


def need_of(story: str) -> str:
    """How far a need has come, and by which hours it is to be acknowledged and met."""
    folded = state.need(facts_of(story, "need"))
    stage = "met" if folded.met else "acknowledged" if folded.acknowledged else "asked" if folded.asked else "none"
    todo = ", ".join(
        f"{one.rule} {(one.due - NOON) / timedelta(hours=1):g}{'✓' if one.done_at else ''}"
        for one in due.of_need(called("need"), folded, in_force(date(2020, 1, 24)))
    )
    return f"{stage}: {todo}{_told(folded.faults)}"


def allocated(story: str) -> str:
    """People as ``central*3 hospital*1 a*2`` (``a``: to a certain station); ``|`` stations as ``a central 2``."""
    wanted, given = story.split("/")
    people: list[Person] = []
    for word in wanted.split():
        mode, _, times = word.partition("*")
        for _ in range(int(times)):
            one = called(f"p{len(people)}")
            certain = mode not in ("central", "hospital")
            people.append(Person(one, station=called(mode)) if certain else Person(one, kinds.Mode(mode)))
    words = given.split()
    places = [
        Places(called(words[at]), kinds.Mode(words[at + 1]), int(words[at + 2])) for at in range(0, len(words), 3)
    ]
    found = allocate(people, places)
    counts = [sum(1 for _, station in found.placed if station == one.station) for one in places]
    assert len({person for person, _ in found.placed} | set(found.left)) == len(people)
    return f"{' + '.join(map(str, counts))}, left {len(found.left)}"


def watched(story: str) -> str:
    """Residents ``in name hour`` and ``out name hour``, rounds ``round hour unseen=name``, the end ``now hour``."""
    came: dict[str, float] = {}
    went: dict[str, float] = {}
    rounds, now = [], 0.0
    for part in story.split(";"):
        words = part.split()
        if words[0] == "in":
            came[words[1]] = float(words[2])
        elif words[0] == "out":
            went[words[1]] = float(words[2])
        elif words[0] == "round":
            unseen = [called(word.removeprefix("unseen=")) for word in words[2:]]
            rounds.append(Round(NOON + timedelta(hours=float(words[1])), unseen))
        else:
            now = float(words[1])
    present = [
        Presence(called(n), NOON + timedelta(hours=at), NOON + timedelta(hours=went[n]) if n in went else None)
        for n, at in came.items()
    ]
    names = {called(n): n for n in came}
    hours: Callable[[datetime | None], str] = lambda t: "" if t is None else f"{(t - NOON) / timedelta(hours=1):g}"  # noqa: E731
    every = timedelta(hours=in_force(date(2020, 1, 24)).round_h)
    found = gaps(present, rounds, every, NOON + timedelta(hours=now))
    return ", ".join(f"{names[one.person]} {hours(one.since)}–{hours(one.until)}" for one in found) or "none"


def worded(story: str) -> str:
    text, read = in_official_words(story)
    return f"{text} {' '.join(read)}".strip()


WORKING = "working definition"
SPECS = [
    Spec(
        "An order is received, carried out, verified by somebody else, and lifted at its end",
        f"{WORKING}, after the orders of January 2020 that were to be carried out to the letter",
        """
        ordered 0 | issued
        ordered 0; received 1 | received
        ordered 0; received 1; executed 2 | executed
        ordered 0; executed 2 | executed
        ordered 0; received 1; executed 2; verified 3 by=other | verified
        ordered 0; received 1; executed 2; verified 3 by=other; lifted 252 | lifted
        ordered 0; received 1; received 2 | received; order again
        ordered 0; executed 1; executed 2 | executed; order again
        ordered 0; verified 3 by=other | issued; order not_executed
        ordered 0; executed 2; verified 3 | executed; author same_person
        ordered 0; executed 2; verified 3 by=other as_ordered=no | deviates
        ordered 0; executed 2; verified 3 by=other as_ordered=no; executed 4 | executed
        ordered 0; lifted 252; received 253 | lifted; order lifted
        ordered 0; ordered 1 | issued; order again
        ordered 0; ordered 1 order=p | issued; person under_order
        ordered 0; lifted 252; ordered 253 order=p end=400 | issued
        received 1 | none; order unknown_order
        """,
        order_of,
    ),
    Spec(
        "An order for the sake of a case or contact that the record does not have is none",
        f"{WORKING}: without a medical reason there is no order",
        """
        ordered 0 of=nobody | none; of no_ground
        ordered 0 of=nobody order_class=suspected | none; of no_ground
        ordered 0 of=nobody order_class=other reason=flight | issued
        ordered 0 of=nobody; received 1; ordered 2 order=p | issued; of no_ground; order unknown_order
        """,
        order_of,
    ),
    Spec(
        "Impossible times: nothing is done under an order before it was given, nor lifted as over before its end",
        WORKING,
        """
        executed -1; ordered 0 | issued; order before_order
        lifted -1 reason=died; ordered 0 | issued; order before_order
        ordered 0; lifted 251 | issued; reason before_end
        ordered 0; lifted 252 | lifted
        ordered 0; lifted 20 reason=source_excluded | lifted
        ordered 0; extended 1 end=300 | issued
        ordered 0; extended 1 end=252 | issued; end ends_earlier
        ordered 0; extended 1 end=300; lifted 252 | issued; reason before_end
        """,
        order_of,
    ),
    Spec(
        "At home: the home is fit for it, a community and a clinician are named; other reasons are told in words",
        f"{WORKING}; the mode, the responsible clinician and the community are kept with the order",
        """
        ordered 0 fit_home | issued
        ordered 0 mode=home community=530102001 clinician=d | none; suitable not_suitable
        ordered 0 mode=home suitable=no community=530102001 clinician=d | none; suitable not_suitable
        ordered 0 mode=home suitable=yes clinician=d | none; community needs_home
        ordered 0 mode=home suitable=yes community=530102001 | none; clinician needs_home
        ordered 0 fit_home station=a | none; station not_home
        ordered 0 order_class=other | none; reason needs_reason
        ordered 0 order_class=other reason=flight | issued
        """,
        order_of,
    ),
    Spec(
        "From a station or hospital to home only a clinician, who records it; nobody gets round it by a new order",
        f"{WORKING}, against orders of central isolation that were watered down",
        """
        ordered 0; changed 5 mode=home suitable=yes community=530102001 clinician=doctor by=doctor | issued
        ordered 0; changed 5 mode=home suitable=yes clinician=doctor by=doctor | issued; community needs_home
        ordered 0; changed 5 mode=home suitable=yes | issued; clinician needs_clinician
        ordered 0; changed 5 mode=home suitable=yes clinician=doctor | issued; clinician needs_clinician
        ordered 0; changed 5 mode=home clinician=doctor by=doctor | issued; suitable not_suitable
        ordered 0 mode=hospital; changed 5 mode=home suitable=yes | issued; clinician needs_clinician
        ordered 0 mode=hospital; changed 5 mode=central | issued
        ordered 0; changed 5 mode=central | issued; mode no_change
        ordered 0; changed 5 mode=hospital end=100 | issued; end ends_earlier
        ordered 0; lifted 5 reason=died; ordered 6 order=p fit_home | lifted; clinician needs_clinician
        ordered 0; lifted 252; ordered 253 order=p end=400 fit_home | issued
        """,
        order_of,
    ),
    Spec(
        "A place is held from when it is ordered until the person has moved or the order is lifted",
        WORKING,
        """
        ordered 0 station=a | a 0–
        ordered 0 station=a; executed 2; changed 5 mode=central station=b | a 0–, b 5–
        ordered 0 station=a; executed 2; changed 5 mode=central station=b; executed 7 | a 0–7, b 5–
        ordered 0 station=a; changed 5 mode=central station=b | a 0–5, b 5–
        ordered 0 station=a; executed 2; lifted 252 | a 0–252
        ordered 0 station=a; executed 2 station=b | b 0–
        """,
        places_of,
    ),
    Spec(
        "What is to be done by when: an order that is not carried out stays due; a moved person's is made anew",
        "hours of policy/isolation.toml, edition 2020-01",
        """
        ordered 0 | receive 2, execute 12, lift 264
        ordered 0; received 1 | receive 2✓, execute 12, lift 264
        ordered 0; executed 3 | receive 2✓, execute 12✓, verify 27, lift 264
        ordered 0; executed 3; verified 4 by=other | receive 2✓, execute 12✓, verify 27✓, lift 264
        ordered 0; executed 3; verified 4 by=b as_ordered=no | receive 2✓, execute 12✓, verify 27✓, correct 8, lift 264
        ordered 0; executed 3; changed 5 mode=hospital | receive 2✓, execute 12✓, receive#2 7, execute#2 17, lift 264
        ordered 0; changed 5 mode=hospital | receive#2 7, execute#2 17, lift 264
        ordered 0; extended 1 end=300 | receive 2, execute 12, lift 312
        ordered 0; lifted 5 reason=died |
        ordered 0; executed 3; lifted 253 | receive 2✓, execute 12✓, lift 264✓
        """,
        due_of,
    ),
    Spec(
        "A correction replaces, a retraction takes back, whatever came first",
        "the law of the record",
        """
        ordered 0; lifted 20 reason=died; retracted 30 corrects=2 | issued
        ordered 0; executed 3; received 1 corrects=2 | received
        retracted 30 corrects=2; ordered 0 | none
        """,
        order_of,
    ),
    Spec(
        "Temporary beds have their days and are counted apart from permanent places",
        "temporary wards of observation as reported in February 2020",
        """
        opened 0 | open 10+0, 10+0, 10+0
        opened 0; ward 1 beds=5 first=2020-01-24 last=2020-02-10 | open 10+5, 10+5, 10+0
        opened 0; ward 1 beds=5 first=2020-01-30 | open 10+0, 10+5, 10+5
        opened 0; ward 1 beds=5 temporary=no | open 15+0, 15+0, 15+0
        opened 0; ward 1 beds=5; ward 2 beds=7 | open 10+7, 10+7, 10+7
        opened 0; ward 1 first=2020-02-02 last=2020-02-01 | open 10+0, 10+0, 10+0; last no_last_before_first
        opened 0; opened 3 capacity=20 | open 20+0, 20+0, 20+0
        opened 0; closed 4 | closed 10+0, 10+0, 10+0
        opened 0; closed 4; ward 5 | closed 10+0, 10+0, 10+0; station not_open
        ward 1 | none 0+0, 0+0, 0+0; station not_open
        opened 0; logged 8 day=2020-01-25 | open 10+0, 10+0, 10+0; day no_such_day
        """,
        station_of,
    ),
    Spec(
        "Every resident is seen at least once in the interval, by day and by night",
        "24-hour health monitoring of 80 stations, 2020; 4 hours: policy/isolation.toml, edition 2020-01",
        """
        in x 0; now 4 | none
        in x 0; now 4.1 | x 0–
        in x 0; round 4; now 8 | none
        in x 0; round 3; now 8 | x 3–
        in x 0; round 5; now 8 | x 0–5
        in x 0; in y 0; round 4 unseen=y; now 6 | y 0–
        in x 0; in y 0; round 4 unseen=y; round 6; now 8 | y 0–6
        in x 0; out x 3; now 20 | none
        in x 0; out x 9; now 20 | x 0–9
        in x 10; round 3; now 13 | none
        """,
        watched,
    ),
    Spec(
        "A need is acknowledged within two hours and met by its deadline; counselling has rules of its own",
        "needs of people under observation as reported in January 2020; hours of policy/isolation.toml",
        """
        asked 0 | asked: need.acknowledge 2, need.meet 12
        asked 0 urgent=yes | asked: need.acknowledge 1, need.meet 4
        asked 0 category=counselling | asked: need.acknowledge_counselling 2, need.meet_counselling 24
        asked 0 due=2020-01-24T10:00:00+08:00 | asked: need.acknowledge 2, need.meet -2
        asked 0; acknowledged 1 | acknowledged: need.acknowledge 2✓, need.meet 12
        asked 0; met 1 | met: need.acknowledge 2✓, need.meet 12✓
        asked 0; acknowledged 1; acknowledged 2 | acknowledged: need.acknowledge 2✓, need.meet 12; need again
        asked 0; met 1; met 2 | met: need.acknowledge 2✓, need.meet 12✓; need met
        met 1 | none: ; need not_asked
        """,
        need_of,
    ),
    Spec(
        "Many at once: everybody goes to one place, or is told to be left",
        "flight TR188, 24 January 2020: 335 passengers, 2 to hospital, 114 to a hotel, 219 to a centre",
        """
        hospital*2 central*333 / h hospital 2 a central 114 b central 219 | 2 + 114 + 219, left 0
        central*333 hospital*2 / h hospital 5 a central 114 b central 300 | 2 + 114 + 219, left 0
        central*5 / a central 2 b central 2 | 2 + 2, left 1
        hospital*3 / a central 9 | 0, left 3
        b*2 central*3 / a central 1 b central 4 | 1 + 4, left 0
        b*3 / b central 2 | 2, left 1
        central*2 / a central 0 | 0, left 2
        """,
        allocated,
    ),
    Spec(
        "Wordings that stand for official ones are read as these, and it is kept that they were read",
        "a corrupt wording in a report of January 2020",
        """
        实行居家医学管理 | 实行居家医学观察 home_management
        实行居家医学观察 | 实行居家医学观察
        """,
        worded,
    ),
]


def rows(spec: Spec) -> list[tuple[str, str]]:
    """Story and result of each row."""
    found = []
    for line in spec.table.strip().splitlines():
        story, _, result = line.rpartition("|")
        found.append((story.strip(), result.strip()))
    return found


def page() -> str:
    """The specification as Markdown."""
    parts = ["# Isolation\n"]
    for spec in SPECS:
        parts += [f"\n## {spec.title}\n", f"Source: {spec.source}.\n", "| story | comes to |", "|---|---|"]
        parts += [f"| {story} | {result} |" for story, result in rows(spec)]
    return "\n".join(parts)


if __name__ == "__main__":
    print(page())
