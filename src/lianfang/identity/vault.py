"""How what is told of a person lies in the vault: sealed under the person's own key, found by blind indexes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from lianfang.access import security
from lianfang.accounts.words import Told
from lianfang.identity.documents import plain, plain_name, plain_phone
from lianfang.identity.entry import Content, Entry
from lianfang.identity.models import Attachment, Subject, Text
from lianfang.sealing.box import Unreadable, blind, seal, unseal
from lianfang.sealing.current import keystore

INDEX_KEY = "index"
TAG_BYTES = 16  # 128 bits: no two of a whole country's values meet


class Altered(Told):
    """What is held of somebody cannot be opened: nothing of it is shown."""

    def __init__(self, id: UUID) -> None:
        super().__init__(
            f"{id}的资料已被改动或不完整，无法打开：请从最近的备份恢复",
            f"what is held of {id} was altered or cut short and cannot be opened: put it back from the last backup",
        )


class KeyMissing(Told):
    """The key of somebody is not in the key store, and was not erased: the key store is older than the database."""

    def __init__(self, id: UUID) -> None:
        super().__init__(
            f"{id}的密钥不在密钥库中，也没有删除记录：请停止服务，放回最新的密钥库",
            f"the key of {id} is not in the key store and was not erased: stop the service and put back the newest key "
            "store",
        )


class Opened(NamedTuple):
    """A subject's row and what was sealed in it."""

    row: Subject
    content: Content


class Opening(NamedTuple):
    """What of some rows could be opened. Rows whose key was erased are in neither: nobody is there any more. A key that
    is missing and was not erased makes its row unreadable."""

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
        held = keystore().get([row.id for row in found])
    except Unreadable:
        held = _one_by_one(found, opening.unreadable)
    for row in found:
        if key := held.get(row.id):
            try:
                opening.opened.append(Opened(row, open_content(key, row.id, bytes(row.sealed))))
            except Unreadable:
                opening.unreadable.append(row.id)
    absent = {row.id for row in found} - held.keys() - set(opening.unreadable)
    opening.unreadable.extend(lost(absent))
    return opening


def unreadable(id: UUID) -> Altered | KeyMissing:
    """Why what is held of somebody cannot be opened."""
    try:
        return Altered(id) if keystore().get([id]) else KeyMissing(id)
    except Unreadable:
        return Altered(id)


def keys(ids: Collection[UUID]) -> dict[UUID, bytes]:
    """The keys of those ids that were not erased. Raises KeyMissing."""
    found = keystore().get(ids)
    if missing := lost(set(ids) - found.keys()):
        raise KeyMissing(missing[0])
    return found


def lost(ids: Collection[UUID]) -> list[UUID]:
    """Those of ids without a key whose key was not erased; the security log tells of them."""
    if not ids:
        return []
    missing = sorted(set(ids) - keystore().erased(ids))
    if missing:
        security.log("keys_missing", outcome="alert", people=missing, number=len(missing))
    return missing


def seal_text(key: bytes, id: UUID, text: str) -> bytes:
    """A text about a subject, sealed under the subject's key; ``id`` is the text's."""
    return seal(key, text.encode(), b"text\0" + id.bytes)


def open_text(key: bytes, row: Text) -> str:
    """What was sealed. Raises Unreadable."""
    return unseal(key, bytes(row.sealed), b"text\0" + row.id.bytes).decode()


def attachment_key(id: UUID) -> UUID:
    """Under which id the key of a photograph is kept. Senders choose the ids of photographs, and of persons: nobody may
    choose one whose key is another's."""
    return UUID(bytes=blind(index_key(), "attachment", str(id))[:16])


def seal_attachment(key: bytes, id: UUID, content: bytes) -> bytes:
    """The bytes of a photograph, sealed under the key that ``attachment_key`` names; ``id`` is the photograph's."""
    return seal(key, content, b"attachment\0" + id.bytes)


def open_attachment(key: bytes, row: Attachment) -> bytes:
    """What was sealed. Raises Unreadable."""
    return unseal(key, bytes(row.sealed), b"attachment\0" + row.id.bytes)


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
    found: dict[UUID, bytes] = {}
    for row in rows:
        try:
            found |= keystore().get([row.id])
        except Unreadable:
            unreadable.append(row.id)
    return found


def _subject(id: UUID) -> bytes:
    return b"subject\0" + id.bytes
