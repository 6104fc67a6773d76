"""Events of tasks, of hours and of frozen money in words, where the word for the deed would not say what happened."""

from django.utils.translation import pgettext_lazy

WORK = {
    "claim.reserve": pgettext_lazy("audit", "place taken"),
    "claim.give_back": pgettext_lazy("audit", "place given back"),
    "claim.submit": pgettext_lazy("audit", "answers handed in"),
    "claim.approve": pgettext_lazy("audit", "answers approved"),
    "claim.reject": pgettext_lazy("audit", "answers rejected"),
    "claim.accept_rejection": pgettext_lazy("audit", "rejection accepted"),
    "claim.appeal": pgettext_lazy("audit", "objected to the rejection"),
    "claim.dismiss": pgettext_lazy("audit", "objection dismissed"),
    "claim.grant": pgettext_lazy("audit", "objection granted"),
    "claim.pay_out": pgettext_lazy("audit", "answers paid"),
    "task.pay": pgettext_lazy("audit", "answers paid"),
    "task.finish": pgettext_lazy("audit", "task finished"),
    "engagement.end_renewal": pgettext_lazy("audit", "no further week of hourly work"),
    "engagement.finish": pgettext_lazy("audit", "hourly work finished"),
    "timeentry.start": pgettext_lazy("audit", "timer started"),
    "timeentry.add": pgettext_lazy("audit", "time entered by hand"),
    "timeentry.cut": pgettext_lazy("audit", "time cut at the limit"),
    "timeentry.delete": pgettext_lazy("audit", "time deleted"),
    "workweek.report": pgettext_lazy("audit", "week reported"),
    "workweek.approve": pgettext_lazy("audit", "week approved"),
    "workweek.send_back": pgettext_lazy("audit", "lines sent back"),
    "workweek.pay": pgettext_lazy("audit", "week paid"),
    "workweek.skip": pgettext_lazy("audit", "week without work"),
    "workweek.unpaid": pgettext_lazy("audit", "week not begun for want of money"),
    "hold.freeze_also": pgettext_lazy("audit", "on hold for a second reason"),
    "hold.unfreeze_part": pgettext_lazy("audit", "still on hold for another reason"),
}
