"""Which records can hardly have been seen: arrays in, findings out.

A rule of one record says what cannot be (two minutes after another door, in the night, a day later); a rule of a unit's
records of some days holds a share against all others of the same days, and finds it only where it lies beyond chance
and by more than a least amount. Each finding names the records that it is about. What it means somebody decides who has
looked. Thresholds and their sources: ``policy/findings.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np

from lianfang.capabilities.oversight.rules.always_in import never_away
from lianfang.capabilities.oversight.rules.chance import Doubles, Flags, Ints, above, standing_out, usual
from lianfang.capabilities.oversight.rules.groups import Found, Groups, grouped, told_of
from lianfang.capabilities.oversight.rules.policy import Figures, Policy
from lianfang.capabilities.oversight.rules.records import NO_EARLIER, SAME, Records

DAY_MINUTES: Final = 1440
WIDTHS: Final = (1, 3)
"""How many values next to each other are taken together: one, or one with its neighbours."""


def found(records: Records, policy: Policy, days: tuple[int, int] | None = None) -> list[Found]:
    """Everything that the rules find, by rule, unit and day. ``days``: only what has a record between these two, both
    included; the others are there to be held against."""
    if not records.size:
        return []
    told = [one for name, rule in RULES.items() for one in rule(name, records, policy.rules[name].figures)]
    unseen = [one for one in told if one.rule not in LATE]
    told += never_away(NEVER_AWAY, records, policy.rules[NEVER_AWAY].figures, unseen)
    if days is None:
        return told
    first, last = days
    return [one for one in told if one.day <= last and one.day + one.days > first]


# Of one record


def _one_by_one(hit: Callable[[Records, Figures], Flags], limit: Callable[[Figures], float]) -> Rule:
    """A rule of one record, told by unit and day."""

    def rule(name: str, records: Records, its: Figures) -> Iterator[Found]:
        flags = hit(records, its)
        groups = grouped(records, 1)
        of, many = groups.sums(np.ones(records.size, np.bool_)), groups.sums(flags)
        for group in np.flatnonzero(many >= its.least).tolist():
            figures = {"records": float(many[group]), "of": float(of[group]), "limit": limit(its)}
            yield _found(name, records, groups, group, 1, flags, figures)

    return rule


def back_dated(records: Records, its: Figures) -> Flags:
    """Came in more than ``hours`` after the visit."""
    return records.lag_h > its.hours


def late(records: Records, its: Figures) -> Flags:
    """Came in on a later day, and not so late that it is written down after the fact."""
    return records.next_day & (records.lag_h <= its.limit)


def short(records: Records, its: Figures) -> Flags:
    """Temperatures were measured, and the form was open for less than ``minutes``."""
    return (records.measured > 0) & (np.nan_to_num(records.open_min, nan=np.inf) < its.minutes)


def speed(records: Records, its: Figures) -> Flags:
    """More than ``limit`` doors of the unit within the same minute."""
    key = (records.unit * (int(records.day.max()) + 1) + records.day) * DAY_MINUTES + records.minute
    _, at, many = np.unique(key, return_inverse=True, return_counts=True)
    flags: Flags = many[at] > its.limit
    return flags


def off_hours(records: Records, its: Figures) -> Flags:
    """Outside working hours; where a unit has so many of a day, its first calls of that evening too."""
    outside = (records.minute < its.begins_min) | (records.minute > its.ends_min)
    groups = grouped(records, 1)
    several = groups.sums(outside) >= its.least
    with_them = several[groups.of] & records.first & (records.minute >= its.evening_min)
    flags: Flags = outside | with_them
    return flags


# Of a unit's records of some days


def _by_unit(trials: Callable[[Records], tuple[Flags, Flags, Ints]]) -> Rule:
    """A rule of a share. ``trials`` gives, of each trial, whether it is one and whether it hit, and of which visit."""

    def rule(name: str, records: Records, its: Figures) -> Iterator[Found]:
        counts, hit, visit = trials(records)
        for days in its.spans:
            groups = grouped(records, days)
            many = groups.unit.size
            of = np.bincount(groups.of[visit[counts]], minlength=many).astype(np.int64)
            hits = np.bincount(groups.of[visit[counts & hit]], minlength=many).astype(np.int64)
            flags = _all_hit(records, visit[counts], hit[counts])

            def fits(group: int, flags: Flags = flags) -> Flags:
                return flags

            yield from _beyond(name, records, groups, days, its, of, hits, fits)

    return rule


def _beyond(
    name: str, records: Records, groups: Groups, days: int, its: Figures, of: Ints, hits: Ints,
    fits: Callable[[int], Flags], tries: int = 1, share: Doubles | None = None, without: Flags | None = None,
) -> Iterator[Found]:  # fmt: skip
    """The groups whose share of hits lies beyond chance above the others'; ``fits`` gives of a group the visits that
    are like it; ``tries``: how many shares were looked at to choose this one."""
    judged = of >= its.least

    def beyond(share: Doubles) -> Flags:
        chance = np.minimum(1.0, above(hits, of, share) * tries)
        return standing_out(chance, judged, groups.block, its.q)

    if share is None:
        # Looked at twice: those that stand out would else be taken for what is usual.
        apart = beyond(usual(hits, of, groups.block)) if without is None else without
        share = usual(hits, of, groups.block, apart)
    out = beyond(share)
    own = hits / np.maximum(of, 1)
    for group in np.flatnonzero(out & (own - share >= its.effect)).tolist():
        figures = {"of": float(of[group]), "share": float(own[group]), "usual": float(share[group])}
        yield _found(name, records, groups, group, days, fits(group), figures)


def _all_hit(records: Records, visit: Ints, hit: Flags) -> Flags:
    """The visits that have trials all of which hit. ``visit``: of each trial, as ``hit``."""
    trials, hits = (np.bincount(one, minlength=records.size) for one in (visit, visit[hit]))
    flags: Flags = (trials > 0) & (hits == trials)
    return flags


def _found(
    name: str, records: Records, groups: Groups, group: int, days: int, flags: Flags, figures: Mapping[str, float]
) -> Found:  # fmt: skip
    place = int(groups.unit[group]), int(groups.begins[group]), days
    return told_of(name, records, place, flags & (groups.of == group), figures)


def _visits(
    counts: Callable[[Records], Flags], hit: Callable[[Records], Flags]
) -> Callable[[Records], tuple[Flags, Flags, Ints]]:
    def trials(records: Records) -> tuple[Flags, Flags, Ints]:
        return counts(records), hit(records), np.arange(records.size)

    return trials


def digits(name: str, records: Records, its: Figures) -> Iterator[Found]:
    """Last digits 0 and 5: more than among the others, or less; each side has half of the rate. Who stands out on
    either side tells nothing of what is usual."""
    half, visit = its.model_copy(update={"q": its.q / 2}), records.of_visit
    sides = [records.tenths % 5 == 0, records.tenths % 5 != 0]
    for days in its.spans:
        groups = grouped(records, days)
        many = groups.unit.size
        of = np.bincount(groups.of[visit], minlength=many).astype(np.int64)
        both = [np.bincount(groups.of[visit[hit]], minlength=many).astype(np.int64) for hit in sides]
        least = [above(hits, of, usual(hits, of, groups.block)) for hits in both]
        apart = standing_out(np.minimum(*least), of >= its.least, groups.block, its.q)
        for hit, hits in zip(sides, both, strict=True):
            flags = _all_hit(records, visit, hit)

            def fits(group: int, flags: Flags = flags) -> Flags:
                return flags

            yield from _beyond(name, records, groups, days, half, of, hits, fits, without=apart)


def one_value(name: str, records: Records, its: Figures) -> Iterator[Found]:
    """One temperature, or three next to each other, more frequent than among the others."""
    if records.tenths.size:
        yield from _heaped(name, records, its, records.tenths, records.of_visit, WIDTHS)


def same_minutes(name: str, records: Records, its: Figures) -> Iterator[Found]:
    """One length of visit, in half minutes, more frequent than among the others."""
    known = np.flatnonzero(~np.isnan(records.open_min))
    if known.size:
        values = np.minimum(np.round(records.open_min[known] * 2), 240).astype(np.int64)
        yield from _heaped(name, records, its, values, known, (1,))


def _heaped(
    name: str, records: Records, its: Figures, values: Ints, visit: Ints, widths: tuple[int, ...]
) -> Iterator[Found]:
    """Of each group the window of values that is the least likely by chance, held against the same window of the
    others."""
    low = int(values.min())
    for days in its.spans:
        groups = grouped(records, days)
        counts = np.zeros((groups.unit.size, int(values.max()) - low + 1), np.int64)
        np.add.at(counts, (groups.of[visit], values - low), 1)
        of = counts.sum(axis=1)
        windows, begins, ends = _windows(counts, widths)
        share = usual(windows, of, groups.block)
        chance = above(windows, of, share)
        best = np.argmin(chance, axis=1)
        each = np.arange(best.size)

        def fits(group: int, best: Ints = best, begins: Ints = begins, ends: Ints = ends) -> Flags:
            hit = (values >= low + begins[best[group]]) & (values < low + ends[best[group]])
            return _all_hit(records, visit, hit)

        yield from _beyond(
            name, records, groups, days, its, of, windows[each, best], fits, windows.shape[1], share[each, best]
        )  # fmt: skip


def _windows(counts: Ints, widths: tuple[int, ...]) -> tuple[Ints, Ints, Ints]:
    """The counts of all windows of some widths, (G, W), and where each begins and ends, (W,)."""
    upto = np.concatenate([np.zeros((len(counts), 1), np.int64), np.cumsum(counts, axis=1)], axis=1)
    begins = np.concatenate([np.arange(counts.shape[1] - width + 1) for width in widths if width <= counts.shape[1]])
    wide = np.concatenate([np.full(counts.shape[1] - width + 1, width) for width in widths if width <= counts.shape[1]])
    ends = begins + wide
    return upto[:, ends] - upto[:, begins], begins, ends


Rule = Callable[[str, Records, Figures], Iterator[Found]]


def _everything(records: Records) -> Flags:
    return np.ones(records.size, np.bool_)


RULES: Final[Mapping[str, Rule]] = {
    "late_record": _one_by_one(late, lambda its: its.limit),
    "back_dated": _one_by_one(back_dated, lambda its: its.hours),
    "short": _one_by_one(short, lambda its: its.minutes),
    "speed": _one_by_one(speed, lambda its: its.limit),
    "off_hours": _one_by_one(off_hours, lambda its: float(its.ends_min)),
    "one_value": one_value,
    "digits": digits,
    "same_minutes": same_minutes,
    "unproved": _by_unit(_visits(_everything, lambda its: ~its.proved)),
    "repeated": _by_unit(_visits(lambda its: its.repeated != NO_EARLIER, lambda its: its.repeated == SAME)),
}
"""The rules about records of visits, by their names in the policy, but for the one that looks at what these leave."""
NEVER_AWAY: Final = "never_away"
LATE: Final = frozenset({"late_record", "back_dated"})
"""The rules about when a record came: what they name may well have been seen."""
