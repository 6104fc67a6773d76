"""Short answers that people write again and again, offered for one tap."""

from django.utils.translation import gettext as _


def phrases_for(*, is_client: bool) -> list[str]:
    """They are put into the field and can be changed before sending."""
    common = [
        _("Understood. Thank you."),
        _("I will look into it and get back to you."),
        _("Thank you for your quick reply."),
    ]
    if is_client:
        return [*common, _("Please go on as you suggest."), _("I will inspect it by tomorrow.")]
    return [
        *common,
        _("I will deliver as agreed."),
        _("I would be glad if you could look at it soon."),
        _("I would be happy to continue with you."),
    ]
