"""Sessions in PostgreSQL, as Django's session engine. One look-up brings session, account, appointment and device.

A stored session lacks its key (a digest stands for it) and its content is sealed.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, connection

from lianfang.accounts import clock, sealed
from lianfang.accounts.models import Account, Appointment, Device, Session
from lianfang.accounts.policies import span

BEGAN: Final = "began"
APPOINTMENT: Final = "appointment"
DEVICE: Final = "device"
SUBJECT: Final = "subject"


_FIND: Final = """
SELECT session.*, account.*, appointment.*, device.* FROM accounts_session session
LEFT JOIN accounts_account account ON account.id = session.account_id
LEFT JOIN accounts_appointment appointment ON appointment.id = session.appointment_id
LEFT JOIN accounts_device device ON device.id = session.device_id
WHERE session.digest = %s
"""


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
    """A stored session with its account, appointment and device, by one statement.

    Each request asks it, so the statement stands here: composing it by Django anew takes three times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [name])
        values = cursor.fetchone()
        columns = [column.name for column in cursor.description]
    if values is None:
        return None
    found: list[Any] = []
    for model in (Session, Account, Appointment, Device):
        names = [field.attname for field in model._meta.concrete_fields]
        own = dict(zip(columns, values[: len(names)], strict=False))
        columns, values = columns[len(names) :], values[len(names) :]
        is_there = own[model._meta.pk.attname] is not None
        found.append(model.from_db(connection.alias, names, [own[name] for name in names]) if is_there else None)
    session, session.account, session.appointment, session.device = found
    return session


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
