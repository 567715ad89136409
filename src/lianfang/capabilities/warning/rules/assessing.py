"""The template of a risk assessment (``policy/assessment.toml``): its questions, with figures filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.warning.rules.grading import Title


class Section(Title):
    """A question, and the codes of the lines that go with it."""

    code: str
    lines: tuple[str, ...]


class Template(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    days: Annotated[int, Field(ge=1)]
    source: str
    section: tuple[Section, ...]
    lines: Mapping[str, Title]


class Filled(NamedTuple):
    """A question with its lines."""

    code: str
    zh: str
    en: str
    lines: tuple[Title, ...]


@cache
def template() -> Template:
    """The policy."""
    file = resources.files("lianfang.capabilities.warning").joinpath("policy/assessment.toml")
    return Template.model_validate(tomllib.loads(file.read_text("utf-8")))


def filled(figures: Mapping[str, int]) -> list[Filled]:
    """The questions with their lines. Raises KeyError for a figure that a line names and that is not given."""
    lines = template().lines
    return [
        Filled(one.code, one.zh, one.en, tuple(_line(lines[code], figures) for code in one.lines))
        for one in template().section
    ]


def _line(line: Title, figures: Mapping[str, int]) -> Title:
    return Title(zh=line.zh.format_map(figures), en=line.en.format_map(figures))
