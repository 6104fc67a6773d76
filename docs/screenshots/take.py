"""The pictures of the README, from a running demo market: `.venv/bin/python docs/screenshots/take.py [ADDRESS]`."""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PASSWORD = "nakadachi-demo"  # noqa: S105  of every demo
DESKTOP, PHONE = (1280, 900), (360, 760)
SHARPNESS = 1.5


def main(market: str) -> None:
    """As the demo's worker: the search, a contract on a desktop and on a phone, the exit on a phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        look = browser.new_context(base_url=market, locale="ja-JP", device_scale_factor=SHARPNESS)
        page = look.new_page()
        page.goto("/accounts/login/")
        page.fill("[name=login]", "hanako@example.jp")
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/mypage/")
        take(page, "/jobs/", "jobs", DESKTOP)
        page.goto("/contracts/")
        contract = page.locator(".list__row", has_text="あなたの番").get_by_role("link").first.get_attribute("href")
        assert contract
        take(page, contract, "contract", DESKTOP)
        take(page, contract, "contract", PHONE)
        take(page, "/settings/closing/", "leaving", PHONE)
        browser.close()


def take(page: Page, address: str, name: str, size: tuple[int, int]) -> None:
    """What a window of this size shows, as a small WebP."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(HERE / f"{name}-{size[0]}.webp", quality=82, method=6)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
