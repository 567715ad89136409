"""What the record of a visit carries for whoever looks whether it is true (QA-01).

The marks of made-up work can be told from the record alone, and honest work has none of them.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import groupby

from lianfang.facts import log
from lianfang.facts.fact import Entry
from tests.screening.made import Desk, fact, visit, well

FASTEST_A_MINUTE, LONGEST_RUN, LATE = 2, 4, timedelta(hours=24)
"""Of this trial alone: what is too fast, too alike and too late is for whoever looks."""
MARKS = {"fast", "alike", "outside the shift", "late", "no code at the door", "too short"}
Shift = tuple[datetime, datetime]


def marks(entries: list[Entry], shift: Shift) -> set[str]:
    """Which marks of made-up work the visits of one worker have."""
    when = [one.fact.observed_at - (one.fact.clock_offset or timedelta()) for one in entries]
    minutes = Counter((one.fact.author, one.fact.device, at.replace(second=0, microsecond=0))
                      for one, at in zip(entries, when, strict=True))  # fmt: skip
    answers = [tuple(seen.temp_c for seen in one.fact.data.members) for one in entries]
    told = {
        "fast": max(minutes.values()) > FASTEST_A_MINUTE,
        "alike": max(len(list(run)) for _, run in groupby(answers)) >= LONGEST_RUN,
        "outside the shift": any(not shift[0] <= at <= shift[1] for at in when),
        "late": any(one.received_at - at > LATE for one, at in zip(entries, when, strict=True)),
        "no code at the door": any(one.fact.data.evidence == "none" for one in entries),
        "too short": any(one.fact.data.minutes is not None and one.fact.data.minutes < 0.2 for one in entries),
    }
    return {name for name, marked in told.items() if marked}


CASES = [
    (180, False, 3, 0, "qr", 2.0, set()),
    (180, False, 3, 7200, "qr", 2.0, set()),  # a clock that is fast is no mark: what it was off by is on record
    (5, False, 3, 0, "qr", 2.0, {"fast"}),
    (180, True, 3, 0, "qr", 2.0, {"alike"}),
    (180, False, 7, 0, "qr", 2.0, {"outside the shift"}),
    (180, False, 30, 0, "qr", 2.0, {"late", "outside the shift"}),
    (180, False, 3, 0, "none", 2.0, {"no code at the door"}),
    (180, False, 3, 0, "qr", 0.05, {"too short"}),
    (5, True, 30, 0, "none", 0.05, MARKS),
]
"""Seconds between visits, whether all have one temperature, hours back, what the clock is off by, the code at the door,
minutes of a form; and the marks."""


def test_qa_01_marks_of_made_up_work_are_told_from_the_record_alone(desk: Desk) -> None:
    home, (person, *_) = desk.home(desk.grid(), "101")
    round, now = desk.round(), list(log.read())[-1].received_at
    for every_s, alike, back_h, offset_s, evidence, minutes, found in CASES:
        begins, off = now.replace(second=0, microsecond=0) - timedelta(hours=back_h), timedelta(seconds=offset_s)
        sent = []
        for n in range(5):
            member = {**well(person), "temp_c": 36.5 if alike else 36.3 + n / 10}
            data = visit(round, member, evidence=evidence, minutes=minutes)
            one = fact(data, home, begins + timedelta(seconds=n * every_s) + off)
            sent.append(one.model_copy(update={"clock_offset": off}))
        desk.sent(*sent)
        ids = {one.id for one in sent}
        told = [entry for entry in log.read(kinds={"visit.made"}) if entry.fact.id in ids]
        assert len(told) == 5
        assert marks(told, (now - timedelta(hours=5), now)) == found
