"""The settings: one form, one action; what was typed stays; nobody else's settings can be reached."""

import pytest
from django.urls import reverse

from nakadachi.people.models import BankAccount, Member
from tests import logins
from tests.earners import member, with_account

pytestmark = pytest.mark.django_db

PAGES = ["home", "profile", "name", "invoice", "language", "payouts", "bank", "bank_new"]


@pytest.fixture
def hanako(client) -> Member:
    person = member("はなこ")
    logins.log_in(client, person)
    return person


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_and_asks_strangers_to_log_in(client, page):
    address = reverse(f"settings:{page}")
    assert client.get(address).status_code == 302
    logins.log_in(client, member())
    assert client.get(address).status_code == 200


def test_the_profile_is_saved(client, hanako):
    fields = {"display_name": "花子ライター", "introduction": "<script>alert(1)</script>\n食の記事"}
    assert client.post(reverse("settings:profile"), fields).status_code == 302
    hanako.refresh_from_db()
    assert hanako.display_name == "花子ライター"
    assert "<script>alert" not in text(client.get(reverse("settings:profile")))


def test_a_profile_without_a_name_is_kept_and_refused(client, hanako):
    answer = client.post(reverse("settings:profile"), {"display_name": "\u200b", "introduction": "消えないでほしい文"})
    assert answer.status_code == 422
    assert "消えないでほしい文" in text(answer)
    hanako.refresh_from_db()
    assert hanako.display_name == "はなこ"


def test_an_invoice_number_is_kept_and_a_wrong_one_refused_beside_what_was_typed(client, hanako):
    address = reverse("settings:invoice")
    wrong = client.post(address, {"registered": "yes", "number": "T12"})
    assert wrong.status_code == 422
    assert 'value="T12"' in text(wrong)
    assert "「T」と13桁の数字" in text(wrong)
    assert client.post(address, {"registered": "yes", "number": "Ｔ４０１１００１０９８９９３"}).status_code == 302
    assert "T*********8993" in text(client.get(reverse("settings:home")))
    assert "T4011001098993" in text(client.get(address))
    assert client.post(address, {"registered": "no", "number": "T12"}).status_code == 302
    hanako.refresh_from_db()
    assert hanako.invoice_number == ""


def test_hiragana_readings_are_converted_and_kanji_is_refused_beside_the_field(client, hanako):
    fields = {
        "legal_form": "individual",
        "family_name": "山田",
        "given_name": "花子",
        "family_kana": "やまだ",
        "given_kana": "花子",
    }
    answer = client.post(reverse("settings:name"), fields)
    assert answer.status_code == 422
    assert "フリガナはカタカナまたはひらがなで" in text(answer)
    assert client.post(reverse("settings:name"), {**fields, "given_kana": "はなこ"}).status_code == 302
    hanako.refresh_from_db()
    assert (hanako.family_kana, hanako.given_kana) == ("ヤマダ", "ハナコ")


def test_payout_mode_and_language(client, hanako):
    assert client.post(reverse("settings:payouts"), {"mode": "on_request"}).status_code == 302
    assert client.post(reverse("settings:payouts"), {"mode": "never"}).status_code == 422
    answer = client.post(reverse("settings:language"), {"language": "en"})
    assert answer.cookies["django_language"].value == "en"
    hanako.refresh_from_db()
    assert (hanako.payout_mode, hanako.language) == ("on_request", "en")


def test_the_way_to_an_account_without_javascript(client, hanako):
    new = reverse("settings:bank_new")
    found = text(client.get(new, {"words": "みずほ"}))
    assert "bank_code=0001" in found
    branches = text(client.get(new, {"bank_code": "0001", "words": "しんじゅく"}))
    assert "branch_code=240" in branches
    form = text(client.get(new, {"bank_code": "0001", "branch_code": "240"}))
    assert "みずほ銀行" in form
    assert "新宿" in form

    fields = {
        "bank_code": "0001",
        "branch_code": "240",
        "kind": "ordinary",
        "number": "１２３４５",
        "holder": "やまだ はなこ",
    }
    look = client.post(new, fields)
    assert look.status_code == 200
    assert "ﾔﾏﾀﾞ ﾊﾅｺ" in text(look)
    assert "0012345" in text(look)
    assert not BankAccount.objects.exists()
    back = client.post(new, {**fields, "step": "back"})
    assert back.status_code == 200
    assert "やまだ はなこ" in text(back)
    for _ in range(2):
        assert client.post(new, {**fields, "step": "register"}).url == reverse("settings:bank")
    account = BankAccount.objects.get(member=hanako)
    assert (account.number, account.holder_kana, account.branch_name) == ("0012345", "ﾔﾏﾀﾞ ﾊﾅｺ", "新宿")
    shown = text(client.get(reverse("settings:bank")))
    assert "****345" in shown
    assert "0012345" not in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"holder": "山田花子"}, "「山」は使えません。"),
        ({"holder": "ヲカ"}, "「ヲ」は振込では使えません"),
        ({"holder": "ヤマダ😀"}, "「😀」は振込では使えません"),
        ({"holder": "ガ" * 20}, "30文字を超えています"),
        ({"holder": ""}, "holder"),
        ({"number": "123456789"}, "口座番号は7桁まで"),
        ({"number": "12x"}, "口座番号は7桁まで"),
        ({"number": ""}, "number"),
        ({"kind": "gold"}, "kind"),
    ],
)
def test_bad_accounts_are_said_in_words_and_kept(client, hanako, changes, words):
    fields = {"bank_code": "0001", "branch_code": "240", "kind": "ordinary", "number": "1234567", "holder": "ヤマダ"}
    for step in ("", "register"):
        answer = client.post(reverse("settings:bank_new"), {**fields, **changes, "step": step})
        assert answer.status_code == 422
        assert words in text(answer)
        assert "みずほ銀行" in text(answer)
    assert not BankAccount.objects.exists()


def test_an_unknown_bank_or_branch_goes_back_to_the_search(client, hanako):
    new = reverse("settings:bank_new")
    for codes in ({"bank_code": "9998", "branch_code": "001"}, {"bank_code": "0001", "branch_code": "999"}):
        answer = client.post(new, {**codes, "kind": "ordinary", "number": "1", "holder": "ア", "step": "register"})
        assert answer.url == new
    assert client.get(new, {"bank_code": "9998"}).status_code == 200
    assert not BankAccount.objects.exists()


def test_the_fragments_for_htmx(client, hanako):
    found = client.get(reverse("settings:bank_new"), {"words": "ゆうちょ"}, headers={"HX-Request": "true"})
    assert "<html" not in text(found)
    assert "ゆうちょ銀行" in text(found)
    assert "ﾔﾏﾀﾞ" in text(client.get(reverse("settings:bank_kana"), {"holder": "やまだ"}))
    assert "「山」は使えません" in text(client.get(reverse("settings:bank_kana"), {"holder": "山田"}))
    assert "見つかりませんでした" in text(client.get(reverse("settings:bank_new"), {"words": "そんな銀行はない"}))


def test_an_account_that_was_refused_says_what_to_do(client, hanako):
    account = with_account(hanako)
    BankAccount.objects.filter(pk=account.pk).update(refused_at=account.registered_at)
    assert "この口座への振込が戻ってきました" in text(client.get(reverse("settings:bank")))
    assert "要確認" in text(client.get(reverse("settings:home")))


GROWS_WHEN_TIDIED = "\u0958"
"""One letter when it is typed, two in the form that is stored."""


def test_a_name_that_outgrows_its_column_is_kept_and_refused(client, hanako):
    fields = {"display_name": GROWS_WHEN_TIDIED * 40, "introduction": "消えないでほしい文"}
    answer = client.post(reverse("settings:profile"), fields)
    assert answer.status_code == 422
    assert "名前は40文字以内で入力してください。" in text(answer)
    assert "消えないでほしい文" in text(answer)


@pytest.mark.parametrize(("field", "typed"), [("family_name", GROWS_WHEN_TIDIED * 40), ("family_kana", "㌖" * 60)])
def test_a_legal_name_that_outgrows_its_column_is_refused_beside_its_field(client, hanako, field, typed):
    names = {"legal_form": "individual", "family_name": "山田", "given_name": "", "family_kana": "", "given_kana": ""}
    answer = client.post(reverse("settings:name"), {**names, field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    hanako.refresh_from_db()
    assert hanako.family_name != "山田"


@pytest.mark.parametrize("name", ["\u3164", "\u2800\u115f", "\u200d", "\ufe0f", "\u0301"])
def test_a_name_that_nobody_can_see_is_none(client, hanako, name):
    assert client.post(reverse("settings:profile"), {"display_name": name, "introduction": ""}).status_code == 422
