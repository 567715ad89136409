"""Endpoints of notices to places and units, and of joint tickets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.access.matrix import reaches
from lianfang.accounts import clock
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.command.api.shapes import Area, Coded, CommandIn, CommandMadeOut, Evidence, Long, Short
from lianfang.capabilities.command.facts.instructions import MOST_ADDRESSED, Addressee, DeliveryReason, InstructionKind
from lianfang.capabilities.command.facts.tickets import Side
from lianfang.capabilities.command.models import ReceiptRow, TicketRow
from lianfang.capabilities.command.queries import notices as queries
from lianfang.capabilities.command.rules.delivery import again, clocks
from lianfang.capabilities.command.service import notices as service
from lianfang.capabilities.command.service.recording import REPORT
from lianfang.capabilities.command.state.instructions import Delivery
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts.api import Time
from lianfang.facts.fact import AreaCode

router = Router(tags=["command"])


class AddresseeIn(CommandIn):
    """A place, or a unit there by the account that stands for it."""

    area: AreaCode
    account: Coded | None = None

    def addressee(self) -> Addressee:
        """As a fact has it."""
        return Addressee(area=self.area, account=self.account)


class InstructionIn(CommandIn):
    """``id`` is the sender's own: sent again, the notice is the same."""

    id: UUID
    area: Area
    sort: InstructionKind
    zh: Short = ""
    en: Short = ""
    zh_text: Long = ""
    en_text: Long = ""
    issuer: Short = ""
    doc_no: Short = ""
    to: Annotated[list[AddresseeIn], Field(max_length=MOST_ADDRESSED)]


class InstructionMadeOut(CommandIn):
    """``unreached``: accounts to which no task could be given, since none of that code answers notices there."""

    id: UUID
    unreached: list[str]


class InstructionAnswerIn(CommandIn):
    """For which addressee; without ``note`` it was read, with it something was done."""

    to: AddresseeIn
    note: Evidence | None = None
    fact: UUID | None = None


class InstructionReceiptOut(CommandIn):
    """What became of a notice with an addressee, ``name`` that of its account; ``mine``: the viewer answers for it.
    ``fact``: what the viewer said last, to be taken back; ``channels``: those that took it for that addressee."""

    area: str
    account: str
    name: str
    read_by: AwareDatetime
    act_by: AwareDatetime | None
    read: AwareDatetime | None
    acted: AwareDatetime | None
    note: str
    fact: UUID | None
    mine: bool
    channels: list[str]


class NoticeDeliveryOut(CommandIn):
    """What became of telling a channel of the operator's, for ``of`` addressees of the viewer's range, of whom so many
    have read and acted. ``tries``: how often it was told, the last at ``at``; ``again``: when it is told next."""

    channel: str
    zh: str
    en: str
    reason: DeliveryReason
    at: AwareDatetime
    taken: bool
    tries: int
    again: AwareDatetime | None
    of: int
    read: int
    acted: int


class InstructionOut(CommandIn):
    """A notice with the receipts within the viewer's range: ``read`` and ``acted`` of ``of``, and the channels that
    were told of them."""

    id: UUID
    fact: UUID
    area: str
    sort: InstructionKind
    zh: str
    en: str
    zh_text: str
    en_text: str
    issuer: str
    doc_no: str
    sent: AwareDatetime
    read: int
    acted: int
    of: int
    channels: list[NoticeDeliveryOut]
    receipts: list[InstructionReceiptOut]
    mine: bool


class InstructionsOut(CommandIn):
    area: str
    now: AwareDatetime
    notices: list[InstructionOut]


class TicketIn(CommandIn):
    """``department`` is an account; without ``due`` the time of the policy holds."""

    id: UUID
    area: Area
    department: Coded
    zh: Long = ""
    en: Long = ""
    due: Time | None = None


class TicketConfirmIn(CommandIn):
    note: Evidence = ""
    fact: UUID | None = None


class TicketConfirmedOut(CommandIn):
    """As which side the viewer confirmed."""

    side: Side


class JointTicketOut(CommandIn):
    """A ticket: closed when both sides have confirmed. ``side``: as which the viewer speaks; ``last``: what was said
    last, where the viewer said it."""

    id: UUID
    fact: UUID
    area: str
    department: str
    zh: str
    en: str
    opened: AwareDatetime
    due: AwareDatetime
    by_department: AwareDatetime | None
    by_place: AwareDatetime | None
    closed: AwareDatetime | None
    last: UUID | None
    side: Side | None


class TicketsOut(CommandIn):
    area: str
    now: AwareDatetime
    tickets: list[JointTicketOut]


@router.get("/instructions", response={200: InstructionsOut, **PROBLEMS}, operation_id="instructions")
@answering
def instructions(request: HttpRequest, area: Area) -> InstructionsOut:
    """The notices that an area sent or has, the last first, with who has read them and who has acted."""
    found = queries.notices(request.viewer, area)
    called = names_of(its.account for one in found for its in one.receipts)
    return InstructionsOut(area=area, now=clock.now(), notices=[_notice(request, one, called) for one in found])


@router.post("/instructions", response={200: InstructionMadeOut, **PROBLEMS}, operation_id="send_instruction")
@answering
def send_instruction(request: HttpRequest, body: InstructionIn) -> InstructionMadeOut:
    """Send a notice to places and units; each has a task to read it, and to act where anything is to be done."""
    fields = body.model_dump(exclude={"id", "area", "to"})
    to = [one.addressee() for one in body.to]
    unreached = service.send(request.viewer, body.id, body.area, fields, to, now=clock.now())
    return InstructionMadeOut(id=body.id, unreached=unreached)


@router.post(
    "/instructions/{uuid:id}/answer", response={200: CommandMadeOut, **PROBLEMS}, operation_id="answer_instruction"
)
@answering
def answer_instruction(request: HttpRequest, id: UUID, body: InstructionAnswerIn) -> CommandMadeOut:
    """Say for an addressee that a notice was read, or what was done about it."""
    fact = service.answer(
        request.viewer, id, body.to.addressee(), note=body.note, now=clock.now(), fact=body.fact
    )  # fmt: skip
    return CommandMadeOut(id=fact)


@router.get("/tickets", response={200: TicketsOut, **PROBLEMS}, operation_id="joint_tickets")
@answering
def joint_tickets(request: HttpRequest, area: Area) -> TicketsOut:
    """The joint tickets of an area, open ones first, with their clocks."""
    rows = queries.tickets(request.viewer, area)
    return TicketsOut(area=area, now=clock.now(), tickets=[_ticket(request, row) for row in rows])


@router.post("/tickets", response={200: CommandMadeOut, **PROBLEMS}, operation_id="open_joint_ticket")
@answering
def open_joint_ticket(request: HttpRequest, body: TicketIn) -> CommandMadeOut:
    """Open a joint ticket between a department and a place."""
    fields = body.model_dump(exclude={"id", "area"})
    service.open_ticket(request.viewer, body.id, body.area, fields, now=clock.now())
    return CommandMadeOut(id=body.id)


@router.post(
    "/tickets/{uuid:id}/confirm", response={200: TicketConfirmedOut, **PROBLEMS}, operation_id="confirm_joint_ticket"
)
@answering
def confirm_joint_ticket(request: HttpRequest, id: UUID, body: TicketConfirmIn) -> TicketConfirmedOut:
    """Say as the department or as the place that the problem is solved; both together close the ticket."""
    side = service.confirm(request.viewer, id, note=body.note, now=clock.now(), fact=body.fact)
    return TicketConfirmedOut(side=side)


def _notice(request: HttpRequest, one: queries.Notice, called: Mapping[str, str]) -> InstructionOut:
    row, ways = one.row, one.row.deliveries()
    told = [_receipt(request, its, ways, called) for its in one.receipts]
    names = ("sort", "zh", "en", "zh_text", "en_text", "issuer", "doc_no")
    return InstructionOut(
        id=row.subject, fact=row.fact, area=row.area, **{name: row.data[name] for name in names}, sent=row.began,
        read=sum(its.read is not None for its in told), acted=sum(its.acted is not None for its in told), of=len(told),
        channels=list(_deliveries(one, ways)), receipts=told, mine=row.author == request.viewer.author,
    )  # fmt: skip


def _deliveries(one: queries.Notice, ways: Sequence[Delivery]) -> Iterator[NoticeDeliveryOut]:
    """Those that concern an addressee of the viewer's range."""
    its = clocks(clock.now().astimezone(CIVIL_TIME).date())
    names = {each.code: (each.zh, each.en) for each in (*settings.CHANNELS, *settings.MADE_CHANNELS)}
    for way in ways:
        tokens = {to.token for to in way.to}
        seen = [row for row in one.receipts if row.token in tokens]
        if not seen:
            continue
        zh, en = names.get(way.channel) or (f"已停用的渠道 {way.channel}", f"{way.channel}, no longer in use")
        yield NoticeDeliveryOut(
            channel=way.channel, zh=zh, en=en,
            reason=way.reason, at=way.at, taken=way.taken, tries=way.tries, again=again(way, its), of=len(seen),
            read=sum(row.read is not None for row in seen), acted=sum(row.acted is not None for row in seen),
        )  # fmt: skip


def _receipt(
    request: HttpRequest, row: ReceiptRow, ways: Sequence[Delivery], called: Mapping[str, str]
) -> InstructionReceiptOut:
    mine = not row.account or row.account in own_work(request.viewer).authors
    names = ("area", "account", "read_by", "act_by", "read", "acted", "note")
    return InstructionReceiptOut(
        **{name: getattr(row, name) for name in names},
        name=called.get(row.account, row.account),
        fact=row.fact if row.by == request.viewer.author else None,
        mine=mine and reaches(request.viewer, REPORT, row.area),
        channels=sorted({way.channel for way in ways if way.taken and row.token in {to.token for to in way.to}}),
    )


def _ticket(request: HttpRequest, row: TicketRow) -> JointTicketOut:
    names = ("fact", "area", "department", "due", "by_department", "by_place", "closed")
    return JointTicketOut(
        id=row.subject, zh=row.data["zh"], en=row.data["en"], opened=row.began,
        side=queries.side_of(request.viewer, row), last=row.last if row.last_by == request.viewer.author else None,
        **{name: getattr(row, name) for name in names},
    )  # fmt: skip
