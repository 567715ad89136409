"""The law of every register, in a trial of many acts: held after each act with ``--long``, else once at the trial's
end (``tests.database.emptied`` sees to it)."""

from __future__ import annotations

from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests import daily


class _Due:
    at_the_end = False


def acted() -> None:
    """Something was recorded, or refused: the registers must be what a refold gives, now or at the trial's end."""
    if daily.long():
        assert_incremental_equals_refold()
    else:
        _Due.at_the_end = True


def begin() -> None:
    _Due.at_the_end = False


def end() -> None:
    """Holds the registers against the record where something acted since ``begin``."""
    if _Due.at_the_end:
        _Due.at_the_end = False
        assert_incremental_equals_refold()
