"""The words of the pages in the other language: the walk is written once, in Japanese."""

import re
from functools import lru_cache
from pathlib import Path
from weakref import WeakSet

import allauth
import polib
from django.conf import settings
from playwright.sync_api import Page

from nakadachi.config import messages

HOLE = re.compile(r"%\((\w+)\)s|%s")
Words = str | re.Pattern[str]
_ENGLISH: "WeakSet[Page]" = WeakSet()


def in_english(page: Page) -> None:
    """From now on the words on this page are looked for in English."""
    _ENGLISH.add(page)


def is_english(page: Page) -> bool:
    return page in _ENGLISH


@lru_cache
def _catalogue() -> list[tuple[str, str]]:
    """Our sentences, and those of the package that logs people in."""
    ours = messages.join(settings.LOCALE_SOURCES, "ja")
    theirs = polib.mofile(str(Path(allauth.__file__).parent / "locale" / "ja" / "LC_MESSAGES" / "django.mo"))
    pairs = [(one.msgstr or one.msgstr_plural.get(0, ""), one.msgid) for one in (*ours, *theirs)]
    return [(re.sub("<[^>]+>", "", japanese), re.sub("<[^>]+>", "", english)) for japanese, english in pairs]


@lru_cache
def _meanings(text: str, whole: bool) -> tuple[str, ...]:
    """What may stand there in English: the same sentence, one with holes that fits, or one it is part of."""
    exact = [re.escape(english) for japanese, english in _catalogue() if japanese == text]
    if exact and whole:
        return tuple(exact)
    fitting = []
    for japanese, english in _catalogue():
        parts = HOLE.split(japanese)[::2]
        if len(parts) > 1 and len("".join(parts)) > 1:
            hit = re.fullmatch("(.+?)".join(map(re.escape, parts)), text)
            if hit:
                given = dict(zip((one[1] for one in HOLE.finditer(japanese)), hit.groups(), strict=True))
                filled = HOLE.sub(lambda hole, given=given: given.get(hole[1], ".+"), english.replace("\n", " "))
                fitting.append((len("".join(parts)), re.escape(filled)))
    if fitting and not exact:
        return (max(fitting)[1],)
    if whole:
        return ()
    held = [english for japanese, english in _catalogue() if text in japanese and re.search("[ぁ-んァ-ヶ一-龠]", text)]
    return (*exact, *(".*".join(map(re.escape, HOLE.split(english)[::2])) for english in held))


def there(page: Page, text: str, *, whole: bool = False) -> Words:
    """What to look for on this page. What nobody translated (a name, an amount) stays as it is."""
    found = _meanings(text, whole) if page in _ENGLISH else ()
    if not found:
        return text
    either = "|".join(found)
    return re.compile(f"^\\s*({either})\\s*$" if whole else f"({either})")
