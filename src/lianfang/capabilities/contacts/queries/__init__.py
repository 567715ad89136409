"""The only doors for reading about contacts and chains. The viewer comes first."""

from lianfang.capabilities.contacts.queries.board import Board, board
from lianfang.capabilities.contacts.queries.card import Card, card
from lianfang.capabilities.contacts.queries.counts import Counts, counts
from lianfang.capabilities.contacts.queries.duties import obligations, proposed
from lianfang.capabilities.contacts.queries.graph import Graph, alerts, clusters, graph
from lianfang.capabilities.contacts.queries.lists import Filters, Page, listed

__all__ = [
    "Board",
    "Card",
    "Counts",
    "Filters",
    "Graph",
    "Page",
    "alerts",
    "board",
    "card",
    "clusters",
    "counts",
    "graph",
    "listed",
    "obligations",
    "proposed",
]
