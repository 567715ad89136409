"""Django's engine for PostgreSQL, for connections that a thread keeps from request to request."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks at the line instead of asking the server whether a kept connection is usable still.

    Nothing arrives on a connection that waits for a statement but the server's farewell, so that no request pays for a
    question. A server that is gone without one is noticed by the next statement, as the question would be.
    """

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0)
