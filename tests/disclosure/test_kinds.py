"""Facts hold codes, numbers, dates, places and official text only: by their schemas, and by a look into the table."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

import orjson
import psycopg
import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from lianfang.app.database import Database
from lianfang.facts import aside_rows, kinds, log
from lianfang.facts.fact import (
    AreaCode,
    Code,
    Fact,
    FactData,
    OfficialText,
    PlaceName,
    Restricting,
    Text,
    TextClass,
)
from lianfang.facts.fields import PLAIN, KindError, Plans
from lianfang.facts.kinds import Registry, registry, restricting
from lianfang.facts.log import Status
from tests.record.made import NOON, WHO

ALL = sorted(registry().classes.values(), key=lambda cls: (cls.kind, cls.version))
RESTRICTION = re.compile(
    r"isolat|quarantin|restrict|confin|detain|held|hold_|order(ed)?$|seal|lock|curfew|observation_"
)


def texts_of(schema: dict[str, Any], root: dict[str, Any]) -> list[dict[str, Any]]:
    """Every string of a JSON schema that is no date, no UUID, no closed list."""
    found, seen, left = [], set(), [schema]
    while left:
        one = left.pop()
        if ref := one.get("$ref"):
            if ref not in seen:
                seen.add(ref)
                left.append(root["$defs"][ref.rsplit("/", 1)[1]])
            continue
        if one.get("type") == "string" and not {"format", "enum", "const"} & one.keys():
            found.append(one)
        left += [*one.get("properties", {}).values(), *one.get("anyOf", ()), *one.get("oneOf", ())]
        left += [*one.get("prefixItems", ()), *(part for part in (one.get("items"),) if isinstance(part, dict))]
        left += [part for part in (one.get("additionalProperties"),) if isinstance(part, dict)]
    return found


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: f"{cls.kind} {cls.version}")
def test_bar_35_a_kind_holds_no_free_text(cls: type[FactData]) -> None:
    """By its JSON schema too, which knows nothing of the registry: a text without a pattern is an official one, and
    searched before it is stored."""
    schema = cls.model_json_schema()
    free = [text for text in texts_of(schema, schema) if "pattern" not in text]
    walk = registry().texts.get(cls)
    assert not free or walk is not None
    assert Plans().of(cls) is None or walk is not None


class Nested(BaseModel):
    place: PlaceName
    said: OfficialText


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


def of(kind: Any) -> type[FactData]:
    """A kind with one field of a type."""
    return type("One", (FactData,), {"__annotations__": {"value": kind}, "__module__": __name__}, kind="one", version=1)


class Colour(StrEnum):
    RED = "red"


ALLOWED = [*PLAIN, AwareDatetime, Colour, Literal["a", 1], Code, AreaCode, PlaceName, OfficialText, Nested, UUID | None]
ALLOWED += [tuple[Code, ...], dict[Code, int], list[Nested], Decimal | date, Annotated[Code, "more"]]
REFUSED = [
    str,
    Any,
    bytes,
    object,
    str | None,
    list[str],
    dict[str, int],
    dict[Code, str],
    tuple[int, str],
    Open,
    complex,
]


@pytest.mark.parametrize("kind", ALLOWED, ids=str)
def test_bar_35_what_a_kind_may_hold(kind: Any) -> None:
    Registry([of(kind)])


@pytest.mark.parametrize("kind", REFUSED, ids=str)
def test_bar_35_what_a_kind_may_not_hold_is_refused_at_start_with_its_field(kind: Any) -> None:
    with pytest.raises(KindError, match=r"one 1: data\.value"):
        Registry([of(kind)])


class Everything(FactData, kind="trial.everything", version=1):
    """One field of each type that a kind may have."""

    uuid: UUID
    yes: bool
    number: int
    measure: float
    exact: Decimal
    day: date
    moment: AwareDatetime
    span: timedelta
    colour: Colour
    one_of: Literal["a", 1]
    code: Code
    area: AreaCode
    place: PlaceName
    said: OfficialText
    several: tuple[date, ...]
    by_code: dict[Code, Decimal]
    nested: Nested
    none: date | None


def test_every_type_that_a_kind_may_have_is_appended_and_comes_back(database: Database) -> None:
    data = Everything(
        uuid=uuid4(),
        yes=True,
        number=-3,
        measure=36.5,
        exact=Decimal("0.10"),
        day=date(2020, 2, 29),
        moment=NOON,
        span=timedelta(days=14),
        colour=Colour.RED,
        one_of=1,
        code="a",
        area="530102-园区",
        place="昆明",
        said="云南省",
        several=(date(2020, 1, 28),),
        by_code={"b": Decimal("2"), "a": Decimal("1")},
        nested=Nested(place="昆明", said="云南省"),
        none=None,
    )
    with kinds.also(Everything):
        fact = Fact.of(data, id=uuid4(), subject=uuid4(), area="530102", observed_at=NOON)
        (made,) = log.append([fact], principal=WHO)
        assert made.status is Status.APPENDED, made.reason
        (again,) = log.append_json(b"[" + fact.model_dump_json().encode() + b"]", principal=WHO)
        assert again.status is Status.SKIPPED, again.reason
        (entry,) = log.read()
        assert entry.fact.data == data


def test_texts_are_found_wherever_they_stand() -> None:
    class Deep(FactData, kind="deep.deep", version=1):
        one: Nested
        many: tuple[Nested, ...]
        named: dict[Code, OfficialText]
        either: int | OfficialText | Nested

    nested = Nested(place="昆明", said="a")
    walk = Registry([Deep]).texts[Deep]
    found = list(walk(Deep(one=nested, many=(nested,), named={"k": "b"}, either="c"), "data"))
    assert [(held.path, held.text) for held in found if held.of is TextClass.OFFICIAL] == [
        ("data.one.said", "a"),
        ("data.many[0].said", "a"),
        ("data.named[0]", "b"),
        ("data.either", "c"),
    ]
    assert [held.path for held in walk(Deep(one=nested, many=(), named={}, either=nested), "data")][-1] == (
        "data.either.said"
    )


# restrictions


class Ordered(Restricting, FactData, kind="trial.ordered", version=1):
    place: AreaCode


def order(**changes: Any) -> Ordered:
    given = {"basis": "law-39", "approver": "doctor-1", "start": NOON, "end": NOON + timedelta(days=14)}
    return Ordered(**{**given, "place": "530102", **changes})


def test_a_restriction_says_on_which_basis_by_whom_and_until_when() -> None:
    with kinds.also(Ordered):
        of_isolation = {"isolation.ordered", "isolation.extended", "isolation.mode_changed"}
        assert {"trial.ordered", "gate.held", *of_isolation} == restricting()
    for name in ("basis", "approver", "start", "end"):
        with pytest.raises(ValidationError, match=name):
            order(**{name: None})
    with pytest.raises(ValidationError, match="end is not after start"):
        order(end=NOON)


def test_a_kind_cannot_leave_out_the_end_of_a_restriction() -> None:
    class Endless(Restricting, FactData, kind="trial.endless", version=1):
        end: AwareDatetime | None = None  # type: ignore[assignment]  # what is to be refused

    with pytest.raises(KindError, match=r"trial.endless 1: data\.end must be required"):
        Registry([Endless])


def test_no_kind_restricts_without_saying_so() -> None:
    named = {cls.kind for cls in ALL if RESTRICTION.search(cls.kind.rsplit(".", 1)[1])}
    seen = {"case.isolated"}  # that a patient was separated from others: what a ward did, not what was ordered
    assert named - seen <= restricting(), "these kinds sound like restrictions: derive them from Restricting"


# canaries: what must not be in the table, planted in every field there is


NAME, DOCUMENT, PHONE, MAIL, ADDRESS = (
    "欧阳测试一",
    "53010219900101123X",
    "13800009021",
    "canary@example.com",
    "家住测试路99号3栋2单元501室",
)
CANARIES = (NAME, DOCUMENT, PHONE, MAIL, ADDRESS, "患者王测试，男")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every text, and of every name of a field, in JSON."""
    if isinstance(value, dict):
        return [p for key, part in value.items() for p in ((*path, key, None), *places(part, (*path, key)))]
    if isinstance(value, list):
        return [p for n, part in enumerate(value) for p in places(part, (*path, n))]
    return [path] if isinstance(value, str) else []


def planted(fact: dict[str, Any], path: tuple[Any, ...], canary: str) -> bytes:
    """The fact with a canary in one place; a path that ends in None names a field."""
    copy: Any = orjson.loads(orjson.dumps(fact))
    part, last = copy, path[-1]
    for step in path[:-2] if last is None else path[:-1]:
        part = part[step]
    if last is None:
        part[canary] = part[path[-2]]
    else:
        part[last] = canary
    return orjson.dumps(copy)


def examples() -> list[Fact]:
    from lianfang.app.demo.notices import notices
    from lianfang.capabilities.bulletins.facts import BulletinComposed, BulletinReceived, TextOrigin
    from lianfang.identity.facts import Act, Shown

    record = notices()[5]
    made: list[FactData] = [
        BulletinReceived(record=record, text="云南省疫情通报。", text_origin=TextOrigin.SOURCE),
        BulletinComposed(
            area_code="530000", as_of=NOON, seq=1, chain="0" * 64, lang="zh", text="云南省疫情通报。", record=record
        ),
        Shown(people=(uuid4(),), fields=("name",), act=Act.DISPLAY, purpose="treatment", role="clinic_doctor"),
        order(),
    ]
    return [Fact.of(data, id=log.new_id(), subject=uuid4(), area="530102", observed_at=NOON) for data in made]


def test_bar_35_no_canary_reaches_the_table_of_facts_nor_any_reason(database: Database) -> None:
    with kinds.also(Ordered):
        batch = []
        for fact in examples():
            sent = orjson.loads(fact.model_dump_json(exclude={"author"}, exclude_computed_fields=True))
            for path in places(sent):
                for canary in CANARIES:
                    changed = planted(sent, path, canary)
                    batch.append(changed if path == ("id",) else _as_new(changed))
        outcomes = []
        for start in range(0, len(batch), 500):
            outcomes += log.append(batch[start : start + 500], principal=WHO, now=datetime(2020, 1, 29, tzinfo=UTC))
        statuses = [outcome.status for outcome in outcomes]
        assert statuses.count(Status.SET_ASIDE) > 500
    with psycopg.connect(database.owner_url) as owner:
        facts = owner.execute("SELECT body, author || device || area FROM fact").fetchall()
        asides = owner.execute("SELECT * FROM fact_set_aside").fetchall()
    assert asides
    whole = b"\n".join(bytes(body) + rest.encode() for body, rest in facts)
    told = "\n".join(repr(row) for row in asides)
    for canary in (DOCUMENT, PHONE, MAIL, ADDRESS, "王测试"):
        assert canary.encode() not in whole and canary not in told, canary
    # A name that stands alone is not known for one: it passes where a place's name or an official text may stand.
    assert NAME not in told
    held = [orjson.loads(bytes(body)) for body, _ in facts if NAME.encode() in bytes(body)]
    assert {fact["kind"] for fact in held} <= {"bulletin.received", "bulletin.composed"}


def _as_new(sent: bytes) -> bytes:
    return orjson.dumps({**orjson.loads(sent), "id": str(uuid4())})


def test_bar_35_what_holds_personal_data_is_set_aside_by_field_and_class(database: Database) -> None:
    fact = examples()[0]
    sent = orjson.loads(fact.model_dump_json(exclude={"author"}, exclude_computed_fields=True))
    sent["data"]["text"] = f"患者王测试，男，电话{PHONE}，{ADDRESS}。"
    (told,) = log.append([orjson.dumps(sent)], principal=WHO)
    assert told.status is Status.SET_ASIDE
    assert told.reason == (
        "data.text: holds an exact address and the name of a case and a telephone number"
        " / 含详细住址、病例姓名、电话号码 [address name phone]"
    )
    (row,) = aside_rows.select("true", [], 10)
    assert (row.kind, row.area, row.fact) == ("bulletin.received", "530102", fact.id)
    assert orjson.loads(aside_rows.original(row) or b"")["data"]["text"] == sent["data"]["text"]


def test_a_mark_is_a_class_of_its_own() -> None:
    assert Text(TextClass.CODE) != Text(TextClass.PLACE)
    with pytest.raises(ValidationError):
        Fact.model_validate({"area": "张三"})
