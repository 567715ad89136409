from datetime import UTC, datetime
from uuid import uuid4

from lianfang.facts import audit, log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal, Status
from tests.record.trial.facts import Closed, Visited, VisitedFirst

WHO = Principal("worker-1", "phone-1")


def test_append_read(database):
    facts = [
        Fact.of(Visited(temp_c=36.5, persons=3), id=log.new_id(), subject=uuid4(), area="530000", observed_at=datetime(2020, 1, 28, tzinfo=UTC))
        for _ in range(10)
    ] + [Fact.of(VisitedFirst(temp_tenths_c=365), id=log.new_id(), subject=uuid4(), area="530000", observed_at=datetime(2020, 1, 28, tzinfo=UTC))]
    told = log.append(facts, principal=WHO)
    assert [o.status for o in told] == [Status.APPENDED] * 11
    assert [e.fact.data for e in log.read()] == [Visited(temp_c=36.5, persons=3)]*10 + [Visited(temp_c=36.5, persons=1)]
    assert [o.status for o in log.append(facts, principal=WHO)] == [Status.SKIPPED] * 11
    r = audit.verify()
    assert r.whole, r
    assert audit.tail() is None
