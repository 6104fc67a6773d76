"""The transfer file: against bytes checked by hand, there and back, and everything a bank would refuse."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nakadachi.kernel.calendar import is_bank_day
from nakadachi.money.payouts.zengin import (
    RECORD_BYTES,
    Account,
    BadTransferFile,
    DepositKind,
    Sender,
    Transfer,
    TransferFile,
    decode,
    encode,
)
from nakadachi.people import banks
from nakadachi.people.kana import BANK_CHARACTERS, NAME_CHARACTERS, is_zengin_form

GOLDEN = Path(__file__).parent / "zengin-golden.txt"

SENDER = Sender(
    code="0000012345",
    name_kana="ｶ)ﾅｶﾀﾞﾁ",
    account=Account("0001", "ﾐｽﾞﾎ", "001", "ﾄｳｷﾖｳ", DepositKind.ORDINARY, "1234567"),
)
FILE = TransferFile(
    sender=SENDER,
    pays_on=date(2026, 11, 30),
    transfers=(
        Transfer(Account("0036", "ﾗｸﾃﾝ", "201", "ｼﾞﾔｽﾞ", DepositKind.ORDINARY, "0012345"), "ﾔﾏﾀﾞ ﾊﾅｺ", 8_350, 17),
        Transfer(Account("9900", "ﾕｳﾁﾖ", "018", "ｾﾞﾛｲﾁﾊﾁ", DepositKind.SAVINGS, "7654321"), "ｻﾄｳ-LTD.(ｶ", 1_234_567, 18),
    ),
)

BY_HAND = [
    # kind, type, code, sender's code, name (40), day, bank, name (15), branch, name (15), deposit, number, rest
    "1"
    "21"
    "0"
    "0000012345" + "ｶ)ﾅｶﾀﾞﾁ" + " " * 33 + "1130"
    "0001" + "ﾐｽﾞﾎ" + " " * 11 + "001" + "ﾄｳｷﾖｳ" + " " * 10 + "1"
    "1234567" + " " * 17,
    # kind, bank, name, branch, name, clearing house, deposit, number, holder (30), amount (10), new, reference, -, wire
    "2"
    "0036" + "ﾗｸﾃﾝ" + " " * 11 + "201" + "ｼﾞﾔｽﾞ" + " " * 10 + "0000"
    "1"
    "0012345" + "ﾔﾏﾀﾞ ﾊﾅｺ" + " " * 22 + "0000008350"
    "0"
    "0000000017"
    "0000000000"
    "7"
    " " + " " * 7,
    "2"
    "9900" + "ﾕｳﾁﾖ" + " " * 11 + "018" + "ｾﾞﾛｲﾁﾊﾁ" + " " * 8 + "0000"
    "4"
    "7654321" + "ｻﾄｳ-LTD.(ｶ" + " " * 20 + "0001234567"
    "0"
    "0000000018"
    "0000000000"
    "7"
    " " + " " * 7,
    "8000002000001242917" + " " * 101,
    "9" + " " * 119,
]


def test_the_bytes_are_those_checked_by_hand():
    content = encode(FILE)
    assert content == "".join(BY_HAND).encode("shift_jis")
    assert content == GOLDEN.read_bytes()
    assert len(content) == 5 * RECORD_BYTES
    assert content[14:21] == bytes([0xB6, 0x29, 0xC5, 0xB6, 0xC0, 0xDE, 0xC1])  # ｶ)ﾅｶﾀﾞﾁ, one byte each


def test_with_line_ends_each_record_has_two_bytes_more():
    content = encode(FILE, line_end="\r\n")
    assert content.split(b"\r\n") == [record.encode("shift_jis") for record in BY_HAND] + [b""]
    assert decode(content, year=2026) == FILE


names = st.text(alphabet=sorted(NAME_CHARACTERS), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and is_zengin_form(text)
)
bank_names = st.text(alphabet=sorted(BANK_CHARACTERS), min_size=1, max_size=15).filter(
    lambda text: text == text.strip() and is_zengin_form(text, BANK_CHARACTERS)
)


def numbers(length: int) -> st.SearchStrategy[str]:
    return st.integers(0, 10**length - 1).map(lambda value: f"{value:0{length}}")


accounts = st.builds(Account, numbers(4), bank_names, numbers(3), bank_names, st.sampled_from(DepositKind), numbers(7))
sender_accounts = accounts.filter(lambda account: account.kind is not DepositKind.SAVINGS)
files = st.builds(
    TransferFile,
    st.builds(Sender, numbers(10), names, sender_accounts),
    st.dates(date(2024, 1, 1), date(2035, 12, 31)).filter(is_bank_day),
    st.lists(
        st.builds(Transfer, accounts, names, st.integers(1, 9_999_999_999), st.integers(0, 10**10 - 1)),
        min_size=1,
        max_size=6,
    ).map(tuple),
)


@settings(max_examples=120, deadline=None)
@given(files, st.sampled_from(["", "\r\n"]))
def test_there_and_back(file, line_end):
    content = encode(file, line_end=line_end)
    step = RECORD_BYTES + len(line_end)
    assert len(content) == step * (len(file.transfers) + 3)
    records = [content[start : start + step] for start in range(0, len(content), step)]
    assert all(len(record.removesuffix(line_end.encode())) == RECORD_BYTES for record in records)
    assert int(records[-2][1:7]) == len(file.transfers)
    assert int(records[-2][7:19]) == file.total_yen
    assert decode(content, year=file.pays_on.year) == file


def with_transfer(**changes) -> TransferFile:
    return replace(FILE, transfers=(replace(FILE.transfers[0], **changes),))


@pytest.mark.parametrize("amount_yen", [0, -1, 10**10])
def test_an_amount_the_field_cannot_hold_is_refused(amount_yen):
    with pytest.raises(BadTransferFile, match="transfer 1: amount"):
        encode(with_transfer(amount_yen=amount_yen))


@pytest.mark.parametrize(
    "holder", ["", " ﾔﾏﾀﾞ", "山田", "ヤマダ", "ﾔﾏﾀﾞ,ﾊﾅｺ", "ﾔｰﾏﾀﾞ", "ｦ", "ｬ", "yamada", "ﾞｱ", "ｱﾞ", "ﾊ" * 31]
)
def test_a_holder_a_bank_would_refuse_is_never_mended(holder):
    with pytest.raises(BadTransferFile, match="transfer 1: holder"):
        encode(with_transfer(holder_kana=holder))


def test_a_long_bank_name_is_cut_before_the_kana_that_would_lose_its_mark():
    account = replace(FILE.transfers[0].account, bank_kana="ｱ" * 14 + "ｶﾞ")
    record = encode(with_transfer(account=account))[RECORD_BYTES : 2 * RECORD_BYTES].decode("shift_jis")
    assert record[5:20] == "ｱ" * 14 + " "


def test_no_transfers_no_bank_day_no_savings_account_of_the_sender():
    with pytest.raises(BadTransferFile, match="count"):
        encode(replace(FILE, transfers=()))
    with pytest.raises(BadTransferFile, match="not_a_bank_day"):
        encode(replace(FILE, pays_on=date(2026, 11, 29)))
    savings = replace(SENDER.account, kind=DepositKind.SAVINGS)
    with pytest.raises(BadTransferFile, match="sender_kind"):
        encode(replace(FILE, sender=replace(SENDER, account=savings)))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda content: content[:-1], "record_length"),
        (lambda content: content + b"\n", "record_length"),
        (lambda content: content.replace(b"000001242917", b"000001242918"), "totals"),
        (lambda content: content.replace(b"8000002", b"8000003"), "totals"),
        (lambda content: b"3" + content[1:], "structure"),
        (lambda content: content.replace(b"1130", b"1331"), "date"),
        (lambda content: content.replace(b"0000008350", b"00000083x0"), "digits"),
        (lambda content: content[:14] + b"\x81\x40" + content[16:], "record_length"),
        (lambda content: content[:14] + b"\xff" + content[15:], "characters"),
    ],
)
def test_a_file_that_was_touched_is_found_out(spoil, code):
    with pytest.raises(BadTransferFile, match=code):
        decode(spoil(encode(FILE)), year=2026)


def test_every_bank_and_branch_of_japan_can_be_written():
    wrong = [
        (bank.code, branch.code)
        for bank in banks.all_banks().values()
        for branch in banks.branches_of(bank.code).values()
        if not (is_zengin_form(branch.kana, BANK_CHARACTERS) and is_zengin_form(bank.kana, BANK_CHARACTERS))
        or len(branch.kana) > 15
        or not re.fullmatch(r"\d{3}", branch.code)
    ]
    assert wrong == []
