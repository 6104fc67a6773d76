"""Named places where a process stops on request, so that a test can kill it just there and look at what is left.

`NAKADACHI_CRASH_POINTS` names a folder. Whoever first reaches a place whose name is a file there takes the file, which
then carries the process's number behind its name, and stands still until it is gone. Without the variable, and that is
always but in tests, a place is one comparison with None.
"""

import os
import time
from pathlib import Path

_FOLDER = os.environ.get("NAKADACHI_CRASH_POINTS")
ARE_ON = _FOLDER is not None
_SECONDS_MAX = 60


def reached(name: str) -> None:
    """This place; `name` says what has just been done."""
    if _FOLDER is not None:
        _stand_still(Path(_FOLDER), name)


def _stand_still(folder: Path, name: str) -> None:
    taken = folder / f"{name}.{os.getpid()}"
    try:
        (folder / name).rename(taken)
    except FileNotFoundError:
        return
    until = time.monotonic() + _SECONDS_MAX
    while taken.exists() and time.monotonic() < until:
        time.sleep(0.01)
