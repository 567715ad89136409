"""How much of the hard set the reader gets right: ``python -m tests.hardset.scoring [--misses] [dev|holdout]``."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import AreaCount, BulletinRecord, Count, Source
from lianfang.capabilities.bulletins.rules.reader import read
from lianfang.places.gazetteer import Gazetteer
from tests.hardset.notices import SETS, Figure, Labelled, Notice, notices

NAMED_WITHIN = (
    24  # code points in which 「石嘴山市大武口区、吴忠市红寺堡区各1例」 names a city before its county's number
)


class Miss(NamedTuple):
    notice: str
    outcome: str  # wrong, missed or spurious
    what: str
    text: str


class Score:
    """Figures and statements about records (area, moment, window, attributes), counted apart."""

    def __init__(self) -> None:
        self.figures: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()
        self.aspects: dict[str, Counter[str]] = {}
        self.misses: list[Miss] = []

    def share(self, counts: Counter[str]) -> float:
        """Right ones among all that are there or were read."""
        return counts["right"] / max(1, counts.total())

    @property
    def figures_right(self) -> float:
        return self.share(self.figures)

    @property
    def statements_right(self) -> float:
        return self.share(self.statements)

    def aspect(self, name: str, right: bool) -> bool:
        self.aspects.setdefault(name, Counter())["right" if right else "wrong"] += 1
        return right

    def miss(self, notice: Notice, outcome: str, what: str, span: tuple[int | None, int | None] = (None, None)) -> None:
        start, end = span
        around = "" if start is None or end is None else notice.text[max(0, start - 14) : end + 6]
        self.misses.append(Miss(notice.id, outcome, what, around.replace("\n", "⏎")))


def read_figures(record: BulletinRecord, text: str) -> list[tuple[str, Count]]:
    """Every number of a record with the code of its area; a place without a code is ``~name``.

    A division that stands over its counties with nothing but their number says nothing of its own, and is left out.
    """
    own = [(record.area_code, f) for f in record.figures]
    places = [(p.code or f"~{p.name}", p) for top in record.by_area for p in top.walk() if not repeats(p, text)]
    return [*own, *places]


def repeats(place: AreaCount, text: str) -> bool:
    """Whether a division has the sum of its counties, or, named right before its only county, that one's number."""
    same = [c for c in place.children if c.metric == place.metric]
    if not same or place.n != sum(c.n for c in same):
        return False
    if place.basis == "derived":
        return True
    only = same[0] if len(same) == 1 else None
    if only is None or only.start is None or (place.start, place.end) != (only.start, only.end):
        return False
    return place.name[:2] in text[max(0, only.start - NAMED_WITHIN) : only.start]


def same_area(label: str, code: str, count: Count) -> bool:
    """Equal codes; of a unit without a code the same parent, and a name in full or without the parent's."""
    if label.startswith("~"):
        return isinstance(count, AreaCount) and count.code is None and label[1:3] == count.name[:2]
    parent, _, name = label.partition("-")
    read_parent, _, read_name = code.partition("-")
    if not name or not read_name:
        return label == code
    return parent == read_parent and (name.endswith(read_name) or read_name.endswith(name))


def likeness(label: Labelled, record: BulletinRecord) -> tuple[int, int, int, int]:
    window = record.window and (record.window.start, record.window.end)
    own = {(f.metric, f.n) for f in label.figures}
    return (
        int(label.area == record.area_code),
        int(label.as_of == record.as_of),
        int(label.window == window),
        sum((f.metric, f.n) in own for f in record.figures),
    )


def pairs(labels: Sequence[Labelled], records: Sequence[BulletinRecord]) -> list[tuple[Labelled, BulletinRecord]]:
    """Each labelled record with the read one that is most like it; what is left over has no pair."""
    ranked = sorted(
        ((likeness(lab, rec), i, j) for i, lab in enumerate(labels) for j, rec in enumerate(records)),
        key=lambda x: x[0],
        reverse=True,
    )
    taken: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in taken and j not in taken.values():
            taken[i] = j
    return [(labels[i], records[j]) for i, j in sorted(taken.items())]


def score_figure(notice: Notice, label: Figure, count: Count, score: Score) -> None:
    checks = {
        "n": label.n == count.n,
        "unit": label.unit == count.unit,
        "qualifier": label.qualifier == count.qualifier,
        "basis": label.basis == count.basis,
        "span": (count.start, count.end) in label.spans,
    }
    if label.optional and count.basis != "stated":
        checks = {"n": checks["n"]}
    wrong = [name for name, right in checks.items() if not score.aspect(name, right)]
    score.figures["wrong" if wrong else "right"] += 1
    if wrong:
        what = f"{label.metric} {label.area} {label.n}: {', '.join(wrong)}: read {count.n} {count.unit} {count.basis}"
        at = "" if count.start is None else notice.text[count.start : count.end]
        score.miss(notice, "wrong", f"{what} at {at!r}", label.spans[0])


def score_figures(notice: Notice, label: Labelled, record: BulletinRecord | None, score: Score) -> None:
    left = read_figures(record, notice.text) if record else []
    for figure in label.figures:
        same = [x for x in left if x[1].metric == figure.metric and same_area(figure.area, *x)]
        best = next((x for x in same if x[1].n == figure.n), same[0] if same else None)
        if best is not None:
            left.remove(best)
            score_figure(notice, figure, best[1], score)
            left = [x for x in left if x not in same or (x[1].start, x[1].end) not in figure.spans]
        elif not figure.optional:
            score.figures["missed"] += 1
            score.miss(notice, "missed", f"{figure.metric} {figure.area} {figure.n}", figure.spans[0])
    for code, count in left:
        score.figures["spurious"] += 1
        score.miss(notice, "spurious", f"{count.metric} {code} {count.n} ({count.basis})", (count.start, count.end))


def score_statements(notice: Notice, label: Labelled, record: BulletinRecord, score: Score) -> None:
    window = record.window and (record.window.start, record.window.end)
    attrs = {k: v for k, v in record.attrs.model_dump().items() if v is not None}
    affected = record.areas_affected.n if record.areas_affected else None
    checks = [
        ("area", label.area, record.area_code),
        ("as_of", label.as_of, record.as_of),
        ("window", label.window, window),
        ("areas_affected", label.areas_affected, affected),
    ]
    if label.as_of is not None:
        checks.append(("precision", label.precision, record.as_of_precision))
    checks += [(f"attrs.{k}", label.attrs.get(k), attrs.get(k)) for k in sorted({*label.attrs, *attrs} - label.unsure)]
    for name, true, got in checks:
        if true is None and got is None:
            continue
        right = score.aspect(name.partition(".")[0], true == got)
        score.statements["right" if right else "wrong"] += 1
        if not right:
            score.miss(notice, "wrong", f"{name}: {_shown(true)}, read {_shown(got)}")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "/".join(_shown(v) for v in value)
    return format(value, "%m-%dT%H:%M") if hasattr(value, "isoformat") else str(value)


def score_notice(notice: Notice, records: Sequence[BulletinRecord], score: Score) -> None:
    """Add what ``records`` get right and wrong of a notice."""
    paired = pairs(notice.records, records)
    for label in notice.records:
        record = next((r for lab, r in paired if lab is label), None)
        score_figures(notice, label, record, score)
        if record:
            score_statements(notice, label, record, score)
        else:
            score.statements["missed"] += 1
            score.miss(notice, "missed", f"a record of {label.area} as of {_shown(label.as_of)}")
    for record in records:
        if not any(record is r for _, r in paired):
            score.statements["spurious"] += 1
            score.miss(notice, "spurious", f"a record of {record.area_code} as of {_shown(record.as_of)}")
            for code, count in read_figures(record, notice.text):
                score.figures["spurious"] += 1
                score.miss(notice, "spurious", f"{count.metric} {code} {count.n}", (count.start, count.end))


def score_all(these: Iterable[Notice], gazetteer: Gazetteer) -> Score:
    """Read and score notices, each with what its publisher gives: the area where known, the time, the headline."""
    score = Score()
    for notice in these:
        reading = read(
            notice.text,
            gazetteer=gazetteer,
            area=notice.area,
            published_at=notice.published_at,
            title=notice.title,
            source=Source(title=notice.title, published_at=notice.published_at),
        )
        score_notice(notice, reading.records, score)
    return score


def report(score: Score) -> str:
    lines = []
    for name, counts in (("figures", score.figures), ("statements about records", score.statements)):
        parts = ", ".join(f"{counts[k]} {k}" for k in ("right", "wrong", "missed", "spurious"))
        lines.append(f"{name}: {score.share(counts):.2%} ({parts})")
    for name, counts in score.aspects.items():
        lines.append(f"  {name:15} {counts['right']:5} right {counts['wrong']:4} wrong")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", choices=SETS, help="both where left out")
    parser.add_argument("--misses", action="store_true", help="print every miss")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    for name in [options.set] if options.set else SETS:
        score = score_all(notices(name), gazetteer)
        print(f"{name}\n{report(score)}")
        for miss in score.misses if options.misses else ():
            print(f"{miss.notice} {miss.outcome}: {miss.what}  …{miss.text}")


if __name__ == "__main__":
    main()
