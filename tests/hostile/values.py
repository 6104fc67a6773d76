"""The one table of hostile inputs, by kind of field, with what each is answered.

`REFUSED`: a sentence stands beside the field. `READ`: the form can read it, so whatever happens next is a rule's
business. `EITHER`: depends on the field (an optional field may stay empty, an amount may be 0).
A tuple is the same parameter several times; `MISSING` is a field that is not sent at all.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import jst_date

REFUSED, READ, EITHER = "refused", "read", "either"
MISSING = None
NUL, RTL, ZERO_WIDTH, BOM = "\x00", "\u202e", "\u200b\u2060", "\ufeff"
SCRIPT, TEMPLATE, SQL = "<script>alert(1)</script>", "{{7*7}}{% debug %}${7*7}", "'; DROP TABLE people_member; --"
LONG = "長" * 100_000
HEADER = "はなこ\r\nBcc: everybody@example.jp\r\n\r\n<b>"

EVERY = 1 if os.environ.get("HOSTILE_ALL") else 4

Hostile = tuple[object, str]


@dataclass(frozen=True)
class Kind:
    """A kind of field: an input that is fine, and those that are not, or look as if they were not."""

    name: str
    good: str
    hostile: tuple[Hostile, ...]
    is_shown: bool = True
    """False for what stands in no visible text field: choices, boxes, hidden keys, files, passwords."""

    def chosen(self, where: str) -> Iterator[Hostile]:
        """A quarter of the inputs, another one in each field; of those that can be read, and of nothing, all.

        `HOSTILE_ALL=1` takes every one everywhere.
        """
        turn = crc32(where.encode())
        for number, (value, expected) in enumerate(self.hostile):
            is_must = expected == READ or value in {MISSING, "", " \u3000\t"}
            if is_must or (number + turn) % EVERY == 0:
                yield value, expected


def day(days: int) -> str:
    """So many days from today."""
    return (jst_date(now()) + timedelta(days=days)).isoformat()


_ANYWHERE: tuple[Hostile, ...] = ((MISSING, EITHER), ("", EITHER), (" \u3000\t", EITHER), (ZERO_WIDTH, EITHER))
_NOT_A_NUMBER: tuple[Hostile, ...] = tuple(
    (text, REFUSED)
    for text in (
        "-1",
        "ー1",
        "1e400",
        "1E3",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "1 000",
        "1,00",
        "1.5.0",
        "十",
        "½",
        "٣",
        "1" + NUL,
        RTL + "0001",
        "1\r\n2",
        "9" * 19,
        "9" * 5_000,
        SCRIPT,
        TEMPLATE,
        SQL,
        "[]",
        "true",
        "🙂",
    )
)
_WORDS: tuple[Hostile, ...] = (
    ("1" + NUL + "2", EITHER),
    (HEADER, EITHER),
    (RTL + "gpj.exe", EITHER),
    ("見え" + ZERO_WIDTH + "ない", EITHER),
    (BOM + "先頭", EITHER),
    ("\ud83d", EITHER),
    ("が".replace("が", "か\u3099"), EITHER),
    ("👩‍💻🏳️‍🌈", EITHER),
    ("Z" + "\u0335\u0327\u0301" * 60, EITHER),
    (SCRIPT, EITHER),
    ('"><img src=x onerror=alert(1)>', EITHER),
    (TEMPLATE, EITHER),
    (SQL, EITHER),
    ("%s%n%(x)s{0}", EITHER),
    ("=1+1", EITHER),
    ("../../etc/passwd", EITHER),
    ("javascript:alert(1)", EITHER),
    ("\x1b[31m\x07", EITHER),
    (("一つ目", "二つ目"), EITHER),
    (LONG, REFUSED),
)

YEN = Kind(
    "yen",
    "10000",
    (
        *_ANYWHERE,
        ("0", EITHER),
        ("①", READ),
        ("１０００", READ),
        ("1,000", READ),
        ("¥ 12,000円", READ),
        ("00010000", READ),
        ("999999999999", READ),
        ("1000000000000", REFUSED),
        ("9223372036854775808", REFUSED),
        (("10000", "20000"), READ),
        ("0.1", REFUSED),
        *_NOT_A_NUMBER,
    ),
)
COUNT = Kind(
    "count",
    "1",
    (
        *_ANYWHERE,
        ("0", READ),
        ("１", READ),
        ("999999", READ),
        ("1000000", REFUSED),
        ("2147483648", REFUSED),
        ("1.0", REFUSED),
        ("1,000", REFUSED),
        *_NOT_A_NUMBER,
    ),
)
_SIGNED = ("-1", "ー1")
BOUND = Kind(
    "bound",
    "1",
    (
        *_ANYWHERE,
        ("0", READ),
        *((text, READ) for text in _SIGNED),
        ("－１００", READ),
        ("2147483648", READ),
        ("9" * 15, READ),
        ("1" + "0" * 15, REFUSED),
        ("9223372036854775808", REFUSED),
        ("--1", REFUSED),
        ("1.0", REFUSED),
        ("1,000", REFUSED),
        *((text, expected) for text, expected in _NOT_A_NUMBER if text not in _SIGNED),
    ),
)
RATE = Kind(
    "rate",
    "1.5",
    (
        *_ANYWHERE,
        ("0", REFUSED),
        ("0.00", REFUSED),
        ("1.555", REFUSED),
        ("１．５円", READ),
        ("999999.99", READ),
        *_NOT_A_NUMBER,
    ),
)
MOMENT = Kind(
    "moment",
    "",
    (
        *_ANYWHERE,
        ("0001-01-01T00:00", REFUSED),
        ("9999-12-31T23:59", REFUSED),
        ("1900-01-01T00:00", READ),
        ("2199-12-31T23:59", READ),
        ("２０２７年１月５日　１８:００", READ),
        ("2027/1/5 9:30", READ),
        ("2027-02-30T10:00", REFUSED),
        ("2027-01-05T24:00", REFUSED),
        ("2027-01-05T10:60", REFUSED),
        ("2027-01-05", REFUSED),
        ("2027-01-05T10:00+09:00", REFUSED),
        (SCRIPT, REFUSED),
        (NUL, EITHER),
        (LONG, REFUSED),
    ),
)
DAY = Kind(
    "day",
    "",
    (
        *_ANYWHERE,
        ("0001-01-01", REFUSED),
        ("9999-12-31", REFUSED),
        ("1900-01-01", READ),
        ("2199-12-31", READ),
        ("２０２７年１月５日", READ),
        ("2027/1/5", READ),
        (("9999-12-31", "2027-01-05"), READ),
        ("2027-02-30", REFUSED),
        ("2027-02-29", REFUSED),
        ("2027-13-01", REFUSED),
        ("2027-00-10", REFUSED),
        ("0000-01-01", REFUSED),
        ("10000-01-01", REFUSED),
        ("令和8年12月1日", REFUSED),
        ("R8.12.1", REFUSED),
        ("昭和99年1月1日", REFUSED),
        ("明日", REFUSED),
        ("01/02/2027", REFUSED),
        ("2027-01-05T10:00:00Z", REFUSED),
        ("20270105", REFUSED),
        ("1e400", REFUSED),
        ("-2027-01-05", REFUSED),
        ("2027-01-05" + NUL, REFUSED),
        (SCRIPT, REFUSED),
        (SQL, REFUSED),
        ("9" * 5_000, REFUSED),
    ),
)
LINE = Kind("line", "一行", (*_ANYWHERE, *_WORDS))
TEXT = Kind("text", "本文です。\n二行目です。", (*_ANYWHERE, ("\n\n\n", EITHER), *_WORDS))
NAME = Kind(
    "name",
    "はな",
    (*_ANYWHERE, ("運営事務局", EITHER), ("admin", EITHER), ("О\u0440erator", EITHER), ("\u3164", EITHER), *_WORDS),
)
KANA = Kind(
    "kana",
    "ヤマダ ハナコ",
    (
        *_ANYWHERE,
        ("やまだ はなこ", READ),
        ("ﾔﾏﾀﾞ ﾊﾅｺ", READ),
        ("山田花子", REFUSED),
        ("ヷヸヹヺ", EITHER),
        ("ヲ", EITHER),
        ("🙂", REFUSED),
        (SCRIPT, REFUSED),
        (SQL, REFUSED),
        (TEMPLATE, REFUSED),
        ("ヤマダ" + NUL, EITHER),
        ("ヤマダ\r\nハナコ", EITHER),
        ("\ud83d", EITHER),
        (("ヤマダ", "サトウ"), READ),
        ("ヤ" * 10_000, REFUSED),
    ),
)
READING = Kind("reading", "ヤマダ", tuple(pair for pair in KANA.hostile if pair[1] != READ))
NUMBER = Kind(
    "number",
    "1234567",
    (
        *_ANYWHERE,
        ("１２３４５６７", READ),
        ("123-4567", READ),
        ("0", READ),
        ("12345678", REFUSED),
        *(pair for pair in _NOT_A_NUMBER if pair[0] not in {"-1", "ー1", "1 000", "1\r\n2"}),
    ),
)
EMAIL = Kind(
    "email",
    "someone@example.jp",
    (
        *_ANYWHERE,
        ("a", REFUSED),
        ("a@b", REFUSED),
        ("a@@example.jp", REFUSED),
        ("@example.jp", REFUSED),
        ("a b@example.jp", REFUSED),
        ("a@example.jp\r\nBcc: b@example.jp", REFUSED),
        ("a@example.jp,b@example.jp", REFUSED),
        ("花子＠ｅｘａｍｐｌｅ．ｊｐ", REFUSED),
        ("a" + NUL + "@example.jp", REFUSED),
        ("a@" + "例" * 300 + ".jp", REFUSED),
        ("a" * 300 + "@example.jp", REFUSED),
        (SCRIPT + "@example.jp", REFUSED),
        ("a@[127.0.0.1]", EITHER),
        ("a@例え.jp", EITHER),
        ("O'Neill+tag@example.jp", EITHER),
        (("a@example.jp", "b@example.jp"), EITHER),
    ),
)
CHOICE = Kind(
    "choice",
    "",
    (
        *_ANYWHERE,
        ("no-such-choice", REFUSED),
        ("0", EITHER),
        ("-1", REFUSED),
        ("１", EITHER),
        ("9" * 5_000, REFUSED),
        (NUL, EITHER),
        (SCRIPT, REFUSED),
        (SQL, REFUSED),
        (("", "no-such-choice"), REFUSED),
        (LONG, REFUSED),
    ),
    is_shown=False,
)
KEY = Kind(
    "key",
    "",
    (
        *_ANYWHERE,
        ("not-a-uuid", EITHER),
        ("00000000-0000-0000-0000-000000000000", EITHER),
        ("{6f1c1f7e-0000-4000-8000-00000000000}", EITHER),
        ("urn:uuid:6f1c1f7e-0000-4000-8000-000000000001", EITHER),
        ("９" * 32, EITHER),
        (NUL, EITHER),
        (SQL, EITHER),
        (LONG, EITHER),
        (("6f1c1f7e-0000-4000-8000-000000000001", "6f1c1f7e-0000-4000-8000-000000000002"), EITHER),
    ),
    is_shown=False,
)
BOX = Kind(
    "box",
    "on",
    ((MISSING, EITHER), ("", EITHER), ("false", EITHER), ("2", EITHER), (LONG, EITHER), (("on", "off"), EITHER)),
    is_shown=False,
)
ID = Kind(
    "id",
    "1",
    tuple(
        (text, EITHER)
        for text in (
            MISSING,
            "",
            "0",
            "-1",
            "1.5",
            "１",
            "²",
            "1_0",
            "0x10",
            "2147483648",
            "9223372036854775808",
            "9" * 5_000,
            "NaN",
            NUL,
            SCRIPT,
            SQL,
            ("1", "2"),
        )
    ),
    is_shown=False,
)
LINK = Kind(
    "link",
    "/mypage/",
    tuple(
        (text, EITHER)
        for text in (
            MISSING,
            "",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "https:evil.example",
            "http:///evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            " //evil.example",
            "\t//evil.example",
            "/\t/evil.example",
            "/mypage/\r\nSet-Cookie: a=b",
            "/" + NUL,
            "/mypage/@evil.example",
            "https://localhost@evil.example/",
            "http://[::1",
            "／／evil.example",
            LONG,
        )
    ),
    is_shown=False,
)
ANY = Kind(
    "any",
    "x",
    tuple((value, EITHER) for value, _expected in (*_ANYWHERE, *_WORDS, ("-1", EITHER), ("1e400", EITHER))),
    is_shown=False,
)
PASSWORD = Kind(
    "password",
    "correct horse battery",
    tuple((text, EITHER) for text in (MISSING, "", "x", NUL * 12, "\ud83d" * 12, LONG, ("one pass word", "other"))),
    is_shown=False,
)
