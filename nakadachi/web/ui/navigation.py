"""Where the frame of every page leads: the header, the bar at the foot of a phone, and the footer."""

from django.utils.translation import gettext as _

from nakadachi.web.ui.parts import Link


def header_links() -> list[Link]:
    """The four words everybody knows, on every page."""
    return [
        Link(_("Find work"), "/jobs/"),
        Link(_("Post a job"), "/jobs/new/"),
        Link(_("Fees"), "/fees/"),
        Link(_("First time here"), "/#first"),
    ]


def member_links() -> list[Link]:
    """What stands in the menu behind the avatar."""
    return [
        Link(_("My page"), "/mypage/", icon="home"),
        Link(_("Contracts"), "/contracts/", icon="briefcase"),
        Link(_("Earnings"), "/earnings/", icon="sprout"),
        Link(_("Settings"), "/settings/", icon="gear"),
    ]


def bar_links(*, signed_in: bool) -> list[Link]:
    """The bar at the foot of a phone: four places; the fifth is the menu."""
    if signed_in:
        return [
            Link(_("Search"), "/jobs/", icon="search"),
            Link(_("Work"), "/contracts/", icon="briefcase"),
            Link(_("My page"), "/mypage/", icon="home"),
            Link(_("Reward"), "/earnings/", icon="sprout"),
        ]
    return [
        Link(_("Search"), "/jobs/", icon="search"),
        Link(_("Post"), "/jobs/new/", icon="pencil"),
        Link(_("Fees"), "/fees/", icon="yen"),
        Link(_("Log in"), "/accounts/login/", icon="user"),
    ]


def here(path: str, links: list[Link]) -> str:
    """The address of the link that the path belongs to: the longest that it begins with."""
    fitting = [link.href for link in links if "#" not in link.href and path.startswith(link.href)]
    return max(fitting, key=len, default="")
