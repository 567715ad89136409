"""Django settings. What differs between installations comes from the environment, set by the command line."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from lianfang.app import security
from lianfang.app.database import LOOPBACK_NAMES, django_settings
from lianfang.app.database import PAGE as PAGE_VARIABLE

HERE = Path(__file__).parent

DEMO = os.environ.get("LIANFANG_MODE") == "demo"
# A key for the life of the process: the demonstration keeps no session across starts.
SECRET_KEY = os.environ.get("LIANFANG_SECRET_KEY") or secrets.token_urlsafe(48)
DEBUG = False
# Where people reach Lianfang. Behind a proxy its name and scheme are not those of the address that is listened on.
PAGE = urlsplit(os.environ.get(PAGE_VARIABLE) or "http://127.0.0.1/")
ENCRYPTED = PAGE.scheme == "https"
# How many proxies of the operator's stand before Lianfang: so many last entries of X-Forwarded-For are believed.
PROXIES = int(os.environ.get("LIANFANG_PROXIES") or 0)
# On this machine the loopback names only: a page of another site that rebinds its name to 127.0.0.1 is refused by its
# Host header.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if PAGE.hostname in LOOPBACK_NAMES else [PAGE.hostname]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "procrastinate.contrib.django",
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

PROCRASTINATE_IMPORT_PATHS = ["lianfang.app.jobs"]

DESK = HERE / "static" / "desk"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "lianfang.app.security.PlainLines"},
        "security": {"()": "lianfang.app.security.Lines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "security": security.handler(),
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "lianfang.security": {"handlers": ["security"], "level": "INFO", "propagate": False},
        # A missing page or a refused request is an answer, not an error of ours; what is refused is a security event.
        "django.request": {"level": "ERROR"},
        # Another Host is answered with 400: strangers do not write our log.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
