"""Science: numbers in, numbers out. ``from lianfang import epi`` gives the functions below, and loads each when it is
first used; none needs Django, a server or a data folder. ``docs/science.md`` shows them at work."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lianfang.epi.aberration.control import kept as kept
    from lianfang.epi.aberration.control import unlikely as unlikely
    from lianfang.epi.aberration.cusum import cusum as cusum
    from lianfang.epi.aberration.ears import ears as ears
    from lianfang.epi.aberration.farrington import farrington_flexible as farrington_flexible
    from lianfang.epi.aberration.nb_cusum import nb_cusum as nb_cusum
    from lianfang.epi.aberration.scan import neighbours as neighbours
    from lianfang.epi.aberration.scan import scan as scan
    from lianfang.epi.daily import daily as daily_run
    from lianfang.epi.delays.fit import fit as fit_delay
    from lianfang.epi.delays.laws import by_mean_sd as delay_by_day
    from lianfang.epi.forecast.ahead import forecast as forecast_cases
    from lianfang.epi.nowcast.cases import nowcast as nowcast_cases
    from lianfang.epi.nowcast.deconvolved import deconvolve as deconvolve
    from lianfang.epi.reproduction.cori import cori as cori
    from lianfang.epi.reproduction.serial import discrete as serial_interval
    from lianfang.epi.reproduction.serial import sliding as sliding
    from lianfang.epi.reproduction.serial import uncertain as uncertain_serial_interval
    from lianfang.epi.reproduction.wallinga_teunis import wallinga_teunis as wallinga_teunis
    from lianfang.epi.scores.quantiles import covered as covered
    from lianfang.epi.scores.quantiles import wis as wis

_WHERE = {
    "cori": "reproduction.cori:cori",
    "covered": "scores.quantiles:covered",
    "cusum": "aberration.cusum:cusum",
    "daily_run": "daily:daily",
    "deconvolve": "nowcast.deconvolved:deconvolve",
    "delay_by_day": "delays.laws:by_mean_sd",
    "ears": "aberration.ears:ears",
    "farrington_flexible": "aberration.farrington:farrington_flexible",
    "fit_delay": "delays.fit:fit",
    "forecast_cases": "forecast.ahead:forecast",
    "kept": "aberration.control:kept",
    "nb_cusum": "aberration.nb_cusum:nb_cusum",
    "neighbours": "aberration.scan:neighbours",
    "nowcast_cases": "nowcast.cases:nowcast",
    "scan": "aberration.scan:scan",
    "serial_interval": "reproduction.serial:discrete",
    "sliding": "reproduction.serial:sliding",
    "uncertain_serial_interval": "reproduction.serial:uncertain",
    "unlikely": "aberration.control:unlikely",
    "wallinga_teunis": "reproduction.wallinga_teunis:wallinga_teunis",
    "wis": "scores.quantiles:wis",
}
__all__ = [
    "cori",
    "covered",
    "cusum",
    "daily_run",
    "deconvolve",
    "delay_by_day",
    "ears",
    "farrington_flexible",
    "fit_delay",
    "forecast_cases",
    "kept",
    "nb_cusum",
    "neighbours",
    "nowcast_cases",
    "scan",
    "serial_interval",
    "sliding",
    "uncertain_serial_interval",
    "unlikely",
    "wallinga_teunis",
    "wis",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, function = _WHERE[name].partition(":")
    return getattr(import_module(f"{__name__}.{module}"), function)


def __dir__() -> list[str]:
    return sorted([*globals(), *_WHERE])
