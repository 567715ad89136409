"""Contacts that become cases, generations, circles, alerts, clusters: after each act the registers are a refold's."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lianfang.access.matrix import Forbidden
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused
from lianfang.app.database import Database
from lianfang.capabilities.cases import service as cases
from lianfang.capabilities.cases.facts import About, Class
from lianfang.capabilities.contacts import queries, service
from lianfang.capabilities.contacts.facts import Certainty
from lianfang.capabilities.contacts.queries.graph import Graph
from lianfang.capabilities.contacts.rules.checking import Look
from lianfang.capabilities.tasks.rules import policy
from tests import law
from tests.access.made import viewer
from tests.contacts.world import (
    DISEASE,
    FOREIGN,
    NOW,
    OWN,
    at,
    classify,
    entered,
    expose,
    on,
    report,
    tracer,
)


def link(infector: UUID, infectee: UUID, day: int = 30) -> service.Linking:
    done = service.link_many(tracer(), [service.Link(infector, infectee)], at=at(day), now=NOW)
    law.acted()
    return done


def seen(area: str = OWN) -> Graph:
    return queries.graph(tracer(area), area)


def generations(area: str = OWN) -> dict[UUID, int | None]:
    return {node.subject: node.generation for node in seen(area).nodes}


def test_cas_05_a_contact_becomes_a_case_and_keeps_who_may_have_infected_it(database: Database) -> None:
    first = report(at(21), Class.CONFIRMED, onset=on(19), source="imported")
    other = report(at(22), Class.CONFIRMED, onset=on(20))
    contact = expose(first, on(20), at(21, 12))
    expose(other, on(21), at(22, 12), person=contact.state.person)
    ill = service.Illness(Class.CONFIRMED, About())
    state = service.convert_new(tracer(), contact.contact, ill, at=at(26), now=NOW)
    law.acted()
    assert (state.status, state.ended_at) == ("converted", at(26))
    assert state.case is not None
    graph = seen()
    edges = {(edge.infector, edge.subject, edge.determined) for edge in graph.edges}
    assert edges == {(first, state.case, False), (other, state.case, False)}
    assert generations() == {first: 1, other: 1, state.case: 2}
    assert [check.cases for check in graph.checks if check.look is Look.SEVERAL] == [(state.case,)]
    told = queries.card(tracer(), contact.contact, now=NOW)
    assert told.contact.case == state.case


def test_cas_05_the_first_second_generation_case_of_a_division_raises_an_alert(database: Database) -> None:
    first = report(at(21), Class.CONFIRMED, source="imported", number="A")
    second = report(at(24), Class.CONFIRMED, number="B")
    assert queries.alerts(tracer(), OWN) == []
    law.acted()
    link(first, second)
    (alert,) = queries.alerts(tracer(), OWN)
    assert (alert.subject, alert.generation, alert.area) == (second, 2, OWN)
    due = [one for one in queries.obligations(tracer(), at(1), NOW) if one.rule == "contact.generation_two"]
    assert [(one.subject, one.begins) for one in due] == [(second, at(24))]
    service.unlink(tracer(), first, second, "expert", at=at(31), now=NOW)
    law.acted()
    assert queries.alerts(tracer(), OWN) == []


def test_a_suspected_case_raises_no_alert_until_it_is_confirmed(database: Database) -> None:
    first, second = report(at(21), Class.CONFIRMED), report(at(24))
    link(first, second)
    assert queries.alerts(tracer(), OWN) == []
    classify(second, Class.CONFIRMED, at(26))
    law.acted()
    assert [one.subject for one in queries.alerts(tracer(), OWN)] == [second]


def test_cas_05_a_circle_is_refused_and_shown(database: Database) -> None:
    a, b, c = (report(at(21), Class.CONFIRMED, number=name) for name in "ABC")
    link(a, b), link(b, c)
    refused = link(c, a)
    assert not refused.taken
    assert [(one.row, one.reason) for one in refused.wrong] == [(1, "cycle")]
    assert "C → A → B → C" in refused.wrong[0].en and "C → A → B → C" in refused.wrong[0].zh
    assert generations() == {a: 1, b: 2, c: 3}
    assert [one.reason for one in link(a, a).wrong] == ["itself"]
    assert [one.reason for one in link(uuid4(), a).wrong] == ["unknown"]


def test_a_circle_within_what_is_sent_at_once_is_refused_by_row(database: Database) -> None:
    a, b, c = (report(at(21), Class.CONFIRMED, number=name) for name in "ABC")
    links = [service.Link(a, b), service.Link(b, c), service.Link(c, a), service.Link(a, c)]
    done = service.link_many(tracer(), links, at=at(30), now=NOW)
    law.acted()
    assert sorted(done.taken) == [1, 2, 4]
    assert [(one.row, one.reason) for one in done.wrong] == [(3, "cycle")]


def test_a_circle_that_arrived_offline_is_kept_and_reported(database: Database) -> None:
    from lianfang.capabilities.contacts.facts import Linked
    from tests.contacts.world import append, fact

    a, b = report(at(21), Class.CONFIRMED), report(at(21), Class.CONFIRMED)
    link(a, b)
    append([fact(Linked(infector=b, certainty=Certainty.POSSIBLE), a, at(25))])
    law.acted()
    assert generations() == {a: None, b: None}
    assert {frozenset(one.cases) for one in seen().checks if one.look is Look.CYCLE} == {frozenset({a, b})}


@pytest.mark.parametrize("source", [None, "imported"])
def test_links_on_a_circle_are_told_and_no_others(database: Database, source: str | None) -> None:
    """Though generations pass over what leads to an imported case."""
    from lianfang.capabilities.contacts.facts import Linked
    from tests.contacts.world import append, fact

    a = report(at(21), Class.CONFIRMED, source=source)
    b, c = (report(at(22), Class.CONFIRMED) for _ in range(2))
    link(a, b), link(b, c)
    assert seen().circular == frozenset()
    append([fact(Linked(infector=b, certainty=Certainty.CERTAIN), a, at(25))])
    law.acted()
    graph = seen()
    circle = {(edge.infector, edge.subject) for edge in graph.edges if edge.fact_id in graph.circular}
    assert circle == {(a, b), (b, a)} and len(graph.edges) == 3
    near = queries.graph(tracer(), OWN, begins=at(22))  # b and c alone, as the card of b asks for it
    assert len(near.circular) == 2 and {node.subject for node in near.nodes} == {b, c}


def test_a_contact_does_not_become_a_case_that_infected_its_source(database: Database) -> None:
    source = report(at(21), Class.CONFIRMED)
    contact = expose(source, on(20), at(21, 12))
    assert contact.state.person is not None
    case = report(at(24), Class.CONFIRMED, person=contact.state.person)
    link(case, source)
    with pytest.raises(Refused) as refused:
        service.convert(tracer(), contact.contact, case, at=at(26), now=NOW)
    assert [one.reason for one in refused.value.wrong] == ["cycle"]
    service.unlink(tracer(), case, source, "expert", at=at(31), now=NOW)
    service.convert(tracer(), contact.contact, case, at=at(26), now=NOW)
    law.acted()
    assert generations() == {source: 1, case: 2}


def test_nobody_is_a_contact_of_himself(database: Database) -> None:
    person = entered()
    case = report(at(21), person=person)
    with pytest.raises(Refused) as refused:
        expose(case, on(20), at(21, 12), person=person)
    assert [one.reason for one in refused.value.wrong] == ["self_contact"]


def test_what_names_nothing_is_refused_field_by_field(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        expose(uuid4(), on(20), at(21, 12), person=uuid4(), setting="moon", area=OWN)
    assert {one.field: one.reason for one in refused.value.wrong} == {
        "source": "unknown", "setting": "unknown", "person": "no_person",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        expose(None, on(20), at(21), edition="no-such")
    assert [one.field for one in refused.value.wrong] == ["edition"]
    with pytest.raises(Refused) as refused:
        expose(None, on(20), at(21), disease="no-such")
    assert [one.field for one in refused.value.wrong] == ["disease"]
    with pytest.raises(Refused) as refused:
        expose(None, on(20), NOW + timedelta(hours=1))
    assert [one.reason for one in refused.value.wrong] == ["in_future"]
    with pytest.raises(Forbidden):
        expose(None, on(20), at(21), area=FOREIGN)


def test_cas_03_an_excluded_case_is_of_no_generation_and_links_nobody(database: Database) -> None:
    a, b, c = (report(at(21)) for _ in range(3))
    link(a, b), link(b, c)
    classify(b, Class.EXCLUDED, at(24), "tests_negative")
    law.acted()
    assert generations() == {a: 1, b: None, c: 1}


def test_links_lead_across_divisions_and_show_no_more_than_that(database: Database) -> None:
    there = report(at(21), Class.CONFIRMED, area=FOREIGN, source="imported")
    here = report(at(23), Class.CONFIRMED)
    link(there, here)
    graph = seen()
    assert [node.subject for node in graph.nodes] == [here]
    assert (graph.others, generations()) == ((there,), {here: 2})
    assert generations(FOREIGN) == {there: 1}
    refused = service.link_many(tracer(FOREIGN), [service.Link(there, here)], at=at(30), now=NOW)
    assert [one.field for one in refused.wrong] == ["infectee"]
    with pytest.raises(NotThere):
        service.unlink(tracer(FOREIGN), there, here, "expert", at=at(30), now=NOW)


def test_clusters_by_links_and_by_name_are_held_against_the_dated_rule(database: Database) -> None:
    a = report(at(21), Class.CONFIRMED, onset=on(5))
    b = report(at(22), Class.CONFIRMED, onset=on(18))
    c = report(at(23), Class.CONFIRMED, onset=on(31))
    d = report(at(24))
    link(a, b)
    named = service.name_cluster(tracer(), DISEASE, "household", [a, c, d], True, OWN, at=at(31), now=NOW)
    law.acted()
    tied, told = sorted(queries.clusters(tracer(), OWN, on=on(25)), key=lambda one: one.named)
    assert (set(tied.cases), tied.holds, tied.edition) == ({a, b}, True, "ncov-2020-v2")
    assert (told.id, set(told.cases), told.holds) == (named, {a, c, d}, False)
    with pytest.raises(Refused) as refused:
        service.name_cluster(tracer(), DISEASE, "household", [uuid4()], True, OWN, at=at(31), now=NOW)
    assert [one.field for one in refused.value.wrong] == ["cases"]


def _clusters(who: Viewer | None = None, of: list[UUID] | None = None) -> list[tuple[UUID, datetime, datetime]]:
    told = queries.obligations(who or tracer(), at(1), NOW, of)
    return [(one.subject, one.begins, one.due) for one in told if one.rule == "contact.cluster"]


def test_r_rep_2_a_cluster_is_reported_as_an_event_within_two_hours(database: Database) -> None:
    """From when it is known to be one: its cases and what ties them; about the case that made it one."""
    a, b = report(at(21), Class.CONFIRMED, onset=on(18)), report(at(24), onset=on(20))
    assert _clusters() == []
    link(a, b, day=25)
    assert _clusters() == []  # one confirmed case, one suspected
    classify(b, Class.CONFIRMED, at(26))
    assert _clusters() == [(b, at(26), at(26, 11))] == _clusters(of=[b]) and _clusters(of=[a]) == []
    link(a, b, day=27)  # told again, it is no news
    third = report(at(27), Class.CONFIRMED, onset=on(21))
    link(a, third, day=28)
    assert _clusters() == [(b, at(26), at(26, 11))]
    assert policy().rule("contact.cluster").by_hand
    classify(b, Class.EXCLUDED, at(29), "expert")
    assert _clusters() == [(third, at(28), at(28, 11))]


def test_r_rep_2_no_cluster_by_the_dated_rule_is_reported(database: Database) -> None:
    """Too far apart; tied in another division, whose it is; and found by somebody to belong together."""
    a, b = report(at(21), Class.CONFIRMED, onset=on(2)), report(at(24), Class.CONFIRMED, onset=on(20))
    link(a, b, day=25)
    assert _clusters() == []
    there = report(at(22), Class.CONFIRMED, onset=on(19), area=FOREIGN)
    here = report(at(23), Class.CONFIRMED, onset=on(20))
    link(there, here, day=25)
    assert _clusters() == [(here, at(25), at(25, 11))] and _clusters(tracer(FOREIGN)) == []
    c = report(at(26), Class.CONFIRMED, onset=on(22))
    service.name_cluster(tracer(), DISEASE, "household", [b, c], True, OWN, at=at(28), now=NOW)
    assert _clusters() == [(here, at(25), at(25, 11)), (c, at(28), at(28, 11))]


def test_con_03_exclusion_of_the_suspected_source_proposes_release_and_names_itself(database: Database) -> None:
    from lianfang.capabilities.contacts.facts import Release
    from lianfang.facts import log

    case, other = report(at(21), onset=on(19)), report(at(21), onset=on(17))
    alone, both = expose(case, on(20), at(21, 12)), expose(case, on(20), at(21, 12))
    expose(other, on(18), at(21, 13), person=both.state.person)
    with pytest.raises(Refused) as refused:
        service.release(tracer(), alone.contact, Release.SOURCE_EXCLUDED, at=at(23), now=NOW)
    assert [one.reason for one in refused.value.wrong] == ["other_exposure"]
    decision = classify(case, Class.EXCLUDED, at(24), "tests_negative")
    law.acted()
    proposed = {
        one.contact.subject: [(its.what, its.due) for its in one.proposals]
        for one in queries.proposed(tracer(), OWN, now=at(24, 12))[0]
    }
    assert proposed == {alone.contact: [("source_excluded", None)], both.contact: [("shorten", on(1, 2))]}
    due = {
        one.subject for one in queries.obligations(tracer(), at(24), at(25)) if one.rule == "contact.release_excluded"
    }
    assert due == {alone.contact}
    released, wrong = service.release_many(
        tracer(), [alone.contact, both.contact], Release.SOURCE_EXCLUDED, at=at(24, 13), now=NOW
    )
    law.acted()
    assert (released, [(one.row, one.reason) for one in wrong]) == ([alone.contact], [(2, "other_exposure")])
    (fact,) = [one.fact for one in log.read(kinds=["contact.released"])]
    assert fact.cause == (decision,)


def test_sums_are_shown_to_who_may_see_sums_only(database: Database) -> None:
    expose(None, on(20), at(21))
    province = viewer("duty_officer", "530000")
    assert queries.counts(province, "530000", as_of=NOW).stock.traced == 1
    page = queries.listed(province, queries.Filters())
    assert (page.contacts, page.total) == ((), 1)
    assert queries.graph(province, "530000").nodes == ()
    with pytest.raises(NotThere):
        queries.card(province, uuid4(), now=NOW)


def test_a_case_that_was_open_already_is_told(database: Database) -> None:
    contact = expose(None, on(20), at(21))
    service.convert_new(tracer(), contact.contact, service.Illness(Class.SUSPECTED, About()), at=at(24), now=NOW)
    assert contact.state.person is not None
    again = expose(None, on(25), at(26), person=contact.state.person)
    assert again.new
    with pytest.raises(cases.OpenAlready):
        service.convert_new(tracer(), again.contact, service.Illness(Class.SUSPECTED, About()), at=at(27), now=NOW)
    law.acted()
