"""Ids of a drill: the same one by one as many at once."""

from __future__ import annotations

from uuid import UUID

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.capabilities.drills.rules.shapes import ids, one_id


@settings(deadline=None)  # the first call waits for the compiler
@given(st.integers(0, 2**31), st.text(max_size=20), st.integers(0, 2**60))
def test_an_id_is_the_same_by_itself_and_among_others(seed: int, purpose: str, who: int) -> None:
    one = one_id(seed, purpose, who)
    assert one == ids(seed, purpose, np.array([0, who], np.int64))[1]
    assert UUID(one).version == 8 and str(UUID(one)) == one
