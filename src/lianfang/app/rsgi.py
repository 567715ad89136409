"""What Granian serves: the application behind its gate."""

from __future__ import annotations

from lianfang.app.gate import Gate
from lianfang.app.wsgi import application as wsgi

application = Gate(wsgi)
