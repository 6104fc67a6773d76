"""The real list of Japanese banks and branches, searched by name, reading or code. Pure look-ups, kept in memory."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nakadachi.people.kana import BANK_CHARACTERS, katakana, zengin_form

FOUND_MAX = 20

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HYPHENS = str.maketrans("－−‐–—-", "ーーーーーー")
_POST_BANK = "9900"
_SHORT = {"信用金庫": "信金", "信用組合": "信組", "労働金庫": "労金", "農業協同組合": "農協"}
"""What people write in full and the list abbreviates."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch; `kana` is the Zengin form of its name."""

    code: str
    name: str
    kana: str


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank; `name` as people call it, `kana` as transfer files spell it."""

    code: str
    name: str
    kana: str


@lru_cache(maxsize=1)
def all_banks() -> dict[str, Bank]:
    """Every bank by its code, in the order of codes."""
    return {
        code: Bank(code, _called(code, source.name), _printed(source.kana))
        for code, source in sorted(_source().items())
    }


@lru_cache(maxsize=256)
def branches_of(bank_code: str) -> dict[str, Branch]:
    """Every branch of a bank by its code; empty for a bank that does not exist."""
    bank = _source().get(bank_code)
    if bank is None:
        return {}
    return {
        code: Branch(code, _plain(branch.name), _printed(branch.kana)) for code, branch in sorted(bank.branches.items())
    }


def bank(code: str) -> Bank | None:
    """The bank of a four-digit code."""
    return all_banks().get(code)


def branch(bank_code: str, code: str) -> Branch | None:
    """The branch of a three-digit code."""
    return branches_of(bank_code).get(code)


def search_banks(words: str, limit: int = FOUND_MAX) -> list[Bank]:
    """Banks whose name, reading or code begins with or contains the words; the closest first."""
    wanted = _key(words).removesuffix("ギンコウ").removesuffix("銀行") or _key(words)
    for full, short in _SHORT.items():
        wanted = wanted.replace(full, short)
    found = _ranked(((key, code) for code, *keys in _bank_keys() for key in keys), wanted)
    return [all_banks()[code] for code in found[:limit]]


def search_branches(bank_code: str, words: str, limit: int = FOUND_MAX) -> list[Branch]:
    """The same among the branches of one bank; no words: the first ones of the list."""
    wanted = _key(words).removesuffix("支店") or _key(words)
    if not wanted:
        return list(branches_of(bank_code).values())[:limit]
    found = _ranked(((key, code) for code, *keys in _branch_keys(bank_code) for key in keys), wanted)
    return [branches_of(bank_code)[code] for code in found[:limit]]


def _source() -> dict[str, "_Listed"]:
    from zengin_code import Bank as Listed  # loads 29,000 rows on import: only when somebody asks for a bank

    return Listed.all


class _Listed:
    """The shape of the rows of `zengin_code`."""

    name: str
    kana: str
    branches: dict[str, "_Listed"]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _called(code: str, name: str) -> str:
    is_bank = code < "0400" or "0500" <= code < "0600" or code == _POST_BANK
    return _plain(name) + ("銀行" if is_bank and not name.endswith(("銀行", "ジャパン")) else "")


def _printed(kana: str) -> str:
    return zengin_form(kana.replace("．", " "), BANK_CHARACTERS)


def _key(text: str) -> str:
    return "".join(katakana(text).translate(_SMALL).translate(_HYPHENS).upper().split())


@lru_cache(maxsize=1)
def _bank_keys() -> tuple[tuple[str, ...], ...]:
    return tuple((code, _key(row.name), _key(row.kana), code) for code, row in sorted(_source().items()))


@lru_cache(maxsize=64)
def _branch_keys(bank_code: str) -> tuple[tuple[str, ...], ...]:
    bank = _source().get(bank_code)
    rows = sorted(bank.branches.items()) if bank else []
    return tuple((code, _key(row.name), _key(row.kana), code) for code, row in rows)


def _ranked(keys: Iterable[tuple[str, str]], wanted: str) -> list[str]:
    if not wanted:
        return []
    best: dict[str, tuple[int, int]] = {}
    for key, code in keys:
        if wanted not in key:
            continue
        rank = (0 if key == wanted else 1 if key.startswith(wanted) else 2, len(key))
        best[code] = min(rank, best.get(code, rank))
    return sorted(best, key=lambda code: (best[code], code))
