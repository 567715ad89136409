"""The four concentrations: how many patients, experts, beds and severe cases are where they are best off."""

from __future__ import annotations

from uuid import uuid4

from lianfang.capabilities.cases.facts import ClinicalSeverity, SeverityAssessed
from tests.access.made import OWN as WUHUA
from tests.care.made import OFFICER, a_case, a_hospital, claim
from tests.cases import made as cases
from tests.gates.made import NOW, Clock, Desk

SHARES = (
    ("cases_in_designated", "cases_in_hospital"),
    ("severe_in_qualified", "severe_in_hospital"),
    ("hospitals_with_experts", "hospitals_designated"),
    ("critical_beds_designated", "critical_beds"),
)


def counted(ward: Desk) -> dict[str, tuple[int, int]]:
    """Each share, with what it is of."""
    told = ward.get(f"/areas/{WUHUA}/indicators").json()["figures"]
    found = {}
    for part, whole in SHARES:
        assert told[part]["of"] == told[whole]["n"]
        found[part] = (told[part]["n"], told[part]["of"])
    return found


def test_cas_07_each_of_the_four_is_a_share_of_what_there_is(ward: Desk, at: Clock) -> None:
    city = a_hospital(ward, {"isolation": 2, "icu": 1})
    small = a_hospital(ward, {"isolation": 2, "ventilator": 1}, designated=False, severe=False, level="secondary")
    worse = a_case()
    for hospital, case in ((city, a_case()), (city, a_case(ClinicalSeverity.SEVERE)), (small, worse)):
        ward.done("/beds/claim", claim(hospital, case))
    cases.act(worse, SeverityAssessed, at=cases.hours(3), severity=ClinicalSeverity.CRITICAL)
    a_case()  # in no hospital
    assert counted(ward) == {
        "cases_in_designated": (2, 3), "severe_in_qualified": (1, 2), "hospitals_with_experts": (0, 1),
        "critical_beds_designated": (1, 2),
    }  # fmt: skip

    team = {"id": uuid4(), "area": WUHUA, "zh": "专家组", "level": "county", "members": ["a"], "headcount": 1}
    ward.done("/experts", team, OFFICER)
    sent = {"hospital": city, "first": NOW.date().isoformat()}
    ward.done(f"/experts/{team['id']}/assign", sent, OFFICER)
    assert counted(ward)["hospitals_with_experts"] == (1, 1)
