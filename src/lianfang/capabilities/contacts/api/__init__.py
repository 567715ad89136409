"""Endpoints of contacts and chains. No decision is made here."""

from ninja import Router

from lianfang.capabilities.contacts.api.contacts import router as contacts
from lianfang.capabilities.contacts.api.reading import router as reading
from lianfang.capabilities.contacts.api.transmission import router as transmission

router = Router(tags=["contacts"])
for part in (reading, contacts, transmission):
    router.add_router("", part)

__all__ = ["router"]
