"""How passwords are kept, and which are too common."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from lianfang.accounts.policies import table

FEW_LETTERS = 2
"""Of so few letters beside the words of the context, a password is not another."""


class Argon2id(Argon2PasswordHasher):
    """46 MiB, two passes, one lane: above the OWASP Password Storage Cheat Sheet's least (46 MiB, one pass), and a
    small server still checks several at once."""

    time_cost = 2
    memory_cost = 47104
    parallelism = 1


class NotCommon(CommonPasswordValidator):
    """Refuses the 20,000 most common passwords, also dressed up: with digits and signs before, after or doubled."""

    def validate(self, password: str, user: object = None) -> None:
        super().validate(password, user)
        bare = password.strip("0123456789!@#$%^&*()-_=+.,?~ ")
        half = password[: len(password) // 2]
        for form in {bare, half if half * 2 == password else password}:
            if len(form) > 3:
                super().validate(form, user)


class NotOfContext:
    """Refuses passwords that are made of the words of ``policy/passwords.toml``, digits and signs."""

    def validate(self, password: str, user: object = None) -> None:
        letters = left = "".join(c for c in unicodedata.normalize("NFKC", password).casefold() if c.isalpha())
        for word in sorted(table("passwords")["words"], key=len, reverse=True):
            left = left.replace(word, "")
        if left != letters and len(left) <= FEW_LETTERS:
            raise ValidationError(self.get_help_text(), code="password_of_context")

    def get_help_text(self) -> str:
        if get_language() == "en":
            return "This password is made of words that everybody here would try first: add others."
        return "密码全由此类系统的常用词组成，易被猜中：请加入其他词。"


class LongEnough(MinimumLengthValidator):
    """Says in Chinese too how long a password has to be, which Django does not."""

    def get_error_message(self) -> str:
        if get_language() == "en":
            return f"This password is too short: it has at least {self.min_length} characters."
        return f"密码太短：至少须有{self.min_length}个字符。"
