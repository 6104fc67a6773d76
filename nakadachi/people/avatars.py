"""The picture of a member. Public, under an address made from its content; the upload itself is never kept."""

import hashlib
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.images import BYTES_MAX, BadImage, squares
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, NotVisible, Refusal, Refused, require
from nakadachi.people.models import Member
from nakadachi.people.policy import can_change

SIZES = SMALL, LARGE = 64, 256

BAD_AVATAR = {
    "too_large": Refusal(
        "avatar_too_large",
        N_("This picture is larger than %(megabytes)s MB. Please choose a smaller one."),
        422,
        field="picture",
    ).with_params(megabytes=BYTES_MAX // 1024**2),
    "wrong_kind": Refusal(
        "avatar_wrong_kind", N_("Please choose a picture in PNG, JPEG or WebP format."), 422, field="picture"
    ),
    "unreadable": Refusal(
        "avatar_unreadable",
        N_("This picture could not be read. It may be damaged, or have too many pixels. Please choose another one."),
        422,
        field="picture",
    ),
}


def set_avatar(*, member: Member, picture: IO[bytes], by: Actor, at: datetime) -> Member:
    """Show this picture instead of the initial. It is decoded and stored before the row is locked."""
    require(can_change(by, member))
    try:
        pieces = squares(picture, SIZES)
    except BadImage as bad:
        raise Refused(BAD_AVATAR[bad.code]) from bad
    digest = hashlib.sha256(b"%d " % member.pk + pieces[LARGE]).hexdigest()[:40]
    for size, piece in pieces.items():
        if not default_storage.exists(path_of(digest, size)):
            default_storage.save(path_of(digest, size), ContentFile(piece))
    return _change(member=member, avatar=digest, by=by, at=at)


def remove_avatar(*, member: Member, by: Actor, at: datetime) -> Member:
    """Show the initial again. The bytes go with it."""
    return _change(member=member, avatar="", by=by, at=at)


@transaction.atomic
def _change(*, member: Member, avatar: str, by: Actor, at: datetime) -> Member:
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(can_change(by, member))
    before = member.avatar
    if before != avatar:
        member.avatar = avatar
        member.save(update_fields=["avatar"])
        record("member.avatar_changed", member, by=by, at=at, changes={"avatar": [before, avatar]})
        if before:
            transaction.on_commit(lambda: forget(before))
    return member


def forget(digest: str) -> None:
    """Remove the bytes of a picture that is shown no more."""
    for size in SIZES:
        default_storage.delete(path_of(digest, size))


def open_avatar(digest: str, size: int) -> File:  # type: ignore[type-arg]
    """The bytes of a picture, for everybody; raises `NotVisible`."""
    if size not in SIZES:
        raise NotVisible
    try:
        return default_storage.open(path_of(digest, size), "rb")
    except FileNotFoundError:
        raise NotVisible from None


def path_of(digest: str, size: int) -> str:
    """Where a picture lies in the storage. The address contains the member, so two members never share one."""
    return f"avatars/{digest[:2]}/{digest}-{size}.webp"
