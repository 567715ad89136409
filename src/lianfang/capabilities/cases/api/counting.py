"""Endpoints of counts."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.cases import queries, service
from lianfang.capabilities.cases.api.forms import (
    AttributesOut,
    BalanceOut,
    CaseCountsOut,
    CasePartOut,
    DifferenceOut,
    MoveOut,
    ReviewIn,
    ReviewOut,
    Time,
    Word,
)
from lianfang.places.queries import current_gazetteer

router = Router()
MOST_SHOWN = 1_000


@router.get("/cases/counts", response={200: CaseCountsOut, **PROBLEMS}, operation_id="case_counts")
@answering
def case_counts(
    request: HttpRequest,
    area: Word,
    disease: Word = "ncov-2020",
    as_of: Time | None = None,
    known_at: Time | None = None,
    since: Time | None = None,
    until: Time | None = None,
) -> CaseCountsOut:
    """Stocks of an area as of a moment and flows of a window, whole and by division, with the sums that must close. The
    window is half-open; where only one of ``as_of`` and ``until`` is given, it stands for both."""
    found = queries.counts(
        request.viewer, area, disease=disease, as_of=as_of, known_at=known_at, since=since, until=until
    )
    gazetteer = current_gazetteer()
    names = {part.area: gazetteer.division(part.area) for part in found.parts}
    stocks, flows = found.whole.stocks, found.whole.flows
    return CaseCountsOut(
        area=area,
        disease=disease,
        as_of=as_of or until,
        since=since,
        until=until or as_of,
        known_at=known_at,
        seq=found.seq,
        stocks=dict(stocks),
        flows=dict(flows),
        attributes=AttributesOut(
            all_new_imported=flows["imported_new"] == flows["confirmed_new"] if flows["confirmed_new"] else None,
            all_in_designated_hospital=stocks["not_in_designated"] == 0 if stocks["confirmed_existing"] else None,
        ),
        parts=[
            CasePartOut(
                area=part.area,
                zh=division.name if (division := names[part.area]) else part.area,
                en=(division.en or division.pinyin) if division else part.area,
                stocks=dict(part.counts.stocks),
                flows=dict(part.counts.flows),
            )
            for part in found.parts
        ],
        checks=[BalanceOut(**one._asdict(), holds=one.holds) for one in found.balances],
    )


@router.post("/cases/review", response={200: ReviewOut, **PROBLEMS}, operation_id="review_cases")
@answering
def review_cases(request: HttpRequest, body: ReviewIn) -> ReviewOut:
    """What the cases of an area would be under another edition. Nothing is recorded until ``confirmed`` repeats the
    ``digest`` of the difference that was shown."""
    found = service.review(request.viewer, **body.model_dump(), now=clock.now())
    return ReviewOut(
        edition=found.edition,
        cases=found.cases,
        unclear=found.unclear,
        differences=[DifferenceOut(**one._asdict()) for one in found.differences[:MOST_SHOWN]],
        moves=[MoveOut(was=was, would_be=to, cases=n) for was, to, n in found.moves],
        digest=found.digest,
        recorded=found.recorded,
    )
