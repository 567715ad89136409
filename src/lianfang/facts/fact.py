"""The fact: something seen, decided or issued, at a time, by someone. Appended, never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, ClassVar, NamedTuple, Self
from uuid import UUID

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

# The chain's value before the first fact.
GENESIS = bytes(32)


class FactData(BaseModel):
    """The fields of one kind of fact. Subclass it in a capability's ``facts.py``, once a kind and version::

        class Visited(FactData, kind="screening.visited", version=1): ...

    Fields hold codes, numbers, dates, places and official text only: a text is one of ``Code``, ``PlaceName`` and
    ``OfficialText``, and the registry refuses a kind with any other. When a kind changes, keep the old class under
    another name and give it ``upcast``: stored facts are never migrated, they are upcast on reading. A subject begins
    with a kind that ``founds`` it: the division of that fact is responsible for the subject.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: ClassVar[str]
    version: ClassVar[int]
    founds: ClassVar[bool]

    def __init_subclass__(cls, *, kind: str, version: int, founds: bool = False) -> None:
        super().__init_subclass__()
        cls.kind, cls.version, cls.founds = kind, version, founds

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Takes the class keywords that ``__init_subclass__`` has read."""

    def upcast(self) -> FactData | None:
        """These fields as the next version's, or None where this version is the newest."""
        return None


class TextClass(StrEnum):
    """What a text in a fact may be. Names, numbers and addresses of people are none of these: they go to the vault."""

    CODE = "code"
    PLACE = "place"
    OFFICIAL = "official"


@dataclass(frozen=True)
class Text:
    """Marks a text field with its class: ``Annotated[str, Text(TextClass.CODE)]``."""

    of: TextClass


Time = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]
"""A moment that a calendar can be counted from: years that no epidemic is of would end a fold in an overflow."""
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$"), Text(TextClass.CODE)]
"""Letters, digits, dot, hyphen, underscore: what no name is written in."""
AreaCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.]+(-[\w.-]+)?$", max_length=64), Text(TextClass.PLACE)]
"""A division's code; what has none of its own (a development zone) has its parent's with its name behind a hyphen."""
PlaceName = Annotated[str, Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$"), Text(TextClass.PLACE)]
"""The name of a place as it was written, where no code stands for it."""
OfficialText = Annotated[str, Text(TextClass.OFFICIAL)]
"""What an authority says: a notice, a measure, a reason, a public claim. Never about a named person; it is searched for
personal data before it is stored."""

Kind = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$", max_length=64)]
Signer = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{0,64}$")]


class Days(BaseModel):
    """A day that is known to lie between two days, both included; the same day twice where it is known exactly."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    earliest: Day
    latest: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest < self.earliest:
            raise ValueError("latest is before earliest")
        return self

    @classmethod
    def exactly(cls, day: date) -> Self:
        return cls(earliest=day, latest=day)

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest


class Restricting(BaseModel):
    """What every kind says that restricts a person: on which basis, who approved it, from when until when::

        class Ordered(Restricting, FactData, kind="isolation.ordered", version=1): ...

    The person is the envelope's subject. An order without an end cannot be recorded; one that goes on is a new fact.
    """

    basis: Code
    """The provision that allows it, by its code in a policy."""
    approver: Code
    """The account that approved it."""
    start: Time
    end: Time

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end is not after start")
        return self


class Fact(BaseModel):
    """The envelope around a kind's fields, as its author made it. What the server adds is in ``Entry``."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, ser_json_timedelta="float")

    id: UUID
    """Minted where the fact is seen (UUIDv7, or uuid5 for an automatic act). The idempotency key."""
    kind: Kind
    version: Annotated[int, Field(ge=1, le=32767)]
    subject: UUID
    """What it is about: a person, a household, a case, an order, a notice."""
    area: AreaCode
    """The responsible division's code."""
    observed_at: Time
    """The device's clock, as claimed."""
    clock_offset: timedelta | None = None
    """What that clock was off by (fast is positive) when it last met the server; None where unknown. JSON: seconds."""
    author: Signer = ""
    """Who: the code of an account, no name. Empty only until the log writes in who is signed in."""
    device: Signer = ""
    device_seq: Annotated[int, Field(ge=0, lt=2**63)] = 0
    """The how-manieth of its device; 0 where the device does not count."""
    cause: Annotated[tuple[UUID, ...], Field(max_length=1000)] = ()
    """The facts that it answers."""
    corrects: UUID | None = None
    """The fact that it replaces or retracts."""
    data: SerializeAsAny[FactData]

    @classmethod
    def of(
        cls,
        data: FactData,
        *,
        id: UUID,
        subject: UUID,
        area: str,
        observed_at: datetime,
        cause: tuple[UUID, ...] = (),
        corrects: UUID | None = None,
    ) -> Self:
        """A fact around ``data``, of its kind and version. Raises ``ValidationError``."""
        return cls(
            id=id,
            kind=data.kind,
            version=data.version,
            subject=subject,
            area=area,
            observed_at=observed_at,
            cause=cause,
            corrects=corrects,
            data=data,
        )


def signed(fact: Fact, author: str, device: str) -> Fact:
    """The fact with its author and device written in. They are the server's own: nothing is validated again."""
    if fact.author == author and fact.device == device:
        return fact
    twin = type(fact).__new__(type(fact))
    object.__setattr__(twin, "__dict__", {**fact.__dict__, "author": author, "device": device})
    for name in ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"):
        object.__setattr__(twin, name, getattr(fact, name))
    return twin


class Entry(NamedTuple):
    """A fact in the log: ``seq`` and ``received_at`` are the server's order of knowledge and never wrong."""

    seq: int
    received_at: datetime
    fact: Fact
    digest: bytes
    chain: bytes


class Head(NamedTuple):
    """Where the log ends; ``chain`` stands for all that was appended up to ``seq``. Printed in bulletins."""

    seq: int
    chain: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{self.chain.hex()}"


def moment(fact: Fact) -> datetime:
    """When a fact was observed, by the clock of the server."""
    return fact.observed_at if fact.clock_offset is None else fact.observed_at - fact.clock_offset


def folding_order(fact: Fact) -> tuple[datetime, str, int, UUID]:
    """The key that facts are folded by: the same on two servers that hold the same facts, however they arrived."""
    return moment(fact), fact.device, fact.device_seq, fact.id


def canonical(fact: Fact, *, author: str | None = None, device: str | None = None) -> bytes:
    """The one byte string of a fact: JSON, keys sorted, times in UTC, computed fields left out.

    ``author`` and ``device`` stand in for the fact's own where given. Raises ``ValueError`` where the fact has no such
    string: a number that JSON has not, an integer beyond 64 bits, a time without a zone or beyond the calendar.
    """
    fields = dict(fact.__dict__)
    # As model_dump, which passes on two dozen settings for each fact.
    fields["data"] = data = fact.data.__pydantic_serializer__.to_python(fact.data, exclude_computed_fields=True)
    if author is not None:
        fields["author"] = author
    if device is not None:
        fields["device"] = device
    if _may_be_non_finite(type(fact.data)):
        _refuse_non_finite(data)
    try:
        # What every fact has is written here: orjson takes longer to ask for it.
        fields["observed_at"] = _utc(fact.observed_at)
        fields["clock_offset"] = None if fact.clock_offset is None else fact.clock_offset.total_seconds()
        return orjson.dumps(fields, _plain, orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)
    except (TypeError, OverflowError) as error:  # orjson wraps what `_plain` raises
        raise ValueError(str(error.__cause__ or error)) from error


def digest(salt: bytes, body: bytes) -> bytes:
    """SHA-256 of the salt and the canonical bytes. The salt keeps a digest from betraying a guessable body."""
    return hashlib.sha256(salt + body).digest()


def link(previous: bytes, digest: bytes) -> bytes:
    """The chain after one more fact."""
    return hashlib.sha256(previous + digest).digest()


def _plain(value: object) -> str | float:
    """What orjson does not write by itself."""
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return str(value)
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _utc(time: datetime) -> str:
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


@cache
def _may_be_non_finite(kind: type[FactData]) -> bool:
    """Whether a field of a kind, or of what is in it, may be a number without bounds, or anything."""

    def found_in(part: object) -> bool:
        if isinstance(part, dict):
            if part.get("type") == "float":
                return not ({"ge", "gt"} & part.keys() and {"le", "lt"} & part.keys())
            return part.get("type") == "any" or any(map(found_in, part.values()))
        return isinstance(part, (list, tuple)) and any(map(found_in, part))

    return found_in(kind.__pydantic_core_schema__)


def _refuse_non_finite(value: object) -> None:
    """Raises ``ValueError`` at a NaN or infinity, which orjson would write as null."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        value = (value,)
    for part in value:
        if isinstance(part, float):
            if part - part != 0:  # of what is finite alone nothing is left
                raise ValueError(f"{part} is not a number in JSON")
        elif part and isinstance(part, _PARTS):
            _refuse_non_finite(part)


_PARTS = (dict, list, tuple)
