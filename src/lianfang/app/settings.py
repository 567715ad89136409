"""Django settings. What differs between installations comes from the environment, set by the command line."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from lianfang.accounts import drills, providers
from lianfang.app import certificate, security
from lianfang.app.channels import file as channels
from lianfang.app.database import LOOPBACK_NAMES, PUBLIC, django_settings
from lianfang.app.database import PAGE as PAGE_VARIABLE

HERE = Path(__file__).parent

DEMO = os.environ.get("LIANFANG_MODE") == "demo"
DEMO_DAY = os.environ.get("LIANFANG_DEMO_DAY", "")
# The drill that is held here, where the data folder is a drill's space; None anywhere else.
DRILL = drills.read(Path(os.environ[drills.SPACE])) if os.environ.get(drills.SPACE) else None
# Where the drill beside a demonstration is, or the demonstration beside a drill.
BESIDE = os.environ.get("LIANFANG_BESIDE", "")
# A key for the life of the process: the demonstration keeps no session across starts.
SECRET_KEY = os.environ.get("LIANFANG_SECRET_KEY") or secrets.token_urlsafe(48)
DEBUG = False
# Where people reach Lianfang. Behind a proxy its name and scheme are not those of the address that is listened on.
PAGE = urlsplit(os.environ.get(PAGE_VARIABLE) or "http://127.0.0.1/")
ENCRYPTED = PAGE.scheme == "https"
# The fingerprint of the root that phones are told to trust, where Lianfang made its own certificate.
TRUST = certificate.fingerprint(Path(os.environ[certificate.ROOT])) if os.environ.get(certificate.ROOT) else ""
# How many proxies of the operator's stand before Lianfang: so many last entries of X-Forwarded-For are believed.
PROXIES = int(os.environ.get("LIANFANG_PROXIES") or 0)
# On this machine the loopback names only: a page of another site that rebinds its name to 127.0.0.1 is refused by its
# Host header.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if PAGE.hostname in LOOPBACK_NAMES else [PAGE.hostname]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "lianfang.facts",
    "lianfang.places",
    "lianfang.access",
    "lianfang.accounts",
    "lianfang.identity",
    "lianfang.capabilities.tasks",
    "lianfang.capabilities.checkpoints",
    "lianfang.capabilities.screening",
    "lianfang.capabilities.gates",
    "lianfang.capabilities.cases",
    "lianfang.capabilities.contacts",
    "lianfang.capabilities.isolation",
    "lianfang.capabilities.care",
    "lianfang.capabilities.mobilisation",
    "lianfang.capabilities.oversight",
    "lianfang.capabilities.command",
    "lianfang.capabilities.bulletins",
    "lianfang.capabilities.warning",
    "lianfang.capabilities.supplies",
    "lianfang.exchange",
]
MIDDLEWARE = [
    "lianfang.app.doors.Answers",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lianfang.app.doors.SameSiteOnly",
    "lianfang.app.doors.Bodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianfang.accounts.signin.SignIn",
    "lianfang.access.guard.Guard",
    "lianfang.accounts.once.Once",
    "lianfang.app.kept.Keeps",
]
ROOT_URLCONF = "lianfang.app.urls"
DATABASES = {"default": django_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"

PROCRASTINATE_IMPORT_PATHS = ["lianfang.app.jobs", "lianfang.exchange.jobs"]

# Signing in. Another site's page is refused by SameSiteOnly (Sec-Fetch-Site, Origin) and by the cookie's SameSite, so
# there is no token against it in each form: Django's CsrfViewMiddleware is not used.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["lianfang.accounts.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lianfang.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "lianfang.accounts.passwords.NotCommon"},
    {"NAME": "lianfang.accounts.passwords.NotOfContext"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
]
SESSION_ENGINE = "lianfang.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-lianfang-drill" if DRILL else "__Host-lianfang"  # one browser, two ports: a cookie each
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the limits of a session are kept by the server
ACCOUNT_ADAPTER = "lianfang.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PAGE.scheme  # where a sign-on provider sends one back to, also behind a proxy
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USERNAME_MIN_LENGTH = 3
# Limits are Lianfang's own (accounts/limits.py): allauth's would count by account, so that a stranger could lock one.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "lianfang.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ["browser"]
HEADLESS_ADAPTER = "lianfang.accounts.adapters.PageAdapter"
HEADLESS_FRONTEND_URLS = {"socialaccount_login_error": "/#sign-in"}
SOCIALACCOUNT_ADAPTER = "lianfang.accounts.adapters.SingleSignOnAdapter"
OIDC = os.environ.get("LIANFANG_OIDC")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers.read(Path(OIDC))}} if OIDC else {}

# How notices leave. From a demonstration or a drill nothing does.
CHANNELS = (
    channels.read(Path(os.environ[channels.VARIABLE]))
    if os.environ.get(channels.VARIABLE) and not (DEMO or DRILL)
    else ()
)
MADE_CHANNELS = channels.made() if DEMO or DRILL else ()
# Files of further languages of the templates of notices, beside those of the public site.
NOTICE_LANGUAGES = Path(os.environ[PUBLIC]) / "templates" if os.environ.get(PUBLIC) else None

DESK = HERE / "static" / "desk"
FIELD = HERE / "static" / "field"
CARE = HERE / "static" / "care"

APPEND_SLASH = False
# doors.BODIES has the limits of each route; no file is uploaded as a part of a form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []

logging.raiseExceptions = False  # a line that fails to be written would be printed with what it was made of
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"flood": {"()": "lianfang.app.security.Flood"}},
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
