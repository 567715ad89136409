"""How passwords are kept, and which are too common."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.utils.translation import get_language


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


class LongEnough(MinimumLengthValidator):
    """Says in Chinese too how long a password has to be, which Django does not."""

    def get_error_message(self) -> str:
        if get_language() == "en":
            return f"This password is too short: it has at least {self.min_length} characters."
        return f"密码太短：至少须有{self.min_length}个字符。"
