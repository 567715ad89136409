"""Who of many that are about to be entered is held already: by document, or by name and birth date. Shows nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from lianfang.access.matrix import data_classes
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.facts.log import binary_cursor
from lianfang.identity import vault
from lianfang.identity.entry import Content
from lianfang.identity.models import Holding, Subject
from lianfang.identity.service import entered_by

_TAGGED = "SELECT tag, subject FROM identity_tag WHERE tag = ANY (%b)"


def tags(index: bytes, content: Content) -> list[bytes]:
    """What one person alone has: the documents, else the name with the birth date. A phone may be a family's."""
    found = [vault.document_tag(index, number) for _, _, number in content.documents]
    if not found and content.birth_date:
        found.append(vault.name_tag(index, content.name, content.birth_date))
    return found


def held(viewer: Viewer, contents: Mapping[int, Content]) -> dict[int, UUID]:
    """The pseudonym that stands for each of the contents whose person is held where the viewer enters people."""
    index = vault.index_key()
    wanted = {key: tags(index, content) for key, content in contents.items()}
    asked = list({tag for its in wanted.values() for tag in its})
    if not asked:
        return {}
    action = "people.enter"
    with seeing(viewer, action):
        with binary_cursor() as cursor:
            rows = cursor.execute(_TAGGED, [asked]).fetchall()
        by_tag: dict[bytes, list[UUID]] = defaultdict(list)
        for tag, subject in rows:
            by_tag[bytes(tag)].append(subject)
        seen = _seen(viewer, action, [subject for _, subject in rows])
    found = {}
    for key, its in wanted.items():
        theirs = {seen[one] for tag in its for one in by_tag.get(tag, ()) if one in seen}
        if len(theirs) == 1:
            found[key] = theirs.pop()
    return found


def _seen(viewer: Viewer, action: str, subjects: Sequence[UUID]) -> dict[UUID, UUID]:
    """Those whom the viewer's action reaches, each with the pseudonym that stands for it."""
    rows = Holding.objects.filter(subject__in=subjects, data_class__in=data_classes(viewer, action))
    reached = set(visible(viewer, action, rows, own=entered_by(viewer)).values_list("subject", flat=True))
    merged = dict(Subject.objects.filter(id__in=reached).values_list("id", "merged_into"))
    return {one: merged.get(one) or one for one in reached}
