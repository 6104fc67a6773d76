"""Jobs of this package: sending a mail that was rendered before."""

from django.core.mail import EmailMessage

from nakadachi.infra.queue import task


@task("people.send_mail", queue="mail")
def send_mail(*, to: str, subject: str, body: str) -> None:
    """Hand one mail to the server. A mail that fails is tried again by the queue; at worst it arrives twice."""
    EmailMessage(subject=subject, body=body, to=[to]).send()
