"""A field and what is said about it use one word."""

from django.utils.translation import gettext, override, pgettext

from nakadachi.market.jobs import policy


def test_a_missing_title_is_called_what_its_field_is_called() -> None:
    with override("ja"):
        word = pgettext("work", "Title")
        assert gettext(policy.TITLE_MISSING.sentence).startswith(f"{word}を")
        assert gettext("Please shorten the title to %(length_max)s characters or fewer.").startswith(f"{word}は")
