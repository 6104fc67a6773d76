"""The account and its security: told even to the one who did it, since it may have been somebody else.

What the login itself does (password, address, second factor) is mailed by `people.adapter` at once.
"""

from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row

ROWS = (
    Row(
        event="bankaccount.registered",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Your bank account for payouts was changed"),
        text=N_("Payouts now go to %(bank)s. If this was not you, please change your password at once and contact us."),
        page="settings:bank",
        facts=facts.of_bank_account,
        even_actor=True,
        must=True,
    ),
    Row(
        event="member.payouts_held",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Your payouts rest for a while"),
        text=N_(
            "Your mail address or bank account was changed or your password was reset, so nothing is transferred"
            " until %(until_at)s."
            " If this was not you, please change your password at once and contact us."
        ),
        page="earnings:payouts:list",
        facts=facts.of_rest,
        even_actor=True,
        must=True,
    ),
    Row(
        event="member.password_changed",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Your password was changed"),
        text=N_("If this was not you, please set a new password at once and contact us."),
        page="settings:security",
        facts=facts.of_member,
        even_actor=True,
        mail=False,
    ),
    Row(
        event="member.made_operator",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("You now work for the operator"),
        text=N_("Your account can open the operator's pages."),
        page="staff:home",
        facts=facts.of_member,
    ),
    Row(
        event="member.leaving",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Leaving is reserved"),
        text=N_(
            "Your account closes by itself as soon as nothing is open any more. You can undo it at any time. If this"
            " was not you, please undo it and change your password at once."
        ),
        page="leaving:overview",
        facts=facts.of_member,
        even_actor=True,
        must=True,
    ),
    Row(
        event="member.opened_again",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Something came up before your account was erased"),
        text=N_(
            "Money came back, or a payment was objected to. So your account is open again: please log in and see what"
            " is open. Leaving stays reserved, and nothing is lost."
        ),
        page="leaving:overview",
        facts=facts.of_member,
        must=True,
    ),
    Row(
        event="member.stayed",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Leaving was undone"),
        text=N_("Your account is as it was before. What was ended meanwhile stays ended."),
        page="mypage:home",
        facts=facts.of_member,
        even_actor=True,
        must=True,
    ),
    Row(
        event="member.suspended",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Your account is suspended"),
        text=N_("Nothing new can be begun for now; running work and payouts go on. Your page says why and what to do."),
        page="mypage:home",
        facts=facts.of_member,
        must=True,
    ),
    Row(
        event="member.suspension_lifted",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("The suspension is lifted"),
        text=N_("You can use everything again."),
        page="mypage:home",
        facts=facts.of_member,
        must=True,
    ),
    Row(
        event="member.check_confirmed",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Your confirmation is done"),
        text=N_("What you sent us was checked and confirmed."),
        page="settings:verification",
        facts=facts.of_member,
    ),
    Row(
        event="member.check_refused",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("We could not confirm what you sent"),
        text=N_("%(reason)s Please send it again."),
        page="settings:verification",
        facts=facts.of_member_and_reason,
    ),
    Row(
        event="member.certified",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("You are certified now"),
        text=N_(
            "The operator has certified you. “Certified” stands beside your name, and you can take tasks that are for"
            " certified members only."
        ),
        page="settings:verification",
        facts=facts.of_member,
    ),
    Row(
        event="member.certification_withdrawn",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Your certification was withdrawn"),
        text=N_(
            "Reason: %(reason)s Running work, places you hold in tasks and your rewards are not affected. If you do not"
            " agree, please write to us by the inquiry form."
        ),
        page="settings:verification",
        facts=facts.of_member_and_reason,
        must=True,
    ),
    Row(
        event="inquiry.answer",
        to=("asker",),
        group=Group.ACCOUNT,
        title=N_("Your inquiry is answered"),
        text=N_("The operator has answered your inquiry number %(number)s."),
        page="inquiries:detail",
        facts=facts.of_inquiry,
        mail=False,
    ),
    Row(
        event="export.ask",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("A download of your data was asked for"),
        text=N_("If this was not you, please change your password at once and contact us."),
        page="export:home",
        facts=facts.of_export,
        even_actor=True,
        must=True,
    ),
    Row(
        event="export.finish",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("Your data can be downloaded"),
        text=N_("The archive is ready. It can be downloaded until %(until_at)s, by you alone, after logging in."),
        page="export:home",
        facts=facts.of_export,
    ),
    Row(
        event="export.fail",
        to=("member",),
        group=Group.ACCOUNT,
        title=N_("The download of your data could not be made"),
        text=N_("This was our fault, and nothing of yours is lost. Please ask again on the page."),
        page="export:home",
        facts=facts.of_export,
    ),
)
