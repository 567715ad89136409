"""What speaks to the services of the operator's file, through Apprise: encrypted, with the certificate checked, and
with nothing but title and text."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from lianfang.app.database import LOOPBACK_NAMES

if TYPE_CHECKING:
    from lianfang.app.channels.file import Channel

SILENT: Final = logging.CRITICAL + 1


def wrong(channel: Channel) -> str | None:
    """Why a channel cannot be used; None where it can. No word of its address is in it."""
    service = _service(channel)
    if service is None:
        return "its url is none that Apprise knows: see Apprise's list of services"
    if not service.verify_certificate:
        return "its url switches the check of certificates off: leave that out"
    if service.redirects:
        return "its url follows redirects, so to wherever another says: leave that out"
    if not _encrypted(service, channel.url):
        return "its url is not encrypted: use the encrypted form, such as mailtos:// or jsons://"
    return None


def send(channel: Channel, title: str, text: str) -> bool:
    """Whether the service took it. What goes wrong there is an answer, not an error of ours."""
    service = _service(channel)
    if service is None or wrong(channel) is not None:
        return False
    import apprise

    asked = apprise.Apprise(asset=_asset())
    asked.add(service)
    return bool(asked.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT))


def _service(channel: Channel) -> Any:
    import apprise

    # What it says may hold the address with what it signs in with: that belongs in no log of ours.
    logging.getLogger("apprise").setLevel(SILENT)
    return apprise.Apprise.instantiate(channel.url, asset=_asset(), suppress_exceptions=True)


def _asset() -> Any:
    """Nothing is stored, no redirect is followed, and no picture of another site is named in what leaves."""
    import apprise

    return apprise.AppriseAsset(
        app_id="Lianfang", app_desc="Lianfang", app_url="", image_url_mask="", image_url_logo="", async_mode=False,
        http_redirects=False, storage_mode=apprise.PersistentStoreMode.MEMORY,
    )  # fmt: skip


def _encrypted(service: Any, url: str) -> bool:
    """Whether it is always encrypted on its way, or does not leave this machine."""
    if (service.host or "") in LOOPBACK_NAMES:
        return True
    secure = service.secure_protocol or ()
    names = (secure,) if isinstance(secure, str) else secure
    return urlsplit(url).scheme.lower() in names and getattr(service, "secure_mode", "") != "insecure"
