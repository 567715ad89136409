"""Sessions in PostgreSQL, as Django's session engine. One look-up brings session, account, appointment and device.

A stored session lacks its key (a digest stands for it) and its content is sealed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, connection
from django.db.models import Model

from lianfang.accounts import clock, sealed
from lianfang.accounts.models import Account, Appointment, Device, Session
from lianfang.accounts.policies import span
from lianfang.facts.log import binary_cursor

BEGAN: Final = "began"
APPOINTMENT: Final = "appointment"
DEVICE: Final = "device"
SUBJECT: Final = "subject"

Values = tuple[Any, ...]
"""A session's row and those of its account, appointment and device, side by side."""
_ahead: ContextVar[tuple[str, Values | None] | None] = ContextVar("ahead", default=None)


class SessionStore(SessionBase):
    """One browser's session. ``row`` is what was found in the table, or None."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._row: Session | None = None

    @property
    def row(self) -> Session | None:
        self._get_session()  # type: ignore[attr-defined]  # not in the stubs
        return self._row

    def load(self) -> dict[str, Any]:
        found = digest(self.session_key)
        self._row = find(found)
        content = sealed.open_or_none(bytes(self._row.data), found) if self._row else None
        if content is None:
            self._row, self._session_key = None, None
            return {}
        return dict(json.loads(content))

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=digest(session_key)).exists()

    def create(self) -> None:
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # likewise
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # likewise
        row = _as_row(digest(self.session_key), content)
        if must_create:
            try:
                row.save(force_insert=True)
            except IntegrityError:
                raise CreateError from None
            return None
        fields = {f.attname: getattr(row, f.attname) for f in Session._meta.concrete_fields if not f.primary_key}
        # Ended meanwhile, by another request: it stays ended.
        if not Session.objects.filter(digest=row.digest).update(**fields):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(digest=digest(key)).delete()

    def flush(self) -> None:
        super().flush()
        self._row = None

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=clock.now()).delete()


def digest(key: str | None) -> str:
    """What stands for a session's key in the table."""
    return hashlib.sha256((key or "").encode()).hexdigest()


def find(name: str) -> Session | None:
    """A stored session with its account, appointment and device: what ``ahead`` has of it, or else by one statement."""
    before = _ahead.get()
    if before is not None and before[0] == name:
        _ahead.set(None)  # once: what is read again may have changed
        values = before[1]
    else:
        values = find_all([name]).get(name)
    if values is None:
        return None
    found: list[Any] = []
    for model, names, key in _shape():
        own, values = values[: len(names)], values[len(names) :]
        found.append(model.from_db(connection.alias, names, own) if own[key] is not None else None)
    session, session.account, session.appointment, session.device = found
    return session


def find_all(names: Collection[str]) -> dict[str, Values]:
    """What is stored of sessions, those that there are, by one statement; ``ahead`` takes the values of each.

    Each request asks it, so the statement is planned once for each connection, and written here: composing and planning
    it by Django anew costs ten times as much.
    """
    with binary_cursor() as cursor:
        rows = cursor.execute(_statement(), [" ".join(names)], prepare=True).fetchall()
    return {row[0]: row for row in rows}


@contextmanager
def ahead(name: str, values: Values | None) -> Iterator[None]:
    """Within it, the next ``find`` of a session takes what ``find_all`` has read of it, or that there is none.

    For a request that had come in whole before the reading: whatever ended a session earlier has ended it.
    """
    token = _ahead.set((name, values))
    try:
        yield
    finally:
        _ahead.reset(token)


@cache
def _shape() -> list[tuple[type[Model], list[str], int]]:
    """Each model of the statement, its columns, and where among them its key is."""
    found = []
    for model in (Session, Account, Appointment, Device):
        fields = model._meta.concrete_fields
        found.append((model, [field.attname for field in fields], [field.primary_key for field in fields].index(True)))
    return found


@cache
def _statement() -> str:
    columns = [
        f"{model._meta.db_table}.{field.column}" for model, *_ in _shape() for field in model._meta.concrete_fields
    ]
    joined = [
        f"LEFT JOIN {model._meta.db_table} ON {model._meta.db_table}.id = accounts_session.{model._meta.model_name}_id"
        for model, *_ in _shape()[1:]
    ]
    chosen = "accounts_session.digest = ANY (string_to_array(%s, ' '))"  # a text: psycopg writes lists slowly
    return f"SELECT {', '.join(columns)} FROM accounts_session {' '.join(joined)} WHERE {chosen}"


def kind(data: dict[str, Any]) -> str:
    """Which limits of ``sessions.toml`` a session has."""
    if SUBJECT in data:
        return "own_page"
    if DEVICE in data:
        return "device"
    return "account" if SESSION_KEY in data else "pending"


def _as_row(name: str, data: dict[str, Any]) -> Session:
    now = clock.now()
    began = datetime.fromisoformat(data.setdefault(BEGAN, now.isoformat()))
    return Session(
        digest=name,
        account_id=_uuid(data.get(SESSION_KEY)),
        appointment_id=_uuid(data.get(APPOINTMENT)),
        device_id=_uuid(data.get(DEVICE)),
        subject=_uuid(data.get(SUBJECT)),
        second_factor=_showed_second_factor(data),
        began_at=began,
        seen_at=now,
        expires_at=began + span(kind(data), "absolute"),
        data=sealed.shut(json.dumps(data).encode(), name),
    )


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _showed_second_factor(data: dict[str, Any]) -> bool:
    """Whether this session's own sign-in, or setting one up within it, showed a second factor of this very account."""
    if SESSION_KEY not in data or data.get("account_authentication_methods_user") != data[SESSION_KEY]:
        return False
    return any(one.get("method") == "mfa" for one in data.get("account_authentication_methods", ()))
