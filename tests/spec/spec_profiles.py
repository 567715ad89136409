"""The rules of the disease profiles: text tables, an expression for each row, and what it must give.

Print as a page of the rulebook: ``python -m tests.spec.spec_profiles``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel

from lianfang.profiles.disease import Alternative, Edition, epidemic_areas, official, profile, profiles, was_listed


class Spec(NamedTuple):
    """``table``: a row a case; its cells are the names of ``expression``, its column ``=`` what that must give.

    A cell is a day, a whole number, the code of an edition, words, or empty (None). Lists are words with ``+`` between.
    """

    title: str
    source: str
    table: str
    expression: str


NCOV = profile("ncov-2020")

SPECS = [
    Spec(
        "Which edition holds: the day of its document is its first, in Hubei the fifth diagnosis plan is its own",
        "rules of the control and diagnosis plans by date; Tsang et al., doi:10.1016/S2468-2667(20)30089-X",
        """
        on         | area      | =
        2020-01-22 |           | ncov-2020-v2
        2020-01-27 |           | ncov-2020-v2
        2020-01-28 |           | ncov-2020-v3
        2020-02-03 | 420000    | ncov-2020-v3
        2020-02-04 |           | ncov-2020-d5
        2020-02-04 | 420000    | ncov-2020-d5-hubei
        2020-02-12 | 420106    | ncov-2020-d5-hubei
        2020-02-12 | 429004102 | ncov-2020-d5-hubei
        2020-02-12 | 530100    | ncov-2020-d5-revised
        2020-02-12 | 412000    | ncov-2020-d5-revised
        2020-02-17 | 420100    | ncov-2020-d5-hubei
        2020-02-18 | 420100    | ncov-2020-d5-revised
        2020-02-20 |           | ncov-2020-d5-revised
        2020-02-21 |           | ncov-2020-v5
        2020-02-27 |           | ncov-2020-v5
        2020-03-07 |           | ncov-2020-v6
        2020-09-10 |           | ncov-2020-v6
        2020-09-11 |           | ncov-2020-v7
        2021-05-11 |           | ncov-2020-v8
        2022-06-27 |           | ncov-2020-v9
        2022-11-10 |           | ncov-2020-v9
        2022-11-11 |           | ncov-2020-2022-11
        2023-01-07 |           | ncov-2020-2022-11
        """,
        "NCOV.in_force(on, area or '').code",
    ),
    Spec(
        "Before the first edition and after the last there is none",
        "the second control plan is the first edition here; management as class A ended on 2023-01-08",
        """
        disease   | on         | =
        ncov-2020 | 2020-01-21 | ncov-2020 has no edition in force on 2020-01-21
        ncov-2020 | 2023-01-08 | ncov-2020 has no edition in force on 2023-01-08
        sars-2003 | 2008-09-01 | sars-2003 has no edition in force on 2008-09-01
        measles   | 2018-10-14 | measles has no edition in force on 2018-10-14
        """,
        "refusal(lambda: profile(disease).in_force(on))",
    ),
    Spec(
        "A national edition goes before one of the WHO that holds on the same day",
        "the WHO's definitions are for reporting to it",
        """
        disease   | on         | =
        sars-2003 | 2003-05-08 | sars-2003-who
        sars-2003 | 2003-05-09 | sars-2003-05
        ebola     | 2014-08-14 | ebola-who-2014
        ebola     | 2014-08-15 | ebola-v2
        ncov-2020 | 2020-03-01 | ncov-2020-v5
        mers-2012 | 2018-01-01 | mers-2012-who-2017
        h7n9      | 2017-02-01 | h7n9-v3
        """,
        "profile(disease).in_force(on).code",
    ),
    Spec(
        "Suspected: what of the history and of the clinical picture makes one",
        "diagnosis plans, third to ninth edition; WHO surveillance guidance of 27 February 2020",
        """
        edition              | =
        ncov-2020-v2         | 1 history, 3 clinical
        ncov-2020-v3         | 1 history, 2 clinical
        ncov-2020-d5         | 1 history, 2 clinical
        ncov-2020-d5-revised | 1 history, 2 clinical or 0 history, 3 clinical
        ncov-2020-d5-hubei   | 0 history, 2 clinical with fever_respiratory+blood_count
        ncov-2020-v5         | 1 history, 2 clinical or 0 history, 3 clinical
        ncov-2020-v6         | 1 history, 2 clinical or 0 history, 3 clinical
        ncov-2020-v8         | 1 history, 2 clinical or 0 history, 3 clinical or 0 history, 2 clinical with igm
        ncov-2020-who-2020   | 1 history, 0 clinical with stay+acute_respiratory \
or 1 history, 0 clinical with infected+acute_respiratory or 0 history, 0 clinical with severe_respiratory+no_other_cause
        """,
        "ways(edition.suspected)",
    ),
    Spec(
        "History: fourteen days before the onset, both ends included; other diseases by their own",
        "diagnosis plans; WHO case definitions",
        """
        edition            | onset      | =
        ncov-2020-v2       | 2020-01-24 | 2020-01-10 to 2020-01-24
        ncov-2020-v6       | 2020-03-14 | 2020-02-29 to 2020-03-14
        ncov-2020-who-2020 | 2020-03-14 | 2020-02-29 to 2020-03-14
        sars-2003-who      | 2003-05-11 | 2003-05-01 to 2003-05-11
        ebola-who-2014     | 2014-09-22 | 2014-09-01 to 2014-09-22
        """,
        "span(edition.history_window(onset))",
    ),
    Spec(
        "Clinically diagnosed: in Hubei alone, a suspected case with the imaging",
        "diagnosis plan, fifth edition, 4 February 2020; ended by the sixth, 18 February",
        """
        edition              | =
        ncov-2020-d5-hubei   | 0 history, 3 clinical with fever_respiratory+blood_count+imaging
        ncov-2020-d5         |
        ncov-2020-d5-revised |
        ncov-2020-v5         |
        """,
        "ways(edition.clinically_diagnosed)",
    ),
    Spec(
        "Classes of cases",
        "surveillance plans; diagnosis plan, fifth edition; WHO",
        """
        edition            | =
        ncov-2020-v2       | confirmed+suspected
        ncov-2020-v3       | asymptomatic+confirmed+suspected
        ncov-2020-d5-hubei | asymptomatic+clinical+confirmed+suspected
        ncov-2020-who-2020 | confirmed+probable+suspected
        sars-2003-who      | probable+suspected
        """,
        "'+'.join(sorted(edition.classes))",
    ),
    Spec(
        "Confirmed: a suspected case with one positive of these; serology came in March 2020",
        "diagnosis plans; WHO: whatever the symptoms",
        """
        edition            | =
        ncov-2020-v2       | pcr+sequence of a suspected case
        ncov-2020-v5       | pcr+sequence of a suspected case
        ncov-2020-v6       | pcr+sequence+serology of a suspected case
        ncov-2020-v8       | pcr+serology of a suspected case
        ncov-2020-who-2020 | pcr+sequence
        measles-who-2018   | igm+pcr+culture of a suspected case
        """,
        "'+'.join(edition.confirmed) + (' of a suspected case' if edition.needs_suspected else '')",
    ),
    Spec(
        "Probable by a result: a suspected case whose test decides nothing, or was not made",
        "WHO surveillance guidance of 27 February 2020",
        """
        edition            | =
        ncov-2020-who-2020 | inconclusive+not_done
        ncov-2020-v6       |
        """,
        "'+'.join(edition.probable_results)",
    ),
    Spec(
        "Contact counts from the onset, from two days before it since 21 February 2020",
        "control plans, second and fifth edition; WHO; Ministry of Health, 9 May 2003; WHO on measles",
        """
        edition            | onset      | sampled    | =
        ncov-2020-v2       | 2020-01-24 |            | 2020-01-24 to isolation
        ncov-2020-d5-hubei | 2020-02-12 |            | 2020-02-12 to isolation
        ncov-2020-v5       | 2020-02-24 |            | 2020-02-22 to isolation
        ncov-2020-v5       | 2020-03-01 |            | 2020-02-28 to isolation
        ncov-2020-v6       |            | 2020-04-10 | 2020-04-08 to isolation
        ncov-2020-v9       | 2022-07-10 | 2022-07-12 | 2022-07-08 to isolation
        ncov-2020-who-2020 | 2020-03-03 |            | 2020-03-01 to 2020-03-17
        sars-2003-05       | 2003-05-10 |            | 2003-05-07 to isolation
        measles-who-2018   | 2019-03-10 |            | 2019-03-06 to 2019-03-14
        h7n9-v1            | 2013-04-10 |            | 2013-04-10 to isolation
        h7n9-v3            | 2014-02-10 |            | 2014-02-09 to isolation
        """,
        "span(edition.window(onset=onset, sampled=sampled))",
    ),
    Spec(
        "No window without a rule for it",
        "the second control plan knows no infected persons without symptoms; the second H7N9 plan was not seen",
        """
        edition      | onset      | sampled    | =
        ncov-2020-v2 |            | 2020-01-24 | ncov-2020-v2: no window for a case without onset
        ncov-2020-v6 |            |            | give the day of onset, or of sampling of one without symptoms
        h7n9-v2      | 2013-06-01 |            | h7n9-v2: the edition has no rule of contacts
        """,
        "refusal(lambda: edition.window(onset=onset, sampled=sampled))",
    ),
    Spec(
        "Close contact: one close kind is enough, with effective protection none is",
        "control plan, second edition; WHO: within 1 m for 15 minutes, physical contact, care without protection",
        """
        edition            | kinds                        | =
        ncov-2020-v2       | live_together                | yes
        ncov-2020-v2       | study_together               | yes
        ncov-2020-v2       | work_together                | yes
        ncov-2020-v2       | care                         | yes
        ncov-2020-v2       | same_ward                    | yes
        ncov-2020-v2       | conveyance_near              | yes
        ncov-2020-v2       | companion                    | yes
        ncov-2020-v2       | assessed                     | yes
        ncov-2020-v2       | conveyance_far               | no
        ncov-2020-v2       | public_place+conveyance_near | yes
        ncov-2020-v2       | care+protected               | no
        ncov-2020-v2       | near_unprotected             | ncov-2020-v2: no closeness near_unprotected
        ncov-2020-v5       | near_unprotected             | yes
        ncov-2020-v9       | closed_space                 | yes
        ncov-2020-who-2020 | face_to_face                 | yes
        ncov-2020-who-2020 | physical                     | yes
        ncov-2020-who-2020 | public_place                 | no
        ebola-v2           | burial                       | yes
        """,
        "refusal(lambda: edition.close(kinds.split('+')))",
    ),
    Spec(
        "Observation: until so many days after the last exposure, end of that day",
        "control plans; notice of 11 November 2022; first and third H7N9 plan; WHO",
        """
        edition            | exposed    | =
        ncov-2020-v2       | 2020-01-20 | 2020-02-03
        ncov-2020-v6       | 2020-02-28 | 2020-03-13
        ncov-2020-v8       | 2021-06-01 | 2021-06-15
        ncov-2020-v9       | 2022-07-01 | 2022-07-08
        ncov-2020-2022-11  | 2022-11-12 | 2022-11-20
        ncov-2020-who-2020 | 2020-03-01 | 2020-03-15
        h7n9-v1            | 2013-04-10 | 2013-04-17
        h7n9-v3            | 2014-02-10 | 2014-02-20
        ebola-v2           | 2014-09-01 | 2014-09-22
        """,
        "exposed + timedelta(edition.contact.whole_days)",
    ),
    Spec(
        "Where one is observed: days in the first mode, then at home, then of own monitoring after the release",
        "control plans, eighth and ninth edition; notice of 11 November 2022",
        """
        edition           | =
        ncov-2020-v2      | 14 home, 0 home, 0 monitoring
        ncov-2020-v5      | 14 central, 0 home, 0 monitoring
        ncov-2020-v7      | 14 central, 0 home, 0 monitoring
        ncov-2020-v8      | 14 central, 0 home, 7 monitoring
        ncov-2020-v9      | 7 central, 0 home, 3 monitoring
        ncov-2020-2022-11 | 5 central, 3 home, 0 monitoring
        """,
        "f'{c(edition).observe_days} {c(edition).mode_first}, {c(edition).home_days} home, "
        "{c(edition).monitor_days} monitoring'",
    ),
    Spec(
        "Checks: twice a day, morning and afternoon; of the WHO once a day",
        "temperature at least twice a day with symptoms; the hours are a working definition",
        """
        edition      | =
        ncov-2020-v2 | am 06:00 to 12:00 + pm 12:00 to 20:00
        ncov-2020-v9 | am 06:00 to 12:00 + pm 12:00 to 20:00
        h7n9-v1      | am 06:00 to 12:00 + pm 12:00 to 20:00
        ncov-2020-who-2020 | day 06:00 to 20:00
        """,
        "' + '.join(f'{s.code} {s.begins} to {s.ends}' for s in c(edition).slots)",
    ),
    Spec(
        "Contacts of suspected cases are observed too",
        "control plans; the WHO speaks of confirmed and probable cases",
        """
        edition            | =
        ncov-2020-v2       | yes
        ncov-2020-v9       | yes
        ncov-2020-who-2020 | no
        """,
        "'yes' if c(edition).of_suspected else 'no'",
    ),
    Spec(
        "Contacts of contacts are sought from the seventh control plan until the twenty measures",
        "control plan, seventh edition; notice of 11 November 2022",
        """
        edition           | =
        ncov-2020-v2      | no
        ncov-2020-v6      | no
        ncov-2020-v7      | yes
        ncov-2020-v8      | yes
        ncov-2020-v9      | yes
        ncov-2020-2022-11 | no
        """,
        "'yes' if c(edition).of_contacts else 'no'",
    ),
    Spec(
        "Cluster: so many within so many days in one small place",
        "surveillance plan, third edition; control plans, seventh and ninth edition; H7N9 plan; WHO on measles",
        """
        edition          | =
        ncov-2020-v3     | 2 within 14 d
        ncov-2020-v6     | 2 within 14 d
        ncov-2020-v7     | 5 within 14 d
        ncov-2020-v9     | 2 within 7 d, with those without symptoms
        h7n9-v2          | 2 within 7 d
        h7n9-v3          | 2 within 7 d
        measles-who-2018 | 2 within 21 d
        ncov-2020-v8     |
        """,
        "cluster(edition)",
    ),
    Spec(
        "Clocks: report, verification, investigation, event, in hours",
        "surveillance plans, second and third edition; H7N9 plan; Ebola plan",
        """
        edition      | =
        ncov-2020-v2 | 2, 2, 24, 2
        ncov-2020-v3 | 2, 2, 24, 2
        ncov-2020-v9 | 2, 2, 24, 2
        h7n9-v2      | 2, –, –, –
        h7n9-v3      | –, –, –, 2
        ebola-v2     | 2, –, –, –
        """,
        "hours(edition.clocks)",
    ),
    Spec(
        "Without symptoms: fourteen days centrally and two negative tests a day apart",
        "standard for the management of infected persons without symptoms, 8 April 2020",
        """
        edition      | =
        ncov-2020-v6 | 14 d, 2 tests 24 h apart
        ncov-2020-v8 | 14 d, 2 tests 24 h apart
        ncov-2020-v3 |
        """,
        "(a := edition.asymptomatic) and f'{a.days} d, {a.tests} tests {a.hours_apart} h apart'",
    ),
    Spec(
        "Discharge: more than three days without fever, two negative tests, then days of observation",
        "diagnosis plans",
        """
        edition      | =
        ncov-2020-v2 | 3 d, 2 tests 24 h apart, then – d
        ncov-2020-v6 | 3 d, 2 tests 24 h apart, then 14 d
        ncov-2020-v9 | 3 d, 2 tests 24 h apart, then 7 d
        """,
        "discharge(edition)",
    ),
    Spec(
        "Exclusion of a suspected case: two negative tests a day apart; since March 2020 also no antibodies",
        "Deeks et al., Cochrane CD013652, table of the Chinese case definitions",
        """
        edition      | =
        ncov-2020-v2 | 2 pcr 24 h apart
        ncov-2020-v5 | 2 pcr 24 h apart
        ncov-2020-v6 | 2 pcr 24 h apart, antibodies after 7 d
        ncov-2020-v8 | 2 pcr 24 h apart, antibodies after 7 d
        """,
        "exclusion(edition)",
    ),
    Spec(
        "Fever: from this temperature on, in °C; above 38 and above 37.3 are from a tenth higher",
        "control plans [unverified]; WHO on SARS; path of diagnosis of Ebola",
        """
        edition            | =
        ncov-2020-v2       | 37.3
        h7n9-v1            | 38.0
        sars-2003-who      | 38.1
        ebola-v2           | 37.4
        ncov-2020-who-2020 |
        """,
        "edition.fever_c",
    ),
    Spec(
        "Four early, of which the five add the diagnosis",
        "四早: 早发现、早报告、早隔离、早治疗; the control plans to the seventh edition",
        """
        disease   | =
        ncov-2020 | four
        measles   | four
        """,
        "profile(disease).early",
    ),
    Spec(
        "Areas with the disease on a day",
        "WHO, 12 January 2020; level I in Hubei, 24 January 2020, less fourteen days; WHO on SARS; ECDC on Ebola",
        """
        disease   | on         | =
        ncov-2020 | 2019-12-07 |
        ncov-2020 | 2019-12-08 | 420100
        ncov-2020 | 2020-01-09 | 420100
        ncov-2020 | 2020-01-10 | 420100+420000
        ncov-2020 | 2020-03-02 | 420100+420000
        sars-2003 | 2003-05-25 | 440000+810000+CA+710000+SG+110000+150000+140000+220000+610000+120000+420000+130000
        ebola     | 2015-12-30 | LR+SL
        ebola     | 2016-03-18 |
        sars-2003 | 2003-06-14 | 810000+CA+710000+110000
        measles   | 2019-03-01 |
        """,
        "'+'.join(one.area for one in epidemic_areas(disease, on))",
    ),
    Spec(
        "A stay counts when it overlaps a listing of the area or of what holds it",
        "history of the case definitions: a stay in an area with cases; notices of Taizhou and Jiangsu, 2020",
        """
        area      | first      | last       | =
        420100    | 2020-01-18 | 2020-01-20 | yes
        420106    | 2020-01-05 | 2020-01-06 | yes
        420106003 | 2019-12-01 | 2019-12-08 | yes
        420100    | 2019-12-01 | 2019-12-07 | no
        421100    | 2020-01-08 | 2020-01-09 | no
        421100    | 2020-01-08 | 2020-01-10 | yes
        421100    | 2020-03-24 | 2020-03-30 | yes
        421100    | 2020-03-25 | 2020-03-30 | no
        420100    | 2020-03-25 | 2020-03-30 | yes
        420100    | 2020-04-08 | 2020-04-20 | no
        110106    | 2020-05-25 | 2020-05-30 | no
        110106    | 2020-05-25 | 2020-05-31 | yes
        110106    | 2020-07-20 | 2020-07-25 | no
        IT        | 2020-02-20 | 2020-03-02 | no
        IT        | 2020-03-01 | 2020-03-03 | yes
        CA        | 2020-03-03 | 2020-03-05 | no
        CA        | 2020-03-06 | 2020-03-06 | yes
        420000    | 2020-01-01 | 2020-01-02 | no
        530100    | 2020-01-18 | 2020-01-20 | no
        411500    | 2020-01-18 | 2020-01-20 | no
        420100    | 2020-01-20 | 2020-01-18 | the stay ends on 2020-01-18, before it begins on 2020-01-20
        """,
        "refusal(lambda: was_listed('ncov-2020', area, first, last))",
    ),
    Spec(
        "Wordings that stand for others",
        "居家医学管理 in texts of 2020",
        """
        words        | =
        居家医学管理 | 居家医学观察
        居家医学观察 | 居家医学观察
        """,
        "official(words)",
    ),
]


def rows(spec: Spec) -> list[dict[str, str]]:
    """The rows of a table, by the titles of its columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in spec.table.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def judged(spec: Spec, row: Mapping[str, str]) -> str:
    """What the expression gives for a row, as the table writes it."""
    cells = {title: _value(title, cell) for title, cell in row.items() if title != "="}
    found = eval(spec.expression, {**WORDS, **cells})
    return "" if found is None else str(found)


def _value(title: str, cell: str) -> Any:
    if not cell:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    if title == "edition":
        return next(e for p in profiles() for e in p.editions if e.code == cell)
    return cell


def ways(alternatives: tuple[Alternative, ...]) -> str:
    return " or ".join(
        f"{a.history_least} history, {a.clinical_least} clinical"
        + (f" with {'+'.join(a.required)}" if a.required else "")
        for a in alternatives
    )


def c(edition: Edition) -> Any:
    return edition.contact


def span(days: tuple[date, date | None]) -> str:
    return f"{days[0]} to {days[1] or 'isolation'}"


def refusal(act: Callable[[], object]) -> object:
    """What an act gives, or the words with which it is refused."""
    try:
        found = act()
    except (ValueError, LookupError) as refused:
        return str(refused).split(";")[0]
    return {True: "yes", False: "no"}.get(found, found) if isinstance(found, bool) else found


def cluster(edition: Edition) -> str:
    rule = edition.cluster
    if rule is None:
        return ""
    return f"{rule.least} within {rule.days} d" + (", with those without symptoms" if rule.counts_asymptomatic else "")


def hours(clocks: BaseModel | None) -> str:
    fields = ("report_h", "verify_h", "investigate_h", "event_h")
    return ", ".join(str(getattr(clocks, field) or "–") for field in fields)


def exclusion(edition: Edition) -> str:
    x = edition.exclusion
    assert x is not None
    also = f", antibodies after {x.antibodies_after_days} d" if x.antibodies_after_days else ""
    return f"{x.results} {x.test} {x.hours_apart} h apart{also}"


def discharge(edition: Edition) -> str:
    d = edition.discharge
    assert d is not None
    return f"{d.afebrile_days} d, {d.tests} tests {d.hours_apart} h apart, then {d.after_days or '–'} d"


def page() -> str:
    """The specification as a page of the rulebook."""
    parts = ["# Rules of the disease profiles\n"]
    for spec in SPECS:
        parts.append(f"## {spec.title}\n\n{spec.source}.\n\n`{spec.expression}`\n")
        found = rows(spec)
        titles = list(found[0])
        parts.append(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}")
        parts += [f"| {' | '.join(row.values())} |" for row in found]
        parts.append("")
    return "\n".join(parts)


WORDS: dict[str, object] = {
    "NCOV": NCOV,
    "c": c,
    "cluster": cluster,
    "discharge": discharge,
    "exclusion": exclusion,
    "epidemic_areas": epidemic_areas,
    "hours": hours,
    "official": official,
    "profile": profile,
    "refusal": refusal,
    "span": span,
    "timedelta": timedelta,
    "was_listed": was_listed,
    "ways": ways,
}
"""What an expression may name besides the cells of its row."""

if __name__ == "__main__":
    print(page())
