"""`bin/run`: database, web and worker as one thing that starts with one command and leaves nothing behind.

Two processes: a thin front that passes signals on, and the keeper that supervises. When the front is killed -9 the
keeper is told by the kernel and shuts down in order; when the keeper is killed too, every child dies with it.
"""

import os
import shutil
import signal
import socket
import sys
from pathlib import Path

from nakadachi.config.environment import data_folder
from nakadachi.config.keeper import Keeper
from nakadachi.infra.cluster import ClusterError
from nakadachi.infra.cluster.process import die_with_parent

_OURS = (
    "data", "socket", "postgres.log", "files", "uploads", "mail", "locale", "secret_key", "logs", "metrics",
    "last-backup", "demo-logins.txt",
)  # fmt: skip


class CannotStart(RuntimeError):
    """One clear line for the person who typed the command."""


def port_from_environment() -> int:
    """`PORT`, by default 8000."""
    text = os.environ.get("PORT", "8000")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65_536:
        raise CannotStart(f"PORT={text} is not a port number (1-65535).")
    return int(text)


def check_port(port: int) -> None:
    """Refuse a port on which somebody listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStart(f"Port {port} is taken. Choose another: PORT={port + 1} ./bin/run") from None


def check_folder(folder: Path) -> None:
    """Make the data folder; refuse one that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(f"The data folder {folder} cannot be written: {error.strerror}.") from None


def start_over(folder: Path) -> None:
    """Remove what earlier starts made in the data folder, and nothing else."""
    for name in _OURS:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def keep(keeper: Keeper) -> int:
    """The keeper's life in the child process."""
    die_with_parent(signal.SIGTERM)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: keeper.ask_to_stop())
    try:
        return keeper.run()
    except (ClusterError, CannotStart) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    finally:
        keeper.stop()


def main(arguments: list[str]) -> int:
    """Check what can be checked, then fork the keeper and wait for it."""
    if unknown := [argument for argument in arguments if argument != "--fresh"]:
        print(f"Unknown: {' '.join(unknown)}. Usage: bin/run [--fresh]", file=sys.stderr)
        return 2
    try:
        port, folder = port_from_environment(), data_folder()
        check_port(port)
        check_folder(folder)
        keeper = Keeper(folder=folder, port=port)
        keeper.take_lock()
        if "--fresh" in arguments:
            start_over(folder)
    except (CannotStart, ClusterError) as error:
        print(error, file=sys.stderr)
        return 1
    child = os.fork()
    if child == 0:
        os._exit(keep(keeper))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _: os.kill(child, received))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
