"""What the operator's people write down about a member for each other."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.people.models import Member
from nakadachi.people.standing import policy
from nakadachi.people.standing.models import NOTE_LENGTH_MAX, Note


@transaction.atomic
def add_note(*, member: Member, text: str, by: Actor, at: datetime) -> Note:
    """Add a note. Its words stay out of the audit trail, since members may ask for theirs."""
    require(policy.can_note(by))
    words = tidy_text(text)
    require(policy.note_refusal(words, NOTE_LENGTH_MAX))
    assert by.id is not None
    note = Note.objects.create(member=member, author_id=by.id, text=words, at=at)
    record("member.noted", member, by=by, at=at, note_id=note.pk)
    return note
