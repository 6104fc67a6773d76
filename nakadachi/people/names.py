"""What a display name may not be: made to deceive.

A display name is not a key: two members may both be called さくら, as people are, and nothing in the market finds or
pays anybody by it. Only names that would pass for the operator's are kept back, however their letters are spelled.
"""

import re
import unicodedata
from functools import lru_cache

from confusable_homoglyphs.confusables import confusables_data

_STRONG = (
    "運営", "事務局", "管理者", "管理人", "公式", "システム管理",
    "admin", "administrator", "official", "operator", "moderator", "webmaster", "sysadmin", "root",
)  # fmt: skip
"""Nobody but the operator is called so, alone or as a word of its own beside a name."""
_WEAK = (
    "サポート", "カスタマー", "ヘルプ", "デスク", "スタッフ", "担当", "担当者", "窓口", "お問い合わせ", "チーム",
    "センター", "アカウント", "システム", "会社",
    "support", "help", "desk", "staff", "team", "center", "account", "the", "service",
)  # fmt: skip
"""Ordinary words of many trades: refused only when a name consists of nothing else."""
_MARKET = ("nakadachi", "仲立ち")
_ALIKE = {"0": "o", "1": "l", "i": "l", "I": "l", "|": "l"}
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HIDDEN = frozenset("\u00ad\u034f\u115f\u1160\u180e\u200b\u200c\u2060\u2061\u2062\u2063\u2064\u2800\u3164\ufeff\uffa0")
_JOINER = "\u200d"


def has_hidden_letters(typed: str) -> bool:
    """Letters that turn the direction of writing or cannot be seen. A joiner is fine between two parts of an emoji."""
    if any(letter in _DIRECTIONS or letter in _HIDDEN for letter in typed):
        return True
    return any(
        letter == _JOINER and unicodedata.category(typed[at - 1] if at else " ") not in {"So", "Sk", "Mn"}
        for at, letter in enumerate(typed)
    )


def skeleton(name: str) -> str:
    """What is left of a name when every letter is replaced by the one all its look-alikes share. Not for showing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    letters = "".join(ch for ch in plain if unicodedata.category(ch) not in {"Mn", "Cf"})
    return _replaced(_replaced(letters).casefold())


def _replaced(letters: str) -> str:
    return "".join(_ALIKE.get(letter := _prototypes().get(ch, ch), letter) for ch in letters)


def passes_for_operator(name: str, site_name: str) -> bool:
    """Whether somebody reading it would take its bearer for the operator."""
    words = _words(name)
    whole = "".join(words)
    if any(market and market in whole for market in map(_joined, (*_MARKET, site_name))):
        return True
    if any(_is_office(word) and _has_strong(word) for word in (*words, whole)):
        return True
    return bool(words) and all(map(_is_office, words))


def _words(name: str) -> list[str]:
    """Runs of letters and digits of the skeleton. Split before replacing: a look-alike of a letter may be a sign."""
    return [skeleton(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name))]


def _joined(name: str) -> str:
    return "".join(_words(name))


def _has_strong(word: str) -> bool:
    return any(strong in word for strong in map(skeleton, _STRONG))


def _is_office(word: str) -> bool:
    """Made of reserved words only, perhaps numbered."""
    return _offices().fullmatch(word) is not None


@lru_cache(maxsize=1)
def _offices() -> "re.Pattern[str]":
    words = sorted(map(skeleton, (*_STRONG, *_WEAK)), key=len, reverse=True)
    any_of = "|".join(map(re.escape, words))
    return re.compile(rf"[0-9lo]*(?:{any_of})(?:{any_of}|の|[0-9lo])*")


@lru_cache(maxsize=1)
def _prototypes() -> dict[str, str]:
    """Each confusable letter → the letter of ours it looks like; else the smallest of those that all look alike."""
    ours: dict[str, str] = {}
    parents: dict[str, str] = {}

    def root(letter: str) -> str:
        while parents.setdefault(letter, letter) != letter:
            letter = parents[letter]
        return letter

    alike = {letter: [row["c"] for row in rows if len(row["c"]) == 1] for letter, rows in confusables_data.items()}
    for letter, others in alike.items():
        if len(letter) == 1 and not letter.isascii():
            latin = [other for other in others if other.isascii() and other.isalpha()]
            ours |= {letter: min(latin)} if latin else {}
    for letter, others in alike.items():
        for other in others:
            if len(letter) == 1 and not {letter, other} & ours.keys() and not (letter + other).isascii():
                first, second = sorted((root(letter), root(other)))
                parents[second] = first
    return {letter: root(letter) for letter in parents if not letter.isascii()} | ours
