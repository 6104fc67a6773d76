"""Real lines that break: a piece cut in the middle, a form of two gigabytes, files from nobody."""

import contextlib
import http.client
import json
import socket
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.by_http import HttpPerson
from tests.run.market import Market, wait_until

pytestmark = pytest.mark.xdist_group("market")
MEGABYTE = 1024**2


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    market = Market(tmp_path_factory.mktemp("uploads") / "data", demo=False)
    market.start()
    yield market
    market.stop()


@pytest.fixture(scope="module")
def member(market: Market) -> HttpPerson:
    person = HttpPerson(market.url)
    person.register(name="はな", email="hana@example.jp", mailbox=market.folder / "mail")
    return person


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def offset(self) -> int:
        return next(int(value) for name, value in self.headers.items() if name.lower() == "upload-offset")


class Line:
    """A connection of one's own, with the member's cookies and the form's secret."""

    def __init__(self, market: Market, member: HttpPerson) -> None:
        self.port = market.port
        self.secret = member.fill_in("/jobs/new/project/").fields["csrfmiddlewaretoken"]
        self.cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in member.cookies)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> "Reply":
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(line):
            line.request(method, path, body, {"Cookie": self.cookies, "X-CSRFToken": self.secret, **named})
            with line.getresponse() as answer:
                return Reply(answer.status, answer.read(), dict(answer.headers))

    def announce(self, size: int) -> str:
        words = urllib.parse.urlencode({"name": "動画.bin", "size": size}).encode()
        answer = self.ask("POST", "/files/uploads/", words, Content_Type="application/x-www-form-urlencoded")
        return str(json.loads(answer.body)["token"])

    def reached(self, token: str) -> int:
        return self.ask("HEAD", f"/files/uploads/{token}/").offset

    def begin(self, request: str, *, length: int) -> socket.socket:
        """The head of a request whose body is still to come."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        line.sendall(
            f"{request} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {self.cookies}\r\n"
            f"X-CSRFToken: {self.secret}\r\nUpload-Offset: 0\r\nContent-Length: {length}\r\n".encode()
        )
        return line


def test_a_piece_cut_in_the_middle_goes_on_from_there(market: Market, member: HttpPerson) -> None:
    line, content = Line(market, member), bytes(range(256)) * 4096 * 3
    token = line.announce(len(content))
    cut = line.begin(f"PATCH /files/uploads/{token}/", length=2 * MEGABYTE)
    cut.sendall(b"Content-Type: application/octet-stream\r\n\r\n" + content[: MEGABYTE + 12_345])
    time.sleep(0.5)
    cut.close()
    assert wait_until(lambda: line.reached(token) == MEGABYTE + 12_345), line.reached(token)
    offset = line.reached(token)
    answer = line.ask("PATCH", f"/files/uploads/{token}/", content[offset:], Upload_Offset=str(offset))
    assert (answer.status, answer.offset) == (200, len(content))
    assert (market.folder / "uploads" / token[:2] / token).read_bytes() == content


def test_two_lines_at_once_write_one_after_the_other(market: Market, member: HttpPerson) -> None:
    line = Line(market, member)
    token = line.announce(MEGABYTE)
    slow = line.begin(f"PATCH /files/uploads/{token}/", length=MEGABYTE)
    slow.sendall(b"\r\n" + b"a" * 200_000)
    assert wait_until(lambda: line.reached(token) > 0)
    assert line.ask("PATCH", f"/files/uploads/{token}/", b"b" * 10, Upload_Offset="0").status == 423
    slow.sendall(b"a" * (MEGABYTE - 200_000))
    assert slow.recv(12).endswith(b"200")
    slow.close()
    assert line.reached(token) == MEGABYTE


def parts(secret: str) -> bytes:
    return (
        f'--cut\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{secret}\r\n'
        '--cut\r\nContent-Disposition: form-data; name="title"\r\n\r\n残る題名\r\n'
        '--cut\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
    ).encode()


def growth(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def answer_to_a_flood(line: Line, *, declared: int, sent: int) -> bytes:
    flood = line.begin("POST /jobs/new/project/", length=declared)
    flood.sendall(b"Content-Type: multipart/form-data; boundary=cut\r\n\r\n" + parts(line.secret))
    answer = b""
    with contextlib.suppress(OSError):
        for _ in range(sent // MEGABYTE):
            flood.sendall(b"x" * MEGABYTE)
    with contextlib.suppress(OSError):
        while b"</html>" not in answer and (piece := flood.recv(65_536)):
            answer += piece
            if answer.startswith(b"HTTP/1.1 302"):
                break
    flood.close()
    return answer


def test_a_form_of_two_gigabytes_is_cut_and_fills_no_disk(market: Market, member: HttpPerson) -> None:
    before = growth(market.folder / "uploads")
    answer = answer_to_a_flood(Line(market, member), declared=2 * 1024 * MEGABYTE, sent=8 * MEGABYTE).decode()
    assert answer.startswith("HTTP/1.1 422")
    assert "ファイルの合計が100MBを超えています" in answer
    assert "残る題名" in answer
    assert growth(market.folder / "uploads") == before


def test_a_form_a_little_too_large_is_answered_after_its_end(market: Market, member: HttpPerson) -> None:
    line = Line(market, member)
    end = b"\r\n--cut--\r\n"
    body = parts(line.secret) + b"x" * 120 * MEGABYTE + end
    answer = line.ask("POST", "/jobs/new/project/", body, Content_Type="multipart/form-data; boundary=cut")
    assert answer.status == 422
    assert "残る題名" in answer.body.decode()


def test_nobodys_flood_ends_at_the_login(market: Market, member: HttpPerson) -> None:
    line = Line(market, member)
    stranger = HttpPerson(market.url)
    line.secret = stranger.fill_in("/accounts/login/").fields["csrfmiddlewaretoken"]
    line.cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in stranger.cookies)
    answer = answer_to_a_flood(line, declared=90 * MEGABYTE, sent=4 * MEGABYTE)
    assert answer.startswith(b"HTTP/1.1 302")
    assert market.answers("/readyz")
