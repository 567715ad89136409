"""The files of a small drill, made without the simulator: the demonstration's households, visits and reports."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from lianfang.accounts import drills
from lianfang.accounts.policies import table
from lianfang.app.demo import screening
from lianfang.facts.fact import canonical

AREA, FIRST_DAY, DAYS = "530100", date(2020, 1, 24), 7
COURSE = ((2, 0), (3, 1), *[(0, 2)] * 5)
"""How many were infected and fell ill on each day."""
PERSON = {
    "kind": "person", "name": "演练甲乙丙", "sex": "female", "birth_date": "1985-03-12", "phones": ["+99977000001"],
    "documents": [{"kind": "resident_id", "country": "CHN", "number": "990103198503120019"}],
    "area": "530103", "data_class": "screening", "basis": "infectious_disease", "since": "2020-01-26",
    "id": "7f5a1d0e-6f0a-5b5c-8d7e-0a3c2b1f4e5d",
}  # fmt: skip


def write(folder: Path, *, seed: int = 7, days: int = DAYS) -> Path:
    """Makes the files; returns the folder."""
    (folder / "facts").mkdir(parents=True)
    told = sorted(screening.facts(), key=lambda one: (one[0], one[1]))
    for day, of_day in groupby(told, key=lambda one: (one[0].date() - FIRST_DAY).days):
        with (folder / "facts" / f"{day:03}.jsonl").open("wb") as file:
            for at, author, facts in of_day:
                for start in range(0, len(facts), 500):
                    bodies = [canonical(fact, author=author, device="drill-p1") for fact in facts[start : start + 500]]
                    envelope = {"at": at.isoformat(), "by": author, "device": "drill-p1"}
                    head = json.dumps(envelope, separators=(",", ":")).encode()
                    file.write(head[:-1] + b',"facts":[' + b",".join(bodies) + b"]}\n")
    people = [{**one, "id": str(one["id"])} for one in screening.people()]
    lines = [json.dumps(one, ensure_ascii=False) for one in sorted([*people, PERSON], key=lambda one: one["since"])]
    (folder / "people.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "truth.jsonl").write_bytes(b"".join(day_line(n, *both) for n, both in enumerate(COURSE[:days])))
    head = {
        "format": 1, "area": AREA, "name": "by-hand", "population": 500, "days": days, "seed": seed,
        "first_day": FIRST_DAY.isoformat(), "scenario": {}, "disease": "ncov-2020", "edition": "v2",
        "version": "0.1.0", "counts": {"facts": count(folder)},
        "accounts": accounts(),
    }  # fmt: skip
    seal(folder, head)
    return folder


def day_line(number: int, infected: int, onset: int) -> bytes:
    """The line of the truth that tells of a day."""
    return b'{"day":%d,"infected":%d,"onset":%d}\n' % (number, infected, onset)


def accounts() -> list[dict[str, str]]:
    """One of each role over the drill's area, and three more who visit households."""
    roles = [{"code": f"demo-{role.replace('_', '-')}", "role": role, "area": AREA, "title": role}
             for role in table("demo")["roles"]]  # fmt: skip
    more = [{"code": f"drill-g{n}", "role": "grid_worker", "area": "530103", "title": f"g{n}"} for n in range(3)]
    return [*roles, *more]


def count(folder: Path) -> int:
    return sum(len(json.loads(line)["facts"]) for day in folder.glob("facts/*") for line in day.open())


def seal(folder: Path, head: dict[str, Any]) -> None:
    """Writes the head with the digests of what is there now."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != drills.MARK)
    head["sha256"] = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / drills.MARK).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
