"""The audit: whether the facts are what was appended. One changed byte of one fact is found, with its ``seq``.

Three things are held against each other: the digests of the stored bytes, the chain over the digests, and the columns
that are copies of the bytes. A chain rewritten from end to end is whole in itself; it is found by a head that was
printed outside, in a bulletin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import orjson
from django.db import connection

from lianfang.facts.copying import EPOCH
from lianfang.facts.fact import GENESIS, Head, digest, link
from lianfang.facts.log import binary_cursor

PAGE, CHUNK = 50_000, 500  # facts of one query, and of one read of its answer
TAIL = 1_000  # facts verified at every start
MOST = 1_000  # findings after which an audit stops looking
_FIELDS = (
    "seq, received_at, id::text, kind, version, subject::text, area, observed_at, author, device, "
    "salt, digest, chain, body"
)


class Finding(NamedTuple):
    """A fact that is not what was appended."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"seq {self.seq}: {self.what}"


class Report(NamedTuple):
    """What an audit saw. ``head`` is where the log ended."""

    checked: int
    head: Head
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        return not self.findings


class _Row(NamedTuple):
    seq: int
    received_at: datetime
    id: str
    kind: str
    version: int
    subject: str
    area: str
    observed_at: datetime
    author: str
    device: str
    salt: bytes
    digest: bytes
    chain: bytes
    body: bytes


def verify(*, after: Head | None = None, printed: Iterable[Head] = ()) -> Report:
    """Verifies the record: every fact, the chain, the head, and the heads that were printed elsewhere.

    ``after`` is a checkpoint from which to begin (see ``last_checkpoint``). At most ``MOST`` findings are told.
    """
    start = after or Head(0, GENESIS)
    findings: list[Finding] = []
    expected = {head.seq: head.chain for head in printed}
    if start.seq:
        expected.setdefault(start.seq, start.chain)
    link_ = _Links(start)
    checked = 0
    for row in _rows(start.seq):
        checked += 1
        findings += link_.check(row)
        if len(findings) >= MOST:
            break
    else:
        findings += _check_head(link_)
    findings += _check_printed(expected)
    return Report(checked, _head(), tuple(sorted(findings)[:MOST]))


def checkpoint(report: Report) -> None:
    """Notes that the record was whole up to a report's head, so that the next audit may begin there."""
    if not report.whole:
        raise ValueError("a checkpoint needs a record that is whole")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fact_checkpoint (seq, chain, verified_at) VALUES (%s, %s, now())",
            [report.head.seq, report.head.chain],
        )


def last_checkpoint() -> Head | None:
    """The last place up to which the record was found whole."""
    with binary_cursor() as cursor:
        found = cursor.execute(
            "SELECT seq, chain FROM fact_checkpoint ORDER BY verified_at DESC, seq DESC LIMIT 1"
        ).fetchone()
    return Head(*found) if found else None


def tail(most: int = TAIL) -> Finding | None:
    """The first fault in the last ``most`` facts and the head, or None: the check at every start."""
    with binary_cursor() as cursor:
        last = cursor.execute("SELECT max(seq) FROM fact").fetchone()[0] or 0
        start = max(0, max(last, _head().seq) - most)
        before = cursor.execute("SELECT seq, chain FROM fact WHERE seq = %s", [start]).fetchone()
    if start and before is None:
        return Finding(start, "is missing")
    link_ = _Links(Head(*before) if before else Head(0, GENESIS))
    for row in _rows(start):
        for finding in link_.check(row):
            return finding
    return next(iter(_check_head(link_)), None)


class _Links:
    """The chain as it is followed, fact by fact. After a fault it is taken up again where it next fits."""

    def __init__(self, start: Head) -> None:
        self.seq = start.seq
        self.chain = self.stored = start.chain

    def check(self, row: _Row) -> Iterable[Finding]:
        """What is wrong with the next fact."""
        its = digest(row.salt, row.body)
        whole = its == row.digest and row.salt[:8] == _stamp(row.received_at) and row.chain == link(self.chain, its)
        changed = _changed_column(row)
        if whole and changed is None and row.seq == self.seq + 1:
            self.seq, self.chain, self.stored = row.seq, row.chain, row.chain
            return ()
        return self._faults(row, its, changed)

    def _faults(self, row: _Row, its: bytes, changed: str | None) -> Iterator[Finding]:
        if row.seq != self.seq + 1:
            yield Finding(self.seq + 1, f"is missing, up to {row.seq - 1}" if row.seq > self.seq + 2 else "is missing")
            self.chain = self.stored = b""
        if its != row.digest:
            yield Finding(row.seq, "its bytes, salt or digest were changed")
        if row.salt[:8] != _stamp(row.received_at):
            yield Finding(row.seq, "received_at or the salt was changed")
        if changed:
            yield Finding(row.seq, f"the column {changed} differs from the stored bytes")
        fits = [link(before, d) for before in (self.chain, self.stored) if before for d in (its, row.digest)]
        if fits and row.chain not in fits:
            yield Finding(row.seq, "the chain does not follow from the fact before it")
            self.chain = link(self.chain, row.digest)
        else:
            self.chain = row.chain
        self.seq, self.stored = row.seq, row.chain


def _changed_column(row: _Row) -> str | None:
    """The first column that is not as the body has it."""
    try:
        body = orjson.loads(row.body)
        observed = datetime.fromisoformat(body["observed_at"])
        if (
            body["id"] == row.id
            and body["kind"] == row.kind
            and body["version"] == row.version
            and body["subject"] == row.subject
            and body["area"] == row.area
            and observed == row.observed_at
            and body["author"] == row.author
            and body["device"] == row.device
        ):
            return None
    except (ValueError, KeyError, TypeError):
        return "body"
    names = ("id", "kind", "version", "subject", "area", "author", "device")
    return next((name for name in names if str(body[name]) != str(getattr(row, name))), "observed_at")


def _check_head(links: _Links) -> Iterator[Finding]:
    head = _head()
    if head.seq < links.seq:
        yield Finding(head.seq + 1, "comes after the head of the record")
    elif head.seq > links.seq:
        yield Finding(links.seq + 1, "is missing at the end: the head of the record is beyond it")
    elif links.stored and head.chain != links.stored:
        yield Finding(head.seq, "the head of the record has another chain")


def _check_printed(expected: dict[int, bytes]) -> Iterator[Finding]:
    with binary_cursor() as cursor:
        cursor.execute("SELECT seq, chain FROM fact WHERE seq = ANY(%s)", [list(expected)])
        found = dict(cursor.fetchall())
    for seq, chain in expected.items():
        if seq and found.get(seq) != chain:
            yield Finding(seq, "the chain is not the one that was printed or noted: the record was rewritten")


def _head() -> Head:
    with binary_cursor() as cursor:
        return Head(*cursor.execute("SELECT seq, chain FROM fact_head").fetchone())


def _rows(after: int) -> Iterator[_Row]:
    """Every fact after ``after``, by ``seq``; facts appended meanwhile are left for the next time."""
    with binary_cursor() as cursor:
        last = cursor.execute("SELECT max(seq) FROM fact").fetchone()[0] or 0
        while after < last:
            upto = min(after + PAGE, last)
            # The server reads on while the rows before are verified.
            for row in cursor.stream(
                f"SELECT {_FIELDS} FROM fact WHERE seq > %s AND seq <= %s ORDER BY seq", [after, upto], size=CHUNK
            ):
                yield _Row._make(row)
            after = upto


def _stamp(received_at: datetime) -> bytes:
    since = received_at - EPOCH
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds).to_bytes(8, signed=True)


def main(printed: Iterable[Head] = (), *, since_checkpoint: bool = False) -> tuple[int, list[str]]:
    """``lianfang audit``: its exit status and the lines to print. Notes a checkpoint where all is whole."""
    began = datetime.now(UTC)
    start = last_checkpoint() if since_checkpoint else None
    report = verify(after=start, printed=printed)
    took = (datetime.now(UTC) - began).total_seconds()
    where = f" after the checkpoint at seq {start.seq}" if start and start.seq else ""
    lines = [f"{report.checked} facts verified{where} in {took:.1f} s; head {report.head}"]
    if report.whole:
        checkpoint(report)
        return 0, [*lines, "the record is whole"]
    return 1, [*lines, *(str(finding) for finding in report.findings)]
