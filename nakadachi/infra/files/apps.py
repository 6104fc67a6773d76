"""App registration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files live in `files_storedfile` and the default storage."""

    name = "nakadachi.infra.files"
    label = "files"
