"""The file mailbox of a market without SMTP: every mail is a file, readable at /_mail in the demo."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from nakadachi.infra.clock import now


class FileMailbox(BaseEmailBackend):
    """Writes each message whole, then renames it into place, so that a reader never sees half a mail."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        """Store the messages; returns how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}.eml"
            draft = folder / f".{name}"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder / name)
        return len(email_messages)
