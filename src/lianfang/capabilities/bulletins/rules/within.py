"""The identities that one notice must keep within itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lianfang.capabilities.bulletins.facts import METRICS, AreaCount, Basis, BulletinRecord, Count, Kind, Unit
from lianfang.capabilities.bulletins.rules.check import (
    Check,
    Identity,
    Severity,
    State,
    Term,
    areas,
    balance,
    broken,
    figure,
    identities,
    interval,
    judged,
    not_applicable,
    term,
)


def _sums_over_areas(record: BulletinRecord, kind: Kind, identity_id: str) -> Iterator[Check]:
    """Each stated total against its divisions, and each stated division against its own."""
    identity = identities()[identity_id]
    for metric in dict.fromkeys(a.metric for a in record.by_area):
        if metric not in METRICS or METRICS[metric].kind is not kind:
            continue
        total = figure(record, metric)
        tops = areas(record, metric)
        if total is not None and total.basis is not Basis.DERIVED:
            yield _sum(identity, record, tops, total)
        for parent in (a for top in tops for a in top.walk()):
            alone = len(parent.children) == 1 and parent.children[0].n == parent.n
            if parent.children and parent.basis is not Basis.DERIVED and not alone:
                yield _sum(identity, record, parent.children, parent)


def _sum(identity: Identity, record: BulletinRecord, parts: Sequence[AreaCount], total: Count) -> Check:
    """A total against its parts. One part alone that is less is a share; several that are less may be incomplete."""
    short = sum(part.n for part in parts) < total.n
    if short and len(parts) == 1:
        return _share(identity, record, parts[0], total)
    return balance(
        identity,
        [term(record, part) for part in parts],
        term(record, total),
        note_zh="所列地区可能不全" if short else "",
        note_en="the list of areas may be incomplete" if short else "",
        note_if_broken=True,
    )


def _share(identity: Identity, record: BulletinRecord, part: AreaCount, total: Count) -> Check:
    """「2292例（武汉1675例）」 says how much of the total one area has, not where all of it is."""
    whole = term(record, total, sign=0)
    return judged(
        identity,
        State.HOLDS,
        f"{whole.label_zh}：{total.n}中{part.name}占{part.n}，是部分而非全部。",
        f"{whole.label_en}: {part.n} of {total.n} are {part.name}'s, a share and not the whole.",
        numbers=[term(record, part), whole],
        metric=total.metric,
        area_code=whole.area_code,
    )


def sum_of_areas(record: BulletinRecord) -> list[Check]:
    """ID1: a stock equals the sum of its divisions, and each division the sum of its own."""
    checks = list(_sums_over_areas(record, Kind.STOCK, "ID1"))
    return checks or [
        not_applicable(
            identities()["ID1"], "通报没有同时给出合计与各地数字。", "The notice does not give a total with its areas."
        )
    ]


def existing(record: BulletinRecord) -> list[Check]:
    """ID3: current = cumulative − recovered − deaths. A number not stated is not taken as 0."""
    identity = identities()["ID3"]
    cum, cured, deaths = (figure(record, m) for m in ("confirmed_cum", "cured_cum", "deaths_cum"))
    now = figure(record, "confirmed_existing")
    if cum is None or cured is None or deaths is None or now is None:
        return [
            not_applicable(
                identity,
                "现有、累计、治愈、死亡四个数没有都通报。",
                "Current, cumulative, recovered and deaths are not all stated.",
            )
        ]
    left = [term(record, cum), term(record, cured, sign=-1), term(record, deaths, sign=-1)]
    return [balance(identity, left, term(record, now))]


def sum_of_new(record: BulletinRecord) -> list[Check]:
    """ID5: a flow equals the sum of its divisions; new = imported + local + unknown."""
    identity = identities()["ID5"]
    checks = list(_sums_over_areas(record, Kind.FLOW, "ID5"))
    new, imported, local = (figure(record, m) for m in ("confirmed_new", "imported_new", "local_new"))
    if new is not None and imported is not None and local is not None:
        rest = new.n - imported.n - local.n
        checks.append(
            balance(
                identity,
                [term(record, imported), term(record, local)],
                term(record, new),
                severity=identity.otherwise if rest > 0 else identity.severity,
                note_zh="余数可能为来源不明" if rest > 0 else "",
                note_en="the rest may be of unknown source" if rest > 0 else "",
            )
        )
    return checks or [
        not_applicable(
            identity, "通报没有分地区或分来源的新增数。", "The notice does not split its new cases by area or source."
        )
    ]


def contacts(record: BulletinRecord) -> list[Check]:
    """ID6, within: traced = observing + released. What became a case, moved or was lost explains a positive rest."""
    identity = identities()["ID6"]
    traced, observing, released = (
        figure(record, m) for m in ("contacts_traced_cum", "contacts_observing", "contacts_released_cum")
    )
    if traced is None or observing is None or released is None:
        return []
    rest = traced.n - observing.n - released.n
    return [
        balance(
            identity,
            [term(record, observing), term(record, released)],
            term(record, traced),
            note_zh="转为病例、转出或失访者可以解释" if rest > 0 else "",
            note_en="contacts who became cases, moved or were lost would explain it" if rest > 0 else "",
        )
    ]


def severity_bounds(record: BulletinRecord) -> list[Check]:
    """ID7, within: severe ≤ current (or cumulative) cases; critical ≤ severe where it is counted within severe."""
    identity = identities()["ID7"]
    checks = []
    severe, critical = figure(record, "severe"), figure(record, "critical")
    bound = figure(record, "confirmed_existing") or figure(record, "confirmed_cum")
    if severe is not None and bound is not None:
        checks.append(_at_most(record, term(record, severe), term(record, bound), identity.severity))
    if severe is not None and critical is not None:
        within = record.attrs.critical_within_severe
        if within:
            checks.append(_at_most(record, term(record, critical), term(record, severe), identity.severity))
        elif within is None and critical.n > severe.n:
            checks.append(
                not_applicable(
                    identity,
                    f"危重{critical.n}例多于重症{severe.n}例，两数当是分列。",
                    f"With {critical.n} critical and {severe.n} severe cases the two must be counted apart.",
                    numbers=[term(record, critical), term(record, severe, sign=0)],
                )
            )
    return checks


def _at_most(record: BulletinRecord, smaller: Term, larger: Term, severity: Severity) -> Check:
    fits = interval(smaller.value, smaller.qualifier).low <= interval(larger.value, larger.qualifier).high
    relation = "≤" if fits else ">"
    verdict_zh, verdict_en = ("相符", "holds") if fits else ("不应大于", "must not be greater")
    return judged(
        identities()["ID7"],
        State.HOLDS if fits else broken(severity),
        f"{smaller.label_zh}{smaller.value} {relation} {larger.label_zh}{larger.value}：{verdict_zh}。",
        f"{smaller.label_en} {smaller.value} {relation} {larger.label_en} {larger.value}: {verdict_en}.",
        severity=severity,
        numbers=[smaller, larger.model_copy(update={"sign": 0})],
        metric=smaller.metric,
        area_code=record.area_code,
        difference=None if fits else smaller.value - larger.value,
    )


def areas_affected(record: BulletinRecord) -> list[Check]:
    """ID8: 涉及N is the number of divisions with cases; says what N counts and where another reading differs."""
    identity = identities()["ID8"]
    stated = record.areas_affected
    if stated is None:
        return [
            not_applicable(identity, "通报没有写涉及几个地区。", "The notice does not say how many areas are affected.")
        ]
    confirmed = _divisions_with(record, "confirmed_cum", stated.level)
    either = {**_divisions_with(record, "suspected", stated.level), **confirmed}
    if not either:
        return [not_applicable(identity, "通报没有列出各地数字。", "The notice lists no areas to count.")]
    own = Term(
        label_zh="涉及地区",
        label_en="areas affected",
        value=stated.n,
        metric="areas_affected",
        sign=0,
        area_code=record.area_code,
        start=stated.start,
        end=stated.end,
        bulletin_id=record.bulletin_id,
    )
    numbers = [own, *(term(record, a) for a in either.values())]
    state, zh, en = _count_of_areas(stated.n, len(confirmed), len(either))
    return [
        judged(
            identity,
            state,
            zh,
            en,
            numbers=numbers,
            metric="areas_affected",
            area_code=record.area_code,
            difference=stated.n - len(confirmed),
        )
    ]


def _count_of_areas(n: int, confirmed: int, either: int) -> tuple[State, str, str]:
    """What N counts: areas with confirmed cases, with confirmed or suspected ones, or neither."""
    if n == confirmed == either:
        return State.HOLDS, f"有确诊病例的地区正是{n}个。", f"Exactly {n} areas have confirmed cases."
    if n == confirmed:
        return (
            State.WARNS,
            f"{n}是有确诊病例的地区数；连同疑似病例为{either}个，用语有歧义。",
            f"{n} counts the areas with confirmed cases; with suspected cases there are {either}: "
            "the wording is ambiguous.",
        )
    if n == either:
        return (
            State.WARNS,
            f"{n}是有确诊或疑似病例的地区数；只计确诊为{confirmed}个，用语有歧义。",
            f"{n} counts the areas with confirmed or suspected cases; {confirmed} have confirmed ones: "
            "the wording is ambiguous.",
        )
    return (
        State.WARNS,
        f"写涉及{n}个地区，而列出有确诊病例的为{confirmed}个、有确诊或疑似病例的为{either}个。",
        f"{n} areas are said to be affected; {confirmed} are listed with confirmed, "
        f"{either} with confirmed or suspected cases.",
    )


def _divisions_with(record: BulletinRecord, metric: str, level: str) -> dict[str, AreaCount]:
    """The divisions with n > 0: the top level of the list, or for counties its lowest level."""
    found = {}
    for top in areas(record, metric):
        for area in top.walk() if level == "county" else (top,):
            if area.n > 0 and not (level == "county" and area.children):
                found[area.code or area.name] = area
    return found


def wording_of_source(record: BulletinRecord, ledger: Mapping[str, int] | None = None) -> list[Check]:
    """ID9: 均为输入 leaves no local case and no rest; 无二代 leaves no second generation."""
    identity = identities()["ID9"]
    checks = []
    claims = (
        (record.attrs.all_new_imported, "confirmed_new", "imported_new", "新增均为输入", "all new cases are imported"),
        (record.attrs.all_imported, "confirmed_cum", "imported_cum", "累计均为输入", "all cases are imported"),
    )
    for claimed, whole, part, zh, en in claims:
        if not claimed:
            continue
        total, imported, local, second = (figure(record, m) for m in (whole, part, "local_new", "generation2"))
        against = [term(record, c) for c in (local,) if c is not None and c.n > 0]
        if part == "imported_cum" and second is not None and second.n > 0:
            against.append(term(record, second))
        if total is not None and imported is not None and imported.n != total.n:
            against += [term(record, imported), term(record, total, sign=0)]
        checks.append(_claim(record, whole, zh, en, against, [term(record, total)] if total is not None else []))
    second = figure(record, "generation2")
    generation = (ledger or {}).get("generation_max")
    if second is not None and second.n == 0 and generation is not None:
        registered = Term(
            label_zh="登记的最大代数",
            label_en="highest generation in the register",
            value=generation,
            metric="generation_max",
        )
        against = [registered] if generation >= 2 else []
        checks.append(
            _claim(
                record,
                "generation2",
                "无二代病例",
                "there is no second-generation case",
                against,
                [term(record, second), registered],
            )
        )
    return checks or [
        not_applicable(
            identity, "通报没有关于来源或代数的断言。", "The notice claims nothing about source or generation."
        )
    ]


def _claim(record: BulletinRecord, metric: str, zh: str, en: str, against: list[Term], basis: list[Term]) -> Check:
    if not against:
        return judged(
            identities()["ID9"],
            State.HOLDS,
            f"称{zh}，通报的数字与之不矛盾。",
            f"It says that {en}; no number contradicts it.",
            numbers=basis,
            metric=metric,
            area_code=record.area_code,
        )
    shown_zh = "、".join(f"{t.label_zh}{t.value}" for t in against)
    shown_en = ", ".join(f"{t.label_en} {t.value}" for t in against)
    return judged(
        identities()["ID9"],
        State.FAILS,
        f"称{zh}，但有{shown_zh}。",
        f"It says that {en}, but there are: {shown_en}.",
        numbers=[*against, *(t for t in basis if t not in against)],
        metric=metric,
        area_code=record.area_code,
    )


def units(record: BulletinRecord) -> list[Check]:
    """ID12: no number is counted in person-times where its metric counts persons or cases, nor the reverse."""
    identity = identities()["ID12"]
    mixed = [
        c
        for c in record.counts()
        if c.metric in METRICS and (c.unit is Unit.PERSON_TIME) != (METRICS[c.metric].unit is Unit.PERSON_TIME)
    ]
    checks = [
        judged(
            identity,
            State.FAILS,
            f"{METRICS[c.metric].zh}{c.n}的单位与该指标不同：人与人次不能混算。",
            f"{METRICS[c.metric].en} {c.n} is not in its metric's unit: persons and person-times do not mix.",
            numbers=[term(record, c)],
            metric=c.metric,
            area_code=record.area_code,
        )
        for c in mixed
    ]
    symptomatic = figure(record, "symptomatic_cum")
    screened = [f for f in record.figures if f.metric in ("screened_epidemic_area_cum", "screened_elsewhere_cum")]
    if symptomatic is not None and screened:
        total = sum(f.n for f in screened)
        checks.append(
            judged(
                identity,
                State.WARNS,
                f"有症状{symptomatic.n:,}人，排查{total:,}人次：单位不同，两者之比只是上限估计，不得作为患病率。",
                f"{symptomatic.n:,} persons with symptoms, {total:,} person-times of checks: different units; "
                "their quotient is an upper estimate and no prevalence.",
                severity=identity.otherwise,
                numbers=[term(record, symptomatic, sign=0), *(term(record, f) for f in screened)],
                metric="symptomatic_cum",
                area_code=record.area_code,
            )
        )
    if checks:
        return checks
    if any(c.unit is Unit.PERSON_TIME for c in record.counts()):
        return [judged(identity, State.HOLDS, "人与人次没有混用。", "Persons and person-times are not mixed.")]
    return [not_applicable(identity, "通报没有以人次计的数字。", "The notice has no number in person-times.")]


def register(record: BulletinRecord, ledger: Mapping[str, int] | None) -> list[Check]:
    """ID13: each stated number equals the register's. ``ledger`` maps metric to count at the notice's cut-off."""
    identity = identities()["ID13"]
    checks = []
    for metric, n in (ledger or {}).items():
        stated = figure(record, metric)
        if stated is not None and metric in METRICS:
            about = METRICS[metric]
            held = Term(label_zh=f"登记的{about.zh}", label_en=f"in the register: {about.en}", value=n, metric=metric)
            checks.append(balance(identity, [held], term(record, stated)))
    return checks or [not_applicable(identity, "没有可以对照的登记数据。", "There is no register to compare with.")]
