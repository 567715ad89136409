"""A row of a line list as the facts of a case. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from pydantic import ValidationError

from lianfang.capabilities.cases.facts import (
    About,
    Admitted,
    CaseOutcome,
    Class,
    Classified,
    ClinicalSeverity,
    Described,
    Ended,
    InfectionSource,
    Isolated,
    Reported,
    Sex,
    SourceDetermined,
    Stay,
)
from lianfang.capabilities.cases.state import fold
from lianfang.exchange.cells import Told
from lianfang.exchange.dates import Span
from lianfang.exchange.drafts import NOON, ZONE, Draft, Maker, days, disease_fault, edition_on, id_of
from lianfang.exchange.faults import fault
from lianfang.exchange.mapping import Mapping

UNKNOWN: Final = "unknown"
_ISOLATED, _ADMITTED, _DECIDED, _SOURCE, _MORE, _ENDED = 1, 2, 3, 4, 5, 9
_BASES: Final = {Class.EXCLUDED: "tests_negative", Class.CLINICAL: "clinical", Class.PROBABLE: "clinical"}
_FIRST: Final = ("reported", "suspected", "confirmed", "excluded")


def draft(listed: UUID, told: Told, sheet: Mapping, now: datetime) -> Draft:
    """The case of a row: report, decisions, care and outcome as far as the row tells them."""
    said = told.said
    subject = id_of(listed, told.row, "case")
    made = Draft(told.row, subject, said.get("area", ""), said.get("disease", ""), said.get("number", ""))
    made.faults = list(told.faults)
    made.onset, made.person = said.get("onset"), id_of(listed, told.row, "person")
    made.infected_by, made.linked_to = told.raw.get("infected_by"), told.raw.get("linked_to")
    if not made.good:
        return made
    if wrong := disease_fault(told.row, made.disease):
        made.faults.append(wrong)
        return made
    day = min((said[name] for name in _FIRST if name in said), default=None)
    to = _class(said)
    if day is None or to is None:
        made.faults.append(fault(told.row, "reported" if day is None else "class", "missing"))
        return made
    try:
        _write(made, told, sheet, day, to, listed, now)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        made.faults.append(
            fault(told.row, where or "row", "contradicts", zh="取值不符", en="not a value that it can have")
        )
        return made
    _judge(made, said, now)
    return made


def _class(said: Any) -> Class | None:
    """What the case counts as in the end: as the list says, else as its last deciding day says."""
    if "class" in said:
        return Class(said["class"])
    for name, to in (("confirmed", Class.CONFIRMED), ("excluded", Class.EXCLUDED), ("suspected", Class.SUSPECTED)):
        if name in said:
            return to
    return None


def _write(made: Draft, told: Told, sheet: Mapping, day: date, to: Class, listed: UUID, now: datetime) -> None:
    said = told.said
    edition = edition_on(made.disease, day, made.area)
    if edition is None:
        made.faults.append(fault(made.row, "reported", "no_edition"))
        return
    decided = said.get("excluded" if to is Class.EXCLUDED else "confirmed")
    first = to
    if to is Class.EXCLUDED:
        first = Class.SUSPECTED
    elif decided is not None and decided > day:
        first = Class.SUSPECTED if "suspected" in said else Class.REPORTED
    maker = Maker(listed, made.row, made.subject, made.area, now)
    now_known, later = _about(made, told, sheet, day)
    severity = None if Class.ASYMPTOMATIC in (to, first) else said.get("severity")
    assert made.person is not None
    maker.add(
        Reported(
            person=made.person, disease=made.disease, edition=edition.code, as_class=first, about=now_known,
            severity=severity and ClinicalSeverity(severity), number=made.number or None, batch=listed,
        ),
        day, 0,
    )  # fmt: skip
    if first is not to:
        on = edition_on(made.disease, decided or day, made.area) or edition
        basis = _BASES.get(to, "laboratory")
        maker.add(Classified(to=to, edition=on.code, basis=basis), decided or day, _DECIDED)
    for about, on_day in later:
        maker.add(Described(about=about), on_day, _MORE)
    _care(maker, said, day)
    _end(made, maker, said)
    made.facts = maker.made


def _about(made: Draft, told: Told, sheet: Mapping, day: date) -> tuple[About, list[tuple[About, date]]]:
    """What the report card tells, and what could only be told later: an onset after the report."""
    said = told.said
    plain: dict[str, Any] = {
        "sex": Sex(said["sex"]) if "sex" in said else None,
        "age_years": said.get("age"),
        "occupation": said.get("occupation"),
        "health_worker": said.get("health_worker"),
        "residence": said.get("residence"),
        "stay": said.get("stay"),
        "symptoms": said.get("symptoms"),
        "no_symptoms": True if "onset" in told.never else None,
    }
    later: list[tuple[About, date]] = []
    onset = days(said["onset"], day) if "onset" in said else None
    if onset and onset.earliest > day:
        later.append((About(onset=onset), onset.latest))
        if said.get("class") != Class.ASYMPTOMATIC:
            made.faults.append(fault(made.row, "onset", "onset_after"))
    else:
        plain["onset"] = onset
    if visit := said.get("first_visit"):
        about = {"first_visit": datetime.combine(visit, NOON, ZONE)}
        if visit > day:
            later.append((About(**about), visit))
        else:
            plain |= about
    if "infected" in said:
        plain["infected"] = days(said["infected"], min(onset.latest, day) if onset else day)
    if stay := _stay(made, said, sheet, day):
        plain["stays"] = (stay,)
    return About(**{name: value for name, value in plain.items() if value is not None}), later


def _stay(made: Draft, said: Any, sheet: Mapping, day: date) -> Stay | None:
    """A stay elsewhere; of one whose first or last day alone is known, the other lies before or after it."""
    if not {"stay_first", "stay_last"} & said.keys():
        return None
    if "stayed_in" not in said:
        made.faults.append(fault(made.row, "stayed_in", "left_out"))
        return None
    first, last = said.get("stay_first"), said.get("stay_last")
    if first is None:
        if sheet.earliest is None:
            made.faults.append(fault(made.row, "stay_first", "left_out"))
            return None
        first = Span(min(sheet.earliest, last.earliest), last.latest)
    if last is None:
        last = Span(first.earliest, None)
    return Stay(area=said["stayed_in"], first=days(first, day), last=days(last, day))


def _care(maker: Maker, said: Any, day: date) -> None:
    if "isolated" in said:
        where = "hospital" if said.get("admitted") == said["isolated"] else UNKNOWN
        maker.add(Isolated(where=where), said["isolated"], _ISOLATED)
    if "admitted" in said:
        maker.add(Admitted(hospital=said.get("hospital", UNKNOWN), designated=False), said["admitted"], _ADMITTED)
    if "source" in said or "came_from" in said:
        source = InfectionSource(said.get("source", InfectionSource.IMPORTED))
        maker.add(SourceDetermined(source=source, came_from=said.get("came_from")), day, _SOURCE)


def _end(made: Draft, maker: Maker, said: Any) -> None:
    """How the case ended. An outcome without its day is left out: when it happened is not known."""
    outcome = said.get("outcome")
    ended = {CaseOutcome.RECOVERED: said.get("recovered"), CaseOutcome.DIED: said.get("died")}
    if outcome and not ended[CaseOutcome(outcome)]:
        ended[CaseOutcome(outcome)] = said.get("ended")
        if "ended" not in said:
            made.faults.append(fault(made.row, "outcome", "left_out"))
    for its, day in ended.items():
        if day is not None:
            maker.add(Ended(outcome=its), day, _ENDED)


def _judge(made: Draft, said: Any, now: datetime) -> None:
    """Adds the days that are yet to come, and what in the facts contradicts itself by the rules of cases."""
    if not made.facts:
        return
    today = now.astimezone(ZONE).date()
    made.faults += [fault(made.row, name, "in_future") for name, value in said.items() if _begins(value, today) > today]
    state = fold(made.facts)
    for wrong in state.faults if state else ():
        made.faults.append(fault(made.row, wrong.field, "contradicts", zh=wrong.zh, en=wrong.en))


def _begins(value: Any, otherwise: date) -> date:
    """The first day that a value may mean; ``otherwise`` where it is no day."""
    if isinstance(value, Span):
        return value.earliest or otherwise
    return value if isinstance(value, date) else otherwise
