"""Files before they are sent: several at once, dropped, taken away again, over a line that breaks."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from nakadachi.demo.members import PASSWORD
from nakadachi.demo.stage import person as demo_person
from tests.browser import crawl
from tests.browser.conftest import Person

New = Callable[..., Person]
MEGABYTE = 1024**2
PIECES = "**/files/uploads/*/"


@pytest.fixture
def page(person: New) -> Iterator[Page]:
    """Hanako before the form of a delivery, which she never sends here."""
    hanako = person(width=1280)
    hanako.log_in(demo_person("hanako").email, PASSWORD)
    hanako.page.goto("/contracts/")
    for link in crawl.links(hanako.page):
        if crawl.kind_of(link) == "/contracts/N/":
            hanako.page.goto(link)
            forms = [one for one in crawl.links(hanako.page) if one.endswith("/delivery/")]
            if forms:
                hanako.page.goto(forms[0])
                break
    expect(hanako.page.locator("[data-uploads][data-ready]")).to_be_attached()
    yield hanako.page
    hanako.complaints[:] = [said for said in hanako.complaints if "ERR_FAILED" not in said]  # lines cut on purpose


def choose(page: Page, *files: Path) -> None:
    page.locator(".uploads__drop > input[type=file]").set_input_files(list(files))


def rows(page: Page, state: str) -> Locator:
    return page.locator(f".uploads__row[data-state={state}]")


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_several_at_once_and_one_taken_away(page: Page, tmp_path: Path) -> None:
    names = ["構成案.txt", "記事.txt", "出典.txt"]
    choose(page, *[written(tmp_path, name, name.encode()) for name in names])
    expect(rows(page, "done")).to_have_count(3)
    page.get_by_role("button", name="取り除く: 記事.txt").click()
    expect(rows(page, "done")).to_have_count(2)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith("出典.txt")
    choose(page, written(tmp_path, "空.txt", b""))
    expect(rows(page, "failed")).to_contain_text("0バイト")


def test_dropped_from_the_desktop(page: Page, tmp_path: Path) -> None:
    box = page.locator("[data-uploads]").bounding_box()
    assert box is not None
    devtools = page.context.new_cdp_session(page)
    dragged = {"items": [], "files": [str(written(tmp_path, "落とす.txt", b"x"))], "dragOperationsMask": 1}
    page.locator("[data-uploads]").scroll_into_view_if_needed()
    box = page.locator("[data-uploads]").bounding_box() or box
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        devtools.send("Input.dispatchDragEvent", {"type": kind, "data": dragged, **place})
    expect(rows(page, "done")).to_contain_text("落とす.txt")


def test_a_broken_line_goes_on_from_where_it_stopped(page: Page, tmp_path: Path) -> None:
    starts: list[int] = []

    def cut_the_second(route: Route, request: Request) -> None:
        if request.method == "PATCH":
            starts.append(int(request.headers["upload-offset"]))
            if len(starts) == 2:
                route.abort()
                return
        route.continue_()

    page.route(PIECES, cut_the_second)
    choose(page, written(tmp_path, "長い.bin", os.urandom(2 * MEGABYTE)))
    expect(rows(page, "done")).to_contain_text("長い.bin")
    assert starts[0] == 0
    assert starts[1] == starts[2] > 0
    assert starts == sorted(starts)


def test_a_closed_page_goes_on_when_the_file_is_chosen_again(page: Page, tmp_path: Path) -> None:
    path = written(tmp_path, "途中.bin", os.urandom(2 * MEGABYTE))
    begun: list[int] = []

    def only_one(route: Route, request: Request) -> None:
        if request.method == "PATCH" and begun:
            route.abort()
            return
        if request.method == "PATCH":
            begun.append(1)
        route.continue_()

    page.route(PIECES, only_one)
    choose(page, path)
    expect(rows(page, "sending")).to_contain_text("途切れ")
    page.unroute(PIECES)
    page.reload()
    expect(rows(page, "failed")).to_contain_text("途中.bin")
    with page.expect_request(lambda request: request.method == "PATCH") as first:
        choose(page, path)
    assert int(first.value.headers["upload-offset"]) > 0
    expect(rows(page, "done")).to_contain_text("途中.bin")
    expect(rows(page, "failed")).to_have_count(0)
