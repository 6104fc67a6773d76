"""Jobs of this package: sending a mail that was rendered before."""

from uuid import UUID, uuid4

from nakadachi.infra import clock
from nakadachi.infra.mail import outbox, sending
from nakadachi.infra.queue import task


@task("people.send_mail", queue="mail")
def send_mail(*, to: str, subject: str, body: str, language: str = "ja", key: str = "") -> None:
    """Hand one mail to the server. One that fails is tried again; with a key, twice is once."""
    at = clock.now()
    letter = outbox.Letter(UUID(key) if key else uuid4(), "account", to, subject, body, language)
    sending.send(outbox.write([letter], at=at), at=at)
