"""Small photographs, made byte by byte, for trials of what is taken and what is not."""

from __future__ import annotations

import struct
import zlib

EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88%\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0"
"""With a pointer to where the picture was taken."""


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 4, height: int = 3, *more: bytes, shade: int = 128) -> bytes:
    """A grey picture; ``more`` are further chunks behind its head."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")


def jpeg(width: int = 16, height: int = 8, *more: bytes) -> bytes:
    """The parts of a JPEG in their order; ``more`` are further segments behind the first."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    tables = segment(0xDB, bytes(65)) + segment(0xC4, bytes(18))
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56"
    return b"\xff\xd8" + JFIF + b"".join(more) + tables + frame + scan + b"\xff\xd9"


def webp(width: int = 20, height: int = 10, *more: bytes) -> bytes:
    """A lossless picture's frame; ``more`` are further chunks before it."""
    bits = struct.pack("<I", (width - 1) | (height - 1) << 14)
    body = b"WEBP" + b"".join(more) + riff(b"VP8L", b"\x2f" + bits + b"\0\0\0")
    return riff(b"RIFF", body)


def riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
