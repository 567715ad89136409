"""The application's settings with the benchmark's kind, which no register folds."""

from lianfang.app.settings import *  # noqa: F403  # settings are taken over whole
from lianfang.app.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks._append"]
ACCESS_KINDS_FOR_TRIALS = {"bench.visited": {"append": "facts.append", "read": "facts.read"}}
