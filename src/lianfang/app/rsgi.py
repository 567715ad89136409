"""What Granian serves: the application behind its gate."""

from __future__ import annotations

import gc
import os
import sys

from lianfang.app.wsgi import application as wsgi  # it sets Django up, which the gate needs

# isort: split
from django.conf import settings

from lianfang.app import kept
from lianfang.app.database import IN_USE
from lianfang.app.gate import Gate
from lianfang.app.publication import site
from lianfang.app.watch import keep_watch
from lianfang.capabilities.tasks.queries import gather
from lianfang.facts.kinds import registry

gc.set_threshold(100_000)  # an answer of sixty thousand tuples took half its time to look for cycles among them
sys.setswitchinterval(0.001)  # who commits holds the record's end: it waits for no thread that reckons for 5 ms
gather.KEPT.begin()
kept.KEPT.begin()
_ = registry().one, registry().many  # nobody's first record waits for them
application = Gate(wsgi, os.environ[IN_USE])
if settings.DEMO:
    keep_watch()  # a demonstration and a drill have no jobs beside them
    site.keep()
gc.freeze()  # what was made to serve stays: it is not looked through again
