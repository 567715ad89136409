"""``lianfang epi``: what an epidemiologist does with files alone. Opens no database and no data folder."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lianfang.app import commands_epi_forecast, commands_epi_nowcast, commands_epi_series
from lianfang.app.commands_epi_rows import ABSENT, Refusal, Row, day, printable, rows

if TYPE_CHECKING:
    from lianfang.epi.chains.forest import Generations

LARGEST_ISOLATED = 10_000_000
DRAWS, SEED = 200, 20200226
"""Resamplings behind the interval of the serial interval, and where they begin: the same file, the same figures."""
SHOWN_IDS = 20


def add(commands: Any, lang: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds the commands to the parser's; ``lang`` adds the option of the language."""
    epi = commands.add_parser("epi", help="for epidemiologists: work on files, without a server")
    what = epi.add_subparsers(title="epi", required=True, metavar="WHAT")
    command = what.add_parser("chains", help="chains, generations, clusters, offspring and serial intervals")
    command.add_argument("--pairs", metavar="PAIRS.csv", type=Path, required=True, help="columns infector, infectee")
    command.add_argument("--cases", metavar="CASES.csv", type=Path, help="columns id, onset")
    command.add_argument("--isolated", metavar="N", type=_count, default=0, help="N more cases that infected nobody")
    command.add_argument("--json", action="store_true", help="print JSON")
    lang(command)
    command.set_defaults(run=chains)
    commands_epi_series.add(what, lang)
    commands_epi_forecast.add(what, lang)
    commands_epi_nowcast.add(what, lang)


def chains(options: Namespace) -> int:
    """0: every row was used; 1: rows were refused, which are named; 2: a file cannot be used."""
    read = Read()
    if options.cases:
        read.take_cases(rows(options.cases, ("id",), ("onset",), read.refused))
    read.take_pairs(rows(options.pairs, ("infector", "infectee"), ("onset_infector", "onset_infectee"), read.refused))
    found = result(read, options.isolated)
    for refusal in read.refused:
        print(f"lianfang: {refusal.line(options.lang)}", file=sys.stderr)
    if options.json:
        found["refused"] = [refusal.as_json(options.lang) for refusal in read.refused]
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print("\n".join(table(found, options.lang)))
    return 1 if read.refused else 0


class Onset(NamedTuple):
    """When somebody fell ill, and which row said so."""

    day: date
    row: Row


@dataclass
class Read:
    """What the files say, as far as it can be used."""

    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    """Infector and infectee, with the row."""
    itself: list[str] = field(default_factory=list)
    """Who is named as infected by itself."""
    cases: dict[str, int] | None = None
    """The case list: ids with the row; None where none was given."""
    onsets: dict[str, Onset] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def take_cases(self, rows: Iterator[Row]) -> None:
        self.cases = {}
        for row in rows:
            id = row.cells["id"]
            if self._refuses_id(row, "id"):
                continue
            if id in self.cases:
                self._refuse(row, "id", "again", earlier=self.cases[id])
            else:  # whose onset cannot be read is a case all the same
                self.cases[id] = row.number
                self._takes_onsets(row, {"onset": id})

    def take_pairs(self, rows: Iterator[Row]) -> None:
        for row in rows:
            pair = row.cells["infector"], row.cells["infectee"]
            if any([self._refuses_id(row, "infector"), self._refuses_id(row, "infectee")]):
                continue
            if pair[0] == pair[1]:
                self._refuse(row, "infectee", "self", id=pair[0])
                self.itself.append(pair[0])
            elif pair in self.pairs:
                self._refuse(row, "infectee", "again", earlier=self.pairs[pair])
            elif self._takes_onsets(row, {"onset_infector": pair[0], "onset_infectee": pair[1]}):
                self.pairs[pair] = row.number

    def _refuse(self, row: Row, field: str, reason: str, **values: object) -> bool:
        self.refused.append(Refusal(row.file, row.number, field, reason, values))
        return True

    def _refuses_id(self, row: Row, field: str) -> bool:
        return row.cells[field].casefold() in ABSENT and self._refuse(row, field, "missing")

    def _takes_onsets(self, row: Row, fields: Mapping[str, str]) -> bool:
        """Keeps the onsets of a row, by field and id, if all of them can be used; else tells of each that cannot."""
        good: dict[str, Onset] = {}
        refused = False
        for name, id in fields.items():
            text = row.cells.get(name, "")
            if text.casefold() in ABSENT:
                continue
            at, known = day(text), self.onsets.get(id)
            if at is None:
                refused = self._refuse(row, name, "no_date", value=text)
            elif known and known.day != at:
                where = "" if known.row.file == row.file else f" ({known.row.file}) "
                values = {"value": at, "other": known.day, "earlier": known.row.number, "where": where}
                refused = self._refuse(row, name, "disagrees", id=id, **values)
            elif not known:
                good[id] = Onset(at, row)
        if not refused:
            self.onsets |= good
        return not refused


def result(read: Read, isolated: int) -> dict[str, Any]:
    """What ``--json`` prints, but for the refused rows. docs/commands.md has the meaning of each key."""
    import numpy as np

    from lianfang.epi.chains import forest, intermediates, intervals, offspring

    links = forest.numbering([*read.pairs, *((id, id) for id in read.itself)], read.cases)
    ids, n = [str(id) for id in links.ids], len(links.ids)
    found = forest.generations(links.edges_from, links.edges_to, n)
    clusters = forest.clusters(links.edges_from, links.edges_to, n)
    onsets = np.array([read.onsets[id].day.toordinal() if id in read.onsets else np.nan for id in ids])
    real = slice(len(read.pairs))
    between = intervals.serial_intervals(onsets, links.edges_from[real], links.edges_to[real])
    counts = np.concatenate((found.offspring, np.zeros(isolated, np.int32)))
    fitted = asdict(offspring.fit(counts))
    fitted.pop("n")
    indexed = intermediates.index_intervals(onsets, clusters.label)
    linked = np.unique(clusters.label[found.linked])
    return {
        "nodes": n + isolated,
        "edges": len(read.pairs),
        "roots": len(found.roots),
        "generations": {str(g): count for g, count in found.by_generation().items()},
        "cycles": [ids[v] for v in found.undetermined],
        "dangling": [ids[v] for v in links.dangling],
        "several_infectors": [ids[v] for v in found.several_infectors],
        "offspring": fitted,
        "serial_interval": asdict(intervals.summary(between)),
        "clusters": sorted(clusters.sizes[linked].tolist(), reverse=True),
        "circles": [[ids[v] for v in circle] for circle in found.cycles],
        "isolated": _isolated(found) + isolated,
        "serial_interval_intermediates": asdict(intermediates.estimate(indexed, draws=DRAWS, seed=SEED)),
    }


def _isolated(found: Generations) -> int:
    return int((~found.linked).sum())


WORDS = {
    "nodes": ("病例", "cases"),
    "edges": ("传播关系", "links"),
    "roots": ("首发病例（无传染来源且感染他人）", "first cases of chains"),
    "isolated": ("无传播关系的病例", "cases without a link"),
    "generation": ("第 {} 代", "generation {}"),
    "clusters": ("传播簇", "clusters"),
    "clusters_text": ("{} 个，最大 {} 例", "{}, the largest of {}"),
    "offspring": ("续发分布", "offspring"),
    "offspring_text": (
        "R {R}，k {k}（95% 区间 {k_low}–{k_high}），感染他人最多的 20% 病例占全部传播的 {share}",
        "R {R}, k {k} (95 % interval {k_low} to {k_high}); the fifth that infected most caused {share} of it all",
    ),
    "offspring_method": (
        "负二项分布，最大似然，剖面似然区间（Lloyd-Smith 等，2005，doi:10.1038/nature04153）",
        "negative binomial, maximum likelihood, profile interval (Lloyd-Smith et al. 2005, doi:10.1038/nature04153)",
    ),
    "serial_interval": ("代际间隔（天）", "serial interval (days)"),
    "serial_text": (
        "均值 {mean}，标准差 {sd}，中位数 {median}；{n} 对，其中 {negative} 对为负",
        "mean {mean}, sd {sd}, median {median}; {n} pairs, {negative} of them negative",
    ),
    "intermediates": ("代际间隔，计入可能的中间病例", "serial interval with possible intermediates"),
    "intermediates_text": (
        "均值 {mean}（95% 区间 {low}–{high}），标准差 {sd}；{n} 个间隔",
        "mean {mean} (95 % interval {low} to {high}), sd {sd}; {n} intervals",
    ),
    "intermediates_method": (
        "簇内首例至其后病例的间隔，四种传播途径的混合模型（Vink 等，2014，doi:10.1093/aje/kwu209），"
        "做法同 Tindale 等（2020，doi:10.7554/eLife.57149）",
        "days from a cluster's first case to its next, mixture of four routes (Vink et al. 2014, "
        "doi:10.1093/aje/kwu209), as Tindale et al. did (2020, doi:10.7554/eLife.57149)",
    ),
    "cycles": ("处于循环中或仅由循环可达（代次不能确定）", "in a cycle, or reached only from one (no generation)"),
    "circles": ("循环", "cycles"),
    "dangling": ("不在病例名单中", "in no case list"),
    "several_infectors": ("有多个可能的传染来源", "several possible infectors"),
    "more": ("……另有 {} 个", "… {} more"),
}


def table(found: Mapping[str, Any], lang: str) -> list[str]:
    """The result as lines to read."""
    say = {key: words[lang == "en"] for key, words in WORDS.items()}
    lines = [f"{say[key]}: {found[key]:,}" for key in ("nodes", "edges", "roots", "isolated")]
    lines += [f"{say['generation'].format(g)}: {count:,}" for g, count in found["generations"].items()]
    sizes = found["clusters"]
    lines.append(f"{say['clusters']}: {say['clusters_text'].format(len(sizes), max(sizes, default=0))}")
    fitted = {key: _number(value) for key, value in found["offspring"].items()}
    share = found["offspring"]["top20_share"]
    fitted["share"] = "–" if share is None else f"{share:.0%}"
    lines += [f"{say['offspring']}: {say['offspring_text'].format(**fitted)}", f"  {say['offspring_method']}"]
    for key, name, text in (
        ("serial_interval", "serial_interval", "serial_text"),
        ("serial_interval_intermediates", "intermediates", "intermediates_text"),
    ):
        lines.append(f"{say[name]}: {say[text].format(**{k: _number(v) for k, v in found[key].items()})}")
    lines.append(f"  {say['intermediates_method']}")
    for key in ("cycles", "dangling", "several_infectors"):
        if found[key]:
            lines.append(f"{say[key]} ({len(found[key])}): {_listed(found[key], say['more'])}")
    circles = [" → ".join((*circle, circle[0])) for circle in found["circles"]]
    if circles:
        lines.append(f"{say['circles']} ({len(circles)}): {_listed(circles, say['more'])}")
    return [printable(line) for line in lines]


def _number(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _listed(ids: Sequence[str], more: str) -> str:
    text = ", ".join(ids[:SHOWN_IDS])
    return text if len(ids) <= SHOWN_IDS else f"{text} {more.format(len(ids) - SHOWN_IDS)}"


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > LARGEST_ISOLATED:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of cases from 0 to {LARGEST_ISOLATED:,}")
    return int(text)
