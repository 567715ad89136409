"""A role is given over a division of its level at most: an own grid is no province."""

from __future__ import annotations

import pytest

from lianfang.access.matrix import roles
from lianfang.accounts import devices, service
from lianfang.accounts.service import NotValid, not_too_wide
from lianfang.app.database import Database
from tests.access.made import viewer

ADMINISTRATOR = "administrator"


@pytest.mark.parametrize(
    ("role", "area", "given"),
    [
        ("grid_worker", "530102", True),
        ("grid_worker", "530102001", True),
        ("grid_worker", "530100", False),
        ("grid_worker", "100000", False),
        ("grid_worker", "441900", True),  # a prefecture without counties
        ("clinic_doctor", "530000", False),
        ("county_duty_officer", "530100", True),
        ("county_duty_officer", "530000", False),
        ("duty_officer", "100000", True),
        ("epidemiologist", "530000", True),
    ],
)
def test_how_wide_a_role_may_be_given(database: Database, role: str, area: str, given: bool) -> None:
    if given:
        assert not_too_wide(role, area) == area
    else:
        with pytest.raises(NotValid) as refused:
            not_too_wide(role, area)
        assert refused.value.field == "area" and roles()[role].en in str(refused.value)


def test_an_administrator_appoints_nobody_too_widely(database: Database) -> None:
    province = viewer(ADMINISTRATOR, "530000")
    account = service.create(province, "some.one", "Some One", "530100")
    with pytest.raises(NotValid, match="grid worker"):
        service.appoint(province, account.id, "grid_worker", "530000", None)
    assert service.appoint(province, account.id, "grid_worker", "530102", None).area == "530102"
    hours = {"shift_from": None, "shift_to": None}
    with pytest.raises(NotValid, match="checkpoint staff"):
        devices.make(province, title="kiosk", role="checkpoint_staff", area="530000", post="p-1", **hours)
