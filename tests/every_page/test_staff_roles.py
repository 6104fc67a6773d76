"""Which role of the operator's staff opens which page of the console."""

import pytest
from django.urls import reverse

from nakadachi.people.roles.areas import OPENS
from tests.every_page.table import ROWS

CONSOLE = {name: row for name, row in ROWS.items() if name.startswith("staff:")}
AREAS = {
    "staff:audit:": "audit",
    "staff:checks:": "checks",
    "staff:crew:": "staff",
    "staff:disputes:": "refunds",
    "staff:funds": "funds",
    "staff:hourly:": "work",
    "staff:inquiries:": "inquiries",
    "staff:journal": "ledger",
    "staff:leaving:": "members",
    "staff:mails:": "mails",
    "staff:mediation:": "mediation",
    "staff:members:": "members",
    "staff:members:certification": "checks",
    "staff:members:kept": "bank",
    "staff:members:lifting": "sanctions",
    "staff:members:statement": "ledger",
    "staff:members:suspension": "sanctions",
    "staff:members:withdrawal": "checks",
    "staff:messages:": "messages",
    "staff:monthly:": "work",
    "staff:payouts:": "payouts",
    "staff:refunds:": "refunds",
    "staff:tasks:": "refunds",
    "staff:texts:": "texts",
}
"""The area of an address by its beginning, the longest first; what stands nowhere is open to every role."""


def area_of(name: str) -> str:
    return next((AREAS[start] for start in sorted(AREAS, key=len, reverse=True) if name.startswith(start)), "")


@pytest.mark.parametrize("role", ["support", "finance", "admin"])
@pytest.mark.parametrize("name", CONSOLE)
def test_a_role_opens_its_own_areas_only(name: str, role: str, world, browse) -> None:
    row = CONSOLE[name]
    answer = browse(role).get(reverse(name, kwargs=row.arguments(world)))
    answer.close()
    is_open = area_of(name) in OPENS[role] or not area_of(name)
    assert answer.status_code == (row.answer if is_open else 404)


def test_the_first_page_is_the_only_one_for_all() -> None:
    assert {name for name in CONSOLE if not area_of(name)} == {"staff:home", "staff:second_step"}
