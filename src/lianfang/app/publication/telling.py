"""The open page for who has something to tell back, in the languages of the public site: forms that need no script.

Words and ticket numbers come in bodies and never stand in an address; the place does, by its code. Nobody signs in, and
whoever is signed in at that machine is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as e
from typing import NamedTuple
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.views import View

from lianfang.accounts import clock, limits
from lianfang.accounts.limits import TooMany
from lianfang.accounts.refused import NotThere, Refused
from lianfang.app.doors import Worded
from lianfang.app.drill import banner
from lianfang.app.publication.serving import PREFIX
from lianfang.app.publication.site import spoken
from lianfang.app.publication.site.gathered import PUBLISHED, named
from lianfang.app.publication.site.markup import Around, Html, page, paragraph
from lianfang.app.publication.site.others import FEEDBACK
from lianfang.app.publication.site.words import Words
from lianfang.capabilities.bulletins.facts.feedback import FeedbackTopic
from lianfang.capabilities.bulletins.queries import feedback as queries
from lianfang.capabilities.bulletins.service import feedback as service
from lianfang.places.gazetteer import COUNTRY
from lianfang.places.queries import current_gazetteer


class Form(NamedTuple):
    """What somebody was about to tell, and what is wrong with it. Sent again under its ``id`` it is the same."""

    id: UUID
    area: str
    topic: str = FeedbackTopic.NOTICE
    words: str = ""
    wrong: Sequence[str] = ()


class Feedback(View):
    """The forms; what is sent with them: something to tell, or the number of a ticket."""

    def get(self, request: HttpRequest) -> HttpResponse:
        languages = spoken()
        w = _language(request, languages)
        return _answer(w, languages, [*_give(w, Form(uuid4(), request.GET.get("area", ""))), *_ask(w)])

    def post(self, request: HttpRequest) -> HttpResponse:
        languages = spoken()
        w = _language(request, languages)
        return _looked_up(request, w, languages) if "ticket" in request.POST else _given(request, w, languages)


def _language(request: HttpRequest, languages: Sequence[Words]) -> Words:
    """The one that is named; else the first that the browser asks for and the site has."""
    asked = [request.POST.get("lang") or request.GET.get("lang", "")]
    asked += [one.partition(";")[0].strip() for one in request.headers.get("Accept-Language", "").split(",")]
    wanted = (one.lower().partition("-")[0] for one in asked)
    found = {one.lang.lower().partition("-")[0]: one for one in reversed(languages)}
    return next((found[one] for one in wanted if one in found), languages[0])


def _given(request: HttpRequest, w: Words, languages: Sequence[Words]) -> HttpResponse:
    sent = request.POST
    form = Form(_id(sent.get("id", "")), sent.get("area", ""), sent.get("topic", ""), _lines(sent.get("words", "")))
    try:
        given = service.give(
            form.area, form.topic, w.lang, form.words, id=form.id, source=limits.address(request), now=clock.now()
        )
    except Refused as error:
        wrong = [w.either(one.zh, one.en) for one in error.wrong]
        return _answer(w, languages, [*_give(w, form._replace(wrong=wrong)), *_ask(w)], 422)
    except TooMany as error:
        parts = [*_give(w, form._replace(wrong=[w("tell_busy")])), *_ask(w)]
        return _answer(w, languages, parts, 429, error.retry_after)
    until = w("tell_due", due=w.stamp(given.due), erase=w.day(given.erase_on))
    told = (
        f'<h2>{e(w("tell_give"))}</h2><div role="status"><p>{e(w("tell_sent"))}</p>'
        f'<p class="ticket">{e(given.ticket)}</p><p>{e(until)}</p></div>'
        f'<p><a href="{FEEDBACK}?lang={w.lang}">{e(w("tell_another"))}</a></p>'
    )
    return _answer(w, languages, [told, *_ask(w)])


def _looked_up(request: HttpRequest, w: Words, languages: Sequence[Words]) -> HttpResponse:
    status, ticket = 200, request.POST["ticket"]
    try:
        limits.take(limits.address(request), "feedback_status")
        row = queries.of_ticket(ticket)
        told = [w("tell_waiting", due=w.stamp(row.due))]
        if row.outcome:
            told = [w(f"outcome_{row.outcome}"), row.answer]
    except NotThere:
        status, told = 404, [w("tell_unknown")]
    except TooMany as error:
        return _answer(w, languages, _ask(w, [w("tell_busy")]), 429, error.retry_after)
    return _answer(w, languages, [*_ask(w, told), *_give(w, Form(uuid4(), ""))], status)


def _lines(text: str) -> str:
    """As somebody typed it: a form ends each line with two characters."""
    return text.replace("\r\n", "\n")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _answer(
    w: Words, languages: Sequence[Words], parts: Iterable[str], status: int = 200, retry_after: int = 0
) -> HttpResponse:
    said = banner.words()
    above = f'<p class="drill" role="note">{said}</p>\n' if said else ""
    around = Around(languages, w("as_of", at=w.stamp(clock.now())), above, site=PREFIX)
    content = page(w, FEEDBACK, w("feedback"), [paragraph(w("tell_lead")), *parts], around, "feedback")
    retry = {"Retry-After": str(retry_after)} if retry_after else {}
    return Worded(content, status=status, headers=retry)


def _give(w: Words, form: Form) -> list[str]:
    """The place, step by step, then what is to be told of it."""
    known = current_gazetteer().division(form.area)
    area = form.area if known and known.level in PUBLISHED else ""
    parts = [f"<h2>{e(w('tell_give'))}</h2>", _wrong(form.wrong), _place(w, area)]
    if area:
        parts.append(_words(w, form))
    return parts


def _wrong(lines: Sequence[str]) -> Html:
    inside = "".join(f"<p>{e(one)}</p>" for one in lines)
    return Html(f'<div class="wrong" role="alert" id="wrong">{inside}</div>' if lines else "")


def _place(w: Words, area: str) -> Html:
    """What was chosen, and what may be chosen below it, down to the county."""
    gazetteer = current_gazetteer()
    chosen = [*reversed([one for one in gazetteer.ancestors(area) if one != COUNTRY]), area] if area else []
    below = [one for one in gazetteer.children(area or COUNTRY) if one.level in PUBLISHED]
    names = [w.either(its.name, its.en or its.pinyin) for its in map(named, chosen)]
    said = f"<p>{e(w('tell_area'))}{e('：' if w.zh else ': ')}<strong>{e(' › '.join(names))}</strong>" if area else ""
    again = f' · <a href="{FEEDBACK}?lang={w.lang}">{e(w("tell_again"))}</a></p>' if area else ""
    if not below:
        return Html(said + again)
    options = "".join(
        f'<option value="{e(one.code)}">{e(w.either(one.name, one.en or one.pinyin))}</option>' for one in below
    )
    return Html(
        f'{said}{again}<form method="get" action="{FEEDBACK}"><input type="hidden" name="lang" value="{w.lang}">'
        f'<p><label for="area">{e(w("tell_narrow" if area else "tell_area"))}</label>'
        f'<select id="area" name="area" required><option value="">{e(w("tell_choose"))}</option>{options}</select></p>'
        f"<p><button>{e(w('tell_next'))}</button></p></form>"
    )


def _words(w: Words, form: Form) -> Html:
    topics = "".join(
        f'<option value="{one}"{" selected" if one == form.topic else ""}>{e(w(f"topic_{one}"))}</option>'
        for one in FeedbackTopic
    )
    invalid = ' aria-invalid="true" aria-describedby="wrong"' if form.wrong else ""
    most = service.LONGEST
    return Html(
        f'<form method="post" action="{FEEDBACK}"><input type="hidden" name="lang" value="{w.lang}">'
        f'<input type="hidden" name="id" value="{form.id}"><input type="hidden" name="area" value="{e(form.area)}">'
        f'<p><label for="topic">{e(w("tell_topic"))}</label><select id="topic" name="topic">{topics}</select></p>'
        f'<p><label for="words">{e(w("tell_words", most=most))}</label>'
        f'<textarea id="words" name="words" rows="6" maxlength="{most}" required{invalid}>\n'
        f"{e(form.words)}</textarea></p>"
        f"<p><button>{e(w('tell_send'))}</button></p></form>"
    )


def _ask(w: Words, told: Sequence[str] = ()) -> list[str]:
    """What came of a ticket; and the form that asks for it."""
    said = f'<div class="note" role="status">{"".join(f"<p>{e(one)}</p>" for one in told)}</div>' if told else ""
    return [
        f"<h2>{e(w('tell_ask'))}</h2>{said}",
        f'<form method="post" action="{FEEDBACK}"><input type="hidden" name="lang" value="{w.lang}">'
        f'<p><label for="ticket">{e(w("tell_ticket"))}</label>'
        f'<input id="ticket" name="ticket" maxlength="20" autocomplete="off" required></p>'
        f"<p><button>{e(w('tell_look'))}</button></p></form>",
    ]
