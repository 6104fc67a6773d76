"""お知らせ: reading, opening, marking; choosing what one is told; getting out of mails by the link in them."""

import pytest
from django.core import mail
from django.urls import reverse

from nakadachi.notifications.letters import stop_token
from nakadachi.notifications.models import Notice, Preference
from nakadachi.notifications.queries import COUNTED_MAX, unread_count
from tests import cast, walk
from tests.jobs import TELLING, run_jobs
from tests.walk import START

pytestmark = pytest.mark.django_db
LIST = "/notices/"


@pytest.fixture
def minato(client):
    member = cast.minato()
    client.force_login(member)
    return member


def told_of(count: int = 1) -> None:
    job = walk.open_job()
    for worker in (cast.hanako(), cast.ren(), cast.sakura())[:count]:
        walk.proposal(job, worker=worker)
    run_jobs(*TELLING)


def test_empty_then_new_then_read(client, minato):
    page = client.get(LIST).content.decode()
    assert "お知らせはまだありません" in page
    assert "header__count" not in page
    told_of()
    page = client.get(LIST).content.decode()
    assert "はなこさんから「珈琲豆の選び方の記事」に¥10,000の提案です。" in page
    assert "お知らせ(未読1件)" in page
    notice = Notice.objects.get()
    answer = client.post(reverse("notices:open", args=[notice.pk]))
    assert answer.url == reverse("proposals:detail", args=[notice.page_ids["proposal_id"]])
    assert unread_count(minato.pk) == 0
    read_at = Notice.objects.get().read_at
    client.post(reverse("notices:open", args=[notice.pk]))
    assert Notice.objects.get().read_at == read_at


def test_all_as_read_leaves_what_came_in_since(client, minato):
    told_of(2)
    newest = client.get(LIST).context["newest_id"]
    walk.proposal(walk.open_job(), worker=cast.sakura())
    run_jobs(*TELLING)
    assert client.post(reverse("notices:read_all"), {"until": newest}).url == LIST
    assert unread_count(minato.pk) == 1
    for nonsense in ("", "x", "-1", "９", "1" * 30):
        client.post(reverse("notices:read_all"), {"until": nonsense})
    assert unread_count(minato.pk) == 1


def test_groups_and_pages(client, minato):
    Notice.objects.bulk_create(notice(minato, number) for number in range(130))
    assert str(client.get(LIST).context["unread"]) == f"{COUNTED_MAX - 1}+"
    assert len(client.get(LIST, {"group": "money"}).context["notices"]) == 20
    assert client.get(LIST, {"group": "contracts"}).context["notices"] == []
    assert client.get(LIST, {"group": "<script>"}).status_code == 200
    seen, after = [], ""
    while True:
        page = client.get(LIST, {"after": after}).context["page"]
        seen += [row.pk for row in page.rows]
        if not (after := page.next):
            break
    assert len(seen) == len(set(seen)) == 130


def notice(member, number: int) -> Notice:
    from uuid import uuid4

    return Notice(member=member, key=uuid4(), kind="left the catalogue", group="money", page="earnings:board",
                  at=START, on_site=True, by_mail=False)  # fmt: skip


def test_nobody_opens_or_reads_another_ones(client, minato):
    told_of()
    one = Notice.objects.get()
    client.force_login(cast.ren())
    assert client.post(reverse("notices:open", args=[one.pk])).status_code == 404
    client.post(reverse("notices:read_all"), {"until": one.pk})
    assert Notice.objects.get().read_at is None
    assert one.pk not in [shown.pk for shown in client.get(LIST).context["notices"]]


def test_choices_are_kept_and_what_is_fixed_stays(client, minato):
    address = reverse("settings:notifications")
    assert client.post(address, {"site": ["proposals"], "mail": ["contracts", "nonsense"]}).status_code == 302
    kept = {row.group: (row.site, row.mail) for row in Preference.objects.filter(member=minato)}
    assert kept == {
        "proposals": (True, False),
        "messages": (False, False),
        "contracts": (True, True),
        "deliveries": (True, False),
        "money": (True, True),
        "account": (True, True),
    }
    page = client.get(address).content.decode()
    assert page.count("メール:常に届きます") == 2
    assert page.count(" checked") == 2


def test_out_of_mails_by_the_link_in_them(client):
    told_of()
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = link.removeprefix("http://localhost:8000")
    assert "メールを停止する" in client.get(path).content.decode()
    assert not Preference.objects.exists()
    for _again in range(2):
        answer = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, Preference.objects.get().mail, Preference.objects.get().site) == (200, False, True)
    walk.proposal(walk.open_job(), worker=cast.ren())
    run_jobs(*TELLING)
    assert len(mail.outbox) == 1


def test_a_forged_link_is_nobodys_and_money_is_never_stopped(client):
    member = cast.minato()
    assert client.get(reverse("notices:stop", args=["W1syLCJtb25leSJdXQ:x:y"])).status_code == 404
    client.post(reverse("notices:stop", args=[stop_token(member.pk, "money")]))
    assert not Preference.objects.exists()
