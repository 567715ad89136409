"""Volunteers and teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.people import TeamsCounted
from lianfang.capabilities.mobilisation.models._columns import area_index, told
from lianfang.facts.fact import Entry, folding_order
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import SubjectRegister


class VolunteerRow(models.Model):
    """A volunteer by the pseudonym; ``availability`` is the fact's own content, None where nothing was said."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    consent = models.CharField(max_length=64)
    skills = models.JSONField()
    account = models.CharField(max_length=64)
    since = models.DateTimeField()
    availability = models.JSONField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        db_table = "mobilisation_volunteer"
        indexes: ClassVar = [area_index("mobilisation_volunteer")]


class VolunteerRegister(SubjectRegister):
    """Everybody who agreed to be called."""

    name = "mobilisation.volunteers"
    kinds = frozenset({*(one.kind for one in state.VOLUNTEER_KINDS), Retracted.kind})
    models = (VolunteerRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = state.volunteer([entry.fact for entry in entries])
        if one.data is not None:
            yield VolunteerRow(
                subject=subject, area=one.area, author=one.author, consent=one.data.consent,
                skills=list(one.data.skills), account=one.data.account or "", since=one.since,
                availability=one.availability and one.availability.model_dump(mode="json"), withdrawn=one.withdrawn,
            )  # fmt: skip


class TeamRow(models.Model):
    """A team. ``tasks`` are all that it has done: function, since when, why; the last is what it does."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    zh = models.TextField()
    en = models.TextField()
    function = models.CharField(max_length=16)
    heads = models.IntegerField(null=True)
    qualifier = models.CharField(max_length=16)
    lead = models.CharField(max_length=64)
    town = models.CharField(max_length=64)
    formed = models.DateTimeField()
    tasks = models.JSONField()
    members = models.IntegerField()
    dissolved = models.DateTimeField(null=True)
    faults = models.JSONField()

    class Meta:
        db_table = "mobilisation_team"
        indexes: ClassVar = [area_index("mobilisation_team")]


class MemberRow(models.Model):
    """Somebody in a team."""

    pk = models.CompositePrimaryKey("subject", "person")
    subject = models.UUIDField()
    person = models.UUIDField()
    area = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        db_table = "mobilisation_member"
        indexes: ClassVar = [
            area_index("mobilisation_member"),
            models.Index(fields=["person"], name="mobilisation_member_of"),
        ]


class TeamRegister(SubjectRegister):
    """Every team with its members."""

    name = "mobilisation.teams"
    kinds = frozenset({*(one.kind for one in state.TEAM_KINDS), Retracted.kind})
    models = (TeamRow, MemberRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = state.team([entry.fact for entry in entries])
        if one.data is None:
            return
        its = one.data
        yield TeamRow(
            subject=subject, area=one.area, author=one.author, zh=its.zh, en=its.en, function=one.tasks[-1].function,
            heads=its.heads, qualifier=its.qualifier, lead=its.lead or "", town=its.town or "", formed=one.formed,
            tasks=[[task.function, task.since.isoformat(), task.reason] for task in one.tasks],
            members=len(one.members), dissolved=one.dissolved, faults=told(one.faults),
        )  # fmt: skip
        for person, since in one.members.items():
            yield MemberRow(subject=subject, person=person, area=one.area, since=since)


class TeamCountRow(models.Model):
    """What an authority told last of how many teams of a function an area has; "" is all functions together."""

    pk = models.CompositePrimaryKey("subject", "function")
    subject = models.UUIDField()
    function = models.CharField(max_length=16)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    teams = models.IntegerField()
    qualifier = models.CharField(max_length=16)
    fact = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "mobilisation_team_count"
        indexes: ClassVar = [area_index("mobilisation_team_count")]


class TeamCountRegister(SubjectRegister):
    """How many teams there are, as authorities tell it."""

    name = "mobilisation.team_counts"
    kinds = frozenset({TeamsCounted.kind, Retracted.kind})
    models = (TeamCountRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        found = {}
        for fact in standing(entry.fact for entry in entries).facts:
            assert isinstance(fact.data, TeamsCounted)
            function = fact.data.function or ""
            found[function] = TeamCountRow(
                subject=subject, function=function, area=fact.area, author=fact.author, teams=fact.data.teams,
                qualifier=fact.data.qualifier, fact=fact.id, at=folding_order(fact)[0],
            )  # fmt: skip
        return found.values()
