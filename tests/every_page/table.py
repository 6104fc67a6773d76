"""Who may see which address. An address without a row here fails the build."""

from typing import Any
from uuid import UUID

from nakadachi.closing import queries as closings
from nakadachi.market.contracts.models import Milestone
from nakadachi.money.payments.models import Payment
from nakadachi.notifications.letters import stop_token
from nakadachi.trust.inquiries import queries as inquiries
from tests import cast
from tests.every_page import hours
from tests.every_page.rows import CLIENT, EVERYBODY, MEMBERS, PARTIES, STAFF, WORKER, Arguments, Row
from tests.every_page.world import World

NOBODYS_TOKEN = UUID(int=1)


def job(world: World) -> dict[str, Any]:
    return {"job_id": world.job.pk}


def closed_job(world: World) -> dict[str, Any]:
    return {"job_id": world.closed_job.pk}


def draft(world: World) -> dict[str, Any]:
    return {"job_id": world.draft.pk}


def proposal(world: World) -> dict[str, Any]:
    return {"proposal_id": world.proposal.pk}


def revised(world: World) -> dict[str, Any]:
    return {"proposal_id": world.revised.pk, "number": 1}


def counter(world: World) -> dict[str, Any]:
    return {"proposal_id": world.counter.proposal_id, "counter_id": world.counter.pk}


def template(world: World) -> dict[str, Any]:
    return {"template_id": world.template.pk}


def tanaka(_world: World) -> dict[str, Any]:
    return {"member_id": cast.tanaka().pk}


def offered(world: World) -> dict[str, Any]:
    return {"contract_id": world.offered.pk}


def piece(name: str) -> Arguments:
    def arguments(world: World) -> dict[str, Any]:
        milestone = getattr(world, name)
        return {"contract_id": milestone.contract_id, "milestone_id": milestone.pk}

    return arguments


def active(world: World) -> dict[str, Any]:
    return {"contract_id": world.funded.contract_id}


def delivered(world: World) -> dict[str, Any]:
    return {"contract_id": world.delivered.contract_id}


def monthly_proposal(world: World) -> dict[str, Any]:
    return {"proposal_id": world.monthly_proposal.pk}


def monthly(world: World) -> dict[str, Any]:
    return {"contract_id": world.monthly.pk}


def change(world: World) -> dict[str, Any]:
    return {"contract_id": world.change.contract_id, "change_id": world.change.pk}


def raised(world: World) -> dict[str, Any]:
    return {"contract_id": world.raised.contract_id, "change_id": world.raised.pk}


def raised_paid(world: World) -> dict[str, Any]:
    hold_id = Milestone.objects.get(contract=world.raised.contract_id).hold_id
    return raised(world) | {"payment_id": Payment.objects.get(purpose="hold", purpose_id=hold_id).pk}


def end(world: World) -> dict[str, Any]:
    return {"contract_id": world.end.contract_id, "end_id": world.end.pk}


def refund(world: World) -> dict[str, Any]:
    return {"refund_id": world.refund.pk}


def dispute(world: World) -> dict[str, Any]:
    return {"dispute_id": world.dispute.pk}


def payout(world: World) -> dict[str, Any]:
    return {"payout_id": world.payout.pk}


def run(world: World) -> dict[str, Any]:
    return {"run_id": world.run.pk}


def someone(world: World) -> dict[str, Any]:
    return {"member_id": world.people["worker"].pk}


def inquiry(world: World) -> dict[str, Any]:
    return {"inquiry_id": world.inquiry.pk}


def thread(world: World) -> dict[str, Any]:
    return {"thread_id": world.question.thread_id}


def task(name: str) -> Arguments:
    return lambda world: {"task_id": getattr(world.tasks, name).pk}


def question(world: World) -> dict[str, Any]:
    return {"task_id": world.tasks.draft.pk, "key": "q1"}


def claim(name: str) -> Arguments:
    return lambda world: {"task_id": world.tasks.open.pk, "claim_id": getattr(world.tasks, name).pk}


def task_payment(world: World) -> dict[str, Any]:
    return {"task_id": world.tasks.open.pk, "payment_id": world.tasks.payment_id}


def case(name: str) -> Arguments:
    return lambda world: {"case_id": getattr(world, name).pk}


def funding_result(world: World) -> dict[str, Any]:
    return piece("accepted")(world) | {"payment_id": world.payment_id}


ROWS: dict[str, Row] = {
    "home:index": Row(EVERYBODY),
    "help:fees": Row(EVERYBODY),
    "help:guide": Row(EVERYBODY),
    "help:leaving": Row(EVERYBODY),
    "crawlers:robots": Row(EVERYBODY, is_page=False),
    "crawlers:sitemap": Row(EVERYBODY, is_page=False),
    "health:alive": Row(EVERYBODY, is_page=False),
    "health:ready": Row(EVERYBODY, is_page=False),
    "health:metrics": Row(frozenset(), gone_for=EVERYBODY, is_page=False),
    "gallery:page": Row(EVERYBODY),
    "jobs:list": Row(EVERYBODY, queries_max=8),
    "jobs:detail": Row(EVERYBODY, job, queries_max=12),
    "jobs:mine": Row(MEMBERS),
    "jobs:new": Row(MEMBERS),
    "jobs:new_project": Row(MEMBERS),
    "jobs:new_hourly": Row(MEMBERS),
    "jobs:new_monthly": Row(MEMBERS),
    "jobs:edit": Row(CLIENT, draft),
    "jobs:confirm": Row(CLIENT, draft),
    "jobs:close": Row(CLIENT, job),
    "jobs:undo_closing": Row(CLIENT, job, answer=405, is_page=False),
    "jobs:reopen": Row(CLIENT, closed_job),
    "jobs:version": Row(EVERYBODY, lambda world: {"job_id": world.edited_job.pk, "number": 1}),
    "jobs:discard": Row(CLIENT, draft, answer=405, is_page=False),
    "tasks:new": Row(MEMBERS),
    "tasks:mine": Row(MEMBERS),
    "tasks:detail": Row(EVERYBODY, task("open"), queries_max=14),
    "tasks:edit": Row(CLIENT, task("draft")),
    "tasks:removal": Row(CLIENT, task("draft"), answer=405, is_page=False),
    "tasks:questions": Row(CLIENT, task("draft")),
    "tasks:question": Row(CLIENT, question),
    "tasks:question_removal": Row(CLIENT, question, answer=405, is_page=False),
    "tasks:question_up": Row(CLIENT, question, answer=405, is_page=False),
    "tasks:funding": Row(CLIENT, task("draft")),
    "tasks:funding_result": Row(CLIENT, task_payment, answer=302, is_page=False),
    "tasks:funding_cancellation": Row(CLIENT, task_payment, answer=405, is_page=False),
    "tasks:claim": Row(MEMBERS, task("open"), answer=405, is_page=False),
    "tasks:answers": Row(CLIENT, task("open")),
    "tasks:approval": Row(CLIENT, task("open"), answer=405, is_page=False),
    "tasks:closing": Row(CLIENT, task("open")),
    "tasks:results": Row(CLIENT, task("open"), is_page=False),
    "tasks:answer": Row(PARTIES, claim("submitted")),
    "tasks:work": Row(WORKER, claim("reserved")),
    "tasks:give_back": Row(WORKER, claim("reserved"), answer=405, is_page=False),
    "tasks:rejection": Row(CLIENT, claim("submitted")),
    "tasks:appeal": Row(WORKER, claim("rejected")),
    "tasks:no_objection": Row(WORKER, claim("rejected"), answer=405, is_page=False),
    "proposals:of_job": Row(CLIENT, lambda world: {"job_id": world.proposal.job_id}, gone_for=MEMBERS - CLIENT),
    "proposals:new": Row(MEMBERS - CLIENT, job, gone_for=CLIENT),
    "proposals:take_home": Row(MEMBERS, job, gone_for=CLIENT, is_page=False),
    "proposals:mine": Row(MEMBERS),
    "proposals:templates": Row(MEMBERS),
    "proposals:remove_template": Row(WORKER, template, answer=405, is_page=False),
    "proposals:detail": Row(PARTIES, proposal, gone_for=STAFF),
    "proposals:withdraw": Row(WORKER, proposal, gone_for=CLIENT | STAFF),
    "proposals:decline": Row(CLIENT, proposal, gone_for=MEMBERS - CLIENT),
    "proposals:decline_rest": Row(CLIENT, lambda world: {"job_id": world.proposal.job_id}),
    "proposals:reconsider": Row(CLIENT, proposal, answer=405, is_page=False),
    "proposals:keep": Row(CLIENT, proposal, answer=405, is_page=False),
    "proposals:revise": Row(WORKER, proposal, gone_for=CLIENT | STAFF),
    "proposals:stand_by": Row(WORKER, proposal, answer=405, is_page=False),
    "proposals:version": Row(PARTIES, revised, gone_for=STAFF),
    "proposals:counter": Row(PARTIES, proposal, gone_for=STAFF),
    "proposals:counter_money": Row(PARTIES, proposal, gone_for=STAFF, is_page=False),
    "proposals:counter_accept": Row(WORKER, counter, answer=405, is_page=False),
    "proposals:counter_decline": Row(WORKER, counter, answer=405, is_page=False),
    "proposals:counter_withdraw": Row(CLIENT, counter, answer=405, is_page=False),
    "proposals:offer": Row(CLIENT, proposal, gone_for=MEMBERS - CLIENT),
    "proposals:offer_sum": Row(CLIENT, proposal, gone_for=MEMBERS - CLIENT, is_page=False),
    "monthly:offer": Row(CLIENT, monthly_proposal, gone_for=MEMBERS - CLIENT),
    "monthly:notice": Row(PARTIES, monthly, gone_for=STAFF),
    **hours.ROWS,
    "contracts:list": Row(MEMBERS),
    "contracts:detail": Row(PARTIES, active, gone_for=STAFF),
    "contracts:confirmation": Row(WORKER, offered, gone_for=CLIENT | STAFF),
    "contracts:refusal": Row(WORKER, offered, gone_for=CLIENT | STAFF),
    "contracts:offer_withdrawal": Row(CLIENT, offered, gone_for=WORKER | STAFF),
    "contracts:reorder": Row(CLIENT, active, answer=405, gone_for=WORKER | STAFF, is_page=False),
    "contracts:terms": Row(PARTIES, active, gone_for=STAFF),
    "contracts:terms_pdf": Row(PARTIES, lambda world: active(world) | {"version": 1}, is_page=False, gone_for=STAFF),
    "contracts:terms_difference": Row(PARTIES, lambda world: active(world) | {"older": 1, "newer": 1}, gone_for=STAFF),
    "contracts:history": Row(PARTIES, active, gone_for=STAFF),
    "contracts:milestone": Row(PARTIES, piece("delivered"), gone_for=STAFF),
    "contracts:change_new": Row(PARTIES, active, gone_for=STAFF),
    "contracts:change_acceptance": Row(WORKER, change, gone_for=CLIENT | STAFF),
    "contracts:change_refusal": Row(WORKER, change, gone_for=CLIENT | STAFF),
    "contracts:change_withdrawal": Row(CLIENT, change, gone_for=WORKER | STAFF),
    "contracts:prompt": Row(WORKER, delivered, answer=405, is_page=False, gone_for=CLIENT | STAFF),
    "contracts:nudge": Row(PARTIES, lambda world: {"contract_id": world.silent.pk}, gone_for=STAFF),
    "contracts:end_new": Row(PARTIES, active, gone_for=STAFF),
    "contracts:end_alone": Row(PARTIES, lambda world: {"contract_id": world.unfunded.contract_id}, gone_for=STAFF),
    "contracts:end_acceptance": Row(WORKER, end, gone_for=CLIENT | STAFF),
    "contracts:end_refusal": Row(WORKER, end, gone_for=CLIENT | STAFF),
    "contracts:end_withdrawal": Row(CLIENT, end, gone_for=WORKER | STAFF),
    "contracts:change_funding": Row(CLIENT, raised, gone_for=WORKER | STAFF),
    "contracts:change_funding_result": Row(CLIENT, raised_paid, answer=302, gone_for=WORKER | STAFF, is_page=False),
    "contracts:change_funding_cancellation": Row(
        CLIENT, raised_paid, answer=405, gone_for=WORKER | STAFF, is_page=False
    ),
    "contracts:funding": Row(CLIENT, piece("unfunded"), gone_for=WORKER | STAFF),
    "contracts:funding_result": Row(CLIENT, funding_result, answer=302, gone_for=WORKER | STAFF, is_page=False),
    "contracts:funding_cancellation": Row(CLIENT, funding_result, answer=405, gone_for=WORKER | STAFF, is_page=False),
    "contracts:delivery": Row(WORKER, piece("funded"), gone_for=CLIENT | STAFF),
    "contracts:delivery_withdrawal": Row(WORKER, piece("delivered"), gone_for=CLIENT | STAFF),
    "contracts:handback": Row(WORKER, piece("funded"), gone_for=CLIENT | STAFF),
    "contracts:revision": Row(CLIENT, piece("delivered"), gone_for=WORKER | STAFF),
    "contracts:acceptance": Row(CLIENT, piece("delivered"), gone_for=WORKER | STAFF),
    "files:download": Row(PARTIES, lambda world: {"token": world.file.token, "name": world.file.name}, is_page=False,
                          gone_for=STAFF),
    "files:look": Row(PARTIES, lambda world: {"token": world.file.token}, gone_for=STAFF),
    "files:preview": Row(PARTIES, lambda world: {"token": world.picture.token, "size": "small"}, is_page=False,
                         gone_for=STAFF),
    "files:announce": Row(MEMBERS, answer=405, is_page=False),
    "files:piece": Row(WORKER, lambda world: {"token": world.upload.token}, is_page=False),
    "messages:list": Row(MEMBERS, queries_max=12),
    "messages:search": Row(MEMBERS, queries_max=8),
    "messages:about": Row(MEMBERS - CLIENT, lambda world: {"kind": "job", "thing_id": world.job.pk}, gone_for=CLIENT),
    "messages:thread": Row(PARTIES, thread, queries_max=16),
    "messages:news": Row(PARTIES, thread, queries_max=8, is_page=False),
    "messages:read": Row(PARTIES, thread, answer=405, is_page=False),
    "messages:take_back": Row(WORKER, lambda world: thread(world) | {"message_id": world.question.pk}, answer=405,
                              is_page=False, gone_for=CLIENT),
    "mediation:mine": Row(MEMBERS, queries_max=8),
    "mediation:new": Row(PARTIES, lambda world: {"hold_id": world.funded.hold_id}),
    "mediation:detail": Row(PARTIES, case("case"), queries_max=18, gone_for=STAFF),
    "mediation:evidence": Row(PARTIES, case("case"), is_page=False, gone_for=STAFF),
    "mediation:offer": Row(PARTIES, case("case"), gone_for=STAFF),
    "mediation:withdrawal": Row(CLIENT, case("case"), gone_for=WORKER | STAFF),
    "mediation:acceptance": Row(PARTIES, case("case_ruled"), gone_for=STAFF),
    "mediation:appeal": Row(PARTIES, case("case_ruled"), gone_for=STAFF),
    "mypage:home": Row(MEMBERS),
    "earnings:board": Row(MEMBERS),
    "earnings:paid_csv": Row(MEMBERS, is_page=False),
    "earnings:refunds": Row(MEMBERS),
    "earnings:paid": Row(MEMBERS),
    "earnings:statement_csv": Row(MEMBERS, is_page=False),
    "earnings:contract": Row(PARTIES, lambda world: {"contract_id": world.accepted.contract_id}, gone_for=STAFF),
    "earnings:journal": Row(PARTIES, lambda world: {"journal_id": world.journal.pk}, gone_for=STAFF),
    "earnings:payouts:list": Row(MEMBERS),
    "earnings:payouts:new": Row(MEMBERS),
    "earnings:payouts:detail": Row(WORKER, payout, gone_for=STAFF),
    "earnings:payouts:cancellation": Row(WORKER, payout, answer=405, is_page=False),
    "settings:home": Row(MEMBERS),
    "settings:profile": Row(MEMBERS),
    "settings:avatar": Row(MEMBERS),
    "settings:avatar_removal": Row(MEMBERS, answer=405, is_page=False),
    "settings:name": Row(MEMBERS),
    "settings:invoice": Row(MEMBERS),
    "settings:language": Row(MEMBERS),
    "settings:payouts": Row(MEMBERS),
    "settings:notifications": Row(MEMBERS),
    "notices:list": Row(MEMBERS, queries_max=10),
    "notices:read_all": Row(MEMBERS, answer=405, is_page=False),
    "notices:stop": Row(EVERYBODY, lambda world: {"token": stop_token(world.people["worker"].pk, "proposals")}),
    "notices:open": Row(WORKER, lambda world: {"notice_id": world.notice.pk}, answer=405, is_page=False),
    "settings:security": Row(MEMBERS),
    "settings:session_end": Row(MEMBERS, lambda world: {"token": NOBODYS_TOKEN}, answer=405, is_page=False),
    "settings:sessions_end": Row(MEMBERS, answer=405, is_page=False),
    "settings:bank": Row(MEMBERS),
    "settings:bank_new": Row(MEMBERS),
    "settings:bank_kana": Row(MEMBERS, is_page=False),
    "leaving:overview": Row(MEMBERS),
    "leaving:remedy": Row(MEMBERS, lambda world: {"name": "close_job"}, answer=405, is_page=False),
    "leaving:news": Row(MEMBERS, is_page=False),
    "leaving:undo": Row(MEMBERS, answer=405, is_page=False),
    "leaving:consent": Row(MEMBERS, answer=405, is_page=False),
    "leaving:afterwards": Row(EVERYBODY, lambda world: {"token": closings.token_of(world.gone)}),
    "leaving:receipt_pdf": Row(EVERYBODY, lambda world: {"token": closings.token_of(world.erased)}, is_page=False),
    "leaving:receipt_json": Row(EVERYBODY, lambda world: {"token": closings.token_of(world.erased)}, is_page=False),
    "leaving:verify": Row(EVERYBODY),
    "leaving:claim": Row(EVERYBODY),
    "leaving:afterwards_undo": Row(
        EVERYBODY, lambda world: {"token": closings.token_of(world.gone)}, answer=405, is_page=False
    ),
    "export:home": Row(MEMBERS),
    "export:ask": Row(MEMBERS, answer=302, is_page=False),
    "export:download": Row(WORKER, lambda world: {"export_id": world.export.pk}, is_page=False),
    "settings:verification": Row(MEMBERS),
    "settings:verification_ask": Row(MEMBERS, lambda world: {"what": "phone"}),
    "settings:blocked": Row(MEMBERS),
    "settings:block": Row(MEMBERS - CLIENT, lambda world: {"where": "job", "thing_id": world.job.pk}, gone_for=CLIENT),
    "settings:unblock": Row(frozenset({"other"}), lambda world: {"block_id": world.block.pk}, answer=405,
                            is_page=False),
    "inquiries:new": Row(EVERYBODY),
    "inquiries:sent": Row(EVERYBODY),
    "inquiries:mine": Row(MEMBERS),
    "inquiries:detail": Row(WORKER, inquiry),
    "inquiries:close": Row(WORKER, inquiry, answer=405, is_page=False),
    "inquiries:by_mail": Row(EVERYBODY, lambda world: {"token": inquiries.token_of(world.letter)}),
    "texts:list": Row(EVERYBODY),
    "texts:current": Row(EVERYBODY, lambda world: {"kind": "terms"}),
    "texts:version": Row(EVERYBODY, lambda world: {"kind": "terms", "dated": world.terms.dated}),
    "texts:agree": Row(MEMBERS, answer=302, is_page=False),
    "staff:texts:list": Row(STAFF),
    "staff:texts:edit": Row(STAFF, lambda world: {"kind": "terms"}),
    "staff:texts:preview": Row(STAFF, lambda world: {"kind": "terms"}, answer=302, is_page=False),
    "staff:texts:discard": Row(STAFF, lambda world: {"kind": "terms"}, answer=405, is_page=False),
    "demo_code:page": Row(EVERYBODY),
    "staff:second_step": Row(STAFF, answer=302, is_page=False),
    "staff:home": Row(STAFF),
    "staff:audit:list": Row(STAFF),
    "staff:audit:export": Row(STAFF, answer=405, is_page=False),
    "staff:checks:list": Row(STAFF),
    "staff:checks:detail": Row(STAFF, lambda world: {**someone(world), "what": "identity"}),
    "staff:inquiries:list": Row(STAFF),
    "staff:inquiries:detail": Row(STAFF, inquiry),
    "staff:inquiries:note": Row(STAFF, inquiry, answer=405, is_page=False),
    "staff:inquiries:take": Row(STAFF, inquiry, answer=405, is_page=False),
    "staff:inquiries:close": Row(STAFF, inquiry, answer=405, is_page=False),
    "staff:messages:list": Row(STAFF),
    "staff:messages:detail": Row(STAFF, thread),
    "staff:mediation:list": Row(STAFF),
    "staff:mediation:detail": Row(STAFF, case("case")),
    "staff:mediation:evidence": Row(STAFF, case("case"), answer=405, is_page=False),
    "staff:mediation:ruling": Row(STAFF, case("case_to_rule")),
    "staff:funds": Row(STAFF),
    "staff:members:list": Row(STAFF),
    "staff:members:detail": Row(STAFF, someone),
    "staff:members:disclosure": Row(STAFF, someone, answer=405, is_page=False),
    "staff:members:note": Row(STAFF, someone, answer=405, is_page=False),
    "staff:members:suspension": Row(STAFF, someone),
    "staff:members:lifting": Row(STAFF, someone),
    "staff:members:certification": Row(STAFF, someone),
    "staff:members:withdrawal": Row(STAFF, someone),
    "staff:members:statement": Row(STAFF, someone),
    "staff:members:kept": Row(STAFF, someone),
    "staff:journal": Row(STAFF, lambda world: {"journal_id": world.journal.pk}),
    "staff:leaving:figures": Row(STAFF),
    "staff:leaving:csv": Row(STAFF, is_page=False),
    "staff:mails:list": Row(STAFF),
    "staff:mails:retry": Row(STAFF, answer=405, is_page=False),
    "staff:crew:list": Row(STAFF),
    "staff:crew:new": Row(STAFF),
    "staff:crew:role": Row(STAFF, tanaka),
    "staff:disputes:list": Row(STAFF),
    "staff:disputes:detail": Row(STAFF, dispute),
    "staff:disputes:decision": Row(STAFF, dispute, answer=405, is_page=False),
    "staff:hourly:list": Row(STAFF),
    "staff:hourly:detail": Row(STAFF, hours.contract),
    "staff:hourly:week": Row(STAFF, hours.week("returned")),
    "staff:monthly:list": Row(STAFF),
    "staff:monthly:detail": Row(STAFF, monthly),
    "staff:tasks:list": Row(STAFF),
    "staff:tasks:detail": Row(STAFF, lambda world: {"claim_id": world.tasks.appealed.pk}),
    "staff:refunds:list": Row(STAFF),
    "staff:refunds:detail": Row(STAFF, refund),
    "staff:refunds:retry": Row(STAFF, refund, answer=405, is_page=False),
    "staff:refunds:drop": Row(STAFF, refund, answer=405, is_page=False),
    "staff:refunds:transfer": Row(STAFF, refund, answer=405, is_page=False),
    "staff:payouts:list": Row(STAFF),
    "staff:payouts:closing": Row(STAFF, answer=405, is_page=False),
    "staff:payouts:extra": Row(STAFF, answer=405, is_page=False),
    "staff:payouts:detail": Row(STAFF, run),
    "staff:payouts:file": Row(STAFF, run, is_page=False),
    "staff:payouts:csv": Row(STAFF, run, is_page=False),
    "staff:payouts:sent": Row(STAFF, run, answer=405, is_page=False),
    "staff:payouts:return": Row(STAFF, payout),
}  # fmt: skip

ELSEWHERE = {
    "mfa_": "second factors belong to allauth; tests/people/access and tests/web/settings walk them",
    "account_": "login, registration and reset belong to allauth; tests/web/account walks them",
    "ui:": "files of the frame, tested in tests/web/ui",
    "mailbox:": "needs mails on disk, tested in tests/web/mailbox",
    "cardcompany:": "the test card company's page under a secret address, tested in tests/web/contracts/test_paying.py",
    "avatars:": "public bytes in the storage, tested in tests/web/settings/test_avatar_pages.py",
    "hooks_payments:": "for providers only, tested in tests/money/payments",
}
"""Addresses without a page of their own here, and where they are tested."""
