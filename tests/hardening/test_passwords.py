"""Passwords that one would guess from where they are used are refused, and no others are."""

from __future__ import annotations

import secrets

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

GUESSED = [
    "lianfang2020lianfang",
    "YiqingFangkong1!",
    "疫情防控指挥云南昆明123",
    "admin-Lianfang-2020",
    "ＬｉａｎＦａｎｇ1234567",
    "covid-hospital-99",
]
FINE = [
    "seven grey herons on ice",
    "lianfang heron umbrella",
    "834902751639",
    "!@#$%^&*()_+{}",
    "疫情里的白鹭踏雪归来是谁家",
    "  spaces at both ends  ",
]


@pytest.mark.parametrize("password", GUESSED)
def test_words_of_the_context_make_no_password(password: str) -> None:
    for language in ("zh-hans", "en"):
        with override(language), pytest.raises(ValidationError) as refused:
            validate_password(password)
        assert all(message.isascii() == (language == "en") for message in refused.value.messages)


@pytest.mark.parametrize(
    "password",
    [*FINE, pytest.param(secrets.token_urlsafe(48), id="random"), "长" * 12 + "短" * 52, "a b" * 100],
)
def test_any_composition_and_length_will_do(password: str) -> None:
    """No rule of capitals, digits or signs; 64 characters and more."""
    validate_password(password)
