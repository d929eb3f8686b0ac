"""The page in a browser: from rows to the text and back, by mouse, keys and touch, at any width, and with axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gonghui_nlp.display.page import page_of
from gonghui_nlp.display.texts import Text
from gonghui_nlp.words import speaking

Made = Callable[..., Text]
Open = Callable[..., Any]
DESK, PHONE = (1440, 900), (390, 844)


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens texts as a page from a file; what goes wrong in it, and whatever it asks for elsewhere, fails the test."""
    contexts, wrong = [], []

    def open_(texts: list[Text], size: tuple[int, int] = DESK, **more: Any) -> Any:
        with speaking("zh"):
            (tmp_path / "页.html").write_text(page_of(texts), encoding="utf-8")
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, has_touch=width < 500, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith("file:") or wrong.append(request.url))
        page.goto((tmp_path / "页.html").as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def no_violation(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def seen(page: Any, element: Any) -> bool:
    """Whether an element is inside the window."""
    box = element.bounding_box()
    return bool(box) and 0 <= box["y"] <= page.viewport_size["height"] - box["height"] / 2


def test_from_a_row_to_the_text_and_back(opened: Open, made: Made) -> None:
    page = opened([made(6)])
    page.locator("#t1-r-e40 td").click()
    assert "e40" in page.locator(".text mark.on").first.get_attribute("data-r")
    assert page.locator("#here .words").first.text_content() == page.locator("#t1-r-e40 a").text_content()
    assert seen(page, page.locator(".text mark.on").first)
    page.locator("#here .entry a").first.click()
    assert seen(page, page.locator("#t1-r-e40")) and page.url.endswith("#t1-r-e40")
    assert focused(page) == page.locator("#t1-r-e40 a").text_content()
    page.go_back()
    assert "e40" in page.locator(".text mark.on").first.get_attribute("data-r")


def test_a_mark_of_another_kind_leads_to_its_own_table(opened: Open, made: Made) -> None:
    page = opened([made()])
    page.locator(".text mark.amount").first.click()
    entry = page.locator("#here .entry").filter(has_text="9,600 元")
    assert entry.count() == 1
    entry.locator("a").click()
    assert page.locator("#t1-p-amounts").is_visible() and page.locator("#t1-p-events").is_hidden()
    page.get_by_role("tab", selected=True).press("ArrowRight")
    assert page.locator("#t1-p-headcounts").is_visible()


def test_all_is_reached_by_keys(opened: Open, made: Made) -> None:
    page = opened([made()])
    page.keyboard.press("Tab")
    assert focused(page) == "跳到正文"
    page.locator(".text").focus()
    page.keyboard.press("ArrowRight")
    first = focused(page)
    page.keyboard.press("ArrowRight")
    assert focused(page) != first and page.locator("#here").is_visible()
    page.keyboard.press("ArrowLeft")
    assert focused(page) == first
    page.keyboard.press("Enter")
    assert focused(page) == "到表中查看"
    page.keyboard.press("Escape")
    assert focused(page) == first and page.locator("#here").is_hidden()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "text"


def test_filters_and_search(opened: Open, made: Made) -> None:
    page = opened([made()])
    rows = page.locator("#t1-p-events tbody tr:visible")
    assert rows.count() == 7
    page.select_option("[name=status]", "planned")
    assert rows.count() == 1 and page.locator("#t1-p-events .tally").text_content() == "符合的 1 条，共 7 条"
    assert "dim" in page.locator(".text mark.done").first.get_attribute("class")
    assert "dim" not in page.locator(".text mark.planned").first.get_attribute("class")
    page.click("button[type=reset]")
    page.wait_for_selector("mark.dim", state="detached")
    page.select_option("[name=type]", "meeting")
    assert 0 < rows.count() < 7
    page.click("button[type=reset]")
    page.fill("[name=query]", "教职工")
    page.wait_for_selector(".steps:visible")
    assert page.locator("output").text_content() == "原文中有 3 处"
    page.click("[name=next]")
    assert page.evaluate("CSS.highlights.get('now').size") == 1
    page.fill("[name=query]", "没有这个词")
    page.wait_for_selector("#t1-p-events .nothing:visible")
    page.fill("[name=query]", "")
    page.uncheck("[value=amount]")
    assert (
        page.locator(".text mark.amount").first.evaluate("e => getComputedStyle(e).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )


def test_planned_and_routine_look_different_from_done(opened: Open, made: Made) -> None:
    page = opened([made()])
    looks = [
        page.locator(f".text mark.{status}").first.evaluate("e => getComputedStyle(e).borderBottomStyle")
        for status in ("done", "planned", "routine")
    ]
    assert looks == ["solid", "dashed", "dotted"]


def test_a_folder_lists_its_texts_and_opens_one(opened: Open, made: Made) -> None:
    page = opened([made(), made(2, name="二.txt")], PHONE, color_scheme="dark")
    assert page.locator("article:visible").count() == 0
    no_violation(page)
    page.locator("#list a").nth(1).tap()
    assert page.locator("article:visible").get_attribute("id") == "t2-main"
    no_violation(page)
    page.locator(".back a:visible").tap()
    assert page.locator("#list").is_visible()
    page.fill("[name=query]", "二.txt")
    page.wait_for_selector("#list tbody tr[hidden]", state="attached")
    assert page.locator("#list tbody tr:visible").count() == 2


def test_a_phone_shows_all_of_it(opened: Open, made: Made) -> None:
    page = opened([made()], PHONE)
    page.locator(".text mark.event").first.tap()
    assert page.locator("#here").is_visible() and seen(page, page.locator(".text mark.on").first)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_axe_finds_nothing(opened: Open, made: Made) -> None:
    page = opened([made()])
    page.locator(".text mark.event").first.click()
    no_violation(page)


def test_thousands_of_rows_are_laid_out_as_they_are_asked_for(opened: Open, made: Made) -> None:
    text = made(720)
    page = opened([replace(text, rows={table: text.of(table) for table in ("documents", "events")})])
    rows = page.locator("#t1-p-events tbody tr:not([hidden])")
    assert page.locator("#t1-p-events tbody tr").count() == 5040 and rows.count() == 200
    page.locator("#t1-p-events .more button").click()
    assert rows.count() == 400
    page.evaluate("document.querySelector('#t1-r-e5000 a').click()")
    assert seen(page, page.locator(".text mark.on").first)


def test_without_a_script_and_in_print_everything_is_there(opened: Open, made: Made) -> None:
    page = opened([made(), made(name="二.txt")], java_script_enabled=False)
    assert page.locator("article:visible").count() == 2
    assert page.locator("#t2-p-headcounts").is_visible()
    page = opened([made()])
    page.emulate_media(media="print")
    assert page.locator("#t1-p-headcounts").is_visible() and page.locator(".fields").is_hidden()
