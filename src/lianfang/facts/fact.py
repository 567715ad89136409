"""The fact: something seen, decided or issued, at a time, by someone. Appended, never changed."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class FactData(BaseModel):
    """The fields of one kind of fact. Subclass it in a capability's ``facts.py``, once a kind and version::

        class Visited(FactData, kind="screening.visited", version=1): ...

    Fields hold codes, numbers, dates, places and official text only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    version: ClassVar[int]

    def __init_subclass__(cls, *, kind: str, version: int, **options: object) -> None:
        super().__init_subclass__(**options)
        cls.kind, cls.version = kind, version

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Takes the class keywords that ``__init_subclass__`` has read."""
