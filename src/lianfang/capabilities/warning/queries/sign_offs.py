"""Which forecasts were signed off."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.warning.models import SignOffRow
from lianfang.capabilities.warning.state.sign_off import SignOff

READ: Final = "warning.read"


def signed(viewer: Viewer, area: str, disease: str, as_of: date, digest: str | None) -> SignOff | None:
    """The sign-off that holds now of the forecast with these figures, None of which is none. Raises Forbidden."""
    if digest is None:
        return None
    with seeing(viewer, READ):
        rows = SignOffRow.objects.filter(area=area, disease=disease, as_of=as_of, digest=digest, withdrawn_at=None)
        row = visible(viewer, READ, rows).order_by("signed_at").first()
    return row and row.sign_off()


def held(viewer: Viewer, action: str, id: UUID) -> SignOff:
    """A sign-off, to be acted on within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, SignOffRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row.sign_off()
