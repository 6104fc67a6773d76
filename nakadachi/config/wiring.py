"""The one place where upper packages are hooked into the registries of lower ones. Nothing imports it but `apps.py`."""


def connect() -> None:
    """Called once at start."""
