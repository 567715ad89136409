"""A register for trials: each household's visits, whatever the order in which they arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import connection

from lianfang.facts import log
from lianfang.facts.fact import Entry, folding_order


class Households:
    name = "trial.households"
    kinds: ClassVar[frozenset[str]] = frozenset({"trial.visited", "trial.closed"})
    tables = ("trial_household",)

    def apply(self, entries: Sequence[Entry]) -> None:
        """Refolds the households that the new facts are about."""
        subjects = {entry.fact.subject for entry in entries}
        upto = entries[-1].seq
        visits: dict = {subject: [] for subject in subjects}
        for entry in log.read(upto=upto, kinds=self.kinds, subjects=subjects):
            visits[entry.fact.subject].append(entry.fact)
        with connection.cursor() as cursor:
            for subject, facts in visits.items():
                facts.sort(key=folding_order)
                temps = [fact.data.temp_c for fact in facts if fact.kind == "trial.visited"]
                cursor.execute(
                    "INSERT INTO trial_household (subject, visits, last_temp_c, closed) VALUES (%s, %s, %s, %s) "
                    "ON CONFLICT (subject) DO UPDATE SET visits = excluded.visits, "
                    "last_temp_c = excluded.last_temp_c, closed = excluded.closed",
                    [subject, len(temps), temps[-1] if temps else None, len(temps) < len(facts)],
                )
