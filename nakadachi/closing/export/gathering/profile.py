"""Who the member is: profile, legal name, addresses, bank accounts, checks, agreements, settings, devices."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from nakadachi.closing.export.gathering.files import ids_by_owner
from nakadachi.closing.export.models import Export
from nakadachi.closing.export.shapes import ABOVE, DAY, FILES, INSIDE, KEY, NUMBER, TEXT, Me, Shape, list_of, or_none
from nakadachi.closing.models import Closing, Holdup
from nakadachi.notifications.models import Preference
from nakadachi.people.access.models import Session
from nakadachi.people.agreements.models import Acceptance
from nakadachi.people.models import BankAccount, Member
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.standing.models import Block, Standing
from nakadachi.people.verification.models import Evidence

_OWN = {"member": ABOVE}
_LOCKED = "a secret that opens the account; only the program may know it"

ADDRESS = Shape(EmailAddress, ("email", "verified", "primary"), without={"id": INSIDE, "user": ABOVE})
ACCOUNT = Shape(
    BankAccount,
    (
        "id", "bank_code", "bank_name", "bank_kana", "branch_code", "branch_name", "branch_kana", "kind", "number",
        "holder_kana", "registered_at", "replaced_at", "refused_at",
    ),
    without=_OWN,
)  # fmt: skip
STANDING = Shape(
    Standing,
    (
        "suspended_at", "suspension_reason", "leaving_at", "payouts_held_until", "identity", "identity_at", "phone",
        "phone_at", "certified_at",
    ),
    without=_OWN,
)  # fmt: skip
EVIDENCE = Shape(Evidence, ("id", "what", "said", "asked_at"), without=_OWN, more={"files": FILES})
ACCEPTANCE = Shape(
    Acceptance,
    ("sha256", "at"),
    without={"id": INSIDE, "text": "told as kind, version and day", **_OWN},
    more={"kind": TEXT, "version": NUMBER, "takes_effect_on": DAY},
)
BLOCK = Shape(Block, ("at",), people=("blocked",), without={"id": INSIDE, **_OWN})
PREFERENCE = Shape(Preference, ("group", "site", "mail"), without={"id": INSIDE, **_OWN})
SESSION = Shape(
    Session,
    ("device", "address", "started_at", "seen_at", "expire_date"),
    without={
        "session_key": _LOCKED,
        "session_data": "what the pages remember for a moment; signed for the program alone",
        "token": INSIDE,
        **_OWN,
    },
)
FACTOR = Shape(
    Authenticator, ("type", "created_at", "last_used_at"), without={"id": INSIDE, "user": ABOVE, "data": _LOCKED}
)
ROLE = Shape(StaffRole, ("role", "given_at"), without=_OWN)
EXPORT = Shape(
    Export,
    ("status", "asked_at", "ready_at", "expires_at", "closed_at", "size_bytes", "sha256"),
    without={
        "id": INSIDE,
        "steps_done": INSIDE,
        "steps_total": INSIDE,
        "attempts": INSIDE,
        "file": "an archive does not hold earlier archives",
        "request_key": KEY,
        **_OWN,
    },
)
HOLDUP = Shape(Holdup, ("code", "seen_at", "cleared_at"), without={"id": INSIDE, "closing": ABOVE})
CLOSING = Shape(
    Closing,
    (
        "status", "reason", "reason_text", "leaves_remainder", "remainder_yen", "asked_at", "closed_at", "erase_at",
        "erased_at", "undone_at", "tenure_days", "earned_band", "formats",
    ),
    without={
        "id": INSIDE,
        "obstacles_count": "counted from what held it up",
        "looked_at": "a timer of the program",
        "look_at": "a timer of the program",
        "request_key": KEY,
        **_OWN,
    },
    more={"held_up_by": list_of(HOLDUP.schema)},
)  # fmt: skip
MEMBER = Shape(
    Member,
    (
        "id", "email", "display_name", "legal_form", "family_name", "given_name", "family_kana", "given_kana",
        "introduction", "invoice_number", "payout_mode", "language", "is_operator", "is_active", "joined_at",
        "last_login",
    ),
    without={
        "password": "only a fingerprint of it is kept, which nobody can turn back",
        "avatar": "the picture itself is in the archive",
    },
    more={
        "picture": or_none(TEXT),
        "addresses": list_of(ADDRESS.schema),
        "bank_accounts": list_of(ACCOUNT.schema),
        "standing": or_none(STANDING.schema),
        "checks": list_of(EVIDENCE.schema),
        "agreements": list_of(ACCEPTANCE.schema),
        "blocked": list_of(BLOCK.schema),
        "notifications": list_of(PREFERENCE.schema),
        "sessions": list_of(SESSION.schema),
        "second_factors": list_of(FACTOR.schema),
        "role": or_none(ROLE.schema),
        "closings": list_of(CLOSING.schema),
        "exports": list_of(EXPORT.schema),
    },
)  # fmt: skip
PICTURE = "files/picture.webp"


def gather(me: Me) -> Iterator[dict[str, Any]]:
    """The one object."""
    own = {"member": me.id}
    standing = Standing.objects.filter(**own).first()
    role = StaffRole.objects.filter(**own).first()
    yield MEMBER.row(
        me.member,
        me,
        picture=PICTURE if me.member.avatar else None,
        addresses=ADDRESS.rows(EmailAddress.objects.filter(user=me.id).order_by("pk"), me),
        bank_accounts=ACCOUNT.rows(BankAccount.objects.filter(**own).order_by("pk"), me),
        standing=STANDING.row(standing, me) if standing else None,
        checks=list(_checks(me)),
        agreements=[
            ACCEPTANCE.row(
                one,
                me,
                kind=one.text.kind,
                version=one.text.version,
                takes_effect_on=one.text.takes_effect_on.isoformat(),
            )
            for one in Acceptance.objects.filter(**own).select_related("text").order_by("pk")
        ],
        blocked=BLOCK.rows(Block.objects.filter(**own).order_by("pk"), me),
        notifications=PREFERENCE.rows(Preference.objects.filter(**own).order_by("pk"), me),
        sessions=SESSION.rows(Session.objects.filter(**own).order_by("started_at"), me),
        second_factors=FACTOR.rows(Authenticator.objects.filter(user=me.id).order_by("pk"), me),
        role=ROLE.row(role, me) if role else None,
        closings=[
            CLOSING.row(one, me, held_up_by=HOLDUP.rows(one.holdups.order_by("pk"), me))
            for one in Closing.objects.filter(**own).order_by("pk")
        ],
        exports=EXPORT.rows(Export.objects.filter(**own).order_by("pk"), me),
    )


def _checks(me: Me) -> Iterator[dict[str, Any]]:
    asked = list(Evidence.objects.filter(member=me.id).order_by("pk"))
    files = ids_by_owner(me.id, Evidence, [one.pk for one in asked])
    for one in asked:
        yield EVIDENCE.row(one, me, files=files.get(one.pk, []))
