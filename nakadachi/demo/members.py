"""Everybody registers, confirms the address, and tells where payouts go."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from nakadachi.demo import operator_code
from nakadachi.demo.content import Person, people
from nakadachi.demo.moments import Past, dice
from nakadachi.demo.stage import Stage, Step, everybody
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.people import actions
from nakadachi.people.agreements.actions import accept
from nakadachi.people.agreements.kinds import AGREED
from nakadachi.people.agreements.queries import in_force
from nakadachi.people.models import Member

PASSWORD = "nakadachi-demo"  # noqa: S105  printed at every start of a demo
REGISTERED_HOUR = 10.0


def steps(past: Past) -> Iterator[Step]:
    """Registration of all, before anything else; then bank accounts and templates of proposals."""
    first = max(someone.joined_days for someone in people())
    yield Step(past.moment(first, 0), partial(_register, past))
    for someone in everybody():
        settled_at = past.some_moment(someone.joined_days - 1, dice("settled", someone.key))
        yield Step(past.loaded_at, partial(_agree, someone))
        if someone.bank:
            yield Step(settled_at, partial(_tell_bank, someone))
        if someone.record and len(someone.record) > 60:
            yield Step(settled_at, partial(_keep_template, someone))


def _register(past: Past, stage: Stage, at: datetime) -> None:
    password = make_password(PASSWORD)
    members = Member.objects.bulk_create(_member(someone, past, password) for someone in everybody())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members
    )
    for member in members:
        if member.is_operator:
            operator_code.give(member)


def _member(someone: Person, past: Past, password: str) -> Member:
    family, given, family_kana, given_kana = someone.legal
    form = Member.LegalForm.CORPORATION if someone.is_corporation else Member.LegalForm.INDIVIDUAL
    return Member(
        email=someone.email,
        password=password,
        display_name=someone.name,
        legal_form=form,
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        introduction=someone.introduction,
        payout_mode=someone.payout_mode,
        is_operator=someone.is_operator,
        joined_at=past.moment(someone.joined_days, REGISTERED_HOUR),
    )


def _agree(someone: Person, stage: Stage, at: datetime) -> None:
    """Everybody who is still here has been since the present texts took effect."""
    member = Member.objects.filter(email=someone.email, is_active=True).first()
    if member is not None:
        texts = in_force(jst_date(at), AGREED).values()
        accept(member=member, texts=texts, by=Actor.member(member.pk), at=at)


def _tell_bank(someone: Person, stage: Stage, at: datetime) -> None:
    bank_code, branch_code, kind, number = someone.bank
    actions.register_bank_account(
        member=stage.members[someone.key],
        bank_code=bank_code,
        branch_code=branch_code,
        kind=kind,
        number=number,
        holder=someone.holder,
        by=stage.actor(someone.key),
        at=at,
    )


def _keep_template(someone: Person, stage: Stage, at: datetime) -> None:
    sourcing.keep_template(
        member=stage.members[someone.key],
        name="いつもの自己紹介",
        introduction=someone.hello,
        track_record=someone.record,
        by=stage.actor(someone.key),
        at=at,
    )
