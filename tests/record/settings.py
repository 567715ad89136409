"""The application's settings, with the kinds and the register for trials."""

from lianfang.app.settings import *  # noqa: F403  # settings are taken over whole
from lianfang.app.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.record.trial"]
