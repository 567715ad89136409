"""Options of the commands that need no server by which a serial interval or a delay is told, and their laws by day."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lianfang.app.commands_epi_rows import Refusal, rows
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.epi.series import Numbers

UNSURE = ("si_mean_sd", "si_mean_range", "si_sd_sd", "si_sd_range")
MOST_DRAWS = 10_000
LONGEST_DELAY = 60
LAWS = ("gamma", "lognormal")


def add_serial(command: ArgumentParser) -> None:
    command.add_argument("--si-mean", metavar="DAYS", type=float, help="mean of the serial interval")
    command.add_argument("--si-sd", metavar="DAYS", type=float, help="its standard deviation")
    command.add_argument("--si-distr", metavar="FILE", type=Path, help="instead: columns day and p, from day 0")
    command.add_argument("--si-mean-sd", metavar="DAYS", type=float, help="how sure the mean is: its own sd")
    command.add_argument("--si-mean-range", metavar="DAYS", type=float, nargs=2, help="lowest and highest mean")
    command.add_argument("--si-sd-sd", metavar="DAYS", type=float, help="how sure the sd is: its own sd")
    command.add_argument("--si-sd-range", metavar="DAYS", type=float, nargs=2, help="lowest and highest sd")
    command.add_argument("--si-draws", metavar="N", type=int, default=500, help="serial intervals drawn (500)")
    command.add_argument("--seed", metavar="N", type=int, default=1, help="where the draws begin (1)")


def serial(options: Namespace, refused: list[Refusal]) -> Callable[[int], Numbers]:
    """The serial interval by day, or draws of it, for series of so many days. Raises Unusable for options that give
    none, or two."""
    from lianfang.epi.reproduction.serial import discrete, given, uncertain

    both = (options.si_mean is not None) + (options.si_sd is not None)
    if (options.si_distr is None) == (both == 0) or both == 1:
        raise Unusable("the serial interval is needed: give --si-mean and --si-sd, or --si-distr FILE")
    unsure = [getattr(options, name) for name in UNSURE]
    named = ", ".join("--" + name.replace("_", "-") for name in UNSURE)
    if any(one is not None for one in unsure) and (options.si_distr or any(one is None for one in unsure)):
        raise Unusable(f"an unsure serial interval needs --si-mean, --si-sd and all of {named}")
    if unsure[0] is not None and not (1 <= options.si_draws <= MOST_DRAWS and options.seed >= 0):
        raise Unusable(f"--si-draws is 1 to {MOST_DRAWS}, --seed 0 or more")
    try:
        if options.si_distr is not None:
            known = given(_by_day(options.si_distr, refused))
            return lambda days: known
        discrete(options.si_mean, options.si_sd, 2)
        if unsure[0] is None:
            return lambda days: discrete(options.si_mean, options.si_sd, days)
        mean = (options.si_mean, options.si_mean_sd, *options.si_mean_range)
        sd = (options.si_sd, options.si_sd_sd, *options.si_sd_range)
        uncertain(mean, sd, 2, draws=1, seed=options.seed)
        return lambda days: uncertain(mean, sd, days, draws=options.si_draws, seed=options.seed)
    except ValueError as error:
        raise Unusable(f"{options.si_distr or '--si-mean, --si-sd'}: {error}") from None


def add_delay(command: ArgumentParser) -> None:
    command.add_argument("--delay-mean", metavar="DAYS", type=float, help="mean of the delay, as of the incubation")
    command.add_argument("--delay-sd", metavar="DAYS", type=float, help="its standard deviation")
    command.add_argument("--delay-law", choices=LAWS, default="lognormal", help="its law (lognormal)")
    command.add_argument("--delay-distr", metavar="FILE", type=Path, help="instead: columns day and p, from day 0")


def delay(options: Namespace, refused: list[Refusal]) -> Numbers:
    """The delay by day. Raises Unusable for options that give none, or two."""
    from lianfang.epi.delays.laws import by_mean_sd

    both = (options.delay_mean is not None) + (options.delay_sd is not None)
    if (options.delay_distr is None) == (both == 0) or both == 1:
        raise Unusable("the delay is needed: give --delay-mean and --delay-sd, or --delay-distr FILE")
    if options.delay_distr is not None:
        return _by_day(options.delay_distr, refused)
    if not (0 < options.delay_mean < LONGEST_DELAY and 0 < options.delay_sd < LONGEST_DELAY):
        raise Unusable(f"--delay-mean, --delay-sd: above 0 and below {LONGEST_DELAY} days")
    return by_mean_sd(options.delay_mean, options.delay_sd, LONGEST_DELAY, options.delay_law)


def _by_day(path: Path, refused: list[Refusal]) -> Numbers:
    import numpy as np

    lines = list(rows(path, ("day", "p"), (), refused))
    try:
        chances = {int(line.cells["day"]): float(line.cells["p"]) for line in lines}
    except ValueError:
        raise Unusable(f"{path}: day is a whole number and p a chance in every row") from None
    if refused or len(chances) < len(lines) or sorted(chances) != list(range(len(chances))):
        raise Unusable(f"{path}: the days are 0, 1, 2 and so on, each in one row")
    return np.array([chances[k] for k in range(len(chances))])
