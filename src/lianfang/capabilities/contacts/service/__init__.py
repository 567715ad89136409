"""The only door for writing about contacts and chains."""

from lianfang.capabilities.contacts.service.acts import (
    Illness,
    convert,
    convert_new,
    correct,
    hand_over,
    inform,
    judge,
    refer,
    release,
    release_many,
    retract,
    shorten,
    trace,
)
from lianfang.capabilities.contacts.service.checks import CheckRow, check_many
from lianfang.capabilities.contacts.service.exposing import Registered, Telling, expose
from lianfang.capabilities.contacts.service.transmission import Link, Linking, link_many, name_cluster, unlink

__all__ = [
    "CheckRow",
    "Illness",
    "Link",
    "Linking",
    "Registered",
    "Telling",
    "check_many",
    "convert",
    "convert_new",
    "correct",
    "expose",
    "hand_over",
    "inform",
    "judge",
    "link_many",
    "name_cluster",
    "refer",
    "release",
    "release_many",
    "retract",
    "shorten",
    "trace",
    "unlink",
]
