"""Names in the characters that Japanese banks print: half-width katakana, capital letters, digits and a few signs.

`zengin_form` is what a transfer file carries. Spelling is brought into that form (hiragana, full width, small kana,
long marks, lower case); a character that would have to be guessed (kanji above all) is refused by name.
"""

import re
import unicodedata

HOLDER_LENGTH_MAX = 30
TYPED_LENGTH_MAX = 10 * HOLDER_LENGTH_MAX
"""No spelling brings more letters than this down to thirty."""

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HYPHENS = dict.fromkeys(map(ord, "ー‐‑‒–—―−─"), "-")
_QUOTED = dict.fromkeys(map(ord, "〔【[「『{"), "(") | dict.fromkeys(map(ord, "〕】]」』}"), ")")

_HALF_WIDTH = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF71, 0xFF9E)}
_MARKS = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
_LOOSE_MARKS = str.maketrans("゛゜", "\u3099\u309a")
_STRAY_MARK = re.compile("(?<![ｳｶ-ﾄﾊ-ﾎﾜ])ﾞ|(?<![ﾊ-ﾎ])ﾟ")
_KANA = frozenset(_HALF_WIDTH.values()) | frozenset(_MARKS.values())
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")

NAME_CHARACTERS = _KANA | _LETTERS | frozenset("().-")
"""What the names of sender and receiver may hold. There is no ｦ, no small kana, no long mark, no comma."""
BANK_CHARACTERS = _KANA | _LETTERS | frozenset("-")
"""What the names of banks and branches may hold."""


class BadKana(ValueError):
    """A name cannot be written for a bank. `code`: empty, kanji, wo, unsupported, too_long; `character`: which one."""

    def __init__(self, code: str, character: str = "") -> None:
        super().__init__(f"{code} {character}".strip())
        self.code = code
        self.character = character


def katakana(text: str) -> str:
    """Full-width katakana of hiragana and half-width kana; other characters in their plain (NFKC) form."""
    plain = unicodedata.normalize("NFKC", text.translate(_LOOSE_MARKS))
    return "".join(chr(ord(ch) + 0x60) if "ぁ" <= ch <= "ゖ" or ch in "ゝゞ" else ch for ch in plain)


def is_katakana(text: str) -> bool:
    """True for a reading: full-width katakana, long marks and spaces only."""
    return bool(text) and all("ァ" <= ch <= "ヺ" or ch in "ー・ " for ch in text)


def is_zengin_form(text: str, allowed: frozenset[str] = NAME_CHARACTERS) -> bool:
    """True when a bank takes the text as it stands: only allowed characters, every mark behind a kana that bears it."""
    return all(ch in allowed for ch in text) and not _STRAY_MARK.search(text)


def zengin_form(text: str, allowed: frozenset[str] = NAME_CHARACTERS) -> str:
    """The bank's spelling of a name, every mark (ﾞ ﾟ) a character of its own. Raises `BadKana`."""
    spelled = katakana(text).translate(_HYPHENS).translate(_QUOTED).translate(_SMALL).upper()
    narrow = "".join(_narrow(ch, allowed) for ch in " ".join(spelled.split()))
    if not narrow.strip():
        raise BadKana("empty")
    if stray := _STRAY_MARK.search(narrow):
        raise BadKana("unsupported", stray.group())
    return narrow


def holder_form(text: str) -> str:
    """The same for the holder of an account, which is never cut: too long is refused, and not spelt out first."""
    text = " ".join(text.split())
    if len(text) > TYPED_LENGTH_MAX:
        raise BadKana("too_long")
    narrow = zengin_form(text)
    if len(narrow) > HOLDER_LENGTH_MAX:
        raise BadKana("too_long")
    return narrow


def cut(narrow: str, length: int) -> str:
    """The first `length` characters, never between a kana and its mark."""
    kept = narrow[:length]
    if narrow[length : length + 1] in _MARKS.values() and kept:
        kept = kept[:-1]
    return kept


def _narrow(character: str, allowed: frozenset[str]) -> str:
    decomposed = unicodedata.normalize("NFD", character)
    narrow = "".join(_HALF_WIDTH.get(part) or _MARKS.get(part) or part for part in decomposed)
    if all(part in allowed for part in narrow):
        return narrow
    if character == "ヲ":
        raise BadKana("wo", character)
    raise BadKana("kanji" if _is_kanji(character) else "unsupported", character)


def _is_kanji(character: str) -> bool:
    return character in "々〆〇" or unicodedata.name(character, "").startswith("CJK ")
