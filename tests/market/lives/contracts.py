"""Projects and months: milestones, endings, changes, signs of life, orders that go on."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.actions import MilestoneDraft, RateDraft
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.market.monthly import actions as monthly_actions
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.trust.messaging import actions as messaging
from tests import monthly, walk
from tests.market.lives.stage import Stage, key, paying, picks, shares

PENDING = ["open", "delivered"]
states = st.sampled_from(["unfunded", "funded", "delivered"])
projects = st.lists(st.tuples(st.integers(100, 50_000), states), min_size=1, max_size=3)


class Contracts(Stage):
    """What a client and a worker do with milestones, whether of a project or months."""

    def begin_project(self, pick: int, pieces: list[tuple[int, str]]) -> None:
        """Brought to where it stands in one step."""
        worker = self.people[pick % len(self.people)]
        contract = walk.agreed([amount_yen for amount_yen, _state in pieces], worker=worker, at=self.at)
        for position, (_amount_yen, state) in enumerate(pieces, start=1):
            if state != "unfunded":
                walk.pay(walk.milestone(contract, position), at=self.at)
            if state == "delivered":
                walk.deliver(walk.milestone(contract, position), at=self.at)

    def begin_months(self, pick: int, notice_days: int) -> None:
        worker = self.people[pick % len(self.people)]
        monthly.funded(worker=worker, notice_days=notice_days, amount_yen=30_000, at=self.at)

    @rule(pick=picks, pieces=projects)
    def another_project(self, pick: int, pieces: list[tuple[int, str]]) -> None:
        if Contract.objects.filter(status="active").count() < 6:
            self.begin_project(pick, pieces)

    def a_milestone(self, pick: int, **wanted: object) -> Milestone | None:
        rows = Milestone.objects.select_related("contract__client", "contract__worker", "contract__job", "hold")
        found: Milestone | None = self.one(rows, pick, **wanted)
        return found

    def a_contract(self, pick: int, **wanted: object) -> Contract | None:
        found: Contract | None = self.one(Contract.objects.select_related("job"), pick, **wanted)
        return found

    @rule(pick=picks, who=picks, card=paying)
    def pay(self, pick: int, who: int, card: str) -> None:
        one = self.a_milestone(pick, status="open", hold=None)
        if one is not None:
            start = self.does(contracts.start_funding, milestone=one, request_key=key(), right=[self.client], pick=who)
            self.charge(start, card)

    @rule(pick=picks, who=picks)
    def open_a_payment_and_leave_it(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="open", hold=None)
        if one is not None:
            self.does(contracts.start_funding, milestone=one, request_key=key(), right=[self.client], pick=who)

    @rule(pick=picks, who=picks)
    def deliver(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="open", hold__status="funded")
        if one is not None:
            worker = Actor.member(one.contract.worker_id)
            self.does(contracts.deliver, milestone=one, note="できました", request_key=key(), right=[worker], pick=who)

    @rule(pick=picks, who=picks)
    def take_back(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="delivered")
        if one is not None:
            worker = Actor.member(one.contract.worker_id)
            self.does(contracts.withdraw_delivery, milestone=one, right=[worker], pick=who)

    @rule(pick=picks, who=picks)
    def send_back(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="delivered")
        if one is not None:
            self.does(contracts.request_revision, milestone=one, reason="短く", right=[self.client], pick=who)

    @rule(pick=picks, who=picks)
    def accept(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status="delivered")
        if one is not None:
            is_silent = one.auto_accept_at is not None and self.at >= one.auto_accept_at
            right = [self.client, self.everybody[-1]] if is_silent else [self.client]
            self.does(contracts.accept, milestone=one, right=right, pick=who)

    @rule(pick=picks, who=picks)
    def hand_back(self, pick: int, who: int) -> None:
        one = self.a_milestone(pick, status__in=PENDING, hold__status="funded")
        if one is not None:
            self.does(contracts.hand_back, milestone=one, right=[Actor.member(one.contract.worker_id)], pick=who)

    # Ending

    @rule(pick=picks, who=picks)
    def end_alone(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is not None:
            right = self.sides(contract)
            self.does(contracts.end_alone, contract=contract, reason="都合", right=right, pick=who)

    @rule(pick=picks, who=picks, share=shares)
    def propose_end(self, pick: int, who: int, share: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is None:
            return
        held = Milestone.objects.filter(contract=contract, status__in=PENDING, hold__status="funded")
        parts = {one.pk: one.amount_yen * share // 100 for one in held}
        words = {"contract": contract, "settlement": parts, "reason": "中止", "request_key": key()}
        self.does(contracts.propose_end, **words, right=self.sides(contract), pick=who)

    @rule(pick=picks, who=picks, answer=st.sampled_from(["accept", "accept", "decline", "withdraw"]))
    def answer_end(self, pick: int, who: int, answer: str) -> None:
        end = self.one(EndProposal.objects.select_related("contract"), pick, status="open")
        if end is not None:
            sides = self.sides(end.contract)
            own = [side for side in sides if side.id == end.proposed_by_id]
            others = [side for side in sides if side.id != end.proposed_by_id]
            right = own if answer == "withdraw" else others
            self.does(getattr(contracts, f"{answer}_end"), end=end, right=right, pick=who)

    # Changes

    @rule(
        pick=picks,
        who=picks,
        what=st.sampled_from(["day", "price", "price", "scope", "more", "rate"]),
        amount_yen=st.integers(500, 60_000),
    )
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
        self.does(contracts.propose_change, **words, right=self.sides(contract), pick=who)

    @rule(pick=picks, who=picks, answer=st.sampled_from(["accept", "accept", "accept", "decline", "withdraw", "drop"]))
    def answer_change(self, pick: int, who: int, answer: str) -> None:
        wanted = "agreed" if answer == "drop" else "open"
        change = self.one(TermsChange.objects.select_related("contract"), pick, status=wanted)
        if change is not None:
            sides = self.sides(change.contract)
            own = [side for side in sides if side.id == change.proposed_by_id]
            others = [side for side in sides if side.id != change.proposed_by_id]
            right = {"withdraw": own, "drop": sides}.get(answer, others)
            self.does(getattr(contracts, f"{answer}_change"), change=change, right=right, pick=who)

    @rule(pick=picks, who=picks, card=paying)
    def top_up(self, pick: int, who: int, card: str) -> None:
        change = self.one(TermsChange.objects.select_related("contract"), pick, status="agreed")
        if change is not None:
            start = self.does(contracts.start_top_up, change=change, request_key=key(), right=[self.client], pick=who)
            self.charge(start, card)

    # Talk, silence, going on

    @rule(pick=picks, who=picks)
    def write(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is not None:
            words = {"job": contract.job, "worker": contract.worker, "text": "進めています。", "request_key": key()}
            self.does(messaging.begin, **words, right=self.sides(contract), pick=who)

    @rule(pick=picks, who=picks)
    def nudge(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status="active")
        if contract is not None:
            self.does(contracts.nudge, contract=contract, request_key=key(), right=self.sides(contract), pick=who)

    @rule(pick=picks, who=picks)
    def order_again(self, pick: int, who: int) -> None:
        contract = self.a_contract(pick, status__in=["completed", "ended"])
        if contract is not None:
            self.does(contracts.reorder, contract=contract, request_key=key(), right=[self.client], pick=who)

    @rule(pick=picks, who=picks, answer=st.sampled_from(["confirm", "confirm", "decline", "withdraw_offer"]))
    def answer_offer(self, pick: int, who: int, answer: str) -> None:
        contract = self.a_contract(pick, status="offered")
        if contract is not None:
            right = self.sides(contract)[:1] if answer == "withdraw_offer" else self.sides(contract)[1:]
            self.does(getattr(contracts, answer), contract=contract, right=right, pick=who)

    @rule(pick=picks, who=picks)
    def give_notice(self, pick: int, who: int) -> None:
        plan = self.one(MonthlyPlan.objects.select_related("contract"), pick, status="running")
        if plan is not None:
            right = self.sides(plan.contract)
            self.does(monthly_actions.give_notice, contract=plan.contract, reason="終了", right=right, pick=who)
