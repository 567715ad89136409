"""Whether the codes of what is recorded are known: to the disease's profile, to the edition, to the dictionary."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import About, Class
from lianfang.facts.fact import FactData
from lianfang.profiles.disease import Edition, Profile, terms

PLACES: Final = ("home", "station", "hospital", "held_in_place")
"""Where a patient can be apart from others."""
BASES: Final = ("laboratory", "clinical", "tests_negative", "other_diagnosis", "expert")
"""What a decision can rest on."""
LEAVINGS: Final = ("moved", "against_advice", "observation", "other")
"""Why a patient left a hospital, neither recovered nor dead."""


class Unfit(NamedTuple):
    """A field that cannot be so, a code, and what to do."""

    field: str
    reason: str
    zh: str
    en: str


def unfit(data: FactData, profile: Profile, edition: Edition) -> list[Unfit]:
    """What in a fact's fields is known to nobody: every field by name, with what there is instead."""
    return list(_unfit(data, profile, edition))


def _unfit(data: FactData, profile: Profile, edition: Edition) -> Iterator[Unfit]:
    about = getattr(data, "about", None)
    if isinstance(about, About):
        yield from _of_about(about, profile, edition)
    match data:
        case kinds.Reported(as_class=to, severity=severity):
            yield from _of_class("as_class", to, edition)
            if to is Class.EXCLUDED:
                yield Unfit("as_class", "excluded", "报告时不能为“排除”", "nobody reports a case as excluded")
            yield from _one_of("severity", severity, [one.code for one in profile.severities])
        case kinds.Classified(to=to, basis=basis):
            yield from _of_class("to", to, edition)
            yield from _one_of("basis", basis, BASES)
        case kinds.SeverityAssessed(severity=severity):
            yield from _one_of("severity", severity, [one.code for one in profile.severities])
        case kinds.Isolated(where=where):
            yield from _one_of("where", where, PLACES)
        case kinds.Discharged(reason=reason):
            yield from _one_of("reason", reason, LEAVINGS)
        case kinds.Sampled(material=material):
            yield from _one_of("material", material, _codes("sample_material"))
        case kinds.Tested(test=test, result=result):
            yield from _one_of("test", test, _codes("test"))
            yield from _one_of("result", result, _codes("test_result"))


def _of_about(about: About, profile: Profile, edition: Edition) -> Iterator[Unfit]:
    for field, known in (
        ("history", [item.code for item in edition.history]),
        ("clinical", [item.code for item in edition.clinical]),
        ("symptoms", [one.code for one in profile.symptoms]),
    ):
        for code in getattr(about, field) or ():
            yield from _one_of(f"about.{field}", code, known)
    yield from _one_of("about.occupation", about.occupation, _codes("occupation"))
    yield from _one_of("about.found_by", about.found_by, _codes("found_by"))
    if about.no_symptoms and (about.onset or about.symptoms):
        yield Unfit(
            "about.no_symptoms", "contradicts", "已填写发病日期或症状，不能为无症状",
            "there are an onset or symptoms, so there were some",
        )  # fmt: skip


def _of_class(field: str, to: Class, edition: Edition) -> Iterator[Unfit]:
    if to not in (Class.REPORTED, Class.EXCLUDED) and to.value not in edition.classes:
        known = ", ".join(sorted(edition.classes))
        yield Unfit(
            field,
            "not_in_edition",
            f"{edition.zh}没有此类病例，可用：{known}",
            f"{edition.en} has no such class; it has: {known}",
        )


def _one_of(field: str, code: str | None, known: Collection[str]) -> Iterator[Unfit]:
    if code is not None and code not in known:
        there = ", ".join(known) or "—"
        yield Unfit(field, "unknown", f"没有代码{code}，可用：{there}", f"there is no {code}; there are: {there}")


def _codes(group: str) -> list[str]:
    return [one.code for one in terms(group)]
