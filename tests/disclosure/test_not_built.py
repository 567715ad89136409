"""What is not built, on purpose: penalties, scores, political attributes, labels of origin, trails of people.

Every name of a field is looked at: of every kind of fact, every table, every request and answer of the interface,
every action, class and purpose of the table of permissions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from pydantic import BaseModel

from lianfang.access import matrix
from lianfang.app.api import api
from lianfang.facts.kinds import registry
from lianfang.identity import terms

WORDS = {
    "a penalty": "penalty penalties punish punished punishment sanction sanctions fine fined blacklist offence merit"
    " demerit",
    "a score": "score scores scored rating ratings ranking credit credits grade points"
    " colour_code health_code risk_level",
    "a political attribute": "political politics party member_of_party ideology opinion rumour rumours loyalty",
    "a label of origin": "ethnic ethnicity ethnicities race racial nationality religion religious tribe minority hukou",
    "a trail": "trail trails track tracks trajectory latitude longitude lat lon lng gps"
    " geolocation coordinates whereabouts",
    "a body's mark": "biometric biometrics face fingerprint iris voiceprint",
}
CHINESE = {
    "a penalty": "处罚|惩|处分|罚款|黑名单|问责",
    "a score": "评分|积分|打分|信用|健康码|红码|黄码",
    "a political attribute": "政治面貌|党员|党派|谣言",
    "a label of origin": "民族|种族|国籍|宗教|籍贯",
    "a trail": "轨迹|定位|经纬度",
    "a body's mark": "人脸|指纹|虹膜",
}
# Names that hold a word and mean something else.
MEANT_OTHERWISE = {
    "coordinates": "the boundary of a division",
    "points": "the points of a curve of numbers",
}


def tokens(name: str) -> set[str]:
    """The words of a name, singly and in pairs: ``healthCode`` and ``health_code`` hold ``health_code``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    parts = [part for part in re.split(r"[^a-z0-9]+", words) if part]
    return {*parts, *(f"{a}_{b}" for a, b in pairwise(parts))}


def found_in(name: str) -> str | None:
    """Which of the things that are not built a name stands for."""
    own = tokens(name)
    return next((thing for thing, words in WORDS.items() if own & set(words.split())), None) or next(
        (thing for thing, words in CHINESE.items() if re.search(words, name)), None
    )


def fields_of_facts() -> Iterator[str]:
    for cls in registry().classes.values():
        yield cls.kind
        left: list[Any] = [cls]
        seen: set[Any] = set()
        while left:
            model = left.pop()
            if isinstance(model, type) and issubclass(model, BaseModel):
                if model not in seen:
                    seen.add(model)
                    for name, field in model.model_fields.items():
                        yield f"{cls.kind}: {name}"
                        left.append(field.annotation)
            else:
                left += getattr(model, "__args__", ())


def fields_of_tables() -> Iterator[str]:
    for model in apps.get_models():
        if model.__module__.startswith("lianfang."):
            yield model._meta.db_table
            yield from (f"{model._meta.db_table}.{field.name}" for field in model._meta.get_fields())


def fields_of_the_interface() -> Iterator[str]:
    schema = api.get_openapi_schema()
    left: list[Any] = [schema["components"], schema["paths"]]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            if isinstance(part.get("properties"), dict):
                yield from part["properties"]
            if isinstance(part.get("name"), str) and "in" in part:
                yield part["name"]
            left += part.values()
        elif isinstance(part, list):
            left += part
    yield from schema["paths"]


def words_of_the_permissions() -> Iterator[str]:
    table = matrix.matrix()
    for titled in (table.actions, table.field_classes, table.data_classes, table.purposes, table.roles):
        for name, titles in titled.items():
            yield from (name, titles.zh, titles.en) if hasattr(titles, "zh") else (name,)
    for name, one in terms.classes().items():
        yield from (name, one.zh, one.en)


SOURCES = (fields_of_facts, fields_of_tables, fields_of_the_interface, words_of_the_permissions)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_nothing_punishes_scores_labels_or_follows_anybody(source: Any) -> None:
    names = set(source())
    assert len(names) > 20
    found = {name: thing for name in names if (thing := found_in(name)) and name not in MEANT_OTHERWISE}
    assert not found


@pytest.mark.parametrize(
    "name",
    [
        "penalty",
        "riskScore",
        "party",
        "person.ethnicity",
        "gps",
        "home_lat",
        "healthCode",
        "health_code",
        "健康码",
        "政治面貌",
    ],
)
def test_such_a_field_would_be_found(name: str) -> None:
    assert found_in(name)


@pytest.mark.parametrize("name", ["defined", "latest", "longest", "tracing", "case", "country", "status", "department"])
def test_other_names_are_left_alone(name: str) -> None:
    assert found_in(name) is None
