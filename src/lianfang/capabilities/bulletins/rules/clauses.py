"""What a number counts, from the words of its clause and the aspect that its sentence carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import METRICS, Kind, Unit
from lianfang.capabilities.bulletins.rules.tokens import Token

NEW, CUM, EXISTING = "new", "cum", "existing"
FLOW, STOCK, MIXED = "flow", "stock", "mixed"  # aspects that a sentence has from its time alone

_AFTER_IS = frozenset(("severe", "critical", "death", "cured", "clinical", "asym", "suspected"))
_POST_OVER_PRE = frozenset(("death", "cured", "observed", "severe", "critical", "hospitalised", "asym", "suspected"))


EXCEPT = "excepted from another number"
GROUP = "a group of areas"
REST = "the rest of another number"


class Features(NamedTuple):
    """The words around one number that say what it counts."""

    statuses: tuple[str, ...] = ()
    aspect: str | None = None
    today: bool = False
    acts: frozenset[str] = frozenset()
    origins: tuple[str, ...] = ()
    case: bool = False
    share: bool = False
    among: bool = False
    barred: str | None = None  # why the number cannot be read, where the words say so

    @property
    def bare(self) -> bool:
        """Nothing says what is counted."""
        return not (self.statuses or self.acts - {"rose", "traced", "compared"} or self.origins or self.case)

    @property
    def silent(self) -> bool:
        """Nothing says what is counted nor how."""
        return self.bare and self.aspect is None and not self.today and not self.acts


class Reading(NamedTuple):
    """A metric, or the reason why there is none; ``status`` is what later numbers may inherit."""

    metric: str | None
    status: str
    reason: str = ""
    sign: int = 1


_StatusRule = Callable[[Features, str | None, Unit | None, str | None], Reading]
_ActRule = Callable[[Features, str | None, Unit | None, str], Reading]


def features(pre: Sequence[Token], post: Sequence[Token] = ()) -> Features:
    """The features of a number with ``pre`` before it and ``post`` after it in its clause."""
    before = _gather(pre)
    if not post:
        return before
    if len(post) > 1 and post[0].kind == "link" and post[0].value == "is" and post[1].kind == "share":
        return before._replace(share=True)
    kept: list[Token] = []
    copula = False
    for i, token in enumerate(post):
        if token.kind == "link" and token.value in ("is", "all", "among", "amongtail", "rest", "holding"):
            if not before.bare or token.value != "is":
                break
            copula = True
        if (
            token.kind in ("status", "case")
            and i + 1 < len(post)
            and post[i + 1].kind == "text"
            and post[i + 1].value.startswith("的")
        ):
            return before._replace(barred="said of a case, not a count")
        kept.append(token)
    after = _gather(kept)
    if copula and not (before.statuses or before.case):
        if set(after.statuses) & {"contacts", "confirmed"} and not set(after.statuses) & _AFTER_IS:
            return before._replace(barred="a share by a property that no metric holds")
        if after.origins and after.share:
            return before._replace(barred="a share by a property that no metric holds")
    return _joined(before, after)


def _joined(before: Features, after: Features) -> Features:
    statuses = before.statuses
    if not statuses:
        statuses = after.statuses
    elif set(statuses) <= {"confirmed", "contacts", "suspected"}:
        statuses += tuple(s for s in after.statuses if s in _POST_OVER_PRE)
    pre_says = bool(before.statuses or before.acts or before.origins)
    return Features(
        statuses=statuses,
        aspect=before.aspect or after.aspect,
        today=before.today or after.today,
        acts=before.acts | after.acts,
        origins=before.origins or after.origins if not before.statuses or before.origins else (),
        case=before.case or after.case,
        share=before.share or (after.share and not pre_says and before.aspect is None),
        among=before.among,
        barred=before.barred or after.barred,
    )


def _gather(tokens: Sequence[Token]) -> Features:
    statuses: list[str] = []
    origins: list[str] = []
    acts: set[str] = set()
    aspect: str | None = None
    today = case = share = among = disease = False
    barred: str | None = None
    for kind, value, _, _, _ in tokens:
        if kind == "status":
            statuses.append(value)
        elif kind == "aspect":
            if value == "today":
                today = True
            else:
                aspect = value
                if value == NEW and disease:
                    origins.clear()  # 报告输入性…肺炎新增确诊病例: said of all the cases reported
        elif kind == "act":
            acts.add(value)
        elif kind == "origin":
            origins.append(value)
        elif kind in ("case", "disease"):
            case = disease = True
        elif kind == "share":
            share = True
        elif kind == "link":
            among = among or value in ("among", "holding")
            if value == "except":
                barred = EXCEPT
            elif value == "abroad":
                barred = "of another country"
            elif value == "maybe":
                barred = "expected, not counted"
            elif value == "rest":
                barred = REST
        elif kind == "place" and barred == REST:
            barred = None  # 其他新增确诊病例石家庄市3例: a list of the others
        elif kind == "groups":
            barred = GROUP
    return Features(tuple(statuses), aspect, today, frozenset(acts), tuple(origins), case, share, among, barred)


def metric_of(f: Features, carried: str | None, unit: Unit | None, before: str, parent: str | None) -> Reading:
    """The metric of a number.

    ``carried`` is the aspect of the sentence so far, ``before`` the status of the number right before it, ``parent``
    the metric of the number that it is a part of (in its bracket, or after 其中).
    """
    if f.barred == REST and "hospitalised" in f.statuses:
        f = f._replace(barred=None)
    if f.barred == EXCEPT and set(f.statuses) == {"cured"}:
        return Reading("cured_cum", "cured")  # 除治愈出院者2人外
    if "again" in f.acts:
        if not set(f.statuses) & {"cured", "death"}:
            return Reading(None, "", "stock or flow is not said")
        f = f._replace(aspect=NEW, acts=f.acts - {"again"})
    if "grew" in f.acts:
        return Reading(None, "", "up by a number, or up to it")
    if f.barred or f.share:
        return Reading(None, "", f.barred or "a share by a property that no metric holds")
    for act, found in _BY_ACT.items():
        if act in f.acts:
            return found(f, carried, unit, before)
    if f.bare:
        f = f._replace(statuses=_inherited(f, before))
        if not f.statuses:
            return Reading(None, "", "nothing says what is counted")
    return _by_status(f, carried, unit, parent)


def _inherited(f: Features, before: str) -> tuple[str, ...]:
    """Bare 新增N例 and 累计N例: of the same as the number before; 新增N例 alone is of confirmed cases."""
    if f.aspect in (None, STOCK) and not f.acts - {"traced", "compared"}:
        return ()
    if before and f.aspect != EXISTING:
        return (before,)
    return ("confirmed",) if f.aspect == NEW or "rose" in f.acts else ()


def _flows(f: Features, carried: str | None) -> bool | None:
    """Whether the number is a flow. None where nothing decides."""
    if f.aspect == NEW or f.today:
        return True
    if f.aspect in (CUM, EXISTING, STOCK):
        return False
    if "rose" in f.acts:
        return True
    return None if carried in (None, MIXED) else carried in (NEW, FLOW)


def _told_new(f: Features, carried: str | None) -> bool:
    """Whether 新增 itself is written or carried over the list; a window alone does not say so."""
    return f.aspect == NEW or f.today or (f.aspect is None and carried == NEW)


def _by_status(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
    kinds = set(f.statuses)
    if carried is None and f.aspect is None and not (f.today or f.acts or kinds & {"contacts", "observed", "gen2"}):
        return Reading(None, f.statuses[-1] if kinds else "confirmed", "stock or flow is not said")
    if {"death", "cured"} <= kinds or {"severe", "critical"} <= kinds:
        return Reading(None, "", "two kinds in one number")
    if kinds == {"infected"}:
        return Reading(None, "", "two kinds in one number")  # 感染者: confirmed and asymptomatic together
    for status, found in _BY_STATUS.items():
        if status in kinds:
            return found(f, carried, unit, parent)
    return _confirmed(f, carried, parent)


def _ended(status: str) -> _StatusRule:
    def found(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
        flows = _flows(f, carried)
        if flows is None:
            return Reading(None, status, "stock or flow is not said")
        name = "deaths" if status == "death" else "cured"
        return Reading(f"{name}_new" if flows else f"{name}_cum", status)

    return found


def _severity(status: str) -> _StatusRule:
    def found(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
        if f.acts & {"rose", "fell", "same"}:
            return Reading(f"{status}_delta", status, sign=-1 if "fell" in f.acts else 1) if status == "severe" else _NO
        if _told_new(f, carried):
            return Reading(f"{status}_new", status)
        return Reading("severe_cum" if status == "severe" and f.aspect == CUM else status, status)

    return found


def _suspected(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
    if _told_new(f, carried) or "rose" in f.acts:
        return Reading("suspected_new", "suspected")
    return Reading("suspected_cum" if f.aspect == CUM else "suspected", "suspected")


def _asymptomatic(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
    flows = _flows(f, carried) if "observed" not in f.statuses or f.aspect == NEW else False
    if f.origins:
        if not flows and "observed" in f.statuses and not parent:
            return Reading("asymptomatic_obs", "asym")
        if not flows:
            return Reading(None, "asym", "no metric for the origin of infections under observation")
        return Reading(f"asymptomatic_{f.origins[0]}_new", "asym")
    if flows:
        return Reading("asymptomatic_new", "asym")
    if "observed" in f.statuses:
        return Reading("asymptomatic_obs", "asym")
    return Reading("asymptomatic_cum" if f.aspect == CUM else "asymptomatic_obs", "asym")


def _contacts(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
    kinds = set(f.statuses)
    if f.aspect is None and parent and parent.startswith(("confirmed", "imported", "local", "asymptomatic")):
        return Reading(None, "", "a share by a property that no metric holds")
    if kinds == {"observed"} and unit is Unit.CASE:
        return Reading(None, "", "nothing says what is counted")
    if "observed" in kinds:
        if kinds & {"suspected", "death", "cured"}:
            return Reading(None, "", "two kinds in one number")
        if f.aspect == NEW:
            return Reading("contacts_new", "contacts") if "contacts" in kinds else _NO
        if f.aspect == CUM:
            return Reading("contacts_traced_cum", "contacts")
        return Reading("contacts_observing", "contacts")
    if (
        f.aspect == NEW
        or f.today
        or "rose" in f.acts
        or (carried == NEW and f.aspect is None and "traced" not in f.acts)
    ):
        return Reading("contacts_new", "contacts")
    return Reading("contacts_observing" if f.aspect == EXISTING else "contacts_traced_cum", "contacts")


def _clinical(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
    if parent and not parent.startswith(("confirmed", "clinical")):
        return Reading(None, "", "no metric for the clinically diagnosed of this number")
    flows = _flows(f, carried)
    return Reading("clinical_new" if flows else "clinical_cum", "clinical")


def _hospitalised(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
    if f.aspect == NEW or (f.origins and "confirmed" not in f.statuses):
        return _NO
    return Reading("hospitalised", "hospitalised")


def _generation(f: Features, carried: str | None, unit: Unit | None, parent: str | None) -> Reading:
    return Reading("generation2", "gen2")


def _confirmed(f: Features, carried: str | None, parent: str | None) -> Reading:
    flows = _flows(f, carried)
    if flows is None or (
        "confirmed" not in f.statuses and f.aspect is None and not f.origins and carried in (FLOW, MIXED)
    ):
        return Reading(None, "confirmed", "stock or flow is not said")
    if "confirmed" not in f.statuses and f.today and f.aspect is None:
        return Reading(None, "", "nothing says what is counted")
    if parent and parent.startswith("contacts"):
        return Reading(None, "", "contacts who became cases: no metric")
    if f.acts & {"fell", "same"}:
        return _NO
    if f.origins:
        return _of_origin(f, carried, flows, parent)
    if flows:
        return Reading("confirmed_new", "confirmed")
    return Reading("confirmed_existing" if f.aspect == EXISTING else "confirmed_cum", "confirmed")


def _of_origin(f: Features, carried: str | None, flows: bool, parent: str | None) -> Reading:
    if len(set(f.origins)) > 1:
        return Reading(None, "confirmed", "two origins in one number")
    if parent and parent.startswith("asymptomatic"):
        return Reading(
            f"asymptomatic_{f.origins[0]}_new" if parent == "asymptomatic_new" else None,
            "asym",
            "no metric for the origin of this number",
        )
    if parent and not parent.startswith(("confirmed", "imported", "local")):
        return Reading(None, "", "no metric for the origin of this number")
    existing = f.aspect == EXISTING or (f.aspect is None and carried == EXISTING)
    if existing or parent == "confirmed_existing":
        return Reading(None, "confirmed", "no metric for the origin of current cases")
    return Reading(f"{f.origins[0]}_{'new' if flows else 'cum'}", "confirmed")


def _released(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
    asym = "asym" in f.statuses or ("contacts" not in f.statuses and before == "asym" and unit is not Unit.PERSON)
    if asym:
        return _NO if f.aspect in (CUM, EXISTING) else Reading("asymptomatic_released", "asym")
    if set(f.statuses) & {"cured", "suspected", "confirmed", "death", "severe", "critical"}:
        return _NO
    flows = _flows(f, carried)
    if flows is None:
        flows = False
    return Reading("contacts_released" if flows else "contacts_released_cum", "released")


def _excluded(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
    if set(f.statuses) - {"suspected", "contacts"} or "contacts" in f.statuses:
        return _NO
    return Reading("suspected_excluded_cum" if f.aspect == CUM else "suspected_excluded", "excluded")


def _converted(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
    if f.aspect == CUM:
        return _NO
    if "asym" in f.statuses or before == "asym":
        return Reading("asymptomatic_to_confirmed", "asym")
    if "suspected" in f.statuses or before == "suspected":
        return Reading("suspected_to_confirmed", "suspected")
    return _NO


def _to_confirmed(metric: str) -> _ActRule:
    def found(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
        return Reading(metric, before or "confirmed") if f.aspect != CUM else _NO

    return found


def _revised(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
    return Reading("revised_minus", "revised")


def _refused(reason: str) -> _ActRule:
    def found(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
        return Reading(None, "", reason)

    return found


def _symptomatic(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
    counted = f.aspect == CUM or (f.aspect is None and carried in (CUM, STOCK))
    return Reading("symptomatic_cum", "symptomatic") if counted and unit is Unit.PERSON else _NO


def _fell(f: Features, carried: str | None, unit: Unit | None, before: str) -> Reading:
    """较前一日减少N例, of the severe only."""
    if "severe" in f.statuses or (f.bare and before == "severe"):
        return Reading("severe_delta", "severe", sign=-1)
    return _NO


def kind_of(metric: str) -> Kind:
    """Whether a metric is a stock or a flow."""
    return METRICS[metric].kind


_NO = Reading(None, "", "no metric holds it")


_BY_ACT: dict[str, _ActRule] = {
    "either": _refused("two kinds in one number"),
    "transferred": _refused("no metric for a change of clinical type or ward"),
    "revised": _revised,
    "asym_converted": _to_confirmed("asymptomatic_to_confirmed"),
    "suspect_converted": _to_confirmed("suspected_to_confirmed"),
    "converted": _converted,
    "excluded": _excluded,
    "symptomatic": _symptomatic,
    "released": _released,
    "screened": _refused("no metric for this screening"),
    "fell": _fell,
}
_BY_STATUS: dict[str, _StatusRule] = {
    "death": _ended("death"),
    "cured": _ended("cured"),
    "gen2": _generation,
    "asym": _asymptomatic,
    "contacts": _contacts,
    "observed": _contacts,
    "suspected": _suspected,
    "critical": _severity("critical"),
    "severe": _severity("severe"),
    "clinical": _clinical,
    "hospitalised": _hospitalised,
}
