"""Endpoints of supplies: stock, demand, producers, allocation, dispatch, prices, projects. No decision is made here."""

from ninja import Router

router = Router(tags=["supplies"])
