"""What routes take and give."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """As ``ninja.Schema``, without its look for resolvers and managers, of which nothing here has any: it went through
    every attribute of every line of a list, and took two thirds of the answer."""

    model_config = ConfigDict(from_attributes=True)
