"""Jobs: sending what was just written, what waits for another attempt, and forgetting."""

from nakadachi.infra import clock
from nakadachi.infra.mail import sending
from nakadachi.infra.queue import every, task


@task("mail.send", queue="mail")
def send(mail_ids: list[int]) -> None:
    """Send these."""
    sending.send(mail_ids, at=clock.now())


@every("* * * * * */10")
@task("mail.sweep", queue="mail", lock="mail.sweep", queueing_lock="mail.sweep")
def sweep(timestamp: int) -> None:
    """Send what is due again."""
    at = clock.now()
    sending.send(sending.due(at=at), at=at)


@every("41 19 * * *")
@task("mail.forget", queue="mail", queueing_lock="mail.forget")
def forget(timestamp: int) -> None:
    """Once a night."""
    sending.forget(at=clock.now())
