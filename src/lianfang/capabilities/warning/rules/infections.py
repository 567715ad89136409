"""When those who fell ill were infected: complete onsets, taken back by the incubation. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

from lianfang.capabilities.warning.rules.series import Cases, triangles
from lianfang.capabilities.warning.rules.series_estimates import Span
from lianfang.capabilities.warning.rules.series_terms import Break, terms
from lianfang.capabilities.warning.rules.series_told import day_of, figures, said
from lianfang.epi.delays.laws import LAWS, by_day, by_mean_sd
from lianfang.epi.nowcast.cases import QUANTILES, nowcast
from lianfang.epi.nowcast.deconvolved import Deconvolved, deconvolve
from lianfang.epi.series import Numbers
from lianfang.profiles.disease import profile
from lianfang.profiles.disease.parts import Delay

KNOWN = ("gamma", "lognormal")


def incubation(disease: str) -> Delay | None:
    """The first incubation of a disease's profile whose law is told whole; None where there is none."""
    delays = (one for one in profile(disease).delays if one.name == "incubation" and one.family in KNOWN)
    return next(
        (one for one in delays if (one.mean_days and one.sd_days) or (one.median_days and one.dispersion)), None
    )


def infections(cases: Cases, of: Span, disease: str, broken: Sequence[Break]) -> dict[str, Any]:
    """The infections by day of the cases of one division, as the interface tells them: of each day that can be told up
    to ``of.as_of`` the part whose onset can be seen by now, and quantiles of the number."""
    its, law = terms(), incubation(disease)
    if law is None:
        return _told(None, said("incubation"), (), None)
    days = of.last - of.first + 1
    now = nowcast(
        triangles(cases, 1, of.first, of.last, its.course.delays), draws=its.nowcast.draws, seed=its.nowcast.seed,
        breaks=[at for one in broken if 0 < (at := one.day.toordinal() - of.first) < days],
    )  # fmt: skip
    if now.refused:
        return _told(law, said(now.refused[0]), (), None)
    found = deconvolve(now.reported, _chances(law), drawn=now.drawn, draws=its.nowcast.draws, seed=its.nowcast.seed)
    first = of.first - found.first
    told = [n for n in range(len(found.share)) if found.mean[0, n] >= 0 and first + n <= of.as_of]
    return _told(law, None, [(first + n, n) for n in told], found)


def _chances(law: Delay) -> Numbers:
    days = terms().infections.longest_days
    if law.median_days and law.dispersion:
        return by_day(LAWS["lognormal"], law.median_days, log(law.dispersion), days)
    return by_mean_sd(law.mean_days or 0.0, law.sd_days or 0.0, days, law.family or "")


def _told(
    law: Delay | None, refused: dict[str, str] | None, days: Sequence[tuple[int, int]], found: Deconvolved | None
) -> dict[str, Any]:
    return {
        "version": terms().edition,
        "refused": refused,
        "median_days": law and law.median_days,
        "dispersion": law and law.dispersion,
        "mean_days": law and law.mean_days,
        "sd_days": law and law.sd_days,
        "source": law and f"{law.source.title}, {law.source.year}",
        "levels": list(QUANTILES),
        "days": [] if found is None else [
            {"day": day_of(day), "share": round(float(found.share[n]), 4), "q": figures(found.quantiles[0, n])}
            for day, n in days
        ],
    }  # fmt: skip
