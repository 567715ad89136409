"""How what is told of a person lies in the vault: sealed under the person's own key, found by blind indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from lianfang.identity.documents import plain, plain_name, plain_phone
from lianfang.identity.entry import Content, Entry
from lianfang.identity.models import Subject, Text
from lianfang.sealing.box import Unreadable, blind, seal, unseal
from lianfang.sealing.current import keystore
from lianfang.sealing.errors import SealingError

INDEX_KEY = "index"
TAG_BYTES = 16  # 128 bits: no two of a whole country's values meet


class Altered(SealingError):
    """What is held of somebody cannot be opened: nothing of it is shown."""

    def __init__(self, id: UUID) -> None:
        super().__init__(
            f"what is held of {id} was altered or cut short and cannot be opened: put it back from the last backup"
        )
        self.id = id


class Opened(NamedTuple):
    """A subject's row and what was sealed in it."""

    row: Subject
    content: Content


class Opening(NamedTuple):
    """What of some rows could be opened. Rows whose key was erased are in neither: nobody is there any more."""

    opened: list[Opened]
    unreadable: list[UUID]


def seal_content(key: bytes, id: UUID, content: Content) -> bytes:
    """The content, sealed for this subject."""
    return seal(key, orjson.dumps(_fields(content)), _subject(id))


def open_content(key: bytes, id: UUID, sealed: bytes) -> Content:
    """What was sealed for this subject. Raises Unreadable."""
    return _content(unseal(key, sealed, _subject(id)))


def open_subjects(rows: Iterable[Subject]) -> Opening:
    """Opens rows. One that was altered, cut short or moved shows nothing and is named."""
    found = list(rows)
    opening = Opening([], [])
    try:
        keys = keystore().get([row.id for row in found])
    except Unreadable:
        keys = _one_by_one(found, opening.unreadable)
    for row in found:
        if key := keys.get(row.id):
            try:
                opening.opened.append(Opened(row, open_content(key, row.id, bytes(row.sealed))))
            except Unreadable:
                opening.unreadable.append(row.id)
    return opening


def seal_text(key: bytes, id: UUID, text: str) -> bytes:
    """A text about a subject, sealed under the subject's key; ``id`` is the text's."""
    return seal(key, text.encode(), b"text\0" + id.bytes)


def open_text(key: bytes, row: Text) -> str:
    """What was sealed. Raises Unreadable."""
    return unseal(key, bytes(row.sealed), b"text\0" + row.id.bytes).decode()


def tags(index: bytes, content: Content) -> list[bytes]:
    """The blind indexes by which a person is found. Numbers of a content are in their plain form already."""
    found = [_tag(index, "document", number) for _, _, number in content.documents]
    found += [_tag(index, "phone", phone) for phone in content.phones]
    if content.birth_date:
        found.append(name_tag(index, content.name, content.birth_date))
    return list(dict.fromkeys(found))


def document_tag(index: bytes, number: str) -> bytes:
    return _tag(index, "document", plain(number))


def phone_tag(index: bytes, number: str) -> bytes:
    return _tag(index, "phone", plain_phone(number))


def name_tag(index: bytes, name: str, birth_date: date) -> bytes:
    return _tag(index, "name", f"{birth_date}\0{plain_name(name)}")


def entry_tag(index: bytes, entry: Entry) -> bytes:
    """The blind index of all that was sent of somebody. An encounter's holds its id: no two encounters have one."""
    of = entry.id if entry.kind == "encounter" else None
    told = orjson.dumps([entry.kind, of, entry.person, _fields(entry.content), list(entry.held)])
    return _tag(index, "entry", told.decode())


def _tag(index: bytes, field: str, value: str) -> bytes:
    return blind(index, field, value)[:TAG_BYTES]


def index_key() -> bytes:
    """The key of the blind indexes."""
    return keystore().named(INDEX_KEY)


def _fields(content: Content) -> dict[str, Any]:
    return {
        "name": content.name,
        "sex": content.sex,
        "birth_date": content.birth_date,
        "documents": content.documents,
        "phones": content.phones,
        "address": content.address,
    }


def _content(plain: bytes) -> Content:
    fields: Mapping[str, Any] = orjson.loads(plain)
    born = fields["birth_date"]
    papers: Sequence[Sequence[str]] = fields["documents"]
    return Content(
        fields["name"],
        fields["sex"],
        date.fromisoformat(born) if born else None,
        [(kind, country, number) for kind, country, number in papers],
        fields["phones"],
        fields["address"],
    )


def _one_by_one(rows: Iterable[Subject], unreadable: list[UUID]) -> dict[UUID, bytes]:
    keys: dict[UUID, bytes] = {}
    for row in rows:
        try:
            keys |= keystore().get([row.id])
        except Unreadable:
            unreadable.append(row.id)
    return keys


def _subject(id: UUID) -> bytes:
    return b"subject\0" + id.bytes
