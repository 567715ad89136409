"""Endpoints of mobilisation: teams, rotas, calls, residents' orders, stranded people. No decision is made here."""

from ninja import Router

router = Router(tags=["mobilisation"])
