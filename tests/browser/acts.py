"""What people do on the pages, by the words they read there. Nothing here knows an address or a field's name."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from nakadachi.infra import clock
from nakadachi.kernel.calendar import jst_date
from tests.journeys.by_http import current_code

PASSWORD = "浅煎りの豆を3杯分だけ"
SUCCESS, DECLINED = "4242 4242 4242 4242", "4000 0000 0000 0002"


def in_days(days: int) -> date:
    return jst_date(clock.now()) + timedelta(days=days)


def press(page: Page, name: str) -> None:
    """The button or link of that name which a person sees in the page itself."""
    main = page.get_by_role("main")
    both = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
    both.filter(visible=True).first.click()


def fill(page: Page, **fields: str) -> None:
    for label, text in fields.items():
        page.get_by_role("main").get_by_label(label).and_(page.locator("input, textarea")).fill(text)


def sees(page: Page, *words: str) -> None:
    """All of the words stand in the page itself, and no part of the page hangs over its right edge."""
    for word in words:
        expect(page.get_by_role("main")).to_contain_text(word)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def from_bar(page: Page, name: str) -> None:
    """A place in the bar at the foot of the phone."""
    page.get_by_role("navigation", name="よく使うページ").get_by_role("link", name=name).click()


def more(page: Page, name: str) -> None:
    """A place behind 「その他」 in that bar."""
    bar = page.get_by_role("navigation", name="よく使うページ")
    bar.get_by_text("その他", exact=True).click()
    bar.get_by_role("link", name=name, exact=True).click()


def from_menu(page: Page, name: str) -> None:
    """A place in the menu behind one's own picture."""
    page.get_by_label("あなたのメニュー").click()
    page.locator(".header .menu__sheet").get_by_role("link", name=name, exact=True).click()


# Members


def register(page: Page, *, name: str, email: str) -> None:
    """From the front page to being logged in, by way of the confirmation mail."""
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="会員登録(無料)").click()
    fill(page, メールアドレス=email, 表示名=name, パスワード=PASSWORD)
    page.get_by_role("main").get_by_role("checkbox").check()
    press(page, "無料で登録する")
    sees(page, "メールをご確認ください")
    press(page, "メールボックスを開く")
    mail = page.get_by_role("listitem").filter(has_text=email).get_by_role("link")
    for _ in range(60):
        if mail.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    mail.first.click()
    page.get_by_role("link", name="confirm-email").click()
    press(page, "はい、確認します")
    page.wait_for_url("**/mypage/")
    sees(page, name)


def add_authenticator(page: Page) -> str:
    """From the page that leads operators to a second step, or from the settings; answers with the secret."""
    press(page, "認証アプリを追加する")
    secret = page.locator("[data-secret]").inner_text()
    fill(page, アプリに表示されたコード=current_code(secret))
    press(page, "このアプリを追加する")
    sees(page, "表示されるのは今回だけです")
    press(page, "控えました")
    sees(page, "ログイン中の端末", "この端末")
    return secret


# Jobs and proposals


def post_job(page: Page, *, title: str, description: str) -> str:
    """Draft, last look, published; returns the address."""
    more(page, "仕事を依頼する")
    page.get_by_label("カテゴリ").select_option(label="ライティング・記事作成")
    fill(page, 件名=title, 依頼の詳細=description, 予算の下限="1万")
    fill(page, 提案の締切日=in_days(14).isoformat(), 希望納品日=in_days(30).isoformat())
    press(page, "内容を確認する")
    sees(page, "1円単位の数字で入力してください")
    fill(page, 予算の下限="１０，０００")
    press(page, "内容を確認する")
    sees(page, title, "¥10,000", "¥10,550", "下書きとして保存しました")
    press(page, "この内容で公開する")
    sees(page, "依頼を公開しました", "¥10,550", "¥8,350")
    return page.url


def search(page: Page, word: str, *, title: str) -> None:
    """The index is made by the worker a moment after publishing: somebody who looks again finds it."""
    from_bar(page, "探す")
    found = page.get_by_role("main").get_by_role("link", name=title)
    for _ in range(60):
        page.get_by_role("main").get_by_label("キーワード").fill(word)
        press(page, "検索")
        page.wait_for_url("**/jobs/?**")
        if found.count():
            break
        page.wait_for_timeout(250)
    found.first.click()
    sees(page, title, "¥10,550", "¥8,350")


def propose(page: Page) -> str:
    """Three parts, the take-home follows the typing, a last look, sent; returns the address."""
    press(page, "提案する")
    fill(page, 自己紹介="食の記事を書いています。", 実績="珈琲店の記事を12本書きました。")
    fill(page, この案件への対応="産地ごとの味の違いを図にします。", 契約金額="20000")
    sees(page, "¥16,700")
    fill(page, 契約金額="１０，０００円")
    sees(page, "¥8,350", "¥10,550")
    fill(page, 納品日=in_days(30).isoformat())
    press(page, "内容を確認する")
    sees(page, "まだ送信されていません", "産地ごとの味の違いを図にします。", "¥8,350")
    press(page, "この内容で提案する")
    sees(page, "提案を送りました", "¥8,350")
    return page.url


def offer(page: Page, job: str, *, worker: str, milestones: list[tuple[str, str]]) -> str:
    """Chooses the worker and writes down what is to be done; returns the contract's address."""
    page.goto(job)
    press(page, "提案を見る")
    page.get_by_role("main").get_by_role("link", name=worker).click()
    press(page, "この方に依頼する")
    fill(page, 業務の内容="珈琲豆の選び方の記事1本(3,000字)。構成案を含む。")
    for _ in milestones[1:]:
        press(page, "マイルストーンを追加する")
    for number, (title, amount) in enumerate(milestones):
        row = page.get_by_role("group", name=f"マイルストーン{number + 1}")
        row.get_by_label("納品するもの").fill(title)
        row.get_by_label("金額").fill(amount)
        row.get_by_label("納品日").fill(in_days(30).isoformat())
    sees(page, "合計が提案の金額と一致しています")
    press(page, "この内容で申し込む")
    sees(page, "ワーカーが確認すると契約が始まります")
    return page.url


# The contract


def confirm(page: Page) -> None:
    """From the contract's page: read, then agree."""
    press(page, "契約条件を確認する")
    sees(page, "¥8,350", "珈琲豆の選び方の記事1本")
    press(page, "この条件で契約する")
    sees(page, "契約が成立しました")


def terms_pdf(page: Page) -> Path:
    with page.expect_download() as waiting:
        press(page, "契約条件のPDF")
    return _kept(waiting.value)


def pay(page: Page, *, pays: str, card: str = SUCCESS) -> None:
    """From the contract's page; ends on whatever page answers."""
    press(page, "仮払いをする")
    pay_with(page, card, pays=pays)


def pay_with(page: Page, card: str, *, pays: str) -> None:
    sees(page, pays)
    page.get_by_label(re.compile(card)).check()
    press(page, f"{pays} を支払う")


def deliver(page: Page, *, note: str, file: tuple[str, bytes] | None = None) -> None:
    press(page, "納品する")
    fill(page, クライアントへのメッセージ=note)
    if file is not None:
        chosen = {"name": file[0], "mimeType": "text/plain", "buffer": file[1]}
        page.get_by_role("main").get_by_label("ファイル", exact=False).first.set_input_files(chosen)
    press(page, "納品する")
    sees(page, "納品しました", note)


def withdraw_delivery(page: Page) -> None:
    press(page, "納品を取り下げる")
    press(page, "納品を取り下げる")
    sees(page, "取り下げ済み")


def ask_for_revision(page: Page, wish: str, *, left: int) -> None:
    press(page, f"修正を依頼する(あと{left}回)")
    fill(page, 直してほしいところ=wish)
    press(page, "ワーカーに送る")
    sees(page, "修正の依頼をワーカーに送りました", wish)


def downloads(page: Page, name: str) -> bytes:
    """A file of a delivery, by the name it was given."""
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("link", name=name).first.click()
    return _kept(waiting.value).read_bytes()


def accept(page: Page, *, reward: str) -> None:
    press(page, "検収する")
    sees(page, "報酬が確定し、取り消せません", reward)
    press(page, "検収して報酬を確定する")
    sees(page, "検収しました。報酬が確定しました。")


# Money out


def register_bank_account(page: Page) -> None:
    """The bank is found by its reading; the holder is shown as the bank will print it."""
    press(page, "振込先の口座へ")
    press(page, "口座を登録する")
    page.get_by_label("銀行名・よみ").press_sequentially("みずほ")
    page.get_by_role("main").get_by_role("link", name="みずほ銀行", exact=True).click()
    page.get_by_label("支店名・よみ").press_sequentially("しんじゅく")
    page.get_by_role("main").get_by_role("link", name="新宿", exact=True).click()
    fill(page, 口座番号="１２３４５", 口座名義="山田花子")
    press(page, "内容を確認する")
    sees(page, "カナ")
    fill(page, 口座名義="やまだ はなこ")
    press(page, "内容を確認する")
    sees(page, "ﾔﾏﾀﾞ ﾊﾅｺ", "0012345")
    press(page, "この口座を登録する")
    sees(page, "振込先口座を登録しました")


def request_payout(page: Page, amount: str) -> None:
    from_bar(page, "報酬")
    press(page, "振込手続き中")
    press(page, "出金を申請する")
    sees(page, amount)
    press(page, "この内容で申請する")
    sees(page, "出金を申請しました", amount)


def transfer_file(page: Page) -> bytes:
    with page.expect_download() as waiting:
        press(page, "ダウンロード")
    return _kept(waiting.value).read_bytes()


def _kept(download: Download) -> Path:
    return Path(download.path())
