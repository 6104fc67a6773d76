"""退会 from the settings to the receipt: reserved with work open, closed by the last button, undone from the mail,
closed for good, and what is left of somebody after that. On a small telephone, and by the keyboard alone."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser import hands
from tests.browser.acts import button, fill, follow, from_menu, labelled, option, press, sees
from tests.browser.conftest import Person
from tests.journeys.by_http import wait_for
from tests.journeys.project import Project
from tests.run.ahead import MarketAhead
from tests.run.market import Auditor

LINK = re.compile(r"https?://\S+/settings/closing/closed/\S+")
UNDO_DAYS, DAY = 7, timedelta(days=1)


@pytest.mark.parametrize("has_keys", [False, True], ids=["phone", "keyboard"])
def test_somebody_leaves_comes_back_and_leaves_for_good(
    phone: Callable[..., Person], ahead: MarketAhead, books: Auditor, tmp_path: Path, has_keys: bool
) -> None:
    name = f"花子{uuid4().hex[:4]}"
    client, leaver = phone("湊珈琲"), phone(name, has_keys=has_keys)
    funded, proposed = work_of(client, leaver, ahead)
    page = leaver.page
    to_leaving(page)
    reserve(page)
    sees(page, "退会を予約しています", funded.title, proposed.title)
    the_list_clears(page)
    books.assert_clean("closed")
    undo_from_the_mail(page, leaver.email, ahead)
    log_in(page, leaver)
    page.wait_for_url("**/mypage/")
    to_leaving(page)
    agree(page)
    press(page, "退会する")
    sees(page, "退会の手続きが完了しました", "退会を取り消す")
    link = link_of_mail(leaver.email, ahead, nth=2)
    ahead.put_to(ahead.now() + (UNDO_DAYS + 1) * DAY)
    books.sweep()
    the_receipt(page, link, ahead, tmp_path)
    log_in(page, leaver)
    sees(page, "正しくありません")
    client.come_back()
    client.page.goto(f"/contracts/{funded.contract}/")
    sees(client.page, "退会したメンバー")
    expect(client.page.get_by_role("main")).not_to_contain_text(name)
    books.assert_clean("erased")


def work_of(client: Person, leaver: Person, ahead: MarketAhead) -> tuple[Project, Project]:
    """A contract with money set aside, and a proposal without an answer."""
    key = uuid4().hex[:6]
    titles = (f"豆の記事{key}", f"器具の記事{key}")
    made = [Project(client.by_http, leaver.by_http, title, today=ahead.today) for title in titles]
    made[0].carry_on("fund")
    made[1].carry_on("propose")
    return made[0], made[1]


def to_leaving(page: Page) -> None:
    page.goto("/mypage/")
    from_menu(page, "設定")
    follow(page, "退会")
    sees(page, "退会するとどうなるか")


def agree(page: Page) -> None:
    hands.of(page).check(labelled(page, "を読み、同意します"))


def reserve(page: Page) -> None:
    """Without the consent nothing happens, and the reason that was chosen stays."""
    hands.of(page).choose(labelled(page, "退会の理由"), option(page, "時間がとれなくなった"))
    press(page, "退会を予約する")
    sees(page, "同意にチェックを入れてください")
    expect(labelled(page, "退会の理由")).to_have_value("no_time")
    agree(page)
    press(page, "退会を予約する")


def the_list_clears(page: Page) -> None:
    """A row less with every press, on the page that is there; the last one closes the account."""
    page.evaluate("window.stays = true")
    rows = page.locator(".obstacle")
    expect(rows).to_have_count(2)
    press(page, "提案を取り下げる")
    expect(rows).to_have_count(1)
    assert page.evaluate("window.stays") is True
    press(page, "辞退して返金する")
    sees(page, "退会の手続きが完了しました")
    expect(button(page, "退会を取り消す")).to_be_visible()


def link_of_mail(email: str, ahead: MarketAhead, *, nth: int) -> str:
    """In the mail about the closing, once that many have come: what is still unsent when somebody is erased is gone."""
    return wait_for(lambda: found if len(found := links_to(email, ahead.folder / "mail")) == nth else [])[-1]


def links_to(email: str, mailbox: Path) -> list[str]:
    """Of the mails about a closing, the oldest first: without a mail server each is a file."""
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(mailbox.glob("[!.]*.eml"))]
    bodies = [mail.get_body(("plain",)) for mail in mails if str(mail["To"]) == email]
    return [hit[0] for body in bodies if body is not None and (hit := LINK.search(body.get_content()))]


def undo_from_the_mail(page: Page, email: str, ahead: MarketAhead) -> None:
    page.goto(link_of_mail(email, ahead, nth=1))
    press(page, "退会を取り消す")
    sees(page, "退会を取り消しました")


def log_in(page: Page, who: Person) -> None:
    page.goto("/accounts/login/")
    fill(page, メールアドレス=who.email, パスワード=who.password)
    press(page, "ログイン")


def the_receipt(page: Page, link: str, ahead: MarketAhead, folder: Path) -> None:
    """Both files are genuine, and say what they say of whom it was."""
    page.goto(link)
    sees(page, "退会が完了しました")
    for kind, name in (("pdf", "退会証明書(PDF)"), ("json", "退会証明書(JSON)")):
        with page.expect_download() as waiting:
            press(page, name)
        file = folder / f"receipt.{kind}"
        waiting.value.save_as(file)
        verdict = ahead.command("receipt", "verify", str(file))
        assert verdict.returncode == 0, verdict.stderr
        assert "genuine" in verdict.stdout
    assert json.loads((folder / "receipt.json").read_text())
    changed = folder / "changed.json"
    changed.write_bytes((folder / "receipt.json").read_bytes().replace(b"2", b"3", 1))
    assert ahead.command("receipt", "verify", str(changed)).returncode == 1
