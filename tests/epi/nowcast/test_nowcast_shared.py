"""The 340 triangles whose nowcasts by baselinenowcast are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lianfang.epi.nowcast.cases import nowcast
from tests.epi.nowcast.triangles import QUANTILES, chain_ladder, coverage, errors, wis

pytestmark = pytest.mark.shared
PEER_ERRORS = [4.28, 0.41, 0.19, 0.13, 0.09, 0.07, 0.06, 0.05, 0.04, 0.03]
PEER_WIS = 9.94


def test_340_triangles(shared: Path) -> None:
    with np.load(shared / "reference" / "nowcast_340x60x21.npz") as file:
        triangles, truth = file["obs"], file["truth"].astype(np.float64)
    found = nowcast(triangles, quantiles=QUANTILES)
    points, plain = chain_ladder(triangles, 1)
    assert not found.refused
    assert 0.88 <= coverage(found.quantiles, truth) <= 0.92
    assert wis(found.quantiles, truth) < min(wis(plain, truth), PEER_WIS) / 3
    ours = errors(found.quantiles[..., 2], truth)
    assert (ours < errors(points, truth)).all()
    assert (np.round(ours, 2) <= PEER_ERRORS).all()
