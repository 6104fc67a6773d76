"""Every form of the site, one line each. A new address that is posted to joins here, or in `BUTTONS` with a reason."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from nakadachi.closing.models import Paper
from nakadachi.closing.receipt.codes import code_of
from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import jst_date
from nakadachi.money.payouts import actions as payouts
from nakadachi.people.agreements import actions as texts
from nakadachi.people.standing import checking, sanctions
from nakadachi.people.standing.certifying import certify
from nakadachi.web.pages.texts.values import values_on
from tests import cast
from tests.every_page import table
from tests.every_page.world import World
from tests.hostile import hours
from tests.hostile.values import (
    ANY,
    BOUND,
    BOX,
    CHOICE,
    COUNT,
    DAY,
    EMAIL,
    ID,
    KANA,
    KEY,
    LINE,
    LINK,
    MISSING,
    MOMENT,
    NAME,
    NUMBER,
    PASSWORD,
    RATE,
    READING,
    TEXT,
    YEN,
    Kind,
    day,
)

Fields = dict[str, Kind]
Values = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Form:
    """Who sends which fields to which address. `given` completes the good inputs: choices, days, pressed buttons."""

    address: str
    role: str
    fields: Fields | Callable[[World], Fields]
    given: dict[str, Any] = field(default_factory=dict)
    arguments: Values | None = None
    is_asked: bool = False
    """Sent by GET: the address is the question."""
    label: str = ""
    before: Callable[[World], None] = lambda world: None
    """What has to happen first, so that the good inputs are taken."""
    is_lenient: bool = False
    """What cannot be read is left out, or not looked at yet."""
    is_hidden: bool = False
    """One button; its fields stand in no visible control."""
    answer: int = 0
    """To the good inputs, where the world does not allow them."""
    refusal: str = ""
    """To the good inputs, where what is right was only ever shown to the person."""
    reads: tuple[str, ...] = ()
    """What its page reads beside the fields: boxes of other steps, pressed buttons."""

    @property
    def name(self) -> str:
        return f"{self.address}{self.label}"

    def fields_in(self, world: World) -> Fields:
        return self.fields if isinstance(self.fields, dict) else self.fields(world)

    def arguments_in(self, world: World) -> dict[str, Any]:
        if self.arguments is not None:
            return self.arguments(world)
        row = table.ROWS.get(self.address)
        return row.arguments(world) if row else {}

    def good(self, world: World) -> dict[str, Any]:
        """What the form takes."""
        made = {
            name: str(uuid4()) if kind is KEY else day(40) if kind is DAY else kind.good
            for name, kind in self.fields_in(world).items()
        }
        made |= {name: value(world) if callable(value) else value for name, value in self.given.items()}
        return {name: value for name, value in made.items() if value is not MISSING}


JOB: Fields = {
    "category": CHOICE,
    "title": LINE,
    "description": TEXT,
    "requirements": TEXT,
    "budget_min_yen": YEN,
    "budget_max_yen": YEN,
    "char_rate_sen": RATE,
    "closes_on": DAY,
    "delivery_on": DAY,
    "hires_max": COUNT,
    "no_experience_ok": BOX,
    "beginner_welcome": BOX,
    "continuing": BOX,
    "request_key": KEY,
}
JOB_GIVEN = {"category": "writing", "closes_on": day(14), "delivery_on": day(29)}
LASTING_JOB = {name: kind for name, kind in JOB.items() if name not in {"delivery_on", "char_rate_sen"}} | {
    "starts_on": DAY
}
HOURLY_JOB = LASTING_JOB | {"hours_per_week": COUNT}
MONTHLY_JOB = LASTING_JOB | {"month_scope": LINE}
LASTING_GIVEN = {"category": "writing", "closes_on": day(14), "starts_on": day(29)}
JOB_DAYS = {"closes_on": day(14), "delivery_on": day(29)}
PROPOSAL: Fields = {
    "introduction": TEXT,
    "track_record": TEXT,
    "approach": TEXT,
    "amount_yen": YEN,
    "deliver_on": DAY,
    "wishes_continuation": BOX,
    "request_key": KEY,
}
PLAN: Fields = {
    "scope": TEXT,
    "month_scope": LINE,
    "starts_on": DAY,
    "months_begin": CHOICE,
    "notice_days": COUNT,
    "revisions_max": COUNT,
    "request_key": KEY,
}
TASK: Fields = {
    "category": CHOICE,
    "title": LINE,
    "description": TEXT,
    "price_yen": YEN,
    "slots_count": COUNT,
    "repeats_max": COUNT,
    "minutes": COUNT,
    "who": CHOICE,
    "rate": COUNT,
    "opens_at": MOMENT,
    "closes_at": MOMENT,
    "is_instant": BOX,
    "request_key": KEY,
}
TASK_GIVEN = {
    "category": "office",
    "price_yen": "120",
    "slots_count": "20",
    "repeats_max": "2",
    "minutes": "5",
    "who": "anybody",
    "rate": "90",
    "opens_at": day(1) + "T09:00",
    "closes_at": day(7) + "T18:00",
}
QUESTION: Fields = {
    "label": LINE,
    "help": TEXT,
    "kind": CHOICE,
    "required": BOX,
    "unique": BOX,
    "options": TEXT,
    "length_min": COUNT,
    "length_max": COUNT,
    "low": BOUND,
    "high": BOUND,
}
QUESTION_GIVEN = {
    "kind": "choice",
    "options": "深煎り\n浅煎り",
    "length_min": "1",
    "length_max": "5",
    "low": "1",
    "high": "9",
}
DECLINING: Fields = {"reason": CHOICE, "note": TEXT}
ASKED: Fields = {"category": CHOICE, "text": TEXT, "request_key": KEY}
KEYED_TEXT: Fields = {"text": TEXT, "request_key": KEY}
PIECE = {"row-0-title": LINE, "row-0-amount_yen": YEN, "row-0-due_on": DAY}
REASON: Fields = {"reason": TEXT}
TALK: Fields = {"text": TEXT, "request_key": KEY, "files": ANY, "files_kept": ANY}


def change(world: World) -> Fields:
    due = f"due_{world.funded.pk}"
    price = f"price_{world.funded.pk}"
    further = {"title": LINE, "amount_yen": YEN, "due_on": DAY}
    return {"reason": TEXT, **further, "scope": TEXT, "request_key": KEY, due: DAY, price: YEN}


def rating(world: World) -> Fields:
    return {"reason": TEXT, "request_key": KEY, "rate_yen": YEN, "rate_from_on": DAY}


def ending(world: World) -> Fields:
    return {"reason": TEXT, "request_key": KEY, f"amount_{world.funded.pk}": YEN}


def suspended(world: World) -> None:
    sanctions.suspend(member=world.people["worker"], reason="規約違反", by=cast.by(world.people["staff"]), at=now())


def certified(world: World) -> None:
    certify(member=world.people["worker"], reason="よい仕事", by=cast.by(world.people["staff"]), at=now())


def check_asked(world: World) -> None:
    worker = world.people["worker"]
    checking.ask_check(member=worker, what="identity", by=cast.by(worker), at=now())


def drafted(world: World) -> None:
    values = values_on(jst_date(now()))
    staff = cast.by(world.people["staff"])
    texts.save_draft(kind="terms", body_ja="## 規約", body_en="## Terms", values=values, by=staff, at=now())


def sent(world: World) -> None:
    payouts.mark_sent(run=world.run, bank_charge_yen=0, by=cast.by(world.people["staff"]), at=now())


FORMS = [
    Form("jobs:new_project", "client", JOB, JOB_GIVEN),
    Form("jobs:new_hourly", "client", HOURLY_JOB, LASTING_GIVEN),
    Form("jobs:new_monthly", "client", MONTHLY_JOB, LASTING_GIVEN),
    Form("jobs:edit", "client", JOB, JOB_GIVEN),
    Form("jobs:edit", "client", JOB, JOB_GIVEN, table.job, label=" open"),
    Form("jobs:close", "client", {"reason": LINE}),
    Form("jobs:reopen", "client", {"closes_on": DAY, "delivery_on": DAY}, JOB_DAYS),
    Form("proposals:new", "other", PROPOSAL, {"send": "1"}),
    Form("proposals:new", "other", PROPOSAL, label=" looked over"),
    Form(
        "proposals:new",
        "worker",
        {**PROPOSAL, "template": ID},
        {"load": "1", "template": lambda world: world.template.pk},
        label=" load",
        is_lenient=True,
    ),
    Form("proposals:new", "other", {**PROPOSAL, "template_name": LINE}, {"keep": "1"}, label=" keep", is_lenient=True),
    Form("proposals:decline", "client", DECLINING, {"reason": "this_time"}),
    Form("proposals:decline_rest", "client", DECLINING, {"reason": "this_time"}),
    Form("proposals:revise", "worker", PROPOSAL),
    Form("proposals:counter", "client", {"amount_yen": YEN, "deliver_on": DAY, "note": TEXT, "request_key": KEY}),
    Form("proposals:keep", "client", {"keep": ANY}),
    Form(
        "proposals:offer",
        "client",
        {"scope": TEXT, "revisions_max": COUNT, "request_key": KEY, "rows": ID, **PIECE},
        {"offer": "1"},
    ),
    Form("proposals:offer", "client", {"without": ID, "rows": ID, **PIECE}, label=" rows", is_lenient=True),
    *hours.forms(Form),
    Form("monthly:offer", "client", PLAN, {"months_begin": "first", "starts_on": day(3)}),
    Form("monthly:notice", "worker", REASON),
    Form("tasks:new", "client", TASK, TASK_GIVEN),
    Form("tasks:edit", "client", TASK, TASK_GIVEN),
    Form("tasks:questions", "client", QUESTION, QUESTION_GIVEN),
    Form("tasks:question", "client", QUESTION, QUESTION_GIVEN),
    Form("tasks:funding", "client", {"card_number": CHOICE, "request_key": KEY}, {"card_number": "4242424242424242"}),
    Form("tasks:work", "worker", {"q1": LINE, "q2": CHOICE, "q3": TEXT}, {"q2": "深煎り"}),
    Form(
        "tasks:approval",
        "client",
        {"claim": ID, "seen_at": ANY},
        {"claim": lambda world: world.tasks.submitted.pk, "seen_at": MISSING},
        is_lenient=True,
    ),
    Form("tasks:rejection", "client", {"reason": CHOICE, "text": TEXT}, {"reason": "wrong"}),
    Form("tasks:appeal", "worker", {"text": TEXT}),
    Form("staff:tasks:detail", "staff", {"outcome": CHOICE, "text": TEXT}, {"outcome": "grant"}),
    Form("contracts:change_new", "client", change, reads=("deal_ends_on",)),
    Form(
        "contracts:change_new",
        "worker",
        rating,
        {"rate_yen": "60000"},
        table.monthly,
        label=" rate",
        reads=("title", "amount_yen", "due_on", "scope", "deal_ends_on"),
    ),
    Form(
        "contracts:change_funding",
        "client",
        {"card_number": CHOICE, "request_key": KEY},
        {"card_number": "4242424242424242"},
    ),
    Form("contracts:end_new", "client", ending, reads=("preview",)),
    Form("contracts:end_alone", "client", REASON),
    Form(
        "contracts:funding", "client", {"card_number": CHOICE, "request_key": KEY}, {"card_number": "4242424242424242"}
    ),
    Form(
        "contracts:delivery",
        "worker",
        {"note": TEXT, "request_key": KEY, "files": ANY, "files_kept": ANY},
        {"files_kept": MISSING},
    ),
    Form("contracts:revision", "client", REASON),
    Form("mediation:new", "client", {"reason": TEXT, "request_key": KEY}),
    Form("mediation:detail", "client", TALK, {"files_kept": MISSING}),
    Form("mediation:offer", "worker", {"amount": YEN, "request_key": KEY}),
    Form("mediation:offer", "worker", {"amount": YEN, "request_key": KEY}, {"confirmed": "1"}, label=" made"),
    Form("mediation:appeal", "client", {"text": TEXT}),
    Form("messages:about", "other", TALK, {"files_kept": MISSING}),
    Form("messages:thread", "worker", {**TALK, "seen": ID, "happened": ID}, {"files_kept": MISSING}, is_lenient=True),
    Form("messages:read", "worker", {"until": ID}, is_lenient=True, is_hidden=True),
    Form("files:announce", "client", {"name": ANY, "size": ID}),
    Form("settings:profile", "client", {"display_name": NAME, "introduction": TEXT}),
    Form(
        "settings:name",
        "client",
        {"legal_form": CHOICE, "family_name": NAME, "given_name": NAME, "family_kana": READING, "given_kana": READING},
        {"legal_form": "individual"},
    ),
    Form("settings:invoice", "client", {"registered": CHOICE, "number": LINE}, {"registered": "no"}),
    Form("settings:language", "client", {"language": CHOICE}, {"language": "ja"}),
    Form("settings:payouts", "client", {"mode": CHOICE}, {"mode": "auto"}),
    Form("settings:notifications", "client", {"site": ANY, "mail": ANY}),
    Form(
        "settings:bank_new",
        "client",
        {"kind": CHOICE, "number": NUMBER, "holder": KANA},
        {"bank_code": "0001", "branch_code": "001", "kind": "ordinary", "step": "register"},
    ),
    Form("settings:bank_new", "client", {"bank_code": ANY, "branch_code": ANY, "step": ANY}, label=" steps"),
    Form(
        "leaving:overview",
        "client",
        {"reason": CHOICE, "reason_text": TEXT, "consents": BOX, "request_key": KEY},
        {"reason": "fees", "consents": "on"},
    ),
    Form(
        "leaving:claim",
        "other",
        {"code": LINE, "kind": CHOICE, "number": NUMBER, "holder": KANA, "request_key": KEY},
        {
            "code": lambda world: code_of(world.erased),
            "bank_code": "0001",
            "branch_code": "001",
            "kind": "ordinary",
            "step": "send",
        },
    ),
    Form("inquiries:new", "worker", {**ASKED, "website": ANY}, {"category": "other", "website": ""}),
    Form(
        "inquiries:new",
        "anonymous",
        {**ASKED, "name": LINE, "email": EMAIL, "website": ANY},
        {"category": "other", "website": ""},
        label=" by mail",
    ),
    Form("inquiries:detail", "worker", KEYED_TEXT),
    Form("texts:agree", "client", {"agreed": BOX, "next": LINK}),
    Form("ui:language", "client", {"language": ANY, "next": LINK}),
    Form("staff:texts:edit", "staff", {"body_ja": TEXT, "body_en": TEXT}),
    Form("staff:texts:preview", "staff", {"takes_effect_on": DAY, "note": LINE}, before=drafted),
    Form(
        "staff:checks:detail", "staff", {"verdict": CHOICE, "reason": TEXT}, {"verdict": "refuse"}, before=check_asked
    ),
    Form("staff:inquiries:detail", "staff", KEYED_TEXT),
    Form("staff:inquiries:note", "staff", KEYED_TEXT),
    Form("staff:messages:detail", "staff", {"reason": LINE, "before": ANY}),
    Form("staff:mediation:detail", "staff", KEYED_TEXT),
    Form("staff:mediation:evidence", "staff", {"reason": LINE}),
    Form("staff:mediation:ruling", "staff", {"amount": YEN, "text": TEXT}),
    Form("staff:mediation:ruling", "staff", {"amount": YEN, "text": TEXT}, {"confirmed": "1"}, label=" made"),
    Form("staff:members:disclosure", "staff", {"what": CHOICE, "reason": LINE}, {"what": "contact"}),
    Form("staff:members:note", "staff", {"text": TEXT}),
    Form(
        "staff:members:kept",
        "staff",
        {"paper": ID, "reason": LINE},
        {"paper": lambda world: Paper.objects.get(closing=world.erased).pk},
        lambda world: {"member_id": world.erased.member_id},
    ),
    Form("staff:members:suspension", "staff", REASON),
    Form("staff:members:lifting", "staff", REASON, before=suspended),
    Form("staff:members:certification", "staff", REASON),
    Form("staff:members:withdrawal", "staff", REASON, before=certified),
    Form(
        "staff:crew:new",
        "staff",
        {"email": EMAIL, "role": CHOICE, "reason": LINE},
        {"email": cast.MINATO, "role": "support"},
    ),
    Form(
        "staff:crew:role",
        "staff",
        {"role": CHOICE, "reason": LINE},
        {"role": "finance"},
        arguments=lambda world: {
            "member_id": cast.person("second-desk@example.jp", "事務局の二人目", is_operator=True).pk
        },
    ),
    Form("staff:disputes:detail", "staff", {"evidence": TEXT}),
    Form("staff:disputes:decision", "staff", {"outcome": ANY}, {"outcome": "won"}),
    Form("staff:refunds:transfer", "staff", {"note": TEXT}),
    Form(
        "staff:payouts:closing",
        "staff",
        {"closes_on": DAY},
        {"closes_on": lambda world: world.run.closes_on},
        is_hidden=True,
    ),
    Form("staff:payouts:extra", "staff", {"request_key": KEY}),
    Form(
        "staff:payouts:sent", "staff", {"total": YEN, "bank_charge": YEN}, {"total": lambda world: world.run.total_yen}
    ),
    Form("staff:payouts:return", "staff", {"reason": LINE}, before=sent),
    Form("staff:funds", "staff", {"amount": YEN, "request_key": KEY}, {"amount": "1"}, answer=409),
    Form("staff:mails:retry", "staff", {"mail": ID}),
    Form(
        "staff:audit:export",
        "staff",
        {"subject": CHOICE, "subject_id": ID, "actor_id": ID, "kind": ANY, "since": DAY, "until": DAY},
        is_lenient=True,
    ),
    Form(
        "account_signup",
        "anonymous",
        {"email": EMAIL, "display_name": NAME, "password1": PASSWORD, "agreed": BOX},
    ),
    Form("account_login", "anonymous", {"login": ANY, "password": PASSWORD, "next": LINK}, {"login": cast.MINATO}),
    Form("account_reset_password", "anonymous", {"email": EMAIL}),
    Form("account_email", "client", {"email": EMAIL}, {"action_add": "1"}),
    Form("account_change_password", "client", {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}),
    Form("account_reauthenticate", "client", {"password": PASSWORD, "next": LINK}),
    Form("mfa_activate_totp", "client", {"code": ANY}, refusal="incorrect_code"),
    # Questions: the address carries them.
    Form(
        "jobs:list",
        "anonymous",
        {
            "q": ANY,
            "category": ANY,
            "format": ANY,
            "min_yen": YEN,
            "max_yen": YEN,
            "char_rate": RATE,
            "sort": ANY,
            "after": ANY,
            "continuing": BOX,
        },
        is_asked=True,
    ),
    Form("jobs:mine", "client", {"status": ANY, "after": ANY}, is_asked=True),
    Form("tasks:mine", "worker", {"tab": ANY, "after": ANY}, is_asked=True),
    Form("tasks:answers", "client", {"tab": ANY, "after": ANY}, is_asked=True),
    Form("staff:tasks:list", "staff", {"tab": ANY, "after": ANY}, is_asked=True),
    Form("help:fees", "anonymous", {"amount": YEN, "format": ANY}, is_asked=True),
    Form("proposals:take_home", "other", {"amount_yen": YEN}, is_asked=True),
    Form("proposals:counter_money", "client", {"amount_yen": YEN}, is_asked=True),
    Form("proposals:offer_sum", "client", {"rows": ID, **PIECE}, is_asked=True),
    Form("proposals:of_job", "client", {"show": ANY, "sort": ANY, "verified": ANY, "after": ANY}, is_asked=True),
    Form("proposals:mine", "worker", {"status": ANY, "after": ANY}, is_asked=True),
    Form("contracts:list", "client", {"tab": ANY, "side": ANY, "after": ANY}, is_asked=True),
    Form("contracts:detail", "client", {"after": ANY}, is_asked=True),
    Form("contracts:terms", "client", {"version": ID}, is_asked=True),
    Form("contracts:change_new", "client", {"milestone": ID}, is_asked=True, label=" of one"),
    Form("earnings:board", "client", {"after": ANY}, is_asked=True),
    Form("earnings:paid", "client", {"after": ANY}, is_asked=True),
    Form("earnings:refunds", "client", {"after": ANY}, is_asked=True),
    Form("earnings:payouts:list", "worker", {"after": ANY}, is_asked=True),
    Form("notices:list", "worker", {"group": ANY, "after": ANY}, is_asked=True),
    Form("settings:bank_new", "client", {"bank_code": ANY, "branch_code": ANY, "words": ANY}, is_asked=True),
    Form("settings:bank_kana", "client", {"holder": KANA}, is_asked=True),
    Form("inquiries:new", "worker", {"about": ANY, "category": ANY}, is_asked=True),
    Form("inquiries:mine", "worker", {"after": ANY}, is_asked=True),
    Form("mediation:mine", "worker", {"after": ANY}, is_asked=True),
    Form("texts:agree", "client", {"next": LINK}, is_asked=True),
    Form("account_login", "anonymous", {"next": LINK}, is_asked=True),
    Form(
        "staff:audit:list",
        "staff",
        {"subject": ANY, "subject_id": ID, "actor_id": ID, "kind": ANY, "since": DAY, "until": DAY, "after": ANY},
        is_asked=True,
    ),
    Form("staff:members:list", "staff", {"q": ANY, "suspended": BOX, "certified": BOX, "after": ANY}, is_asked=True),
    Form("staff:members:statement", "staff", {"after": ANY}, is_asked=True),
    Form("staff:hourly:list", "staff", {"q": ANY, "tab": ANY, "after": ANY}, is_asked=True),
    Form("staff:hourly:detail", "staff", {"after": ANY}, is_asked=True),
    Form("staff:monthly:list", "staff", {"q": ANY, "tab": ANY, "after": ANY}, is_asked=True),
    Form("staff:monthly:detail", "staff", {"after": ANY}, is_asked=True),
    Form("staff:inquiries:list", "staff", {"tab": ANY, "after": ANY}, is_asked=True),
    Form("staff:mediation:list", "staff", {"tab": ANY, "after": ANY}, is_asked=True),
    Form("staff:refunds:list", "staff", {"tab": ANY, "after": ANY}, is_asked=True),
    Form("staff:disputes:list", "staff", {"tab": ANY, "after": ANY}, is_asked=True),
    Form("staff:mails:list", "staff", {"after": ANY}, is_asked=True),
    Form("staff:payouts:list", "staff", {"after": ANY}, is_asked=True),
    Form("staff:payouts:detail", "staff", {"after": ANY}, is_asked=True),
]
