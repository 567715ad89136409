"""Every number opens what it came from; checks open to their arithmetic; null is never 0."""

from __future__ import annotations

from tests.browser.desk import INNER_MONGOLIA, YUNNAN, Desk
from tests.browser.rooms import until


def test_44_opens_its_sentence_and_its_history(desk: Desk) -> None:
    page = desk.open(YUNNAN)
    desk.origin(".strip .lead .figure")
    assert "44" in page.inner_text(".origin mark.number")
    sentence = "".join(page.locator(".origin mark.sentence").all_inner_texts())
    assert sentence.startswith("截至2020年1月28日12时")
    assert sentence.endswith("。")
    assert "昆明" not in sentence
    assert page.inner_text(".origin-label") == "Lianfang 根据数字写成的文本"
    assert page.inner_text(".origin .history li.current strong") == "44"
    assert page.locator(".origin .history li").count() > 1


def test_the_sum_of_the_places_is_shown_with_six_implied_zeros(desk: Desk) -> None:
    page = desk.open(YUNNAN)
    total, terms = page.inner_text(".sum-note .equation").split(" = ")
    assert total == "44"
    assert sorted(map(int, terms.split(" + "))) == sorted([12, 6, 2, 4, 5, 2, 2, 6, 3, 2])
    assert page.locator(".areas .figure.implied").count() == 6
    page.click(".areas .figure.implied >> nth=0")
    page.wait_for_selector(".origin .basis.implied")
    assert page.inner_text(".origin .equation").startswith("44 = ")
    assert page.locator(".origin mark.number").count() == 0


def test_what_was_not_reported_is_not_zero(desk: Desk) -> None:
    page = desk.open(INNER_MONGOLIA, "en")
    severe = page.locator(".strip li", has_text="Severe")
    assert severe.locator(".figure").inner_text() == "not reported"
    severe.locator(".figure").click()
    assert page.inner_text(".origin .basis") == "not reported"


def test_person_times_and_persons_stand_apart(desk: Desk) -> None:
    page = desk.open(YUNNAN)
    screening = page.inner_text(".screening")
    assert "27,824 + 194,156 = 221,980 人次" in screening.replace("\xa0", " ")
    assert "1,069 人" in screening
    assert "223,049" not in screening
    page.click(".screening .figure >> nth=0")
    page.wait_for_selector(".origin mark.number")
    assert "27824" in page.inner_text(".origin mark.number").replace(",", "")


def test_the_balance_of_suspected_cases_reads_as_arithmetic(desk: Desk) -> None:
    page = desk.open(INNER_MONGOLIA, "en")
    chip = page.locator(".checks .chip", has_text="ID4")
    assert chip.get_attribute("aria-expanded") == "true"
    shown = " ".join(page.inner_text(".checks .arithmetic .sum").split())
    assert shown == "1 + 1 − 1 − 1 = 0 ≠ 2 unexplained +2"
    page.click(".checks .arithmetic .sum .figure >> nth=0")
    page.wait_for_selector(".origin .value:has-text('1')")
    page.keyboard.press("Escape")
    page.locator(".checks .chip.holds").first.click()
    assert page.locator(".checks .arithmetic.holds .identity").count() >= 1


def test_leagues_open_to_their_counties(desk: Desk) -> None:
    page = desk.open(INNER_MONGOLIA)
    rows = page.locator(".areas tbody tr")
    assert rows.count() == 12
    page.locator(".areas tr", has_text="呼伦贝尔市").locator(".expand").click()
    opened = page.locator(".areas tr.child").all_inner_texts()
    assert any("满洲里市" in row for row in opened)
    assert any("牙克石市" in row for row in opened)


def test_the_map_tells_its_approval_and_its_states_apart(desk: Desk) -> None:
    page = desk.open(YUNNAN)
    assert "GS" in page.inner_text(".credit")
    assert page.locator(".legend .swatch g").count() == 1  # dots: implied
    assert page.locator(".legend .swatch path").count() == 1  # hatching: not reported
    label = page.locator(".map-label", has_text="昆明")
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".origin")
    assert page.inner_text(".origin .of").startswith("昆明市")


def test_the_map_follows_the_mouse_and_is_drawn_where_it_was_let_go(desk: Desk) -> None:
    page = desk.open(YUNNAN)
    page.wait_for_selector(".map[aria-busy=false]")
    picture = page.locator(".maplibregl-canvas-container")
    label = page.locator(".map-label", has_text="昆明")
    picture.scroll_into_view_if_needed()
    box, before = picture.bounding_box(), label.bounding_box()
    assert box and before
    x, y = box["x"] + 20, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=3)
    moved = """([x, y]) => {
        const labels = [...document.querySelectorAll('.map-label')]
        const at = labels.find(label => label.textContent.includes('昆明')).getBoundingClientRect()
        return Math.abs(at.x - x - 60) <= 3 && Math.abs(at.y - y - 10) <= 3
    }"""
    until(page, moved, [before["x"], before["y"]])
    page.mouse.up()
    page.wait_for_function("() => !document.querySelector('.maplibregl-canvas-container').style.transform")
    until(page, moved, [before["x"], before["y"]])
    assert not page.locator(".origin[open]").count()


def test_the_curve_has_a_table_of_the_same_numbers(desk: Desk) -> None:
    page = desk.open(INNER_MONGOLIA)
    page.wait_for_selector(".chart svg")
    page.locator("section", has=page.locator("#curve-title")).get_by_text("表", exact=True).click()
    last = page.inner_text(".plain-table tbody tr:last-child").split()
    assert last[-4:] == ["15", "4", "33", "小时"]


def test_the_notice_is_copied_and_downloaded_in_both_languages(desk: Desk) -> None:
    page = desk.open(YUNNAN, "en")
    assert "44" in page.inner_text("article.notice")
    panel = page.locator("section", has=page.locator("#notice-title"))
    panel.get_by_text("中文").click()
    page.wait_for_selector("article.notice:has-text('云南省')")
    with page.expect_download() as download:
        panel.get_by_role("button", name="Download .txt").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("截至2020年1月28日12时")
    assert download.value.suggested_filename == "notice_Yunnan_202001281200.txt"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name="Copy").click()
    until(page, "async text => await navigator.clipboard.readText() === text", text)
