"""What members change about themselves: profile, legal name, payout mode, bank account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.events.record import changed, record
from nakadachi.infra.text import digits, tidy_line, tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.people import banks
from nakadachi.people.access.holding import hold_payouts
from nakadachi.people.kana import BadKana, holder_form, is_katakana, katakana
from nakadachi.people.models import NAME_LENGTH_MAX, READING_LENGTH_MAX, BankAccount, Member
from nakadachi.people.policy import (
    BAD_KIND,
    BAD_NUMBER,
    KANA_EXPECTED,
    NO_SUCH_BANK,
    NO_SUCH_BRANCH,
    bad_holder,
    can_change,
    name_refusal,
    too_long,
)

NUMBER_DIGITS = 7
LEGAL_NAME = {
    "family_name": NAME_LENGTH_MAX,
    "given_name": NAME_LENGTH_MAX,
    "family_kana": READING_LENGTH_MAX,
    "given_kana": READING_LENGTH_MAX,
}

LEGAL_COLUMNS = ["legal_form", *LEGAL_NAME]


@transaction.atomic
def update_profile(*, member: Member, display_name: str, introduction: str, by: Actor, at: datetime) -> Member:
    """Change what other members see."""
    member = _locked(member)
    require(can_change(by, member))
    require(name_refusal(display_name, is_operator=member.is_operator))
    before = {"display_name": member.display_name, "introduction": member.introduction}
    member.display_name = tidy_line(display_name)
    member.introduction = tidy_text(introduction)
    member.save(update_fields=list(before))
    changes = changed(before, _values(member, list(before)))
    if changes:
        record("member.profile_changed", member, by=by, at=at, changes=changes)
    return member


@transaction.atomic
def update_legal_name(
    *,
    member: Member,
    legal_form: str,
    family_name: str,
    given_name: str,
    family_kana: str,
    given_kana: str,
    by: Actor,
    at: datetime,
) -> Member:
    """Change the name that only written terms show. Readings typed in hiragana are stored in katakana."""
    member = _locked(member)
    require(can_change(by, member))
    before = _values(member, LEGAL_COLUMNS)
    member.legal_form = Member.LegalForm(legal_form)
    member.family_name, member.given_name = tidy_line(family_name), tidy_line(given_name)
    member.family_kana = _reading(family_kana, "family_kana")
    member.given_kana = _reading(given_kana, "given_kana")
    for column, length_max in LEGAL_NAME.items():
        refusal = too_long(getattr(member, column), length_max)
        require(refusal.in_field(column) if refusal else None)
    member.save(update_fields=LEGAL_COLUMNS)
    changes = changed(before, _values(member, LEGAL_COLUMNS))
    if changes:
        record("member.legal_name_changed", member, by=by, at=at, changes=changes)
    return member


@transaction.atomic
def set_payout_mode(*, member: Member, mode: str, by: Actor, at: datetime) -> Member:
    """Choose whether closing runs take the balance by themselves."""
    member = _locked(member)
    require(can_change(by, member))
    chosen = Member.PayoutMode(mode)
    if member.payout_mode != chosen:
        changes = {"payout_mode": [member.payout_mode, chosen.value]}
        member.payout_mode = chosen
        member.save(update_fields=["payout_mode"])
        record("member.payout_mode_changed", member, by=by, at=at, changes=changes)
    return member


@transaction.atomic
def set_language(*, member: Member, language: str, by: Actor, at: datetime) -> Member:
    """Choose the language of mails and pages."""
    member = _locked(member)
    require(can_change(by, member))
    if member.language != language:
        changes = {"language": [member.language, language]}
        member.language = language
        member.save(update_fields=["language"])
        record("member.language_changed", member, by=by, at=at, changes=changes)
    return member


@transaction.atomic
def register_bank_account(
    *, member: Member, bank_code: str, branch_code: str, kind: str, number: str, holder: str, by: Actor, at: datetime
) -> BankAccount:
    """Make this the account that payouts go to. The same account again changes nothing; another one replaces it.

    Payouts already requested keep the account they were requested for. After a change payouts rest for a while; not
    after a member's first account.
    """
    member = _locked(member)
    require(can_change(by, member))
    wanted = checked_account(
        member=member, bank_code=bank_code, branch_code=branch_code, kind=kind, number=number, holder=holder
    )
    current = member.bank_accounts.filter(replaced_at=None).first()
    is_same = current is not None and current.details() == wanted.details()
    if current is not None and is_same and not current.refused_at:
        return current
    is_first = not member.bank_accounts.exists()
    if current is not None:
        current.replaced_at = at
        current.save(update_fields=["replaced_at"])
    wanted.registered_at = at
    wanted.save(force_insert=True)
    changes = changed(current.masked() if current is not None else {}, wanted.masked())
    record("bankaccount.registered", wanted, by=by, at=at, member_id=member.pk, changes=changes)
    if not (is_first or is_same):
        hold_payouts(member=member, why="bank", by=by, at=at)
    return wanted


def checked_account(
    *, member: Member, bank_code: str, branch_code: str, kind: str, number: str, holder: str
) -> BankAccount:
    """An account as somebody typed it, known to the list of banks and printable; not stored."""
    bank = banks.bank(bank_code)
    if bank is None:
        raise Refused(NO_SUCH_BANK)
    branch = banks.branch(bank_code, branch_code)
    if branch is None:
        raise Refused(NO_SUCH_BRANCH)
    plain = digits(number)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= NUMBER_DIGITS and int(plain)):
        raise Refused(BAD_NUMBER)
    if kind not in BankAccount.Kind.values:
        raise Refused(BAD_KIND)
    try:
        holder_kana = holder_form(holder)
    except BadKana as problem:
        raise Refused(bad_holder(problem)) from problem
    return BankAccount(
        member=member,
        bank_code=bank.code,
        bank_name=bank.name,
        bank_kana=bank.kana,
        branch_code=branch.code,
        branch_name=branch.name,
        branch_kana=branch.kana,
        kind=kind,
        number=plain.zfill(NUMBER_DIGITS),
        holder_kana=holder_kana,
    )


def _reading(text: str, field: str) -> str:
    reading = katakana(tidy_line(text))
    if reading and not is_katakana(reading):
        raise Refused(KANA_EXPECTED.in_field(field))
    return reading


def _values(member: Member, columns: Sequence[str]) -> dict[str, Any]:
    return {column: getattr(member, column) for column in columns}


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(no_key=True).get(pk=member.pk)
