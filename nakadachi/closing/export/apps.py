"""App registration."""

from django.apps import AppConfig


class ExportConfig(AppConfig):
    """Exports live in `export_export`, their archives among the stored files."""

    name = "nakadachi.closing.export"
    label = "export"
