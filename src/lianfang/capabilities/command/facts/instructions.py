"""Notices to places and units: sent, delivered, read and acted on. The subject is the notice."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.command.facts.base import Beside, English, Passage, Words
from lianfang.facts.fact import AreaCode, Code, FactData, OfficialText, Time

MOST_ADDRESSED: Final = 200


def receipt_id(instruction: UUID, addressee: str) -> UUID:
    """One addressee's part of a notice: the subject of its tasks."""
    return uuid5(instruction, addressee)


class InstructionKind(StrEnum):
    """An order, or one of the three products of a warning."""

    ORDER = "order"
    RISK_TIP = "risk_tip"  # 健康风险提示
    CIRCULAR = "circular"  # 警示信息通报
    ADVICE = "advice"  # 预警决策建议


class Addressee(BaseModel):
    """A place, or a unit there by the account that stands for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: AreaCode
    account: Code | None = None

    @property
    def token(self) -> str:
        """Which of a notice's addressees it is."""
        return f"{self.area}|{self.account or ''}"


class InstructionSent(FactData, kind="instruction.sent", version=1, founds=True):
    """What is to be read by ``read_by`` and acted on by ``act_by``, where anything is to be done."""

    sort: InstructionKind
    zh: Words
    en: English = ""
    zh_text: Passage
    en_text: Beside = ""
    issuer: Words
    doc_no: Words
    to: Annotated[tuple[Addressee, ...], Field(min_length=1, max_length=MOST_ADDRESSED)]
    read_by: Time
    act_by: Time | None = None


class InstructionRead(FactData, kind="instruction.read", version=1):
    """An addressee has read it."""

    to: Addressee


class InstructionActed(FactData, kind="instruction.acted", version=1):
    """An addressee says what was done."""

    to: Addressee
    note: Annotated[OfficialText, Field(min_length=1, max_length=500, pattern=r"\S")]


class DeliveryReason(StrEnum):
    """Why a channel was told of a notice: it is for those whom the channel serves, or they, or those below them, have
    not read it in time."""

    SENT = "sent"
    UNREAD = "unread"


class InstructionDelivered(FactData, kind="instruction.delivered", version=1):
    """A channel of the operator's took it for ``to``, or did not. Which address a channel has stands in the operator's
    file alone."""

    channel: Code
    taken: bool
    reason: DeliveryReason = DeliveryReason.SENT
    to: Annotated[tuple[Addressee, ...], Field(max_length=MOST_ADDRESSED)] = ()
