"""`check_project`: translations complete, no model without its migration, generated documents fresh."""

import sys
import warnings
from pathlib import Path
from typing import Any

import allauth
import django
import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from nakadachi.config import messages
from nakadachi.config.extract import messages_of


def _said_by_the_parts() -> set[tuple[str | None, str]]:
    """Messages of Django and allauth, which we may translate better than they do."""
    catalogues = [
        Path(module.__path__[0]) / folder for module, folder in ((django, "conf/locale/en"), (allauth, "locale/ja"))
    ]
    return {
        (entry.msgctxt, entry.msgid)
        for catalogue in catalogues
        for entry in polib.pofile(str(catalogue / "LC_MESSAGES" / "django.po"))
    }


class Command(BaseCommand):
    """Part of bin/check; exit 1 and one line for each fault."""

    help = "Check translations, migrations and generated documents."
    requires_system_checks = "__all__"

    def handle(self, *args: Any, **options: Any) -> None:
        """Run all checks before giving the verdict."""
        faults = [*self._translations(), *self._commands()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)

    def _translations(self) -> list[str]:
        faults: list[str] = []
        wanted = messages_of(settings.PACKAGE)
        for folder in sorted(path for path in settings.LOCALE_SOURCES.iterdir() if path.is_dir()):
            catalogue = messages.join(settings.LOCALE_SOURCES, folder.name)
            known = {
                (entry.msgctxt, entry.msgid)
                for entry in catalogue
                if (entry.msgstr or any(entry.msgstr_plural.values())) and "fuzzy" not in entry.flags
            }
            for key, places in wanted.items():
                if key not in known:
                    faults.append(f"{folder.name}: no translation of {key[1]!r} ({places[0]})")
            unused = known - wanted.keys() - _said_by_the_parts()
            faults.extend(f"{folder.name}: nobody uses {key[1]!r}" for key in unused)
        return faults

    def _commands(self) -> list[str]:
        faults = []
        for command, options in (
            ("makemigrations", {"check_changes": True, "dry_run": True}),
            ("docs", {"check": True}),
        ):
            try:
                warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
                call_command(command, verbosity=0, **options)
            except SystemExit as ended:
                if ended.code:
                    faults.append(f"`bin/nakadachi {command}` has something to do")
        return faults
