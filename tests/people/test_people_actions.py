"""Members change themselves: what is stored, what is refused, and that nobody does it for them."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people import actions, queries
from nakadachi.people.models import BankAccount, Member
from tests.earners import JOINED, STAFF, member, with_account

pytestmark = pytest.mark.django_db

AT = JOINED


def by(person: Member) -> Actor:
    return Actor.member(person.pk)


def everything() -> tuple:
    return list(Member.objects.order_by("id").values()), list(BankAccount.objects.order_by("id").values())


def refused(code: str, call) -> None:
    before, events = everything(), Event.objects.count()
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.refusal.code == code
    assert (everything(), Event.objects.count()) == (before, events)


def test_the_account_is_stored_with_names_of_the_real_list():
    person = member()
    account = with_account(person, bank_code="0001", branch_code="240", number="１２-３４５", holder="やまだ　はなこ")
    assert (account.bank_name, account.bank_kana, account.branch_name, account.branch_kana) == (
        "みずほ銀行",
        "ﾐｽﾞﾎ",
        "新宿",
        "ｼﾝｼﾞﾕｸ",
    )
    assert (account.number, account.holder_kana, account.kind) == ("0012345", "ﾔﾏﾀﾞ ﾊﾅｺ", "ordinary")
    assert account.masked()["number"] == "****345"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"bank_code": "9998"}, "no_such_bank"),
        ({"bank_code": ""}, "no_such_bank"),
        ({"branch_code": "999"}, "no_such_branch"),
        ({"number": ""}, "bad_account_number"),
        ({"number": "12345678"}, "bad_account_number"),
        ({"number": "0000000"}, "bad_account_number"),
        ({"number": "12a45"}, "bad_account_number"),
        ({"number": "１２３４５６７８"}, "bad_account_number"),
        ({"number": "一二三"}, "bad_account_number"),
        ({"kind": "gold"}, "bad_account_kind"),
        ({"holder": "山田花子"}, "holder_kanji"),
        ({"holder": ""}, "holder_empty"),
        ({"holder": "ヲカ"}, "holder_wo"),
        ({"holder": "ガ" * 16}, "holder_too_long"),
        ({"holder": "<script>"}, "holder_unsupported"),
    ],
)
def test_what_a_bank_would_refuse_is_refused_here(changes, code):
    person = member()
    refused(code, lambda: with_account(person, **changes))


def test_another_account_replaces_the_current_one_and_the_same_one_does_not():
    person = member()
    first = with_account(person)
    assert with_account(person).pk == first.pk
    second = with_account(person, number="7654321")
    first.refresh_from_db()
    assert first.replaced_at == AT
    assert queries.current_bank_account(person.pk) == second
    assert queries.current_bank_accounts([person.pk]) == {person.pk: second}
    assert Event.objects.filter(kind="bankaccount.registered").count() == 2


def test_registering_a_refused_account_again_makes_a_new_one():
    person = member()
    first = with_account(person)
    BankAccount.objects.filter(pk=first.pk).update(refused_at=AT)
    assert with_account(person).pk != first.pk


@pytest.mark.parametrize("actor", [Actor.member(10**9), STAFF])
def test_nobody_changes_another_member(actor):
    person = member()
    with_account(person)
    calls = [
        lambda: actions.update_profile(member=person, display_name="x", introduction="", by=actor, at=AT),
        lambda: actions.set_payout_mode(member=person, mode="on_request", by=actor, at=AT),
        lambda: actions.set_language(member=person, language="en", by=actor, at=AT),
        lambda: actions.register_bank_account(
            member=person,
            bank_code="0001",
            branch_code="240",
            kind="ordinary",
            number="1",
            holder="ア",
            by=actor,
            at=AT,
        ),
    ]
    for call in calls:
        refused("not_yours", call)


def test_profile_and_legal_name_are_tidied():
    person = member()
    actions.update_profile(
        member=person, display_name=" はなこ  さん ", introduction="一行目\r\n<b>二</b>\x00", by=by(person), at=AT
    )
    actions.update_legal_name(
        member=person,
        legal_form="individual",
        family_name="山田",
        given_name="花子",
        family_kana="やまだ",
        given_kana="ﾊﾅｺ",
        by=by(person),
        at=AT,
    )
    person.refresh_from_db()
    assert person.display_name == "はなこ さん"
    assert person.introduction == "一行目\n<b>二</b>"
    assert (person.legal_name, person.family_kana, person.given_kana) == ("山田 花子", "ヤマダ", "ハナコ")


def test_a_name_without_visible_characters_and_a_reading_in_kanji_are_refused():
    person = member()
    refused(
        "no_display_name",
        lambda: actions.update_profile(member=person, display_name="\u200b ", introduction="", by=by(person), at=AT),
    )
    names = {"family_name": "山田", "given_name": "花子", "family_kana": "山田", "given_kana": ""}
    refused(
        "kana_expected",
        lambda: actions.update_legal_name(member=person, legal_form="individual", **names, by=by(person), at=AT),
    )


def test_a_member_is_visible_to_themselves_and_to_staff():
    person, other = member(), member("たろう")
    assert queries.member_for(by(person), person.pk) == person
    assert queries.member_for(STAFF, person.pk) == person
    for actor, member_id in ((by(other), person.pk), (STAFF, 10**9)):
        with pytest.raises(NotVisible):
            queries.member_for(actor, member_id)
