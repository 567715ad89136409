"""Kinds of notices with their clocks, the chain of reports and the playbooks, by the edition of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from lianfang.capabilities.command.facts.instructions import InstructionKind
from lianfang.capabilities.command.facts.reports import Instance
from lianfang.capabilities.command.rules.dated import edition


class Sort(NamedTuple):
    """A kind of notice. ``act`` is None where nothing is to be done."""

    code: InstructionKind
    zh: str
    en: str
    audience: str
    read: timedelta
    act: timedelta | None


def sorts(day: date) -> dict[InstructionKind, Sort]:
    """The kinds of notices that there are on a day."""
    return {
        InstructionKind(code): Sort(
            InstructionKind(code), one["zh"], one["en"], one["audience"], timedelta(hours=one["read_h"]),
            timedelta(hours=one["act_h"]) if "act_h" in one else None,
        )
        for code, one in edition("instructions", day)["kinds"].items()
    }  # fmt: skip


class Step(NamedTuple):
    """That a report arrives at an instance: it can since the one before has it, and is late after ``due``. None where
    the one before does not have it yet."""

    to: Instance
    begins: datetime
    due: datetime
    done: datetime | None


def chain(found: datetime, arrived: dict[Instance, datetime], day: date) -> list[Step]:
    """The steps of a report that were made, and the one that is to be made now; each is due so long after the step
    before was made."""
    its, steps, before = edition("report_chain", day)["steps"], list[Step](), found
    for to in Instance:
        at = arrived.get(to)
        steps.append(Step(to, before, before + timedelta(hours=its[to.value]), at))
        if at is None:
            break
        before = at
    return steps


class Playbook(NamedTuple):
    """A playbook, and of which disease the case that it answers is taken to be."""

    code: str
    edition: str
    zh: str
    en: str
    disease: str
    source: str
    source_zh: str


def playbooks(day: date) -> dict[str, Playbook]:
    """The playbooks of a day, by code."""
    its = edition("playbooks", day)
    return {
        code: Playbook(code, its["code"], **one, source=its["source"], source_zh=its["source_zh"])
        for code, one in its["playbooks"].items()
    }
