"""The words that somebody left about a person in asking for something, for whoever answers it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianfang.access.matrix import Sight, fields
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.identity import looks, vault
from lianfang.identity.facts import Act
from lianfang.identity.models import Text
from lianfang.identity.refusals import NoPerson
from lianfang.identity.service import TEXT_CLASSES, allowed
from lianfang.sealing.box import Unreadable


def opened(viewer: Viewer, action: str, id: UUID, *, purpose: str, now: datetime) -> str:
    """One text of the divisions of an action that lets the viewer have it; the look is on record before it is given.
    Counselling is given to those alone who are shown that class.

    Raises NoPerson, Forbidden, NotYourPurpose, vault.Altered.
    """
    allowed(viewer, purpose)
    with seeing(viewer, action):
        row = visible(viewer, action, Text.objects.filter(id=id, text_class__in=list(TEXT_CLASSES))).first()
        if row is None or (
            row.text_class == "counselling" and fields(viewer, action).get("counselling") is not Sight.FULL
        ):
            raise NoPerson
        key = vault.keys([row.subject]).get(row.subject)
        if key is None:
            raise NoPerson
        try:
            words = vault.open_text(key, row)
        except Unreadable:
            raise vault.Altered(row.id) from None
    looks.record(viewer, [row.subject], [TEXT_CLASSES[row.text_class]], Act.DISPLAY, purpose, now=now)
    return words
