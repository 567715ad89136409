"""From an exposure to the release, through the services; after each the registers are what a refold gives."""

from __future__ import annotations

import pytest

from lianfang.accounts.refused import Refused
from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts import queries, service
from lianfang.capabilities.contacts.facts import Half, Release
from lianfang.capabilities.contacts.models import ContactRow
from lianfang.capabilities.contacts.service import CheckRow
from lianfang.capabilities.tasks.facts import Attempt
from tests import law
from tests.contacts.world import NOW, OWN, at, entered, expose, on, report, tracer


def test_con_05_last_exposure_on_20_january_releases_at_the_end_of_3_february(database: Database) -> None:
    case = report(at(21), onset=on(19))
    contact = expose(case, on(20), at(21, 12))
    assert contact.state.due == on(3, 2)
    for early in (at(2, 12, 2), at(3, 12, 2)):
        with pytest.raises(Refused) as refused:
            service.release(tracer(), contact.contact, Release.COMPLETED, at=early, now=NOW)
        assert refused.value.wrong[0].reason == "too_early"
        assert "2020-02-03" in refused.value.en
        law.acted()
    service.release(tracer(), contact.contact, Release.COMPLETED, at=at(3, 23.99, 2), now=NOW)
    law.acted()
    assert ContactRow.objects.count() == 0  # outside of a request nothing is seen
    page = queries.listed(tracer(), queries.Filters(area=OWN))
    assert [(row.status, row.reason) for row in page.contacts] == [("released", "completed")]


def test_con_05_a_second_exposure_extends(database: Database) -> None:
    case, person = report(at(21), Class.CONFIRMED, onset=on(19)), entered()
    first = expose(case, on(20), at(21, 12), person=person)
    second = expose(case, on(24), at(25), person=person)
    assert (second.new, second.contact, second.state.due) == (False, first.contact, on(7, 2))
    third = expose(case, on(22), at(26), person=person)
    assert third.state.due == on(7, 2)


def test_con_04_two_checks_a_day(database: Database) -> None:
    contact = expose(report(at(21), onset=on(19)), on(20), at(21, 5)).contact
    rows = [CheckRow(contact, on(day), half, Attempt.SEEN_WELL, 36.5, at=at(day, hour))
            for day in range(21, 31) for half, hour in ((Half.AM, 8), (Half.PM, 15))]  # fmt: skip
    done = service.check_many(tracer(), rows, now=NOW)
    law.acted()
    assert (len(done.taken), done.wrong) == (20, ())
    card = queries.card(tracer(), contact, now=at(31, 12.5))
    cells = [half.cell for day in card.days for half in day.halves]
    assert [cells.count(name) for name in ("seen_well", "missed", "open", "ahead")] == [20, 1, 1, 6]
