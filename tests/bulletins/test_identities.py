"""Every row of the specification of the identities, and that each is explained in both languages."""

from __future__ import annotations

import pytest

from lianfang.capabilities.bulletins.rules.reconcile import State, identities
from tests.bulletins.spec_identities import SPECS, Spec, checks, judged, page


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: f"{s.identity} {s.title}")
def test_identity(spec: Spec) -> None:
    assert judged(spec) == spec.expected


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.title)
def test_every_identity_is_answered(spec: Spec) -> None:
    found = checks(spec)
    assert list(dict.fromkeys(c.id for c in found)) == [f"ID{n}" for n in range(1, 14)]
    for c in found:
        assert c.zh.endswith("。")
        assert c.en.endswith(".")
        if c.state is State.FAILS:
            assert c.severity == "E"


def test_every_identity_cites_its_source() -> None:
    assert [i.id for i in identities().values()] == [f"ID{n}" for n in range(1, 14)]
    assert all(i.source for i in identities().values())


def test_the_specification_prints_as_a_page() -> None:
    text = page()
    assert "1 + 1 − 1 − 1 = 0 against 2: unexplained +2." in text
    assert text.count("## ID") == len(SPECS)
