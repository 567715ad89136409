"""Chance by counter: a draw hangs on the seed, the purpose, who, the step and its place in the step, on nothing else.
Any order of calls and any number of threads and processes gives the same.

The generator is Philox4x32-10: Salmon JK, Moraes MA, Dror RO, Shaw DE. Parallel random numbers: as easy as 1, 2, 3.
SC11, 2011. doi:10.1145/2063384.2063405.

Every function takes ``(key, who, step, nth)`` first: ``key`` from ``key()``; ``who``, an integer such as a person's
number; ``step`` and ``nth``, integers from 0 to 2³² − 1, such as the day and the place of the draw within it. The same
four give the same number again: let no two draws of one purpose share them. ``uniform``, ``below``, ``exponential`` and
``normal`` use one ``nth``; ``gamma`` and ``poisson`` use as many as they need from theirs on, so they take a step, or a
purpose, of their own. All are compiled, and can be called from compiled functions; the plural forms take an array of
``who`` and give one number for each.
"""

from __future__ import annotations

from hashlib import sha256
from math import cos, exp, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from lianfang.epi.compiled import compiled

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF, _DROP = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(11)
_UNIT = 2.0**-53


def key(seed: int, purpose: str) -> np.uint64:
    """The key of a purpose under a seed: any integer and any text; others give other numbers."""
    return np.uint64(int.from_bytes(sha256(f"{seed}/{purpose}".encode()).digest()[:8], "big"))


@compiled
def bits(key: np.uint64, who: int, step: int, nth: int) -> tuple[np.uint64, np.uint64]:
    """128 random bits as two integers."""
    k0, k1 = key & _LOW, key >> _HALF
    c0, c1 = np.uint64(who) & _LOW, np.uint64(who) >> _HALF
    c2, c3 = np.uint64(step) & _LOW, np.uint64(nth) & _LOW
    for _ in range(10):
        a, b = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (b >> _HALF) ^ c1 ^ k0, b & _LOW, (a >> _HALF) ^ c3 ^ k1, a & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return (c1 << _HALF) | c0, (c3 << _HALF) | c2


@compiled
def uniform(key: np.uint64, who: int, step: int, nth: int) -> float:
    """From 0 up to but not 1, in steps of 2⁻⁵³."""
    return float(bits(key, who, step, nth)[0] >> _DROP) * _UNIT


@compiled
def below(key: np.uint64, who: int, step: int, nth: int, n: int) -> int:
    """An integer from 0 to n − 1; n up to 2³². Each is as likely as another within n/2⁵³."""
    return int(uniform(key, who, step, nth) * n)


@compiled
def exponential(key: np.uint64, who: int, step: int, nth: int) -> float:
    """Of mean 1."""
    return -log(1.0 - uniform(key, who, step, nth))


@compiled
def normal(key: np.uint64, who: int, step: int, nth: int) -> float:
    """Of mean 0 and sd 1 (Box and Muller, 1958, doi:10.1214/aoms/1177706645)."""
    a, b = bits(key, who, step, nth)
    return sqrt(-2.0 * log(1.0 - float(a >> _DROP) * _UNIT)) * cos(2.0 * pi * _UNIT * float(b >> _DROP))


@compiled
def gamma(key: np.uint64, who: int, step: int, nth: int, shape: float) -> float:
    """Of that shape, above 0, and scale 1 (Marsaglia and Tsang, 2000, doi:10.1145/358407.358414)."""
    d = (shape if shape >= 1.0 else shape + 1.0) - 1.0 / 3.0
    c = 1.0 / sqrt(9.0 * d)
    at = nth + 1
    while True:
        x = normal(key, who, step, at)
        v = (1.0 + c * x) ** 3
        if v > 0.0 and log(1.0 - uniform(key, who, step, at + 1)) < 0.5 * x * x + d - d * v + d * log(v):
            break
        at += 2
    if shape >= 1.0:
        return d * v
    return d * v * exp(log(1.0 - uniform(key, who, step, nth)) / shape)


@compiled
def poisson(key: np.uint64, who: int, step: int, nth: int, mean: float) -> int:
    """Events of that mean number, counted by the waits between them: the work grows with the mean."""
    count, left = -1, mean
    while left >= 0.0:
        left -= exponential(key, who, step, nth)
        nth += 1
        count += 1
    return count


@compiled
def uniforms(key: np.uint64, who: NDArray[np.int64], step: int, nth: int) -> NDArray[np.float64]:
    """``uniform`` of each of ``who``."""
    drawn = np.empty(who.size, np.float64)
    for i in range(who.size):
        drawn[i] = uniform(key, who[i], step, nth)
    return drawn


@compiled
def normals(key: np.uint64, who: NDArray[np.int64], step: int, nth: int) -> NDArray[np.float64]:
    """``normal`` of each of ``who``."""
    drawn = np.empty(who.size, np.float64)
    for i in range(who.size):
        drawn[i] = normal(key, who[i], step, nth)
    return drawn


@compiled
def belows(key: np.uint64, who: NDArray[np.int64], step: int, nth: int, n: int) -> NDArray[np.int64]:
    """``below`` of each of ``who``."""
    drawn = np.empty(who.size, np.int64)
    for i in range(who.size):
        drawn[i] = below(key, who[i], step, nth, n)
    return drawn
