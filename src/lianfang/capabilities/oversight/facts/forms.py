"""The kinds of fact about forms that offices ask people to fill in: what each is for and until when, and that those
which no law requires rest."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import Code, Day, FactData, OfficialText

_NAMES: Final = UUID("0b8f4f0e-7a55-5a5c-8d3f-9a1b0f6c2d71")
MOST_FIELDS: Final = 200
Words = Annotated[OfficialText, Field(min_length=1, max_length=200, pattern=r"\S")]
Token = Annotated[Code, Field(max_length=32)]


def form_id(area: str, code: str) -> UUID:
    """The id of a form that an area asks for: the same when it is registered again."""
    return uuid5(_NAMES, f"form|{area}|{code}")


def burden_id(area: str) -> UUID:
    """The subject of what an area has said of all its forms together."""
    return uuid5(_NAMES, f"burden|{area}")


class AskedField(BaseModel):
    """One field of a form. A code that the record has already is not asked: it is taken from there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Token
    zh: Words
    en: Annotated[OfficialText, Field(max_length=200)] = ""


class FormRegistered(FactData, kind="form.registered", version=1, founds=True):
    """An office asks for a form: on what basis, what for, until when, and what it costs who fills it in."""

    code: Token
    zh: Words
    en: Annotated[OfficialText, Field(max_length=200)] = ""
    basis: Code
    """The provision that it stands on, by its code in the policy."""
    doc_no: Words
    """The document that asks for it."""
    purpose: Words
    ends: Day
    minutes: Annotated[int, Field(ge=1, le=480)]
    """What filling it in once takes."""
    times_a_day: Annotated[float, Field(gt=0, le=50)]
    """How often one worker fills it in on a day: 0.2 is once in five days."""
    fields: Annotated[tuple[AskedField, ...], Field(min_length=1, max_length=MOST_FIELDS)]


class FormsSuspended(FactData, kind="form.all_suspended", version=1, founds=True):
    """One act: all forms that no law requires rest, in the area (the envelope's) and below."""

    reason: Words


class FormsResumed(FactData, kind="form.all_resumed", version=1):
    """They are asked for again."""
