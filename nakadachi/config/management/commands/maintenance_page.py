"""`maintenance_page`: the page that a proxy shows while nothing else answers, on stdout."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils.translation import override

from nakadachi.config.messages import compile_messages
from nakadachi.web.ui.assets import bundle
from nakadachi.web.ui.templatetags.ui import stylesheets


class Command(BaseCommand):
    """Stands alone: the stylesheet is inside, since nobody answers for it then."""

    help = "Print the page for maintenance, for the proxy in front."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it in the language of the market."""
        compile_messages(settings.LOCALE_SOURCES, settings.LOCALE_PATHS[0])
        with override(settings.LANGUAGE_CODE):
            page = render_to_string("errors/maintenance.html")
        self.stdout.write(page.replace(stylesheets(), f"<style>{bundle('css').plain.decode()}</style>"))
