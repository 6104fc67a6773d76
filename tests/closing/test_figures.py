"""Why members leave: counted to the last one, and nothing of anybody's in it."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse

from nakadachi.closing import actions as closing
from nakadachi.closing.figures import figures, percent, tenure_band
from nakadachi.closing.models import Closing
from nakadachi.closing.profile import band_of
from nakadachi.market.jobs import actions as jobs
from tests import cast, walk
from tests.cast import by
from tests.closing.test_leaving import AT, leave
from tests.logins import log_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def some_who_left() -> None:
    """One who closed at once, one who was held up for three days, one who came back."""
    leave(cast.sakura(), reason="fees", reason_text="さくらの本当の理由")
    job = walk.open_job()
    leave(job.client, reason="fees")
    jobs.close(job=job, by=by(job.client), at=AT + 3 * DAY)
    closing.look_around(at=AT + 3 * DAY)
    back = leave(cast.ren(), reason="no_time")
    closing.undo(closing=back, by=by(cast.ren()), at=AT + DAY)


def test_the_figures_count_everybody_once():
    some_who_left()
    found = figures(AT + 5 * DAY)
    assert (found.reserved, found.closed, found.undone, found.undo_percent) == (3, 2, 1, 33)
    assert [(bar.code, bar.count, bar.percent) for bar in found.reasons] == [("fees", 2, 100), ("no_time", 1, 50)]
    assert [(held.code, held.count, held.average_days) for held in found.held] == [("job.open", 1, 3.0)]
    assert {bar.code: bar.count for bar in found.bands}["nothing"] == 2
    assert sum(bar.count for bar in found.tenures) == 2
    assert [(month.reserved, month.closed, month.undone) for month in found.months] == [(3, 2, 1)]


def test_what_is_written_down_at_the_end_is_in_bands():
    one = walk.accepted((300_000,))
    closing.reserve(
        member=one.contract.worker, reason="", reason_text="", consents=True, leaves_remainder=True,
        request_key=one.contract.request_key, by=by(one.contract.worker), at=AT,
    )  # fmt: skip
    made = Closing.objects.get()
    assert (made.earned_band, made.formats) == ("below_1m", ["project"])


@pytest.mark.parametrize(
    ("yen", "band"), [(0, "nothing"), (1, "below_10k"), (9_999, "below_10k"), (10_000, "below_100k"), (10**6, "above")]
)
def test_bands_have_hard_edges(yen, band):
    assert band_of(yen) == band


@pytest.mark.parametrize(
    ("days", "band"), [(0, "month"), (29, "month"), (30, "half_year"), (1094, "three_years"), (1095, "longer")]
)
def test_so_have_tenures(days, band):
    assert tenure_band(days) == band


def test_a_percentage_of_nothing_is_nothing():
    assert (percent(0, 0), percent(1, 3), percent(1, 2), percent(2, 3)) == (0, 33, 50, 67)


def test_page_and_csv_say_the_same_without_a_name(client):
    some_who_left()
    log_in(client, cast.tanaka())
    page = client.get(reverse("staff:leaving:figures")).content.decode()
    table = client.get(reverse("staff:leaving:csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(table)))
    assert {(row["group"], row["code"]): row["count"] for row in rows}["reason", "fees"] == "2"
    assert "手数料が高い" in page
    for secret in ("さくら", "本当の理由", "@"):
        assert secret not in table
        assert secret not in page.replace(cast.tanaka().display_name, "")


def test_the_empty_page_says_so(client):
    log_in(client, cast.tanaka())
    assert "退会の予約はまだありません" in client.get(reverse("staff:leaving:figures")).content.decode()
