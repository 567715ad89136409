"""Whose patient a case is."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.capabilities.tasks.models import TaskRow

BED_RULES: Final = ("case.admit", "case.designate")
"""What a hospital is asked for: a bed, and to take over from one that is not designated."""


def own(viewer: Viewer) -> Q:
    """Which cases are the viewer's own work: those that the viewer, or the viewer's post, has reported, and those for
    which either was asked for a bed. They stay one's own once the patient was admitted; asked of another instead, they
    are that one's. Whoever may not give tasks out cannot ask it of himself: such a fact is set aside."""
    authors = own_work(viewer).authors
    asked = TaskRow.objects.filter(rule__in=BED_RULES, slot="", assignee__in=authors)
    return Q(author__in=authors) | Q(subject__in=asked.values("of"))
