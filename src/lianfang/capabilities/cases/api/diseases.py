"""The diseases for the screens: editions, items, terms, slots."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from lianfang.capabilities.cases.api.forms import CaseCodeOut
from lianfang.capabilities.cases.queries import OWN_GROUPS, titles
from lianfang.facts.shape import Schema
from lianfang.profiles.disease import groups, profiles, terms

router = Router()


class DiseasesOut(Schema):
    """``diseases`` are the profiles as they are; ``terms`` every group of codes with their titles."""

    diseases: list[dict[str, Any]]
    terms: dict[str, list[CaseCodeOut]]


@router.get("/diseases", response=DiseasesOut, operation_id="diseases")
def diseases(request: HttpRequest) -> DiseasesOut:
    """Every disease with the editions of its rules and its words, and the dictionary of codes."""
    words = {group: [CaseCodeOut(code=one.code, zh=one.zh, en=one.en) for one in terms(group)] for group in groups()}
    words |= {
        group: [CaseCodeOut(code=code, zh=zh, en=en) for code, (zh, en) in titles(group).items()]
        for group in OWN_GROUPS
    }
    return DiseasesOut(diseases=[one.model_dump(mode="json") for one in profiles()], terms=words)
