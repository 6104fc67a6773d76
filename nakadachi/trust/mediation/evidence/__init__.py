"""The evidence of a case as one archive: a cover, the written terms, what was handed in, said and booked, a manifest.

Both sides and the operator get the same bytes for the same state. It is put together when it is asked for, streamed,
and bounded; what does not fit, or may not be handed out, is named in the manifest with its hash.
"""

from nakadachi.trust.mediation.evidence.gathering import bundle_of
from nakadachi.trust.mediation.evidence.packing import pieces

__all__ = ["bundle_of", "pieces"]
