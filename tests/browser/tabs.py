"""Two tabs of one browser, and fingers that are too quick."""

from playwright.sync_api import Page

from tests.browser import acts


def second_tab(page: Page) -> Page:
    """The same page in another tab of the same browser."""
    tab = page.context.new_page()
    tab.goto(page.url)
    return tab


def double_tap(page: Page, name: str) -> None:
    """The same button twice, faster than the answer comes."""
    wanted = acts.button(page, name).filter(visible=True).first
    wanted.scroll_into_view_if_needed()
    box = wanted.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(x, y)
    page.touchscreen.tap(x, y)
