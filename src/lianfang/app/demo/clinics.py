"""The made fever clinic of the demonstration: who came to its door on the morning, who was sent there, its expert team
and what protects its staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING
from lianfang.capabilities.care import facts as care
from lianfang.capabilities.care.facts.protection import protection_id
from lianfang.capabilities.care.facts.referrals import service_id
from lianfang.capabilities.gates.facts import PostOpened
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("8c0d1f6e-2a57-5b7e-a1d4-3e6b9f40c215")
AREA: Final = "530102"
CLINIC: Final = uuid5(_NAMES, "clinic")
DOCTOR: Final = "demo-clinic-doctor"
STOCKS: Final = {"n95": (420, 180), "surgical_mask": (6_000, 800), "suit": (260, 45), "goggles": (90, 10)}
"""Pieces of each item, and how many a day uses up."""
_DOOR: Final[tuple[dict[str, Any], ...]] = (
    {"temp_c": 38.6, "symptoms": ("fever", "dry_cough"), "history": "present", "items": ("travel",)},
    {"temp_c": 37.9, "symptoms": ("fever",), "history": "none"},
    {"temp_c": 36.7, "symptoms": ("cough",), "history": "present", "items": ("contact_ill",)},
    {"temp_c": 38.1, "symptoms": ("fever", "fatigue"), "history": "unknown", "came": "ambulance"},
    {"temp_c": 36.5, "symptoms": (), "history": "none", "way": "general"},
)


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded before the demonstration's morning: when it was received, by whom, and the facts."""
    return [
        (MORNING, "demo-county-duty-officer", [*_set_up()]),
        (MORNING, DOCTOR, [*_visits(), *_protection()]),
        (MORNING, "demo-grid-worker", [*_referrals()]),
    ]


def _fact(name: str, subject: UUID, hours: float, data: FactData) -> Fact:
    at = MORNING - timedelta(hours=hours)
    return Fact.of(data, id=uuid5(_NAMES, f"fact|{name}"), subject=subject, area=AREA, observed_at=at)


def _set_up() -> Iterator[Fact]:
    """A clinic, and a team that looks after it."""
    opened = PostOpened(
        name="五华区示例医院发热门诊", kind_of="clinic", place_type="fever_clinic", town=AREA, lead="五华区示例医院",
        telephone="08710000001", east_deg=102.69, north_deg=25.06,
    )  # fmt: skip
    yield _fact("opened", CLINIC, 61, opened)
    team = uuid5(_NAMES, "team")
    formed = care.ExpertTeamFormed(
        zh="五华区医疗救治专家组", en="Wuhua expert team", level="county", members=(DOCTOR,), headcount=6,
        specialties=("infectious", "respiratory", "intensive"),
    )  # fmt: skip
    yield _fact("formed", team, 60, formed)
    yield _fact("assigned", team, 59, care.ExpertTeamAssigned(hospital=CLINIC, first=MORNING.date()))


def _visits() -> Iterator[Fact]:
    """Who came to the door: one is with a doctor and waits for the consult, one has gone home, others wait."""
    for number, told in enumerate(_DOOR):
        visit = uuid5(_NAMES, f"visit|{number}")
        data = care.Triaged(**{"clinic": CLINIC, "came": "walk_in", "way": "fever_clinic", **told})
        yield _fact(f"triage {number}", visit, 0.8 - number / 10, data)
    yield _fact("seen 0", uuid5(_NAMES, "visit|0"), 0.5, care.Seen())
    yield _fact("seen 1", uuid5(_NAMES, "visit|1"), 0.4, care.Seen())
    yield _fact("ended 1", uuid5(_NAMES, "visit|1"), 0.1, care.VisitEnded(outcome="discharged"))


def _referrals() -> Iterator[Fact]:
    """Two who were sent by the community."""
    for number, reason in enumerate(("fever", "symptoms")):
        sent = care.ReferralSent(to=CLINIC, to_area=AREA, origin="community", reason=reason)
        yield _fact(f"sent {number}", uuid5(_NAMES, f"referral|{number}"), 1.5 - number, sent)


def _protection() -> Iterator[Fact]:
    """What the clinic has for its staff, and an exposure."""
    said = care.ServiceStated(facility=CLINIC, fever="normal", general="limited")
    yield _fact("service", service_id(CLINIC), 3, said)
    for item, (stock, used) in STOCKS.items():
        stated = care.ProtectionStated(facility=CLINIC, item=item, stock=stock, used_per_day=used)
        yield _fact(f"stock {item}", protection_id(CLINIC, item), 2, stated)
    exposed = care.StaffExposed(facility=CLINIC, how="breach", high_risk=False)
    yield _fact("exposed", uuid5(_NAMES, "exposure"), 14, exposed)
