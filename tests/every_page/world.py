"""One small market in which every address has something to show, made once per test process."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection

from nakadachi.closing import actions as closing
from nakadachi.closing.export.models import Export
from nakadachi.closing.models import Closing
from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.infra.files import queries as files
from nakadachi.infra.files import uploads
from nakadachi.infra.files.examining import examine
from nakadachi.infra.files.models import StoredFile, Upload
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.models import Counter, Proposal, ProposalTemplate
from nakadachi.money.ledger.models import Journal
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts import queries as payout_queries
from nakadachi.money.payouts.models import ClosingRun, Payout
from nakadachi.notifications import actions as notifications
from nakadachi.notifications.catalogue import OF_EVENT
from nakadachi.notifications.models import Notice
from nakadachi.people import actions as people
from nakadachi.people.agreements import queries as texts
from nakadachi.people.agreements.models import LegalText
from nakadachi.people.models import Member
from nakadachi.people.standing import blocking
from nakadachi.people.standing.models import Block
from nakadachi.trust.inquiries.models import Inquiry
from nakadachi.trust.mediation.models import Case
from nakadachi.trust.messaging.models import Message
from tests import ask, cast, earners, monthly, talk, walk
from tests.closing.export import opening
from tests.every_page import hours_world, tasks
from tests.every_page.hours_world import Hours
from tests.infra.files.samples import picture
from tests.trust.mediation import stages

ROLES = ("anonymous", "client", "worker", "other", "staff")
LONG_AGO = timedelta(days=70)
"""Long enough that the reward was closed and could be paid out since. Pages read the real clock, so the world does."""


@dataclass
class World:
    """Minato orders, Hanako works, Sakura has nothing to do with it, Tanaka is staff."""

    people: dict[str, Member]
    draft: Job
    job: Job
    closed_job: Job
    edited_job: Job
    proposal: Proposal
    revised: Proposal
    counter: Counter
    offered: Contract
    monthly_proposal: Proposal
    monthly: Contract
    unfunded: Milestone
    funded: Milestone
    delivered: Milestone
    accepted: Milestone
    end: EndProposal
    change: TermsChange
    raised: TermsChange
    file: StoredFile
    picture: StoredFile
    upload: Upload
    journal: Journal
    payout: Payout
    run: ClosingRun
    payment_id: int
    refund: Refund
    dispute: Dispute
    template: ProposalTemplate
    inquiry: Inquiry
    letter: Inquiry
    block: Block
    terms: LegalText
    notice: Notice
    question: Message
    silent: Contract
    tasks: tasks.TaskWorld
    hours: Hours
    case: Case
    case_to_rule: Case
    case_ruled: Case
    gone: Closing
    export: Export
    erased: Closing


def build() -> World:
    present = now()
    past = present - LONG_AGO
    lately, long_since = present - timedelta(days=9), present - timedelta(days=19)
    client, worker, other, staff = cast.minato(), cast.hanako(), cast.sakura(), cast.tanaka()
    delivered = walk.deliver(walk.funded(at=present), files=[walk.upload()], at=present)
    accepted = walk.accepted((10_000, 20_000), at=past)
    illustrated = walk.deliver(walk.funded(at=present), files=[walk.upload("絵.png", picture())], at=present)
    examine(StoredFile.objects.get(owner_id=illustrated.deliveries.get().pk), at=present)
    file = next(iter(files.of_owners("contracts.delivery", [delivered.deliveries.get().pk]).values()))[0]
    earners.with_account(worker, at=past)
    payout = payouts.request(member=worker, request_key=uuid4(), by=cast.by(worker), at=past + timedelta(days=1))
    closes_on, _ = payout_queries.latest_closing(jst_date(present))
    run = payouts.close(closes_on=closes_on, by=cast.by(staff), at=present)
    sourcing.keep_template(
        member=worker,
        name="記事用",
        introduction="食の記事を書いています。",
        track_record="12本",
        by=cast.by(worker),
        at=past,
    )
    return World(
        people={"client": client, "worker": worker, "other": other, "staff": staff, **cast.offices()},
        draft=walk.draft_job(at=present),
        job=walk.open_job(at=present),
        closed_job=walk.closed_job(at=present),
        edited_job=walk.edited_job(at=present),
        proposal=walk.proposal(at=present),
        revised=walk.revised(at=present),
        counter=walk.counter(at=present),
        offered=walk.offered(at=present),
        monthly_proposal=monthly.proposal(at=present),
        monthly=monthly.funded(at=past, starts_on=jst_date(present) - timedelta(days=5)),
        unfunded=walk.milestone(walk.agreed(at=present)),
        funded=walk.funded(at=present),
        delivered=delivered,
        accepted=accepted,
        raised=walk.raised(at=present),
        change=walk.propose_change(
            walk.funded(at=present), jst_date(present) + timedelta(days=40), by_worker=False, at=present
        ),
        end=walk.propose_end(walk.funded(at=present), at=present),
        file=file,
        picture=StoredFile.objects.get(owner_id=illustrated.deliveries.get().pk, name="絵.png"),
        upload=uploads.begin(name="途中.zip", size_bytes=1000, by=cast.by(worker), at=present),
        journal=Journal.objects.filter(kind="hold.release").latest("id"),
        payout=payout,
        run=payouts.make_file(run=run, by=cast.by(staff), at=present),
        payment_id=Payment.objects.get(purpose="hold", purpose_id=accepted.hold_id).pk,
        refund=_stuck_refund(at=present),
        dispute=_objection(at=present),
        template=ProposalTemplate.objects.get(member=worker),
        inquiry=ask.by_member(worker, at=present),
        letter=ask.by_letter(at=present),
        terms=texts.current("terms", jst_date(present)),
        block=blocking.block(member=other, other=cast.ren(), by=cast.by(other), at=present),
        silent=walk.funded(at=present - timedelta(days=10)).contract,
        question=_asked(accepted.contract, at=present),
        tasks=tasks.build(at=present),
        hours=hours_world.build(present=present, past=past),
        case=_spoken(stages.claim(walk.delivered(at=present), at=present)),
        case_to_rule=stages.deciding(stages.claim(walk.delivered(at=lately), at=lately)),
        case_ruled=stages.decided(stages.claim(walk.delivered(at=long_since), at=long_since)),
        gone=_left("sayoko@example.jp", "さよこ", at=present),
        erased=_erased(at=present),
        notice=_told(worker),
        export=opening.ready(worker, present),
    )


def _asked(contract: Contract, *, at: datetime) -> Message:
    """Both sides have written in the thread of a contract; one answer waits to be read."""
    question = talk.asked(contract.job, files=[walk.upload("質問.txt")], at=at)
    talk.said(question.thread, cast.minato(), seen_id=question.pk, at=at)
    return question


def _spoken(case: Case) -> Case:
    """A mediation in which the worker has written, with a file, and the client has made an offer."""
    stages.state(case, cast.by(cast.hanako()), files=[walk.upload("経緯.txt")])
    return stages.offer(case, cast.minato(), 4_000)


def _erased(*, at: datetime) -> Closing:
    """Somebody who left long enough ago for a receipt."""
    somebody = cast.person("kosuke@example.jp", "こうすけ")
    walk.accepted((1_000,), worker=somebody, at=at - timedelta(days=11))
    people.update_legal_name(
        member=somebody, legal_form="individual", family_name="石井", given_name="航介", family_kana="イシイ",
        given_kana="コウスケ", by=cast.by(somebody), at=at - timedelta(days=11),
    )  # fmt: skip
    left = _left("kosuke@example.jp", "こうすけ", at=at - timedelta(days=10))
    return closing.erase(closing=left, at=at)


def _left(email: str, name: str, *, at: datetime) -> Closing:
    """Somebody whose account has just closed; it can still be undone."""
    somebody = cast.person(email, name)
    return closing.reserve(
        member=somebody, reason="", reason_text="", consents=True, leaves_remainder=True, request_key=uuid4(),
        by=cast.by(somebody), at=at,
    )  # fmt: skip


def _stuck_refund(*, at: datetime) -> Refund:
    """Handed back, and the card does not take it."""
    one = walk.milestone(walk.agreed(at=at))
    walk.pay(one, card=cards.BY_NAME["refund_refused"].number, at=at)
    contracts.hand_back(milestone=walk.milestone(one.contract), by=cast.by(cast.hanako()), at=at)
    return payments.send_refund(refund_id=Refund.objects.latest("pk").pk, at=at)


def _objection(*, at: datetime) -> Dispute:
    """A client went to the card company; nobody has decided."""
    one = walk.milestone(walk.agreed(at=at))
    walk.pay(one, card=cards.BY_NAME["dispute"].number, at=at)
    clockwork.run(at=at + timedelta(minutes=1))
    payments.reconcile(at=at + timedelta(minutes=1))
    return Dispute.objects.latest("pk")


def _told(member: Member) -> Notice:
    """Everybody is told what has happened so far; the newest notice of one of them."""
    for event_id in Event.objects.filter(kind__in=OF_EVENT).order_by("pk").values_list("pk", flat=True):
        notifications.spread(event_id=event_id)
    return Notice.objects.filter(member=member).latest("pk")


UNWATCHED = "^(django_|access_session|site_cache|procrastinate_(workers|periodic))"
"""Tables that any request may write to: sessions, counters of rate limits, the queue's own book-keeping."""


def fingerprint() -> str:
    """A hash over every row that an action may write; sessions, caches and the queue's own book-keeping left out, and
    what lies under lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'ledger')
               AND tablename !~ %s AND has_table_privilege(format('%%I.%%I', schemaname, tablename), 'SELECT')
               ORDER BY 1, 2""",
            [UNWATCHED],
        )
        parts = []
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM "{schema}"."{table}" t')
            parts.append(f"{table}={cursor.fetchone()[0]}")
    return " ".join(parts)
