"""Django's engine for PostgreSQL, for connections that a thread keeps from request to request."""

from __future__ import annotations

import select
from functools import cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader


@cache
def _adapters(*asked: Any) -> AdaptersMap:
    """Django's, but times are read by psycopg's own compiled loader: Django's is Python, and a list of some thousand
    rows spent half of its time there. Both give UTC, as every connection is set to UTC."""
    found = AdaptersMap(get_adapters_template(*asked))
    found.register_loader("timestamptz", TimestamptzLoader)
    return found


class DatabaseWrapper(base.DatabaseWrapper):
    """Reads times at once.

    Looks at the line instead of asking the server whether a kept connection is usable still.

    Nothing arrives on a connection that waits for a statement but the server's farewell, so that no request pays for a
    question. A server that is gone without one is noticed by the next statement, as the question would be.
    """

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0)

    def get_connection_params(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_connection_params()
        return found | {"context": _adapters(base.settings.USE_TZ, self.timezone)}

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's looks at each cursor whether times are read in the connection's zone, which is never another."""
        if name is None:
            return self.connection.cursor()
        return base.ServerSideCursor(self.connection, name=name, scrollable=False, withhold=self.connection.autocommit)
