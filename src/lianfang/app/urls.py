from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.views.decorators.http import require_safe

from lianfang.app import certificate
from lianfang.app.api import api
from lianfang.app.drill.banner import banner
from lianfang.app.publication.telling import Feedback


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The page. Its view is in the address, so it is one document for every view."""
    return _document(settings.DESK)


@require_safe
def field(request: HttpRequest) -> HttpResponse:
    """The app of who works outside."""
    return _document(settings.FIELD)


@require_safe
def to_field(request: HttpRequest) -> HttpResponse:
    """The same, as people type it."""
    return HttpResponseRedirect("/field/")


@require_safe
def care(request: HttpRequest) -> HttpResponse:
    """The open page for who feels ill."""
    return _document(settings.CARE, banner())


@require_safe
def to_care(request: HttpRequest) -> HttpResponse:
    """The same, as people type it."""
    return HttpResponseRedirect("/care/")


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The certificate that a phone is told to trust, where Lianfang made it."""
    made = certificate.for_phones()
    if made is None:
        return HttpResponse(status=404)
    return HttpResponse(made, content_type="application/x-x509-ca-cert")


def _document(folder: Path, above: str = "") -> HttpResponse:
    """A page's document, with what the server writes above all that the page draws."""
    index = folder / "index.html"
    if not index.is_file():
        return HttpResponse("The page is not built: run ./run demo, which builds it.", status=503)
    text = index.read_text("utf-8").replace("<body>", f"<body>{above}", 1)
    return HttpResponse(text, headers={"Cache-Control": "no-store"})


patterns, application, namespace = api.urls
patterns.sort(key=lambda one: not str(one.pattern).startswith("facts"))  # asked most by far: tried first

urlpatterns = [
    path("", desk),
    path("field", to_field),
    path("field/", field),
    path("field/root.crt", root),
    path("care", to_care),
    path("care/", care),
    path("care/feedback/", Feedback.as_view()),
    path("api/v1/auth/", include("lianfang.accounts.urls")),
    path("api/v1/", (patterns, application, namespace)),
]
