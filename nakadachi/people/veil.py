"""Nobody sees a member whose account is closed: name, introduction and picture are put aside, all at once.

The row of the member itself says `erased.NAME`, so no page, mail or file has to think of it. The time to undo a closing
is the only time in which a veil holds anything.
"""

from django.db import connection, transaction

from nakadachi.infra import erased
from nakadachi.people.models import Member, Veil

_DRAW = """
INSERT INTO people_veil (member_id, display_name, introduction, avatar)
SELECT id, display_name, introduction, avatar FROM people_member WHERE id = %(member)s AND display_name <> %(mark)s
ON CONFLICT (member_id) DO UPDATE
SET display_name = excluded.display_name, introduction = excluded.introduction, avatar = excluded.avatar
"""
_HIDE = "UPDATE people_member SET display_name = %(mark)s, introduction = '', avatar = '' WHERE id = %(member)s"
_LIFT = """
UPDATE people_member m SET display_name = v.display_name, introduction = v.introduction, avatar = v.avatar
FROM people_veil v WHERE m.id = %(member)s AND v.member_id = m.id AND m.display_name = %(mark)s AND v.display_name <> ''
"""


@transaction.atomic
def draw(member: Member) -> None:
    """Put aside what others see. Twice is once."""
    _run(member, _DRAW, _HIDE)


@transaction.atomic
def lift(member: Member) -> None:
    """Show it again, as it was. Without a veil nothing changes."""
    _run(member, _LIFT)
    Veil.objects.filter(member=member).delete()


def had_picture(digest: str) -> bool:
    """Whether a picture of that address belonged to somebody whose account is closed."""
    return Veil.objects.filter(avatar=digest).exclude(avatar="").exists()


def _run(member: Member, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"member": member.pk, "mark": erased.NAME})
