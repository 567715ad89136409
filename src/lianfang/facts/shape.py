"""What routes take and give. Import it before a route is made."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from ninja.operation import Operation
from ninja.params import models as params
from ninja.schema import Schema as NinjaSchema
from pydantic import BaseModel, ConfigDict

# What ninja makes of each route, like the models below, is built when it is first used: a server that built all of
# some thousands would take seconds longer to start, and a process asks for few of them.
_OF_ROUTES: Final[tuple[type[BaseModel], ...]] = (
    NinjaSchema,
    params.BodyModel,
    params.CookieModel,
    params.FileModel,
    params.FormModel,
    params.HeaderModel,
    params.PathModel,
    params.QueryModel,
    params._MultiPartBodyModel,
)
for _made in _OF_ROUTES:
    _made.model_config["defer_build"] = True

_one_answer: Final = Operation._create_response_model


@cache
def _answer(of: Any) -> type[NinjaSchema] | None:
    return _one_answer(None, of)  # type: ignore[arg-type]  # it asks nothing of the route


def _shared(route: Operation, response_param: Any) -> type[NinjaSchema] | None:
    """What two routes give alike is one model: nearly all give the same problem for six statuses each."""
    return _answer(response_param)


Operation._create_response_model = _shared  # type: ignore[method-assign,assignment]  # ninja has no door for it


class Schema(BaseModel):
    """As ``ninja.Schema``, without its look for resolvers and managers, of which nothing here has any: it went through
    every attribute of every line of a list, and took two thirds of the answer."""

    model_config = ConfigDict(from_attributes=True, defer_build=True)
