"""Leaving in words: whole events, since the word for the deed would not say what happened."""

from django.utils.translation import pgettext_lazy

LEAVING = {
    "member.leaving": pgettext_lazy("audit", "leaving reserved"),
    "member.shut": pgettext_lazy("audit", "account closed, logged out everywhere"),
    "member.opened_again": pgettext_lazy("audit", "account open again: something came up"),
    "member.stayed": pgettext_lazy("audit", "leaving undone"),
    "closing.reserve": pgettext_lazy("audit", "leaving reserved"),
    "closing.consent": pgettext_lazy("audit", "consent about a remainder changed"),
    "closing.close": pgettext_lazy("audit", "account closed"),
    "closing.open_again": pgettext_lazy("audit", "closing held: something came up"),
    "closing.begin_erasing": pgettext_lazy("audit", "erasing of personal data begun"),
    "closing.finish": pgettext_lazy("audit", "personal data erased"),
    "closing.purge": pgettext_lazy("audit", "kept data erased, its term is over"),
    "closing.paper_read": pgettext_lazy("audit", "paper under lock shown to staff"),
    "payout.claimed": pgettext_lazy("audit", "remainder claimed with the code of a receipt"),
    "closing.undo": pgettext_lazy("audit", "leaving undone"),
}
