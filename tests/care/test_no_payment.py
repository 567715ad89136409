"""Nothing on the way into care asks who pays: no kind of fact, no route and no register has a word of it."""

from __future__ import annotations

import json
import re
from typing import Any

from django.apps import apps

from lianfang.app.api import api
from lianfang.facts.kinds import registry

PAYS = re.compile(
    r"pay|paid|fee\b|fees|price|cost|charge(?!d|s)|insur|deposit|bill|money|refund|yuan|费用|缴费|医保|押金|收费", re.I
)
WAY_IN = re.compile(
    r"^/api/v1/(triage|referrals|facilities|hospitals|beds|transfers|waiting|experts|consultations|care)"
)


def names(shape: Any) -> set[str]:
    """The names of the fields of a schema, however deep."""
    if isinstance(shape, list):
        return {name for one in shape for name in names(one)}
    if not isinstance(shape, dict):
        return set()
    own = set(shape.get("properties", {}))
    return own | {name for one in shape.values() for name in names(one)}


def test_cas_09_no_kind_of_care_has_a_field_of_payment() -> None:
    found = [cls for cls in registry().classes.values() if ".capabilities.care." in cls.__module__]
    assert len(found) > 20
    wrong = {cls.kind: [name for name in names(cls.model_json_schema()) if PAYS.search(name)] for cls in found}
    assert {kind: fields for kind, fields in wrong.items() if fields} == {}


def test_cas_09_no_route_into_care_asks_for_payment() -> None:
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    shapes = schema["components"]["schemas"]
    seen, wrong = 0, set()
    for path, methods in schema["paths"].items():
        if not WAY_IN.search(path):
            continue
        seen += 1
        refs = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(methods)))
        fields = names([shapes[one] for one in refs]) | {
            one["name"] for its in methods.values() for one in its.get("parameters", ())
        }
        wrong |= {f"{path}: {name}" for name in fields if PAYS.search(name)}
    assert seen > 15
    assert wrong == set()


def test_cas_09_no_register_of_care_keeps_payment() -> None:
    columns = {f.column or "" for one in apps.get_app_config("care").get_models() for f in one._meta.fields}
    assert {name for name in columns if PAYS.search(name)} == set()


def test_the_search_finds_what_it_looks_for() -> None:
    assert all(PAYS.search(name) for name in ("payment_method", "deposit", "insurance_no", "fee", "total_cost"))
    assert not any(PAYS.search(name) for name in ("case", "temp_c", "used_per_day", "people_charged"))
