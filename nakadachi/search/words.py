"""From Japanese text to what the index holds and what a query asks: one pipeline for both.

NFKC and lower case first, then Sudachi in its longest units (C) and their shortest parts (A), in normalised spelling,
so that サーバ finds サーバー and ﾃﾞｻﾞｲﾝ finds デザイン. Particles and marks carry no meaning and get no position:
「動画を編集」 and 「動画編集」 are the same phrase. Pairs of neighbouring letters are the net for what tokens miss.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from nakadachi.infra.text import tidy_line

PIPELINE = 1
"""Raise it when this module changes what it makes of a text: every row is then made anew."""

QUERY_LENGTH_MAX = 100
QUERY_WORDS_MAX = 8
TOKEN_LENGTH_MAX = 64
POSITION_MAX = 16_000
"""A tsvector counts no further than 16,383."""

_EMPTY_KINDS = {"助詞", "助動詞", "補助記号", "記号", "空白"}
_CHUNK_LENGTH = 8_000
"""Sudachi reads at most 49,149 bytes at once."""

_BETWEEN = re.compile(r"[\s、。,・/「」『』【】()\[\]〜~!?;:…|\"]+")
"""What stands between words when somebody types them; `+`, `#`, `%` and the like belong to a word (C++, C#, 100%)."""

_own = threading.local()


def dictionary_version() -> str:
    """Kept on every row: rows of another dictionary or pipeline are stale."""
    return f"{version('sudachidict-core')}/{version('sudachipy')}/{PIPELINE}"


def plain(text: str) -> str:
    """The form that is compared: one line, NFKC, lower case."""
    return unicodedata.normalize("NFKC", tidy_line(text)).lower()


def tokens(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each unit that carries meaning, with its short parts (itself, when it has none). `text` is `plain`."""
    for start in range(0, len(text), _CHUNK_LENGTH):
        for unit in _tokenizer().tokenize(text[start : start + _CHUNK_LENGTH], SplitMode.C):
            if not _has_meaning(unit):
                continue
            parts = [_spelt(part) for part in unit.split(SplitMode.A) if _has_meaning(part)]
            yield _spelt(unit), parts or [_spelt(unit)]


def vector(*weighted: tuple[str, str]) -> str:
    """A tsvector literal of `(text, weight)` pairs. A long unit stands where its first part stands."""
    places: dict[str, list[str]] = {}
    position = 0
    for text, weight in weighted:
        for unit, parts in tokens(plain(text)):
            if position >= POSITION_MAX:
                break
            if [unit] != parts:
                places.setdefault(unit, []).append(f"{position + 1}{weight}")
            for part in parts:
                position += 1
                places.setdefault(part, []).append(f"{position}{weight}")
        position += 1  # no phrase runs from one text into the next
    return " ".join(f"{quoted(word)}:{','.join(marks[:200])}" for word, marks in places.items())


def pairs(text: str) -> list[str]:
    """All different pairs of neighbouring letters of a `plain` text, none across a space."""
    found = {word[i : i + 2] for word in text.split() for i in range(len(word) - 1)}
    return sorted(found)


def query_words(text: str) -> list[str]:
    """What somebody typed, as words: at most eight, from the first hundred letters."""
    typed = plain(text[: QUERY_LENGTH_MAX * 4])
    words = _BETWEEN.sub(" ", typed[:QUERY_LENGTH_MAX]).split() or typed[:QUERY_LENGTH_MAX].split()
    if len(typed) > QUERY_LENGTH_MAX and len(words) > 1:
        words.pop()  # it may have been cut in two
    return list(dict.fromkeys(words))[:QUERY_WORDS_MAX]


def asked(word: str, *, loosely: bool = False) -> str:
    """A tsquery literal for one word; empty when nothing in it carries meaning, or marks in it do.

    Exactly: its parts side by side. Loosely: all of them, anywhere.
    """
    units = list(tokens(word))
    parts = [part for _unit, parts in units for part in parts]
    if not parts or not word.replace("-", "").replace("_", "").isalnum():
        return ""
    if loosely:
        return " & ".join(quoted(part) for part in parts)
    phrase = " <-> ".join(quoted(part) for part in parts)
    if len(units) == 1 and len(parts) > 1:
        return f"({phrase}) | {quoted(units[0][0])}"
    return phrase


def like(word: str) -> str:
    """A LIKE pattern for the word itself, wherever it stands; `%`, `_` and `\\` are letters like others."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _spelt(unit: Morpheme) -> str:
    return str(unit.normalized_form())[:TOKEN_LENGTH_MAX]


def _tokenizer() -> Tokenizer:
    if not hasattr(_own, "tokenizer"):
        _own.tokenizer = _dictionary().tokenizer()
    return _own.tokenizer


_loading = threading.Lock()
_loaded: list[Dictionary] = []


def _dictionary() -> Dictionary:
    """Loaded at the first use, once per process: it takes a third of a second and 60 MB."""
    with _loading:
        if not _loaded:
            _loaded.append(Dictionary(dict="core"))
        return _loaded[0]


def _has_meaning(unit: Morpheme) -> bool:
    kind = unit.part_of_speech()[0]
    return kind not in _EMPTY_KINDS and any(letter.isalnum() for letter in unit.normalized_form())


def quoted(word: str) -> str:
    """A lexeme inside a tsvector or tsquery literal."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
