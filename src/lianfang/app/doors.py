"""Who comes in, and from where. The demonstration signs everybody on this machine in as its one duty officer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from lianfang.facts.log import Principal

Handler = Callable[[HttpRequest], HttpResponse]

DEMO_PRINCIPAL: Final = Principal(author="demo-duty-officer", device="demo-desk")
COMMAND_LINE: Final = Principal(author="command-line", device="command-line")
POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Ant Design and MapLibre set styles from script
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",  # MapLibre's worker
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


API: Final = "/api/"
REASONS: Final = {
    400: "This address is not served here: use localhost or 127.0.0.1.",
    404: "There is no such route; /api/v1/openapi.json lists them.",
    405: "This route does not take this method; Allow says which it takes.",
}


def problem(status: int, detail: str) -> JsonResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "errors": []}
    return JsonResponse(body, status=status, content_type="application/problem+json")


class SameSiteOnly:
    """Refuses what another site's page sends: the browser says where a request comes from."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin")
        foreign = site not in ("same-origin", "none") or (
            origin is not None and origin != f"{request.scheme}://{request.get_host()}"
        )
        if foreign and request.path.startswith(API):
            return problem(403, "This comes from another site.")
        return self.get_response(request)


class Problems:
    """Tells errors of the API that arise outside of its routes as problems (RFC 9457), as its routes do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith(API) or "json" in response.get("Content-Type", ""):
            return response
        told = problem(response.status_code, REASONS.get(response.status_code, "See the API's documentation."))
        if "Allow" in response:
            told["Allow"] = response["Allow"]
        return told


class ContentPolicy:
    """Lets the page load from its own address only."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        if request.path.startswith(API):
            response.setdefault("Cache-Control", "no-store")
        return response


class SignIn:
    """Puts the principal on the request. Outside the demonstration nobody is signed in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.principal = DEMO_PRINCIPAL if settings.DEMO else None  # type: ignore[attr-defined]  # set here, read by every route
        return self.get_response(request)
