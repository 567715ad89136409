"""What a service refuses, field by field in both languages, and how a route answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import signature
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from pydantic import ValidationError

from lianfang.access.matrix import Forbidden
from lianfang.accounts.invalid import told
from lianfang.accounts.words import Told, language
from lianfang.facts.api import Problem


class Wrong(NamedTuple):
    """What is wrong with a field: a code, and what to do. ``row`` counts from 1 where many were sent."""

    field: str
    reason: str
    zh: str
    en: str
    row: int | None = None


def wrong_fields(error: ValidationError) -> list[Wrong]:
    """What the fields' own types refuse."""
    return [
        Wrong(".".join(map(str, one["loc"])), one["type"], *told(one))
        for one in error.errors(include_url=False, include_input=False)
    ]


def no_area(field: str = "area") -> Wrong:
    """There is no division of the code that a field has."""
    return Wrong(field, "unknown_area", "没有这个区划代码，请核对", "is no area's code: correct it")


class Refused(Told):
    """What was sent cannot be taken; nothing of it was kept."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(
            "；".join(f"{one.field}：{one.zh}" for one in wrong), "; ".join(f"{one.field}: {one.en}" for one in wrong)
        )
        self.wrong = tuple(wrong)


class NotThere(Told):
    """There is no such thing, or none that the viewer may see: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("没有这样的记录", "there is no such record")


class Changed(Told):
    """What was to be confirmed is not what it was any more: look at it again."""


_STATUS: dict[type[Exception], tuple[int, str]] = {
    Forbidden: (403, "Forbidden"),
    NotThere: (404, "Not found"),
    Changed: (409, "Conflict"),
    Refused: (422, "Not valid"),
}
PROBLEMS = dict.fromkeys((400, 403, 404, 409, 422), Problem)
"""What a route that is ``answering`` may answer besides its own."""


def answering(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answers what is refused as a problem, in the language that was asked for."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except tuple(_STATUS) as error:
            status, title = next(its for kind, its in _STATUS.items() if isinstance(error, kind))
            detail = error.to(request) if isinstance(error, Told) else str(error)
            wrong = error.wrong if isinstance(error, Refused) else ()
            en = language(request) == "en"
            errors = tuple({"loc": [one.field], "msg": one.en if en else one.zh, **one._asdict()} for one in wrong)
            body = Problem(title=title, status=status, detail=detail, errors=errors)
            return HttpResponse(body.model_dump_json(), status=status, content_type="application/problem+json")

    # ninja reads the types of the arguments from the view: here their names mean something else.
    answered.__signature__ = signature(view, eval_str=True)  # type: ignore[attr-defined]
    return answered
