"""Django's command line; people use bin/nakadachi, which starts the database first."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nakadachi.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
