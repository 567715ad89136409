"""Where care is given: hospitals of every level, and fever clinics as the public is told of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from lianfang.access.rows import in_range, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.models import HospitalRow
from lianfang.capabilities.gates.facts import PostKind
from lianfang.capabilities.gates.models import PostRow


class Facility(NamedTuple):
    id: UUID
    area: str
    zh: str
    en: str
    level: str
    """Of a hospital; ``fever_clinic`` of a clinic that the public is told of."""
    designated: bool


def facility(viewer: Viewer, action: str, id: UUID) -> Facility:
    """A facility that an action of the viewer's reaches; within ``seeing``. Raises NotThere."""
    post = visible(viewer, action, PostRow.objects.filter(subject=id, kind_of=PostKind.CLINIC)).first()
    hospital = None if post else visible(viewer, action, HospitalRow.objects.filter(subject=id)).first()
    if post is not None:
        return _of_post(post)
    if hospital is None:
        raise NotThere
    return _of_hospital(hospital)


def facilities(viewer: Viewer) -> list[Facility]:
    """All facilities of the viewer's divisions that are not closed; within ``seeing``."""
    hospitals = in_range(viewer, HospitalRow.objects.filter(closed__isnull=True)).order_by("area", "code", "subject")
    posts = in_range(viewer, PostRow.objects.filter(kind_of=PostKind.CLINIC, closed__isnull=True))
    return [
        *map(_of_hospital, hospitals),
        *map(_of_post, posts.order_by("area", "name", "subject")),
    ]  # fmt: skip


def named(viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, Facility]:
    """Facilities by their ids, wherever they lie: which there are is no secret."""
    with seeing_all():
        hospitals = list(HospitalRow.objects.filter(subject__in=list(ids)))
        posts = list(PostRow.objects.filter(subject__in=list(ids), kind_of=PostKind.CLINIC))
    return {one.id: one for one in (*map(_of_hospital, hospitals), *map(_of_post, posts))}


def _of_hospital(row: HospitalRow) -> Facility:
    return Facility(row.subject, row.area, row.zh, row.en or row.zh, row.level, row.designated)


def _of_post(row: PostRow) -> Facility:
    return Facility(row.subject, row.area, row.name, row.name, "fever_clinic", False)
