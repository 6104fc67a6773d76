"""「本人確認・電話確認」 says where it stands, and after a refusal why and how to go on."""

import pytest
from django.urls import reverse

from nakadachi.people.standing import checking
from tests import cast, earners

pytestmark = pytest.mark.django_db

AT = earners.jst(2026, 11, 20)
REASON = "書類の有効期限が切れています。"


def test_a_refusal_stands_with_its_reason_and_the_way_on(client):
    hanako, staff = cast.hanako(), cast.by(cast.tanaka())
    client.force_login(hanako)
    address = reverse("settings:verification")
    checking.ask_check(member=hanako, what="identity", by=cast.by(hanako), at=AT)
    assert "運営で確認しています" in client.get(address).content.decode()
    checking.refuse_check(member=hanako, what="identity", reason=REASON, by=staff, at=AT)
    page = client.get(address).content.decode()
    assert REASON in page
    assert reverse("settings:verification_ask", args=["identity"]) in page
    checking.ask_check(member=hanako, what="identity", by=cast.by(hanako), at=AT)
    checking.confirm_check(member=hanako, what="identity", by=staff, at=AT)
    assert REASON not in client.get(address).content.decode()
