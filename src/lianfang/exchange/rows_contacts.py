"""A row of a list of contacts as exposures: one for each source that it names. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from lianfang.capabilities.contacts.facts import Certainty, Exposed, Exposure
from lianfang.capabilities.contacts.rules.windows import plausible_from
from lianfang.capabilities.contacts.state.contact import fold
from lianfang.exchange.cells import Told
from lianfang.exchange.drafts import ZONE, Draft, Maker, disease_fault, edition_on, id_of
from lianfang.exchange.faults import Fault, fault

Sources = Callable[[int, Any, str, str], tuple[Sequence[UUID], Sequence[Fault]]]
"""The cases that a row's words name (row, words, disease, area), and what is wrong with them."""


def draft(listed: UUID, told: Told, sources: Sources, now: datetime) -> Draft:
    """The contact of a row. ``now`` is when the list was sent: who has no day of registration was registered then."""
    said, row = told.said, told.row
    subject = id_of(listed, row, "contact")
    made = Draft(row, subject, said.get("area", ""), said.get("disease", ""), said.get("number", ""))
    made.faults, made.person = list(told.faults), id_of(listed, row, "person")
    if not made.good:
        return made
    if wrong := disease_fault(row, made.disease):
        made.faults.append(wrong)
        return made
    named: Sequence[UUID] = ()
    if "source" in told.raw:
        named, wrongs = sources(row, told.raw["source"], made.disease, made.area)
        made.faults += wrongs
    last = said["last"].latest or said["last"].earliest
    edition = edition_on(made.disease, last, made.area)
    if edition is None:
        made.faults.append(fault(row, "last", "no_edition"))
    if made.good and edition:
        _write(made, said, last, edition.code, named, now, listed)
    return made


def _write(
    made: Draft, said: Any, last: date, edition: str, named: Sequence[UUID], now: datetime, listed: UUID
) -> None:
    certainty = Certainty(said.get("certainty", Certainty.CERTAIN if len(named) < 2 else Certainty.POSSIBLE))
    registered = said.get("registered") or now
    maker = Maker(listed, made.row, made.subject, made.area, now)
    try:
        for source in named or (None,):
            exposure = Exposure(
                source=source, first=said.get("first"), last=last, setting=said.get("setting", "other"),
                closeness=said.get("closeness", ()), relation=said.get("relation"), certainty=certainty,
                protected=said.get("protected", False), conveyance=said.get("conveyance"),
            )  # fmt: skip
            data = Exposed(
                disease=made.disease, edition=edition, person=None, exposure=exposure,
                number=made.number or None, batch=listed,
            )  # fmt: skip
            maker.add(data, registered, len(maker.made))
    except ValidationError:
        made.faults.append(fault(made.row, "first", "reversed"))
        return
    made.facts = maker.made
    if any(one.observed_at > now for one in made.facts):
        made.faults.append(fault(made.row, "registered", "in_future"))
    least = plausible_from(made.disease)
    if least is not None and (said.get("first") or last) < least:
        made.faults.append(fault(made.row, "first" if "first" in said else "last", "too_old", least=least))
    if last > now.astimezone(ZONE).date():
        made.faults.append(fault(made.row, "last", "in_future"))
    state = fold(made.facts)
    for wrong in state.faults if state else ():
        made.faults.append(fault(made.row, wrong.field, "contradicts", zh=wrong.zh, en=wrong.en))
