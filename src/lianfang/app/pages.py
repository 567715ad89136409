"""What an error says to a person: one page in both languages, with a number to tell us and nothing about the inside."""

from __future__ import annotations

import html
from typing import Final, NamedTuple


class Said(NamedTuple):
    zh: str
    en: str


REASONS: Final = {
    400: Said(
        "请求无法读取，或其 Host 与本服务的地址不符。请从本服务公布的地址打开页面。",
        "The request cannot be read, or its Host is not the address that is served here. Use the address that "
        "Lianfang was announced with.",
    ),
    401: Said("请先登录。", "Sign in first."),
    403: Said("您的角色不能这样做。", "Your role may not do this."),
    404: Said(
        "没有这个地址。请从首页进入；接口列表见 /api/v1/openapi.json。",
        "There is no such address. Begin at the first page; /api/v1/openapi.json lists the routes of the API.",
    ),
    405: Said(
        "此地址不接受这种方法；可用的方法见 Allow。",
        "This address does not take this method; Allow says which it takes.",
    ),
    413: Said("内容过大，请分批发送。", "The content is too large: send it in parts."),
    429: Said("请求过于频繁，请按 Retry-After 稍后再试。", "Too many requests: try again later, as Retry-After says."),
    503: Said("服务暂不可用，请稍后再试。", "Lianfang cannot answer now: try again in a moment."),
}
OTHER: Final = Said("请求不能完成。", "The request cannot be fulfilled.")

PAGE: Final = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>{status} · 联防 Lianfang</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:16px/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}}</style></head>
<body><h1>{status}</h1><p>{zh}</p><p lang="en">{en}</p><p><a href="/">联防 Lianfang</a></p></body></html>
"""


def reason(status: int) -> Said:
    """What an error's status means."""
    return REASONS.get(status, OTHER)


def failed(number: str) -> Said:
    """An error of ours; ``number`` is the request's, under which the log has the rest."""
    return Said(
        f"联防在此出错。请把编号 {number} 告诉管理员，日志中有原因。",
        f"Lianfang failed here. Tell the administrator the number {number}: its log has the reason.",
    )


def spoken(languages: str, said: Said) -> str:
    """In Chinese where ``Accept-Language`` names it before English."""
    named = languages.lower()
    chinese, english = named.find("zh"), named.find("en")
    return said.zh if chinese >= 0 and (english < 0 or chinese < english) else said.en


def page(status: int, said: Said) -> str:
    """The page that tells an error in Chinese and in English."""
    return PAGE.format(status=status, zh=html.escape(said.zh), en=html.escape(said.en))
