"""What each command does. Modules that need the database are imported once it is open."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

from lianfang.accounts.drills import MARK, SPACE
from lianfang.accounts.providers import ProvidersError
from lianfang.app import database
from lianfang.app.errors import Unusable
from lianfang.capabilities.bulletins.facts import Source, TextOrigin
from lianfang.capabilities.bulletins.rules.judge import Judged, judge
from lianfang.facts.fact import Head
from lianfang.places.gazetteer import Gazetteer
from lianfang.sealing import current
from lianfang.sealing.errors import SealingError

# Printed under a notice, so that a record rewritten later is found out.
HEAD = {"zh": "（据联防记录第{}条事实；链首{}）", "en": "(From fact {} of the record; head of the chain {})"}
CHINA = timezone(timedelta(hours=8))
SHEETS = {".csv": "text/csv", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def read(options: Namespace) -> int:
    """0: every identity holds; 1: one of severity E fails; 2: the input cannot be used."""
    if options.jsonl:
        return _read_lines(Path(options.jsonl))
    gazetteer = Gazetteer.load()
    judged = _judge(_text(options.file), options, gazetteer, Source())
    if options.json:
        print(json.dumps(_as_json(judged), ensure_ascii=False, indent=1))
    else:
        from lianfang.app.reports import report

        print(report(judged, gazetteer=gazetteer, lang=options.lang))
    return 1 if any(c.severity == "E" and c.state == "fails" for c in judged.checks) else 0


def _read_lines(path: Path) -> int:
    """Each good line read and printed; each bad one told with its number and reason, and then 2."""
    gazetteer = Gazetteer.load()
    bad = 0
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = _object(line)
            name, text = _field(row, "id"), _field(row, "text")
            published = _published(row.get("pub_time"))
        except ValueError as error:
            bad += 1
            print(f"lianfang: {path}, line {number}: {error}", file=sys.stderr)
            continue
        code = _full_code(row.get("province_code"))
        judged = judge(text, gazetteer=gazetteer, area=code, published_at=published, title=str(row.get("title") or ""))
        print(json.dumps({"id": name, **_as_json(judged)}, ensure_ascii=False))
    return 2 if bad else 0


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise ValueError("a line is a JSON object with id, text, pub_time, title and province_code")
    return row


def _field(row: dict[str, Any], name: str) -> str:
    if not isinstance(row.get(name), str):
        raise ValueError(f"{name}: text is needed, here is {row.get(name)!r}")
    return str(row[name])


def _full_code(code: Any) -> str | None:
    return str(code).ljust(6, "0") if code else None


def _published(text: Any) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"pub_time: {text!r} is no time; write it as 2020-01-28T12:00") from None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from file
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unusable(f"{path} is not UTF-8 text: save it as UTF-8 and try again") from None


def _as_json(judged: Judged) -> dict[str, Any]:
    return {
        "bulletins": [r.model_dump(mode="json") for r in judged.records],
        "checks": [c.model_dump(mode="json") for c in judged.checks],
        "unread": [u.model_dump(mode="json") for u in judged.unread],
        "findings": [f.model_dump(mode="json") for f in judged.findings],
    }


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unusable(f"{name} cannot be read: {error.strerror}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise Unusable(f"{name} is empty")
        return text
    raise Unusable(f"{name} is neither UTF-8 nor GB18030 text")


def _judge(text: str, options: Namespace, gazetteer: Gazetteer, source: Source) -> Judged:
    if options.area and gazetteer.division(options.area) is None:
        raise Unusable(f"--area {options.area}: no such division; 530000 is Yunnan, 100000 the country")
    return judge(text, gazetteer=gazetteer, area=options.area, published_at=options.published, source=source)


@contextmanager
def opened(home: Path | None, *, check: bool = True, drills: bool = False) -> Iterator[database.Database]:
    """The database of a data folder, checked (unless it is the record that is to be looked into) and ready, with Django
    set up on it. Raises Unusable for the space of a drill, unless ``drills`` are meant too."""
    folder = home or database.default_home()
    if not drills:
        os.environ.pop(SPACE, None)
        if (folder / MARK).exists():
            raise Unusable(f"{folder} is the space of a drill: nothing real goes into it; name another with --home")
    found = database.open_database(home)
    try:
        database.use(found)
        if not database.has_key_store(found):
            current.prepare()  # never beside a database that another one belongs to
        os.environ.setdefault(database.SECRET, current.keystore().named("django").hex())
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
        django.setup()
        database.migrate(found)
        if check:
            database.check_start(found)
            from lianfang.identity import erasure

            erasure.replay(datetime.now(UTC))
        yield found
    except (SealingError, ProvidersError) as error:
        raise Unusable(str(error)) from None
    finally:
        found.close()


def page_address(text: str) -> str:
    """The address of the page, for the settings of this process and those that it starts. Raises Unusable for one that
    is neither encrypted nor this machine's own."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise Unusable(f"{text} is no address of a page: write it as https://lianfang.example.org")
    if parts.scheme == "http" and parts.hostname not in database.LOOPBACK_NAMES:
        raise Unusable(
            f"{text} is not encrypted: give --certificate and --certificate-key, or let a proxy that has them serve it "
            "and name its address with --url https://…"
        )
    os.environ[database.PAGE] = page = f"{parts.scheme}://{parts.netloc}/"
    return page


def init(options: Namespace) -> int:
    """Makes the data folder, its keys and tables, and a one-time link while there is no administrator."""
    page = page_address(options.url or os.environ.get(database.PAGE) or "http://localhost:8420")
    with opened(options.home) as found:
        from lianfang.accounts import service
        from lianfang.app.serve import refuse_the_demonstrations

        refuse_the_demonstrations()
        token = service.first_link(now=datetime.now(UTC))
    kept = found.home or database.default_home()
    print(f"The data folder is {kept}. Keep {kept / 'keys'} and {kept / 'secrets'} apart from backups of the data.")
    if token is None:
        print("There is an administrator already, who makes accounts and links for others on the page.")
    else:
        print(
            f"Start it with lianfang serve, then open this link within 24 hours; it works once:\n{page}#welcome={token}"
        )
    return 0


def home_to_read(named: Path | None) -> Path | None:
    """The data folder to read: the one named, or one's own; before there is one, the demonstration's."""
    own = database.default_home()
    if named or os.environ.get(database.URL) or (own / "secrets").is_dir() or not (own / "demo" / "secrets").is_dir():
        return named
    print(f"lianfang: you have no data of your own yet; reading the demonstration's in {own / 'demo'}", file=sys.stderr)
    return own / "demo"


def receive(options: Namespace) -> int:
    """Stores each notice of the text as a fact; 0 if any was stored or known, 2 if there was none."""
    source = Source(title=options.title, url=options.url, publisher=options.publisher, published_at=options.published)
    text = _text(options.file)
    with opened(options.home):
        from lianfang.access.matrix import operator
        from lianfang.capabilities.bulletins.service import notices as service
        from lianfang.places.queries import current_gazetteer

        judged = _judge(text, options, current_gazetteer(), source)
        if not judged.records:
            raise Unusable(f"{options.file}: no notice was found in it; `lianfang read` shows what was not understood")
        outcomes = service.receive(
            operator(), [(r, text, TextOrigin.SOURCE) for r in judged.records], now=datetime.now(UTC)
        )
    for record, outcome in zip(judged.records, outcomes, strict=True):
        print(f"{record.area_code} {record.as_of}: {outcome.status} {outcome.reason or ''}".rstrip())
    return 1 if any(o.status == "set_aside" for o in outcomes) else 0


def bulletin(options: Namespace) -> int:
    """Writes the notice of an area anew from the record; nothing is recorded. 1 where its sums do not hold."""
    with opened(home_to_read(options.home)):
        from lianfang.access.matrix import operator
        from lianfang.capabilities.bulletins.service import notices as service
        from lianfang.places.queries import current_gazetteer

        try:
            composed = service.compose(
                operator(),
                options.area,
                as_of=options.as_of,
                known_at=options.known_at,
                lang=options.lang,
                gazetteer=current_gazetteer(),
            )
        except service.NoNotice:
            raise Unusable(
                f"no notice of {options.area} is known for that moment; store one with `lianfang receive FILE`"
            ) from None
    if options.format == "json":
        print(json.dumps({**composed._asdict(), "record": composed.record.model_dump(mode="json")}, ensure_ascii=False))
    else:
        print(f"{composed.text}\n\n{HEAD[options.lang].format(composed.seq, composed.chain)}")
    for fault in composed.faults:
        print(f"lianfang: {fault}", file=sys.stderr)
    return 1 if composed.faults else 0


def import_places(options: Namespace) -> int:
    """Imports what is good; names row, field and reason of what is not, and then exits 1."""
    with opened(options.home):
        from lianfang.places import service

        read = service.import_population if options.population else service.import_hierarchy
        try:
            imported = read(Path(options.file))
        except OSError as error:
            raise Unusable(f"{options.file} cannot be read: {error.strerror}") from None
    for error in imported.errors:
        print(f"row {error.row}, {error.field}: {error.reason}", file=sys.stderr)
    what = "populations" if options.population else "divisions"
    print(f"{imported.rows} {what} imported, {len(imported.errors)} errors")
    return 1 if imported.errors else 0


def places_template(options: Namespace) -> int:
    from lianfang.places.gazetteer import HIERARCHY_COLUMNS
    from lianfang.places.population import COLUMNS

    print(",".join(COLUMNS if options.population else HIERARCHY_COLUMNS))
    return 0


def import_people(options: Namespace) -> int:
    """Imports who is good into the vault; names row, field and reason of who is not, and then exits 1."""
    path = Path(options.file)
    kind = SHEETS.get(path.suffix.lower())
    if kind is None:
        raise Unusable(f"{path}: a file of people is named {' or '.join(SHEETS)}")
    try:
        body = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from None
    with opened(options.home):
        from lianfang.access.matrix import operator
        from lianfang.identity import service, sheets
        from lianfang.identity.refusals import NoSheet

        defaults = {"area": options.area, "data_class": options.data_class, "basis": options.basis}
        try:
            rows = sheets.read(body, kind, {name: value for name, value in defaults.items() if value})
            receipt = service.enter_file(operator(), rows, now=datetime.now(UTC))
        except NoSheet as error:
            raise Unusable(f"{path}: {error}") from None
    for fault in receipt.faults:
        print(f"row {fault.row}, {fault.field}: {fault.zh if options.lang == 'zh' else fault.en}", file=sys.stderr)
    print(f"{receipt.entered} people entered, {receipt.skipped} held already, {receipt.refused} refused")
    return 1 if receipt.refused else 0


def people_template(options: Namespace) -> int:
    from lianfang.identity import sheets

    sys.stdout.buffer.write(sheets.template(options.lang))
    return 0


def retain(options: Namespace) -> int:
    """Does the night's erasures now; 1 where so much is due that it must be confirmed."""
    with opened(options.home):
        from lianfang.identity import retention

        try:
            done = retention.retain(datetime.now(UTC), confirmed=options.confirm)
        except retention.Braked as error:
            print(f"lianfang: {error}", file=sys.stderr)
            return 1
    erased = f"{done.persons} persons, {done.encounters} encounters and {done.attachments} photographs erased"
    print(f"{done.holdings} holdings ended; {erased}")
    return 0


def rotate_keys(options: Namespace) -> int:
    """Puts a new master key in the place of the old, and wraps every key under it."""
    with opened(options.home):
        count = current.rotate()
    print(f"{count} keys are wrapped under a new master key; keep the old one for as long as older copies of the keys")
    return 0


def rebuild(options: Namespace) -> int:
    """Refolds every register; with ``--check`` only compares, and 1 if one differs."""
    with opened(home_to_read(options.home), drills=True) as found:
        from lianfang.facts.rebuild import RebuildError
        from lianfang.facts.rebuild import rebuild as refold

        try:
            with database.as_owner(found):
                results = refold(check=options.check)
        except RebuildError as error:
            raise Unusable(str(error)) from None
    for result in results:
        state = "as refolded" if result.equal else f"{result.differing} rows differed"
        print(f"{result.register}: {result.facts} facts, {state}")
    return 1 if options.check and not all(r.equal for r in results) else 0


def audit(options: Namespace) -> int:
    """Verifies the record; 1 if a fact is not what was appended, and then each such fact's ``seq``."""
    with opened(home_to_read(options.home), check=False, drills=True):
        from lianfang.facts import audit as audits

        status, lines = audits.main([_head(text) for text in options.head], since_checkpoint=options.since_checkpoint)
    print("\n".join(lines))
    return status


def _head(text: str) -> Head:
    seq, _, chain = text.partition(":")
    try:
        return Head(int(seq), bytes.fromhex(chain))
    except ValueError:
        raise Unusable(f"--head {text}: write a printed head as SEQ:CHAIN, the chain in hexadecimal") from None


def stop(options: Namespace) -> int:
    stopped = database.stop(home_to_read(options.home))
    print("stopped" if stopped else "nothing was running")
    return 0
