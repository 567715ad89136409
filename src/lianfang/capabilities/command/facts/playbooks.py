"""A set of tasks that one event begins. The subject is the run; nothing in it tells of a person."""

from __future__ import annotations

from uuid import UUID, uuid5

from lianfang.capabilities.command.facts.base import NAMES
from lianfang.facts.fact import Code, FactData, Time


def playbook_id(area: str, playbook: str) -> UUID:
    """What begins once in an area is one run, whoever begins it."""
    return uuid5(NAMES, f"playbook|{area}|{playbook}")


class PlaybookBegun(FactData, kind="playbook.begun", version=1, founds=True):
    """The tasks of a playbook of the policy begin in the community."""

    playbook: Code
    edition: Code
    starts: Time
