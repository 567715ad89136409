"""The report card and the investigation form of a case."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases import queries
from lianfang.capabilities.cases.facts import CaseOutcome
from lianfang.capabilities.cases.queries import CardOf
from lianfang.capabilities.contacts import queries as contacts
from lianfang.exchange import record
from lianfang.exchange.forms.parts import Cell, Sheet, Table, Words
from lianfang.places.queries import current_gazetteer

MOST_CONTACTS = 500


class Shows(Protocol):
    """Shows the persons of a form."""

    def of(self, ids: Any) -> dict[UUID, dict[str, Any]]: ...


def person_cells(shown: dict[str, Any], words: Words) -> list[Cell]:
    """Who it is, as far as the vault shows it."""
    papers = words.say("；", "; ").join(str(one["number"]) for one in shown.get("documents") or ())
    return [
        words.cell("姓名", "name", shown.get("name")),
        words.cell("证件号码", "document number", papers),
        words.cell("出生日期", "birth date", shown.get("birth_date")),
        words.cell("电话", "phone", words.say("；", "; ").join(shown.get("phones") or ())),
        words.cell("现住详细地址", "address", shown.get("address")),
    ]


def place(code: str | None, words: Words) -> str:
    """A division by its name and code."""
    if not code:
        return ""
    found = current_gazetteer().division(code)
    return f"{words.say(found.name, found.en or found.name)} {code}" if found else code


def report_card(viewer: Viewer, case: UUID, names: Shows, words: Words) -> Sheet:
    """The infectious-disease report card. Raises Forbidden, NotThere."""
    card = queries.card(viewer, case)
    its = card.state
    shown = names.of([its.person]).get(its.person, {})
    died = its.ended_at if its.outcome is CaseOutcome.DIED else None
    cells = [
        words.cell("卡片编号", "card number", its.number),
        words.cell("病种", "disease", words.disease(its.disease)),
        *person_cells(shown, words),
        *_about(card, words),
        words.cell("病例分类", "class", words.term("case_class", its.to)),
        words.cell("临床严重程度", "severity", words.term("severity", its.severity)),
        words.cell("发病日期", "onset", _onset(card, words)),
        words.cell("诊断日期", "diagnosed", its.reported_at),
        words.cell("死亡日期", "died", died),
        words.cell("感染来源", "source of infection", words.term("source", its.source)),
        words.cell("输入来源地", "came from", place(its.came_from, words)),
        words.cell("报告单位", "reporting unit", its.about.unit),
        words.cell("报告人", "reported by", its.author),
        words.cell("报告地区", "responsible area", place(its.area, words)),
        words.cell("收到时间", "received", card.received_at),
    ]
    return Sheet(
        "report-card", words.say("传染病报告卡", "Infectious-disease report card"), cells, (), _note(card, words)
    )


def investigation(viewer: Viewer, case: UUID, names: Shows, words: Words) -> Sheet:
    """The case investigation form. Raises Forbidden, NotThere."""
    card = queries.card(viewer, case)
    its, about = card.state, card.state.about
    shown = names.of([its.person]).get(its.person, {})
    edition = card.edition
    history = {one.code: words.say(one.zh, one.en) for one in (edition.history or () if edition else ())}
    clinical = {one.code: words.say(one.zh, one.en) for one in (edition.clinical or () if edition else ())}
    listed = words.say("；", "; ").join
    cells = [
        words.cell("病例编号", "case number", its.number),
        words.cell("病种", "disease", words.disease(its.disease)),
        *person_cells(shown, words),
        *_about(card, words),
        words.cell("发病日期", "onset", _onset(card, words)),
        words.cell("感染时段", "infected", about.infected),
        words.cell("症状", "symptoms", words.terms("symptom", about.symptoms)),
        words.cell("首诊时间", "first visit", about.first_visit),
        words.cell("流行病学史", "history of exposure", listed(history.get(one, one) for one in about.history or ())),
        words.cell("临床表现", "clinical items", listed(clinical.get(one, one) for one in about.clinical or ())),
        words.cell("病例分类", "class", words.term("case_class", its.to)),
        words.cell("临床严重程度", "severity", words.term("severity", its.severity)),
        words.cell("隔离时间", "isolated", its.isolated_at),
        words.cell("转归", "outcome", words.term("outcome", its.outcome)),
        words.cell("转归时间", "outcome at", its.ended_at),
        words.cell("调查完成时间", "investigated", its.investigated_at),
        words.cell("报告接触者人数", "contacts named", its.contacts),
    ]
    tables = [_stays(card, words), _care(card, words), _samples(card, words)]
    if can(viewer, "contacts.read"):
        tables.append(_contacts(viewer, case, words))
    title = words.say("个案调查表", "Case investigation form")
    return Sheet("investigation", title, cells, tables, _note(card, words))


def _about(card: CardOf, words: Words) -> list[Cell]:
    about = card.state.about
    return [
        words.cell("性别", "sex", words.term("sex", about.sex)),
        words.cell("年龄（岁）", "age in years", about.age_years),
        words.cell("职业", "occupation", words.term("occupation", about.occupation)),
        words.cell("医务人员", "health worker", about.health_worker),
        words.cell("常住地", "residence", place(about.residence, words)),
    ]


def _onset(card: CardOf, words: Words) -> str:
    about = card.state.about
    return words.say("无症状", "no symptoms") if about.no_symptoms and not about.onset else words.write(about.onset)


def _stays(card: CardOf, words: Words) -> Table:
    rows = [
        [place(one.area, words), words.write(one.first), words.write(one.last)] for one in card.state.about.stays or ()
    ]
    return Table(
        words.say("旅居史", "Stays elsewhere"), words.columns(("地区", "area"), ("开始", "from"), ("结束", "to")), rows
    )


def _care(card: CardOf, words: Words) -> Table:
    rows = [
        [one.hospital, words.write(one.designated), words.write(one.admitted), words.write(one.left)]
        for one in card.state.stays
    ]
    columns = words.columns(("医院", "hospital"), ("定点医院", "designated"), ("入院", "admitted"), ("出院", "left"))
    return Table(words.say("收治", "Hospital care"), columns, rows)


def _samples(card: CardOf, words: Words) -> Table:
    rows = [
        [
            one.number or "", words.term("sample_material", one.material), words.write(one.at),
            words.say("；", "; ").join(
                f"{words.term('test', r.test)} {words.term('test_result', r.result)} {words.write(r.at)}"
                for r in one.results
            ),
        ]
        for one in card.state.samples
    ]  # fmt: skip
    columns = words.columns(("样本编号", "number"), ("样本", "material"), ("采样时间", "taken"), ("结果", "results"))
    return Table(words.say("采样与检测", "Samples and results"), columns, rows)


def _contacts(viewer: Viewer, case: UUID, words: Words) -> Table:
    """Who was exposed to the case, without names: they have forms of their own."""
    page = contacts.listed(viewer, contacts.Filters(source=case), limit=MOST_CONTACTS)
    told = record.exposures(viewer, [row.subject for row in page.contacts], of=case)
    lines = []
    for row in page.contacts:
        if one := told.get(row.subject):
            number = row.number or str(row.subject)[:8]
            relation, setting = words.term("relation", one.relation), words.term("exposure_setting", one.setting)
            lines.append([number, relation, setting, words.write(one.last), words.write(row.due)])
    columns = words.columns(
        ("接触者编号", "contact"), ("与病例关系", "relation"), ("接触场所", "setting"), ("末次接触", "last exposure"),
        ("观察至", "observed until"),
    )  # fmt: skip
    return Table(words.say("密切接触者", "Contacts"), columns, lines)


def _note(card: CardOf, words: Words) -> str:
    edition = words.say(card.edition.zh, card.edition.en) if card.edition else card.state.edition
    return words.say(
        f"据联防记录第{card.latest}条事实；判定依据：{edition}",
        f"From fact {card.latest} of the record; decided under: {edition}",
    )
