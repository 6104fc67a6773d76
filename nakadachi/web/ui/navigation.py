"""Where the frame of every page leads: the header, the bar at the foot of a phone, and the footer."""

import re

from django.utils.translation import pgettext

from nakadachi.people.agreements.kinds import KINDS
from nakadachi.web.ui.parts import Link


def header_links() -> list[Link]:
    """The four words everybody knows, on every page."""
    return [
        Link(pgettext("nav", "Find work"), "/jobs/"),
        Link(pgettext("nav", "Post a job"), "/jobs/new/"),
        Link(pgettext("nav", "Fees"), "/fees/"),
        Link(pgettext("nav", "First time here"), "/guide/"),
    ]


def text_links() -> list[Link]:
    """The terms and policies, on every page."""
    return [Link(str(label), f"/legal/{kind}/") for kind, label in KINDS.items()]


def member_links() -> list[Link]:
    """What stands in the menu behind the avatar."""
    return [
        Link(pgettext("nav", "My page"), "/mypage/", icon="home"),
        Link(pgettext("nav", "Messages"), "/messages/", icon="message"),
        Link(pgettext("nav", "Contracts"), "/contracts/", icon="briefcase"),
        Link(pgettext("nav", "Earnings"), "/earnings/", icon="sprout"),
        Link(pgettext("nav", "Settings"), "/settings/", icon="gear"),
    ]


def bar_links(*, signed_in: bool) -> list[Link]:
    """The bar at the foot of a phone: four places; the fifth is the menu."""
    if signed_in:
        return [
            Link(pgettext("bar", "Search"), "/jobs/", icon="search"),
            Link(pgettext("bar", "Work"), "/contracts/", icon="briefcase"),
            Link(pgettext("bar", "Messages"), "/messages/", icon="message"),
            Link(pgettext("bar", "Reward"), "/earnings/", icon="sprout"),
        ]
    return [
        Link(pgettext("bar", "Search"), "/jobs/", icon="search"),
        Link(pgettext("bar", "Post"), "/jobs/new/", icon="pencil"),
        Link(pgettext("bar", "Fees"), "/fees/", icon="yen"),
        Link(pgettext("bar", "Log in"), "/accounts/login/", icon="user"),
    ]


NOT_SEARCHING = re.compile(r"/jobs/(mine/|new/|\d+/.)")
"""One's own postings, a new one, and what is done with a posting: such pages do not belong to the search."""


def here(path: str, links: list[Link]) -> str:
    """The address of the link that the path belongs to: the longest that it begins with."""
    fitting = [link.href for link in links if "#" not in link.href and path.startswith(link.href)]
    found = max(fitting, key=len, default="")
    return "" if found == "/jobs/" and NOT_SEARCHING.match(path) else found
