"""What a form hands to an action: files that came with it, and tokens of files that arrived before it."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True)
class Kept:
    """A file that arrived before the form, by the token of its upload."""

    token: str


class TooMuch(UploadedFile):  # type: ignore[type-arg]
    """Stands for the files of a form that was too large as a whole: nothing of them was read."""


Incoming: TypeAlias = "UploadedFile[Any] | Kept"
