"""What was sent: a batch told apart into facts that can be appended and what must be set aside, before any lock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError

from lianfang.facts.fact import Fact, TextClass, canonical
from lianfang.facts.fields import Held
from lianfang.facts.kinds import registry
from lianfang.facts.personal import NUMBER_LENGTHS, TITLES, Personal, is_number, search

LARGEST_BATCH = 1_000  # facts
LARGEST_BODY = 8 * 1024 * 1024  # bytes of a batch
LONGEST_FACT = 1024 * 1024  # canonical bytes of a fact
REASONS = 5  # told of one fact
_SHORTEST = 4  # characters: shorter texts hold nothing that can be known for personal
_DEEPEST = "nested too deeply"
_PLAIN_STEP = re.compile(r"[a-z][a-z_]{0,63}|\d{1,4}")
_SIGNER = re.compile(r"[A-Za-z0-9_.-]{0,64}")  # as the envelope has it
# Pydantic's own words repeat what was sent.
_SAID = {"union_tag_invalid": "is not known here", "uuid_parsing": "Input should be a valid UUID"}

May = Callable[[Fact], str | None]
"""Whether the sender may append a fact: None, or why not."""


class Principal(NamedTuple):
    """Who is signed in, on which device."""

    author: str
    device: str


class Refused(ValueError):
    """A batch that cannot be taken as a whole. Nothing of it is kept: its sender still has it."""


class NotJson(Refused):
    """Bytes that are no JSON."""


class NotAList(Refused):
    """JSON that is no array."""


class TooLarge(Refused):
    """More facts or bytes than a batch may have."""


class Item(NamedTuple):
    """A fact that may be appended, with the canonical bytes that will stand for it."""

    index: int
    id: UUID
    fact: Fact
    author: str
    device: str
    body: bytes

    def signed(self) -> Fact:
        """The fact with its author and device written in."""
        if self.fact.author == self.author and self.fact.device == self.device:
            return self.fact
        return self.fact.model_copy(update={"author": self.author, "device": self.device})


class Aside(NamedTuple):
    """A fact that may not be appended, why, and its bytes as they came."""

    index: int
    id: UUID | None
    reason: str
    original: bytes


class Sent:
    """A batch, told apart. ``whole`` is the JSON array that it came as, ``area`` where its sender is at work."""

    def __init__(self, principal: Principal, whole: bytes = b"", *, may: May | None = None, area: str = "") -> None:
        if not all(_SIGNER.fullmatch(code) for code in principal):
            raise ValueError(f"{principal}: an author and a device are codes of at most 64 letters, digits and .-_")
        self.principal, self.whole, self.area = principal, whole, area
        self._may, self._texts = may, registry().texts
        self.ready: list[Item] = []
        self.asides: list[Aside] = []

    def take(self, index: int, fact: Fact) -> None:
        """Adds a valid fact. Raises ``ValueError`` where it is not the sender's to send, has no canonical bytes, or
        holds personal data."""
        author, device = self.principal
        if fact.author and fact.author != author:
            raise ValueError("author: is another than who is signed in")
        if self._may is not None and (refusal := self._may(fact)) is not None:
            raise ValueError(refusal)
        if len(fact.area) in NUMBER_LENGTHS or len(fact.device) in NUMBER_LENGTHS:
            _refuse_number("area", fact.area)
            _refuse_number("device", fact.device)
        walk = self._texts.get(type(fact.data))
        if walk is not None and (told := personal_data(walk(fact.data, "data"))):
            raise ValueError(told)
        device = fact.device or device
        try:
            body = canonical(fact, author=author, device=device)
        except ValueError as error:
            raise ValueError(f"data: {error}") from None
        if len(body) > LONGEST_FACT:
            raise ValueError(f"data: {len(body)} bytes, and a fact has at most {LONGEST_FACT}")
        self.ready.append(Item(index, fact.id, fact, author, device, body))

    def original(self, item: Item) -> bytes:
        """The bytes of an item as they came; of a fact made in this process, its canonical bytes."""
        return self._parts[item.index] if self.whole else item.body

    @cached_property
    def size(self) -> int:
        """Bytes that the log will keep of it."""
        return sum(len(item.body) for item in self.ready) + sum(len(aside.original) for aside in self.asides)

    @cached_property
    def _parts(self) -> list[bytes]:
        return _split(self.whole)


@lru_cache(4096)
def _refuse_number(name: str, code: str) -> None:
    """Raises ``ValueError`` where a code of the envelope is a person's number: that one is not kept here."""
    if number := is_number(code):
        raise ValueError(_has(name, {number}))


def personal_data(texts: Iterable[Held]) -> str:
    """Which texts of a fact hold which personal data, never the data themselves; empty where none does."""
    told: list[str] = []
    for path, of, text in texts:
        if of is TextClass.CODE:
            number = is_number(text)
            found = {number} if number else set()
        else:
            found = {hit.of for hit in search(text)} if len(text) >= _SHORTEST else set()
        if found:
            told.append(_has(path, found))
            if len(told) == REASONS:
                break
    return "; ".join(told)


def _has(path: str, found: set[Personal]) -> str:
    """The reason in one line, in both languages, with the classes by their codes."""
    classes = sorted(found)
    zh, en = "、".join(TITLES[one][0] for one in classes), " and ".join(TITLES[one][1] for one in classes)
    return f"{path}: holds {en} / 含{zh} [{' '.join(classes)}]"


def from_facts(batch: Sequence[Fact | bytes], principal: Principal, *, may: May | None = None, area: str = "") -> Sent:
    """A batch made in this process: facts, or the JSON of one fact each."""
    if len(batch) > LARGEST_BATCH:
        raise TooLarge(f"{len(batch)} facts, and a batch has at most {LARGEST_BATCH}")
    sent = Sent(principal, may=may, area=area)
    for index, one in enumerate(batch):
        if isinstance(one, bytes):
            _take_json(sent, index, one)
        else:
            _take_fact(sent, index, one)
    return sent


def from_json(whole: bytes, principal: Principal, *, may: May | None = None, area: str = "") -> Sent:
    """A batch that came as a JSON array. Raises ``Refused`` where the bytes are none, or too many."""
    if len(whole) > LARGEST_BODY:
        raise TooLarge(f"{len(whole)} bytes, and a batch has at most {LARGEST_BODY}")
    sent = Sent(principal, whole, may=may, area=area)
    try:
        facts = registry().many.validate_json(whole)
        if len(facts) <= LARGEST_BATCH:
            for index, fact in enumerate(facts):
                sent.take(index, fact)
            return sent
    except ValueError:  # something is wrong somewhere: take one at a time
        sent.ready.clear()
    parts = _split(whole)
    if len(parts) > LARGEST_BATCH:
        raise TooLarge(f"{len(parts)} facts, and a batch has at most {LARGEST_BATCH}")
    for index, part in enumerate(parts):
        _take_json(sent, index, part)
    return sent


def _take_json(sent: Sent, index: int, part: bytes) -> None:
    _take(sent, index, part, lambda: registry().one.validate_json(part))


def _take_fact(sent: Sent, index: int, fact: Fact) -> None:
    def known() -> Fact:
        if type(fact.data) is not registry().classes.get((fact.kind, fact.version)):
            raise ValueError(f"kind: {fact.kind} {fact.version} is not a kind of {type(fact.data).__name__}")
        return fact

    _take(sent, index, fact.model_dump_json(exclude_computed_fields=True).encode(), known)


def _take(sent: Sent, index: int, original: bytes, validated: Callable[[], Fact]) -> None:
    try:
        sent.take(index, validated())
    except ValidationError as error:
        sent.asides.append(Aside(index, _id_of(original), _reason(error), original))
    except ValueError as error:
        sent.asides.append(Aside(index, _id_of(original), str(error), original))


def _reason(error: ValidationError) -> str:
    """What is wrong, field by field: ``data.temp_c: Input should be a valid number``. Never what was sent."""
    told = []
    for one in error.errors(include_url=False, include_input=False, include_context=False)[:REASONS]:
        # Before the field's name stand the kind and version by which the fact was told apart.
        path = [str(step) for step in one["loc"]]
        if path and "." in path[0]:
            path.pop(0)
        if path and path[0].isdigit():
            path.pop(0)
        if not path and one["type"] in ("union_tag_invalid", "union_tag_not_found"):
            path = ["version" if "'version'" in one["msg"] else "kind"]
        path = [step if _PLAIN_STEP.fullmatch(step) else "*" for step in path]
        told.append(f"{'.'.join(path) or 'fact'}: {_SAID.get(one['type'], one['msg'])}")
    return "; ".join(told)


def _id_of(original: bytes) -> UUID | None:
    try:
        return UUID(json.loads(original)["id"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _split(whole: bytes) -> list[bytes]:
    """The bytes of each element of a JSON array, as they stand in it."""
    try:
        text = whole.decode()
    except UnicodeDecodeError as error:
        raise NotJson(f"not UTF-8 at byte {error.start}") from None
    decoder, blank = json.JSONDecoder(), " \t\n\r"

    def after_blank(at: int) -> int:
        while at < len(text) and text[at] in blank:
            at += 1
        return at

    try:
        at = after_blank(0)
        if text[at : at + 1] != "[":
            decoder.decode(text)
            raise NotAList("a batch is an array of facts")
        parts: list[bytes] = []
        at = after_blank(at + 1)
        if text[at : at + 1] == "]":
            at += 1
        else:
            while True:
                start = after_blank(at)
                _, at = decoder.raw_decode(text, start)
                parts.append(text[start:at].encode("utf-8", "surrogatepass"))
                at = after_blank(at) + 1
                if text[at - 1 : at] == "]":
                    break
                if text[at - 1 : at] != ",":
                    raise NotJson(f"neither comma nor end of the array at character {at - 1}")
        if after_blank(at) != len(text):
            raise NotJson(f"more after the end of the array at character {at}")
        return parts
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} at character {error.pos}") from None
    except RecursionError:
        raise NotJson(_DEEPEST) from None
