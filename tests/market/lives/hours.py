"""Work by the hour, with money held and without."""

from datetime import timedelta
from random import Random

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.market.hourly import actions
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from tests import hours
from tests.market.lives.stage import CARDS, EITHER, Stage, act, key

HOUR = timedelta(hours=1)


class Hours(Stage):
    """What a client and a worker do with weeks and times."""

    def begin_hours(self, random: Random, *, holds_money: bool) -> None:
        """Agreed, and the first week paid in where money is held."""
        starts_on = jst_date(self.at) + timedelta(days=3)
        worker = random.choice(self.people)
        of = hours.agreed(worker=worker, starts_on=starts_on, holds_money=holds_money, at=self.at)
        if holds_money:
            hours.pay(hours.week(of), at=self.at)

    @act(holds_money=EITHER)
    def other_hours(self, pick: int, *, holds_money: bool) -> None:
        if pick % 16 < 2 and Engagement.objects.filter(contract__status="active").count() < 2:
            self.tried += 1
            self.begin_hours(Random(pick), holds_money=holds_money)

    def a_week(self, pick: int, **wanted: object) -> WorkWeek | None:
        rows = WorkWeek.objects.select_related("engagement__contract__client", "engagement__contract__worker", "hold")
        found: WorkWeek | None = self.one(rows, pick, **wanted)
        return found

    def worker_of(self, week: WorkWeek) -> Actor:
        return Actor.member(week.engagement.contract.worker_id)

    @act(card=CARDS, fewer=EITHER)
    def pay_week(self, pick: int, who: int, card: str, *, fewer: bool) -> None:
        week = self.a_week(pick, status="open", engagement__holds_money=True, hold=None)
        if week is not None:
            words = {"week": week, "hours": 3 if fewer else None, "request_key": key()}
            self.charge(self.does(actions.start_funding, **words, right=[self.client], who=who), card)

    @act(card=CARDS)
    def pay_what_is_owed(self, pick: int, who: int, card: str) -> None:
        week = self.a_week(pick, engagement__holds_money=False, status__in=["approved", "settled"])
        if week is not None:
            start = self.does(actions.start_paying, week=week, request_key=key(), right=[self.client], who=who)
            self.charge(start, card)

    @act()
    def start_timer(self, pick: int, who: int) -> None:
        week = self.a_week(pick, status="open", monday__lte=jst_date(self.at))
        if week is not None:
            words = {"engagement": week.engagement, "request_key": key()}
            self.does(actions.start, **words, right=[self.worker_of(week)], who=who)

    @act()
    def stop_timer(self, pick: int, who: int) -> None:
        entry = self.one(TimeEntry.objects.all(), pick, ended_at=None)
        if entry is not None:
            self.does(actions.stop, entry=entry, right=[Actor.member(entry.worker_id), SYSTEM], who=who)

    @act(back=range(1, 7), length=range(1, 131))
    def enter_by_hand(self, pick: int, who: int, back: int, length: int) -> None:
        week = self.a_week(pick, status="open", monday__lte=jst_date(self.at))
        if week is not None:
            start = self.at - back * HOUR
            times = {"started_at": start, "ended_at": start + timedelta(minutes=length), "memo": ""}
            self.does(actions.add, week=week, **times, request_key=key(), right=[self.worker_of(week)], who=who)

    @act(length=range(30, 201))
    def a_week_is_worked(self, pick: int, length: int) -> None:
        """The next week that can be worked in, to its Saturday, with two lines; reported or left to the clock."""
        week = self.a_week(4 * pick + 1, status="open", hold__status="funded") if pick // 4 % 2 else None
        week = week or self.a_week(4 * pick + 1, status="open", engagement__holds_money=False)
        if week is None:
            return
        self.wait_until(week.starts_at + timedelta(days=5, hours=20))
        for day in (3, 4):
            start = week.starts_at + timedelta(days=day, hours=9)
            times = {"started_at": start, "ended_at": start + timedelta(minutes=length), "memo": "商品登録"}
            self.does(actions.add, week=week, **times, request_key=key(), right=[self.worker_of(week)], who=1)
        if pick % 3:
            self.does(actions.report, week=week, right=[self.worker_of(week)], who=1)

    @act()
    def report(self, pick: int, who: int) -> None:
        week = self.a_week(pick, status="open", monday__lte=jst_date(self.at))
        if week is not None:
            is_over = week.act_by is not None and self.at >= week.act_by
            right = [self.worker_of(week), *([SYSTEM] if is_over else [])]
            self.does(actions.report, week=week, right=right, who=who)

    @act(lines=range(3))
    def review(self, pick: int, who: int, lines: int) -> None:
        week = self.a_week(pick, status__in=["reported", "answered"])
        if week is not None:
            open_lines = TimeEntry.objects.filter(week=week, decision="", deleted_at=None).order_by("pk")
            returned = dict.fromkeys(open_lines.values_list("pk", flat=True)[:lines], "長すぎます。")
            is_over = week.act_by is not None and self.at >= week.act_by
            right = [self.client, *([SYSTEM] if is_over else [])]
            self.does(actions.review, week=week, returned=returned, right=right, who=who)

    @act(drop=EITHER)
    def answer_lines(self, pick: int, who: int, *, drop: bool) -> None:
        week = self.a_week(pick, status="returned")
        if week is not None:
            lines = TimeEntry.objects.filter(week=week, decision="returned").values_list("pk", flat=True)
            said = {pk: actions.Answer(drop=True) if drop else actions.Answer(text="必要でした。") for pk in lines}
            self.does(actions.answer, week=week, answers=said, right=[self.worker_of(week)], who=who)

    @act()
    def finish(self, pick: int, who: int) -> None:
        of = self.one(Engagement.objects.select_related("contract"), pick, stops_at=None)
        if of is not None and pick % 3 == 0:
            right = [*self.sides(of.contract), SYSTEM]
            self.does(actions.finish, engagement=of, reason="終了", right=right, who=who)
