"""A day of a drill: what every desk sends on it. And who sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.capabilities.drills.rules import (
    bulletin,
    cases,
    checks,
    comings,
    command,
    contacts,
    desks,
    duty,
    errands,
    forms,
    hands,
    inspections,
    markets,
    notices,
    plan,
    posts,
    setting,
    stations,
    stores,
    suspects,
    triage,
    wards,
    works,
)
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Account
from lianfang.capabilities.drills.rules.reports import Reports
from lianfang.capabilities.drills.rules.visits import Visits
from lianfang.capabilities.drills.rules.world import Told, World


@dataclass(frozen=True)
class Days:
    """Everything that happens in a drill. What there is much of is written day by day, from what is drawn of it; the
    journeys of cases and contacts are written at once, ``sent`` by day."""

    world: World
    visits: Visits
    reports: Reports
    posts: posts.Posts
    journey: cases.Journey
    suspecting: suspects.Suspecting
    following: contacts.Following
    checks: checks.Checks
    stations: stations.Stations
    notices: notices.Notices
    duty: duty.Duty
    inspections: inspections.Inspections
    markets: markets.Markets
    bulletins: bulletin.Bulletins
    planned: plan.Planned
    forms: forms.Forms
    sent: dict[int, list[Told]]

    @classmethod
    def of(cls, world: World) -> Days:
        known = cases.cases(world)
        everybody = contacts.observed(world, known)
        journey = cases.Journey(world, known, contacts.named(everybody))
        following = contacts.Following(world, everybody)
        houses = stations.Stations(world.drill, everybody, cases.HOUR // 2 + contacts.PUT)
        gates = posts.posts(world)
        suspecting = suspects.Suspecting(world, suspects.suspects(world, gates, world.concerned))
        held = {one.hold: one.id for one in suspecting.all if one.hold}
        told = notices.Notices(world.drill, gates)
        on_duty, inspected = duty.Duty(world, gates), inspections.Inspections(world.drill, gates)
        trade = markets.Markets(world.drill)
        given_out = bulletin.Bulletins(journey, suspecting, following)
        officers = {one.role: one.code for one in setting.officers(world.drill)}
        planned = plan.Planned(world.drill, officers)
        asked = forms.Forms(world.drill, officers["county_duty_officer"])
        stock = stores.Stores(world.drill, officers["logistics_officer"])
        made = works.Works(world.drill, officers["logistics_officer"])
        sent: dict[int, list[Told]] = {}
        lying = wards.Wards(journey)
        for desk in (
            journey,
            suspecting,
            following,
            houses,
            told,
            on_duty,
            inspected,
            trade,
            given_out,
            planned,
            asked,
            lying,
            hands.Hands(world.drill),
            errands.Errands(world, everybody),
            command.Command(world.drill),
            triage.Triage(world),
            stock,
            made,
        ):
            desk.write()
            for one in desk.desk.told:
                sent.setdefault(one.sent // DAY_MINUTES, []).append(one)
        return cls(
            world, Visits(world), Reports(world), posts.Posts(world, gates, held), journey, suspecting,
            following, checks.checks(world, everybody), houses, told, on_duty, inspected, trade, given_out, planned,
            asked, sent,
        )  # fmt: skip

    def told(self, day: int) -> Iterator[Told]:
        """All facts that are sent on a day, in no order."""
        yield from setting.told(self.world, day)
        yield from self.visits.day(day)
        yield from comings.Comings(self.world, self.visits).day(day)
        yield from self.reports.day(day)
        yield from self.posts.day(day)
        yield from self.sent.get(day, ())
        yield from checks.Checking(self.world, self.following.everybody, self.checks).day(day)

    def accounts(self) -> list[Account]:
        """Everybody who works in the drill; the first leads it."""
        drill, staff = self.world.drill, self.posts.posts
        guests = [hotel.worker for hotel in self.world.travellers.hotels]
        at_posts = [Account(one.staff, "checkpoint_staff", one.area, one.data.name, one.id) for one in staff]
        return [*setting.officers(drill), *desks.accounts(drill), *self.world.homes.workers, *guests, *at_posts]
