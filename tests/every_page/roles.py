"""Further people for the access table, whom the world's own story does not need. Made inside what is undone."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.test import Client

from nakadachi.infra.clock import now
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.people.models import Member
from nakadachi.people.standing import sanctions
from tests import cast, logins, walk
from tests.every_page.world import World

LIKE = {
    "past": "other",
    "neighbour": "other",
    "suspended": "other",
    "inactive": "anonymous",
    "unverified": "anonymous",
}
"""What each of them may see of the world: what that role of the table may."""


def past(world: World) -> Member:
    """Ren proposed for both postings; one proposal is withdrawn, the other declined."""
    ren = cast.ren()
    withdrawn = walk.proposal(world.job, worker=ren, at=now())
    sourcing.withdraw(proposal=withdrawn, by=cast.by(ren), at=now())
    declined = walk.proposal(world.proposal.job, worker=ren, at=now())
    client = cast.by(world.people["client"])
    sourcing.decline(proposal=declined, reason="this_time", note="", by=client, at=now())
    return ren


def neighbour(world: World) -> Member:
    """Another client with a posting and a contract, of other people."""
    ume = cast.person("ume@example.jp", "うめ商会")
    job = walk.open_job(client=ume, at=now())
    walk.agreed(job=job, worker=cast.person("take@example.jp", "たけ"), at=now())
    return ume


def suspended(world: World) -> Member:
    fuyu = cast.person("fuyu@example.jp", "ふゆ")
    sanctions.suspend(member=fuyu, reason="調査のため", by=cast.by(world.people["staff"]), at=now())
    return fuyu


def inactive(world: World) -> Member:
    """Logged in on a device, and closed since."""
    return cast.person("aki@example.jp", "あき")


def unverified(world: World) -> Member:
    """Registered a day ago; the link in the mail was never followed."""
    new = cast.person("haru@example.jp", "はる")
    EmailAddress.objects.filter(user=new).update(verified=False)
    Member.objects.filter(pk=new.pk).update(joined_at=now() - timedelta(days=1))
    return new


MADE = {"past": past, "neighbour": neighbour, "suspended": suspended, "inactive": inactive, "unverified": unverified}


def browser_of(role: str, world: World) -> Client:
    """That person's browser. Who may not log in tries it, with the right password."""
    client = Client(headers={"accept-language": "ja"})
    client.cookies["django_language"] = "ja"
    client.raise_request_exception = False
    if role in MADE:
        member = MADE[role](world)
        if role == "unverified":
            client.post("/accounts/login/", {"login": member.email, "password": cast.PASSWORD})
        else:
            logins.log_in(client, member)
        if role == "inactive":
            Member.objects.filter(pk=member.pk).update(is_active=False)
    elif role != "anonymous":
        logins.log_in(client, world.people[role])
    return client
