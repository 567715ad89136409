"""What the server serves: the API, the page, and the page's assets."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from lianfang.app.parent import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
end_with_parent()


def _immutable(path: str, url: str) -> bool:
    """Assets carry a hash in their name."""
    return "/assets/" in url


application = WhiteNoise(
    get_wsgi_application(), root=settings.DESK, prefix="/static/desk/", immutable_file_test=_immutable
)
