"""Divisions of a country with their dates, found by code or by name in official text.

Years: a division is valid from the year in which it came to be to the year in which it ceased, both included. The
packaged source has one state a year (at its end), so that within a year of change both the old and the new name are
known; lists then show the old state before 1 July and the new one from that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from threading import Lock
from typing import NamedTuple

from lianfang.places.spelling import NOT_MEANT, forms, plain, rank, syllabled
from lianfang.places.zones import zone_at, zone_en

COUNTRY = "100000"
LEVELS = ("country", "province", "prefecture", "county", "town")
HIERARCHY_COLUMNS = ("code", "name", "parent", "level", "valid_from", "valid_to", "name_en", "aliases")
"""Columns of an imported hierarchy."""
_WITHOUT_ZONES = ("country", "town")
_TOWN_ENDINGS = frozenset("镇乡道木处")
_TOWN_REACH = 16  # code points in which a town's name ends


class Division(NamedTuple):
    """One division as it was in a range of years. ``level``: country, province, prefecture, county or town."""

    code: str
    name: str
    level: str
    parent: str | None
    valid_from: int | None = None
    valid_to: int | None = None
    pinyin: str = ""
    en: str = ""
    short: str = ""

    def in_year(self, year: int) -> bool:
        return (self.valid_from is None or self.valid_from <= year) and (self.valid_to is None or year <= self.valid_to)


class Row(NamedTuple):
    """A division and the other forms of its name.

    A ``unit`` has no official code: it is found by name, and is not in the list of its parent's divisions.
    """

    division: Division
    aliases: tuple[str, ...] = ()
    unit: bool = False


class Match(NamedTuple):
    """A name in a text: half-open span of code points; ``alias`` where any part of it is not the name in full."""

    division_code: str
    start: int
    end: int
    alias: bool


class _Found(NamedTuple):
    match: Match
    depth: int  # how far below `within`
    settled: bool


class Gazetteer:
    """Divisions by code and name. Build with ``load`` (packaged) or ``from_rows`` (any hierarchy).

    ``towns`` gives the townships below a division of the first level under the country, when first asked for.
    ``zones`` reads Chinese in pinyin; with it development zones are known by the form of their name.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        towns: Callable[[str], Sequence[Row]] | None = None,
        zones: Callable[[str], str] | None = None,
        not_before: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._rows: list[Division] = []
        self._by_code: dict[str, list[int]] = {}
        self._by_parent: dict[str | None, list[int]] = {}
        self._names: dict[str, list[tuple[int, bool]]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        self._towns = towns
        self._town_provinces: set[str] = set()
        self._reading_towns = Lock()
        self._town_names: dict[str, dict[str, int]] = {}
        self._zones = zones
        self._not_before = {name: tuple(after) for name, after in (not_before or {}).items()}
        self._fill(rows)
        self._listed = sorted(number for below in self._by_parent.values() for number in below)
        self._spelled: list[tuple[Division, tuple[str, ...]]] = []
        self._spelled_towns: dict[str, list[tuple[Division, tuple[str, ...]]]] = {}

    @classmethod
    def load(cls) -> Gazetteer:
        """The divisions that this process knows: the packaged ones, and those of ``install``."""
        return _installed[0] if _installed else _packaged()

    @classmethod
    def packaged(cls) -> Gazetteer:
        """The packaged divisions of China, read once per process. Raises FileNotFoundError when they are not built."""
        return _packaged()

    @classmethod
    def install(cls, rows: Iterable[Row]) -> None:
        """Let ``load`` give these rows besides the packaged ones, instead of those installed before."""
        more = list(rows)
        _installed[:] = [_with_packaged(more)] if more else []

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> Gazetteer:
        """Any country's hierarchy."""
        return cls(rows)

    def _fill(self, rows: Iterable[Row]) -> None:
        lengths: dict[str, set[int]] = defaultdict(set)
        names = self._names
        for number, (division, aliases, unit) in enumerate(rows):
            self._rows.append(division)
            self._by_code.setdefault(division.code, []).append(number)
            if not unit:
                self._by_parent.setdefault(division.parent, []).append(number)
            names.setdefault(division.name, []).append((number, False))
            for name in (*aliases, division.en):
                if name and name != division.name:
                    names.setdefault(name, []).append((number, True))
        for name in names:
            lengths[name[:2]].add(len(name))
        self._lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}

    # by code

    def division(self, code: str, on: date | None = None) -> Division | None:
        """The division with this code on a date (None: the present one, else the latest). None where there is none.

        A code ``<parent>-<name>`` is that of a zone without a code of its own, known by its name while its parent is.
        """
        numbers = self._by_code.get(code)
        if numbers is None and len(code) == 9:
            self._read_towns(code)
            numbers = self._by_code.get(code)
        if numbers is None:
            return self._zone(code, on)
        found = [self._rows[n] for n in numbers]
        if on is None:
            return max(found, key=lambda d: (d.valid_to is None, d.valid_to or 0))
        valid = [d for d in found if d.in_year(on.year)]
        return next((d for d in valid if _settled(d, on)), valid[0] if valid else None)

    def codes(self) -> Iterable[str]:
        """The codes read so far: those of towns are read when first asked for."""
        return self._by_code

    def _zone(self, code: str, on: date | None) -> Division | None:
        parent_code, dash, name = code.rpartition("-")
        parent = self.division(parent_code, on) if self._zones and dash else None
        if self._zones is None or parent is None or parent.level in _WITHOUT_ZONES or zone_at(name) != len(name):
            return None
        level = "prefecture" if parent.level == "province" else "county"
        pinyin, en = self._zones(name), zone_en(name, self._zones)
        return Division(code, name, level, parent_code, pinyin=pinyin, en=en, short=name)

    def children(self, code: str, on: date | None = None) -> list[Division]:
        """The divisions right below a code on a date (None: at present), by code; empty where there are none."""
        if len(code) == 6:
            self._read_towns(code, only_county=True)
        found = [self._rows[n] for n in self._by_parent.get(code, ())]
        if on is None:
            return sorted((d for d in found if d.valid_to is None), key=_by_code)
        valid = [d for d in found if d.in_year(on.year)]
        ends = any(d.valid_to == on.year for d in valid)
        begins = any(d.valid_from == on.year for d in valid)
        if ends and begins:  # a year of change: one of the two states, never both
            valid = [d for d in valid if _settled(d, on)]
        return sorted(valid, key=_by_code)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Codes above a division, nearest first, the country last. Empty for the country and for unknown codes."""
        known = self._above.get(code)
        if known is None:
            above: list[str] = []
            at = self.division(code)
            while at is not None and at.parent is not None and at.parent not in above:
                above.append(at.parent)
                at = self.division(at.parent)
            known = self._above[code] = tuple(above)
        return known

    # by name

    def match(self, text: str, pos: int = 0, *, within: str | None, on: date | None = None) -> list[Match]:
        """The longest name that starts at ``pos``, of divisions inside ``within`` (None: anywhere) on a date.

        Names may be chained from above (呼和浩特市新城区; also from above ``within``). The name of ``within`` itself is
        found where nothing inside it fits as long. Among names of the same length the full one comes before an alias
        and the upper division before the lower; what is still equal is ambiguous, and all are returned. Empty: none.
        """
        found = self._find(text, pos, within, on)
        if not found and on is None:
            found = self._find(text, pos, within, on, past=True)
        if not found:
            return []
        end = max(f.match.end for f in found)
        longest = [f for f in found if f.match.end == end]
        best = min((f.depth == 0, f.match.alias, f.depth, not f.settled) for f in longest)
        kept = [f.match for f in longest if (f.depth == 0, f.match.alias, f.depth, not f.settled) == best]
        return kept if len(kept) == 1 else list(dict.fromkeys(kept))

    def resolve(self, name: str, within: str | None, on: date | None = None) -> Division | None:
        """The one division of this name (in full, an alias, or chained) inside ``within``; None for none or several."""
        found = self.match(name, 0, within=within, on=on)
        if len(found) != 1 or found[0].end != len(name):
            return None
        return self.division(found[0].division_code, on) or self.division(found[0].division_code)

    def _find(self, text: str, pos: int, within: str | None, on: date | None, past: bool = False) -> list[_Found]:
        found: list[_Found] = []
        for end, number, alias in self._candidates(text, pos):
            division = self._rows[number]
            if not _valid(division, on, past):
                continue
            code = division.code
            depth = self._depth(code, within)
            inside = depth is not None
            if depth is None and not (within is not None and code in self.ancestors(within)):
                continue
            goes_on = end < len(text) and text[end].isalpha()
            for further in self._find(text, end, code if inside else within, on, past) if goes_on else ():
                if further.depth > 0:
                    match = Match(further.match.division_code, pos, further.match.end, alias or further.match.alias)
                    found.append(_Found(match, (depth or 0) + further.depth, further.settled))
            if depth is not None:
                found.append(_Found(Match(code, pos, end, alias), depth, on is None or _settled(division, on)))
        if within is not None:
            found.extend(self._towns_at(text, pos, within))
            if self._zones and not any(f.depth > 0 for f in found):
                found.extend(self._zone_at(text, pos, within, on))
        return found

    def _candidates(self, text: str, pos: int) -> Iterable[tuple[int, int, bool]]:
        for length in self._lengths.get(text[pos : pos + 2], ()):
            name = text[pos : pos + length]
            entries = self._names.get(name)
            if entries is None or len(name) < length:
                continue
            end = pos + length
            if name in self._not_before and text.startswith(self._not_before[name], end):
                continue
            if name[-1].isascii() and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
                continue  # inside a longer word of Latin letters
            for number, alias in entries:
                yield end, number, alias

    def _depth(self, code: str, within: str | None) -> int | None:
        """How far a division is below ``within`` (0: itself); None where it is not inside."""
        if code == within:
            return 0
        above = self.ancestors(code)
        if within is None:
            return len(above) + 1
        return above.index(within) + 1 if within in above else None

    def find(self, text: str, first: str, after: str, limit: int) -> list[Division]:
        """The present divisions with a code in the half-open range that somebody may mean who has typed this much of a
        name, its pinyin, its pinyin's initials, its English name or its code: whole ones before beginnings, beginnings
        before what stands further in, the upper division before the lower. Packaged townships are among them where the
        range lies in one province: nobody means one of forty thousand."""
        asked = plain(text)
        if not asked:
            return []
        found = []
        for division, its in self._spelled_in(first, after):
            if division.valid_to is None and first <= division.code < after and (at := rank(asked, its)) < NOT_MEANT:
                found.append((at, _DEPTHS.get(division.level, len(_DEPTHS)), division.code, division))
        return [division for *_, division in sorted(found)[:limit]]

    def _spelled_in(self, first: str, after: str) -> Iterator[tuple[Division, tuple[str, ...]]]:
        """The divisions that are looked through for a range of codes, each with the forms of its names."""
        if not self._spelled:
            self._spelled = [(self._rows[number], self._forms(self._rows[number])) for number in self._listed]
        yield from self._spelled
        province = first[:2]
        if self._towns is None or not province.isdecimal() or len(province) < 2 or after > str(int(province) + 1):
            return
        if province not in self._spelled_towns:
            towns = [division for division, *_ in self._towns(province)]
            self._spelled_towns[province] = [(division, self._forms(division)) for division in towns]
        yield from self._spelled_towns[province]

    def _forms(self, division: Division) -> tuple[str, ...]:
        pinyin, initials = division.pinyin, ""
        if self._zones:
            pinyin = syllabled(pinyin, division.short, self._zones)
            initials = "".join(self._zones(one)[:1] for one in division.short)
        return forms((division.name, division.short, pinyin, initials, division.en, division.code))

    # zones and towns

    def _zone_at(self, text: str, pos: int, within: str, on: date | None) -> list[_Found]:
        end = zone_at(text, pos)
        if end < 0:
            return []
        parent = self.division(within, on)
        if parent is None or parent.level in _WITHOUT_ZONES:
            return []
        return [_Found(Match(f"{within}-{text[pos:end]}", pos, end, True), 1, True)]

    def _towns_at(self, text: str, pos: int, within: str) -> list[_Found]:
        if self._towns is None or _TOWN_ENDINGS.isdisjoint(text[pos : pos + _TOWN_REACH]):
            return []
        self._read_towns(within, only_county=True)
        towns = self._town_names.get(within)
        if not towns:
            return []
        ends = range(min(len(text), pos + _TOWN_REACH), pos + 1, -1)
        end = next((e for e in ends if text[pos:e] in towns), None)
        if end is None:
            return []
        return [_Found(Match(self._rows[towns[text[pos:end]]].code, pos, end, False), 1, True)]

    def _read_towns(self, code: str, only_county: bool = False) -> None:
        """Add the townships of the code's province, once. With ``only_county``, only where the code is a county."""
        province = code[:2]
        if self._towns is None or province in self._town_provinces:
            return
        if only_county and not self._has_towns(code):
            return
        with self._reading_towns:
            if province not in self._town_provinces:
                self._add_towns(self._towns(province))
                self._town_provinces.add(province)  # last: another thread looks here whether all of them are there

    def _add_towns(self, towns: Iterable[Row]) -> None:
        for division, *_ in towns:
            number = len(self._rows)
            self._rows.append(division)
            self._by_code.setdefault(division.code, []).append(number)
            self._by_parent.setdefault(division.parent, []).append(number)
            self._town_names.setdefault(division.parent or "", {}).setdefault(division.name, number)

    def _has_towns(self, code: str) -> bool:
        """Counties have townships, and so have prefectures without counties."""
        division = self.division(code)
        if division is None or division.level in ("country", "province"):
            return False
        return division.level == "county" or code not in self._by_parent


_DEPTHS = {level: depth for depth, level in enumerate(LEVELS)}


def _by_code(division: Division) -> str:
    return division.code


def _valid(division: Division, on: date | None, past: bool) -> bool:
    if on is not None:
        return division.in_year(on.year)
    return past or division.valid_to is None


def _settled(division: Division, on: date) -> bool:
    """Whether the division belongs to the state that lists show on this date: the nearest end of a year."""
    year_end = on.year if on.month >= 7 else on.year - 1
    started = division.valid_from is None or division.valid_from <= year_end
    return started and (division.valid_to is None or year_end < division.valid_to)


_installed: list[Gazetteer] = []


@cache
def _packaged() -> Gazetteer:
    return _with_packaged(())


def _with_packaged(rows: Iterable[Row]) -> Gazetteer:
    from lianfang.places.packaged import read_pinyin, read_rows, read_rules, read_towns

    not_before = read_rules()["forms"]["not_before"]
    return Gazetteer([*read_rows(), *rows], towns=read_towns, zones=read_pinyin, not_before=not_before)
