"""Whether the codes of what is recorded are known: to the disease's profile, to the edition, to the dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import About, Class
from lianfang.facts.fact import FactData
from lianfang.profiles.disease import Edition, Profile, Term, term, terms

PLACES: Final = (
    Term(code="home", zh="居家", en="at home"),
    Term(code="station", zh="集中观察点", en="in a station"),
    Term(code="hospital", zh="医院", en="in hospital"),
    Term(code="held_in_place", zh="就地", en="held in place"),
)
"""Where a patient can be apart from others."""
BASES: Final = (
    Term(code="laboratory", zh="实验室检测", en="laboratory"),
    Term(code="clinical", zh="临床表现", en="clinical picture"),
    Term(code="tests_negative", zh="检测阴性", en="negative tests"),
    Term(code="other_diagnosis", zh="其他诊断", en="another diagnosis"),
    Term(code="expert", zh="专家判定", en="experts"),
)
"""What a decision can rest on."""
LEAVINGS: Final = (
    Term(code="moved", zh="转院", en="moved"),
    Term(code="against_advice", zh="自动出院", en="against advice"),
    Term(code="observation", zh="转集中观察", en="to observation"),
    Term(code="other", zh="其他", en="other"),
)
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
            yield from _one_of("severity", severity, profile.severities)
        case kinds.Classified(to=to, basis=basis):
            yield from _of_class("to", to, edition)
            yield from _one_of("basis", basis, BASES)
        case kinds.SeverityAssessed(severity=severity):
            yield from _one_of("severity", severity, profile.severities)
        case kinds.Isolated(where=where):
            yield from _one_of("where", where, PLACES)
        case kinds.Discharged(reason=reason):
            yield from _one_of("reason", reason, LEAVINGS)
        case kinds.Sampled(material=material):
            yield from _one_of("material", material, terms("sample_material"))
        case kinds.Tested(test=test, result=result):
            yield from _one_of("test", test, terms("test"))
            yield from _one_of("result", result, terms("test_result"))


def _of_about(about: About, profile: Profile, edition: Edition) -> Iterator[Unfit]:
    for field, known in (
        ("history", edition.history),
        ("clinical", edition.clinical),
        ("symptoms", profile.symptoms),
    ):
        for code in getattr(about, field) or ():
            yield from _one_of(f"about.{field}", code, known)
    yield from _one_of("about.occupation", about.occupation, terms("occupation"))
    yield from _one_of("about.found_by", about.found_by, terms("found_by"))
    if about.no_symptoms and (about.onset or about.symptoms):
        yield Unfit(
            "about.no_symptoms", "contradicts", "已填写发病日期或症状，不能为无症状",
            "there are an onset or symptoms, so there were some",
        )  # fmt: skip


def _of_class(field: str, to: Class, edition: Edition) -> Iterator[Unfit]:
    if to not in (Class.REPORTED, Class.EXCLUDED) and to.value not in edition.classes:
        known = [one for one in terms("case_class") if one.code in edition.classes]
        yield Unfit(
            field,
            "not_in_edition",
            f"{edition.zh}没有“{term('case_class', to).zh}”，可用：{'、'.join(one.zh for one in known)}",
            f"{edition.en} has no class {term('case_class', to).en}; it has: {', '.join(one.en for one in known)}",
        )


def _one_of(field: str, code: str | None, known: Sequence[Term]) -> Iterator[Unfit]:
    """A code among terms; what there is instead is told by title and by code."""
    if code is not None and code not in [one.code for one in known]:
        zh = "、".join(f"{one.zh}（{one.code}）" for one in known) or "—"
        en = ", ".join(one.code for one in known) or "—"
        yield Unfit(field, "unknown", f"没有代码{code}，可用：{zh}", f"there is no {code}; there are: {en}")
