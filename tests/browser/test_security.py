"""A second step and a passkey, in a real browser with an authenticator of its own (CDP's virtual one)."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.acts import fill, press, sees
from tests.browser.conftest import Person
from tests.journeys.by_http import current_code

New = Callable[..., Person]


def with_authenticator(page: Page) -> None:
    """A phone's fingerprint reader that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    press(page, "ログアウト")
    page.wait_for_url(lambda address: "/accounts/" not in address)


def begin_login(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    fill(page, メールアドレス=email, パスワード=acts.PASSWORD)
    press(page, "ログイン")


def test_an_app_then_a_passkey(person: New, market) -> None:
    somebody = person()
    page = somebody.page
    with_authenticator(page)
    email = "passkey@example.jp"
    acts.register(page, name="鍵谷", email=email)

    page.goto("/settings/security/")
    sees(page, "このアカウントを守っているのはパスワードだけです")
    secret = acts.add_authenticator(page)
    log_out(page)
    begin_login(page, email)
    page.wait_for_url("**/2fa/authenticate/")
    fill(page, コード="000000")
    press(page, "ログイン")
    sees(page, "すでに使われています")
    expect(page.locator("[data-focus]")).to_be_focused()  # the refusal is read out, and the keyboard goes on from it
    page.wait_for_timeout(30_000)  # the code that added the app is used; the next half minute has another
    fill(page, コード=" ".join(current_code(secret)))
    press(page, "ログイン")
    page.wait_for_url("**/mypage/")

    page.goto("/settings/security/")
    press(page, "パスキーを追加する")
    fill(page, 名前="テスト用の指紋")
    press(page, "パスキーを作る")
    sees(page, "テスト用の指紋")
    log_out(page)
    page.goto("/accounts/login/")
    press(page, "パスキーでログイン")
    page.wait_for_url("**/mypage/")
    page.goto("/settings/security/")
    sees(page, "最後に使ったのは")
