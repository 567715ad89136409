"""What was sent: a batch told apart into facts that can be appended and what must be set aside, before any lock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache, partial
from itertools import repeat
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from lianfang.facts import copying
from lianfang.facts.ahead import Ahead
from lianfang.facts.fact import Fact, TextClass, canonical, signed
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

May = Callable[[Sequence[Fact]], Sequence[str | None]]
"""Whether the sender may append each of some facts: None, or why not."""


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
    """A fact that may be appended, with the canonical bytes that will stand for it, and ``own`` of its row."""

    index: int
    id: UUID
    kind: str
    own: bytes
    body: bytes
    fact: Fact | None
    """With whose it is, upcast; None where it came from another process."""

    def read(self) -> Fact:
        """The fact, as it is read back."""
        return self.fact or registry().read(self.body)


class Aside(NamedTuple):
    """A fact that may not be appended, why, and its bytes as they came."""

    index: int
    id: UUID | None
    reason: str
    original: bytes


class Sent:
    """A batch, told apart. ``parts`` gives the bytes of each element as it came; ``area`` is where its sender is at
    work. What one process told apart another can append: facts are sent there as their canonical bytes alone."""

    def __init__(
        self, principal: Principal, parts: Callable[[], Sequence[bytes]], *, may: May | None = None, area: str = ""
    ) -> None:
        if not all(_SIGNER.fullmatch(code) for code in principal):
            raise ValueError(f"{principal}: an author and a device are codes of at most 64 letters, digits and .-_")
        self.principal, self.area = principal, area
        self._told, self._may, self._texts = parts, may, registry().texts
        self.ready: list[Item] = []
        self.asides: list[Aside] = []
        self.ahead: Ahead | None = None
        """What registers made of it, perhaps with other batches."""

    def take(self, told: Sequence[tuple[int, Fact]]) -> None:
        """Adds valid facts by their index; sets aside what is not the sender's to send, has no canonical bytes, or
        holds personal data."""
        refusals = self._may([fact for _, fact in told]) if self._may else repeat(None, len(told))
        for (index, fact), refusal in zip(told, refusals, strict=True):
            try:
                self.ready.append(self._item(index, fact, refusal))
            except ValueError as error:
                self.set_aside(index, str(error))

    def set_aside(self, index: int, reason: str) -> None:
        """Notes that what stands at ``index`` cannot be appended, and why."""
        original = self.parts[index]
        self.asides.append(Aside(index, _id_of(original), reason, original))

    def original(self, item: Item) -> bytes:
        """The bytes of an item as they came."""
        return self.parts[item.index]

    def _item(self, index: int, fact: Fact, refusal: str | None) -> Item:
        author, device = self.principal
        if fact.author and fact.author != author:
            raise ValueError("author: is another than who is signed in")
        if refusal is not None:
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
        upcast = registry().upcast(signed(fact, author, device))
        return Item(index, fact.id, fact.kind, copying.own(fact, author, device), body, upcast)

    @cached_property
    def parts(self) -> Sequence[bytes]:
        """The bytes of each element as it came."""
        return self._told()

    def __getstate__(self) -> dict[str, Any]:
        ready = [(item.index, item.id.bytes, item.kind, item.own, item.body) for item in self.ready]
        return {
            "principal": self.principal, "area": self.area, "_told": self._told, "ready": ready, "asides": self.asides
        }  # fmt: skip

    def __setstate__(self, state: dict[str, Any]) -> None:
        ready = [Item(index, UUID(bytes=id), kind, own, body, None) for index, id, kind, own, body in state["ready"]]
        self.__dict__.update(state, ready=ready, ahead=None)

    @cached_property
    def size(self) -> int:
        """Bytes that the log will keep of it."""
        return sum(len(item.body) for item in self.ready) + sum(len(aside.original) for aside in self.asides)


@lru_cache(4096)
def _refuse_number(name: str, code: str) -> None:
    """Raises ``ValueError`` where a code of the envelope is a person's number: that one is not kept here."""
    if number := is_number(code):
        raise ValueError(_has(name, {number}))


def personal_data(texts: Iterable[Held]) -> str:
    """Which texts of a fact hold which personal data, never the data themselves; empty where none does."""
    told: list[str] = []
    for path, of, text in texts:
        clean = _clean_codes if of is TextClass.CODE else _clean
        if text in clean:
            continue
        if of is TextClass.CODE:
            number = is_number(text)
            found = {number} if number else set()
        else:
            found = {hit.of for hit in search(text)} if len(text) >= _SHORTEST else set()
        if found:
            told.append(_has(path, found))
            if len(told) == REASONS:
                break
        elif len(text) <= _SHORT:
            if len(clean) >= _MOST_CLEAN:
                clean.clear()
            clean.add(text)
    return "; ".join(told)


_SHORT, _MOST_CLEAN = 64, 20_000
_clean, _clean_codes = set[str](), set[str]()
"""Short texts, and codes, in which nothing personal was found: those that come again and again are searched once."""


def _has(path: str, found: set[Personal]) -> str:
    """The reason in one line, in both languages, with the classes by their codes."""
    classes = sorted(found)
    zh, en = "、".join(TITLES[one][0] for one in classes), " and ".join(TITLES[one][1] for one in classes)
    return f"{path}: holds {en} / 含{zh} [{' '.join(classes)}]"


def from_facts(batch: Sequence[Fact | bytes], principal: Principal, *, may: May | None = None, area: str = "") -> Sent:
    """A batch made in this process: facts, or the JSON of one fact each."""
    _refuse_too_many(len(batch))

    def parts() -> list[bytes]:
        return [
            one if isinstance(one, bytes) else one.model_dump_json(exclude_computed_fields=True).encode()
            for one in batch
        ]

    return _each(Sent(principal, parts, may=may, area=area), batch)


def from_json(whole: bytes, principal: Principal, *, may: May | None = None, area: str = "") -> Sent:
    """A batch that came as a JSON array. Raises ``Refused`` where the bytes are none, or too many."""
    if len(whole) > LARGEST_BODY:
        raise TooLarge(f"{len(whole)} bytes, and a batch has at most {LARGEST_BODY}")
    sent = Sent(principal, partial(_split, whole), may=may, area=area)
    try:
        facts = registry().many.validate_json(whole)
    except ValueError:  # something is wrong somewhere: one at a time
        _refuse_too_many(len(sent.parts))
        return _each(sent, sent.parts)
    _refuse_too_many(len(facts))
    sent.take(list(enumerate(facts)))
    return sent


def _refuse_too_many(facts: int) -> None:
    if facts > LARGEST_BATCH:
        raise TooLarge(f"{facts} facts, and a batch has at most {LARGEST_BATCH}")


def _each(sent: Sent, batch: Sequence[Fact | bytes]) -> Sent:
    """The batch with each fact, or the JSON of it, told apart by itself."""
    told = []
    for index, one in enumerate(batch):
        try:
            told.append((index, registry().one.validate_json(one) if isinstance(one, bytes) else _known(one)))
        except ValidationError as error:
            sent.set_aside(index, _reason(error))
        except ValueError as error:
            sent.set_aside(index, str(error))
    sent.take(told)
    sent.asides.sort(key=lambda aside: aside.index)
    return sent


def _known(fact: Fact) -> Fact:
    if type(fact.data) is not registry().classes.get((fact.kind, fact.version)):
        raise ValueError(f"kind: {fact.kind} {fact.version} is not a kind of {type(fact.data).__name__}")
    return fact


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
