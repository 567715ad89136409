"""The proof that a written notice says what its record says: it is read again and compared."""

from __future__ import annotations

from lianfang.capabilities.bulletins.rules.read_en import read_en
from lianfang.capabilities.bulletins.rules.reader import read
from lianfang.capabilities.bulletins.rules.write import Language, Written, says_the_same
from lianfang.places.gazetteer import Gazetteer


def reads_back(written: Written, lang: Language, *, gazetteer: Gazetteer) -> bool:
    """Whether the text reads back to the record that it was written from, and to nothing else."""
    if lang == "en":
        try:
            return says_the_same(read_en(written.text, gazetteer=gazetteer), written.record)
        except ValueError:
            return False
    found = read(written.text, gazetteer=gazetteer, published_at=written.record.as_of)
    return len(found.records) == 1 and not found.unread and says_the_same(found.records[0], written.record)
