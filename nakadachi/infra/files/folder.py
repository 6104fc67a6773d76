"""Files in a folder of this machine: on the disk for good before they bear their name."""

import os
from typing import Any

from django.core.files.storage import FileSystemStorage

DRAFT = ".part-"


class Folder(FileSystemStorage):
    """Like Django's, but a file appears whole or not at all, also when the power fails."""

    def _save(self, name: str, content: Any) -> str:
        path = self.path(name)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        draft = f"{path}{DRAFT}{os.getpid()}"
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as written:
                for chunk in content.chunks():
                    written.write(chunk)
                written.flush()
                os.fsync(written.fileno())
            os.link(draft, path)
        finally:
            if os.path.exists(draft):
                os.unlink(draft)
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return name
