"""The application's settings, with the kinds and the register for trials."""

from lianfang.app.settings import *  # noqa: F403  # settings are taken over whole
from lianfang.app.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.record.trial"]
ACCESS_KINDS_FOR_TRIALS = {
    kind: {"append": "facts.append", "read": "facts.read"} for kind in ("trial.visited", "trial.closed")
}
