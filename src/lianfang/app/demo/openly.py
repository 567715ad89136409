"""What the public reads and tells back in the demonstration: health education, claims, feedback from ``openly.toml``;
and the province's own notices of two days, counted from what was known when they were written, one of them revised."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial
from importlib import resources
from typing import Any, Final
from uuid import UUID, uuid5

from lianfang.access.viewer import Viewer
from lianfang.accounts import demo
from lianfang.accounts.demo import DEVICE
from lianfang.accounts.signin import area_range
from lianfang.app.publication.compose import count, examined
from lianfang.capabilities.bulletins.facts import (
    BulletinApproved,
    BulletinChecked,
    BulletinDrafted,
    BulletinIssued,
    Noted,
    issue_id,
)
from lianfang.capabilities.bulletins.facts.feedback import FeedbackOutcome, subject_of, ticket_of
from lianfang.capabilities.bulletins.facts.library import ClaimAnswered, HealthItemPublished
from lianfang.capabilities.bulletins.queries.issues import published
from lianfang.capabilities.bulletins.rules.cutoffs import DAILY, cutoff
from lianfang.capabilities.bulletins.service import feedback
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("2d8f5b0e-6c43-5e0b-9b57-7f6f3a1c8d92")
DISEASE: Final = "ncov-2020"
ROLE: Final = "duty_officer"
DRAFTS: Final = demo.author(f"{ROLE}:530000")
APPROVES: Final = demo.author(ROLE)
_ISSUES: Final = (
    ("01-27T08:30", date(2020, 1, 26), ""), ("01-27T14:00", date(2020, 1, 26), "补报密切接触者1人"),
    ("01-28T08:30", date(2020, 1, 27), ""),
)  # fmt: skip
"""Issued when, of which day, and why anew: before the notice of 28 January, 12:00, that the demonstration is about."""


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(resources.files("lianfang.app.demo").joinpath("openly.toml").read_text("utf-8"))


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was published before the demonstration's morning: when it was received, by whom, and the facts."""
    return [(one.observed_at, DRAFTS, [one]) for one in (*_items(), *_claims())]


def issues() -> list[tuple[datetime, Callable[[], None]]]:
    """Notices, each to be issued at its moment, when the record has what was known then and no more."""
    return [(_at(at), partial(_issue, _at(at), day, note)) for at, day, note in _ISSUES]


def tell() -> None:
    """What the public has told back. The words are in the vault, so that people can be entered before."""
    for at, area, topic, words, hours, answer in _told()["feedback"]:
        sent = uuid5(_NAMES, f"feedback|{at}")
        feedback.give(area, topic, "zh", words, id=sent, source=DEVICE, now=_at(at))
        if answer:
            subject, fields = subject_of(ticket_of(sent)), {"outcome": FeedbackOutcome.ANSWERED, "answer": answer}
            now, id = _at(at) + timedelta(hours=hours), uuid5(sent, "answer")
            feedback.answer(_viewer(DRAFTS, _told()["area"]), subject, fields, id=id, now=now)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2020-{text}:00+08:00")


def _fact(name: str, at: datetime, data: FactData) -> Fact:
    key = f"{name}|{data.kind}|{at.isoformat()}"
    return Fact.of(data, id=uuid5(_NAMES, key), subject=uuid5(_NAMES, name), area=_told()["area"], observed_at=at)


def _items() -> Iterator[Fact]:
    told = _told()
    for at, item, lang, edition, title, text in told["items"]:
        source = told["source_zh"] if lang == "zh" else told["source_en"]
        day = _at(at).date()
        data = HealthItemPublished(lang=lang, title=title, text=text.strip(), source=source, edition=edition, day=day)
        yield _fact(f"item|{item}", _at(at), data)


def _claims() -> Iterator[Fact]:
    told = _told()
    for at, claim, verdict, claim_zh, answer_zh, claim_en, answer_en in told["claims"]:
        data = ClaimAnswered(
            verdict=verdict, claim_zh=claim_zh, answer_zh=answer_zh, claim_en=claim_en, answer_en=answer_en,
            evidence=told["evidence"], link=told["link"], day=_at(at).date(),
        )  # fmt: skip
        yield _fact(f"claim|{claim}", _at(at), data)


def _viewer(author: str, area: str) -> Viewer:
    return Viewer(author, DEVICE, ROLE, area, *area_range(area))


def _issue(at: datetime, day: date, note: str) -> None:
    """Drafted and checked by one, approved and issued by another. What was issued at an earlier start stays."""
    area, window = _told()["area"], cutoff(DAILY).window(day)
    before = next((one for one in published(at) if one.contents.as_of == window.end), None)
    draft = uuid5(_NAMES, f"draft|{at.isoformat()}")
    if before and any(one.draft == draft for one in before.log):
        return
    viewer = _viewer(DRAFTS, area)
    counted = count(viewer, area, window, disease=DISEASE, now=at)
    contents, revises = counted.contents, uuid5(before.draft, "issued") if before else None
    found = examined(viewer, counted, now=at, note=note)
    notes = tuple(Noted(code=one.code, note="已与各地核对，属实") for one in found)
    again: dict[str, Any] = {"contents": contents, "revises": revises, "note": note or None}
    number = 1 + (before.number or 0) if before else 1
    acts = (
        (DRAFTS, "drafted", BulletinDrafted(**again)), (DRAFTS, "checked", BulletinChecked(draft=draft, notes=notes)),
        (APPROVES, "approved", BulletinApproved(draft=draft)),
        (APPROVES, "issued", BulletinIssued(draft=draft, number=number, **again)),
    )  # fmt: skip
    for minutes, (author, name, data) in enumerate(acts, 1 - len(acts)):
        fact = Fact.of(
            data, id=draft if name == "drafted" else uuid5(draft, name), area=area,
            subject=issue_id(area, DISEASE, contents.as_of), observed_at=at + timedelta(minutes=minutes),
        )  # fmt: skip
        log.append([fact], principal=log.Principal(author=author, device=DEVICE), now=at)
