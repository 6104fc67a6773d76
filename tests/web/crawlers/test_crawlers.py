"""Search engines find the open jobs, and nothing that belongs to members."""

import json
import re
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from nakadachi.web.pages.crawlers.views import NAMESPACE
from nakadachi.web.pages.jobs import structured
from nakadachi.web.ui.templatetags.ui import json_ld
from tests import cast, walk

pytestmark = pytest.mark.django_db


def addresses() -> set[str]:
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    return {loc.text.removeprefix(settings.SITE_URL) for loc in root.iter(f"{{{NAMESPACE}}}loc")}


def test_the_site_map_names_open_jobs_only() -> None:
    job = walk.open_job()
    draft = walk.draft_job()
    found = addresses()
    assert f"/jobs/{job.pk}/" in found
    assert f"/jobs/{draft.pk}/" not in found
    assert {"/", "/jobs/"} <= found
    for path in found:
        assert Client().get(path).status_code == 200, path


def test_robots_leave_private_places_alone() -> None:
    robots = RobotFileParser()
    robots.parse(Client().get("/robots.txt").content.decode().splitlines())
    for path in ("/mypage/", "/contracts/7/", "/settings/", "/staff/", "/files/x/y.png", "/accounts/login/"):
        assert not robots.can_fetch("*", path), path
    for path in ("/", "/jobs/", "/jobs/7/"):
        assert robots.can_fetch("*", path), path
    assert robots.site_maps() == [f"{settings.SITE_URL}/sitemap.xml"]


def data_of(page: str) -> dict[str, object]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(text)


def test_an_open_job_is_a_job_posting() -> None:
    job = walk.open_job()
    said = data_of(Client().get(f"/jobs/{job.pk}/").content.decode())
    assert said["@type"] == "JobPosting"
    assert said["title"] == job.title
    assert said["hiringOrganization"]["name"] == job.client.display_name
    assert said["baseSalary"]["value"]["maxValue"] == job.budget_max_yen
    assert cast.MINATO not in json.dumps(said)


def test_what_a_client_writes_cannot_leave_the_data() -> None:
    job = walk.open_job()
    job.title = "</script><script>alert(1)</script> & <!--"
    job.description = "一行目\n<b>二行目</b>\u2028"
    drawn = str(json_ld(structured.posting(job)))
    assert drawn.count("<") == 2  # the element's own
    assert data_of(drawn)["title"] == job.title
    assert data_of(drawn)["description"].startswith("一行目<br>&lt;b&gt;")


def test_a_closed_job_is_none() -> None:
    job = walk.closed_job()
    assert "ld+json" not in Client().get(f"/jobs/{job.pk}/").content.decode()


def test_a_shared_link_says_what_it_is() -> None:
    job = walk.open_job()
    page = Client().get(f"/jobs/{job.pk}/").content.decode()
    assert f'<meta property="og:title" content="{job.title}">' in page
    assert '<meta name="description" content="' in page
