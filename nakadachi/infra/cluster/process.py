"""Child processes that die with their parent and that need no root.

Linux: `prctl(PR_SET_PDEATHSIG)` signals the child when the parent is gone, kill -9 included. As root PostgreSQL
refuses to run, so the child enters a user namespace in which it is somebody else; where namespaces are forbidden it
becomes `nobody`. Elsewhere (macOS) `watch_parent` starts a small watcher on a pipe.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_LINUX = sys.platform.startswith("linux")


def die_with_parent(with_signal: int = signal.SIGKILL) -> None:
    """Ask the kernel for `with_signal` when the parent ends. Call in the child; a no-op outside Linux."""
    if _LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, with_signal, 0, 0, 0)


def user_namespaces_work() -> bool:
    """True when this root may enter a user namespace (containers may forbid it)."""
    probe = "import nakadachi.infra.cluster.process as p; p._enter_user_namespace()"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", probe], cwd=root, capture_output=True, check=False)
    return done.returncode == 0


def _enter_user_namespace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text("1000 0 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text("1000 0 1", encoding="ascii")


def _become_nobody() -> None:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


def unprivileged() -> tuple[Callable[[], None], bool]:
    """What a root child does to stop being root, and whether files must be owned by `nobody` for it."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0):
        return (lambda: None), False
    if _LINUX and user_namespaces_work():
        return _enter_user_namespace, False
    return _become_nobody, True


def spawn(
    command: Sequence[str],
    *,
    on_parent_death: int,
    become: Callable[[], None] = lambda: None,
    env: dict[str, str] | None = None,
    log: Path | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own; it gets `on_parent_death` when this process ends."""

    def before_exec() -> None:
        os.setsid()
        become()
        die_with_parent(on_parent_death)

    output = log.open("ab") if log else None
    try:
        child = subprocess.Popen(
            command, preexec_fn=before_exec, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    finally:
        if output:
            output.close()
    if not _LINUX:
        watch_parent(child.pid, on_parent_death)
    return child


def watch_parent(pid: int, with_signal: int) -> None:
    """Fork a watcher that signals `pid` when this process is gone (its end of a pipe closes)."""
    read_end, write_end = os.pipe()
    os.set_inheritable(write_end, False)
    if os.fork() == 0:
        os.setsid()
        os.close(write_end)
        os.read(read_end, 1)
        try:
            os.kill(pid, with_signal)
        finally:
            os._exit(0)
    os.close(read_end)
