"""A client and two workers with as many milestones as a test wants, in whatever state it wants them, over HTTP."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from nakadachi.infra import clock
from nakadachi.kernel.calendar import jst_date
from tests.journeys.by_http import Answer, Form, HttpPerson, again_and_again
from tests.journeys.project import CARD, Project
from tests.run.books import Books
from tests.run.market import Market

PIECES = 24
PIECE_YEN = 5_000


class InPieces(Project):
    """A project of many milestones."""

    def _offer(self, step: str) -> None:
        day = str(jst_date(clock.now()) + timedelta(days=20))
        rows = {}
        for n in range(PIECES):
            rows |= {f"row-{n}-title": f"記事{n}", f"row-{n}-amount_yen": str(PIECE_YEN), f"row-{n}-due_on": day}
        path = f"/proposals/{self.proposal}/offer/new/"
        answer = self._post(
            step, self.client, path, scope="記事", revisions_max="3", rows=str(PIECES), offer="1", **rows
        )
        self.contract = answer.path.split("/")[-2]


@dataclass(frozen=True)
class Piece:
    """One milestone, its two people, and where its pages are."""

    id: int
    contract: str
    client: HttpPerson
    worker: HttpPerson

    def at(self, noun: str) -> str:
        return f"{self.home}milestones/{self.id}/{noun}/"

    @property
    def home(self) -> str:
        return f"/contracts/{self.contract}/"


def press(who: HttpPerson, path: str, **fields: str) -> Answer:
    """Open, fill in, send; again until there is an answer."""
    form = again_and_again(lambda: who.fill_in(path, **fields))
    answer = again_and_again(lambda: who.send(form))
    assert answer.status == 200, (path, answer.status, answer.path)
    return answer


@dataclass
class Stock:
    """Milestones in line by state; where there is none, one is brought there from the state before."""

    market: Market
    client: HttpPerson
    workers: list[HttpPerson]
    desk: HttpPerson
    agreed: deque[Piece] = field(default_factory=deque)
    funded: deque[Piece] = field(default_factory=deque)
    delivered: deque[Piece] = field(default_factory=deque)
    accepted: dict[HttpPerson, int] = field(default_factory=dict)
    contracts: int = 0
    busy: set[str] = field(default_factory=set)

    def take(self, state: str) -> Piece:
        """Of a contract that is not busy: what stands still may hold its contract's row."""
        line: deque[Piece] = getattr(self, state)
        piece = next((piece for piece in line if piece.contract not in self.busy), None)
        if piece is None:
            fill: Callable[[], None] = getattr(self, f"_fill_{state}")
            fill()
            piece = line[-1]
        line.remove(piece)
        self.busy.add(piece.contract)
        return piece

    def _fill_agreed(self) -> None:
        worker = self.workers[self.contracts % len(self.workers)]
        self.contracts += 1
        project = InPieces(self.client, worker, f"連載{self.contracts}", amount_yen=PIECES * PIECE_YEN)
        project.carry_on("confirm")
        pieces = f"SELECT id FROM contracts_milestone WHERE contract_id = {project.contract} ORDER BY id"
        for (piece,) in Books(self.market).rows(pieces):
            self.agreed.append(Piece(piece, project.contract, self.client, worker))

    def _fill_funded(self) -> None:
        piece = self.take("agreed")
        assert press(piece.client, piece.at("funding"), card_number=CARD).path == piece.home
        self.funded.append(piece)

    def _fill_delivered(self) -> None:
        piece = self.take("funded")
        press(piece.worker, piece.at("delivery"), note="できました")
        self.delivered.append(piece)

    def ask_for_payouts(self) -> None:
        """Two requests wait for the next run."""
        for worker in self.workers:
            if not self.accepted.get(worker):
                self._accept_one_of(worker)
            press(worker, "/earnings/payouts/new/")
            self.accepted[worker] = 0

    def _accept_one_of(self, worker: HttpPerson) -> None:
        while not (piece := self._one_of(worker, self.agreed)):
            self._fill_agreed()
        press(piece.client, piece.at("funding"), card_number=CARD)
        press(worker, piece.at("delivery"), note="できました")
        press(piece.client, piece.at("acceptance"))

    def _one_of(self, worker: HttpPerson, line: deque[Piece]) -> Piece | None:
        piece = next((piece for piece in line if piece.worker is worker), None)
        if piece is not None:
            line.remove(piece)
        return piece

    def extra_run(self) -> Form:
        form = again_and_again(lambda: self.desk.fill_in("/staff/payouts/"))
        return Form("/staff/payouts/extra/", form.fields)


def settle_down(market: Market) -> Stock:
    """Everybody registers."""
    people = [HttpPerson(market.url) for _ in range(3)]
    for number, person in enumerate(people):
        email = f"person{number}@example.jp"
        person.register(name=f"人{number}", email=email, mailbox=market.folder / "mail")
    for number, worker in enumerate(people[1:]):
        worker.register_bank_account(f"{2_000_000 + number}")
    added = market.command("staff", "add", "desk@example.jp")
    desk = HttpPerson(market.url)
    desk.log_in("desk@example.jp", added.stdout.split()[-1])
    desk.add_authenticator()
    return Stock(market, people[0], people[1:], desk)
