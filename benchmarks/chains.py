"""Chains of a million links: all that is asked of them, beside the mere building of the same graph by igraph and
networkit; and 1,000 surroundings of two steps beside theirs.

The outbreak is made here: 5,000 first cases, each other case infected by one of the 5,000 cases before it, more likely
by some than by others; the numbers of the cases are shuffled, so that no one profits from their order. Each figure is
the best of several passes, ours and theirs in turn. Compiling, once a machine, is not in it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import igraph
import networkit
import numpy as np

from lianfang.epi.chains.forest import Links, clusters, generations
from lianfang.epi.chains.offspring import fit

LINKS, FIRST, QUERIES, PASSES = 1_000_000, 5_000, 1_000, 5
BUILD_TARGET, QUERY_TARGET = 5, 2


def outbreak() -> tuple[Any, Any, int]:
    """Infectors, infectees, and how many cases there are."""
    dice = np.random.default_rng(20200126)
    n = FIRST + LINKS
    zeal = dice.gamma(0.3, size=n)
    infectees = np.arange(FIRST, n)
    candidates = infectees[:, None] - dice.integers(1, FIRST + 1, (LINKS, 4))
    infectors = candidates[np.arange(LINKS), zeal[candidates].argmax(1)]
    number = dice.permutation(n)
    return number[infectors], number[infectees], n


def run() -> list[dict[str, Any]]:
    """Two rows: everything about the chains beside a build, and the surroundings."""
    heads, tails, n = outbreak()
    return [_chains(heads, tails, n), _surroundings(heads, tails, n)]


def _chains(heads: Any, tails: Any, n: int) -> dict[str, Any]:
    def ours() -> tuple[int, int]:
        found = generations(heads, tails, n)
        fit(found.offspring)
        return len(clusters(heads, tails, n).sizes), found.depth

    rows = np.stack((heads, tails), 1)
    weights, both = np.ones(LINKS), (heads.astype(np.uint64), tails.astype(np.uint64))
    builds: dict[str, Callable[[], Any]] = {
        f"{name}{' directed' if directed else ''}": build
        for directed in (False, True)
        for name, build in (
            (f"igraph {igraph.__version__}", lambda d=directed: igraph.Graph(n=n, edges=rows, directed=d)),
            (
                f"networkit {networkit.__version__}",
                lambda d=directed: networkit.GraphFromCoo((weights, both), n=n, weighted=False, directed=d),
            ),
        )
    }
    times = _best({"ours": ours, **builds})
    graph = networkit.GraphFromCoo((weights, both), n=n, weighted=False)  # kept: the next line only borrows it
    pieces = networkit.components.ConnectedComponents(graph)
    pieces.run()
    _same("clusters", ours()[0], pieces.numberOfComponents())
    return _row(
        f"generations, cycles, clusters and offspring k of {LINKS:,} links, beside building the graph alone",
        times,
        BUILD_TARGET,
    )


def _surroundings(heads: Any, tails: Any, n: int) -> dict[str, Any]:
    asked = np.random.default_rng(1).choice(n, QUERIES, replace=False)
    links, cases = Links(heads, tails, n), asked.tolist()
    one = igraph.Graph(n=n, edges=np.stack((heads, tails), 1))
    two = networkit.GraphFromCoo(
        (np.ones(LINKS), (heads.astype(np.uint64), tails.astype(np.uint64))), n=n, weighted=False
    )

    def ours() -> int:
        return int(links.within(asked, 2).cases.size)

    def igraphs() -> int:
        return sum(map(len, one.neighborhood(vertices=cases, order=2)))

    def networkits() -> int:
        total = 0
        for case in cases:
            near = set(two.iterNeighbors(case))
            total += len(near.union({case}, *map(two.iterNeighbors, near)))
        return total

    times = _best({"ours": ours, "igraph": igraphs, "networkit": networkits})
    _same("cases within two steps", ours(), igraphs())
    _same("cases within two steps", ours(), networkits())
    return _row(f"{QUERIES:,} surroundings of two steps among {LINKS:,} links", times, QUERY_TARGET)


def _best(work: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Seconds of each, the best of several passes in turn, after one that does not count."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(PASSES + 1):
        for name, one in work.items():
            began = time.perf_counter()
            one()
            times[name].append(time.perf_counter() - began)
    return {name: min(found[1:]) for name, found in times.items()}


def _same(what: str, ours: int, theirs: int) -> None:
    if ours != theirs:
        raise SystemExit(f"benchmark chains: {what}: {ours} are found and {theirs} by the peer")


def _row(claim: str, times: dict[str, float], target: float) -> dict[str, Any]:
    ours = times.pop("ours")
    peer = min(times, key=lambda name: times[name])
    ratio = times[peer] / ours
    return {
        "claim": claim,
        "ours": f"{ours * 1000:.3g} ms",
        "peer": f"{peer} {times[peer] * 1000:.3g} ms",
        "ratio": ratio,
        "target": f"≥ {target}×",
        "met": ratio >= target,
    }


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
