"""Django settings. What differs between installations comes from the environment, set by the command line."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from lianfang.app.database import django_settings

HERE = Path(__file__).parent

DEMO = os.environ.get("LIANFANG_MODE") == "demo"
# A key for the life of the process: the demonstration keeps no session across starts.
SECRET_KEY = os.environ.get("LIANFANG_SECRET_KEY") or secrets.token_urlsafe(48)
DEBUG = False
# The loopback names only: a page of another site that rebinds its name to 127.0.0.1 is refused by its Host header.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "lianfang.facts",
    "lianfang.places",
    "lianfang.access",
    "lianfang.accounts",
    "lianfang.identity",
    "lianfang.capabilities.bulletins",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lianfang.app.doors.Problems",
    "lianfang.app.doors.SameSiteOnly",
    "lianfang.app.doors.ContentPolicy",
    "lianfang.app.doors.SignIn",
]
ROOT_URLCONF = "lianfang.app.urls"
WSGI_APPLICATION = "lianfang.app.wsgi.application"
DATABASES = {"default": django_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"

DESK = HERE / "static" / "desk"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Another Host is answered with 400: strangers do not write our log.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}
