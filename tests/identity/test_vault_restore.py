"""A restore of all that a backup holds, with the key store: the ledger lies outside and brings nobody back."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from lianfang.facts import audit
from lianfang.identity import erasure
from lianfang.identity.facts import Reason
from lianfang.sealing import current
from lianfang.sealing.current import keystore
from tests.identity.life import NOON, held, person, viewer
from tests.identity.test_life_restore import Home, found, home, program, readable

__all__ = ["home"]


def test_yesterdays_database_and_yesterdays_keys_bring_nobody_back(home: Home, tmp_path: Path) -> None:
    id, neighbour = person(), person(name="留下的邻居", number="", phone="")
    store, dump = keystore(), tmp_path / "dump"
    assert store.path.parent not in store.ledger.parents and store.ledger == home.folder / "erasures.log"
    program("pg_dump", home.database, "--format=custom", "--file", dump)
    current.forget()
    shutil.copytree(store.path.parent, tmp_path / "keys")

    tomorrow = NOON + timedelta(days=1)
    assert erasure.erase(viewer("county_duty_officer"), id, Reason.ORDER, "order", now=tomorrow) == (1, 0)

    current.forget()
    home.restore(dump)
    shutil.rmtree(store.path.parent)
    shutil.copytree(tmp_path / "keys", store.path.parent)
    assert held() == {id, neighbour} and readable() == {neighbour}
    assert erasure.replay(tomorrow) == (1, 0)
    assert held() == readable() == {neighbour}
    assert not found(home)
    assert audit.verify().whole
