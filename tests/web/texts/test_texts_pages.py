"""Reading texts, agreeing to new ones, and the operator's way from draft to version."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import jst_date
from nakadachi.people.agreements import queries
from nakadachi.people.agreements.kinds import KINDS
from nakadachi.people.agreements.models import Acceptance, LegalText
from nakadachi.people.models import Member
from tests import cast

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def log_in(client, **where):
    call_command("createcachetable", verbosity=0)
    return client.post(reverse("account_login"), {"login": cast.HANAKO, "password": cast.PASSWORD, **where})


@pytest.mark.parametrize("kind", KINDS)
def test_the_foot_leads_to_every_text(client, kind):
    page = text(client.get(reverse("texts:list")))
    address = reverse("texts:current", args=[kind])
    assert page.count(f'href="{address}"') == 2
    assert client.get(address).status_code == 200
    client.cookies["django_language"] = "en"
    assert client.get(address).status_code == 200


def test_registration_asks_for_agreement_and_keeps_it(client):
    call_command("createcachetable", verbosity=0)
    fields = {"email": "shin@example.jp", "password1": "correct horse battery", "display_name": "しん"}
    refused = client.post(reverse("account_signup"), fields)
    assert "同意してください" in text(refused)
    assert not Member.objects.filter(email="shin@example.jp").exists()
    client.post(reverse("account_signup"), {**fields, "agreed": "on"})
    kept = Acceptance.objects.filter(member__email="shin@example.jp").values_list("text__kind", "text__version")
    assert sorted(kept) == [("privacy", 1), ("terms", 1)]


def test_a_new_version_is_asked_for_at_the_login_and_is_no_wall(client):
    hanako = cast.hanako()
    Acceptance.objects.filter(member=hanako).delete()
    wanted = reverse("earnings:payouts:new")
    answer = log_in(client, next=wanted)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("texts:agree"))
    page = text(client.get(answer.url))
    assert "規約が新しくなりました" in page
    assert f'href="{wanted}"' in page
    assert client.get(wanted).status_code == 200
    assert client.get(reverse("leaving:overview")).status_code == 200
    assert client.post(answer.url, {}).status_code == 422
    agreed = client.post(answer.url, {"agreed": "on", "next": wanted})
    assert agreed.url == wanted
    assert queries.pending_for(hanako, now()) == []
    client.logout()
    assert log_in(client).url == "/mypage/"


def test_the_way_onward_never_leads_away(client):
    client.force_login(cast.hanako())
    for wanted in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert client.get(reverse("texts:agree"), {"next": wanted}).url == reverse("mypage:home")


def test_an_administrator_writes_looks_and_publishes(client):
    client.force_login(cast.tanaka())
    address = reverse("staff:texts:edit", args=["terms"])
    assert "{site_name}" in text(client.get(address))
    bad = client.post(address, {"body_ja": "{nobody}", "body_en": "Terms"})
    assert bad.status_code == 422
    assert "{nobody}には入れる内容がありません" in text(bad)
    client.post(address, {"body_ja": "## 新しい規約\n<b>太字</b>", "body_en": "New terms"})
    preview = reverse("staff:texts:preview", args=["terms"])
    page = text(client.get(preview))
    assert "<h2>新しい規約</h2>" in page
    assert "&lt;b&gt;太字&lt;/b&gt;" in page
    made = client.post(preview, {"takes_effect_on": jst_date(now()).isoformat(), "note": "全面的な改定"}, follow=True)
    assert "全面的な改定" in text(made)
    first = LegalText.objects.get(kind="terms", version=1)
    assert "過去の版です" in text(client.get(reverse("texts:version", args=["terms", first.dated])))


def test_for_members_the_operators_pages_do_not_exist(client):
    client.force_login(cast.hanako())
    for name in ("edit", "preview", "discard"):
        assert client.post(reverse(f"staff:texts:{name}", args=["terms"]), {}).status_code == 404
    client.force_login(cast.tanaka())
    assert client.get(reverse("staff:texts:edit", args=["nothing"])).status_code == 404
