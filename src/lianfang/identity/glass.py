"""Breaking the glass: seeing beyond the role, for a reason that is kept, and looked into by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from lianfang.access import security
from lianfang.access.matrix import require
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.words import Told
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity.entry import text_of
from lianfang.identity.facts import GlassReviewed, Outcome
from lianfang.identity.faults import Fault
from lianfang.identity.models import Text
from lianfang.identity.models_life import Glass
from lianfang.sealing.box import seal, unseal
from lianfang.sealing.current import keystore

MOST_PEOPLE = 50
"""People seen beyond the role by one breaking of the glass."""
SHORTEST, LONGEST = 6, 1_000
"""Letters of a reason at least, and characters at most."""
DIFFERENT = 4
"""Letters that differ from each other, at least."""
CLASS = "reason"


class NoReason(Told):
    """What was given is no reason."""

    def __init__(self) -> None:
        super().__init__(
            f"break_glass.reason：请用{SHORTEST}至{LONGEST}个字写明理由，不能含控制字符",
            f"break_glass.reason: tell the reason in {SHORTEST} to {LONGEST} letters, without control characters",
        )


class TooMany(Told):
    """More people than may be seen beyond the role at once."""

    def __init__(self, people: int) -> None:
        super().__init__(
            f"break_glass：一次{people}人，最多{MOST_PEOPLE}人，请缩小范围",
            f"break_glass: {people} people at once; ask for {MOST_PEOPLE} at most",
        )


class NoGlass(Told):
    """There is no such breaking of the glass, or none that the viewer may see: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("没有这样的记录", "there is no such record")


class OwnGlass(Told):
    """The reviewer is the one who broke it."""

    def __init__(self) -> None:
        super().__init__("本人的紧急查看须由他人复核", "who broke the glass does not review it: ask another reviewer")


class Given(NamedTuple):
    """The reason, as it was written, and of whom."""

    subject: UUID
    text: str


def checked(reason: str) -> str:
    """The reason without the blanks around it: words, and not the same few signs again and again. Raises NoReason."""
    faults: list[Fault] = []
    reason = text_of(1, "break_glass.reason", reason, LONGEST, faults, lines=True)
    letters = [sign for sign in reason if sign.isalnum()]
    if faults or len(letters) < SHORTEST or len(set(letters)) < DIFFERENT:
        raise NoReason
    return reason


def keep_reason(viewer: Viewer, broken: Fact, keys: Mapping[UUID, bytes], reason: str) -> None:
    """Seals the reason under the key of each person: it may tell of them, and goes when they go. Within a transaction
    that sees the area."""
    Text.objects.bulk_create(
        Text(
            id=uuid5(broken.id, str(number)),
            subject=person,
            area=broken.area,
            text_class=CLASS,
            author=viewer.author,
            at=broken.observed_at,
            sealed=seal(key, reason.encode(), _context(broken.id)),
        )
        for number, (person, key) in enumerate(sorted(keys.items()))
    )


def reasons(viewer: Viewer, glass: UUID) -> list[Given]:
    """The reason that was given for each person who is still held. The caller puts the look on record.

    Raises NoGlass.
    """
    with seeing(viewer, "looks.review"):
        row = _glass(glass)
    with seeing_all():
        texts = list(Text.objects.filter(id__in=[uuid5(glass, str(number)) for number in range(row.people)]))
    keys = keystore().get([text.subject for text in texts])
    return [
        Given(text.subject, unseal(keys[text.subject], bytes(text.sealed), _context(glass)).decode())
        for text in texts
        if text.subject in keys
    ]


def review(viewer: Viewer, glass: UUID, outcome: Outcome, *, now: datetime | None = None) -> UUID:
    """Records what the reviewer found; returns the fact's id. Raises NoGlass, OwnGlass."""
    require(viewer, "looks.review")
    with seeing(viewer, "looks.review"):
        row = _glass(glass)
    if row.author == viewer.author:
        raise OwnGlass
    fact = Fact.of(
        GlassReviewed(outcome=outcome),
        id=log.new_id(),
        subject=glass,
        area=row.area,
        observed_at=now or datetime.now(UTC),
        cause=(glass,),
    )
    log.append([fact], principal=viewer.principal)
    security.log("glass_reviewed", viewer=viewer, fact=glass, found=outcome)
    return fact.id


def _glass(glass: UUID) -> Glass:
    try:
        return Glass.objects.get(fact_id=glass)
    except Glass.DoesNotExist:
        raise NoGlass from None


def _context(glass: UUID) -> bytes:
    return b"reason\0" + glass.bytes
