"""Finding a bank and a branch the way people look for them."""

import pytest

from nakadachi.people import banks


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("みずほ", "みずほ銀行"),
        ("ミズホギンコウ", "みずほ銀行"),
        ("みずほ銀行", "みずほ銀行"),
        ("0001", "みずほ銀行"),
        ("０００１", "みずほ銀行"),
        ("三菱UFJ", "三菱UFJ銀行"),
        ("三菱ＵＦＪ", "三菱UFJ銀行"),
        ("paypay", "PayPay銀行"),
        ("らくてん", "楽天銀行"),
        ("ゆうちょ", "ゆうちょ銀行"),
        ("そにー", "ソニー銀行"),
        ("ｿﾆｰ", "ソニー銀行"),
        ("東京信用金庫", "東京信金"),
    ],
)
def test_by_name_reading_and_code(words, first):
    assert banks.search_banks(words)[0].name == first


@pytest.mark.parametrize("words", ["しんじゅく", "新宿", "新宿支店", "240", "シンジュク"])
def test_branches_too(words):
    assert banks.search_branches("0001", words)[0].code == "240"


def test_nothing_found_is_an_empty_list():
    assert banks.search_banks("") == []
    assert banks.search_banks("そんな銀行はない") == []
    assert banks.search_branches("9999", "新宿") == []
    assert banks.bank("") is None
    assert banks.branch("0001", "000") is None


def test_without_words_the_first_branches_are_offered():
    assert len(banks.search_branches("0001", "")) == banks.FOUND_MAX
