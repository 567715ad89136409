"""What Granian serves: the application behind its gate."""

from __future__ import annotations

import gc

from lianfang.app.gate import Gate
from lianfang.app.wsgi import application as wsgi

gc.set_threshold(20_000)  # an answer of sixty thousand tuples took half its time to look for cycles among them
application = Gate(wsgi)
