"""How far beyond chance a unit's share lies from that of all the others, over many units at once.

Exact binomial tails against the others' share (leave-one-out), and of many units those that stand out at a false
discovery rate: Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289-300.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST_OTHERS: Final = 200
"""Fewer trials of all the others tell nothing of what is usual."""
LEAST_UNITS: Final = 10
"""Of fewer units it is not known how far they differ."""
TINY: Final = 1e-15


def usual(hits: Ints, of: Ints, block: Ints, without: Flags | None = None) -> Doubles:
    """The share of hits among the trials of all other units of the same block, (G,) or (G, W) as ``hits``; nan where
    there are too few. ``of``: trials, (G,); ``block``: which units are held against each other, (G,); ``without``:
    units that stand out already, which tell nothing of what is usual, (G,)."""
    blocks = int(block.max()) + 1 if block.size else 0
    whole_hits = np.zeros((blocks, *hits.shape[1:]))
    whole_of = np.zeros(blocks)
    kept = np.ones(of.size, np.int64) if without is None else (~without).astype(np.int64)
    wide = (slice(None), *(None,) * (hits.ndim - 1))
    own_hits, own_of = hits * kept[wide], of * kept
    np.add.at(whole_hits, block, own_hits)
    np.add.at(whole_of, block, own_of)
    others = whole_of[block] - own_of
    # Half a hit more, so that what nobody else has is rare and not impossible.
    share = (whole_hits[block] - own_hits + 0.5) / (others + 1.0)[wide]
    return np.where((others >= LEAST_OTHERS)[wide], share, np.nan)


def above(hits: Ints, of: Ints, share: Doubles) -> Doubles:
    """The chance of as many hits or more, each with a chance of ``share``; 1 where that is not known."""
    trials = of if hits.ndim == 1 else of[:, None]
    tail = stats.binom.sf(hits - 1, trials, np.nan_to_num(share, nan=1.0))
    return np.where(np.isnan(share), 1.0, tail)


def beyond_spread(chance: Doubles, judged: Flags, block: Ints) -> Doubles:
    """The chances with what units differ by themselves taken from those that are ``judged`` in each block: the normal
    scores, over their spread (1.4826 times the median distance from the median: what few units do, does not widen it)
    where that is more than chance gives. Of few units nothing is known of it, and they are taken as they are."""
    score = stats.norm.isf(np.clip(chance, TINY, 1 - TINY))
    for one in np.unique(block[judged]):
        its = judged & (block == one)
        if its.sum() >= LEAST_UNITS:
            spread = stats.median_abs_deviation(score[its], scale="normal")
            score[its] /= max(1.0, float(spread))
    wider: Doubles = stats.norm.sf(score)
    return wider


def standing_out(chance: Doubles, judged: Flags, block: Ints, q: float) -> Flags:
    """Of those that are ``judged``, (G,), which stand out in their block at a false discovery rate of ``q``."""
    out = np.zeros(chance.size, np.bool_)
    for one in np.unique(block[judged]):
        its = np.flatnonzero(judged & (block == one))
        order = its[np.argsort(chance[its], kind="stable")]
        passed = np.flatnonzero(chance[order] <= q * np.arange(1, order.size + 1) / order.size)
        if passed.size:
            out[order[: passed[-1] + 1]] = True
    return out
