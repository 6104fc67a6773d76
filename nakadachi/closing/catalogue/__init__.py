"""Every kind of obstacle, by what it is about. A kind is data: see `kind.Kind`."""

from nakadachi.closing.catalogue import hours, matching, months, payments, pieces, talks, tasks
from nakadachi.closing.kind import Kind

KINDS: tuple[Kind, ...] = (
    *pieces.KINDS,
    *hours.KINDS,
    *months.KINDS,
    *tasks.KINDS,
    *matching.KINDS,
    *talks.KINDS,
    *payments.KINDS,
)
BY_NAME = {kind.name: kind for kind in KINDS}
