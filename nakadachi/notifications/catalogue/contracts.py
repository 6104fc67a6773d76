"""Offers, agreements and endings."""

from collections.abc import Callable

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row

BOTH = ("client", "worker")
FACTS = {
    "prompt": facts.of_prompt,
    "nudge": facts.of_nudge,
    "endproposal": facts.of_end,
    "termschange": facts.of_change,
}


def _alone(event: Event) -> bool:
    """One side ended it by itself; endings by agreement or by the last milestone are told by what led to them."""
    return bool(event.data.get("reason"))


def _unanswered(event: Event) -> bool:
    return event.data.get("before") == "open"


def _unpaid(event: Event) -> bool:
    return event.data.get("before") == "agreed"


def _about(what: str) -> Callable[[Event], bool]:
    return lambda event: event.data.get("what") == what


def _expired(event: Event) -> bool:
    """The deal deadline was over."""
    return bool(event.data.get("expired"))


def _row(event: str, to: tuple[str, ...], title: str, text: str, **more: object) -> Row:
    return Row(
        event=event,
        to=to,
        group=Group.CONTRACTS,
        title=title,
        text=text,
        page="contracts:detail",
        facts=FACTS.get(event.partition(".")[0], facts.of_contract),
        **more,  # type: ignore[arg-type]
    )


ROWS = (
    _row(
        "contract.offer",
        ("worker",),
        N_("You are offered a contract"),
        N_("%(client)s offers you “%(work)s” for %(amount_yen)s. Please answer by %(answer_by_at)s."),
        must=True,
    ),
    _row(
        "contract.confirm",
        ("client",),
        N_("The contract is agreed"),
        N_("%(worker)s has agreed to “%(work)s”. Next, please set the money aside; then the work begins."),
    ),
    _row(
        "contract.decline",
        ("client",),
        N_("Your offer was declined"),
        N_("%(worker)s has declined “%(work)s”. You can choose another proposal."),
    ),
    _row(
        "contract.withdraw",
        ("worker",),
        N_("An offer was taken back"),
        N_("%(client)s has taken back the offer of “%(work)s”. Your proposal waits with the client again."),
    ),
    _row(
        "contract.lapse",
        ("client",),
        N_("Your offer has lapsed"),
        N_("%(worker)s did not answer “%(work)s” in time. You can choose another proposal."),
        variant="client",
    ),
    _row(
        "contract.lapse",
        ("worker",),
        N_("An offer has lapsed"),
        N_("The time to answer “%(work)s” by %(client)s is over."),
        variant="worker",
    ),
    _row(
        "contract.end",
        BOTH,
        N_("A contract was ended"),
        N_("%(other)s has ended “%(work)s”. No money was set aside. You can read the reason on the page."),
        when=_alone,
    ),
    _row(
        "contract.end",
        BOTH,
        N_("A contract ended at its deal deadline"),
        N_(
            "“%(work)s” ended, since its deal deadline of %(deal_ends_at)s had passed. What was delivered is paid,"
            " everything else that was set aside goes back to the client."
        ),
        when=_expired,
        variant="expired",
        must=True,
    ),
    _row(
        "prompt.ask",
        ("asked",),
        N_("You are asked to look at a delivery"),
        N_(
            "%(asker)s waits for you to inspect “%(milestone)s” of “%(work)s” and would be glad if you could look at it"
            " soon. Without an answer it counts as accepted on %(silent_at)s."
        ),
        when=_about("inspection"),
        variant="inspection",
    ),
    _row(
        "prompt.ask",
        ("asked",),
        N_("You are asked to look at an offer"),
        N_(
            "%(asker)s waits for your answer to “%(work)s” and would be glad if you could look at it soon. Without an"
            " answer the offer lapses on %(answer_by_at)s."
        ),
        when=_about("offer"),
        variant="offer",
    ),
    _row(
        "prompt.ask",
        ("asked",),
        N_("You are asked to set the money aside"),
        N_(
            "%(asker)s would like to begin “%(milestone)s” of “%(work)s” and would be glad if you could look at it"
            " soon. The work begins once the money is set aside."
        ),
        when=_about("funding"),
        variant="funding",
    ),
    _row(
        "nudge.ask",
        ("silent",),
        N_("A sign of life is asked of you"),
        N_(
            "%(asker)s has not heard from you about “%(work)s”. Please write or act by %(due_at)s. Otherwise the"
            " contract ends by itself: what is delivered is paid, everything else goes back to the client."
        ),
        must=True,
    ),
    _row(
        "nudge.answer",
        ("asker",),
        N_("The other side was heard"),
        N_("%(silent)s was heard from. “%(work)s” goes on."),
        mail=False,
    ),
    _row(
        "nudge.carry_out",
        ("asker",),
        N_("A contract ended, since the other side was silent"),
        N_("%(silent)s did not answer about “%(work)s”. What was delivered is paid, everything else went back."),
        variant="asker",
        must=True,
    ),
    _row(
        "nudge.carry_out",
        ("silent",),
        N_("A contract ended, since you were not heard"),
        N_("“%(work)s” ended on %(due_at)s. What was delivered is paid, everything else went back to the client."),
        variant="silent",
        must=True,
    ),
    _row(
        "termschange.propose",
        BOTH,
        N_("The other side proposes to change the terms"),
        N_("%(other)s proposes to change the terms of “%(work)s”. The present terms hold until you answer."),
    ),
    _row(
        "termschange.accept",
        BOTH,
        N_("The change of the terms is agreed"),
        N_("%(other)s has agreed to the change of “%(work)s”. A new version of the terms is kept for both sides."),
    ),
    _row(
        "termschange.agree",
        ("client",),
        N_("The change is agreed: please set the difference aside"),
        N_("%(other)s has agreed to the higher price for “%(work)s”. It holds once the difference is set aside."),
        variant="client",
    ),
    _row(
        "termschange.agree",
        ("worker",),
        N_("The change is agreed"),
        N_("%(other)s has agreed to the higher price for “%(work)s”. It holds once the difference is set aside."),
        variant="worker",
    ),
    _row(
        "termschange.take_effect",
        BOTH,
        N_("The higher price holds now"),
        N_("The difference for “%(work)s” is set aside. A new version of the terms is kept for both sides."),
    ),
    _row(
        "termschange.drop",
        BOTH,
        N_("The agreed change was dropped"),
        N_("%(other)s dropped the change of “%(work)s” before the difference was set aside. The present terms go on."),
    ),
    _row(
        "termschange.decline",
        BOTH,
        N_("The change of the terms was not agreed"),
        N_("%(other)s did not agree to the change of “%(work)s”. The present terms go on."),
    ),
    _row(
        "termschange.withdraw",
        BOTH,
        N_("The proposed change was withdrawn"),
        N_("%(other)s no longer wants to change the terms of “%(work)s”. They go on as they are."),
        mail=False,
    ),
    _row(
        "termschange.lapse",
        BOTH,
        N_("The proposed change has lapsed"),
        N_("Nobody answered the change of “%(work)s” in time. The present terms go on."),
        when=_unanswered,
    ),
    _row(
        "termschange.lapse",
        BOTH,
        N_("The agreed change has lapsed"),
        N_("The difference for the change of “%(work)s” was not set aside in time. The present terms go on."),
        when=_unpaid,
        variant="unpaid",
    ),
    _row(
        "endproposal.propose",
        BOTH,
        N_("The other side proposes to end the contract"),
        N_("%(other)s proposes how to end “%(work)s”. Nothing changes until you answer."),
    ),
    _row(
        "endproposal.accept",
        BOTH,
        N_("The contract has ended by agreement"),
        N_("%(other)s has agreed to end “%(work)s”. The money is divided as proposed."),
    ),
    _row(
        "endproposal.decline",
        BOTH,
        N_("Ending the contract was not agreed"),
        N_("%(other)s did not agree to end “%(work)s”. The contract goes on."),
    ),
    _row(
        "endproposal.withdraw",
        BOTH,
        N_("The proposal to end was withdrawn"),
        N_("%(other)s no longer wants to end “%(work)s”. The contract goes on."),
        mail=False,
    ),
    _row(
        "endproposal.lapse",
        BOTH,
        N_("The proposal to end has lapsed"),
        N_("Nobody answered the proposal to end “%(work)s” in time. The contract goes on."),
    ),
)
