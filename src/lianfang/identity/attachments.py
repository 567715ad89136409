"""The only door for photographs: kept sealed in the vault, each under a key of its own, looked at on record.

A photograph is of a thing (``about``: an inspection, a household) and of nobody; the record of facts has at most its
id. It goes with its class of data, by the terms of the policy.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from pydantic import BaseModel, ConfigDict, Field

from lianfang.access import security
from lianfang.access.matrix import can, data_classes, require_over
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import Changed, NotThere, Refused, Wrong, no_area
from lianfang.facts.lock import locked
from lianfang.identity import erasure, looks, terms, vault
from lianfang.identity.areas import known_areas
from lianfang.identity.attachments_content import NoPicture, Picture, read
from lianfang.identity.facts import Act
from lianfang.identity.models import Attachment
from lianfang.identity.service import allowed
from lianfang.sealing.box import Unreadable
from lianfang.sealing.current import keystore
from lianfang.sealing.keystore import Erased

ADD, SEE, REMOVE = "attachments.add", "attachments.see", "attachments.remove"
PHOTOGRAPH = "photograph"
"""As what a look at one is on record, in the place of a class of fields."""
MOST: Final = 100
"""Photographs of one thing that are listed."""


class _Photographs(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: tuple[str, ...]
    bytes: Annotated[int, Field(ge=1)]
    side_px: Annotated[int, Field(ge=1)]
    profile_bytes: Annotated[int, Field(ge=0)]
    source: str


class Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date
    photographs: _Photographs


@cache
def policy() -> Policy:
    """The packaged policy."""
    return Policy.model_validate(tomllib.loads((files(__package__) / "policy" / "attachments.toml").read_text("utf-8")))


class Kept(NamedTuple):
    """What a list tells of a photograph; ``due`` is the day on which it is erased."""

    id: UUID
    about: UUID
    area: str
    data_class: str
    media_type: str
    at: datetime
    due: date


class Opened(NamedTuple):
    media_type: str
    content: bytes


def add(
    viewer: Viewer, id: UUID, content: bytes, *, about: UUID, area: str, data_class: str, now: datetime
) -> date:  # fmt: skip
    """Keeps a photograph of a thing in a division; the same again under its id changes nothing. Returns the day on
    which it is erased. Raises Forbidden, Refused; Changed for an id that another has, or one that was erased."""
    require_over(viewer, ADD, area)
    picture = _checked(viewer, content, area, data_class)
    with seeing(viewer, ADD):
        locked(id)
        if held := Attachment.objects.filter(id=id).first():
            if _of(held) != (about, area, data_class, viewer.author) or _open(held) != content:
                raise _taken()
            return held.due
        try:
            its = vault.attachment_key(id)
            key = keystore().make([its])[its]
        except Erased:
            raise Changed(
                "这张照片已删除，不再接收：请重新拍照",
                "this photograph was erased and is not taken again: take a new one",
            ) from None
        row = Attachment(
            id=id, about=about, area=area, data_class=data_class, media_type=picture.media_type, author=viewer.author,
            at=now, due=terms.due(data_class, localdate(now), None), sealed=vault.seal_attachment(key, id, content),
        )  # fmt: skip
        if not _inserted(row):
            raise _taken()
    security.log("attachment_kept", viewer=viewer, attachment=id, about=about, kept_in=area, bytes=len(content))
    return row.due


def listed(viewer: Viewer, about: UUID) -> list[Kept]:
    """The photographs of a thing that the viewer may see, in the order in which they came. Raises Forbidden."""
    with seeing(viewer, SEE):
        rows = _seen(viewer, SEE, Attachment.objects.filter(about=about)).order_by("at", "id")[:MOST]
        return [Kept(*values) for values in rows.values_list(*Kept._fields)]


def refuse_unknown(viewer: Viewer, id: UUID, *, about: UUID) -> None:
    """Raises Refused for the id of a photograph that is none of this thing, or is not the viewer's to show."""
    with seeing(viewer, ADD):
        if can(viewer, ADD) and _seen(viewer, ADD, Attachment.objects.filter(id=id, about=about)).exists():
            return
    zh, en = "没有这张照片：请先上传，再登记", "is no photograph of this: add it first"
    raise Refused([Wrong("photo", "unknown_photo", zh, en)])


def opened(viewer: Viewer, id: UUID, *, purpose: str, now: datetime) -> Opened:
    """A photograph; the look is on record before it is given. Raises NotThere, Forbidden, NotYourPurpose,
    vault.Altered, vault.KeyMissing."""
    allowed(viewer, purpose)
    with seeing(viewer, SEE):
        row = _seen(viewer, SEE, Attachment.objects.filter(id=id)).first()
        if row is None:
            raise NotThere
        content = _open(row)
    looks.record(viewer, [vault.attachment_key(id)], [PHOTOGRAPH], Act.DISPLAY, purpose, now=now)
    return Opened(row.media_type, content)


def remove(viewer: Viewer, id: UUID, *, now: datetime) -> None:
    """Erases a photograph before its day: one that shows what it should not. Raises NotThere, Forbidden."""
    with seeing(viewer, REMOVE):
        if not _seen(viewer, REMOVE, Attachment.objects.filter(id=id)).exists():
            raise NotThere
    with erasure.erasing():
        erasure.erase_attachments([id], now)
    security.log("attachment_erased", viewer=viewer, outcome="alert", attachment=id)


def _checked(viewer: Viewer, content: bytes, area: str, data_class: str) -> Picture:
    wrong = [] if known_areas()(area) else [no_area()]
    classes = sorted(data_classes(viewer, ADD) & set(policy().photographs.classes))
    if data_class not in classes:
        its = ", ".join(classes)
        wrong.append(Wrong("data_class", "unknown_class", f"可用：{its}", f"is none of yours; there are: {its}"))
    found = _picture(content)
    if isinstance(found, Wrong):
        wrong.append(found)
    if wrong or isinstance(found, Wrong):
        raise Refused(wrong)
    return found


def _picture(content: bytes) -> Picture | Wrong:
    """What a photograph is, or what is wrong with it."""
    limits = policy().photographs
    if len(content) > limits.bytes:
        most = f"{limits.bytes // 1_000} kB"
        zh, en = f"照片不得超过{most}：请缩小后再上传", f"has more than {most}: send it smaller"
        return Wrong("content", "too_large", zh, en)
    try:
        found = read(content)
    except NoPicture as error:
        return Wrong("content", error.reason, *_WORDS[error.reason])
    if max(found.width, found.height) > limits.side_px:
        side = limits.side_px
        zh, en = f"照片长边不得超过{side}像素：请缩小", f"is longer than {side} pixels on a side: send it smaller"
        return Wrong("content", "too_wide", zh, en)
    if found.profile_bytes > limits.profile_bytes:
        return Wrong("content", "metadata", *_WORDS["metadata"])
    return found


_WORDS: Final = {
    "not_a_picture": (
        "不是完整的JPEG、PNG或WebP照片：请重新拍照或选择",
        "is no whole photograph in JPEG, PNG or WebP: take or choose another",
    ),
    "metadata": (
        "照片带有拍摄地点、说明等附加信息：请用联防的页面上传（会自动去除），或先去除",
        "holds more than the picture (place, comments or the like): send it by Lianfang's pages, which leave it out, "
        "or remove it first",
    ),
}


def _seen(viewer: Viewer, action: str, rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
    rows = rows.filter(data_class__in=data_classes(viewer, action))
    return visible(viewer, action, rows, own=Q(author__in=own_work(viewer).authors))


def _of(row: Attachment) -> tuple[UUID, str, str, str]:
    return row.about, row.area, row.data_class, row.author


def _open(row: Attachment) -> bytes:
    """What was sealed. Raises NotThere where the key was erased a moment ago, vault.Altered, vault.KeyMissing."""
    its = vault.attachment_key(row.id)
    try:
        if key := keystore().get([its]).get(its):
            return vault.open_attachment(key, row)
    except Unreadable:
        raise vault.Altered(row.id) from None
    if vault.lost([its]):
        raise vault.KeyMissing(row.id)
    raise NotThere


def _inserted(row: Attachment) -> bool:
    """Whether the row is in now: not where another division has one of the id, which the viewer does not see."""
    Attachment.objects.bulk_create([row], ignore_conflicts=True)
    return Attachment.objects.filter(id=row.id).exists()


def _taken() -> Changed:
    return Changed("这个编号已用于另一张照片：请换一个编号", "this id is another photograph's: choose another")
