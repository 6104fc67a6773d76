"""`prepare_database`: migrate as the owner, then give the serving role exactly what it needs."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from nakadachi.config.messages import compile_messages
from nakadachi.config.privileges import statements


class Command(BaseCommand):
    """Idempotent; run with the owner's DATABASE_URL before every start."""

    help = "Migrate and grant. Run as the owner of the database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom to grant to."""
        parser.add_argument("--grant-to", default="", help="the role that serves the pages")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the cache table, grant; compile the messages, which what runs next speaks with."""
        compile_messages(settings.LOCALE_SOURCES, settings.LOCALE_PATHS[0])
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if not options["grant_to"]:
            return
        with connection.cursor() as cursor:
            for statement in [*self._missing_role(cursor, options["grant_to"]), *statements(options["grant_to"])]:
                cursor.execute(statement)

    def _missing_role(self, cursor: Any, role: str) -> list[str]:
        """With one login for everything, the lesser role is one it can step down to."""
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            return []
        return [f"CREATE ROLE {role} NOLOGIN", f"GRANT {role} TO CURRENT_USER"]
