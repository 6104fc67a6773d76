"""Who may change what about a member, and what is wrong with what they typed."""

from django.conf import settings

from nakadachi.infra.text import tidy_line
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import N_, Refusal
from nakadachi.people.kana import BadKana
from nakadachi.people.models import DISPLAY_NAME_LENGTH_MAX, Member
from nakadachi.people.names import has_hidden_letters, passes_for_operator

NOT_YOURS = Refusal("not_yours", N_("Only the member can change this."), 404)
NO_SUCH_BANK = Refusal("no_such_bank", N_("Please choose a bank from the list."), 422, field="bank_code")
NO_SUCH_BRANCH = Refusal("no_such_branch", N_("Please choose a branch of this bank."), 422, field="branch_code")
BAD_NUMBER = Refusal(
    "bad_account_number", N_("The account number has at most 7 digits. Please check it."), 422, field="number"
)
BAD_KIND = Refusal("bad_account_kind", N_("Please choose the kind of the account."), 422, field="kind")
NO_DISPLAY_NAME = Refusal(
    "no_display_name", N_("Please enter a display name with visible characters."), 422, field="display_name"
)
HIDDEN_LETTERS = Refusal(
    "hidden_letters",
    N_("This name has invisible letters or turns the direction of writing. Please type it anew."),
    422,
    field="display_name",
)
LOOKS_OFFICIAL = Refusal(
    "looks_official",
    N_("This name could be taken for the operator of this market. Please choose another one."),
    422,
    field="display_name",
)
KANA_EXPECTED = Refusal("kana_expected", N_("Please enter the reading in katakana or hiragana."), 422)
NAME_TOO_LONG = Refusal(
    "name_too_long", N_("Please shorten the name to %(length_max)s characters or fewer."), 422, field="display_name"
)

BAD_HOLDER = {
    "empty": Refusal(
        "holder_empty", N_("Please enter the account holder in katakana, as in the passbook."), 422, field="holder"
    ),
    "kanji": Refusal(
        "holder_kanji",
        N_("“%(character)s” cannot be used. Please enter the holder in katakana, as in the passbook."),
        422,
        field="holder",
    ),
    "wo": Refusal(
        "holder_wo",
        N_("Banks do not accept “%(character)s”. Please enter the letter that is printed in the passbook, mostly オ."),
        422,
        field="holder",
    ),
    "unsupported": Refusal(
        "holder_unsupported",
        N_("Banks do not accept “%(character)s”. Katakana, letters, digits, space and ( ) . - can be used."),
        422,
        field="holder",
    ),
    "too_long": Refusal(
        "holder_too_long",
        N_("The holder is longer than 30 characters (ﾞ and ﾟ count too). Please enter it as in the passbook."),
        422,
        field="holder",
    ),
}


def can_change(actor: Actor, member: Member) -> Refusal | None:
    """Only the member, for themselves."""
    return None if actor.is_member(member.pk) and member.is_active else NOT_YOURS


def name_refusal(typed: str, *, is_operator: bool = False) -> Refusal | None:
    """What is wrong with a display name as it was typed. Two members may bear the same; see `names`."""
    display_name = tidy_line(typed)
    if not display_name:
        return NO_DISPLAY_NAME
    if has_hidden_letters(typed.strip()):
        return HIDDEN_LETTERS
    if not is_operator and passes_for_operator(display_name, settings.SITE_NAME):
        return LOOKS_OFFICIAL
    return too_long(display_name, DISPLAY_NAME_LENGTH_MAX)


def too_long(name: str, length_max: int) -> Refusal | None:
    """A name that its column cannot hold."""
    return NAME_TOO_LONG.with_params(length_max=length_max) if len(name) > length_max else None


def bad_holder(problem: BadKana) -> Refusal:
    """The sentence that helps with a holder's name."""
    refusal = BAD_HOLDER[problem.code]
    return refusal.with_params(character=problem.character) if problem.character else refusal
