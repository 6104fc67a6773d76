"""What the buttons beside obstacles do: each calls the very action of the domain that the obstacle comes from.

The rules are those of the actions: a remedy may do nothing that the member could not do on the page of the thing.
"""

from nakadachi.closing.remedies.applying import Done, apply
from nakadachi.closing.remedies.registry import REMEDIES

__all__ = ["REMEDIES", "Done", "apply"]
