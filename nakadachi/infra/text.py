"""What people type, brought into one form before it is stored or compared."""

import unicodedata

from nakadachi.kernel.refusal import Refusal, Refused

TEXT_LENGTH_MAX = 20_000
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = {"\n", "\t", "\u200d", "\ufe0f"}
_BLANK_LETTERS = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
"""Hangul fillers and the empty braille cell: letters and symbols by their kind, nothing to the eye."""


def tidy_text(text: str) -> str:
    """Unify line ends, drop control and invisible characters (emoji joiners stay), trim. Markup is left as text.

    A text in which nothing can be seen is empty.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    visible = (ch for ch in unified if ch in _KEPT or unicodedata.category(ch) not in _INVISIBLE)
    tidied = unicodedata.normalize("NFC", "".join(visible)).strip()
    return tidied if any(_can_be_seen(ch) for ch in tidied) else ""


def _can_be_seen(ch: str) -> bool:
    return unicodedata.category(ch)[0] in "LNPS" and ch not in _BLANK_LETTERS


def required_text(text: str, *, missing: Refusal, too_long: Refusal, length_max: int = TEXT_LENGTH_MAX) -> str:
    """A text that has to be there, tidy. Raises `Refused` with `missing`, or with `too_long` and its `length_max`."""
    text = tidy_text(text)
    if not text:
        raise Refused(missing)
    if len(text) > length_max:
        raise Refused(too_long.with_params(length_max=length_max))
    return text


def tidy_line(text: str) -> str:
    """The same for one-line fields: white space becomes single spaces."""
    return " ".join(tidy_text(text).split())


def digits(text: str) -> str:
    """Half-width digits of a number typed in any width, without hyphens and spaces."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(ch for ch in plain if ch not in "-‐‑–—−ー 　\t")
