"""What people do on the pages, by the words they read there. Nothing here knows an address or a field's name."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

from nakadachi.infra import clock
from nakadachi.kernel.calendar import jst_date
from tests.browser import crawl, hands
from tests.browser.words import there
from tests.journeys.by_http import current_code

PASSWORD = "浅煎りの豆を3杯分だけ"
SUCCESS, DECLINED, CHALLENGE = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0025 0000 3155"


def in_days(days: int) -> date:
    return jst_date(clock.now()) + timedelta(days=days)


def button(page: Page, name: str) -> Locator:
    """The button or link of that name in the page itself."""
    main, words = page.get_by_role("main"), there(page, name, whole=True)
    return main.get_by_role("button", name=words, exact=True).or_(main.get_by_role("link", name=words, exact=True))


def press(page: Page, name: str) -> None:
    hands.of(page).press(button(page, name))


def follow(page: Page, words: str) -> None:
    """A link that has these words in it."""
    hands.of(page).press(page.get_by_role("main").get_by_role("link", name=there(page, words)))


def labelled(page: Page, label: str) -> Locator:
    return page.get_by_role("main").get_by_label(there(page, label)).and_(page.locator("input, textarea, select"))


def fill(page: Page, **fields: str) -> None:
    for label, text in fields.items():
        hands.of(page).fill(labelled(page, label), text)


def sees(page: Page, *words: str) -> None:
    """All of the words stand in the page itself, no part of the page hangs over its right edge, and fingers can press
    what is there for them."""
    for word in words:
        expect(page.get_by_role("main")).to_contain_text(there(page, word))
    page.wait_for_load_state()
    faults = crawl.faults_of_layout(page) if hands.is_touched(page) else crawl.sideways(page)
    assert not faults, faults


def is_phone(page: Page) -> bool:
    size = page.viewport_size
    return size is not None and size["width"] < 768


def from_bar(page: Page, name: str) -> None:
    """A place in the bar at the foot of the phone; on a desktop the header or the menu leads there."""
    bar = page.get_by_role("navigation", name=there(page, "よく使うページ"))
    if is_phone(page):
        if name == "マイページ":
            bar.locator("summary").click()
        bar.get_by_role("link", name=there(page, name)).click()
    elif name == "探す":
        from_header(page, "仕事を探す")
    else:
        from_menu(page, {"報酬": "報酬管理", "仕事": "仕事管理"}.get(name, name))


def from_header(page: Page, name: str) -> None:
    hands.of(page).press(page.get_by_role("banner").get_by_role("link", name=there(page, name, whole=True)))


def more(page: Page, name: str) -> None:
    """A place behind 「その他」 in that bar."""
    if not is_phone(page):
        from_header(page, name)
        return
    bar = page.get_by_role("navigation", name=there(page, "よく使うページ"))
    bar.get_by_text(there(page, "その他", whole=True), exact=True).click()
    bar.get_by_role("link", name=there(page, name, whole=True), exact=True).click()


def from_menu(page: Page, name: str) -> None:
    """A place in the menu behind one's own picture."""
    hands.of(page).press(page.locator(".header .menu__open"))
    sheet = page.locator(".header .menu__sheet")
    hands.of(page).press(sheet.get_by_role("link", name=there(page, name, whole=True), exact=True))


def from_bell(page: Page, notice: str) -> None:
    """お知らせ, and what one of them is about."""
    bell = page.get_by_role("banner").get_by_role("link", name=there(page, "お知らせ"))
    hands.of(page).press(bell)
    hands.of(page).press(page.get_by_role("main").get_by_text(there(page, notice)))


def option(page: Page, label: str) -> str:
    """The option of a list in the language of the page."""
    words = there(page, label, whole=True)
    if isinstance(words, str):
        return words
    return next(one for one in page.locator("option").all_inner_texts() if words.match(one))


# Members


def register(page: Page, *, name: str, email: str) -> None:
    """From the front page to being logged in, by way of the confirmation mail."""
    page.goto("/")
    from_header(page, "会員登録(無料)")
    fill(page, メールアドレス=email, 表示名=name, パスワード=PASSWORD)
    hands.of(page).check(page.get_by_role("main").get_by_role("checkbox"))
    press(page, "無料で登録する")
    sees(page, "メールをご確認ください")
    press(page, "メールボックスを開く")
    mail = page.get_by_role("listitem").filter(has_text=email).get_by_role("link")
    for _ in range(60):
        if mail.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    hands.of(page).press(mail)
    hands.of(page).press(page.get_by_role("link", name="confirm-email"))
    press(page, "はい、確認します")
    page.wait_for_url("**/mypage/")
    sees(page, name)


def add_authenticator(page: Page, *, at: datetime | None = None) -> str:
    """From the page that leads operators to a second step, or from the settings; answers with the secret."""
    press(page, "認証アプリを追加する")
    secret = page.locator("[data-secret]").inner_text()
    fill(page, アプリに表示されたコード=current_code(secret, at))
    press(page, "このアプリを追加する")
    sees(page, "表示されるのは今回だけです")
    press(page, "控えました")
    sees(page, "ログイン中の端末", "この端末")
    return secret


# Jobs and proposals


def post_job(page: Page, *, title: str, description: str) -> str:
    """Draft, last look, published; returns the address."""
    more(page, "仕事を依頼する")
    press(page, "プロジェクト")
    hands.of(page).choose(labelled(page, "カテゴリ"), option(page, "ライティング・記事作成"))
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
        fill(page, キーワード=word)
        press(page, "検索")
        page.wait_for_url("**/jobs/?**")
        if found.count():
            break
        page.wait_for_timeout(250)
    hands.of(page).press(found)
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


def suggest(page: Page, *, amount: str, day: date, pays: str, receives: str) -> None:
    """Other conditions, or others in answer to those of the other side; what both come to follows the typing."""
    press(page, "別の条件を返す" if button(page, "別の条件を返す").count() else "別の条件を提示する")
    fill(page, 契約金額=amount, 納品日=day.isoformat(), 一言="この条件ではいかがでしょうか。")
    sees(page, pays, receives)
    press(page, "この条件を提示する")
    sees(page, "条件を提示しました")


def agree_to_suggestion(page: Page, amount: str) -> None:
    """What the other side suggested becomes the proposal."""
    sees(page, amount, "この条件ではいかがでしょうか。")
    press(page, "この条件に合意する")
    sees(page, "条件に合意しました")


def offer(page: Page, job: str, *, worker: str, milestones: list[tuple[str, str]]) -> str:
    """Chooses the worker and writes down what is to be done; returns the contract's address."""
    page.goto(job)
    press(page, "提案を見る")
    follow(page, worker)
    press(page, "この方に依頼する")
    fill(page, 業務の内容="珈琲豆の選び方の記事1本(3,000字)。構成案を含む。")
    for _ in milestones[1:]:
        press(page, "マイルストーンを追加する")
    for number, (title, amount) in enumerate(milestones):
        row = page.get_by_role("group", name=there(page, f"マイルストーン{number + 1}"))
        for label, text in (("納品するもの", title), ("金額(税込)", amount), ("納品日", in_days(30).isoformat())):
            hands.of(page).fill(row.get_by_label(there(page, label)), text)
    sees(page, "合計が提案の金額と一致しています")
    press(page, "この内容で申し込む")
    sees(page, "ワーカーが確認すると契約が始まります")
    return page.url


# The contract


def confirm(page: Page) -> None:
    """From the contract's page: read, then agree."""
    press(page, "取引条件を確認する")
    sees(page, "¥8,350", "珈琲豆の選び方の記事1本")
    press(page, "この条件で契約する")
    sees(page, "契約が成立しました")


def terms_pdf(page: Page) -> Path:
    with page.expect_download() as waiting:
        press(page, "取引条件のPDF")
    return _kept(waiting.value)


def pay(page: Page, *, pays: str, card: str = SUCCESS) -> None:
    """From the contract's page; ends on whatever page answers."""
    press(page, "仮払いをする")
    pay_with(page, card, pays=pays)


def pay_with(page: Page, card: str, *, pays: str) -> None:
    sees(page, pays)
    hands.of(page).check(page.get_by_label(re.compile(card)))
    press(page, f"{pays} を支払う")


def deliver(page: Page, *, note: str, file: tuple[str, bytes] | None = None) -> None:
    press(page, "納品する")
    fill(page, クライアントへのメッセージ=note)
    if file is not None:
        chosen = {"name": file[0], "mimeType": "text/plain", "buffer": file[1]}
        hands.of(page).attach(page.locator(".uploads__drop > input[type=file]"), [chosen])
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
        follow(page, name)
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
    give_account(page, number="１２３４５")


def give_account(page: Page, *, number: str) -> None:
    """Bank, branch, number, holder, a last look."""
    looked_up(page, "銀行名・よみ", "みずほ", "みずほ銀行")
    looked_up(page, "支店名・よみ", "しんじゅく", "新宿")
    fill(page, 口座番号=number, 口座名義="山田花子")
    press(page, "内容を確認する")
    sees(page, "カナ")
    fill(page, 口座名義="やまだ はなこ")
    press(page, "内容を確認する")
    sees(page, "ﾔﾏﾀﾞ ﾊﾅｺ", str(int(number)).zfill(7))
    press(page, "この口座を登録する")
    sees(page, "振込先口座を登録しました")


def change_bank_account(page: Page) -> None:
    """The login was an hour ago: the password first. A mistyped one leads no further."""
    press(page, "口座を変更する")
    sees(page, "パスワードの確認")
    fill(page, パスワード="別の合言葉")
    press(page, "続ける")
    sees(page, "パスワードの確認")
    fill(page, パスワード=PASSWORD)
    press(page, "続ける")
    give_account(page, number="7654321")


def looked_up(page: Page, label: str, letters: str, name: str) -> None:
    """Typing finds, without the focus going anywhere."""
    fill(page, **{label: letters[:-1]})
    page.keyboard.type(letters[-1])
    expect(button(page, name).first).to_be_visible()
    assert labelled(page, label).evaluate("node => node === document.activeElement")
    press(page, name)


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
