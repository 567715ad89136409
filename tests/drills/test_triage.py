"""Fever clinics in a drill: whoever has fever and a history is asked about before leaving; the last are still there."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import orjson

from lianfang.capabilities.care.facts.referrals import ReferralClosed, ReferralSent
from lianfang.capabilities.care.facts.triage import Consulted, Triaged, VisitEnded
from lianfang.capabilities.drills.rules.triage import COME, LAST, Triage
from lianfang.capabilities.drills.rules.world import World
from tests.drills.made import drill, population, spreading


def test_nobody_with_fever_and_a_history_leaves_without_a_consult() -> None:
    its = drill()
    triage = Triage(World.of(its, population(), spreading()))
    triage.write()
    bodies = [orjson.loads(one.text) for one in sorted(triage.desk.told)]
    visits: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for body in bodies:
        visits[body["subject"]][body["kind"]] = body
    met = open_ = 0
    for visit in visits.values():
        if Triaged.kind not in visit:
            continue
        history = visit[Triaged.kind]["data"]["history"] == "present"
        met += history
        open_ += VisitEnded.kind not in visit
        if history and VisitEnded.kind in visit:
            asked, ended = (
                datetime.fromisoformat(visit[kind]["observed_at"]) for kind in (Consulted.kind, VisitEnded.kind)
            )
            assert asked < ended
    clinics = sum(body["kind"] == "post.opened" for body in bodies)
    made = sum(body["kind"] == Triaged.kind for body in bodies)
    assert clinics > 0 and made == clinics * ((its.days - 1) * COME + LAST) and met > 0
    assert open_ >= clinics * LAST, "those who came last are at the door"
    sent, closed = (sum(body["kind"] == kind for body in bodies) for kind in (ReferralSent.kind, ReferralClosed.kind))
    assert 0 < closed <= sent
    assert len({body["id"] for body in bodies}) == len(bodies)
