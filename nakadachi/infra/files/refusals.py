"""Why a file is not taken, and what to do instead."""

from nakadachi.kernel.refusal import N_, Refusal

EMPTY = Refusal(
    "file_empty", N_("“%(name)s” is empty (0 bytes). Please choose a file with content."), 422, field="files"
)
TOO_LARGE = Refusal(
    "file_too_large", N_("“%(name)s” is larger than %(megabytes)s MB. Please split or compress it."), 422, field="files"
)
TOO_MUCH = Refusal(
    "files_too_large",
    N_("These files are larger than %(megabytes)s MB together. Please send them in several goes, or fewer of them."),
    422,
    field="files",
)
TOO_MANY = Refusal("too_many_files", N_("Please attach at most %(count)s files."), 422, field="files")
NO_ROOM = Refusal(
    "no_room",
    N_("“%(name)s” no longer fits: each member may keep %(megabytes)s MB of files here. Please ask us for more room."),
    422,
    field="files",
)
GONE = Refusal(
    "upload_gone", N_("A chosen file is no longer here. Please choose it again."), 422, field="files"
)  # fmt: skip
UNFINISHED = Refusal(
    "upload_unfinished",
    N_("“%(name)s” has not arrived completely. Please choose it again; it goes on from where it stopped."),
    422,
    field="files",
)
TOO_MANY_OPEN = Refusal(
    "too_many_uploads", N_("Too many files are waiting to be sent. Please send or remove some first."), 429
)
WRONG_OFFSET = Refusal("wrong_offset", N_("The file goes on at another place."), 409)
RECEIVING = Refusal("receiving", N_("This file is just being received."), 423)
OVERLONG = Refusal("overlong", N_("More was sent than the size that was announced."), 413)
CHECKING = Refusal(
    "file_checking", N_("This file is still being checked for viruses. Please try again in a few minutes."), 409
)
INFECTED = Refusal(
    "file_infected",
    N_("The virus check stopped this file, so it is not handed out. Please ask the sender for another one."),
    403,
)
