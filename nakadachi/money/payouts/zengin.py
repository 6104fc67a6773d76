"""The transfer file that Japanese banks take: Zengin 総合振込, fixed records of 120 bytes in JIS X 0201.

Pure: values in, bytes out, and back. `encode` refuses whatever a bank would refuse (`BadTransferFile`); it never
guesses and never cuts the name of a receiver. `decode(encode(file), year=…) == file`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from nakadachi.kernel.calendar import is_bank_day
from nakadachi.people.kana import BANK_CHARACTERS, NAME_CHARACTERS, cut, is_zengin_form

RECORD_BYTES = 120
TRANSFER_YEN_MAX = 9_999_999_999
"""The amount field has ten digits."""
TRANSFERS_MAX = 999_999
"""The trailer counts with six."""

LineEnd = Literal["", "\r\n"]

_KIND = "21"
_JIS = "0"
_CLEARING_HOUSE = "0000"
_NOT_NEW = "0"
_BY_WIRE = "7"
_BANK_NAME_BYTES = 15
_SENDER_NAME_BYTES = 40
_HOLDER_BYTES = 30


class BadTransferFile(ValueError):
    """A file cannot be written or read. `code` says why, `place` where (`header`, `transfer 3`, `trailer`)."""

    def __init__(self, code: str, place: str) -> None:
        super().__init__(f"{place}: {code}")
        self.code = code
        self.place = place


class DepositKind(StrEnum):
    """預金種目, as the digit in the file. A sender has no savings account."""

    ORDINARY = "1"
    CHECKING = "2"
    SAVINGS = "4"
    OTHER = "9"


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account by codes, with the names a file carries beside them (Zengin form)."""

    bank_code: str
    bank_kana: str
    branch_code: str
    branch_kana: str
    kind: DepositKind
    number: str


@dataclass(frozen=True, slots=True)
class Sender:
    """委託者: the operator, with the ten-digit code its bank gave it."""

    code: str
    name_kana: str
    account: Account


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer. `reference` (顧客コード1, ten digits) finds it again when the bank sends it back."""

    account: Account
    holder_kana: str
    amount_yen: int
    reference: int


@dataclass(frozen=True, slots=True)
class TransferFile:
    """One file: who sends, on which bank day, to whom."""

    sender: Sender
    pays_on: date
    transfers: tuple[Transfer, ...]

    @property
    def total_yen(self) -> int:
        """What the trailer must say."""
        return sum(transfer.amount_yen for transfer in self.transfers)


def encode(file: TransferFile, *, line_end: LineEnd = "") -> bytes:
    """The bytes of the file. Some banks want CRLF behind every record, others nothing at all."""
    if not is_bank_day(file.pays_on):
        raise BadTransferFile("not_a_bank_day", "header")
    if not 1 <= len(file.transfers) <= TRANSFERS_MAX:
        raise BadTransferFile("count", "trailer")
    records = [_header(file.sender, file.pays_on)]
    records += [_data(transfer, f"transfer {n}") for n, transfer in enumerate(file.transfers, start=1)]
    records += [_trailer(len(file.transfers), file.total_yen), "9" + " " * 119]
    assert all(len(record) == RECORD_BYTES for record in records)
    return "".join(record + line_end for record in records).encode("shift_jis")


def decode(content: bytes, *, year: int) -> TransferFile:
    """Read a file back, checking its structure and totals. The header's date has no year: it is told."""
    header, *transfers, trailer, end = _records(content)
    if (header[0], trailer[0], end[0]) != ("1", "8", "9") or header[1:4] != _KIND + _JIS:
        raise BadTransferFile("structure", "header")
    file = TransferFile(
        sender=_read_sender(header),
        pays_on=_read_day(header[54:58], year),
        transfers=tuple(_read_transfer(record, f"transfer {n}") for n, record in enumerate(transfers, start=1)),
    )
    if (_number(trailer[1:7], "trailer"), _number(trailer[7:19], "trailer")) != (len(transfers), file.total_yen):
        raise BadTransferFile("totals", "trailer")
    return file


def _header(sender: Sender, pays_on: date) -> str:
    place = "header"
    if sender.account.kind is DepositKind.SAVINGS:
        raise BadTransferFile("sender_kind", place)
    account = sender.account
    return "".join(
        [
            "1",
            _KIND,
            _JIS,
            _digits(sender.code, 10, "sender_code", place),
            _name(sender.name_kana, _SENDER_NAME_BYTES, "sender_name", place),
            f"{pays_on:%m%d}",
            _bank(account, place),
            account.kind,
            _digits(account.number, 7, "account_number", place),
            " " * 17,
        ]
    )


def _data(transfer: Transfer, place: str) -> str:
    if not 1 <= transfer.amount_yen <= TRANSFER_YEN_MAX:
        raise BadTransferFile("amount", place)
    account = transfer.account
    return "".join(
        [
            "2",
            _bank(account, place),
            _CLEARING_HOUSE,
            account.kind,
            _digits(account.number, 7, "account_number", place),
            _name(transfer.holder_kana, _HOLDER_BYTES, "holder", place),
            f"{transfer.amount_yen:010}",
            _NOT_NEW,
            _digits(f"{transfer.reference:010}", 10, "reference", place),
            "0" * 10,
            _BY_WIRE,
            " " * 8,
        ]
    )


def _trailer(count: int, total_yen: int) -> str:
    if total_yen >= 10**12:
        raise BadTransferFile("total", "trailer")
    return f"8{count:06}{total_yen:012}" + " " * 101


def _bank(account: Account, place: str) -> str:
    return "".join(
        [
            _digits(account.bank_code, 4, "bank_code", place),
            _bank_name(account.bank_kana, place),
            _digits(account.branch_code, 3, "branch_code", place),
            _bank_name(account.branch_kana, place),
        ]
    )


def _bank_name(name: str, place: str) -> str:
    """Codes decide, names help: a long name is cut, but never between a kana and its mark."""
    if not name or name != name.strip() or not is_zengin_form(name, BANK_CHARACTERS):
        raise BadTransferFile("bank_name", place)
    return cut(name, _BANK_NAME_BYTES).ljust(_BANK_NAME_BYTES)


def _name(name: str, length: int, what: str, place: str) -> str:
    if not name or name != name.strip() or len(name) > length or not is_zengin_form(name, NAME_CHARACTERS):
        raise BadTransferFile(what, place)
    return name.ljust(length)


def _digits(text: str, length: int, what: str, place: str) -> str:
    if len(text) != length or not (text.isascii() and text.isdigit()):
        raise BadTransferFile(what, place)
    return text


def _records(content: bytes) -> list[str]:
    """Records with or without CRLF; a lone CR or LF is not a line end."""
    try:
        text = content.decode("shift_jis")
    except UnicodeDecodeError as problem:
        raise BadTransferFile("characters", "file") from problem
    size = RECORD_BYTES + 2 if text[RECORD_BYTES : RECORD_BYTES + 2] == "\r\n" else RECORD_BYTES
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    ends = {piece[RECORD_BYTES:] for piece in pieces}
    records = [piece[:RECORD_BYTES] for piece in pieces]
    fits = all(len(record) == RECORD_BYTES and record.isprintable() for record in records)
    if len(text) != len(content) or len(records) < 4 or not fits or not ends <= {"", "\r\n"} or len(ends) > 1:
        raise BadTransferFile("record_length", "file")
    return records


def _read_sender(header: str) -> Sender:
    return Sender(
        code=header[4:14],
        name_kana=header[14:54].rstrip(),
        account=_read_account(header[58:], header[95], header[96:103], "header"),
    )


def _read_transfer(record: str, place: str) -> Transfer:
    if record[0] != "2":
        raise BadTransferFile("structure", place)
    return Transfer(
        account=_read_account(record[1:], record[42], record[43:50], place),
        holder_kana=record[50:80].rstrip(),
        amount_yen=_number(record[80:90], place),
        reference=_number(record[91:101], place),
    )


def _read_account(bank: str, kind: str, number: str, place: str) -> Account:
    try:
        deposit = DepositKind(kind)
    except ValueError as problem:
        raise BadTransferFile("kind", place) from problem
    return Account(bank[:4], bank[4:19].rstrip(), bank[19:22], bank[22:37].rstrip(), deposit, number)


def _read_day(text: str, year: int) -> date:
    try:
        return date(year, int(text[:2]), int(text[2:]))
    except ValueError as problem:
        raise BadTransferFile("date", "header") from problem


def _number(text: str, place: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadTransferFile("digits", place)
    return int(text)
