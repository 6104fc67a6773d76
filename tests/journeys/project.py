"""One project over HTTP, step by step. A step that got no answer is sent again with the same form, as people do.

Every project is the worked example: ¥10,000, of which the worker gets ¥8,350 while the client pays ¥10,550.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from nakadachi.infra import clock
from nakadachi.kernel.calendar import jst_date
from tests.journeys.by_http import Answer, Form, HttpPerson, Misled, again_and_again

CARD = "4242424242424242"
RECEIVES_YEN, PAYS_YEN = 8_350, 10_550
STEPS = ("write", "publish", "propose", "offer", "confirm", "fund", "deliver", "accept")


class Pending(Exception):
    """The card company has not answered yet: somebody else finishes that; the project waits."""


@dataclass
class Project:
    """`carry_on` goes on where the project stands. `sent` and `acknowledged` are the harness's own memory. `today` is
    that of its market."""

    client: HttpPerson
    worker: HttpPerson
    title: str
    done: int = 0
    job: str = ""
    proposal: str = ""
    contract: str = ""
    milestone: str = ""
    amount_yen: int = 10_000
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    today: Callable[[], date] = lambda: jst_date(clock.now())

    @property
    def is_complete(self) -> bool:
        return self.done == len(STEPS)

    def carry_on(self, upto: str = "accept") -> None:
        while self.done <= STEPS.index(upto):
            step = STEPS[self.done]
            getattr(self, f"_{step}")(step)
            self.done += 1

    def _post(self, step: str, who: HttpPerson, path: str, **fields: str) -> Answer:
        form: Form = again_and_again(lambda: who.fill_in(path, **fields))
        self.sent.append(step)
        answer = again_and_again(lambda: who.send(form))
        if answer.status == 200:
            self.acknowledged.append(step)
            return answer
        raise Misled(f"{step}: {answer.status} {answer.path}\n{_words(answer.text)}")

    def _write(self, step: str) -> None:
        answer = self._post(
            step,
            self.client,
            "/jobs/new/project/",
            category="writing",
            title=self.title,
            description="豆の選び方の記事",
            budget_min_yen="10000",
            closes_on=str(self.today() + timedelta(days=9)),
            hires_max="1",
        )
        self.job = _number(r"/jobs/(\d+)/", answer.path)

    def _publish(self, step: str) -> None:
        self._post(step, self.client, f"/jobs/{self.job}/confirm/")

    def _propose(self, step: str) -> None:
        day = str(self.today() + timedelta(days=20))
        path = f"/jobs/{self.job}/proposals/new/"
        answer = self._post(
            step, self.worker, path, approach="図にします", amount_yen=str(self.amount_yen), deliver_on=day, send="1"
        )
        self.proposal = _number(r"/proposals/(\d+)/", answer.path)

    def _offer(self, step: str) -> None:
        day = str(self.today() + timedelta(days=20))
        row = {"row-0-title": "記事", "row-0-amount_yen": "10,000", "row-0-due_on": day}
        path = f"/proposals/{self.proposal}/offer/new/"
        answer = self._post(step, self.client, path, scope="記事1本", revisions_max="2", rows="1", offer="1", **row)
        self.contract = _number(r"/contracts/(\d+)/", answer.path)
        self.milestone = _number(r'id="milestone-(\d+)"', answer.text)

    def _confirm(self, step: str) -> None:
        self._post(step, self.worker, f"/contracts/{self.contract}/confirmation/")

    def _fund(self, step: str) -> None:
        """Paid when the contract's page says so. Funded already (an earlier try arrived after all): nothing to do."""
        if self.is_funded():
            return
        answer = again_and_again(lambda: self.client.get(self.at("funding")))
        if 'name="card_number"' not in answer.text:
            raise Pending
        self._post(step, self.client, self.at("funding"), card_number=CARD)
        if not self.is_funded():
            raise Pending

    def is_funded(self) -> bool:
        page = again_and_again(lambda: self.client.get(f"/contracts/{self.contract}/"))
        return "仮払いが完了しました" in page.text

    def _deliver(self, step: str) -> None:
        self._post(step, self.worker, self.at("delivery"), note="できました")

    def _accept(self, step: str) -> None:
        self._post(step, self.client, self.at("acceptance"))

    def at(self, noun: str) -> str:
        return f"/contracts/{self.contract}/milestones/{self.milestone}/{noun}/"


def _number(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise Misled(f"{pattern} is not in {text[:2_000]}")
    return found[1]


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[-1]))[:600]
