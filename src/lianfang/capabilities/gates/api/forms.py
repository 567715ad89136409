"""What requests about gates have in common, and how posts are answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.facts import Measure, PostKind
from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Code = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Area = Annotated[str, Field(max_length=64)]
Word = Annotated[str, Field(max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class GateActIn(Schema):
    """``at`` is when it happened (default: now); ``fact`` the sender's own id for it, by which sending it again is
    known."""

    model_config = ConfigDict(extra="forbid")

    at: Time | None = None
    fact: UUID | None = None

    def told(self) -> dict[str, Any]:
        """When and as what it was sent."""
        return {"at": self.at, "fact": self.fact}

    def fields(self, *but: str) -> dict[str, Any]:
        """What was sent besides."""
        return self.model_dump(exclude={"at", "fact", *but})


class GateRetractIn(Schema):
    """Which ``fact`` is taken back, and why; ``id`` is the sender's own for the retraction."""

    model_config = ConfigDict(extra="forbid")

    fact: UUID
    why: Why
    id: UUID | None = None


class GateMadeOut(Schema):
    """What was recorded: its id, by which it is named from now on."""

    id: UUID


class GateFaultOut(Schema):
    """A fact that contradicts what was before it and counts for nothing until it is put right."""

    fact: UUID
    field: str
    reason: str
    zh: str
    en: str


def faults_out(faults: Iterable[Sequence[Any]]) -> list[GateFaultOut]:
    """Faults, each a fact, a field and a reason, as rows have them."""
    return [
        GateFaultOut(fact=UUID(str(fact)), field=field, reason=reason, zh=zh, en=en)
        for fact, field, reason in faults
        for zh, en in [state.WORDS[reason]]
    ]


class GateWordOut(Schema):
    """``of``: the word of another vocabulary that it is under."""

    code: str
    zh: str
    en: str
    of: str = ""


class GateSpanOut(Schema):
    begins: AwareDatetime
    ends: AwareDatetime


class GateTallyOut(Schema):
    """Encounters of a day: how many were met, measured, refused, held in place, and given the notice."""

    met: int
    measured: int
    refused: int
    held: int
    told: int


class PostOut(Schema):
    id: UUID
    name: str
    number: str | None
    area: str
    kind_of: PostKind
    place_type: str
    department: str | None
    lead: str
    east_deg: float | None
    north_deg: float | None
    opens_min: int
    closes_min: int
    telephone: str | None
    opened: AwareDatetime
    closed: AwareDatetime | None
    on_duty: int
    unstaffed: bool
    """Open now, and nobody on duty."""
    gaps: list[GateSpanOut]
    """The parts of the day in which nobody is on duty."""
    overdue_h: float | None
    """By how many hours the treatment that is most overdue is."""
    red: bool
    """Overdue for longer than the policy allows."""
    tally: GateTallyOut


class GateShiftOut(GateSpanOut):
    id: UUID
    staff: list[str]
    author: str


class GateDutyOut(GateSpanOut):
    """Somebody is on duty for longer than the policy allows, without a rest."""

    who: str
    hours: float


class GateCountOut(GateSpanOut):
    fact: UUID
    passed: int
    checked: int
    ratio: float | None
    """Checked of those who passed; None where nobody passed."""
    reason: str | None
    unexplained: bool
    overlaps: bool
    """Another count is of a part of the same time: one of them is to be taken back."""
    author: str


class TreatmentOut(Schema):
    fact: UUID
    at: AwareDatetime
    measure: Measure
    room: str
    agent: str | None
    concentration_mg_per_l: float | None
    minutes: int
    operator: str
    conveyance: str | None


class TreatmentDueOut(Schema):
    measure: Measure
    conveyance: str
    since: AwareDatetime
    due: AwareDatetime
    red: bool


class PostCardOut(PostOut):
    shifts: list[GateShiftOut]
    too_long: list[GateDutyOut]
    counts: list[GateCountOut]
    treatments: list[TreatmentOut]
    treatments_due: list[TreatmentDueOut]
    contradictions: list[GateFaultOut]
