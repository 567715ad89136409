"""The rules of tasks and of arrivals: text tables, an expression for each row, and what it must give.

Hours count from 08:00 of 28 January 2020 in China. Print as a page: ``python -m tests.spec.spec_tasks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from lianfang.capabilities.checkpoints.facts import Conveyance, HelpState
from lianfang.capabilities.checkpoints.rules import in_force, is_key, obligations, unwell, watched
from lianfang.capabilities.checkpoints.state import CST, NEXT, Arrival, Measure, Noted
from lianfang.capabilities.tasks.rules import Obligation, climbed, policy, progress

EIGHT = datetime(2020, 1, 28, tzinfo=UTC)
SUBJECT = UUID(int=1)


class Spec(NamedTuple):
    """``table``: a row a case; its cells are the names of ``expression``, its column ``=`` what that must give. A cell
    is a number, a day, words, or empty (None)."""

    title: str
    source: str
    table: str
    expression: str


SPECS = [
    Spec(
        "Where a task stands follows from its times and the clock: nothing is ticked",
        "working definition; overdue by the clock, not by a stored tick",
        """
        begins | due | lapses | done | now | =
        0      | 4   |        |      | -1  | ahead
        0      | 4   |        |      | 0   | open
        0      | 4   |        |      | 4   | open
        0      | 4   |        |      | 5   | late
        0      | 4   | 12     |      | 11  | late
        0      | 4   | 12     |      | 12  | missed
        0      | 4   | 12     | 3    | 2   | open
        0      | 4   | 12     | 3    | 3   | done
        0      | 4   | 12     | 4    | 99  | done
        0      | 4   | 12     | 6    | 5   | late
        0      | 4   | 12     | 6    | 6   | done_late
        """,
        "progress(task(begins, due, lapses, done), hour(now))",
    ),
    Spec(
        "Whom a late measurement of a key person has reached: who is assigned, then the town",
        "measured at set times by an assigned person: a county of Yunnan as reported on 28 January 2020; the hours are "
        "a working definition",
        """
        assignee | now | =
        w        | 4   |
        w        | 5   | assignee
        w        | 6   | town
        w        | 27  | town
        w        | 28  | county
                 | 4   |
                 | 5   | town
                 | 27  | town
                 | 28  | county
        """,
        "reached('arrival.measure', assignee, now)",
    ),
    Spec(
        "Whom a late hand-over of an arrival has reached",
        "within 24 hours: working definition, after the monitoring of people on the move reported on 28 January 2020",
        """
        assignee | now | =
        w        | 4   |
        w        | 5   | assignee
        w        | 6   | town
        w        | 16  | county
        w        | 28  | prefecture
                 | 5   | town
        """,
        "reached('arrival.hand_over', assignee, now)",
    ),
    Spec(
        "The slots of a key person's first day begin with the one that is not over on arrival",
        "two slots a day for 14 days as for contacts: prevention and control plan, second edition, 22 January 2020",
        """
        arrived | =
        -2      | am 07:00-12:00, pm 14:00-20:00
        1       | am 09:00-12:00, pm 14:00-20:00
        4       | pm 14:00-20:00
        7       | pm 15:00-20:00
        12      |
        """,
        "first_day(arrived)",
    ),
    Spec(
        "A key person is measured from the day of arrival to the end of the fourteenth day after it",
        "14 days: prevention and control plan, second edition, 22 January 2020",
        """
        arrived             | =
        2020-01-28T09:00+08 | 2020-01-28 to 2020-02-11
        2020-01-28T23:59+08 | 2020-01-28 to 2020-02-11
        2020-01-28T16:30+00 | 2020-01-29 to 2020-02-12
        """,
        "'{} to {}'.format(*watched(datetime.fromisoformat(arrived)))",
    ),
    Spec(
        "Who is a key person by the day's list of areas, where the list gives nothing else",
        "areas as listed: profile of the disease; a stay within 14 days counts",
        """
        came_from | on         | =
        420100    | 2020-01-28 | yes
        420106    | 2020-01-28 | yes
        429004    | 2020-01-28 | yes
        310000    | 2020-01-28 | no
        420100    | 2019-12-07 | no
        420100    | 2020-04-20 | yes
        420100    | 2020-04-22 | no
                  | 2020-01-28 | no
        """,
        "yes(is_key(came_from, datetime.combine(on, datetime.min.time(), CST)))",
    ),
    Spec(
        "Who is brought to a fever clinic",
        "37.3 °C: diagnosis and treatment plan, fifth edition, 4 February 2020; or symptoms",
        """
        temp | symptoms | =
        37.2 |          | no
        37.3 |          | yes
        36.5 | cough    | yes
             |          | no
             | cough    | yes
        """,
        "yes(unwell(measure(temp, symptoms), in_force(date(2020, 1, 28))))",
    ),
    Spec(
        "How a call for help may go on",
        "working definition",
        """
        from         | =
        asked        | not_possible, settled, taken_up
        taken_up     | not_possible, settled
        not_possible | settled, taken_up
        settled      |
        """,
        "', '.join(sorted(NEXT[HelpState(row['from'])])) or None",
    ),
]


def hour(after: float) -> datetime:
    return EIGHT + timedelta(hours=after)


def task(begins: float, due: float, lapses: float | None, done: float | None) -> Obligation:
    times = {"lapses": lapses, "done_at": done}
    more = {name: None if value is None else hour(value) for name, value in times.items()}
    return Obligation("arrival.measure", SUBJECT, "530102", hour(begins), hour(due), **more)


def reached(rule: str, assignee: str | None, now: float) -> object:
    """Whom a task that was due at hour 4 has reached."""
    one = task(0, 4, None, None)
    return climbed(policy().rules[rule], one, assignee or "", progress(one, hour(now)), hour(now))


def arrival(arrived: float) -> Arrival:
    return Arrival("a", SUBJECT, Conveyance.TRAIN, None, hour(arrived), None, "530102", True, None, SUBJECT)


def first_day(arrived: float) -> str | None:
    """The slots of the first day, each from when it can be made until it is due."""
    told = obligations(SUBJECT, arrival(arrived), hour(-8), hour(16))
    slots = [
        f"{one.slot[-2:]} {one.begins.astimezone(CST):%H:%M}-{one.due.astimezone(CST):%H:%M}"
        for one in told
        if one.slot
    ]
    return ", ".join(slots) or None


def measure(temp: float | None, symptoms: str | None) -> Measure:
    return Measure(Noted(SUBJECT, EIGHT, "w"), EIGHT.date(), "am", temp, (symptoms,) if symptoms else ())


def yes(found: bool) -> str:
    return "yes" if found else "no"


NAMES = {
    "CST": CST, "HelpState": HelpState, "NEXT": NEXT, "date": date, "datetime": datetime, "first_day": first_day,
    "hour": hour, "in_force": in_force, "is_key": is_key, "measure": measure, "progress": progress,
    "reached": reached, "task": task, "unwell": unwell, "watched": watched, "yes": yes, "str": str,
}  # fmt: skip


def rows(spec: Spec) -> list[dict[str, str]]:
    """The rows of a table, by the titles of its columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in spec.table.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def judged(spec: Spec, row: Mapping[str, str]) -> str:
    """What the expression gives for a row, as the table writes it."""
    cells = {title: _value(title, cell) for title, cell in row.items() if title not in ("=", "from")}
    found = eval(spec.expression, {**NAMES, **cells, "row": row})
    return "" if found is None else str(found)


def _value(title: str, cell: str) -> Any:
    if not cell:
        return None
    if title == "on":
        return date.fromisoformat(cell)
    if title in ("came_from", "assignee", "symptoms"):
        return cell
    try:
        return float(cell)
    except ValueError:
        return cell


def page() -> str:
    """The specification as Markdown."""
    parts = ["# Tasks and arrivals\n"]
    for spec in SPECS:
        found = rows(spec)
        parts += [f"\n## {spec.title}\n", f"Source: {spec.source}.\n", f"`{spec.expression}`\n"]
        parts += [f"| {' | '.join(found[0])} |", f"|{'---|' * len(found[0])}"]
        parts += [f"| {' | '.join(row.values())} |" for row in found]
    return "\n".join(parts)


if __name__ == "__main__":
    print(page())
