"""退会: each obstacle's button on the real page, on a telephone: one press, and the row is gone without reload."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from nakadachi.closing import actions as closing
from nakadachi.closing.catalogue import KINDS
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.remedies import REMEDIES
from nakadachi.infra.clock import now
from nakadachi.people import actions as people
from nakadachi.people.models import Member
from nakadachi.people.roles.models import StaffRole
from tests import cast, earners, walk
from tests.cast import by
from tests.closing.states import STATES, change, end
from tests.trust.mediation import stages

PRESSED = [kind.name for kind in KINDS if any(button.name in REMEDIES for button in kind.buttons)]
ONLY_ASKED = {"escrow.idle.client"}
"""An end that is proposed waits for the other side: the row says so, and stays until then."""


ANSWERED_IN_TIME = {
    "change.open.other": lambda: change(by_worker=True, for_worker=False, at=now()),
    "end.open.other": lambda: end(proposer=False, at=now()),
}
"""What lapses after some days is proposed today: the pages read the real clock."""


@pytest.fixture
def site(committed_db: str) -> Iterator[str]:
    """The pages in a thread of this process, before a database of their own."""
    server = LiveServerThread("127.0.0.1", _StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    server.join()


@pytest.fixture
def enter(site: str, browser: Browser) -> Iterator[Callable[[Member], Page]]:
    """The member's page of leaving, in a browser of their own that has heard no complaint at the end."""
    contexts, complaints = [], []

    def page_of(member: Member) -> Page:
        session = Client()
        session.force_login(member)
        context = browser.new_context(viewport={"width": 360, "height": 780}, locale="ja-JP", base_url=site)
        context.add_cookies([{"name": key, "value": one.value, "url": site} for key, one in session.cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(reverse("leaving:overview"))
        contexts.append(context)
        return page

    yield page_of
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("kind", PRESSED)
def test_one_press_and_the_row_is_gone_without_reload(kind: str, enter):
    person, at = ANSWERED_IN_TIME.get(kind, STATES[kind])()
    remedy = next(
        remedy for one in obstacles_of(person, at) if one.kind == kind for remedy in one.remedies if remedy.is_deed
    )
    page = enter(person)
    page.evaluate("window.stays = true")
    row = page.locator(f'[data-kind="{kind}"]')
    button = row.locator(f'[data-remedy="{remedy.name}"]')
    expect(button).to_be_visible()
    button.click()
    if kind in ONLY_ASKED:
        expect(page.locator('[data-kind="end.open.own"]')).to_be_visible()
    else:
        expect(row).to_have_count(0)
    assert page.evaluate("window.stays") is True
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def earner(amount_yen: int) -> Member:
    """With a balance that goes out only when asked for, and an account of long ago."""
    worker = walk.accepted((amount_yen,)).contract.worker
    earners.with_account(worker, at=walk.START - timedelta(days=60))
    people.set_payout_mode(member=worker, mode="on_request", by=by(worker), at=walk.START)
    return Member.objects.get(pk=worker.pk)


def small_earner() -> Member:
    """Leaving is reserved, and other work keeps the account open: the last payout is not asked for by itself yet."""
    worker = earner(1_000)
    walk.funded(worker=worker)
    closing.reserve(
        member=worker, reason="", reason_text="", consents=True, leaves_remainder=False, request_key=uuid4(),
        by=by(worker), at=walk.START,
    )  # fmt: skip
    return worker


OTHERS: dict[str, tuple[Callable[[], Member], str, str]] = {
    "balance.ge_min": (lambda: earner(10_000), "payout", "payout.transit"),
    "balance.lt_min": (small_earner, "payout", "payout.transit"),
    "delivery.waiting": (lambda: walk.delivered(at=now() - timedelta(days=4)).contract.worker, "remind", ""),
    "dispute.open": (lambda: stages.claim(at=now()).contract.client, "withdraw_case", "delivery.waiting"),
    "role.held": (lambda: cast.offices()[StaffRole.Role.SUPPORT], "resign_role", ""),
}
"""What has no kind in the catalogue, and what is pressed later: who, the button, and the row that comes instead."""


@pytest.mark.parametrize("code", sorted(OTHERS))
def test_money_mediation_role_and_reminder_too(code: str, enter):
    made, name, instead = OTHERS[code]
    page = enter(made())
    page.evaluate("window.stays = true")
    row = page.locator(f'[data-code="{code}"]')
    button = row.locator(f'[data-remedy="{name}"]')
    expect(button).to_be_visible()
    button.click()
    expect(button).to_have_count(0)
    if name == "remind":
        expect(row).to_contain_text("に確認をお願いしました。次は")
    else:
        expect(row).to_have_count(0)
    if instead:
        expect(page.locator(f'[data-code="{instead}"]')).to_have_count(1)
    assert page.evaluate("window.stays") is True
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
