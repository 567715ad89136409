"""What is sent again because its answer was lost: under the same key it is one act, done once and answered alike.

The sender mints the key. The answer is kept for a day, sealed with that key, which is kept nowhere here: whoever has a
copy of the database reads none of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from lianfang.accounts.models import Answer
from lianfang.accounts.problems import problem
from lianfang.accounts.words import Told
from lianfang.sealing.box import blind, seal, unseal

KEY: Final = "HTTP_IDEMPOTENCY_KEY"
KEPT: Final = timedelta(days=1)
NO_KEY: Final = Told("Idempotency-Key 须为 UUID。", "Idempotency-Key has to be a UUID.")


class Once:
    """Does what comes with a key in one transaction with the note of its answer; after the guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        sent = request.META.get(KEY)
        if sent is None or request.method in ("GET", "HEAD") or not request.viewer.author:  # type: ignore[attr-defined]  # set by SignIn
            return None
        try:
            key = UUID(sent).bytes
        except ValueError:
            return problem(400, NO_KEY.to(request))
        mark = _mark(request, key)
        with transaction.atomic():
            _wait_for(mark)  # the same, sent again while it is being done
            before = Answer.objects.filter(mark=mark).first()
            if before is not None:
                return _opened(before, key)
            answer = view(request, *args, **kwargs)
            if answer.status_code >= 500:
                transaction.set_rollback(True)
            elif answer.status_code < 300 and not answer.streaming and _wrote():
                _keep(mark, key, answer)
        return answer


def _mark(request: HttpRequest, key: bytes) -> str:
    """Stands for what was asked, by whom and under which key: another request under the same key is another act."""
    who = request.viewer  # type: ignore[attr-defined]  # set by SignIn
    asked = (who.author, who.device, who.role, who.area, who.subject, request.method, request.get_full_path())
    return hashlib.sha256(key + repr(asked).encode() + b"\0" + request.body).hexdigest()


def _wait_for(mark: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])


def _wrote() -> bool:
    """Whether the open transaction has changed anything: what only looked needs no note."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _keep(mark: str, key: bytes, answer: HttpResponse) -> None:
    now = datetime.now(UTC)
    Answer.objects.filter(at__lt=now - KEPT).delete()
    Answer.objects.create(
        mark=mark, status=answer.status_code, content_type=answer.get("Content-Type", ""), at=now,
        sealed=seal(_box(key), answer.content, mark.encode()),
    )  # fmt: skip


def _opened(kept: Answer, key: bytes) -> HttpResponse:
    content = unseal(_box(key), bytes(kept.sealed), kept.mark.encode())
    return HttpResponse(content, status=kept.status, content_type=kept.content_type or None)


def _box(key: bytes) -> bytes:
    return blind(key, "answer", "")
