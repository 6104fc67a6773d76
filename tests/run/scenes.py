"""What is under way when a process dies: who sends which form, and what must be there after it, once or not at all."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.journeys.by_http import Answer, Form, HttpPerson, again_and_again
from tests.journeys.project import CARD
from tests.run.books import Books
from tests.run.killing import stopped
from tests.run.stock import Piece, Stock, press

CHALLENGE = "4000002500003155"
Parts = tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """`parts` counts what one sending has made; all zero or all one, unless `in_steps`: then in the end.

    `is_yes` says whether an answer tells the person that it was done. `after` keeps the stock in order; `quiet` is
    around the sending.
    """

    who: HttpPerson
    form: Form
    parts: Callable[[], Parts]
    is_yes: Callable[[Answer], bool]
    in_steps: bool = False
    after: Callable[[], None] = field(default=lambda: None)
    quiet: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext


@dataclass
class Scenes:
    """One method for each kind of deed."""

    stock: Stock
    books: Books

    def fund(self) -> Scene:
        piece = self.stock.take("agreed")
        form = again_and_again(lambda: piece.client.fill_in(piece.at("funding"), card_number=CARD))
        return self._funding(piece, form)

    def confirm_card(self) -> Scene:
        """At the page of the card company. Webhooks are slow here: the worker stands still until the kill."""
        piece = self.stock.take("agreed")
        press(piece.client, piece.at("funding"), card_number=CHALLENGE)
        ((token,),) = self.books.rows(
            f"SELECT c.token FROM sandbox_charge c JOIN payments_payment p USING (key) WHERE {self._of(piece)}"
        )
        form = again_and_again(lambda: piece.client.fill_in(f"/_sandbox/3ds/{token}/", answer="approve"))
        market = self.stock.market
        return self._funding(piece, form, quiet=lambda: stopped(market.pids_of("procrastinate")))

    def _funding(self, piece: Piece, form: Form, **more: object) -> Scene:
        def parts() -> Parts:
            charges = f"sandbox_charge c JOIN payments_payment p USING (key) WHERE {self._of(piece)}"
            return (
                self.books.figure(f"SELECT count(*) FROM {charges} AND c.outcome = 'captured'"),
                self.books.figure(
                    f"SELECT count(*) FROM payments_payment p WHERE status='captured' AND {self._of(piece)}"
                ),
                self._journals("hold.fund", "hold", f"SELECT hold_id FROM contracts_milestone WHERE id = {piece.id}"),
            )

        def after() -> None:
            """Who was told that it did not work pays anew."""
            if parts() == (0, 0, 0):
                assert press(piece.client, piece.at("funding"), card_number=CARD).path == piece.home
                assert parts() == (1, 1, 1)
            self.stock.funded.append(piece)

        return Scene(
            piece.client, form, parts, lambda answer: answer.path == piece.home, in_steps=True, after=after, **more
        )  # type: ignore[arg-type]

    def _of(self, piece: Piece) -> str:
        hold = f"SELECT hold_id FROM contracts_milestone WHERE id = {piece.id}"
        return f"p.purpose = 'hold' AND p.purpose_id = ({hold})"

    def deliver(self) -> Scene:
        """Not the deed itself matters here but whom it is told."""
        piece = self.stock.take("funded")
        form = again_and_again(lambda: piece.worker.fill_in(piece.at("delivery"), note="できました"))
        return Scene(
            piece.worker,
            form,
            lambda: (self._events("milestone.deliver", piece.id),),
            self._is_at(piece.home),
            after=lambda: self.stock.delivered.append(piece),
        )

    def hand_back(self) -> Scene:
        """The job that follows gives the money back."""
        piece = self.stock.take("funded")
        form = again_and_again(lambda: piece.worker.fill_in(piece.at("handback")))
        return Scene(
            piece.worker, form, lambda: (self._events("milestone.hand_back", piece.id),), self._is_at(piece.home)
        )

    def accept(self) -> Scene:
        piece = self.stock.take("delivered")
        form = again_and_again(lambda: piece.client.fill_in(piece.at("acceptance")))

        def parts() -> Parts:
            accepted = f"SELECT count(*) FROM contracts_milestone WHERE status = 'accepted' AND id = {piece.id}"
            hold = f"SELECT hold_id FROM contracts_milestone WHERE id = {piece.id}"
            return (
                self.books.figure(accepted),
                self._events("milestone.accept", piece.id),
                self._journals("hold.release", "hold", hold),
            )

        def after() -> None:
            self.stock.accepted[piece.worker] = self.stock.accepted.get(piece.worker, 0) + 1

        return Scene(piece.client, form, parts, self._is_at(piece.home), after=after)

    def close_run(self) -> Scene:
        self.stock.ask_for_payouts()
        form = self.stock.extra_run()
        last = self.books.figure("SELECT max(id) FROM payouts_closingrun")

        def parts() -> Parts:
            return (
                self.books.figure(f"SELECT count(*) FROM payouts_closingrun WHERE id > {last}"),
                self.books.figure(f"SELECT count(*) / 2 FROM payouts_payout WHERE run_id > {last}"),
            )

        return Scene(self.stock.desk, form, parts, lambda answer: answer.path != form.path)

    def make_file(self) -> Scene:
        run = self._open_run("open")
        form = again_and_again(lambda: self.stock.desk.fill_in(run))
        run_id = int(run.split("/")[-2])

        def parts() -> Parts:
            filed = (
                f"SELECT count(*) FROM payouts_closingrun WHERE status = 'filed' AND file IS NOT NULL AND id = {run_id}"
            )
            return self.books.figure(filed), self._events("closingrun.file", run_id)

        return Scene(self.stock.desk, Form(f"{run}file/", form.fields), parts, self._is_at(run))

    def mark_sent(self) -> Scene:
        run = self._open_run("filed")
        run_id = int(run.split("/")[-2])
        total = str(self.books.figure(f"SELECT total_yen FROM payouts_closingrun WHERE id = {run_id}"))
        form = again_and_again(lambda: self.stock.desk.fill_in(run, total=total, bank_charge="300"))

        def parts() -> Parts:
            payouts = f"SELECT id FROM payouts_payout WHERE run_id = {run_id}"
            return (
                self._events("closingrun.send", run_id),
                self._journals("payout.settle", "payout", payouts) // 2,
                self._journals("bank.charge", "closing_run", str(run_id)),
            )

        return Scene(self.stock.desk, Form(f"{run}sent/", form.fields), parts, self._is_at(run))

    def _open_run(self, status: str) -> str:
        """A run in that state; made when there is none."""
        found = self.books.rows(f"SELECT id FROM payouts_closingrun WHERE status = '{status}' ORDER BY id DESC LIMIT 1")
        if found:
            return f"/staff/payouts/{found[0][0]}/"
        if status == "filed":
            run = self._open_run("open")
            desk = self.stock.desk
            form = again_and_again(lambda: desk.fill_in(run))
            again_and_again(lambda: desk.send(Form(f"{run}file/", form.fields)))
            return run
        self.stock.ask_for_payouts()
        form = self.stock.extra_run()
        answer = again_and_again(lambda: self.stock.desk.send(form))
        return answer.path

    def _is_at(self, path: str) -> Callable[[Answer], bool]:
        return lambda answer: urlsplit(answer.path).path == path and answer.status == 200

    def _events(self, kind: str, subject_id: int) -> int:
        return self.books.figure(
            f"SELECT count(*) FROM events_event WHERE kind = '{kind}' AND subject_id = {subject_id}"
        )

    def _journals(self, kind: str, ref_type: str, ids: str) -> int:
        of_kind = f"SELECT count(*) FROM ledger.journal WHERE kind = '{kind}' AND ref_type = '{ref_type}'"
        return self.books.figure(f"{of_kind} AND ref_id IN ({ids})")
