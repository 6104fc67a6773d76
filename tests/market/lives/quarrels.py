"""The operator mediates: claims, sealed offers, rulings, appeals."""

from nakadachi.kernel.actor import Actor
from nakadachi.money.escrow.models import HELD, Hold
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.models import Case, Ruling
from tests.market.lives.stage import Stage, act, key


class Quarrels(Stage):
    """What the sides and the operator do about money that both want."""

    def a_case(self, pick: int, **wanted: object) -> Case | None:
        found: Case | None = self.one(Case.objects.select_related("contract", "hold"), pick, **wanted)
        return found

    @act()
    def ask_for_mediation(self, pick: int, who: int) -> None:
        hold = self.one(Hold.objects.exclude(payee=None), pick, status__in=HELD)
        if hold is not None:
            right = [Actor.member(hold.payer_id), Actor.member(hold.payee_id)]
            self.does(actions.open_case, hold=hold, reason="約束と違います。", request_key=key(), right=right, who=who)

    @act()
    def state(self, pick: int, who: int) -> None:
        case = self.a_case(pick, status__in=["talking", "deciding"])
        if case is not None:
            right = [*self.sides(case.contract), *self.office]
            self.does(actions.state, case=case, text="約束どおりです。", request_key=key(), right=right, who=who)

    @act(share=range(101))
    def offer(self, pick: int, who: int, share: int) -> None:
        case = self.a_case(pick, status__in=["talking", "deciding"])
        if case is not None:
            words = {"case": case, "worker_amount_yen": case.rest_yen * share // 100, "request_key": key()}
            self.does(actions.offer, **words, right=self.sides(case.contract), who=who)

    @act()
    def take_claim_back(self, pick: int, who: int) -> None:
        case = self.a_case(pick, status__in=["talking", "deciding"])
        if case is not None:
            self.does(actions.withdraw, case=case, right=[Actor.member(case.opened_by_id)], who=who)

    @act(share=range(101))
    def rule_on_it(self, pick: int, who: int, share: int) -> None:
        case = self.a_case(pick, status__in=["deciding", "appealed"])
        if case is not None:
            first = Ruling.objects.filter(case=case, number=1).first()
            right = [one for one in self.office if first is None or one.id != first.by_id]
            words = {"case": case, "worker_amount_yen": case.rest_yen * share // 100, "reasons": "読みました。"}
            self.does(actions.rule, **words, right=right, who=who)

    @act(answer=["accept", "accept", "appeal"])
    def answer_ruling(self, pick: int, who: int, answer: str) -> None:
        case = self.a_case(pick, status="decided")
        if case is None:
            return
        if answer == "appeal":
            self.does(actions.appeal, case=case, reason="納得できません。", right=self.sides(case.contract), who=who)
        else:
            self.does(actions.accept_ruling, case=case, right=self.sides(case.contract), who=who)
