"""Errors that are told in the language that was asked for."""

from __future__ import annotations

from django.http import HttpRequest


class Told(Exception):
    """An error with its reason in Chinese and in English, for whoever asked."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en

    def to(self, request: HttpRequest) -> str:
        """The reason in the request's language."""
        return self.en if language(request) == "en" else self.zh


def language(request: HttpRequest) -> str:
    """``en`` where the request asks for English first, else ``zh-hans``."""
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh-hans"
