"""Translations: one small .po file per area, joined and compiled into the one file that Django reads.

No gettext tools are needed. `compile_messages` refuses a message that two areas translate differently.
"""

from pathlib import Path

import polib


class MessageClash(ValueError):
    """Two areas translate the same message differently."""


def join(sources: Path, language: str) -> polib.POFile:
    """All areas of a language as one catalogue."""
    joined = polib.POFile()
    joined.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    seen: dict[tuple[str | None, str], tuple[str, str]] = {}
    for area in sorted((sources / language).glob("*.po")):
        for entry in polib.pofile(str(area)):
            if entry.obsolete:
                continue
            key = (entry.msgctxt, entry.msgid)
            text = entry.msgstr or entry.msgstr_plural.get(0, "")
            known = seen.get(key)
            if known and known[0] != text:
                raise MessageClash(f"{key[1]!r}: {known[1]} says {known[0]!r}, {area.name} says {text!r}")
            if not known:
                seen[key] = (text, area.name)
                joined.append(entry)
    return joined


def compile_messages(sources: Path, target: Path) -> None:
    """Write `<target>/<language>/LC_MESSAGES/django.mo` for each language, when a source is newer."""
    for folder in sorted(path for path in sources.iterdir() if path.is_dir()):
        compiled = target / folder.name / "LC_MESSAGES" / "django.mo"
        newest = max((area.stat().st_mtime for area in folder.glob("*.po")), default=0)
        if compiled.exists() and compiled.stat().st_mtime >= newest:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        draft = compiled.with_suffix(".draft")
        join(sources, folder.name).save_as_mofile(str(draft))
        draft.rename(compiled)
