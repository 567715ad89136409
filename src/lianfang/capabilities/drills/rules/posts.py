"""The checkpoints of a drill: those who pass, and those who are held with a fever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.checkpoints.state import CST
from lianfang.capabilities.drills.rules.desks import Desk, code
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.setting import chief
from lianfang.capabilities.drills.rules.shapes import ids, shape
from lianfang.capabilities.drills.rules.world import Told, World
from lianfang.capabilities.gates import facts as kind
from lianfang.capabilities.gates.rules.policy import in_force
from lianfang.capabilities.gates.state.owners import post_id
from lianfang.epi.simulate import dice

Ints = NDArray[np.int64]
SHIFTS: Final = (0, 480, 960)
"""The minutes of a day at which shifts begin: of eight hours each, around the clock."""
SHIFT: Final = 480
OPENS: Final = 6 * 60
HOUR: Final = 60
SENDS: Final = 60
"""Minutes from one sending of a post's device to the next."""
RIGHT, MISSING, DOUBLED, MISTYPED, INVENTED = range(5)
ERRORS: Final = ("", "missing", "doubled", "mistyped", "made_up")
SLIPS: Final = 10
"""How many records of a day an error is of."""
TAKEN_UP, MOVED, REPORTED, DECIDED = 20, 70, 290, 300
"""Minutes from a hold until the centre has seen it, until the clinic has who is held, reports a suspicion, decides."""


PARTY: Final = 5
"""How many one after the other may come in one vehicle, and how many are in it at most."""
PASSES: Final = 5
"""Minutes from when a vehicle is stopped until it is let on."""


class Post(NamedTuple):
    number: int
    id: str
    area: str
    data: kind.PostOpened
    staff: str


class Passing(NamedTuple):
    """Those who pass a post on a day, by time: ``minute``, ``tenths`` as measured and ``typed`` as recorded,
    ``refused``; ``real``: whether somebody came; ``times`` it was recorded. ``vehicle``: the first of those in the same
    one, −1 none; ``origin``: the place in the drill's origins, −1 here. ``error`` of the post's day."""

    minute: Ints
    tenths: Ints
    typed: Ints
    refused: NDArray[np.bool_]
    real: NDArray[np.bool_]
    times: Ints
    vehicle: Ints
    origin: Ints
    error: int


def posts(world: World) -> list[Post]:
    """The checkpoints: one for so many residents, each where it would be if people stood in line by community."""
    drill, each = world.drill, world.drill.response.post_persons
    residents = np.bincount(world.population.community[world.population.household], minlength=len(drill.communities))
    many, upto = max(1, round(int(residents.sum()) / each)), np.cumsum(residents)
    middle = (np.arange(many) + 0.5) / many * upto[-1]
    found: list[Post] = []
    for number, at in enumerate(np.searchsorted(upto, middle).tolist()):
        area = drill.communities[at]
        data = kind.PostOpened(
                name=f"演练{number + 1}号卡点", kind_of=kind.PostKind.POINT, place_type="road_gate", town=area,
                lead="演练指挥部", number=f"YL-{number + 1:04}",
            )  # fmt: skip
        found.append(Post(number, str(post_id(data)), area, data, f"post-{number + 1:04}"))
    return found


def passing(world: World, post: Post, day: int) -> Passing:
    """Who passes a post on a day."""
    drill, its = world.drill, world.drill.response
    key = dice.key(drill.seed, "passing")
    many = its.passing * len(SHIFTS)
    who = np.arange(many, dtype=np.int64) + (np.int64(post.number) << 20)
    begins = OPENS + HOUR if day == 0 else 0
    minute = begins + np.sort((dice.uniforms(key, who, day, 0) * (DAY_MINUTES - begins - 10)).astype(np.int64))
    vehicle = _vehicles(drill, who, day)
    first = np.where(vehicle >= 0, vehicle, np.arange(many))
    minute = minute[first]
    abroad = dice.uniforms(key, who, day, 4)[first] / max(its.from_outside, 1e-9)
    origin = np.where(abroad < 1, (np.minimum(abroad, 1) * len(drill.origins)).astype(np.int64), -1)
    fever = dice.uniforms(key, who, day, 1) < its.fever
    drawn = dice.uniforms(key, who, day, 2)
    tenths = np.where(fever, 374 + (drawn * 17).astype(np.int64), 360 + (drawn * 12).astype(np.int64))
    refused = (dice.uniforms(key, who, day, 3) < its.refuses) & ~fever
    return _recorded(drill, post, day, Passing(
        minute + day * DAY_MINUTES, tenths, tenths.copy(), refused, np.ones(many, np.bool_), np.ones(many, np.int64),
        vehicle, origin, 0,
    ))  # fmt: skip


def _vehicles(drill: Drill, who: Ints, day: int) -> Ints:
    """Of each who passes the first of those in the same vehicle, −1: on foot. Of every ``PARTY`` one after the other
    the first few may be in one."""
    key, at = dice.key(drill.seed, "vehicles"), np.arange(who.size, dtype=np.int64)
    leader = at - at % PARTY
    drives, size = (dice.uniforms(key, who[leader], day, n) for n in range(2))
    # a vehicle holds from one to PARTY: (PARTY + 1) / 2 on average
    share = drill.response.in_vehicles * 2 * PARTY / (PARTY + 1)
    inside = (drives < share) & (at % PARTY <= (size * PARTY).astype(np.int64))
    return np.where(inside, leader, -1)


def stops(one: Passing) -> tuple[Ints, Ints]:
    """The first of each vehicle of a day, and how many are in it."""
    return np.unique(one.vehicle[one.vehicle >= 0], return_counts=True)


def vehicle_type(occupants: int) -> str:
    return "car" if occupants > 1 else "truck"


def vehicles(drill: Drill, post: Post, day: int, first: Ints) -> list[str]:
    """The ids of the stops of vehicles."""
    return ids(drill.seed, "vehicle", first + (np.int64(post.number) << 20), day)


def _recorded(drill: Drill, post: Post, day: int, one: Passing) -> Passing:
    """Who passed, with the error of the day: of a few records at most, never of one that is held."""
    its = drill.response
    drawn = dice.uniform(dice.key(drill.seed, "slips of posts"), post.number, day, 0)
    rates = np.array([its.missing, its.doubled, its.mistyped, its.inventing * its.invented]) * SLIPS
    error = int(np.searchsorted(np.cumsum(rates), drawn, side="right") + 1) % len(ERRORS)
    fit = np.flatnonzero((one.tenths < _hold_tenths(drill, day)) & ~one.refused)
    wrong = fit[:: max(1, fit.size // SLIPS)][:SLIPS]
    if error == MISSING:
        one.times[wrong] = 0
    elif error == DOUBLED:
        one.times[wrong] = 2
    elif error == MISTYPED:
        one.typed[wrong] = one.tenths[wrong] - 20
    elif error == INVENTED:
        one.real[wrong], one.typed[wrong] = False, 365
    return one._replace(error=error if wrong.size else RIGHT)


def _hold_tenths(drill: Drill, day: int) -> int:
    return round(in_force(drill.at(day * DAY_MINUTES).astimezone(CST).date()).hold_c * 10)


def held(drill: Drill, one: Passing, day: int) -> NDArray[np.bool_]:
    """Whether each has a fever by which one is held."""
    feverish: NDArray[np.bool_] = (one.tenths >= _hold_tenths(drill, day)) & ~one.refused
    return feverish


def sums(drill: Drill, one: Passing, day: int, *, recorded: bool) -> list[int]:
    """How many were met at a post on a day, how many refused, the sum of temperatures, how many are held, how many came
    in vehicles."""
    times = one.times if recorded else one.real.astype(np.int64)
    tenths = np.where(one.refused, 0, one.typed if recorded else one.tenths)
    kept = held(drill, one, day)
    its = (one.refused, tenths, kept, one.vehicle >= 0)
    return [int(times.sum()), *(int((times * column.astype(np.int64)).sum()) for column in its)]


def names(drill: Drill, post: Post, day: int, chosen: Ints, nth: int) -> list[str]:
    """The ids of the records of those who passed."""
    return ids(drill.seed, "screened", chosen + (np.int64(post.number) << 20), day, 10 * nth)


def encounters(drill: Drill, post: Post, chosen: Ints, day: int, nth: int) -> list[str]:
    """The ids of those who passed: whom a second record tells of is another."""
    return ids(drill.seed, "encounter", chosen + (np.int64(post.number) << 20), day, 10 * nth)


class Posts:
    """Writes the facts of the checkpoints, day by day."""

    def __init__(self, world: World, all_: list[Post], suspected: Mapping[str, str]) -> None:
        """``suspected``: the case of each encounter that became one."""
        self.world, self.drill, self.posts, self.suspected = world, world.drill, all_, suspected
        notice = kind.Notice(version=in_force(self.drill.first_day).notices[0].code, language="zh")
        blank = UUID(int=0)
        seen = kind.Screened(post=blank, fever=False, notice=notice, took_s=10)
        away = kind.Screened(post=blank, refused=True, took_s=10)
        others = ("came_from", "going_to", "took_s", "vehicle")
        self.seen = shape(self.drill, seen, ("post",), ("fever", "temp_c", *others)).text
        self.away = shape(self.drill, away, ("post",), others).text
        stopped = kind.VehicleStopped(post=blank, vehicle_type="car", occupants=1)
        places = ("came_from", "going_to")
        self.stopped = shape(self.drill, stopped, ("post", "vehicle_type"), ("occupants", *places)).text
        self.let_on = shape(self.drill, kind.VehiclePassed()).text

    def day(self, day: int) -> Iterator[Told]:
        """What is sent on a day, in no order."""
        desk = Desk(self.drill)
        for post in self.posts:
            self._opened(desk, post, day)
            today = passing(self.world, post, day)
            yield from self._passed(post, today, day)
            yield from self._stopped(post, today, day)
            for of in range(max(0, day - 1), day + 1):
                self._held(desk, post, passing(self.world, post, of), of)
        yield from (one for one in desk.told if one.sent // DAY_MINUTES == day)

    def _opened(self, desk: Desk, post: Post, day: int) -> None:
        if day == 0:
            desk.tell(post.data, post.id, post.area, chief(self.drill), OPENS, ("post opened", post.number))

    def _passed(self, post: Post, one: Passing, day: int) -> Iterator[Told]:
        by, texts, hold = post.staff, self.drill.minutes, _hold_tenths(self.drill, day)
        last = (day + 1) * DAY_MINUTES - 1
        first, _ = stops(one)
        stopped = dict(zip(first.tolist(), vehicles(self.drill, post, day, first), strict=True))
        within = {at: f'"{id}"' for at, id in stopped.items()} | {-1: "null"}
        places = self._places(post)
        chosen = np.arange(one.minute.size, dtype=np.int64)
        for nth in range(2):
            chosen = chosen[one.times[chosen] > nth]
            met = encounters(self.drill, post, chosen, day, nth)
            its = (one.minute + nth, one.typed, one.refused, one.vehicle, one.origin)
            columns = np.stack([*(column[chosen] for column in its), chosen], 1).tolist()
            facts = names(self.drill, post, day, chosen, nth)
            for (minute, tenths, refused, vehicle, origin, at), subject, name in zip(columns, met, facts, strict=True):
                sent = min((minute // SENDS + 1) * SENDS, last)
                tail, took, (came, going) = (by, name, texts[minute], subject), 8 + at % 7, places[origin]
                inside = within[vehicle]
                if refused:
                    values = (post.area, by, came, going, post.id, took, inside, *tail)
                    yield Told(sent, by, minute, self.away % values)
                    continue
                fever = "true" if tenths >= hold else "false"
                told = (post.area, by, came, fever, going, post.id, tenths / 10, took, inside, *tail)
                yield Told(sent, by, minute, self.seen % told)

    def _places(self, post: Post) -> dict[int, tuple[str, str]]:
        """Where somebody came from and goes to, as JSON, by the place in the origins."""
        told = {n: (f'"{origin}"', f'"{post.area}"') for n, origin in enumerate(self.drill.origins)}
        return told | {-1: ("null", "null")}

    def _stopped(self, post: Post, one: Passing, day: int) -> Iterator[Told]:
        """The vehicles of a day: stopped, and let on when everybody in them was measured."""
        by, texts, last, places = post.staff, self.drill.minutes, (day + 1) * DAY_MINUTES - 1, self._places(post)
        first, many = stops(one)
        subjects = vehicles(self.drill, post, day, first)
        acts = [ids(self.drill.seed, act, first + (np.int64(post.number) << 20), day) for act in ("stopped", "let on")]
        columns = zip(
            one.minute[first].tolist(), one.origin[first].tolist(), many.tolist(), subjects, *acts, strict=True
        )
        for minute, origin, occupants, subject, stopped, passed in columns:
            came, going = places[origin]
            values = (post.area, by, came, going, occupants, post.id, vehicle_type(occupants))
            sent, on = min((minute // SENDS + 1) * SENDS, last), minute + PASSES
            yield Told(sent, by, minute, self.stopped % (*values, by, stopped, texts[minute], subject))
            sent = min((on // SENDS + 1) * SENDS, last)
            yield Told(sent, by, on, self.let_on % (post.area, by, by, passed, texts[on], subject))

    def _held(self, desk: Desk, post: Post, one: Passing, day: int) -> None:
        """Who has a fever is held, moved to a clinic, and reported as suspected or found not to be so."""
        feverish = np.flatnonzero(held(self.drill, one, day))
        for at, subject in zip(feverish.tolist(), encounters(self.drill, post, feverish, day, 0), strict=True):
            number = (day * 10_000 + post.number) * 100_000 + at
            self._acts(desk, post, subject, int(one.minute[at]), number)

    def _acts(self, desk: Desk, post: Post, subject: str, minute: int, number: int) -> None:
        its, doctor = in_force(self.drill.first_day), code("doctor", post.area)
        begun = kind.Held(
            reason="temperature", edition=its.code, basis=its.basis, approver=post.staff, start=self.drill.at(minute),
            end=self.drill.at(minute + its.hold_h * HOUR),
        )  # fmt: skip
        case = self.suspected.get(subject)
        outcome = kind.HoldOutcome.REPORTED if case else kind.HoldOutcome.NOT_SUSPECTED
        acts: tuple[tuple[str, str, int, Any], ...] = (
            ("held", post.staff, 0, begun),
            ("taken up", code("cdc", post.area), TAKEN_UP, kind.HoldTakenUp()),
            ("transferred", doctor, MOVED, kind.Transferred(to=f"clinic-{post.area}")),
            ("decided", doctor, DECIDED, kind.HoldEnded(outcome=outcome, case=UUID(case) if case else None)),
        )
        for what, by, after, data in acts:
            desk.tell(data, subject, post.area, by, minute + after, (what, number))

    def holds(self) -> Iterator[tuple[str, list[Any]]]:
        """Each who was held with the row: post, whether taken up, where moved, what came of it, the case."""
        end = self.drill.days * DAY_MINUTES - 1
        for post in self.posts:
            for day in range(self.drill.days):
                one = passing(self.world, post, day)
                feverish = np.flatnonzero(held(self.drill, one, day))
                names_ = encounters(self.drill, post, feverish, day, 0)
                for minute, subject in zip(one.minute[feverish].tolist(), names_, strict=True):
                    moved = f"clinic-{post.area}" if minute + MOVED <= end else None
                    decided = minute + DECIDED <= end
                    case = self.suspected.get(subject) if decided else None
                    outcome = ("reported" if case else "not_suspected") if decided else None
                    yield subject, [post.id, minute + TAKEN_UP <= end, moved, outcome, case]

    def stops(self) -> Iterator[tuple[str, list[Any]]]:
        """Each vehicle that was stopped with the row: post, type, occupants, origin, whether it was let on."""
        for post in self.posts:
            for day in range(self.drill.days):
                one = passing(self.world, post, day)
                first, many = stops(one)
                its = zip(
                    vehicles(self.drill, post, day, first), many.tolist(), one.origin[first].tolist(), strict=True
                )
                for id, occupants, origin in its:
                    came = self.drill.origins[origin] if origin >= 0 else None
                    yield id, [post.id, vehicle_type(occupants), occupants, came, True]
