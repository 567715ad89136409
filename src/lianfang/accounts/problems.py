"""Errors as RFC 9457 has them, for the routes that are not the API's own."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse

from lianfang.accounts.limits import TooMany


def problem(status: int, detail: str) -> JsonResponse:
    """An answer that says what is wrong and what to do."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "errors": []}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def too_many(request: HttpRequest, error: TooMany) -> JsonResponse:
    """429, and when to try again."""
    answer = problem(429, error.to(request))
    answer["Retry-After"] = str(error.retry_after)
    return answer
