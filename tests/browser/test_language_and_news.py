"""The language is chosen in the footer once: on other devices and in mails, too. The bell says what is new."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import expect

from nakadachi.demo.members import PASSWORD
from nakadachi.demo.stage import person as demo_person
from tests.browser import acts
from tests.browser.conftest import Person

New = Callable[..., Person]


def test_the_language_goes_with_the_member(person: New) -> None:
    here, elsewhere = person(), person()
    email = f"language-{uuid4().hex[:6]}@example.jp"
    acts.register(here.page, name="ことば", email=email)
    here.page.get_by_role("contentinfo").get_by_role("button", name="English").click()
    expect(here.page.locator("html")).to_have_attribute("lang", "en")
    expect(here.page.get_by_role("main")).to_contain_text("Nothing waits for you")
    elsewhere.log_in(email, acts.PASSWORD)
    expect(elsewhere.page.locator("html")).to_have_attribute("lang", "en")
    elsewhere.page.goto("/_mail/")
    told = elsewhere.page.get_by_role("listitem").filter(has_text=email).filter(has_text=re.compile("device", re.I))
    for _ in range(60):
        if told.count():
            break
        elsewhere.page.wait_for_timeout(250)
        elsewhere.page.reload()
    expect(told.first).to_be_visible()


def test_the_bell(person: New) -> None:
    minato = person(width=1280)
    minato.log_in(demo_person("minato").email, PASSWORD)
    page = minato.page
    bell = page.get_by_role("banner").get_by_role("link", name="お知らせ")
    expect(bell).to_have_accessible_name(re.compile("未読"))
    bell.click()
    acts.press(page, "すべて既読にする")
    expect(bell).to_have_accessible_name("お知らせ")
    page.get_by_role("main").locator(".notice__open").first.click()
    expect(page).not_to_have_url(re.compile("/notices/"))
