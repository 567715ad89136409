"""The people of a drill, as the vault takes them: nobody real, by construction.

Names count in the ten stems behind the word for drill. Telephones begin with +999, a country code that is assigned to
none (ITU-T E.164). Document numbers have the form of GB 11643 with a province that nobody has and a check character
that is always another than the standard's: what checks real numbers refuses every one, and a drill every real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.drills.rules.homes import Homes
from lianfang.capabilities.drills.rules.shapes import ids
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.population import Population

WORD: Final = "演练"
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
PROVINCE: Final = "99"
CHECKS: Final = "10X98765432"
"""The check characters of GB 11643-1999 by the weighed sum modulo 11."""
MOVED: Final = 5
"""So many places on from the standard's check character stands the drill's."""
_WEIGHTS: Final = np.array([pow(2, 17 - at, 11) for at in range(17)])
_TO_STEMS: Final = str.maketrans("0123456789", STEMS)


def check_character(digits: str) -> str:
    """The drill's check character of the first seventeen digits."""
    real = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS.tolist(), strict=True)) % 11
    return CHECKS[(real + MOVED) % 11]


def is_made(number: str) -> bool:
    """Whether a document number is one of a drill."""
    digits = number[:17]
    well_formed = len(number) == 18 and digits.isascii() and digits.isdigit() and number.startswith(PROVINCE)
    return well_formed and check_character(digits) == number[17]


def person_ids(drill: Drill, persons: int) -> list[str]:
    """The pseudonym of each person."""
    return ids(drill.seed, "person", np.arange(persons, dtype=np.int64))


def births(drill: Drill, ages: NDArray[np.int16]) -> list[date]:
    """A birthday for each age on the first day."""
    days = dice.belows(dice.key(drill.seed, "birthday"), np.arange(ages.size, dtype=np.int64), 0, 0, 365)
    turned = {age: _years_before(drill.first_day, age) for age in set(ages.tolist())}
    return [turned[age] - timedelta(days=day) for age, day in zip(ages.tolist(), days.tolist(), strict=True)]


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))


def documents(born: list[date]) -> list[str]:
    """A document number for each person; no two are alike among ten million."""
    stems = [f"{PROVINCE}{n // 1000 % 10000:04}{day:%Y%m%d}{n % 1000:03}" for n, day in enumerate(born)]
    digits = np.frombuffer("".join(stems).encode(), np.uint8).reshape(-1, 17).astype(np.int64) - ord("0")
    moved = (digits @ _WEIGHTS + MOVED) % 11
    return [stem + CHECKS[at] for stem, at in zip(stems, moved.tolist(), strict=True)]


def lines(drill: Drill, population: Population, homes: Homes, people: list[str]) -> Iterator[str]:
    """Each person as ``identity.service.enter`` takes one, a line of JSON each."""
    born = births(drill, population.age)
    papers = documents(born)
    sexes = np.where(population.sex == 0, "female", "male").tolist()
    areas = [drill.communities[at] for at in population.community.tolist()]
    since = drill.first_day.isoformat()
    for n, (household, id) in enumerate(zip(population.household.tolist(), people, strict=True)):
        yield (
            f'{{"id":"{id}","kind":"person","name":"{WORD}{str(n).translate(_TO_STEMS)}","sex":"{sexes[n]}",'
            f'"birth_date":"{born[n].isoformat()}","documents":[{{"kind":"resident_id","country":"CHN",'
            f'"number":"{papers[n]}"}}],"phones":["+9991{n:09}"],"address":"{WORD}{homes.addresses[household]}",'
            f'"area":"{areas[household]}","data_class":"screening","basis":"infectious_disease","since":"{since}"}}\n'
        )
