"""What Granian serves: the application behind its gate."""

from __future__ import annotations

import gc

from lianfang.app.wsgi import application as wsgi  # it sets Django up, which the gate needs

# isort: split
from lianfang.app.gate import Gate

gc.set_threshold(100_000)  # an answer of sixty thousand tuples took half its time to look for cycles among them
application = Gate(wsgi)
