"""Endpoints of the templates of notices to the public."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.command.api.shapes import CommandIn
from lianfang.capabilities.command.facts.instructions import InstructionKind
from lianfang.capabilities.command.queries import templates as queries
from lianfang.capabilities.command.rules.notices import sorts
from lianfang.capabilities.command.rules.templates import SHEET, Language, codes
from lianfang.capabilities.isolation.state import CIVIL_TIME

router = Router(tags=["command"])


class NoticeTemplateOut(CommandIn):
    """A template in one language; what stands in braces is filled in by who uses it: area, issuer, date, phone."""

    code: str
    title: str
    lead: str
    points: list[str]
    close: str


class NoticeLanguageOut(CommandIn):
    """A language. ``lacking``: keys that its file does not have, said in English; ``issued`` and ``phone``: what stands
    on every poster."""

    lang: str
    tag: str
    name: str
    lacking: list[str]
    issued: str
    phone: str
    templates: list[NoticeTemplateOut]


class NoticeTemplatesOut(CommandIn):
    """``sorts``: the kinds of notices that there are today; another is refused."""

    sorts: list[InstructionKind]
    languages: list[NoticeLanguageOut]


@router.get("/instructions/templates", response={200: NoticeTemplatesOut, **PROBLEMS}, operation_id="notice_templates")
@answering
def notice_templates(request: HttpRequest) -> NoticeTemplatesOut:
    """The templates of notices to the public in Chinese, English and the languages of the operator's files."""
    folder = settings.NOTICE_LANGUAGES
    files = sorted(folder.glob("*.toml")) if folder else []
    languages = [_language(one) for one in queries.languages(request.viewer, files)]
    return NoticeTemplatesOut(sorts=list(sorts(clock.now().astimezone(CIVIL_TIME).date())), languages=languages)


def _language(one: Language) -> NoticeLanguageOut:
    texts = [NoticeTemplateOut(code=code, **one.text(code)._asdict()) for code in codes()]
    return NoticeLanguageOut(
        lang=one.lang, tag=one.tag, name=one.name, lacking=list(one.lacking), issued=one.words[f"{SHEET}.issued"],
        phone=one.words[f"{SHEET}.phone"], templates=texts,
    )  # fmt: skip
