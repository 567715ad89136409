"""``docs/profiles.md``, written from the profiles: ``python -m lianfang.profiles.document > docs/profiles.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lianfang.profiles.disease import (
    Alternative,
    Delay,
    Edition,
    Listed,
    Profile,
    Slot,
    Term,
    groups,
    listed,
    profiles,
    terms,
)

OPENING = """\
# Disease profiles

<!-- Written by `python -m lianfang.profiles.document` from src/lianfang/profiles/disease. Change that. -->

A disease is dated, cited data: who is a case and a close contact, for how long one is observed, how soon one is
reported. Authorities change that as they learn, so each **edition** of the rules stands by itself, with the days and
the area in which it was in force. A case keeps the edition that it was decided under. What no source states is left
open, never filled in.

An edition that has been shipped never changes: its digest covers all that it rules, and a change is a new edition with
a code of its own. Only its last day and its sources may become known later. The days of an edition are those of its
document. Where two hold on a day, that of the narrower area goes first, then the national one.

| standing | 核实情况 | meaning |
|---|---|---|
| verified | 已核实 | seen in a public source |
| mirror | 转载 | seen on a copy of an official text, or as quoted |
| unverified | 未核实 | not seen yet: to be checked before it is cited |

The hours of the two daily checks are a working definition of ours: no edition sets them.
"""
HOURS = (
    ("report_h", "reported within {} h of being found"),
    ("verify_h", "verified within {} h of the report"),
    ("investigate_h", "investigated within {} h of the report"),
    ("first_contact_h", "known contacts spoken to within {} h of the report"),
    ("event_h", "a first case or a cluster reported as an event within {} h"),
)
EARLY = {
    "four": "四早 (found, reported, isolated, treated early)",
    "five": "五早 (found, reported, diagnosed, isolated, treated early)",
}


def document() -> str:
    """The page, in English with the Chinese titles beside."""
    parts = [OPENING, *(part for profile in profiles() for part in _profile(profile)), *_dictionary()]
    return "\n".join(parts)


def _profile(profile: Profile) -> Iterator[str]:
    yield f"## {profile.code}: {profile.en} {profile.zh}\n"
    yield f"{EARLY[profile.early]}.\n"
    if profile.severities:
        yield f"Severity: {_named(profile.severities)}.\n"
    yield "| edition | in force | area | title | 名称 | digest |\n|---|---|---|---|---|---|"
    for e in profile.editions:
        yield f"| `{e.code}` | {_span(e)} | {e.area or '–'} | {e.en} | {e.zh} | `{e.digest[:12]}` |"
    if profile.meets:
        told = "; ".join(f"`{code}` meets {_or([f'`{one}`' for one in its])}" for code, its in profile.meets.items())
        yield f"\nWhichever edition asks: {told}."
    for edition in profile.editions:
        yield from _edition(edition)
    if profile.delays:
        yield from _delays(profile)
    if areas := listed(profile.code):
        yield from _areas(profile.code, areas)
    yield ""


def _edition(edition: Edition) -> Iterator[str]:
    where = f" within {edition.area}" if edition.area else ""
    yield f"\n### {edition.code}\n\n{edition.en} {edition.zh}, in force {_span(edition)}{where}.\n"
    yield "| rule | what it says | source |\n|---|---|---|"
    for name, says, source in _rules(edition):
        yield f"| {name} | {says} | {source} |"
    yield ""
    for s in edition.sources:
        yield f"- `{s.code}` ({s.status}{f', {s.date}' if s.date else ''}): {s.title}. {s.url_or_ref}"


def _rules(edition: Edition) -> Iterator[tuple[str, str, str]]:
    e = edition
    yield "classes", ", ".join(sorted(e.classes)), e.definition
    if e.history:
        yield f"history, {e.history_days} d before onset", _named(e.history), e.definition
    yield "clinical picture", _named(e.clinical), e.definition
    yield "suspected", _ways(e.suspected), e.definition
    if e.clinically_diagnosed:
        yield "clinically diagnosed", _ways(e.clinically_diagnosed), e.definition
    if e.probable or e.probable_results:
        result = f"suspected with a test {_or(e.probable_results)}" if e.probable_results else ""
        yield "probable", "; or ".join(filter(None, (_ways(e.probable), result))), e.definition
    if e.confirmed:
        of = "a suspected case with" if e.needs_suspected else "anybody with"
        yield "confirmed", f"{of} one positive {_or(e.confirmed)}", e.definition
    if e.fever_c is not None:
        yield "fever", f"from {e.fever_c:g} °C", e.fever_source or ""
    if e.incubation_most_days is not None:
        yield "longest incubation", f"{e.incubation_most_days} d", e.definition
    yield from _contact(e)
    yield from _other_rules(e)


def _contact(edition: Edition) -> Iterator[tuple[str, str, str]]:
    rule = edition.contact
    if rule is None:
        return
    begins = f"from {rule.days_before_onset} d before the onset" if rule.days_before_onset else "from the onset"
    if rule.days_before_sampling is not None:
        begins += f", or {rule.days_before_sampling} d before the sampling of one without symptoms"
    last = "until isolation" if rule.days_after_onset is None else f"until {rule.days_after_onset} d after the onset"
    yield "contact counts", f"{begins}, {last}", rule.source
    yield "close contact", _named([i for i in rule.closeness if i.close]), rule.source
    unless = [i for i in rule.closeness if i.code in rule.unless]
    far = [i for i in rule.closeness if not i.close and i not in unless]
    yield "not close", "; ".join(filter(None, (_named(far), f"whatever else: {_named(unless)}"))), rule.source
    days = f"{rule.observe_days} d after the last exposure, {rule.mode_first} first"
    days += f", then {rule.home_days} d at home" if rule.home_days else ""
    days += f"; afterwards {rule.monitor_days} d of looking after one's own health" if rule.monitor_days else ""
    days += "" if rule.of_suspected else "; not of suspected cases' contacts"
    days += "; contacts of contacts are sought too" if rule.of_contacts else ""
    yield "observation", days, rule.source
    yield "checks", ", ".join(f"{s.en} {s.zh} {s.begins}–{s.ends}" for s in rule.slots), rule.slots_source


def _other_rules(edition: Edition) -> Iterator[tuple[str, str, str]]:
    if c := edition.cluster:
        who = "cases or infected without symptoms" if c.counts_asymptomatic else "cases"
        yield "cluster", f"{c.least} or more {who} within {c.days} d in one small place", c.source
    if clocks := edition.clocks:
        hours = [(text, getattr(clocks, field)) for field, text in HOURS]
        yield "clocks", "; ".join(text.format(h) for text, h in hours if h is not None), clocks.source
    if x := edition.exclusion:
        also = f"; no antibodies {x.antibodies_after_days} d after the onset" if x.antibodies_after_days else ""
        yield "exclusion", f"{x.results} negative {x.test} at least {x.hours_apart} h apart{also}", x.source
    if d := edition.discharge:
        after = f"; then {d.after_days} d of observation" if d.after_days is not None else ""
        tests = f", {d.tests} negative tests {d.hours_apart} h apart" if d.tests else ""
        yield "discharge", f"more than {d.afebrile_days} d without fever{tests}{after}", d.source
    if a := edition.asymptomatic:
        yield "without symptoms", f"{a.days} d centrally, {a.tests} negative tests {a.hours_apart} h apart", a.source


def _delays(profile: Profile) -> Iterator[str]:
    yield "\n### Delays\n\n| delay | family | mean, d | sd | median | 95 % | n | of | publication |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for d in profile.delays:
        cells = (d.name, d.family, d.mean_days, d.sd_days, d.median_days, _interval(d), d.n, d.note)
        cited = f"{d.source.title} ({d.source.year}), doi:{d.source.doi} ({d.source.status})"
        yield f"| {' | '.join('–' if c in (None, '') else str(c) for c in cells)} | {cited} |"


def _areas(code: str, areas: Sequence[Listed]) -> Iterator[str]:
    yield f"\n### Areas with {code}\n\n| area | 地区 | name | from | to | source |\n|---|---|---|---|---|---|"
    for a in areas:
        source = f"{a.source.title} ({a.source.status})"
        yield f"| {a.area} | {a.zh} | {a.en} | {a.begins} | {a.ends or '–'} | {source} |"


def _dictionary() -> Iterator[str]:
    yield "## The dictionary\n\nWhat facts hold as codes, in the order in which forms and screens show it."
    for group in groups():
        yield f"\n### {group}\n\n| code | 中文 | English |\n|---|---|---|"
        for t in terms(group):
            hours = f" {t.begins}–{t.ends}" if isinstance(t, Slot) else ""
            yield f"| `{t.code}` | {t.zh} | {t.en}{hours} |"


def _ways(ways: Iterable[Alternative]) -> str:
    return "; or ".join(
        f"{way.history_least} of the history and {way.clinical_least} of the clinical picture"
        + (f", {', '.join(way.required)} among them" if way.required else "")
        for way in ways
    )


def _named(found: Iterable[Term]) -> str:
    return "; ".join(f"`{t.code}` {t.en} {t.zh}" for t in found)


def _or(codes: Sequence[str]) -> str:
    return " or ".join(codes)


def _span(edition: Edition) -> str:
    return f"{edition.begins} to {edition.ends}" if edition.ends else f"from {edition.begins}"


def _interval(delay: Delay) -> str:
    return "" if delay.low_days is None else f"{delay.low_days}–{delay.high_days}"


if __name__ == "__main__":
    print(document(), end="")
