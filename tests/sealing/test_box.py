"""Sealing: what is sealed opens with its key and in its place, and otherwise shows nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.sealing.box import OVERHEAD, Unreadable, blind, seal, unseal

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS, st.binary(max_size=2_000), st.binary(max_size=60))
def test_what_is_sealed_opens(key: bytes, plain: bytes, context: bytes) -> None:
    sealed = seal(key, plain, context)
    assert unseal(key, sealed, context) == plain
    assert len(sealed) == len(plain) + OVERHEAD
    assert seal(key, plain, context) != sealed, "twice the same must not look the same"
    assert len(plain) < 4 or plain not in sealed


@given(KEYS, st.binary(min_size=1, max_size=200), st.data())
def test_one_altered_byte_or_a_cut_opens_nothing(key: bytes, plain: bytes, data: st.DataObject) -> None:
    sealed = seal(key, plain, b"here")
    at = data.draw(st.integers(0, len(sealed) - 1))
    flipped = bytes([sealed[at] ^ data.draw(st.integers(1, 255))])
    for wrong in (sealed[:at] + flipped + sealed[at + 1 :], sealed[:at], sealed + b"\0"):
        with pytest.raises(Unreadable) as refused:
            unseal(key, wrong, b"here")
        assert plain.hex() not in str(refused.value)


@given(KEYS, KEYS, st.binary(max_size=100))
def test_another_key_or_place_opens_nothing(key: bytes, other: bytes, plain: bytes) -> None:
    sealed = seal(key, plain, b"here")
    with pytest.raises(Unreadable):
        unseal(key, sealed, b"there")
    if other != key:
        with pytest.raises(Unreadable):
            unseal(other, sealed, b"here")


@given(KEYS, st.text(max_size=50), st.text(max_size=50))
def test_blind_indexes_are_equal_for_equal_values_only(key: bytes, one: str, other: str) -> None:
    one, other = (text.encode("utf-8", "replace").decode() for text in (one, other))
    assert (blind(key, "phone", one) == blind(key, "phone", other)) == (one == other)
    assert blind(key, "phone", one) != blind(key, "document", one)
