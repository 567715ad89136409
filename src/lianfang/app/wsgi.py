"""What the server serves: the API, the pages, and the pages' assets."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from lianfang.app.doors import CARE_PAGE, FIELD_APP, of_file
from lianfang.app.parent import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
end_with_parent()


SERVED = (".js", ".mjs", ".css", ".svg", ".png", ".webp", ".woff2", ".webmanifest")


class Files(WhiteNoise):
    """The pages' files, by their kind: no source map, nothing hidden, no note of the build."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if path.endswith(SERVED) and "/." not in url:
            super().add_file_to_dictionary(url, path, stat_cache)


def _immutable(path: str, url: str) -> bool:
    """Assets carry a hash in their name."""
    return "/assets/" in url


application = Files(
    get_wsgi_application(),
    root=settings.DESK,
    prefix="/static/desk/",
    immutable_file_test=_immutable,
    add_headers_function=of_file,
    allow_all_origins=False,
)
application.add_files(settings.FIELD, prefix=FIELD_APP)
application.add_files(settings.CARE, prefix=CARE_PAGE)
