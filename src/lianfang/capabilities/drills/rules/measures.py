"""The measures of a scenario: what is done, from which day to which."""

from __future__ import annotations

from typing import Any, Final

from lianfang.capabilities.drills.rules.scenario_form import Reader, form
from lianfang.epi.simulate.outbreak import ALWAYS, SETTINGS, Isolation, Limit, Measures, Screening, Tracing

KINDS: Final = ("isolation", "tracing", "screening", "limit")
_PERIOD: Final = ("kind", "begins", "ends")
_OF_LIMIT: Final = ("setting", "far_only")


def read(reader: Reader, given: object) -> Measures:
    """All measures, by kind in their order. Of two tracings in force the later one holds."""
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for name, one in reader.tables(given, "measures"):
        kind = one.get("kind")
        if kind not in KINDS:
            zh, en = f"应为{'、'.join(KINDS)}之一", f"is {kind!r}: write one of {', '.join(KINDS)}"
            reader.refuse(f"{name}.kind", zh, en)
            continue
        usual = form()["kinds"][kind]
        own = reader.table(one, name, (*_PERIOD, *usual, *(_OF_LIMIT if kind == "limit" else ())))
        begins, ends = period(reader, own, name)
        figures = {key: reader.figure(own.get(key), f"{name}.{key}", usual[key]) for key in usual}
        if kind == "limit":
            figures |= _limited(reader, own, name)
        made = {"isolation": Isolation, "tracing": Tracing, "screening": Screening, "limit": Limit}[kind]
        found[kind].append(made(begins=begins, ends=ends, **figures))
        stated = {key: own[key] for key in (*_PERIOD, *_OF_LIMIT) if key in own}
        reader.shown[name] = {**stated, "own": given is not form()["measures"]}
    return Measures(
        isolation=tuple(found["isolation"]),
        tracing=tuple(found["tracing"]),
        screening=tuple(found["screening"]),
        limits=tuple(found["limit"]),
    )


def period(reader: Reader, given: dict[str, Any], name: str) -> tuple[float, float]:
    """First day and the day before which it ends, whole days; without ``ends`` it does not end."""
    begins, ends = given.get("begins", 0), given.get("ends", ALWAYS)
    if type(begins) is not int or not 0 <= begins <= form()["limits"]["most_days"]:
        zh, en = "应为0以上的整数(第几天)", f"is {begins!r}: write a day of the drill, 0 its first"
        reader.refuse(f"{name}.begins", zh, en)
        begins = 0
    if ends != ALWAYS and (type(ends) is not int or ends <= begins):
        zh, en = f"应为大于{begins}的整数", f"is {ends!r}: write a day after {begins}, or leave it out"
        reader.refuse(f"{name}.ends", zh, en)
        ends = ALWAYS
    return float(begins), float(ends)


def _limited(reader: Reader, own: dict[str, Any], name: str) -> dict[str, Any]:
    settings = SETTINGS[1:5]
    setting, far_only = own.get("setting"), own.get("far_only", False)
    if setting not in settings:
        zh, en = f"应为{'、'.join(settings)}之一", f"write one of {', '.join(settings)}"
        reader.refuse(f"{name}.setting", zh, f"is {setting!r}: {en}")
        setting = settings[0]
    if not isinstance(far_only, bool):
        reader.refuse(f"{name}.far_only", "应为true或false", f"is {far_only!r}: write true or false")
    return {"setting": SETTINGS.index(setting), "far_only": bool(far_only)}
