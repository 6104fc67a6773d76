"""Display names: nobody passes for the operator, however the letters are spelled; ordinary names of trades are fine."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from nakadachi.kernel.refusal import Refused
from nakadachi.people import actions
from nakadachi.people.models import Member
from nakadachi.people.names import passes_for_operator, skeleton
from nakadachi.people.policy import name_refusal
from tests import cast, walk

OFFICIAL = [
    "運営",
    "運 営",
    "事務局",
    "運営事務局",
    "運営サポート",
    "田中(事務局)",
    "【公式】みなと",
    "ADMIN",
    "ＡＤＭＩＮ",
    "аdmin",
    "Adm1n",
    "ådmin",
    "0fficial",
    "admin01",
    "Nakadachi",
    "Nаkadachi サポート",
    "N a k a d a c h i",
    "仲立ち太郎",
    "サポート",
    "サポー卜",  # the kanji 卜
    "サポ一ト",  # the kanji 一
    "Support Team",
    "お問い合わせ窓口",
]
ORDINARY = [
    "はなこ",
    "経理サポート くぼた",
    "EC運営サポート 佐藤",
    "ゆーすけ@SNS運用",
    "Web Support Taro",
    "みらい住まいナビ編集部",
    "kazu_1985",
    "ペットサロンぽぽ🐾",
    "👩‍💻 みか",
    "李 美鈴(リ・ミレイ)",
    "محمد",
    "1985",
]


@pytest.mark.parametrize("name", OFFICIAL)
def test_a_name_that_passes_for_the_operator_is_refused(name):
    assert name_refusal(name).code == "looks_official"
    assert name_refusal(name, is_operator=True) is None


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_is_fine(name):
    assert name_refusal(name) is None


def test_the_name_of_the_site_is_kept_back_too(settings):
    settings.SITE_NAME = "むすび市場"
    assert name_refusal("むすび市場 田中").code == "looks_official"
    assert not passes_for_operator("むすびや", "むすび市場")


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\u200b", "\u2060", "\ufeff", "\u3164", "\u00ad"])
def test_invisible_letters_and_turned_directions_are_refused(letter):
    assert name_refusal(f"はな{letter}こ").code == "hidden_letters"


def test_a_joiner_between_letters_is_refused_and_within_an_emoji_is_not():
    assert name_refusal("はな\u200dこ").code == "hidden_letters"
    assert name_refusal("👨‍👩‍👧 山田家") is None


def test_look_alikes_share_a_skeleton():
    assert skeleton("カナ") == skeleton("力ナ")
    assert skeleton("Βοb") == skeleton("Bob")
    assert skeleton("はなこ") != skeleton("はるこ")


@pytest.mark.django_db
def test_changing_to_an_official_name_is_refused_and_changes_nothing():
    hanako = cast.hanako()
    with pytest.raises(Refused) as refused:
        actions.update_profile(
            member=hanako, display_name="運営事務局", introduction="", by=cast.by(hanako), at=walk.START
        )
    assert refused.value.refusal.field == "display_name"
    assert Member.objects.get(pk=hanako.pk).display_name == "はなこ"


@pytest.mark.django_db
def test_two_members_may_bear_the_same_name():
    hanako, ren = cast.hanako(), cast.ren()
    actions.update_profile(member=ren, display_name="はなこ", introduction="", by=cast.by(ren), at=walk.START)
    assert Member.objects.get(pk=ren.pk).display_name == hanako.display_name


@pytest.mark.django_db
def test_registration_refuses_it_beside_the_field_and_keeps_what_was_typed(client):
    call_command("createcachetable", verbosity=0)
    fields = {
        "email": "shin@example.jp",
        "password1": "a long enough one",
        "display_name": "仲立ち事務局",
        "agreed": "on",
    }
    answer = client.post(reverse("account_signup"), fields)
    assert "運営と間違われる" in answer.content.decode()
    assert "仲立ち事務局" in answer.content.decode()
    assert not Member.objects.filter(email="shin@example.jp").exists()
