"""robots.txt and the site map. Both name only what a visitor may see."""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.jobs.queries import open_jobs
from nakadachi.web.ui.kept_pages import same_for_everybody

JOBS_MAX = 45_000
"""A site map holds fifty thousand addresses at most (sitemaps.org)."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PUBLIC = ("home:index", "jobs:list", "help:guide", "help:leaving", "help:fees")
PRIVATE = (
    "/accounts/",
    "/contracts/",
    "/earnings/",
    "/files/",
    "/hooks/",
    "/mypage/",
    "/notices/",
    "/settings/",
    "/staff/",
)


@require_safe
@same_for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """What belongs to members is not theirs to look for."""
    lines = ["User-agent: *", *(f"Disallow: {prefix}" for prefix in PRIVATE), "Disallow: /jobs/*?after="]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('crawlers:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@same_for_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages and every open job, newest first."""
    root = Element("urlset", xmlns=NAMESPACE)
    for name in PUBLIC:
        _add(root, reverse(name))
    jobs = open_jobs().order_by("-opened_at", "-id").values_list("pk", "opened_at", "edited_at")[:JOBS_MAX]
    for job_id, opened_at, edited_at in jobs:
        _add(root, reverse("jobs:detail", args=[job_id]), jst_date(edited_at or opened_at).isoformat())
    return HttpResponse(
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root), content_type="application/xml; charset=utf-8"
    )


def _add(root: Element, path: str, changed_on: str = "") -> None:
    url = SubElement(root, "url")
    SubElement(url, "loc").text = f"{settings.SITE_URL}{path}"
    if changed_on:
        SubElement(url, "lastmod").text = changed_on
