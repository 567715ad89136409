"""The identities that hold between a notice and the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import METRICS, AreaCount, Basis, BulletinRecord, Count
from lianfang.capabilities.bulletins.rules.check import (
    Check,
    Severity,
    State,
    Term,
    addends,
    areas,
    balance,
    figure,
    identities,
    interval,
    judged,
    not_applicable,
    term,
    unit_zh,
)

GROWS_BY = {
    "confirmed_cum": "confirmed_new",
    "clinical_cum": "clinical_new",
    "imported_cum": "imported_new",
    "local_cum": "local_new",
    "severe_cum": "severe_new",
    "suspected_cum": "suspected_new",
    "suspected_excluded_cum": "suspected_excluded",
    "deaths_cum": "deaths_new",
    "cured_cum": "cured_new",
    "asymptomatic_cum": "asymptomatic_new",
}
"""Each cumulative number and the flow that it grows by."""

NEVER_FALLS = (*GROWS_BY, "contacts_traced_cum", "contacts_released_cum")


class Spans(NamedTuple):
    """How the window of a notice's flows lies to the time since the previous notice."""

    abut: bool
    zh: str
    en: str


def spans(record: BulletinRecord, previous: BulletinRecord) -> Spans:
    """Whether the flows cover exactly the time between the two notices, and if not, a sentence that says so."""
    window = record.window
    if window is None:
        return Spans(False, "通报没有写新增的统计时段", "the notice gives no window for its flows")
    if previous.as_of is None or record.as_of is None:
        return Spans(False, "截止时间不明", "a cut-off time is not known")
    if window.end != record.as_of:
        gap = _hours(window.end, record.as_of)
        return Spans(False, f"统计时段与截止时间相差{gap}小时", f"the window ends {gap} hours away from the cut-off")
    if window.start == previous.as_of:
        return Spans(True, "", "")
    apart = _hours(window.start, previous.as_of)
    if window.start < previous.as_of:
        return Spans(
            False,
            f"统计时段长{window.hours:g}小时，与上期重叠{apart}小时，不能直接相加",
            f"its window of {window.hours:g} hours overlaps the previous notice by {apart} hours and cannot be added",
        )
    return Spans(
        False,
        f"统计时段长{window.hours:g}小时，与上期之间缺{apart}小时",
        f"its window of {window.hours:g} hours leaves {apart} hours since the previous notice uncovered",
    )


def _hours(a: datetime, b: datetime) -> str:
    return f"{abs((a - b).total_seconds()) / 3600:g}"


def _before(previous: BulletinRecord, count: Count, sign: int = 1) -> Term:
    return term(previous, count, sign=sign, when_zh="上期", when_en="previous")


def _no_previous(identity_id: str) -> Check:
    return not_applicable(
        identities()[identity_id], "没有上期通报可以对照。", "There is no previous notice to compare with."
    )


def growth(record: BulletinRecord, previous: BulletinRecord | None) -> list[Check]:
    """ID2: cumulative = previous + new − revised, for the area and its divisions; E where the windows abut, else W."""
    identity = identities()["ID2"]
    if previous is None:
        return [_no_previous("ID2")]
    lie = spans(record, previous)
    severity = identity.severity if lie.abut else identity.otherwise
    checks = []
    for cum, new in GROWS_BY.items():
        now, then, added = figure(record, cum), figure(previous, cum), addends(record, new)
        if now is None or then is None or not added:
            continue
        revised = addends(record, "revised_minus", sign=-1) if cum == "confirmed_cum" else []
        summed = [_before(previous, then), *added, *revised]
        checks.append(balance(identity, summed, term(record, now), severity=severity, note_zh=lie.zh, note_en=lie.en))
        checks += _growth_of_areas(record, previous, cum, new, severity)
    checks += _windows_differ(record, previous)
    return checks or [
        not_applicable(
            identity, "两期没有可以相接的累计与新增。", "The two notices have no cumulative and new numbers to join."
        )
    ]


def _growth_of_areas(
    record: BulletinRecord, previous: BulletinRecord, cum: str, new: str, severity: Severity
) -> Iterator[Check]:
    """ID2 for each division, where all three lists add up to their totals, so that silence in them means 0."""
    if areas(record, "revised_minus") or figure(record, "revised_minus"):
        return
    if not (_complete(record, cum) and _complete(previous, cum) and _complete(record, new)):
        return
    if not set(_by_code(record, new)) <= set(_by_code(record, cum)):
        return  # the two lists are of different levels
    now, then, added = _by_code(record, cum), _by_code(previous, cum), _by_code(record, new)
    checks = []
    for code in dict.fromkeys((*now, *added, *then)):
        known = now.get(code) or added.get(code) or then[code]
        summed = [_before(previous, then.get(code) or silent(known, cum))]
        summed.append(term(record, added.get(code) or silent(known, new)))
        stated = term(record, now.get(code) or silent(known, cum))
        checks.append(balance(identities()["ID2"], summed, stated, severity=severity))
    broken = [c for c in checks if c.state is not State.HOLDS]
    yield from broken
    if not broken:
        yield judged(
            identities()["ID2"],
            State.HOLDS,
            f"{METRICS[cum].zh}：{len(checks)}个地区逐一相符。",
            f"{METRICS[cum].en}: it holds for each of {len(checks)} areas.",
            severity=severity,
            numbers=[c.numbers[-1] for c in checks],
            metric=cum,
            area_code=record.area_code,
        )


def silent(known: AreaCount, metric: str) -> AreaCount:
    """The zero of a division on which a complete list is silent."""
    return AreaCount(
        metric=metric, n=0, unit=METRICS[metric].unit, basis=Basis.IMPLIED, code=known.code, name=known.name
    )


def _complete(record: BulletinRecord, metric: str) -> bool:
    """Whether the divisions listed add up exactly to the stated total."""
    total, listed = figure(record, metric), areas(record, metric)
    return total is not None and bool(listed) and total.n == sum(a.n for a in listed)


def _by_code(record: BulletinRecord, metric: str) -> dict[str, AreaCount]:
    return {a.code or a.name: a for a in areas(record, metric)}


def _windows_differ(record: BulletinRecord, previous: BulletinRecord) -> Iterator[Check]:
    """Flows over windows of different lengths are never compared without this flag."""
    if record.window is None or previous.window is None or record.window.hours == previous.window.hours:
        return
    for new in GROWS_BY.values():
        now, then = figure(record, new), figure(previous, new)
        if now is not None and then is not None:
            a, b = f"{record.window.hours:g}", f"{previous.window.hours:g}"
            yield judged(
                identities()["ID2"],
                State.WARNS,
                f"{METRICS[new].zh}的统计时段本期为{a}小时，上期为{b}小时，两数不可直接比较。",
                f"{METRICS[new].en}: over {a} hours now and {b} hours before; not to be compared as they are.",
                severity=Severity.INFO,
                numbers=[term(record, now), _before(previous, then, sign=0)],
                metric=new,
                area_code=record.area_code,
            )


def suspected_balance(record: BulletinRecord, previous: BulletinRecord | None) -> list[Check]:
    """ID4: suspected = previous + new − excluded − converted. Flows that are not stated are left out of the sum."""
    identity = identities()["ID4"]
    now = figure(record, "suspected")
    flows = [
        *addends(record, "suspected_new"),
        *addends(record, "suspected_excluded", sign=-1),
        *addends(record, "suspected_to_confirmed", sign=-1),
    ]
    if now is None or not flows:
        return [
            not_applicable(
                identity,
                "通报没有疑似病例的存量与增减。",
                "The notice does not give a stock of suspected cases with its changes.",
            )
        ]
    then = figure(previous, "suspected") if previous is not None else None
    if previous is None or then is None:
        opening = now.n - sum(t.sign * t.value for t in flows)
        return [
            not_applicable(
                identity,
                f"上期疑似病例数未见公布；按本期增减倒推应为{opening}例。",
                f"The previous stock of suspected cases is not published; the changes imply {opening}.",
                numbers=[*flows, term(record, now, sign=0)],
            )
        ]
    lie = spans(record, previous)
    return [balance(identity, [_before(previous, then), *flows], term(record, now), note_zh=lie.zh, note_en=lie.en)]


def observation_balance(record: BulletinRecord, previous: BulletinRecord | None) -> list[Check]:
    """ID6, between: observing = previous + added − released; added is stated, or the growth of the traced."""
    now, released = figure(record, "contacts_observing"), figure(record, "contacts_released")
    then = figure(previous, "contacts_observing") if previous is not None else None
    if previous is None or now is None or then is None or released is None:
        return []
    added = addends(record, "contacts_new")
    traced, traced_then = figure(record, "contacts_traced_cum"), figure(previous, "contacts_traced_cum")
    if not added and traced is not None and traced_then is not None:
        added = [term(record, traced), _before(previous, traced_then, sign=-1)]
    if not added:
        return []
    lie = spans(record, previous)
    summed = [_before(previous, then), *added, term(record, released, sign=-1)]
    return [balance(identities()["ID6"], summed, term(record, now), note_zh=lie.zh, note_en=lie.en)]


def severe_change(record: BulletinRecord, previous: BulletinRecord | None) -> list[Check]:
    """ID7, between: severe = previous + change; E where the windows abut, else W."""
    identity = identities()["ID7"]
    now, delta = figure(record, "severe"), figure(record, "severe_delta")
    then = figure(previous, "severe") if previous is not None else None
    if previous is None or now is None or delta is None or then is None:
        return []
    lie = spans(record, previous)
    severity = identity.severity if lie.abut else identity.otherwise
    return [
        balance(
            identity,
            [_before(previous, then), term(record, delta)],
            term(record, now),
            severity=severity,
            note_zh=lie.zh,
            note_en=lie.en,
        )
    ]


def never_falls(record: BulletinRecord, previous: BulletinRecord | None) -> list[Check]:
    """ID10: cumulative numbers do not fall, but for a stated revision or a move between counties of one parent."""
    identity = identities()["ID10"]
    if previous is None:
        return [_no_previous("ID10")]
    checks = []
    for metric in NEVER_FALLS:
        now, then = figure(record, metric), figure(previous, metric)
        if now is None or then is None:
            continue
        revised = addends(record, "revised_minus") if metric == "confirmed_cum" else []
        checks.append(_monotone(record, previous, now, then, revised))
        checks += _falls_of_areas(record, previous, metric)
    return checks or [not_applicable(identity, "两期没有共同的累计数。", "The two notices share no cumulative number.")]


def _monotone(
    record: BulletinRecord, previous: BulletinRecord, now: Count, then: Count, revised: Sequence[Term]
) -> Check:
    about = METRICS[now.metric]
    fall = _fall(now, then)
    allowed = sum(t.value for t in revised)
    numbers = [
        _before(previous, then),
        term(record, now, sign=0),
        *(t.model_copy(update={"sign": -1}) for t in revised),
    ]
    name_zh = f"{now.name}{about.zh}" if isinstance(now, AreaCount) else about.zh
    name_en = f"{now.name}: {about.en}" if isinstance(now, AreaCount) else about.en
    if fall <= 0:
        state, zh, en = (
            State.HOLDS,
            f"{name_zh}由{then.n}到{now.n}，没有减少。",
            f"{name_en}: {then.n} to {now.n}, no fall.",
        )
    elif fall <= allowed:
        state = State.HOLDS
        zh = f"{name_zh}由{then.n}减为{now.n}，通报已说明核减{allowed}例。"
        en = f"{name_en}: {then.n} to {now.n}; the notice states a revision of {allowed}."
    else:
        state = State.FAILS
        rest = fall - allowed
        zh = f"{name_zh}由{then.n}减为{now.n}，有−{rest}{unit_zh(now.metric)}未能解释。"
        en = f"{name_en}: {then.n} to {now.n}, unexplained -{rest}."
    code = now.code if isinstance(now, AreaCount) else record.area_code
    return judged(
        identities()["ID10"],
        state,
        zh,
        en,
        numbers=numbers,
        metric=now.metric,
        area_code=code,
        difference=now.n - then.n if fall > 0 else None,
    )


def _fall(now: Count, then: Count) -> int:
    """By how much a number fell for certain; 0 where the bounds leave room."""
    below = interval(now.n, now.qualifier).high < interval(then.n, then.qualifier).low
    return then.n - now.n if below else 0


def _falls_of_areas(record: BulletinRecord, previous: BulletinRecord, metric: str) -> Iterator[Check]:
    """Divisions and counties that fell. Silence counts as 0 only in a list that adds up to its total."""
    now = _by_code(record, metric)
    revised = {a.code: a for top in areas(record, "revised_minus") for a in top.walk()}
    for code, then in _by_code(previous, metric).items():
        current = now.get(code) or (silent(then, metric) if _complete(record, metric) else None)
        if current is None:
            continue
        stated = revised.get(code)
        if _fall(current, then) > 0:
            terms = [term(record, stated)] if stated is not None and metric == "confirmed_cum" else []
            yield _monotone(record, previous, current, then, terms)
        else:
            yield from _moves_within(record, previous, current, then)


def _moves_within(
    record: BulletinRecord, previous: BulletinRecord, current: AreaCount, then: AreaCount
) -> Iterator[Check]:
    """Counties that fell while their parent did not: the cases were moved between counties, severity I."""
    if not _adds_up(current) or not _adds_up(then):
        return
    before = {c.code or c.name: c for c in then.children}
    after = {c.code or c.name: c for c in current.children}
    fell = [
        (c, after.get(code) or silent(c, c.metric))
        for code, c in before.items()
        if _fall(after.get(code) or silent(c, c.metric), c) > 0
    ]
    rose = [
        (before.get(code) or silent(c, c.metric), c)
        for code, c in after.items()
        if c.n > (before[code].n if code in before else 0)
    ]
    if not fell:
        return
    identity = identities()["ID10"]
    moved_zh = "，".join(f"{a.name}由{a.n}到{b.n}" for a, b in (*fell, *rose))
    moved_en = ", ".join(f"{a.name} {a.n} to {b.n}" for a, b in (*fell, *rose))
    yield judged(
        identity,
        State.WARNS,
        f"{current.name}由{then.n}到{current.n}没有减少，而{moved_zh}：可由病例归属地订正解释。",
        f"{current.name} went from {then.n} to {current.n}, but {moved_en}: cases assigned anew would explain it.",
        severity=identity.otherwise,
        numbers=[t for a, b in (*fell, *rose) for t in (_before(previous, a), term(record, b, sign=0))],
        metric=current.metric,
        area_code=current.code,
    )


def _adds_up(area: AreaCount) -> bool:
    return bool(area.children) and area.n == sum(c.n for c in area.children)
