"""Facts of which registers make what they can before it is their turn, as they do of what devices send."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lianfang.facts import log
from lianfang.facts.ahead import Holding
from lianfang.facts.fact import Fact
from lianfang.facts.log import Outcome, Principal
from lianfang.facts.sent import from_facts

AT_ONCE = 3


def append_made_ahead(facts: Sequence[Fact], size: int, principal: Principal) -> list[Outcome]:
    """Appends batches; of a few at once all is made before the first two are appended together and the last after
    them, so that much of it has changed by then."""
    batches = [from_facts(facts[start : start + size], principal) for start in range(0, len(facts), size)]
    told: list[Outcome] = []
    for start in range(0, len(batches), AT_ONCE):
        some = batches[start : start + AT_ONCE]
        for one in some:
            log.make_ahead([one])
        told += [outcome for outcomes in log.append_together(some[:2]) for outcome in outcomes]
        for one in some[2:]:
            told += log.append_sent(one)
    return told


class Held:
    """How often what a register made was put in."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        of = Holding.of

        def counted(holding: Holding, register: object) -> object:
            found = of(holding, register)  # type: ignore[arg-type]
            self.times += len(found)
            return found

        monkeypatch.setattr(Holding, "of", counted)
