"""People in the vault, and those who look at them, for trials of looks, retention, erasure and the own page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from lianfang.access.matrix import operator
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.app.demo.notices import notices
from lianfang.capabilities.bulletins.facts import TextOrigin
from lianfang.capabilities.bulletins.rules.write import write
from lianfang.capabilities.bulletins.service import notices as bulletins
from lianfang.facts import log
from lianfang.identity import vault
from lianfang.identity.entry import Content
from lianfang.identity.models import Holding, Subject, Tag
from lianfang.identity.terms import classes, due
from lianfang.places.queries import current_gazetteer, subtree_range
from lianfang.sealing.current import keystore

NOON = datetime(2020, 1, 28, 4, tzinfo=UTC)
KUNMING, WUHUA, QUJING = "530100", "530102", "530300"
NAME, NUMBER, PHONE = "欧阳测试", "110101199001010015", "13800009021"


def viewer(role: str, area: str = KUNMING, *, author: str = "", subject: UUID | None = None, post: str = "") -> Viewer:
    """One who wears a role over an area."""
    start, stop = subtree_range(area) if area else ("", "")
    return Viewer(author or f"{role}-1", "desk-1", role, area, start, stop, subject, post)


def person(
    *,
    name: str = NAME,
    number: str = NUMBER,
    phone: str = PHONE,
    id: UUID | None = None,
    kind: str = "person",
    of: UUID | None = None,
    area: str = WUHUA,
    data_class: str = "contact",
    since: date = date(2020, 1, 28),
    ends: date | None = None,
    author: str = "worker-1",
) -> UUID:
    """Enters a person, or an encounter ``of`` one, held for one reason; returns the pseudonym."""
    id = id or log.new_id()
    content = Content(name, "female", date(1990, 1, 1), [("resident_id", "CHN", number)], [phone], "五华区测试路1号")
    with seeing_all():
        key = keystore().make([id])[id]
        sealed = vault.seal_content(key, id, content)
        Subject.objects.create(
            id=id, kind=kind, person=of, entry=id.bytes, sealed=sealed, author=author, entered_at=NOON, updated_at=NOON
        )
        if kind == "person":
            Tag.objects.bulk_create(Tag(tag=tag, subject=id) for tag in vault.tags(vault.index_key(), content))
        hold(id, area=area, data_class=data_class, since=since, ends=ends, author=author)
    return id


def hold(
    subject: UUID,
    *,
    area: str = WUHUA,
    data_class: str = "contact",
    since: date = date(2020, 1, 28),
    ends: date | None = None,
    author: str = "worker-1",
) -> UUID:
    """One more reason for which a person is held."""
    with seeing_all():
        return Holding.objects.create(
            id=uuid4(),
            subject=subject,
            area=area,
            data_class=data_class,
            basis=classes()[data_class].basis,
            author=author,
            since=since,
            ends=ends,
            due=due(data_class, since, ends),
        ).id


def receive_notices() -> None:
    """Appends the demonstration's two notices."""
    written = [write(record, "zh", gazetteer=current_gazetteer()) for record in notices()]
    bulletins.receive(operator(), [(one.record, one.text, TextOrigin.WRITTEN) for one in written], now=NOON)


def held() -> set[UUID]:
    """The pseudonyms that the vault holds."""
    with seeing_all():
        return set(Subject.objects.values_list("id", flat=True))
