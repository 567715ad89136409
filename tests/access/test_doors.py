"""All that is read is read through a few doors, and whoever asks comes first. Found in the sources, not in running."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "lianfang"

READING = (
    "access/figures.py",
    "capabilities/bulletins/queries/briefings.py",
    "capabilities/bulletins/queries/external.py",
    "capabilities/bulletins/queries/feedback.py",
    "capabilities/bulletins/queries/issues.py",
    "capabilities/bulletins/queries/library.py",
    "capabilities/bulletins/queries/notices.py",
    "capabilities/care/queries/bed_indicators.py",
    "capabilities/care/queries/concentration.py",
    "capabilities/care/queries/facilities.py",
    "capabilities/care/queries/hospitals.py",
    "capabilities/care/queries/protection.py",
    "capabilities/care/queries/referrals.py",
    "capabilities/care/queries/stays.py",
    "capabilities/care/queries/teams.py",
    "capabilities/care/queries/transfers.py",
    "capabilities/care/queries/triage.py",
    "capabilities/care/queries/waiting.py",
    "capabilities/cases/queries/card.py",
    "capabilities/cases/queries/counts.py",
    "capabilities/cases/queries/first_case.py",
    "capabilities/cases/queries/indicators.py",
    "capabilities/cases/queries/line.py",
    "capabilities/cases/queries/listing.py",
    "capabilities/cases/queries/others.py",
    "capabilities/cases/queries/whose.py",
    "capabilities/command/queries/command_posts.py",
    "capabilities/command/queries/gatherings.py",
    "capabilities/command/queries/levels.py",
    "capabilities/command/queries/measures.py",
    "capabilities/command/queries/notices.py",
    "capabilities/command/queries/plans.py",
    "capabilities/command/queries/playbooks.py",
    "capabilities/command/queries/products.py",
    "capabilities/command/queries/readiness.py",
    "capabilities/command/queries/steering.py",
    "capabilities/command/queries/venues.py",
    "capabilities/contacts/queries/board.py",
    "capabilities/contacts/queries/card.py",
    "capabilities/contacts/queries/counts.py",
    "capabilities/contacts/queries/duties.py",
    "capabilities/contacts/queries/events.py",
    "capabilities/contacts/queries/graph.py",
    "capabilities/contacts/queries/lists.py",
    "capabilities/drills/queries/whatif.py",
    "capabilities/gates/queries/care.py",
    "capabilities/gates/queries/encounters.py",
    "capabilities/gates/queries/indicators.py",
    "capabilities/gates/queries/lines.py",
    "capabilities/gates/queries/notices.py",
    "capabilities/gates/queries/obligations.py",
    "capabilities/gates/queries/phone.py",
    "capabilities/gates/queries/posts.py",
    "capabilities/isolation/queries/finding.py",
    "capabilities/isolation/queries/indicators.py",
    "capabilities/isolation/queries/needs.py",
    "capabilities/isolation/queries/obligations.py",
    "capabilities/isolation/queries/orders.py",
    "capabilities/isolation/queries/station_card.py",
    "capabilities/isolation/queries/stations.py",
    "capabilities/isolation/queries/whose.py",
    "capabilities/mobilisation/queries/calls.py",
    "capabilities/mobilisation/queries/errands.py",
    "capabilities/mobilisation/queries/relief.py",
    "capabilities/mobilisation/queries/hands.py",
    "capabilities/mobilisation/queries/staff.py",
    "capabilities/oversight/queries/completeness.py",
    "capabilities/oversight/queries/findings.py",
    "capabilities/oversight/queries/forms.py",
    "capabilities/oversight/queries/loop.py",
    "capabilities/oversight/queries/phone.py",
    "capabilities/oversight/queries/sampling.py",
    "capabilities/screening/queries/bundle.py",
    "capabilities/screening/queries/coverage.py",
    "capabilities/screening/queries/daily.py",
    "capabilities/screening/queries/line.py",
    "capabilities/screening/queries/duties.py",
    "capabilities/screening/queries/finding.py",
    "capabilities/screening/queries/households.py",
    "capabilities/screening/queries/indicators.py",
    "capabilities/screening/queries/own.py",
    "capabilities/screening/queries/rounds.py",
    "capabilities/supplies/queries/allocation.py",
    "capabilities/supplies/queries/dispatch.py",
    "capabilities/supplies/queries/duties.py",
    "capabilities/supplies/queries/production.py",
    "capabilities/supplies/queries/shortage.py",
    "capabilities/supplies/queries/stock.py",
    "capabilities/supplies/queries/support.py",
    "capabilities/tasks/queries/gather.py",
    "capabilities/tasks/queries/whom.py",
    "capabilities/checkpoints/queries.py",
    "capabilities/warning/queries/indicators.py",
    "capabilities/warning/queries/market.py",
    "capabilities/warning/queries/obligations.py",
    "capabilities/warning/queries/assessing.py",
    "capabilities/warning/queries/restrictions.py",
    "capabilities/warning/queries/risk.py",
    "capabilities/warning/queries/sequences.py",
    "capabilities/warning/queries/series.py",
    "capabilities/warning/queries/sign_offs.py",
    "capabilities/warning/queries/signals.py",
    "exchange/queries.py",
    "exchange/record.py",
    "identity/attachments.py",
    "identity/charged.py",
    "identity/matching.py",
    "identity/own.py",
    "identity/queries.py",
    "identity/report.py",
    "identity/words.py",
    "places/queries.py",
)
"""The doors for reading: here the viewer comes first."""
OTHERS = {
    "accounts": "who may sign in: asked before there is a viewer, and by the administrator's services",
    "app/channels/delivering.py": "one machine at a time sends: takes a lock, reads no table",
    "app/database.py": "the start, before any request",
    "app/engine/base.py": "opens what every door asks through",
    "app/serve.py": "the start: tells a demonstration from an installation",
    "app/live/lines.py": "which kinds came of which divisions, once for all; each viewer is told of its own",
    "app/drill": "a drill's own commands, on its own machine: loads, reviews, and asks how far its record has come",
    "capabilities/bulletins/models/__init__.py": "a register folds facts",
    "capabilities/cases/service/recording.py": "writes; the viewer comes first",
    "capabilities/cases/service/reporting.py": "writes; the viewer comes first",
    "capabilities/cases/service/reviewing.py": "writes; the viewer comes first",
    "capabilities/cases/service/views.py": "an account's own views; the viewer comes first",
    "capabilities/care/service": "writes; the viewer comes first",
    "capabilities/command/service": "writes; the viewer comes first, or notices leave by the clock",
    "capabilities/contacts/models": "a register folds facts",
    "capabilities/contacts/service": "writes; the viewer comes first",
    "capabilities/drills/queries/named.py": "a drill's sealed truth held against its findings, on its machine",
    "capabilities/drills/queries/registers.py": "the review of a drill, by whoever runs it on its machine",
    "capabilities/drills/queries/review.py": "likewise; it is of the whole drill",
    "capabilities/gates/models/registers.py": "registers fold facts",
    "capabilities/tasks/queries/rows.py": "runs what another door asks",
    "capabilities/isolation/models.py": "registers fold facts",
    "capabilities/mobilisation/service": "writes; the viewer comes first",
    "capabilities/oversight/queries/looking.py": "what rules look at, of every division: they act on nobody's behalf",
    "capabilities/oversight/service/detecting.py": "raises what rules find, by the clock",
    "capabilities/screening/models": "registers fold facts",
    "capabilities/screening/queries/sightings.py": "asks further, of rows that another door has found",
    "capabilities/screening/service": "writes; the viewer comes first",
    "capabilities/supplies/models": "registers fold facts",
    "capabilities/supplies/service": "writes; the viewer comes first",
    "capabilities/warning/queries/alarms.py": "what the daily run counts, and the rules see, of every division",
    "capabilities/warning/queries/confirmed.py": "asks further, of the viewer's divisions and of rows that were found",
    "capabilities/warning/queries/past.py": "folds the registers of an earlier time beside those of now, for the rules",
    "capabilities/warning/queries/picture.py": "what rules look at, of every division: they act on nobody's behalf",
    "capabilities/warning/service": "writes; the viewer comes first, or rules do it by the clock",
    "exchange/run.py": "records what a list tells; as who has sent it",
    "exchange/service.py": "writes; the viewer comes first",
    "exchange/store.py": "a list's sealed file, until it is dealt with",
    "exchange/undo.py": "takes a list back; the viewer comes first",
    "facts": "the record itself, its folds, its audit and its rebuild",
    "identity/erasure.py": "erases, and replays erasures after a restore",
    "identity/glass.py": "keeps and gives the reason for a broken glass; the viewer comes first",
    "identity/intake.py": "enters people; called by the service alone",
    "identity/looks.py": "the record of looks: since when somebody has been held",
    "identity/models_life.py": "a register folds facts",
    "identity/retention.py": "the nightly job",
    "identity/service.py": "writes; the viewer comes first",
    "places/service.py": "imports divisions, which are public",
    "sealing/keystore.py": "keys, in a file of their own",
}
"""Where else data are touched, and why. A folder stands for its files."""
FOR_ALL = {
    "capabilities/bulletins/queries/feedback.py": {"of_ticket", "statistics"},
    "capabilities/bulletins/queries/library.py": {"public_claims", "public_items"},
    "capabilities/command/queries/levels.py": {"histories"},
    "capabilities/command/queries/measures.py": {"in_force"},
    "capabilities/command/queries/products.py": {"public"},
    "capabilities/command/queries/venues.py": {"public"},
    "capabilities/contacts/queries/card.py": {"no_cases"},
    "capabilities/cases/queries/counts.py": {"changed_after"},
    "capabilities/contacts/queries/duties.py": {"missed"},
    "capabilities/contacts/queries/events.py": {"links_since"},
    "capabilities/screening/queries/duties.py": {"missed"},
    "capabilities/mobilisation/queries/relief.py": {"away"},
    "capabilities/oversight/queries/findings.py": {"names"},
    "capabilities/gates/queries/posts.py": {"counted_before"},
    "capabilities/warning/queries/series.py": {"alarmed", "rows"},
    "identity/queries.py": {"pseudonyms"},
    "places/queries.py": {"centres", "current_gazetteer", "nearest", "populations", "subtree_range"},
}
"""Divisions are public, and Lianfang itself asks for them; the others serve doors beside them, of ids known there."""


def touches(node: ast.AST) -> bool:
    """Whether this very expression reads or writes the database: a model's ``objects``, a cursor, a statement."""
    if isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager"):
        return True
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute) and called.attr in ("cursor", "execute", "executemany", "raw", "copy"):
        return not (called.attr == "copy" and not node.args)  # type: ignore[union-attr]  # a dict's
    return isinstance(called, ast.Name) and called.id == "binary_cursor"


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if "/migrations/" not in name:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def test_bar_30_nothing_is_read_or_written_outside_of_the_doors() -> None:
    outside = []
    for name, module in sources():
        if name in READING or name in OTHERS or any(name.startswith(f"{place}/") for place in OTHERS):
            continue
        outside += [f"{name}:{node.lineno}" for node in ast.walk(module) if touches(node)]
    assert outside == []


@pytest.mark.parametrize("name", READING)
def test_bar_30_whoever_asks_comes_first(name: str) -> None:
    module = ast.parse((SOURCE / name).read_text(encoding="utf-8"))
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    reading = {name for name, node in functions.items() if any(map(touches, ast.walk(node)))}
    while more := {n for n, node in functions.items() if n not in reading and reading & called_in(node)}:
        reading |= more
    asked_by_anyone = [
        function
        for function in sorted(reading - FOR_ALL.get(name, set()))
        if not function.startswith("_") and not viewer_first(functions[function])
    ]
    assert asked_by_anyone == []


def test_no_endpoint_touches_data() -> None:
    """Even where a room may, its addresses may not."""
    names = [n for n, _ in sources() if n.rpartition("/")[2].startswith("api")]
    assert len(names) >= 6
    assert [n for n, module in sources() if n in names and any(map(touches, ast.walk(module)))] == []


def test_every_exception_is_still_needed() -> None:
    used = {name for name, module in sources() if any(map(touches, ast.walk(module)))}
    for place in (*READING, *OTHERS):
        assert any(name == place or name.startswith(f"{place}/") for name in used), place


def called_in(node: ast.FunctionDef) -> set[str]:
    return {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}


def viewer_first(node: ast.FunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "viewer"
