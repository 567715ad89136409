"""Reading about contacts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from lianfang.access.matrix import Forbidden
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.contacts import queries
from lianfang.capabilities.contacts.api import shown
from lianfang.capabilities.contacts.api.forms import (
    Area,
    BoardOut,
    ContactCardOut,
    ContactCountsOut,
    ContactListIn,
    ContactPageOut,
    Cursor,
    Limit,
    ProposedOut,
    ProposedPageOut,
    Time,
)
from lianfang.capabilities.contacts.rules.proposals import Propose
from lianfang.capabilities.contacts.state.contact import day_of
from lianfang.facts.fact import Code, Day
from lianfang.identity.queries import shown as named
from lianfang.identity.refusals import NotYourPurpose

router = Router(tags=["contacts"])
PAGING = ("sort", "descending", "after", "limit", "names", "purpose")


@router.post("/contacts/list", response={200: ContactPageOut, **PROBLEMS}, operation_id="list_contacts")
@answering
def list_contacts(request: HttpRequest, body: ContactListIn) -> ContactPageOut:
    """The contacts of an area, narrowed, sorted, page by page; with names, the look goes on record. Who may see sums
    only gets the total alone."""
    now = clock.now()
    given = {k: tuple(v) if isinstance(v, list) else v for k, v in body.model_dump().items() if k not in PAGING}
    page = queries.listed(
        request.viewer, queries.Filters(**given), sort=body.sort, descending=body.descending, after=body.after,
        limit=body.limit,
    )  # fmt: skip
    people = None
    if body.names:
        ids = [row.person for row in page.contacts if row.person]
        try:
            people = shown.people(named(request.viewer, ids, purpose=body.purpose, now=now))
        except NotYourPurpose as error:
            raise Forbidden(error.to(request)) from None
    return ContactPageOut(
        contacts=[shown.line(row, now) for row in page.contacts], people=people, next=page.after, total=page.total
    )


@router.get("/contacts/board", response={200: BoardOut, **PROBLEMS}, operation_id="contact_board")
@answering
def contact_board(
    request: HttpRequest,
    area: Area = "",
    day: Day | None = None,
    after: Cursor = "",
    limit: Limit = 50,
) -> BoardOut:
    """Who is under observation on a day (by default today), those who end first; and the slots of their days."""
    now = clock.now()
    found = queries.board(request.viewer, area, day or day_of(now), now=now, after=after, limit=limit)
    return BoardOut(
        day=found.day, contacts=shown.lines(found.lines, now), next=found.after, total=found.total,
        tally=found.tally, late=found.late,
    )  # fmt: skip


@router.get("/contacts/counts", response={200: ContactCountsOut, **PROBLEMS}, operation_id="contact_counts")
@answering
def contact_counts(
    request: HttpRequest,
    area: Area = "",
    as_of: Time | None = None,
    known_at: Time | None = None,
    begins: Annotated[Time | None, Query(alias="from")] = None,
    ends: Annotated[Time | None, Query(alias="to")] = None,
    disease: Code | None = None,
) -> ContactCountsOut:
    """The contacts of an area at a moment (``as_of``, or ``to``), and with ``from`` what happened from then on; by the
    divisions right below."""
    now = clock.now()
    found = queries.counts(
        request.viewer, area, as_of=as_of or ends or now, known_at=known_at, begins=begins, disease=disease
    )
    return ContactCountsOut(
        **shown.part(found.area, found.stock, found.flows).model_dump(), as_of=found.as_of, known_at=known_at or now,
        parts=[shown.part(code, *its) for code, its in found.parts.items()],
    )  # fmt: skip


@router.get("/contacts/proposals", response={200: ProposedPageOut, **PROBLEMS}, operation_id="contact_proposals")
@answering
def contact_proposals(
    request: HttpRequest, area: Area = "", what: Propose | None = None, after: UUID | None = None, limit: Limit = 50
) -> ProposedPageOut:
    """Contacts of whom something is proposed: a release that is due, one whose source was excluded, an earlier end, a
    referral."""
    now = clock.now()
    found, following = queries.proposed(request.viewer, area, now=now, what=what, after=after, limit=limit)
    return ProposedPageOut(
        contacts=[
            ProposedOut(contact=shown.line(one.contact, now), proposals=shown.proposals(one.proposals)) for one in found
        ],
        next=following,
    )


@router.get("/contacts/{uuid:id}", response={200: ContactCardOut, **PROBLEMS}, operation_id="contact_card")
@answering
def contact_card(
    request: HttpRequest, id: UUID, as_of: Time | None = None, known_at: Time | None = None
) -> ContactCardOut:
    """One contact: exposures, days and checks, what is proposed, every fact; as of a time, on what was known at a
    time."""
    now = clock.now()
    found = queries.card(request.viewer, id, now=now, as_of=as_of, known_at=known_at)
    return shown.card(found, min(now, as_of or now))
