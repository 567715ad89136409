"""A notice as the public has it, for trials of its files."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from lianfang.app.demo.notices import notices
from lianfang.capabilities.bulletins.facts import Contents
from lianfang.capabilities.bulletins.queries.issues import PublicIssue, Revision
from lianfang.capabilities.bulletins.rules.write import write
from lianfang.places.gazetteer import Gazetteer


def public() -> PublicIssue:
    """Yunnan's of 28 January 2020 at 12:00, issued a second time."""
    record = next(one for one in notices() if one.value("confirmed_cum") == 44)
    gazetteer, at = Gazetteer.load(), datetime(2020, 1, 28, 9, 30, tzinfo=UTC)
    assert record.as_of is not None
    contents = Contents(
        area_code=record.area_code, disease=record.disease, as_of=record.as_of, seq=1234, chain="ab" * 32,
        edition="c1", indicators="cd" * 8, software="0.1.0", record=record,
        zh=write(record, "zh", gazetteer=gazetteer).text, en=write(record, "en", gazetteer=gazetteer).text,
    )  # fmt: skip
    first, second = UUID(int=4), UUID(int=5)
    log = (Revision(1, first, at, None, contents), Revision(2, second, at.replace(hour=10), "补报1例", contents))
    return PublicIssue(second, contents, 2, at.replace(hour=10), "补报1例", log)
