"""The kinds of fact about emergency projects: so many parts that pass ordered stages against the clock."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.capabilities.supplies.facts.stock import Name
from lianfang.facts.fact import Code, FactData, Time

MOST_STAGES, MOST_PARTS = 20, 10**7


class Step(BaseModel):
    """A stage that every part passes after the one before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[Code, Field(max_length=32)]
    zh: Name
    en: Name


class ProjectOpened(FactData, kind="project.opened", version=1, founds=True):
    """An emergency project; opened again under its id, the later particulars count."""

    zh: Name
    en: Name
    parts: Annotated[int, Field(ge=1, le=MOST_PARTS)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MOST_STAGES)]
    begins: Time
    due: Time

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.due <= self.begins:
            raise ValueError("end is not after start")
        if len({one.code for one in self.steps}) < len(self.steps):
            raise ValueError("a stage is named twice")
        return self


class ProgressMade(FactData, kind="project.progress_made", version=1):
    """How many parts have passed a stage by now, from the first on."""

    step: Annotated[Code, Field(max_length=32)]
    done: Annotated[int, Field(ge=0, le=MOST_PARTS)]


PROJECT_KINDS: Final = (ProjectOpened, ProgressMade)
