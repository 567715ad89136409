"""Cases as the routes show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lianfang.accounts.roster import names_of
from lianfang.capabilities.cases.api.forms import (
    CaseCardOut,
    CaseFactOut,
    CaseFaultOut,
    CaseOut,
    CaseProposalOut,
    CaseStayOut,
    CaseTitleOut,
    CheckOut,
    DecidedOut,
    HospitalOut,
    IntervalOut,
    ObligationOut,
    ResultOut,
    SampleOut,
)
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.cases.queries import COLUMNS, CardOf, Told
from lianfang.capabilities.cases.state import Sample
from lianfang.profiles.disease import NoProfile, profile

_SAME = (
    "person", "disease", "edition", "number", "batch", "area", "author", "to", "severity", "source", "came_from",
    "outcome", "reported_at", "ended_at", "isolated_at", "isolated_where", "treated_at", "investigated_at", "contacts",
    "about",
)  # fmt: skip
"""What the card shows as the state has it."""


def case_out(row: CaseRow, columns: Iterable[str]) -> Any:
    """A case of a list."""
    return CaseOut(**{name: getattr(row, name) for name in {*columns, "subject"}})


def card_out(card: CardOf) -> CaseCardOut:
    """A case's card."""
    state = card.state
    return CaseCardOut(
        case=state.subject,
        **{name: getattr(state, name) for name in _SAME},
        edition_title=card.edition and CaseTitleOut(zh=card.edition.zh, en=card.edition.en),
        received_at=card.received_at,
        decided=[DecidedOut(**one._asdict()) for one in state.decided],
        hospital_stays=[HospitalOut(**one._asdict()) for one in state.stays],
        samples=[_sample(one) for one in state.samples],
        results=[ResultOut(**one._asdict()) for one in state.results],
        intervals=[IntervalOut(**one._asdict()) for one in card.intervals],
        early=_early(state.disease),
        proposal=card.proposal and CaseProposalOut(**card.proposal._asdict()),
        would_be=state.review and state.review.would_be,
        review_edition=state.review and state.review.edition,
        stays=[
            CaseStayOut(
                area=one.stay.area, first=one.stay.first.earliest, last=one.stay.last.latest,
                in_window_from=one.first, in_window_to=one.last, listed=one.listed,
            )
            for one in card.stays
        ],
        timeline=[_fact(one) for one in card.timeline],
        names=names_of(one.entry.fact.author for one in card.timeline),
        latest=card.latest,
        faults=[CaseFaultOut(**one._asdict()) for one in state.faults],
        disputed=list(state.disputed),
        checks=[CheckOut(**one._asdict()) for one in card.checks],
        obligations=[
            ObligationOut(rule=one.rule, task=one.task, begins=one.begins, due=one.due, done_at=one.done_at)
            for one in card.obligations
        ],
        others=[case_out(row, COLUMNS) for row in card.others],
    )  # fmt: skip


def _early(disease: str) -> Any:
    try:
        return profile(disease).early
    except NoProfile:
        return None


def _sample(sample: Sample) -> SampleOut:
    results = [ResultOut(**one._asdict()) for one in sample.results]
    told = {name: value for name, value in sample._asdict().items() if name not in ("results", "area")}
    return SampleOut(**told, results=results)


def _fact(told: Told) -> CaseFactOut:
    entry = told.entry
    return CaseFactOut(
        id=entry.fact.id,
        kind=entry.fact.kind,
        at=told.at,
        received_at=entry.received_at,
        seq=entry.seq,
        author=entry.fact.author,
        area=entry.fact.area,
        corrects=entry.fact.corrects,
        data=entry.fact.data.model_dump(mode="json", exclude_none=True),
        holds=told.holds,
        counts=told.counts,
    )
