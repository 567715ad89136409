"""Which estimates stay: the rest can be made again from the record."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from lianfang.capabilities.warning.models import EstimateRow, SignalRow
from lianfang.capabilities.warning.rules.series_terms import terms


def clear(now: datetime) -> int:
    """Takes away what was estimated longer ago than the terms say; how many. The last of each division and disease
    stays, and the first with an alarm on which a signal stands. Within ``seeing_all``."""
    later = Q(as_of__gt=OuterRef("as_of")) | Q(as_of=OuterRef("as_of"), seq__gt=OuterRef("seq"))
    after = EstimateRow.objects.filter(later, disease=OuterRef("disease"), area=OuterRef("area"))
    old = EstimateRow.objects.filter(Exists(after), computed_at__lt=now - timedelta(terms().kept.days))
    return int(old.exclude(pk__in=_cited()).delete()[0])


def _cited() -> list[tuple[object, ...]]:
    """The first estimates that had each alarm on which a signal stands."""
    codes = [one.code for one in terms().detectors]
    signals = SignalRow.objects.filter(key__in=codes).values_list("disease", "area", "key", "triggers")
    stand = {(disease, area, key, day) for disease, area, key, days in signals for day in days}
    first: dict[tuple[object, ...], tuple[object, ...]] = {}
    some = EstimateRow.objects.exclude(alarms=[]).order_by("computed_at", "as_of", "seq")
    for pk, disease, area, raised in some.values_list("pk", "disease", "area", "alarms").iterator():
        for one in raised:
            first.setdefault((disease, area, one["detector"], one["day"]), pk)
    return [pk for alarm, pk in first.items() if alarm in stand]
