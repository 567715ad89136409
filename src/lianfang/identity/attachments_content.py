"""What the bytes of a photograph are: JPEG, PNG or WebP, and of those only the parts that the picture is made of.

Everything else that such a file may hold (EXIF with its place, XMP, comments, thumbnails, what follows the end) is
refused: it tells more than the picture, or is another file. Pure; nothing is decoded.
JPEG: ITU-T T.81, annex B. PNG: W3C recommendation, third edition. WebP: RFC 9649.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final, NamedTuple

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
MEDIA_TYPES: Final = (JPEG, PNG, WEBP)

_PROFILE_SIGN: Final = b"acsp"  # at 36 of every ICC profile


class NoPicture(Exception):
    """``reason``: ``not_a_picture`` (of another type, or cut short), ``metadata`` (more than the picture)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Picture(NamedTuple):
    """Its type; width and height in pixels, as its head says; bytes of its colour profile."""

    media_type: str
    width: int
    height: int
    profile_bytes: int = 0


def read(content: bytes) -> Picture:
    """What a photograph is. Raises NoPicture."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            found = _jpeg(content)
        elif content.startswith(b"\x89PNG\r\n\x1a\n"):
            found = _png(content)
        elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            found = _webp(content)
        else:
            raise NoPicture("not_a_picture")
    except (IndexError, struct.error):  # cut short
        raise NoPicture("not_a_picture") from None
    if not (found.width and found.height):
        raise NoPicture("not_a_picture")
    return found


_FRAMES: Final = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive: what browsers show
_TABLES: Final = (0xC4, 0xDB, 0xDD)  # of Huffman codes, of quantisation, of the restart interval
_ENDS, _SCAN = 0xD9, 0xDA


def _jpeg(content: bytes) -> Picture:
    at, profile, scans = 2, 0, 0
    size: tuple[int, int] | None = None
    while True:
        if content[at] != 0xFF:
            raise NoPicture("not_a_picture")
        marker = content[at + 1]
        if marker == _ENDS:
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        body = content[at + 4 : at + 2 + length]
        if length < 2 or len(body) != length - 2:
            raise NoPicture("not_a_picture")
        at += 2 + length
        if marker in _FRAMES and size is None:
            size = struct.unpack_from(">HH", body, 1)
        elif marker == _SCAN and size is not None:
            at, scans = _after_scan(content, at), scans + 1
        elif marker in _FRAMES or marker == _SCAN:
            raise NoPicture("not_a_picture")
        elif marker not in _TABLES:
            profile += _segment(marker, body)
    if size is None or not scans:
        raise NoPicture("not_a_picture")
    if at + 2 != len(content):
        raise NoPicture("metadata")
    return Picture(JPEG, size[1], size[0], profile)


def _segment(marker: int, body: bytes) -> int:
    """The bytes of colour profile in a segment that is no part of the picture itself. Raises NoPicture for any other
    than the head of JFIF without a thumbnail, Adobe's, and a profile."""
    if marker == 0xE0 and body[:5] == b"JFIF\0" and len(body) == 14 and body[12:] == b"\0\0":
        return 0
    if marker == 0xEE and body[:5] == b"Adobe" and len(body) == 12:
        return 0
    if marker == 0xE2 and body[:12] == b"ICC_PROFILE\0" and body[50:54] == _PROFILE_SIGN:
        return len(body)
    raise NoPicture("metadata" if marker >= 0xE0 else "not_a_picture")


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands behind the data of a scan, in which 0xFF is followed by 0 or a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise NoPicture("not_a_picture")
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


_CHUNKS: Final = {
    b"IHDR": 13, b"PLTE": 768, b"IDAT": 2**31, b"IEND": 0, b"tRNS": 256, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1,
    b"iCCP": 2**31, b"sBIT": 4, b"bKGD": 6, b"pHYs": 9,
}  # fmt: skip
"""The chunks that are taken, and how long the standard lets each be."""


def _png(content: bytes) -> Picture:
    at, profile, kinds = 8, 0, list[bytes]()
    while not kinds or kinds[-1] != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", content, at + 8 + length)
        if check != zlib.crc32(kind + body):
            raise NoPicture("not_a_picture")
        if length > _CHUNKS.get(kind, -1):
            raise NoPicture("metadata")
        profile += length if kind == b"iCCP" else 0
        kinds.append(kind)
        at += 12 + length
    if kinds[0] != b"IHDR" or kinds.count(b"IHDR") > 1 or b"IDAT" not in kinds:
        raise NoPicture("not_a_picture")
    if at != len(content):
        raise NoPicture("metadata")
    width, height = struct.unpack_from(">II", content, 16)
    return Picture(PNG, width, height, profile)


def _webp(content: bytes) -> Picture:
    (length,) = struct.unpack_from("<I", content, 4)
    if length + 8 > len(content):
        raise NoPicture("not_a_picture")
    if length + 8 < len(content):
        raise NoPicture("metadata")
    at, profile = 12, 0
    size: tuple[int, int] | None = None
    while at < len(content):
        kind, length = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + length]
        if len(body) != length:
            raise NoPicture("not_a_picture")
        if kind in (b"VP8 ", b"VP8L"):
            if size is not None:
                raise NoPicture("not_a_picture")
            size = _lossy(body) if kind == b"VP8 " else _lossless(body)
        elif kind == b"ICCP":
            profile += length
        elif kind != b"ALPH" and (kind != b"VP8X" or length != 10):
            raise NoPicture("metadata")
        at += 8 + length + length % 2
    if size is None or at != len(content):
        raise NoPicture("not_a_picture")
    return Picture(WEBP, *size, profile)


def _lossy(body: bytes) -> tuple[int, int]:
    """Width and height of a key frame (RFC 6386, 9.1)."""
    if body[0] & 1 or body[3:6] != b"\x9d\x01\x2a":
        raise NoPicture("not_a_picture")
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(body: bytes) -> tuple[int, int]:
    if body[0] != 0x2F:
        raise NoPicture("not_a_picture")
    (bits,) = struct.unpack_from("<I", body, 1)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
