"""Words planted into what is private, each with the roles that may ever read it."""

from nakadachi.market.contracts.models import Delivery
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.models import Proposal, ProposalTemplate
from nakadachi.people.models import BankAccount, Member
from nakadachi.trust.inquiries.models import Inquiry, Message
from nakadachi.trust.mediation.models import Case
from nakadachi.trust.messaging.models import Message as Talk
from tests.every_page.world import World

PARTIES, DESK = {"client", "worker"}, {"staff", "support", "finance", "admin"}
READERS = {
    "canary-worker@example.jp": {"worker", *DESK},
    "canary-client@example.jp": {"client", *DESK},
    "カナリア姓": {"worker", "client", *DESK},
    "7431952": {"worker", *DESK},
    "CANARY TEMPLATE": {"worker"},
    "CANARY DRAFT": {"client"},
    "CANARY PROPOSAL": PARTIES,
    "CANARY DELIVERY": PARTIES,
    "CANARY QUESTION": {"worker", *DESK},
    "CANARY TALK": PARTIES,
    "CANARY CASE": {*PARTIES, "staff", "support", "admin"},
    "CANARY LETTER": DESK | {"holder of the secret address"},
}
SELDOM = {"7431952", "CANARY LETTER"}
"""Shown by no page that is only looked at."""


def plant(world: World) -> None:
    worker, client = world.people["worker"], world.people["client"]
    Member.objects.filter(pk=worker.pk).update(email="canary-worker@example.jp", family_name="カナリア姓")
    Member.objects.filter(pk=client.pk).update(email="canary-client@example.jp")
    BankAccount.objects.filter(member=worker).update(number="7431952")
    ProposalTemplate.objects.filter(member=worker).update(introduction="CANARY TEMPLATE")
    Job.objects.filter(pk=world.draft.pk).update(title="CANARY DRAFT")
    Proposal.objects.filter(pk=world.proposal.pk).update(approach="CANARY PROPOSAL")
    Delivery.objects.filter(milestone=world.delivered).update(note="CANARY DELIVERY")
    Message.objects.filter(inquiry=world.inquiry).update(text="CANARY QUESTION")
    Inquiry.objects.filter(pk=world.inquiry.pk).update(excerpt="CANARY QUESTION")
    Talk.objects.filter(pk=world.question.pk).update(text="CANARY TALK")
    Case.objects.filter(pk=world.case.pk).update(reason="CANARY CASE")
    Message.objects.filter(inquiry=world.letter).update(text="CANARY LETTER")
    Inquiry.objects.filter(pk=world.letter.pk).update(excerpt="CANARY LETTER")
