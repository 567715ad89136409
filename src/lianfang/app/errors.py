"""The error that a user can mend."""

from __future__ import annotations


class Unusable(Exception):
    """Something the user gave, or the machine lacks. The message says what to do, in a line or one for each fault."""


class DatabaseError(Unusable):
    """The database cannot be used as it is."""
