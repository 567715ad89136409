"""What the registers of a drill hold, as the review compares it. Every row of every division."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection

from lianfang.access.rows import seeing_all
from lianfang.capabilities.drills.rules.review import Held

_PAGE: Final = 5_000
_QUERIES: Final = {
    "grids": (1, "SELECT subject, name, holder FROM screening_grid"),
    "households": (1, "SELECT subject, grid, members FROM screening_household"),
    "travellers": (
        1,
        """
SELECT person, subject, came_from, arrived, left_at IS NOT NULL FROM screening_resident WHERE arrived IS NOT NULL""",
    ),
    "outcomes": (
        2,
        """
SELECT o.subject, r.number, o.status, o.visits, o.due, o.seen, o.away, o.unwell, o.person_times, o.without_evidence,
       coalesce(v.tenths, 0)
FROM screening_outcome o JOIN screening_round r ON r.subject = o.round
LEFT JOIN (SELECT v.subject, v.round, sum(round((m ->> 2)::numeric * 10))::bigint AS tenths
           FROM screening_visit v, jsonb_array_elements(v.members) m GROUP BY 1, 2) v
  ON v.subject = o.subject AND v.round = o.round""",
    ),
    "rounds": (
        1,
        """
SELECT number, (closed ->> 'households')::int, (closed ->> 'done')::int, (closed ->> 'not_met')::int,
       (closed ->> 'refused')::int, (closed ->> 'vacant')::int, (closed ->> 'members')::int
FROM screening_round""",
    ),
    "reports": (
        2,
        """
SELECT area, day, zero, households, from_listed, from_elsewhere, local, unwell, hospital, home
FROM screening_report""",
    ),
    "cases": (
        1,
        """
SELECT c.subject, c.person, c."to", c.severity, c.outcome, c.onset_earliest, c.samples,
       (SELECT s.result FROM cases_sample s WHERE s.subject = c.subject ORDER BY s.sampled_at DESC LIMIT 1), c.faults,
       c.source, c.came_from
FROM cases_case c""",
    ),
    "links": (2, "SELECT subject, infector, certainty FROM contacts_edge WHERE determined"),
    "beds": (
        1,
        """
SELECT "of", assignee, acknowledged_at IS NOT NULL FROM tasks_task WHERE rule = 'case.admit'""",
    ),
    "holds": (
        1,
        """
SELECT subject, post, taken_up IS NOT NULL, "to", outcome, "case" FROM gates_encounter WHERE held_since IS NOT NULL""",
    ),
    "vehicles": (
        1,
        "SELECT subject, post, vehicle_type, occupants, came_from, passed IS NOT NULL FROM gates_vehicle",
    ),
    "notices": (
        1,
        """
SELECT subject, post, delivered IS NOT NULL, "read" IS NOT NULL, acted IS NOT NULL FROM gates_notice""",
    ),
    "shifts": (
        1,
        """
SELECT fact, subject, extract(epoch FROM begins)::bigint, extract(epoch FROM ends)::bigint, staff ->> 0
FROM gates_shift""",
    ),
    "counts": (
        1,
        """
SELECT fact, subject, extract(epoch FROM begins)::bigint, extract(epoch FROM ends)::bigint, passed, checked, reason
FROM gates_count""",
    ),
    "treatments": (1, "SELECT fact, subject, measure, agent, minutes FROM gates_treatment"),
    "inspections": (
        1,
        "SELECT subject, post, mode, checked_in, jsonb_array_length(found), open_items FROM gates_inspection",
    ),
    "markets": (
        1,
        """
SELECT subject, name, jsonb_array_length(inspections), jsonb_array_length(unmet), positives, closed
FROM warning_market""",
    ),
    "market_samples": (1, "SELECT id, subject, point, result FROM warning_environment_sample"),
    "levels": (1, "SELECT subject, level, issuer, doc_no FROM command_level"),
    "checklists": (1, "SELECT id, unit, level, jsonb_array_length(items) FROM command_checklist"),
    "plan_tasks": (1, "SELECT subject, \"of\", slot, assignee, done_by FROM tasks_task WHERE rule = 'plan.item'"),
    "forms": (1, "SELECT subject, basis, minutes, ends FROM oversight_form"),
    "resting": (1, "SELECT subject, reason FROM oversight_resting"),
    "bulletins": (
        1,
        """
SELECT extract(epoch FROM as_of)::bigint::text, jsonb_path_query_array(record, '$.figures[*].metric')::text,
       jsonb_path_query_array(record, '$.figures[*].n')::text
FROM bulletins_notice""",
    ),
    "contacts": (
        1,
        """
SELECT c.subject, c.person, c.status, c.due, c."case", c.exposures, count(k.fact_id),
       coalesce(sum(round(k.temp_c::numeric * 10))::bigint, 0)
FROM contacts_contact c LEFT JOIN contacts_check k ON k.subject = c.subject
GROUP BY c.subject, c.person, c.status, c.due, c."case", c.exposures""",
    ),
    "orders": (2, 'SELECT subject, "order", stage, mode, station FROM isolation_order'),
    "stations": (1, "SELECT subject, count(*), sum(residents) FROM isolation_round GROUP BY 1"),
    "passing": (
        2,
        """
SELECT post, day, count(*), count(*) FILTER (WHERE refused), coalesce(sum(round(temp_c::numeric * 10))::bigint, 0),
       count(held_since), count(vehicle)
FROM gates_encounter GROUP BY 1, 2""",
    ),
}
"""Of each register how many columns are its key, and how its rows are read."""


def held() -> Iterator[Held]:
    """Every row that is compared, register by register, a page at a time; within a transaction."""
    for register, (keys, query) in _QUERIES.items():
        with seeing_all(), connection.chunked_cursor() as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(_PAGE):
                for row in rows:
                    plain = [_plain(value) for value in row]
                    yield Held(register, plain[:keys], plain[keys:])


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, str, bool)) else str(value)
