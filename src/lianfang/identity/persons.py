"""The policy of persons: what may be entered, which documents there are, what masks show."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str


class Limits(_Part):
    """The most that is taken."""

    oldest_years: int
    name_characters: int
    address_characters: int
    text_characters: int
    number_characters: int
    documents: int
    phones: int


class Mask(_Part):
    """Characters shown at most at the head and at the tail, and hidden at least."""

    head: int
    tail: int
    hidden: int


class DocumentKind(_Part):
    """A kind of document; ``country`` is the one that issues it, where there is only one."""

    zh: str
    en: str
    pattern: re.Pattern[str]
    zh_form: str
    en_form: str
    check: Literal["gb11643"] | None = None
    country: str | None = None


class Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date
    limits: Limits
    masks: dict[Literal["document", "phone"], Mask]
    documents: dict[str, DocumentKind]


@cache
def policy() -> Policy:
    """The packaged policy."""
    return Policy.model_validate(tomllib.loads((files(__package__) / "policy" / "persons.toml").read_text("utf-8")))
