"""The parts of a proposal that a worker keeps for reuse."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused, require
from nakadachi.market.sourcing import policy
from nakadachi.market.sourcing.models import ProposalTemplate
from nakadachi.people.models import Member


@transaction.atomic
def keep_template(
    *, member: Member, name: str, introduction: str, track_record: str, by: Actor, at: datetime
) -> ProposalTemplate:
    """Keep the first two parts under a name; the same name again replaces what it held."""
    require(None if by.is_member(member.pk) else policy.NOT_YOURS)
    name, introduction, track_record = tidy_line(name), tidy_text(introduction), tidy_text(track_record)
    require(policy.template_refusal(name, introduction, track_record))
    Member.objects.select_for_update().get(pk=member.pk)
    kept = ProposalTemplate.objects.filter(member=member)
    if not kept.filter(name=name).exists() and kept.count() >= policy.TEMPLATES_MAX:
        raise Refused(policy.TOO_MANY_TEMPLATES.with_params(count=policy.TEMPLATES_MAX))
    texts = {"introduction": introduction, "track_record": track_record}
    template, _is_new = ProposalTemplate.objects.update_or_create(member=member, name=name, defaults=texts)
    record("proposaltemplate.keep", template, by=by, at=at)
    return template


@transaction.atomic
def remove_template(*, template: ProposalTemplate, by: Actor, at: datetime) -> None:
    """Forget a template."""
    require(None if by.is_member(template.member_id) else policy.NOT_YOURS)
    record("proposaltemplate.remove", template, by=by, at=at)
    template.delete()
