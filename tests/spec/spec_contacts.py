"""The rules of contacts and chains: stories of a contact or of cases, and what they come to.

Days are of January 2020, China time; those beyond the 31st go on into February (34 is 3 February). Print as a page of
the rulebook: ``python -m tests.spec.spec_contacts``.
"""

# ruff: noqa: E501  # a story stands in one line

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts import facts as kinds
from lianfang.capabilities.contacts.rules.checking import Fell, Link, checks
from lianfang.capabilities.contacts.rules.clustering import Dated, densest, is_cluster
from lianfang.capabilities.contacts.rules.duties import Following, contact_duties
from lianfang.capabilities.contacts.rules.generations import Seen as Case
from lianfang.capabilities.contacts.rules.generations import place
from lianfang.capabilities.contacts.rules.observing import Seen, Span, cell, counts, slots_of
from lianfang.capabilities.contacts.rules.proposals import Exposed, Held, proposals
from lianfang.capabilities.contacts.rules.windows import outside
from lianfang.capabilities.contacts.state.contact import ZONE, Contact, fold
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.profiles.disease import profile

DISEASE, EDITION = "ncov-2020", "ncov-2020-v2"
_NAMES = UUID(int=11)


class Spec(NamedTuple):
    """``table``: a story a row, then what it comes to. Acts stand with ``;`` between: a kind, the day (``22`` is noon,
    ``22@8`` eight o'clock), and fields as ``name=value``."""

    title: str
    source: str
    table: str
    judge: Callable[[str], str]


def called(name: str) -> UUID:
    """The id of what a story calls by a name."""
    return uuid5(_NAMES, name)


def at(told: str) -> datetime:
    """``22@8``: eight o'clock of 22 January; ``22``: noon."""
    day, _, hour = told.partition("@")
    return datetime(2020, 1, 1, tzinfo=ZONE) + timedelta(days=float(day) - 1, hours=float(hour or 12))


def on(told: str) -> date:
    return at(told).date()


def short(day: date | None) -> str:
    return "–" if day is None else f"{day.month}-{day.day:02}"


class Act(NamedTuple):
    kind: str
    when: str
    fields: dict[str, str]


def acts(story: str) -> list[Act]:
    found = []
    for part in story.split(";"):
        if words := part.split():
            found.append(Act(words[0], words[1], dict(word.split("=", 1) for word in words[2:])))
    return found


def facts_of(story: str) -> list[Fact]:
    """The facts of a story; the n-th is called n. ``corrects=n`` corrects or takes back the n-th."""
    found = []
    for number, act in enumerate(acts(story), 1):
        told = dict(act.fields)
        corrects, area = told.pop("corrects", None), told.pop("area", "530102")
        fact = Fact.of(
            _data(act.kind, told), id=called(f"fact {number}"), subject=called("contact"), area=area,
            observed_at=at(act.when), corrects=called(f"fact {corrects}") if corrects else None,
        )  # fmt: skip
        found.append(fact)
    return found


def _data(kind: str, told: dict[str, str]) -> FactData:
    match kind:
        case "exposed":
            return _exposed(told)
        case "traced":
            return kinds.Traced(person=called(told.get("person", "p")))
        case "informed":
            return kinds.Informed()
        case "judged":
            return kinds.Judged(close=told["close"], basis="expert")
        case "referred":
            return kinds.Referred()
        case "converted":
            return kinds.Converted(case=called(told.get("case", "c")))
        case "released":
            return kinds.Released(reason=told.get("reason", "completed"), to=told.get("to"))
        case "shortened":
            return kinds.Shortened(due=on(told["due"]), basis="expert")
        case "handed":
            return kinds.HandedOver(to=told["to"])
        case "retracted":
            return Retracted(why=Why.MISTAKEN)
    raise ValueError(kind)


def _exposed(told: dict[str, str]) -> FactData:
    person = told.get("person", "p")
    near = told.get("near", "live_together")
    exposure = kinds.Exposure(
        source=called(told.get("source", "s")), last=on(told["last"]), setting="household",
        closeness=() if near == "-" else tuple(near.split("+")), protected=told.get("protected") == "yes",
    )  # fmt: skip
    disease, edition = told.get("disease", DISEASE), told.get("edition", EDITION)
    return kinds.Exposed(
        disease=disease, edition=edition, person=None if person == "-" else called(person), exposure=exposure
    )


def folded(story: str) -> Contact | None:
    return fold(facts_of(story))


def contact_of(story: str) -> str:
    """Where the contact stands, its last day, and what was not applied."""
    its = folded(story)
    if its is None:
        return "none"
    due = short(its.due) + (f" (by rule {short(its.due_by_rule)})" if its.due != its.due_by_rule else "")
    return f"{its.status} {due}" + "".join(f"; {one.field} {one.reason}" for one in its.faults)


def close_of(story: str) -> str:
    its = folded(story)
    assert its is not None
    seen = "observed" if its.observed else "not observed"
    return f"{its.close or 'unknown'}, {seen}" + "".join(f"; {one.field} {one.reason}" for one in its.faults)


def spells_of(story: str) -> str:
    """The statuses of a contact one after the other, and under whom."""
    its = folded(story)
    assert its is not None
    return ", ".join(f"{one.status} {one.area} {short(one.begins.astimezone(ZONE).date())}" for one in its.spells)


def window_of(story: str) -> str:
    """``edition onset first last``: whether the exposure counts."""
    code, onset, first, last = story.split()
    exposure = kinds.Exposure(source=None, first=on(first), last=on(last), setting="household")
    earliest, _, latest = onset.partition("–")
    days = (None, None) if onset == "?" else (on(earliest), on(latest or earliest))
    return "outside" if outside(profile(DISEASE).edition(code), days, exposure) else "counts"


def cells_of(story: str) -> str:
    """``traced due now: day.half outcome …``: what the slots of the day of ``now`` show."""
    head, _, tail = story.partition(":")
    traced, due, now = head.split()
    words = tail.split()
    checks = []
    for n in range(0, len(words), 2):
        slot, outcome = words[n : n + 2]
        day, half = slot.split(".")
        checks.append(Seen(on(day), half, Attempt(outcome), at(f"{day}@9") + timedelta(hours=n), None, ()))
    span = Span(None if traced == "-" else at(traced), on(due), None)
    best = counts(checks)
    return " ".join(
        f"{slot.half}:{cell(slot, span, best.get((slot.day, slot.half)), at(now))}"
        for slot in slots_of(DISEASE, EDITION, on(now))
    )


def proposed(story: str) -> str:
    """``status due now: class/due[/protected] … | unwell=day referred=day``."""
    head, _, tail = story.partition(":")
    status, due, now, *more = head.split()
    options = dict(word.split("=") for word in more)
    exposures = []
    for word in tail.split():
        as_class, last, *rest = word.split("/")
        source = None if as_class == "nobody" else called(f"{as_class} {last}")
        exposures.append(
            Exposed(source, None if source is None else as_class, on(last), "protected" in rest, "outside" in rest)
        )
    referred = at(options["referred"]) if "referred" in options else None
    held = Held(status, options.get("observed", "yes") == "yes", on(due), referred)
    found = proposals(held, exposures, [at(options["unwell"])] if "unwell" in options else [], at(now))
    return ", ".join(one.what + (f" {short(one.due)}" if one.due else "") for one in found) or "nothing"


def duties_of(story: str) -> str:
    """``now`` and then the story of a contact: what is to be done on that day, by when, and ✓ where it was done."""
    now, _, rest = story.partition(":")
    its = folded(rest)
    assert its is not None
    row = Following(
        its.subject, its.area, its.author, its.person, its.disease, its.edition, its.status, its.observed,
        its.registered_at, its.traced_at, its.informed_at, its.referred_at, its.ended_at, its.due,
    )  # fmt: skip
    midnight = datetime.combine(on(now), time.min, ZONE)
    found = contact_duties(row, (), None, midnight, midnight + timedelta(days=1))
    return ", ".join(
        f"{one.rule.removeprefix('contact.')}{one.slot[10:]} {one.due.astimezone(ZONE):%-m-%d@%H}"
        f"{'✓' if one.done_at else ''}"
        for one in found
    )


def generations_of(story: str) -> str:
    """``a>b`` links, ``a=imported`` and ``a=excluded`` what is known of a case: the generation of each."""
    seen: dict[str, Case] = {}
    links = []
    for word in story.split():
        if ">" in word:
            first, second = word.split(">")
            links.append((called(first), called(second)))
            names = [first, second]
        else:
            name, _, known = word.partition("=")
            names = [name]
            is_class = known in list(Class)
            seen[name] = Case(known if is_class else "confirmed", None if is_class else known or None)
        for name in names:
            seen.setdefault(name, Case("confirmed", None))
    found = place({called(name): case for name, case in seen.items()}, links)
    names_of = {called(name): name for name in seen}
    told = " ".join(f"{name}{found.placed[called(name)].generation or '?'}" for name in sorted(seen))
    circles = ["→".join(_from_least([names_of[one] for one in cycle])) for cycle in found.cycles]
    return told + (f"; circle {' '.join(sorted(circles))}" if circles else "")


def _from_least(circle: list[str]) -> list[str]:
    start = circle.index(min(circle))
    return circle[start:] + circle[:start]


def checks_of(story: str) -> str:
    """Cases ``a=5`` with the day of onset (``?`` unknown, ``5-7`` a range, ``!`` imported), links ``a>b``."""
    cases, links, names = dict[UUID, Fell](), list[Link](), dict[UUID, str]()
    for word in story.split():
        if ">" in word:
            links.append(Link(*map(called, word.split(">"))))
            names |= {called(name): name for name in word.split(">")}
            continue
        name, _, onset = word.partition("=")
        names[called(name)] = name
        days = onset.rstrip("!").split("-")
        known = days[0] != "?"
        cases[called(name)] = Fell(on(days[0]) if known else None, on(days[-1]) if known else None, onset.endswith("!"))
    found = checks(cases, links, cases, (), 28)
    told = (
        f"{one.look} {'→'.join(names[case] for case in one.cases)}" + (f" {one.days}" if one.days is not None else "")
        for one in found
    )
    return ", ".join(sorted(told)) or "nothing"


def clustered(story: str) -> str:
    """``edition: day day …`` of onsets: the window with most cases, and whether it makes a cluster."""
    code, _, days = story.partition(":")
    rule = profile(DISEASE).edition(code.strip()).cluster
    assert rule is not None
    window = densest([Dated(called(f"{n}"), on(day)) for n, day in enumerate(days.split())], rule.days)
    if window is None:
        return "no case"
    return f"{len(window.cases)} from {short(window.first)}: {'cluster' if is_cluster(window, rule) else 'none'}"


R_CON = "R-CON: control plan, second edition, 22 January 2020"
WORKING = "working definition"
SPECS = [
    Spec(
        "Release: the last exposure and 14 days, at the end of the day; a new exposure extends",
        f"{R_CON}; CON-05",
        """
        exposed 21 last=20; traced 21; released 34@12 | observing 2-03; observed_at too_early
        exposed 21 last=20; traced 21; released 33 | observing 2-03; observed_at too_early
        exposed 21 last=20; traced 21; released 34@23.99 | released 2-03
        exposed 21 last=20; traced 21; released 35@0 | released 2-03
        exposed 21 last=20; traced 21; exposed 25 last=24; released 35@0 | observing 2-07; observed_at too_early
        exposed 21 last=20; exposed 25 last=24 | to_trace 2-07
        exposed 25 last=24; exposed 26 last=20 | to_trace 2-07
        exposed 21 last=20 edition=ncov-2020-v9 | to_trace 1-27
        exposed 21 last=20; exposed 25 last=24 protected=yes | to_trace 2-03
        exposed 21 last=20; traced 21; released 34@23.99; exposed 36 last=36 | released 2-03; observed_at ended
        exposed 21 last=20; released 36 | to_trace 2-03; reason not_traced
        exposed 21 last=22 | to_trace –; exposure.last in_future
        exposed 21 last=20 edition=no-such | to_trace –; edition no_such_edition
        exposed 21 last=20; exposed 22 last=21 disease=measles edition=measles-who-2018 | to_trace 2-03; disease another_disease
        """,
        contact_of,
    ),
    Spec(
        "Never silently shorter: what was said once holds the last day until somebody decides to shorten it",
        "CON-05",
        """
        exposed 21 last=20; exposed 22 last=18 corrects=1 | to_trace 2-03 (by rule 2-01)
        exposed 21 last=20; exposed 22 last=18 corrects=1; shortened 23 due=32 | to_trace 2-01
        exposed 21 last=20; exposed 22 last=18 corrects=1; shortened 23 due=31 | to_trace 2-03 (by rule 2-01); due too_short
        exposed 21 last=20; exposed 22 last=18 corrects=1; shortened 23 due=34 | to_trace 2-03 (by rule 2-01); due not_shorter
        exposed 21 last=20; shortened 23 due=30 | to_trace 2-03; due too_short
        exposed 21 last=20; exposed 22 last=18 corrects=1; shortened 23 due=32; exposed 24 last=23 | to_trace 2-06
        exposed 21 last=18; exposed 22 last=20; retracted 23 corrects=2 | to_trace 2-03 (by rule 2-01)
        exposed 21 last=18; exposed 22 last=20 corrects=1 | to_trace 2-03
        exposed 21 last=18; traced 21; released 33@0; exposed 36 last=20 corrects=1 | observing 2-03; observed_at too_early
        exposed 21 last=20; retracted 22 corrects=1 | none
        exposed 21 last=30; exposed 22 last=20 corrects=1 | to_trace 2-03
        """,
        contact_of,
    ),
    Spec(
        "What may follow what",
        WORKING,
        """
        exposed 21 last=20; traced 22 | observing 2-03
        exposed 21 last=20; informed 22 | observing 2-03
        exposed 21 last=20 person=-; informed 22 | to_trace 2-03; person nobody_known
        exposed 21 last=20 person=-; traced 22 | observing 2-03
        exposed 21 last=20; traced 22 person=q | to_trace 2-03; person another_person
        exposed 21 last=20; exposed 22 last=21 person=q | to_trace 2-03; person another_person
        exposed 21 last=20; referred 22 | to_trace 2-03; kind not_traced
        exposed 21 last=20; traced 22; referred 23 | observing 2-03
        exposed 21 last=20; converted 23 | converted 2-03
        exposed 21 last=20; converted 23; converted 24 case=d | converted 2-03; case became_another
        exposed 21 last=20; converted 23; released 36 | converted 2-03; observed_at ended
        exposed 21 last=20; traced 21; released 34@23.99; converted 37 | converted 2-03
        exposed 21 last=20; released 22 reason=lost | lost 2-03
        exposed 21 last=20; traced 21; released 22 reason=lost; traced 24 | observing 2-03
        exposed 21 last=20; traced 21; released 22 reason=died; traced 24 | died 2-03; observed_at ended
        exposed 21 last=20; released 22 reason=transferred_out | to_trace 2-03; to no_destination
        exposed 21 last=20; released 22 reason=transferred_out to=420100 | transferred 2-03
        exposed 21 last=20; traced 21; released 22 reason=not_close | observing 2-03; reason still_close
        exposed 21 last=20; traced 21; judged 22 close=general; released 22@13 reason=not_close | released 2-03
        exposed 21 last=20; traced 21; released 25 reason=source_excluded | released 2-03
        exposed 21 last=20; traced 21; handed 22 to=530102 | observing 2-03; to same_area
        """,
        contact_of,
    ),
    Spec(
        "Only the division that is responsible speaks for a contact; it may hand over",
        WORKING,
        """
        exposed 21 last=20; traced 22 area=530302 | to_trace 2-03; area not_responsible
        exposed 21 last=20; handed 22 to=530302; traced 23 area=530302 | observing 2-03
        exposed 21 last=20; traced 22 area=530102001 | observing 2-03
        exposed 21 last=20; released 22 reason=lost area=530000 | lost 2-03
        """,
        contact_of,
    ),
    Spec(
        "Where a contact stood when, and under whom",
        WORKING,
        """
        exposed 21 last=20; traced 22; handed 23 to=530302 | to_trace 530102 1-21, observing 530102 1-22, observing 530302 1-23
        exposed 21 last=20; traced 20 | observing 530102 1-21
        exposed 21 last=20; traced 22; released 25 reason=lost; traced 27 | to_trace 530102 1-21, observing 530102 1-22, lost 530102 1-25, observing 530102 1-27
        """,
        spells_of,
    ),
    Spec(
        "Close contact: by the edition's items, unless protected; somebody may judge otherwise; nobody said is not no",
        R_CON,
        """
        exposed 21 last=20 | close, observed
        exposed 21 last=20 near=conveyance_far | general, not observed
        exposed 21 last=20 near=conveyance_far+care | close, observed
        exposed 21 last=20 near=care+protected | general, not observed
        exposed 21 last=20 protected=yes | general, not observed
        exposed 21 last=20 near=- | unknown, observed
        exposed 21 last=20 near=telepathy | unknown, observed; exposure.closeness no_such_closeness
        exposed 21 last=20 near=conveyance_far; exposed 22 last=21 | close, observed
        exposed 21 last=20 near=conveyance_far; judged 22 close=close | close, observed
        exposed 21 last=20; judged 22 close=none | none, not observed
        """,
        close_of,
    ),
    Spec(
        "The days on which contact with a case counts: from its onset; from the fifth edition on two days before",
        f"{R_CON}; fifth edition, 21 February 2020",
        """
        ncov-2020-v2 20 18 19 | outside
        ncov-2020-v2 20 18 20 | counts
        ncov-2020-v5 20 16 17 | outside
        ncov-2020-v5 20 16 18 | counts
        ncov-2020-v2 20–23 18 19 | outside
        ncov-2020-v2 20–23 21 21 | counts
        ncov-2020-v2 ? 10 10 | counts
        """,
        window_of,
    ),
    Spec(
        "Two slots a day: what each shows; of several checks the gravest counts, and nobody unseen is well",
        f"{R_CON}: temperature and symptoms twice a day; hours a {WORKING}",
        """
        21 34 22@13: | am:missed pm:open
        21 34 22@13: 22.am seen_well | am:seen_well pm:open
        21 34 22@13: 22.am not_found | am:not_found pm:open
        21 34 22@13: 22.am seen_well 22.am seen_unwell | am:seen_unwell pm:open
        21 34 22@13: 22.am seen_unwell 22.am seen_well | am:seen_unwell pm:open
        21 34 22@13: 22.am not_found 22.am seen_well | am:seen_well pm:open
        21 34 22@5: | am:ahead pm:ahead
        21 34 21@23: | am:not_due pm:missed
        21@21 34 21@23: | am:not_due pm:not_due
        - 34 22@13: | am:not_due pm:not_due
        21 34 35@13: | am:not_due pm:not_due
        21 34 34@21: | am:missed pm:missed
        """,
        cells_of,
    ),
    Spec(
        "What is proposed: release at the end, and when the source was excluded, unless there was another exposure",
        f"{R_CON}; CON-03",
        """
        observing 34 30: suspected/34 | nothing
        observing 34 34@23.99: suspected/34 | release 2-03
        observing 34 30: excluded/34 | source_excluded
        to_trace 34 30: excluded/34 | source_excluded
        observing 34 30: excluded/34 excluded/32 | source_excluded
        observing 34 30: excluded/34 confirmed/34 | nothing
        observing 34 30: excluded/34 confirmed/32 | shorten 2-01
        observing 34 30: excluded/34 confirmed/33/protected | source_excluded
        observing 34 30: excluded/34 nobody/34 | nothing
        observing 36 30: confirmed/34 | shorten 2-03
        released 34 36: excluded/34 | nothing
        observing 34 30 observed=no: suspected/34 | not_close
        observing 34 30 unwell=29: suspected/34 | refer
        observing 34 30 unwell=29 referred=29@13: suspected/34 | nothing
        observing 34 30 unwell=29 referred=28: suspected/34 | refer
        observing 34 30: suspected/34/outside | check_window
        """,
        proposed,
    ),
    Spec(
        "What is to be done by when",
        "hours of policy/contacts.toml; slots of the profile",
        """
        21: exposed 21@9 last=20 | trace 1-22@09
        22: exposed 21@9 last=20 | trace 1-22@09
        22: exposed 21@9 last=20; traced 22@10 | trace 1-22@09✓, inform 1-23@10, check.am 1-22@12, check.pm 1-22@20
        22: exposed 21@9 last=20; traced 22@13; informed 22@14 | trace 1-22@09✓, inform 1-23@13✓, check.pm 1-22@20
        24: exposed 21@9 last=20; traced 22; informed 22 | check.am 1-24@12, check.pm 1-24@20
        34: exposed 21@9 last=20; traced 22; informed 22 | release 2-04@11, check.am 2-03@12, check.pm 2-03@20
        35: exposed 21@9 last=20; traced 22; informed 22 | release 2-04@11
        35: exposed 21@9 last=20; traced 22; informed 22; released 35@8 | release 2-04@11✓
        36: exposed 21@9 last=20; traced 22; informed 22; released 35@8 |
        22: exposed 21@9 last=20 near=conveyance_far |
        """,
        duties_of,
    ),
    Spec(
        "Generations: infector's and one; of several the smallest; imported is the first; circles are told",
        f"CAS-05; {WORKING}",
        """
        a | a1
        a>b b>c | a1 b2 c3
        a>c b>c | a1 b1 c2
        a>b b>c a>c | a1 b2 c2
        a>b b=imported b>c | a1 b1 c2
        a=linked_to_import | a2
        a=linked_to_import a>b | a2 b3
        a>b b>c c>a | a? b? c?; circle a→b→c
        a>b b>c c>a c>d | a? b? c? d?; circle a→b→c
        a>b b>c c>b e>c | a1 b? c? e1; circle b→c
        a>b b=excluded b>c | a1 b? c1
        a>b b>c c>a b=excluded | a2 b? c1
        """,
        generations_of,
    ),
    Spec(
        "What in a chain asks for a second look; nothing that the ranges of onset leave open",
        WORKING,
        """
        a=5 b=9 a>b | nothing
        a=9 b=5 a>b | onset_before a→b -4
        a=5-9 b=7 a>b | nothing
        a=8-9 b=5-7 a>b | onset_before a→b -1
        a=1 b=29 a>b | long_gap a→b 28
        a=1-2 b=29 a>b | nothing
        a=5 | isolated a
        a=5! | nothing
        a=? b=9 a>b | no_onset a
        a=5 a>b | dangling b
        a=5 b=5 c=9 a>c b>c | several_infectors c
        """,
        checks_of,
    ),
    Spec(
        "Clusters by the dated rule: two cases within 14 days in the early editions, five in the seventh",
        "surveillance plan, second edition; seventh control plan, 15 September 2020",
        """
        ncov-2020-v2: 5 | 1 from 1-05: none
        ncov-2020-v2: 5 18 | 2 from 1-05: cluster
        ncov-2020-v2: 5 19 | 1 from 1-05: none
        ncov-2020-v2: 5 19 20 21 | 3 from 1-19: cluster
        ncov-2020-v7: 5 6 7 8 | 4 from 1-05: none
        ncov-2020-v7: 5 6 7 8 18 | 5 from 1-05: cluster
        ncov-2020-v2: | no case
        """,
        clustered,
    ),
]


def rows(spec: Spec) -> Iterator[tuple[str, str]]:
    for line in spec.table.strip().splitlines():
        story, _, result = line.strip().rpartition("|")
        yield story.strip(), result.strip()


def page(specs: Sequence[Spec] = SPECS) -> str:
    """All rules as a page of Markdown."""
    parts = ["# Contacts and chains"]
    for spec in specs:
        parts.append(f"\n## {spec.title}\n\n{spec.source}\n\n| story | comes to |\n|---|---|")
        parts += [f"| {story} | {result} |" for story, result in rows(spec)]
    return "\n".join(parts)


if __name__ == "__main__":
    print(page())
