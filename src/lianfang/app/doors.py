"""The doors: what every request must be to come in, and what every answer carries when it goes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from lianfang.app import pages, security
from lianfang.facts.log import Principal
from lianfang.facts.sent import LARGEST_BODY

Handler = Callable[[HttpRequest], HttpResponse]

DEMO_PRINCIPAL: Final = Principal(author="demo-duty-officer", device="demo-desk")
COMMAND_LINE: Final = Principal(author="command-line", device="command-line")

API: Final = "/api/"
FIELD_APP: Final = "/field/"
CARE_PAGE: Final = "/care/"
REQUEST_ID: Final = "X-Request-ID"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS: Final = SAFE | {"POST", "PUT", "PATCH", "DELETE"}

MIB: Final = 2**20
JSON: Final = "application/json"
SHEETS: Final = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PHOTOGRAPHS: Final = ("image/jpeg", "image/png", "image/webp")
FORM: Final = "application/x-www-form-urlencoded"


class Body(NamedTuple):
    """What a route takes as its body: types of content, and at most so many bytes."""

    types: tuple[str, ...] = (JSON,)
    most: int = MIB


BODIES: Final = {
    "/api/v1/facts": Body(most=LARGEST_BODY),
    "/api/v1/bulletins/": Body(most=4 * MIB),
    "/api/v1/people": Body(most=8 * MIB),
    "/api/v1/people/import": Body(types=SHEETS, most=32 * MIB),
    "/api/v1/lists/preview": Body(types=SHEETS, most=32 * MIB),
    "/api/v1/attachments/": Body(types=(JSON, *PHOTOGRAPHS)),
    "/api/v1/auth/": Body(types=(JSON, FORM), most=64 * 1024),  # a form leads to another sign-in service
    "/api/v1/session": Body(most=64 * 1024),
    "/api/v1/care/": Body(most=16 * 1024),  # anybody may send it
    "/api/v1/feedback": Body(most=32 * 1024),  # likewise
    "/care/feedback/": Body(types=(FORM,), most=32 * 1024),  # likewise, from a form
}
"""By the beginning of the address, the longest that fits; any other route takes ``Body()``."""
COMING_BACK: Final = re.compile(r"/api/v1/auth/oidc/[a-z0-9-]{1,40}/callback")
PATIENCE_S: Final = 5
SLOWEST_BYTES_PER_S: Final = 32 * 1024
UNREAD: Final = "lianfang.unread"
"""In a request as WSGI has it: the status that answers a body of which not everything came."""
_NOT_READ: Final = {
    400: (400, "The body was cut off."),
    408: (408, "The body did not arrive in time. Send it again, in smaller parts over a slow line."),
    503: (503, "Too much is being sent at this moment. Send it again in a minute."),
}
LONGEST_QUERY: Final = 8 * 1024  # bytes

# An answer of the API is data: opened as a page it may do nothing.
API_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
PAGE_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Ant Design and MapLibre set styles from script
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",  # MapLibre's worker
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ONE_AND_A_HALF_YEARS_S: Final = 47_304_000
ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PERMISSIONS: Final = (
    "camera={camera}, microphone=(), geolocation={place}, payment=(), usb=(), serial=(), midi=(), "
    "browsing-topics=(), publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


def headers(path: str) -> Iterator[tuple[str, str]]:
    """The headers that every answer at ``path`` carries, a file of the page's as well."""
    yield from ALWAYS.items()
    # A phone reads codes at doors, and another phone's. The open page measures in the browser how far a clinic is.
    camera, place = ("(self)" if path.startswith(of) else "()" for of in (FIELD_APP, CARE_PAGE))
    yield "Permissions-Policy", PERMISSIONS.format(camera=camera, place=place)
    yield "Content-Security-Policy", API_POLICY if path.startswith(API) else PAGE_POLICY
    if settings.ENCRYPTED:
        yield "Strict-Transport-Security", f"max-age={ONE_AND_A_HALF_YEARS_S}; includeSubDomains"


def problem(status: int, detail: str) -> JsonResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "errors": []}
    return JsonResponse(body, status=status, content_type="application/problem+json")


class Worded(HttpResponse):
    """A page that tells an error in words of its own."""


class Answers:
    """The outermost door: numbers the request, tells every error in our words, and sets the headers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = security.begin(request)
        request.request_id = number  # type: ignore[attr-defined]  # set here, for whoever tells an error
        try:
            response = _told(request, self.get_response(request), number)
            for name, value in headers(request.path_info):
                response[name] = value
            response[REQUEST_ID] = number
            response.setdefault("Cache-Control", "no-store")
            return response
        finally:
            security.end()


def _told(request: HttpRequest, response: HttpResponse, number: str) -> HttpResponse:
    """``response``; an error that no route has put into words is put into ours."""
    status = response.status_code
    if status < 400 or "json" in response.get("Content-Type", "") or isinstance(response, Worded):
        return response
    said = pages.failed(number) if status == 500 else pages.reason(status)
    if request.path_info.startswith(API):
        told: HttpResponse = problem(status, pages.spoken(request.headers.get("Accept-Language", ""), said))
    else:
        told = HttpResponse(pages.page(status, said), status=status)
    for kept in ("Allow", "Retry-After"):
        if kept in response:
            told[kept] = response[kept]
    return told


class SameSiteOnly:
    """Refuses what another site's page sends: the browser says where a request comes from."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = request.path_info.startswith(API) or request.method not in SAFE
        if kept and _foreign(request) and not _comes_back(request):
            security.log("foreign_request", outcome="refused")
            return problem(403, "This comes from another site.")
        return self.get_response(request)


def _foreign(request: HttpRequest) -> bool:
    if request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.META.get("HTTP_ORIGIN")
    return origin is not None and origin != _own_origin(request)


def _own_origin(request: HttpRequest) -> str:
    """Behind a proxy the scheme that arrives is not the page's. A browser writes small letters and no usual port."""
    if not settings.ENCRYPTED:
        return f"{request.scheme}://{request.get_host()}"
    return f"https://{settings.PAGE.netloc.lower().removesuffix(':443')}"


def _comes_back(request: HttpRequest) -> bool:
    """A sign-in service sends the browser back to us: a page opened by GET, whose state the session knows."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.method == "GET" and mode == "navigate" and bool(COMING_BACK.fullmatch(request.path_info))


class Bodies:
    """Refuses a body that was not taken in: too large, of a wrong type, of unknown length, too slow. And a query
    that is too long. The gate reads only what ``expects`` lets in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = _unfit(request.META) or _NOT_READ.get(request.META.get(UNREAD, 0))
        return problem(*refused) if refused else self.get_response(request)


def expects(environ: Mapping[str, Any]) -> bool:
    """Whether a request has a body that is to be read."""
    return _unfit(environ) is None and int(environ.get("CONTENT_LENGTH") or 0) > 0


def _unfit(environ: Mapping[str, Any]) -> tuple[int, str] | None:
    """Why a request is refused before its body is read: status and words."""
    if environ["REQUEST_METHOD"] not in METHODS:
        return 501, "There is no such method here."
    if len(environ.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return 414, f"The address is too long: its query has at most {LONGEST_QUERY} bytes."
    if "HTTP_TRANSFER_ENCODING" in environ:
        return 411, "Say the length of the body: send a Content-Length."
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        return 400, "Content-Length is no number."
    if int(length) == 0:
        return None
    fits = body_of(environ["PATH_INFO"])
    if int(length) > fits.most:
        return 413, f"The body is too large: {size(fits.most)} at most. Send it in parts."
    if "HTTP_CONTENT_ENCODING" in environ:
        return 415, "Send the body as it is, without a Content-Encoding."
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() not in fits.types:
        return 415, f"Send {' or '.join(fits.types)}."
    return None


def size(length: int) -> str:
    """A number of bytes in words."""
    return f"{length // MIB} MiB" if length >= MIB else f"{length // 1024} KiB"


def body_of(path: str) -> Body:
    """What the route at ``path`` takes as its body."""
    fitting = [beginning for beginning in BODIES if path.startswith(beginning)]
    return BODIES[max(fitting, key=len)] if fitting else Body()


def of_file(told: Headers, path: str, url: str) -> None:
    """Sets the headers of a file of the page's, which is served without Django."""
    for name, value in headers(url):
        told[name] = value
