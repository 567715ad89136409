"""Retention against a model: whatever was held, merged and ended, a person is held as long as there is a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.facts import audit
from lianfang.identity import retention, terms
from lianfang.identity.models import Subject
from lianfang.sealing.current import keystore
from tests.daily import examples
from tests.database import empty
from tests.identity.life import held, hold, person

FIRST = date(2020, 1, 28)
days = st.integers(0, 90).map(lambda n: FIRST + timedelta(days=n))
holdings = st.lists(
    st.tuples(st.sampled_from(["checkpoint", "contact", "delivery"]), days, st.none() | days), max_size=3
)
people = st.lists(
    st.tuples(st.sampled_from(["checkpoint", "contact", "case"]), days, st.none() | days, holdings, st.booleans()),
    min_size=1,
    max_size=6,
)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people, st.lists(days.map(lambda day: day + timedelta(days=60)), min_size=1, max_size=4, unique=True).map(sorted)
)
def test_a_person_is_held_as_long_as_a_reason_is(database: Database, people: list, nights: list[date]) -> None:
    empty(database)
    due: dict = {}
    merged = {}
    for data_class, since, ends, more, joins in people:
        ends = max(since, ends) if ends else None
        id = person(data_class=data_class, since=since, ends=ends)
        due[id] = [terms.due(data_class, since, ends)]
        for its, began, over in more:
            over = max(began, over) if over else None
            hold(id, data_class=its, since=began, ends=over)
            due[id].append(terms.due(its, began, over))
        merged[id] = joins
    ids = list(due)
    cluster = {ids[0]: {ids[0]}}
    for before, id in pairwise(ids):
        if merged[id]:
            with seeing_all():
                Subject.objects.filter(id=id).update(merged_into=before)
            cluster[id] = cluster[before]
        else:
            cluster[id] = set()
        cluster[id].add(id)
    for night in nights:
        retention.retain(datetime(night.year, night.month, night.day, tzinfo=UTC), confirmed=True)
        reasons = {id: [day for one in cluster[id] for day in due[one]] for id in ids}
        stay = {id for id in ids if any(day is None or day > night for day in reasons[id])}
        assert held() == stay
        assert keystore().get(ids).keys() == stay
    assert audit.verify().whole
