"""The one table of what is in an archive, and the one of what is not.

`AREAS` are gathered in this order. Every table of the database is told by a shape of an area, or stands in `LEFT_OUT`
with the reason; a test compares.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from nakadachi.closing.export.gathering import (
    contracts,
    hours,
    jobs,
    ledger,
    money,
    news,
    profile,
    proposals,
    talks,
    tasks,
)
from nakadachi.closing.export.gathering.holds import HOLD
from nakadachi.closing.export.shapes import Me, Schema, Shape
from nakadachi.kernel.refusal import N_


@dataclass(frozen=True)
class Area:
    """One file of data. `kind`: one object, a list, or one JSON value a line. `sheet`: also as a table.

    `schema` is that of the object, or of one row. `shapes` are the tables it tells of.
    """

    name: str
    title: str
    kind: Literal["object", "list", "lines"]
    schema: Schema
    gather: Callable[[Me], Iterator[dict[str, Any]]]
    shapes: tuple[Shape, ...] = ()
    sheet: bool = True

    @property
    def path(self) -> str:
        """Where its data lie in the archive."""
        return f"{self.name}.jsonl" if self.kind == "lines" else f"{self.name}.json"

    @property
    def sheet_path(self) -> str:
        """Where its table lies."""
        return f"{self.name}.csv"

    @property
    def schema_path(self) -> str:
        """Where its schema lies."""
        return f"schema/{self.name}.schema.json"


_PROFILE = (
    profile.MEMBER, profile.ADDRESS, profile.ACCOUNT, profile.STANDING, profile.EVIDENCE, profile.ACCEPTANCE,
    profile.BLOCK, profile.PREFERENCE, profile.SESSION, profile.FACTOR, profile.ROLE, profile.CLOSING,
    profile.HOLDUP, profile.EXPORT,
)  # fmt: skip
_CONTRACT = (
    contracts.CONTRACT, contracts.MILESTONE, contracts.DELIVERY, contracts.PRICE, contracts.TERMS, contracts.CHANGE,
    contracts.END, contracts.NUDGE, contracts.PROMPT, contracts.PLAN, contracts.HOURS, contracts.RATE, HOLD,
)  # fmt: skip
_SENT = (proposals.SENT, proposals.VERSION, proposals.COUNTER)
_CASE = (talks.CASE, talks.STATEMENT, talks.OFFER, talks.RULING)

AREAS: tuple[Area, ...] = (
    Area("profile", N_("Profile and settings"), "object", profile.MEMBER.schema, profile.gather, _PROFILE, sheet=False),
    Area("jobs", N_("Your jobs"), "list", jobs.JOB.schema, jobs.gather, (jobs.JOB, jobs.VERSION)),
    Area("proposals_sent", N_("Proposals you sent"), "list", proposals.SENT.schema, proposals.sent, _SENT),
    Area(
        "proposals_received",
        N_("Proposals you received"),
        "list",
        proposals.RECEIVED.schema,
        proposals.received,
        (proposals.RECEIVED,),
    ),
    Area(
        "proposal_templates",
        N_("Your templates of proposals"),
        "list",
        proposals.TEMPLATE.schema,
        proposals.templates,
        (proposals.TEMPLATE,),
    ),
    Area("contracts", N_("Contracts"), "list", contracts.CONTRACT.schema, contracts.gather, _CONTRACT),
    Area(
        "hourly_weeks",
        N_("Weeks of hourly work"),
        "list",
        hours.WEEK.schema,
        hours.gather,
        (hours.WEEK, hours.ENTRY, hours.TRACE),
    ),
    Area("tasks", N_("Tasks you ordered"), "list", tasks.TASK.schema, tasks.ordered, (tasks.TASK,)),
    Area("task_answers_given", N_("Answers you gave"), "lines", tasks.GIVEN.schema, tasks.given, (tasks.GIVEN,)),
    Area(
        "task_answers_received",
        N_("Answers you received"),
        "lines",
        tasks.RECEIVED.schema,
        tasks.received,
        (tasks.RECEIVED,),
    ),
    Area("threads", N_("Threads of messages"), "list", talks.THREAD.schema, talks.threads, (talks.THREAD, talks.SEAT)),
    Area("messages", N_("Messages"), "lines", talks.MESSAGE.schema, talks.messages, (talks.MESSAGE,)),
    Area(
        "inquiries",
        N_("Inquiries to the operator"),
        "list",
        talks.INQUIRY.schema,
        talks.inquiries,
        (talks.INQUIRY, talks.LETTER),
    ),
    Area("mediations", N_("Mediations"), "list", talks.CASE.schema, talks.mediations, _CASE),
    Area(
        "payments",
        N_("Card payments and refunds"),
        "list",
        money.PAYMENT.schema,
        money.payments,
        (money.PAYMENT, money.REFUND, money.DISPUTE),
    ),
    Area("payouts", N_("Payouts"), "list", money.PAYOUT.schema, money.payouts, (money.PAYOUT,)),
    Area(
        "payout_skips",
        N_("Closing days without a payout"),
        "list",
        money.SKIP.schema,
        money.skips,
        (money.SKIP,),
    ),
    Area("ledger", N_("Every entry of your accounts"), "lines", ledger.ENTRY, ledger.entries),
    Area("accounts", N_("What stands on your accounts"), "list", ledger.ACCOUNT, ledger.accounts),
    Area("notices", N_("Notices"), "lines", news.NOTICE.schema, news.notices, (news.NOTICE,)),
    Area("activity", N_("What you did here"), "lines", news.DEED.schema, news.deeds, (news.DEED,)),
)

_AFTER = "made after the member has left, when nobody can ask any more; the receipt tells of it"
_TOLD = "told by what it belongs to"

LEFT_OUT: dict[str, str] = {
    "agreements.legaltext": "published to everybody; what was agreed to is named in profile.json",
    "agreements.legaldraft": "written by the operator's people for everybody",
    "people.veil": "only there while the account is closed, and nobody can ask",
    "closing.erasedstep": _AFTER,
    "closing.kept": _AFTER,
    "closing.paper": _AFTER,
    "closing.receiptkey": "the keys of this market, public to everybody",
    "standing.note": "kept among the operator's people, and shown to no member",
    "files.storedfile": "told in files.json, with the bytes",
    "files.upload": "on its way for an hour, in no form yet",
    "mail.mail": "the text of a mail is forgotten when it was sent; the notice it tells of is in notices.jsonl",
    "payments.hookreceipt": "between the operator and the card company",
    "payments.settlement": "between the operator and the card company",
    "payouts.closingrun": "one transfer file of many members; the days are told with each payout",
    "tasks.slot": "the number of a free place, which is nobody's",
    "tasks.seenvalue": "fingerprints of answers, which nobody can turn back; the answers are told",
    "contracts.revision": _TOLD,
    "search.jobindex": "made from the posting, which is told",
    "ledger.account": "told in accounts.json",
    "ledger.journal": "told in ledger.jsonl",
    "ledger.entry": "told in ledger.jsonl",
    "sandbox.settlement": "the card company's own books",
    "sandbox.charge": "the card company's own books",
    "sandbox.refund": "the card company's own books",
    "sandbox.dispute": "the card company's own books",
    "sandbox.event": "the card company's own books",
    "demo.load": "how far the demo market is loaded",
}
