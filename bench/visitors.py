"""A plain HTTP load: a few kept-alive connections that each ask for the next page when the last has come."""

import selectors
import socket
import statistics
import time
from dataclasses import dataclass

from bench.server import BenchError

_RECEIVE_BYTES = 256 * 1024


@dataclass(frozen=True)
class Seen:
    """What the visitors saw."""

    per_second: float
    p95_ms: float


@dataclass
class _Visitor:
    line: socket.socket
    asked_at: float = 0.0
    got: bytes = b""
    wanted: int = 0


def visit(port: int, path: str, cookie: str, *, connections: int, seconds: float) -> Seen:
    """Ask for one page over `connections` lines for `seconds`; anything but 200 is an error."""
    header = f"Cookie: {cookie}\r\n" if cookie else ""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{header}\r\n".encode()
    took_ms: list[float] = []
    with selectors.DefaultSelector() as ready:
        for _ in range(connections):
            visitor = _Visitor(socket.create_connection(("127.0.0.1", port)))
            ready.register(visitor.line, selectors.EVENT_READ, visitor)
            _ask(visitor, request)
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            for key, _ in ready.select(timeout=5):
                visitor = key.data
                if _read(visitor):
                    took_ms.append((time.perf_counter() - visitor.asked_at) * 1_000)
                    _ask(visitor, request)
        spent = time.perf_counter() - begun
        for key in list(ready.get_map().values()):
            key.data.line.close()
    if len(took_ms) < 20:
        raise BenchError(f"{path}: only {len(took_ms)} answers in {seconds} s")
    return Seen(per_second=len(took_ms) / spent, p95_ms=statistics.quantiles(took_ms, n=20)[-1])


def _ask(visitor: _Visitor, request: bytes) -> None:
    visitor.asked_at, visitor.got, visitor.wanted = time.perf_counter(), b"", 0
    visitor.line.sendall(request)


def _read(visitor: _Visitor) -> bool:
    """Take what has come; True when the answer is whole."""
    received = visitor.line.recv(_RECEIVE_BYTES)
    if not received:
        raise BenchError("the server closed the connection")
    visitor.got += received
    if not visitor.wanted:
        head, found, _ = visitor.got.partition(b"\r\n\r\n")
        if not found:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise BenchError(f"answered {head.splitlines()[0].decode()}")
        lengths = [line for line in head.lower().splitlines() if line.startswith(b"content-length:")]
        visitor.wanted = len(head) + 4 + int(lengths[0].split(b":")[1])
    return len(visitor.got) >= visitor.wanted
