"""Projects and months: milestones, endings, changes, signs of life, orders that go on."""

from datetime import timedelta
from random import Random

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.actions import MilestoneDraft, RateDraft
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.market.monthly import actions as monthly_actions
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.trust.messaging import actions as messaging
from tests import monthly, walk
from tests.market.lives.stage import CARDS, Stage, act, key

PENDING = ["open", "delivered"]
STATES = ("unfunded", "funded", "funded", "delivered")


class Contracts(Stage):
    """What a client and a worker do with milestones, whether of a project or months."""

    def begin_project(self, random: Random) -> None:
        """One to three milestones, each brought to where it stands in one step."""
        pieces = [(random.randint(100, 50_000), random.choice(STATES)) for _ in range(random.randint(1, 3))]
        worker = random.choice(self.people)
        contract = walk.agreed([amount_yen for amount_yen, _state in pieces], worker=worker, at=self.at)
        for position, (_amount_yen, state) in enumerate(pieces, start=1):
            if state != "unfunded":
                walk.pay(walk.milestone(contract, position), at=self.at)
            if state == "delivered":
                walk.deliver(walk.milestone(contract, position), at=self.at)

    def begin_months(self, random: Random) -> None:
        """The first month paid in."""
        days, worker = random.randint(1, 60), random.choice(self.people)
        monthly.funded(worker=worker, notice_days=days, amount_yen=30_000, at=self.at)

    @act()
    def other_work(self, pick: int) -> None:
        if pick % 16 < 2 and Contract.objects.filter(status="active").count() < 5:
            self.tried += 1
            (self.begin_project if pick % 32 > 15 else self.begin_months)(Random(pick))

    def a_milestone(self, pick: int, **wanted: object) -> Milestone | None:
        rows = Milestone.objects.select_related("contract__client", "contract__worker", "contract__job", "hold")
        found: Milestone | None = self.one(rows, pick, **wanted)
        return found

    def a_contract(self, pick: int, **wanted: object) -> Contract | None:
        found: Contract | None = self.one(Contract.objects.select_related("job"), pick, **wanted)
        return found

    @act(card=CARDS)
    def pay(self, pick: int, who: int, card: str) -> None:
        one = self.a_milestone(pick, status="open", hold=None)
        if one is not None:
            start = self.does(contracts.start_funding, milestone=one, request_key=key(), right=[self.client], who=who)
            self.charge(start, card)

    @act()
    def open_a_payment_and_leave_it(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="open", hold=None)
        if one is not None:
            self.does(contracts.start_funding, milestone=one, request_key=key(), right=[self.client], who=who)

    @act()
    def deliver(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="open", hold__status="funded")
        if one is not None:
            worker = Actor.member(one.contract.worker_id)
            self.does(contracts.deliver, milestone=one, note="できました", request_key=key(), right=[worker], who=who)

    @act()
    def take_back(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="delivered")
        if one is not None:
            worker = Actor.member(one.contract.worker_id)
            self.does(contracts.withdraw_delivery, milestone=one, right=[worker], who=who)

    @act()
    def send_back(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="delivered")
        if one is not None:
            self.does(contracts.request_revision, milestone=one, reason="短く", right=[self.client], who=who)

    @act()
    def accept(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="delivered")
        if one is not None:
            is_silent = one.auto_accept_at is not None and self.at >= one.auto_accept_at
            right = [self.client, self.everybody[-1]] if is_silent else [self.client]
            self.does(contracts.accept, milestone=one, right=right, who=who)

    @act()
    def hand_back(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status__in=PENDING, hold__status="funded")
        if one is not None:
            self.does(contracts.hand_back, milestone=one, right=[Actor.member(one.contract.worker_id)], who=who)

    # Ending

    @act()
    def end_alone(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is not None:
            right = self.sides(contract)
            self.does(contracts.end_alone, contract=contract, reason="都合", right=right, who=who)

    @act(share=range(101))
    def propose_end(self, pick: int, who: int, share: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is None:
            return
        held = Milestone.objects.filter(contract=contract, status__in=PENDING, hold__status="funded")
        parts = {one.pk: one.amount_yen * share // 100 for one in held}
        words = {"contract": contract, "settlement": parts, "reason": "中止", "request_key": key()}
        self.does(contracts.propose_end, **words, right=self.sides(contract), who=who)

    @act(answer=["accept", "accept", "decline", "withdraw"])
    def answer_end(self, pick: int, who: int, answer: str) -> None:
        end = self.one(EndProposal.objects.select_related("contract"), pick, status="open")
        if end is not None:
            sides = self.sides(end.contract)
            own = [side for side in sides if side.id == end.proposed_by_id]
            others = [side for side in sides if side.id != end.proposed_by_id]
            right = own if answer == "withdraw" else others
            self.does(getattr(contracts, f"{answer}_end"), end=end, right=right, who=who)

    # Changes

    @act(what=["day", "price", "price", "scope", "more", "rate"], amount_yen=range(500, 60001))
    def propose_change(self, pick: int, who: int, what: str, amount_yen: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is None:
            return
        pending = Milestone.objects.filter(contract=contract, status="open").order_by("pk")
        ids = list(pending.values_list("pk", flat=True))
        day = jst_date(self.at) + timedelta(days=20)
        monday = day + timedelta(days=7 - day.weekday())
        words: dict[str, object] = {
            "day": {"dates": dict.fromkeys(ids[:1], day)},
            "price": {"prices": dict.fromkeys(ids[:1], amount_yen)},
            "scope": {"scope": f"別の記事({amount_yen}字)"},
            "more": {"added": [MilestoneDraft("追加の記事", amount_yen, day)]},
            "rate": {"rate": RateDraft(amount_yen // 10 + 1_200, monday)},
        }[what]
        words |= {"contract": contract, "reason": "相談のうえ", "request_key": key()}
        self.does(contracts.propose_change, **words, right=self.sides(contract), who=who)

    @act(answer=["accept", "accept", "accept", "decline", "withdraw", "drop"])
    def answer_change(self, pick: int, who: int, answer: str) -> None:
        wanted = "agreed" if answer == "drop" else "open"
        change = self.one(TermsChange.objects.select_related("contract"), pick, status=wanted)
        if change is not None:
            sides = self.sides(change.contract)
            own = [side for side in sides if side.id == change.proposed_by_id]
            others = [side for side in sides if side.id != change.proposed_by_id]
            right = {"withdraw": own, "drop": sides}.get(answer, others)
            self.does(getattr(contracts, f"{answer}_change"), change=change, right=right, who=who)

    @act(card=CARDS)
    def top_up(self, pick: int, who: int, card: str) -> None:
        change = self.one(TermsChange.objects.select_related("contract"), pick, status="agreed")
        if change is not None:
            start = self.does(contracts.start_top_up, change=change, request_key=key(), right=[self.client], who=who)
            self.charge(start, card)

    # Talk, silence, going on

    @act()
    def write(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is not None:
            words = {"job": contract.job, "worker": contract.worker, "text": "進めています。", "request_key": key()}
            self.does(messaging.begin, **words, right=self.sides(contract), who=who)

    @act()
    def nudge(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is not None:
            self.does(contracts.nudge, contract=contract, request_key=key(), right=self.sides(contract), who=who)

    @act()
    def order_again(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status__in=["completed", "ended"])
        if contract is not None:
            self.does(contracts.reorder, contract=contract, request_key=key(), right=[self.client], who=who)

    @act(answer=["confirm", "confirm", "decline", "withdraw_offer"])
    def answer_offer(self, pick: int, who: int, answer: str) -> None:
        contract = self.a_contract(pick, status="offered")
        if contract is not None:
            right = self.sides(contract)[:1] if answer == "withdraw_offer" else self.sides(contract)[1:]
            self.does(getattr(contracts, answer), contract=contract, right=right, who=who)

    @act()
    def give_notice(self, pick: int, who: int) -> None:
        plan = self.one(MonthlyPlan.objects.select_related("contract"), pick, status="running")
        if plan is not None:
            right = self.sides(plan.contract)
            self.does(monthly_actions.give_notice, contract=plan.contract, reason="終了", right=right, who=who)
